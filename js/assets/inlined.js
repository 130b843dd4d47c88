/** The engine's bytes, inside the one-file script; as plain JavaScript a file beside it, for shops that need it. */

import wasm from 'falter.wasm';
import model from 'exit.falter';
import { loadPart } from '../files/beside.js';

/**
 * @param {() => string} base folder, ending in '/', of the file that is not inside
 * @returns {import('./given.js').Assets}
 */
export function load(base) {
  return { wasm: async () => wasm, model: Promise.resolve(model), nowasm: () => loadPart(base, 'falter.nowasm') };
}
