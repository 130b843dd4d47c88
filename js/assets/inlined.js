/**
 * The engine's bytes, inside this very file: for bundlers, and for the one-file script.
 */

import wasm from 'falter.wasm';
import model from 'exit.falter';

/**
 * @param {() => string} _base not needed here
 * @returns {{ wasm: Promise<Uint8Array<ArrayBuffer>>, model: Promise<Uint8Array> }}
 */
export function load(_base) {
  return { wasm: Promise.resolve(wasm), model: Promise.resolve(model) };
}
