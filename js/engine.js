/**
 * The engine's module: fetched and compiled once a page, however often falter starts and stops. Each start has an
 * instance of its own.
 */

import { load } from 'falter-assets';
import { openInstance } from './instance.js';
import { page } from './page.js';

/** @type {Promise<[WebAssembly.Module, Uint8Array]> | undefined} the module and the model's bytes */
let ready;

/** A fault with its code of the contract. */
export class EngineError extends Error {
  /** @param {'wasm_blocked' | 'wasm_failed' | 'model_failed'} code @param {unknown} cause */
  constructor(code, cause) {
    super(String(/** @type {any} */ (cause)?.message ?? cause));
    this.code = code;
  }
}

/** @param {EngineError['code']} code @returns {(cause: unknown) => never} */
const failing = (code) => (cause) => {
  ready = undefined;
  // A policy without 'wasm-unsafe-eval' refuses to compile any module, with this type of error.
  throw new EngineError(cause instanceof WebAssembly.CompileError ? 'wasm_blocked' : code, cause);
};

/**
 * @param {string} base folder of falter's files, ending in '/'
 * @returns {NonNullable<typeof ready>}
 */
function prepare(base) {
  const { wasm, model } = load(base);
  return Promise.all([
    wasm.then((bytes) => WebAssembly.compile(bytes)).catch(failing('wasm_failed')),
    model.catch(failing('model_failed')),
  ]);
}

/**
 * @param {string} base folder of falter's files, ending in '/'
 * @param {{ started: number, touch: boolean }} session started: wall ms
 * @returns {Promise<import('./instance.js').Engine>}
 * @throws {EngineError}
 */
export async function makeEngine(base, session) {
  const [module, model] = await (ready ??= prepare(base));
  return openInstance(module, model, page, { origin: performance.timeOrigin, ...session }).catch(failing('model_failed'));
}
