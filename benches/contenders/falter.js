/** falter as a bundler takes it; everything but the engine's bytes is in this file. */

import { createFalter, provide } from '../../dist/npm/slim.js';

/** @param {Record<string, Uint8Array>} files */
export async function load(files) {
  provide({ wasm: files['falter.wasm'], model: files['exit.falter'] });
  const fault = new Promise((_, failed) =>
    document.addEventListener('falter:error', (event) => failed(new Error(/** @type {CustomEvent} */ (event).detail.message)), { once: true }),
  );
  const falter = createFalter({ consent: 'memory', holdout: 0, sensitivity: 0, shop: 'none' });
  await Promise.race([falter.start(), fault]);
  return falter;
}
