/**
 * Shops: what tells the engine about pages, the cart and orders, however the shop is built.
 *
 * A shop is connected by a function `(send, ears, total)`; `send` takes signals in the form recordings have, without their
 * time, and nothing is heard any more once `ears` are aborted; `total` is the cart's, as this visit knows it. The dataLayer is what most shops have, so it is at hand; any other
 * is a part that is loaded by the pages that need it, and may know which page is shown where the page does not mark it.
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

/** What a page that marks itself has at least one of. */
const MARKED = '[data-falter-cart],[data-falter-add],[data-falter-page]';

/** The part that this page needs; undefined: none. @param {import('../options.js').Options['shop']} shop */
const partOf = (shop) => {
  const page = /** @type {any} */ (window);
  /** @param {string} selector */
  const has = (selector) => document.querySelector(selector);
  if (shop === 'auto') {
    if (has(MARKED)) return 'marks';
    if (page.Shopify) return 'shopify';
    // WooCommerce gives every page's body a class of its own, woocommerce-js or woocommerce-no-js
    if (has('body[class*=woocommerce]')) return 'woocommerce';
  } else if (shop !== 'datalayer') return shop;
  return has('[itemtype$="/Product"]') || [...document.scripts].some(({ text }) => /"Product[G"]/.test(text)) ? 'schema' : undefined;
};

/**
 * Finds the shop that the option names; `auto` takes the page's own marks, then Shopify, then WooCommerce, and where there are
 * none its dataLayer. The page has to be parsed.
 * @param {import('../options.js').Options['shop']} shop
 * @param {() => string} base folder of falter's files
 * @returns {Promise<Connect | undefined>} rejects when it can't be loaded
 */
export async function openShop(shop, base) {
  if (shop === 'none') return;
  const part = partOf(shop);
  /** @type {Part} */
  const { connect = connectDataLayer, read } = part ? await loadPart(base, 'shops/' + part) : {};
  asked.read = read;
  return connect;
}
