/**
 * A shop that tells Google's `dataLayer` what happens, in GA4's ecommerce events
 * (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), by gtag or by plain push.
 */

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

/**
 * What an entry of the dataLayer says.
 * @param {any} entry a pushed object, or gtag's arguments `('event', name, parameters)`
 * @param {number | undefined} total the cart's total so far, undefined while it isn't known
 * @returns {{ signals: import('./index.js').PlainSignal[], total: number | undefined }}
 */
export function readEntry(entry, total) {
  const [event, about] = entry?.[0] === 'event' ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
  const { item_id, quantity } = about?.items?.[0] ?? {};
  const item = item_id && String(item_id);
  const qty = +quantity || 1;
  const value = about?.value >= 0 ? +about.value : undefined;
  const page = PAGES.get(event);
  const adds = event === 'add_to_cart';
  /** @type {import('./index.js').PlainSignal[]} */
  const signals = [];

  if (page) {
    signals.push({ s: 'page', page, item: page === 'product' ? item : undefined });
    if (/view_cart|checkout/.test(event) && value !== undefined && value !== total) {
      total = value;
      signals.push({ s: 'cart', op: 'quantity', qty: 1, value });
    }
  } else if (adds || event === 'remove_from_cart') {
    // GA4's value is that of what was added, not the cart's.
    total = value === undefined || total === undefined ? undefined : Math.max(0, total + (adds ? value : -value));
    signals.push({ s: 'cart', op: adds ? 'add' : 'remove', item, qty, value: total });
  } else if (event === 'purchase') {
    signals.push({ s: 'purchase', value: value ?? total ?? 0 });
    total = 0;
  }
  return { signals, total };
}

/** @type {import('./index.js').Connect} */
export function connectDataLayer(send, ears) {
  const page = /** @type {any} */ (window);
  /** @type {any[]} */
  const layer = (page.dataLayer ??= []);
  if (!Array.isArray(layer)) return;
  /** @type {number | undefined} */
  let total;
  /** @param {any} entry */
  const take = (entry) => {
    const read = readEntry(entry, total);
    total = read.total;
    read.signals.forEach(send);
  };
  layer.forEach(take);
  const { push } = layer;
  /** @param {any[]} entries */
  const heard = (...entries) => {
    const length = push.apply(layer, entries);
    if (!ears.aborted) entries.forEach(take);
    return length;
  };
  layer.push = heard;
  ears.addEventListener('abort', () => {
    // Someone who wrapped it after us still calls ours, which from now on only passes on.
    if (layer.push === heard) layer.push = push;
  });
}
