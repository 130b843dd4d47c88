/** The same trees in onnxruntime-web, on one thread of its WebAssembly backend. */

import * as ort from 'onnxruntime-web/wasm';

/** @param {Record<string, Uint8Array>} files */
export async function load(files) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = files['ort-wasm-simd-threaded.wasm'];
  const session = await ort.InferenceSession.create(files['trees.onnx'], { executionProviders: ['wasm'] });
  return async (/** @type {Float32Array} */ row) => {
    const { margin } = await session.run({ features: new ort.Tensor('float32', row, [1, row.length]) });
    return margin.data[0];
  };
}
