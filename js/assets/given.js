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
 * @param {string} _base not needed here
 * @returns {Promise<{ wasm: BufferSource, model: Uint8Array }>}
 * @throws when nothing was provided, or an address cannot be fetched
 */
export async function load(_base) {
  const [wasm, model] = await Promise.all([bytes('wasm', given.wasm), bytes('model', given.model)]);
  return { wasm, model: ArrayBuffer.isView(model) ? new Uint8Array(model.buffer, model.byteOffset, model.byteLength) : new Uint8Array(model) };
}

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
