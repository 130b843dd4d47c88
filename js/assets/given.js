/**
 * The engine's bytes as the host gives them: for hosts that load, cache or check them their own way.
 */

/**
 * @typedef {BufferSource | Response | string | URL} Given bytes, an answer that holds them, or an address to fetch them from
 * @typedef {Given | Promise<Given> | (() => Given | Promise<Given>)} Source a function is called when the engine is first needed
 *
 * @typedef {object} Plain the module as plain JavaScript (js/falter.nowasm.js)
 * @property {Uint8Array} names the texts that travel with it
 * @property {(module: unknown, imports: Record<string, any>) => { exports: Record<string, any> }} instantiate
 * @typedef {() => Promise<Plain>} NoWasm asked for where WebAssembly is forbidden or missing
 *
 * @typedef {object} Assets
 * @property {() => Promise<BufferSource>} wasm asked for where it may be used
 * @property {Promise<Uint8Array>} model
 * @property {NoWasm} nowasm
 */

/** @type {{ wasm?: Source, model?: Source, nowasm?: NoWasm }} */
const given = {};

/**
 * Says where the engine comes from; once, before the first start.
 *
 * @param {{ wasm: Source, model: Source, nowasm?: NoWasm }} sources nowasm: `() => import('falter/nowasm')`, for pages whose
 *   policy forbids WebAssembly
 * @returns {void}
 */
export function provide(sources) {
  Object.assign(given, sources);
}

/**
 * Says where it comes from unless the host does.
 * @param {{ wasm: Source, model: Source, nowasm: NoWasm }} sources
 */
export function standBy(sources) {
  provide({ ...sources, ...given });
}

/**
 * @param {() => string} _base not needed here
 * @returns {Assets} each rejects when it was not provided, or cannot be fetched
 */
export function load(_base) {
  return { wasm: () => bytes('wasm'), model: bytes('model').then(plain), nowasm };
}

/** @type {NoWasm} rejects with what the host can do, where it was not provided */
const nowasm = async () => {
  if (!given.nowasm) throw new Error("provide({ nowasm: () => import('falter/nowasm') }), or allow 'wasm-unsafe-eval'");
  return given.nowasm();
};

/** @param {BufferSource} source */
const plain = (source) =>
  ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);

/**
 * @param {'wasm' | 'model'} name
 * @returns {Promise<BufferSource>}
 */
async function bytes(name) {
  const source = given[name];
  const found = await (typeof source === 'function' ? source() : source);
  if (!found) throw new Error(`provide({ wasm, model }) first: no ${name}`);
  if (found instanceof ArrayBuffer || ArrayBuffer.isView(found)) return found;
  // An answer is read once, but falter may start again after a fault.
  const answer = found instanceof Response ? found.clone() : await fetch(found);
  if (!answer.ok) throw new Error(`${answer.url || found}: ${answer.status}`);
  return answer.arrayBuffer();
}
