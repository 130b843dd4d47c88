/** The engine and the model as files beside the script. */

import { fetchFile } from '../files/beside.js';

/**
 * @param {() => string} base folder, ending in '/'
 * @returns {{ wasm: Promise<ArrayBuffer>, model: Promise<Uint8Array> }} each rejects with an Error that names the file
 */
export function load(base) {
  /** @param {string} name */
  const read = async (name) => (await fetchFile(base, name)).arrayBuffer();
  return { wasm: read('falter.wasm'), model: read('exit.falter').then((bytes) => new Uint8Array(bytes)) };
}
