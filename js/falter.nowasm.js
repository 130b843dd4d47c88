/**
 * The engine as plain JavaScript, for pages whose policy forbids WebAssembly and browsers without it: the module that ships,
 * turned over by binaryen (xtask/nowasm.mjs), in the form that js/instance.js knows a module in. The same risks, bit for bit.
 */

import { instantiate as open, NAMES } from 'falter.nowasm';

/** What comes out where WebAssembly would trap; named as it names it. */
class Trap extends Error {
  /** @override */
  name = 'RuntimeError';
}

/** The texts that travel with the module. */
export const names = new TextEncoder().encode(NAMES);

/**
 * As WebAssembly.instantiate does: an engine of its own, with its own memory.
 * @param {unknown} _module not needed here
 * @param {Record<string, any>} imports
 * @returns {{ exports: Record<string, any> }}
 */
export function instantiate(_module, imports) {
  const exports = Object.entries(open(imports)).map(([name, made]) => [name, typeof made === 'function' ? guarded(made) : made]);
  return { exports: Object.fromEntries(exports) };
}

/** No export takes more; a list of them would be garbage an event. @param {(...given: any[]) => any} call */
const guarded = (call) => (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d, /** @type {any} */ e) => {
  try {
    return call(a, b, c, d, e);
  } catch (cause) {
    throw new Trap(String(cause), { cause });
  }
};
