/** The package's main entry: brings engine and model along, so that it works in any bundler without a file to copy. */

import { standBy } from './assets/given.js';
import { createFalter as create } from './slim.js';

const bytes = () => import('./package/bytes.js');

/**
 * Makes falter's handle. Nothing happens before its `start()` or `init()`, and nothing is kept or sent without consent; where
 * there is no page (a server, a worker) the handle is there and stays still.
 * @param {import('./types.js').Options} [options] what cannot be read is told by `falter:error`, nothing throws
 * @returns {import('./types.js').Falter}
 */
export function createFalter(options) {
  standBy({
    wasm: async () => (await bytes()).wasm,
    model: async () => (await bytes()).model,
    nowasm: () => import('./falter.nowasm.js'),
  });
  return create(options);
}
