/**
 * The engine's bytes, inside this very file: for bundlers.
 */

import wasm from 'falter.wasm';
import model from 'exit.falter';
import { openNoWasm } from './given.js';

/** @type {{ nowasm?: import('./given.js').NoWasm }} */
const given = {};

/**
 * Says where the engine comes from on pages whose policy forbids WebAssembly; before the first start. It is not inside, since
 * few pages need it and it is as large as the rest.
 *
 * @param {{ nowasm: import('./given.js').NoWasm }} sources nowasm: `() => import('falter/nowasm')`
 */
export function provide(sources) {
  Object.assign(given, sources);
}

/**
 * @param {() => string} _base not needed here
 * @returns {import('./given.js').Assets}
 */
export function load(_base) {
  return { wasm: async () => wasm, model: Promise.resolve(model), nowasm: openNoWasm(given) };
}
