/**
 * A WooCommerce shop: the jQuery events of its cart and checkout (assets/js/frontend/ of the plugin, triggered on
 * `document.body`), the DOM events of its blocks (https://developer.woocommerce.com/docs/cart-and-checkout-dom-events) and, where
 * blocks are on the page, their cart store (https://developer.woocommerce.com/docs/block-development/reference/data-store/cart).
 * Nothing is requested: a store that has not been filled is not asked.
 *
 * The plugin in shops/woocommerce/ prints the cart's total; without it the total is read where the theme shows it.
 */

import { readMoney } from './woocommerce/money.js';
import { read as readSchema } from './schema.js';

/** Classes of the body (`body_class()`) and what they say of the page; an order received is a checkout too. */
const PAGES = [
  ['woocommerce-order-received', 'thanks'],
  ['woocommerce-checkout', 'checkout'],
  ['woocommerce-cart', 'cart'],
  ['single-product', 'product'],
  ['tax-product_cat', 'category'],
  ['tax-product_tag', 'category'],
  ['post-type-archive-product', 'category'],
  ['search-results', 'search'],
  ['woocommerce-account', 'account'],
  ['privacy-policy', 'policy'],
  ['home', 'home'],
];

/** @type {import('./index.js').Read} */
export function read() {
  const { classList, className } = document.body;
  const [, falterPage] = PAGES.find(([name]) => classList.contains(name)) ?? [];
  if (falterPage !== 'product') return falterPage ? { falterPage } : undefined;
  return { falterPage, falterItem: /(?:^| )postid-(\d+)/.exec(className)?.[1] ?? readSchema()?.falterItem };
}

/** An event says that it is done; the total may be drawn, or come, a little later, ms. */
const SETTLE_MS = 600;
/** jQuery's event and the blocks' own of the same thing are no further apart, ms. */
const TWICE_MS = 100;
/** Where themes show the total, the surest first: the plugin's, a mini cart's, the cart page's and the checkout's. */
const SHOWN = [
  '.woocommerce-mini-cart__total .woocommerce-Price-amount',
  '.cart-subtotal .woocommerce-Price-amount',
  '.wc-block-mini-cart__footer-subtotal .wc-block-components-totals-item__value',
];

/** The blocks' cart, once it was filled. @returns {number | undefined} its total before shipping, money */
function blocksTotal() {
  const page = /** @type {any} */ (window);
  const store = page.wp?.data?.select?.('wc/store/cart');
  // a selector of what is not there yet would fetch it
  if (!store?.hasFinishedResolution?.('getCartData')) return;
  const { totals } = store.getCartData() ?? {};
  if (!totals) return;
  const withTax = page.wcSettings?.displayCartPricesIncludingTax;
  /** @param {string} name */
  const amount = (name) => Number(totals[name] ?? 0) + (withTax ? Number(totals[`${name}_tax`] ?? 0) : 0);
  const total = (amount('total_items') - amount('total_discount')) / 10 ** (totals.currency_minor_unit ?? 2);
  return total >= 0 ? total : undefined;
}

/** @returns {number | undefined} */
function shownTotal() {
  const told = parseFloat(document.querySelector('[data-falter-cart]')?.getAttribute('data-falter-cart') ?? '');
  if (told >= 0) return told;
  // a mini cart that is empty shows no total
  if (document.querySelector('.woocommerce-mini-cart__empty-message,.wc-empty-cart-message')) return 0;
  return readMoney(SHOWN.map((selector) => document.querySelector(selector)).find(Boolean)?.textContent);
}

/** What an order came to, on the page that thanks for it. @returns {number | undefined} undefined: none that can be read */
function orderTotal() {
  const told = document.querySelector('[data-falter-purchase]')?.getAttribute('data-falter-purchase');
  // the plugin's place for it is empty where the order failed or was told before, whatever the page shows
  if (told != null) return told ? parseFloat(told) || 0 : undefined;
  if (!document.body.classList.contains('woocommerce-order-received')) return;
  if (document.querySelector('.woocommerce-thankyou-order-failed')) return;
  const shown = '.woocommerce-order-overview__total .woocommerce-Price-amount,.wc-block-order-confirmation-totals__total .woocommerce-Price-amount';
  return readMoney(document.querySelector(shown)?.textContent);
}

/**
 * What runs inside the page's own events throws nothing there: markup of another form says nothing.
 * @type {<T extends any[]>(use: (...given: T) => void) => (...given: T) => void}
 */
const calmly =
  (use) =>
  (...given) => {
    try {
      use(...given);
    } catch {
      // as if nothing had been told
    }
  };

/** Whether this page's order was told: falter may start again on the page that thanks. */
let isOrderTold = false;

/** @type {import('./index.js').Connect} */
export function connect(send, ears) {
  const page = /** @type {any} */ (window);
  /** @type {number | undefined} */
  let total;
  /** What was done that the next total comes of. @type {{ op: string, item?: string, qty: number } | undefined} */
  let done;
  /** What was noted last, and when, page time. */
  let last = { op: '', at: 0 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  ears.addEventListener('abort', () => clearTimeout(settling));

  const look = calmly(() => {
    const value = blocksTotal() ?? shownTotal();
    if (value === undefined || value === total) return;
    // what lay in the cart when we first saw it was neither added nor removed now
    const { op = 'quantity', item, qty = 1 } = done ?? {};
    if (value || total !== undefined) send({ s: 'cart', op, item, qty, value });
    total = value;
    done = undefined;
  });
  const settle = () => {
    look();
    if (done) send({ s: 'cart', value: total, ...done });
    done = undefined;
  };
  /** @param {string} op @param {Element | null | undefined} [about] what was pressed */
  const note = (op, about) => {
    const { product_id, quantity } = /** @type {HTMLElement | null | undefined} */ (about)?.dataset ?? {};
    // blocks hand jQuery's events on as their own: the same thing twice
    const at = performance.now();
    if (done?.op === op || (last.op === op && at - last.at < TWICE_MS)) return;
    last = { op, at };
    if (done) settle();
    done = { op, item: product_id, qty: Number(quantity) || 1 };
    clearTimeout(settling);
    look();
    if (done) settling = setTimeout(settle, SETTLE_MS);
  };

  /** The button that was pressed last, for events that do not name one. @type {Element | null} */
  let pressed = null;
  document.addEventListener(
    'click',
    ({ target }) => (pressed = /** @type {Element} */ (target).closest?.('[data-product_id]') ?? pressed),
    { signal: ears, capture: true, passive: true },
  );

  const { jQuery } = page;
  if (jQuery) {
    const body = jQuery(document.body);
    /** @param {string} types @param {(event: any, ...rest: any[]) => void} hear */
    const on = (types, hear) => {
      // jQuery's handlers have no signal; the name after the point is ours, to take them away by
      const named = types.replace(/\S+/g, '$&.falter');
      const hears = calmly(hear);
      body.on(named, hears);
      ears.addEventListener('abort', () => body.off(named, hears));
    };
    on('added_to_cart', (_event, _fragments, _hash, button) => note('add', button?.[0] ?? pressed));
    on('removed_from_cart', (_event, _fragments, _hash, button) => note('remove', button?.[0] ?? pressed));
    on('wc_fragments_loaded wc_fragments_refreshed updated_cart_totals updated_checkout updated_wc_div wc_cart_emptied', look);
    on('applied_coupon applied_coupon_in_checkout', () => note(document.querySelector('.woocommerce-error') ? 'coupon_failed' : 'coupon'));
    on('checkout_error', (_event, html) => tellErrors(String(html ?? ''), send));
  }
  document.body.addEventListener('wc-blocks_added_to_cart', () => note('add', pressed), { signal: ears });
  document.body.addEventListener('wc-blocks_removed_from_cart', () => note('remove', pressed), { signal: ears });
  const unsubscribe = page.wp?.data?.subscribe?.(look);
  if (unsubscribe) ears.addEventListener('abort', unsubscribe);
  look();

  const order = orderTotal();
  // coming back to the page that thanks is not another order
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (order !== undefined && arrival?.type === 'navigate' && !isOrderTold) {
    isOrderTold = true;
    send({ s: 'purchase', value: order });
  }
}

/** What a checkout refused: each field by its id, anything else was the payment. @param {string} html @param {import('./index.js').Send} send */
function tellErrors(html, send) {
  // a document of its own, in which nothing runs or loads
  const errors = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('li')];
  for (const { dataset } of errors) if (dataset.id) send({ s: 'field', what: 'error', type: typeOf(dataset.id) });
  if (errors.some(({ dataset }) => !dataset.id) || (html && !errors.length)) send({ s: 'problem', what: 'payment_failed' });
}

/** @param {string} id of a checkout field, such as billing_postcode */
const typeOf = (id) => (/email/.test(id) ? 'email' : /address|postcode|city|state|country/.test(id) ? 'address' : /account/.test(id) ? 'account' : 'other');
