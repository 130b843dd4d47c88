/**
 * The engine's module: fetched and compiled once a page, however often falter starts and stops. Each start has an
 * instance of its own.
 */

import { load } from 'falter-assets';
import { openInstance, readNames } from './instance.js';
import { readPage } from './page.js';

/** @typedef {import('./instance.js').Module} Module */

/** @type {Promise<[Module, Uint8Array]> | undefined} the module, and the model's bytes */
let ready;

/** @typedef {Error & { kind: 'wasm_blocked' | 'wasm_failed' | 'model_failed' }} EngineError kind: its code of the contract */

/** @param {EngineError['kind']} kind unless the cause has one @returns {(cause: any) => never} */
const failing = (kind) => (cause) => {
  ready = undefined;
  throw Object.assign(Error(cause?.message ?? cause), { kind, ...cause });
};

/** A module of nothing but its header. */
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/**
 * Rejects where there is no WebAssembly, and where a policy lacks 'wasm-unsafe-eval': that refuses to compile any module, and in
 * WebKit, which compiles (2.50), any instance.
 */
const tryOut = async () => new WebAssembly.Instance(new WebAssembly.Module(EMPTY));

/**
 * @param {() => string} base folder of falter's files, ending in '/'
 * @returns {NonNullable<typeof ready>}
 */
function prepare(base) {
  const { wasm, model, nowasm } = load(base);
  return Promise.all([
    tryOut().then(
      () => wasm().then(WebAssembly.compile).catch(failing('wasm_failed')),
      () => nowasm().catch(failing('wasm_blocked')),
    ),
    model.catch(failing('model_failed')),
  ]);
}

/**
 * @param {() => string} base folder of falter's files, ending in '/'
 * @param {{ started: number, touch: boolean }} session started: wall ms
 * @returns the engine, the names it knows, and how it reads the page
 * @throws {EngineError}
 */
export async function makeEngine(base, session) {
  const [module, model] = await (ready ??= prepare(base));
  const names = readNames(module);
  const page = readPage(names);
  const engine = await openInstance(module, model, names, page.imports, { origin: performance.timeOrigin, ...session }).catch(
    failing('wasm_failed'),
  );
  return { engine, names, page };
}
