/**
 * The engine's bytes, inside this very file: for bundlers, and for the one-file script.
 */

import wasm from 'falter.wasm';
import model from 'exit.falter';

/**
 * @param {string} _base not needed here
 * @returns {Promise<{ wasm: Uint8Array, model: Uint8Array }>}
 */
export async function load(_base) {
  return { wasm, model };
}
