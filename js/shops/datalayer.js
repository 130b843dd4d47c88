/**
 * A shop that tells Google's `dataLayer` what happens, in GA4's ecommerce events
 * (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), by gtag or by plain push.
 */

import { marked } from '../page.js';

/** GA4's events that mean a page. */
const PAGES = new Map(
  Object.entries({
    view_item_list: 'category',
    view_item: 'product',
    view_cart: 'cart',
    begin_checkout: 'checkout',
    add_payment_info: 'payment',
    view_search_results: 'search',
  }),
);

/** How much of the page's dataLayer was read; a falter that starts anew goes on from there. */
let read = 0;

/**
 * What an entry of the dataLayer says.
 * @param {any} entry a pushed object, or gtag's arguments `('event', name, parameters)`
 * @param {number | undefined} total the cart's total so far, undefined while it isn't known
 * @param {number} [price] of what the page is about
 * @returns {import('./index.js').PlainSignal[]}
 */
export function readEntry(entry, total, price) {
  const [event, about] = entry?.[0] === 'event' ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
  const first = about?.items?.[0];
  const item = first?.item_id && String(first.item_id);
  const qty = +first?.quantity || 1;
  const sum = +(about?.value ?? (first?.price ?? price) * qty);
  const value = sum >= 0 ? sum : undefined;
  const page = PAGES.get(event);
  const adds = event === 'add_to_cart';
  /** @type {import('./index.js').PlainSignal[]} */
  const signals = [];

  if (page) {
    signals.push({ s: 'page', page, item: page === 'product' ? item : undefined });
    if (/view_cart|checkout/.test(event) && about?.value >= 0 && value !== total) signals.push({ s: 'cart', op: 'quantity', qty: 1, value });
  } else if (adds || event === 'remove_from_cart') {
    // GA4's value is that of what was added, not the cart's.
    const after = value === undefined || total === undefined ? undefined : Math.max(0, total + (adds ? value : -value));
    signals.push({ s: 'cart', op: adds ? 'add' : 'remove', item, qty, value: after });
  } else if (event === 'purchase') {
    signals.push({ s: 'purchase', value: about?.value >= 0 ? value : total ?? 0 });
  }
  return signals;
}

/** @type {import('./index.js').Connect} */
export function connectDataLayer(send, ears, total) {
  const page = /** @type {any} */ (window);
  /** @type {any[]} */
  const layer = (page.dataLayer ??= []);
  if (!Array.isArray(layer)) return;
  /** @param {any[]} entries */
  const take = (entries) => {
    read = layer.length;
    for (const entry of entries) readEntry(entry, total(), marked()?.falterPrice).forEach(send);
  };
  take(layer.slice(read));
  const { push } = layer;
  /** @param {any[]} entries */
  const heard = (...entries) => {
    const length = push.apply(layer, entries);
    if (!ears.aborted) take(entries);
    return length;
  };
  layer.push = heard;
  ears.addEventListener('abort', () => {
    // Someone who wrapped it after us still calls ours, which from now on only passes on.
    if (layer.push === heard) layer.push = push;
  });
}
