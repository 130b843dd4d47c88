/**
 * Shops: what tells the engine about pages, the cart and orders, however the shop is built.
 *
 * A shop is connected by a function `(send, ears, total)`; `send` takes signals in the form recordings have, without their
 * time, and nothing is heard any more once `ears` are aborted; `total` is the cart's, as this visit knows it. The dataLayer is
 * what most shops have, so it is at hand; any other is a part that is loaded by the pages that need it, and may know which page
 * is shown where the page does not mark it. So is the search for the one that this is.
 */

import { loadPart } from 'falter-files';
import { asked } from '../page.js';
import { connectDataLayer } from './datalayer.js';

/**
 * @typedef {{ s: string } & Record<string, any>} PlainSignal
 * @typedef {(signal: PlainSignal) => void} Send
 * @typedef {() => number | undefined} Total undefined: not known, or not any more
 * @typedef {(send: Send, ears: AbortSignal, total: Total) => void} Connect
 * @typedef {() => import('../page.js').Marked | undefined} Read never throws
 * @typedef {{ connect?: Connect, read?: Read }} Part
 */

/**
 * Finds the shop that the option names, once the page is parsed; `auto` looks at it (auto.js).
 * @param {import('../options.js').Options['shop']} shop
 * @param {() => string} base folder of falter's files
 * @returns {Promise<Connect | undefined>} rejects when it can't be loaded
 */
export async function openShop(shop, base) {
  // what marks the page is in its body
  if (document.readyState === 'loading') await new Promise((ready) => document.addEventListener('DOMContentLoaded', ready, { once: true }));
  if (shop === 'none') return;
  /** @param {string} name */
  const part = (name) => loadPart(base, 'shops/' + name);
  const found = shop === 'auto' ? (await part('auto')).findShop() : shop;
  /** @type {Part} */
  const { connect = connectDataLayer, read } = found === 'datalayer' ? {} : await part(found);
  asked.read = read;
  return connect;
}
