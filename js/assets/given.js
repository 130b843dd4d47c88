/**
 * The engine's bytes as the host gives them: for hosts that load, cache or check them their own way.
 */

/** @typedef {BufferSource | string | URL} Source bytes, or an address to fetch them from */

/** @type {{ wasm?: Source, model?: Source }} */
const given = {};

/**
 * Says where the engine comes from; once, before the first start.
 *
 * @param {{ wasm: Source, model: Source }} sources
 */
export function provide(sources) {
  Object.assign(given, sources);
}

/**
 * @param {() => string} _base not needed here
 * @returns {{ wasm: Promise<BufferSource>, model: Promise<Uint8Array> }} each rejects when it was not provided, or cannot be
 *   fetched
 */
export function load(_base) {
  return { wasm: bytes('wasm', given.wasm), model: bytes('model', given.model).then(plain) };
}

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
