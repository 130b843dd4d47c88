/** The engine and the model as files beside the script. */

import { loadPart, read } from '../files/beside.js';

/**
 * @param {() => string} base folder, ending in '/'
 * @returns {import('./given.js').Assets} each rejects with an Error that names the file
 */
export function load(base) {
  return {
    wasm: () => read(base, 'falter.wasm', 'arrayBuffer'),
    model: read(base, 'exit.falter', 'arrayBuffer').then((bytes) => new Uint8Array(bytes)),
    nowasm: () => loadPart(base, 'falter.nowasm'),
  };
}
