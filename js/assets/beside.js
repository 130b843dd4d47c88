/** The engine and the model as files beside the script. */

/**
 * @param {() => string} base folder, ending in '/'
 * @returns {{ wasm: Promise<ArrayBuffer>, model: Promise<Uint8Array> }} each rejects with an Error that names the file
 */
export function load(base) {
  /** @param {string} name */
  const read = async (name) => {
    const response = await fetch(base() + name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  };
  return { wasm: read('falter.wasm'), model: read('exit.falter').then((bytes) => new Uint8Array(bytes)) };
}
