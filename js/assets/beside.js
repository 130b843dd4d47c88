/** The engine and the model as files beside the script. */

/**
 * @param {string} base folder, ending in '/'
 * @returns {Promise<{ wasm: ArrayBuffer, model: Uint8Array }>} rejects with an Error that names the file
 */
export async function load(base) {
  /** @param {string} name */
  const read = async (name) => {
    const response = await fetch(base + name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  };
  const [wasm, model] = await Promise.all(['falter.wasm', 'exit.falter'].map(read));
  return { wasm, model: new Uint8Array(model) };
}
