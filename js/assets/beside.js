/** The engine and the model as files beside the script. */

import { fetchFile, loadPart } from '../files/beside.js';

/**
 * @param {() => string} base folder, ending in '/'
 * @returns {import('./given.js').Assets} each rejects with an Error that names the file
 */
export function load(base) {
  /** @param {string} name */
  const read = async (name) => (await fetchFile(base, name)).arrayBuffer();
  return {
    wasm: read('falter.wasm'),
    model: read('exit.falter').then((bytes) => new Uint8Array(bytes)),
    nowasm: () => loadPart(base, 'falter.nowasm'),
  };
}
