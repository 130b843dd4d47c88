/** The entry for hosts that load, cache or check the engine's bytes their own way: `provide` them before the first start. */

import { createFalter as create } from './start.js';
import { createStill } from './still.js';

export { provide } from './assets/given.js';

/**
 * Makes falter's handle. Nothing happens before its `start()` or `init()`, and nothing is kept or sent without consent; where
 * there is no page (a server, a worker) the handle is there and stays still.
 * @param {import('./types.js').Options} [options] what cannot be read is told by `falter:error`, nothing throws
 * @returns {import('./types.js').Falter}
 */
export function createFalter(options) {
  return typeof document === 'undefined' ? createStill(options) : create(options);
}
