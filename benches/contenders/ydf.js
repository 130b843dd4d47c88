/** The same trees in ydf-inference. */

import JSZip from 'jszip';
import YDFInference from 'ydf-inference';

/** @param {Record<string, Uint8Array>} files */
export async function load(files) {
  // it looks for this one there
  /** @type {any} */ (window).JSZip = JSZip;
  const wasm = URL.createObjectURL(new Blob([files['inference.wasm']], { type: 'application/wasm' }));
  const ydf = await YDFInference({ locateFile: () => wasm });
  const model = await ydf.loadModelFromZipBlob(files['trees.ydf.zip']);
  /** What is not known is null here. @type {Record<string, (number | null)[]>} */
  const columns = {};
  return (/** @type {Float32Array} */ row) => {
    for (let i = 0; i < row.length; i++) columns[`f${i}`] = [isNaN(row[i]) ? null : row[i]];
    return model.predict(columns)[0];
  };
}
