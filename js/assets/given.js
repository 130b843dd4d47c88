/**
 * The engine's bytes as the host gives them: for hosts that load, cache or check them their own way.
 */

/**
 * @typedef {BufferSource | string | URL} Source bytes, or an address to fetch them from
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
 */
export function provide(sources) {
  Object.assign(given, sources);
}

/**
 * @param {() => string} _base not needed here
 * @returns {Assets} each rejects when it was not provided, or cannot be fetched
 */
export function load(_base) {
  return { wasm: () => bytes('wasm', given.wasm), model: bytes('model', given.model).then(plain), nowasm: openNoWasm(given) };
}

/** @param {{ nowasm?: NoWasm }} given @returns {NoWasm} rejects with what the host can do, where it was not provided */
export const openNoWasm = ({ nowasm }) => async () => {
  if (!nowasm) throw new Error("provide({ nowasm: () => import('falter/nowasm') }), or allow 'wasm-unsafe-eval'");
  return nowasm();
};

/** @param {BufferSource} source */
const plain = (source) =>
  ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);

/**
 * @param {string} name
 * @param {Source | undefined} source
 * @returns {Promise<BufferSource>}
 */
async function bytes(name, source) {
  if (!source) throw new Error(`provide({ wasm, model }) first: no ${name}`);
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  return answer.arrayBuffer();
}
