/**
 * Shops: what tells the engine about pages, the cart and orders, however the shop is built.
 *
 * A shop is connected by a function `(send) => disconnect`; `send` takes signals in the form recordings have, without
 * their time.
 */

import { connectDataLayer } from './datalayer.js';
import { connectMarks, marked } from './plain.js';

/**
 * @typedef {{ s: string } & Record<string, any>} PlainSignal
 * @typedef {(signal: PlainSignal) => void} Send
 * @typedef {(send: Send) => () => void} Connect
 */

/**
 * Connects the shop that the option names; `auto` takes the page's own marks, and where there are none its dataLayer.
 * @param {import('../options.js').Options['shop']} shop
 * @param {Send} send
 * @returns {() => void} disconnects
 */
export function connectShop(shop, send) {
  if (shop === 'datalayer' || (shop === 'auto' && !marked())) return connectDataLayer(send);
  return shop === 'none' ? () => {} : connectMarks(send);
}
