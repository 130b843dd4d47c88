/**
 * The engine's module: fetched and compiled once a page, however often falter starts and stops.
 */

import { load } from 'falter-assets';
import init, { Engine } from 'falter-engine';

/** @type {Promise<Uint8Array> | undefined} the model's bytes, once the module is ready */
let ready;

/** A fault with its code of the contract. */
export class EngineError extends Error {
  /** @param {'wasm_blocked' | 'wasm_failed' | 'model_failed'} code @param {unknown} cause */
  constructor(code, cause) {
    super(String(/** @type {any} */ (cause)?.message ?? cause));
    this.code = code;
  }
}

/**
 * @param {string} base folder of falter's files, ending in '/'
 * @returns {Promise<Uint8Array>}
 */
async function prepare(base) {
  try {
    const { wasm, model } = await load(base);
    await init({ module_or_path: wasm });
    return model;
  } catch (cause) {
    ready = undefined;
    // A policy without 'wasm-unsafe-eval' refuses to compile any module, with this type of error.
    throw new EngineError(cause instanceof WebAssembly.CompileError ? 'wasm_blocked' : 'wasm_failed', cause);
  }
}

/**
 * @param {string} base folder of falter's files, ending in '/'
 * @param {import('./guard.js').Door} door
 * @param {{ id: string, started: number }} visit started: wall ms
 * @returns {Promise<Engine>}
 * @throws {EngineError}
 */
export async function makeEngine(base, door, { id, started }) {
  const model = await (ready ??= prepare(base));
  try {
    return new Engine(model, door, started, id);
  } catch (cause) {
    throw new EngineError('model_failed', cause);
  }
}
