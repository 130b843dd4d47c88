/**
 * A Shopify storefront: its standard events, where the theme dispatches them
 * (https://shopify.dev/docs/api/storefront-events-and-actions/events), else what the theme's own requests to the Cart Ajax
 * API are answered (https://shopify.dev/docs/api/ajax/reference/cart). Not one request is made for it.
 *
 * The checkout is Shopify's own and out of a theme's reach: going there is progress; docs/shops.md has the pixel that
 * reports orders.
 */

import { readAnswers } from './shopify/ajax.js';
import { openCart } from './shopify/cart.js';
import { read as readSchema } from './schema.js';

/** `gid://shopify/Product/632910392` → `632910392`, as the Ajax API and the theme have it. @param {any} gid */
const plain = (gid) => (gid == null ? undefined : String(gid).replace(/^gid:.*\//, ''));
const meta = () => /** @type {any} */ (window).ShopifyAnalytics?.meta;

/** Shopify's names of pages (`ShopifyAnalytics.meta.page.pageType`). @type {Record<string, string>} */
const PAGES = { home: 'home', product: 'product', collection: 'category', cart: 'cart', searchresults: 'search', policy: 'policy' };

/**
 * Shopify tells the type of the page that was loaded; one that a theme turned to since is known by its address.
 * @type {import('./index.js').Read}
 */
export function read() {
  const path = location.pathname;
  const { page, product } = meta() ?? {};
  const isFirst = path === loaded;
  const item = isFirst && product?.id;
  const kind = /\/products\/[^/]+\/?$/.test(path) ? 'product' : isFirst ? PAGES[page?.pageType] : undefined;
  if (kind !== 'product') return kind ? { falterPage: kind } : undefined;
  return { falterPage: kind, falterItem: item ? plain(item) : readSchema()?.falterItem };
}
const loaded = location.pathname;

/**
 * @param {any} cart StandardEventCart, a subset of the Storefront API's: amounts are text in the shopper's currency
 * @returns {import('./shopify/cart.js').Cart | undefined}
 */
function readStandard(cart) {
  const amount = cart?.cost?.subtotalAmount?.amount ?? cart?.cost?.totalAmount?.amount;
  if (!(Number(amount) >= 0)) return;
  const nodes = cart.lines?.nodes ?? cart.lines;
  const lines = Array.isArray(nodes) ? nodes : [];
  return {
    value: Number(amount),
    lines: lines.map(({ id, quantity, merchandise }) => ({
      key: String(id),
      item: plain(merchandise?.product?.id ?? merchandise?.id),
      variant: plain(merchandise?.id),
      qty: Number(quantity),
    })),
    codes: cart.discountCodes,
  };
}

/** @type {Record<string, string>} */
const OPS = { add: 'add', remove: 'remove', update: 'quantity' };

/** @type {import('./index.js').Connect} */
export function connect(send, ears) {
  const cart = openCart(send);
  // the app embed prints what lay in the cart when the page was made
  const printed = parseFloat(document.querySelector('[data-falter-cart]')?.getAttribute('data-falter-cart') ?? '');
  if (printed >= 0) cart.seen({ value: printed });

  tellOrder(send);

  // A theme that tells what happens need not be overheard.
  const deaf = new AbortController();
  ears.addEventListener('abort', () => deaf.abort());
  readAnswers(cart, deaf.signal, productOf);

  /** @param {string} type @param {(event: any) => unknown} hear */
  const on = (type, hear) =>
    document.addEventListener(
      `shopify:${type}`,
      (event) => {
        // of an app's call the theme may know nothing
        if (/** @type {any} */ (event).context !== 'standard-action') deaf.abort();
        try {
          hear(event);
        } catch {
          // an event of another form than is documented says nothing
        }
      },
      { signal: ears, passive: true },
    );
  /**
   * The event comes before the change is made; its promise brings what came of it.
   * @param {any} event @param {(after: any) => void} use
   */
  const then = ({ promise }, use) =>
    Promise.resolve(promise)
      .then((after) => ears.aborted || use(after))
      .catch(() => {});
  on('cart:lines-update', (event) =>
    then(event, (after) => {
      if (!OPS[event.action]) return;
      if (after?.userErrors?.length) return event.action === 'add' && cart.failed();
      const [{ merchandiseId, id, quantity } = /** @type {any} */ ({})] = event.lines ?? [];
      const about = { op: OPS[event.action], key: id && String(id), variant: plain(merchandiseId), qty: Number(quantity) || 1 };
      cart.changed(readStandard(after?.cart), { ...about, item: about.variant && productOf(about.variant) });
    }),
  );
  on('cart:discount-update', (event) => then(event, (after) => cart.changed(readStandard(after?.cart))));
  on('cart:view', (event) => cart.seen(readStandard(event.cart)));
}

/** Where the pixel (docs/shops.md) leaves what an order came to. */
const ORDER = 'falter.order';
/** An order that is older, ms, was another visit's. */
const ORDER_MS = 30 * 60_000;

/** An order that was placed in Shopify's checkout since the last page; read with consent to storage alone. @param {import('./index.js').Send} send */
function tellOrder(send) {
  if (/** @type {any} */ (window).falter?.consent?.() !== 'granted') return;
  try {
    const { value, at } = JSON.parse(localStorage.getItem(ORDER) ?? '{}');
    localStorage.removeItem(ORDER);
    if (value >= 0 && Date.now() - at < ORDER_MS) send({ s: 'purchase', value });
  } catch {
    // no storage, or not the pixel's
  }
}

/** The product that a variant of this page belongs to. @param {string} variant */
function productOf(variant) {
  const { product, products = [] } = meta() ?? {};
  const found = [product, ...products].find((one) => one?.variants?.some((/** @type {any} */ { id }) => String(id) === variant));
  return found ? plain(found.id) : undefined;
}
