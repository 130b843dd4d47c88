/**
 * Shops: what tells the engine about pages, the cart and orders, however the shop is built.
 *
 * A shop is connected by a function `(send, ears)`; `send` takes signals in the form recordings have, without their time,
 * and nothing is heard any more once `ears` are aborted.
 */

import { connectDataLayer } from './datalayer.js';

/**
 * @typedef {{ s: string } & Record<string, any>} PlainSignal
 * @typedef {(signal: PlainSignal) => void} Send
 * @typedef {(send: Send, ears: AbortSignal) => void} Connect
 */

/** What a page that marks itself has at least one of. */
const MARKED = '[data-falter-cart],[data-falter-add],[data-falter-page]';

/**
 * Connects the shop that the option names; `auto` takes the page's own marks, and where there are none its dataLayer.
 * The dataLayer is what most shops have, so it is at hand; any other is loaded by the pages that need it.
 * @param {import('../options.js').Options['shop']} shop
 * @param {(part: 'shops/marks') => Promise<{ connect: Connect }>} load
 * @param {Send} send
 * @param {AbortSignal} ears
 * @returns {Promise<void>} rejects when it can't be loaded
 */
export async function connectShop(shop, load, send, ears) {
  if (shop === 'datalayer' || (shop === 'auto' && !document.querySelector(MARKED))) connectDataLayer(send, ears);
  else if (shop !== 'none') {
    const { connect } = await load('shops/marks');
    if (!ears.aborted) connect(send, ears);
  }
}
