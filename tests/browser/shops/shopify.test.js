/**
 * A Shopify storefront, as its theme and its Cart Ajax API behave (https://shopify.dev/docs/api/ajax/reference/cart), and one
 * whose theme dispatches the standard events (https://shopify.dev/docs/api/storefront-events-and-actions/events).
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { cardTitle, html, idOf, json, openShop, runs, signals, tag, visit } from '../support/shops.js';
import { stand } from '../support/stand.js';

/** Amounts of the Ajax API are hundredths. */
const PRODUCTS = {
  lamp: { id: 7001, variant: 70010, price: 1990, stock: 3 },
  stool: { id: 7002, variant: 70020, price: 4500, stock: 9 },
};
/** @typedef {keyof typeof PRODUCTS} Handle */
/** @type {Map<number, number>} variant → quantity */
const lines = new Map();
let applicable = false;
const byVariant = (/** @type {number} */ variant) => Object.values(PRODUCTS).find((one) => one.variant === variant) ?? PRODUCTS.lamp;
const lineOf = (/** @type {number} */ variant) => {
  const { id, price } = byVariant(variant);
  const quantity = lines.get(variant) ?? 0;
  return { id: variant, key: `${variant}:abc`, variant_id: variant, product_id: id, quantity, price, final_price: price, final_line_price: price * quantity };
};
const cart = () => {
  const items = [...lines.keys()].map(lineOf);
  return {
    token: 't',
    items,
    item_count: items.reduce((sum, { quantity }) => sum + quantity, 0),
    total_price: items.reduce((sum, line) => sum + line.final_line_price, 0),
    discount_codes: applicable ? [{ code: 'TARN10', applicable }] : [{ code: 'NOPE', applicable: false }].slice(lines.has(-1) ? 0 : 1),
  };
};

/** @type {import('../support/shops.js').Shop} */
function shop({ method, path, query, body }) {
  const given = body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  if (method === 'POST') {
    const variant = Number(given.items?.[0]?.id ?? given.id?.toString().split(':')[0]);
    const quantity = Number(given.items?.[0]?.quantity ?? given.quantity ?? 1);
    if (/\/cart\/add/.test(path)) {
      const now = (lines.get(variant) ?? 0) + quantity;
      if (now > byVariant(variant).stock) return json({ status: 422, message: 'Cart Error', description: 'All are in your cart.' }, 422);
      lines.set(variant, now);
      return json(given.items ? { items: [lineOf(variant)] } : lineOf(variant));
    }
    if (/\/cart\/change/.test(path)) quantity ? lines.set(variant, quantity) : lines.delete(variant);
    if (/\/cart\/clear/.test(path)) lines.clear();
    if (given.discount) applicable = given.discount === 'TARN10';
    return json(given.discount && !applicable ? { ...cart(), discount_codes: [{ code: given.discount, applicable }] } : cart());
  }
  if (path === '/cart.js') return json(cart());
  const handle = /** @type {Handle | undefined} */ (/\/products\/(\w+)$/.exec(path)?.[1]);
  const product = handle && PRODUCTS[handle];
  const meta = product ? { page: { pageType: 'product' }, product: { id: product.id, variants: [{ id: product.variant }] } } : { page: { pageType: 'home' } };
  const total = cart().total_price / 100;
  return html(
    `<button id="add">Add</button><button id="two">Add two</button><button id="xhr">Add by XHR</button><button id="change">One more</button>
     <button id="remove">Remove</button><button id="wrong">Wrong code</button><button id="code">Code</button><button id="refresh">Refresh</button>
     <form action="/cart/add" method="post"><input type="hidden" name="id" value="${product?.variant}"><input name="quantity" value="1">
     <button id="form">Add by form</button></form>
     ${query.has('embed') ? `<span hidden data-falter-cart="${total}"></span>` : ''}
     <script>
       ownFetch = fetch; ownSend = XMLHttpRequest.prototype.send;
       Shopify = { shop: 'tarn.myshopify.com' };
       ShopifyAnalytics = { meta: ${JSON.stringify(meta)} };
       const post = (path, given) => fetch('/cart/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) })
         .then(async (response) => { answered = await response.json(); });
       const on = (id, use) => document.getElementById(id).addEventListener('click', use);
       on('add', () => post('add.js', { items: [{ id: ${product?.variant}, quantity: 1 }] }));
       on('two', () => { const form = new FormData(); form.append('id', ${product?.variant}); form.append('quantity', 2);
         return fetch('/cart/add', { method: 'POST', body: new URLSearchParams(form) }).then((response) => response.json()); });
       on('xhr', () => { const request = new XMLHttpRequest(); request.open('POST', '/en-ca/cart/add.js'); request.responseType = 'json';
         request.setRequestHeader('content-type', 'application/x-www-form-urlencoded'); request.send('id=${product?.variant}&quantity=1'); });
       on('change', () => post('change.js', { id: '${product?.variant}:abc', quantity: 3 }));
       on('remove', () => post('change', { id: '${product?.variant}:abc', quantity: 0 }));
       on('wrong', () => post('update.js', { discount: 'NOPE' }));
       on('code', () => post('update.js', { discount: 'TARN10' }));
       on('refresh', () => fetch('/cart.js').then((response) => response.json()));
     </script>${tag(query.has('any') ? {} : { 'data-shop': 'shopify' })}`,
    { head: product ? '<meta property="og:type" content="product">' : '' },
  );
}

const here = stand(() => openShop(shop));

/** @param {import('node:test').TestContext} t @param {string} path */
async function open(t, path) {
  lines.clear();
  applicable = false;
  return visit(t, here.browser, here.server, path);
}
const lamp = idOf('7001');

test("a theme's cart requests become signals, each with the cart's total, and not one is made of our own", async (t) => {
  const page = await open(t, '/products/lamp?any');
  assert.deepEqual(await signals(page, ['page']), [{ s: 'page', page: 'product', item: lamp }], 'found by itself, the item by its id');
  await page.click('#refresh');
  await page.click('#add');
  await signals(page);
  await page.click('#xhr');
  await signals(page);
  await page.click('#add');
  await signals(page);
  await page.click('#add');
  await signals(page);
  await page.click('#refresh');
  await page.click('#remove');
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 1, value: 19.9 },
    { s: 'cart', op: 'add', item: lamp, qty: 1, value: 39.8 },
    { s: 'cart', op: 'add', item: lamp, qty: 1, value: 59.7 },
    { s: 'problem', what: 'out_of_stock' },
    { s: 'cart', op: 'remove', item: lamp, qty: 3, value: 0 },
  ]);
  assert.deepEqual(
    here.server.asked,
    ['GET /cart.js', 'POST /cart/add.js', 'POST /en-ca/cart/add.js', 'POST /cart/add.js', 'POST /cart/add.js', 'GET /cart.js', 'POST /cart/change'],
    'what the shop asked for, and nothing else',
  );
  assert.equal(await page.evaluate('answered.item_count'), 0, 'the page reads its answers itself');
});

test('codes, quantities and adding by a form; a total that nobody told is not made up', async (t) => {
  const page = await open(t, '/products/lamp');
  await page.click('#two');
  await signals(page);
  await page.click('#change');
  await signals(page);
  await page.click('#wrong');
  await signals(page);
  await page.click('#code');
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 2 },
    { s: 'cart', op: 'quantity', qty: 1, value: 59.7 },
    { s: 'cart', op: 'coupon_failed', qty: 1, value: 59.7 },
    { s: 'cart', op: 'coupon', qty: 1, value: 59.7 },
  ]);
});

test('what the app embed prints is the total from the start', async (t) => {
  lines.clear();
  lines.set(70020, 1);
  const page = await visit(t, here.browser, here.server, '/products/lamp?embed');
  await page.click('#two');
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'quantity', qty: 1, value: 45 },
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 84.8 },
  ]);
});

test('stop takes away what was put in front of the shop', async (t) => {
  const page = await open(t, '/products/lamp');
  assert.equal(await page.evaluate('fetch === ownFetch'), false);
  await page.evaluate('falter.stop()');
  assert.deepEqual(await page.evaluate('[fetch === ownFetch, XMLHttpRequest.prototype.send === ownSend]'), [true, true]);
  // and where another script has put its own in front since, ours only passes on
  await page.evaluate('falter.start()');
  await page.evaluate('{ const ours = fetch; fetch = (...given) => ours(...given); falter.stop(); }');
  await page.click('#add');
  await page.waitForFunction('globalThis.answered');
  assert.equal(await page.evaluate('answered.items[0].quantity'), 1);
  await assert.rejects(page.evaluate(`fetch('http://127.0.0.1:9/')`), /Failed to fetch/, 'and what fails fails as it does');
});

const gid = (/** @type {string} */ kind, /** @type {number} */ id) => `gid://shopify/${kind}/${id}`;
/** A cart as standard events have it. @param {number} qty @param {string} amount @param {any[]} [discountCodes] */
const standard = (qty, amount, discountCodes = []) => ({
  id: 'gid://shopify/Cart/1',
  totalQuantity: qty,
  cost: { totalAmount: { amount, currencyCode: 'EUR' } },
  lines: qty ? [{ id: gid('CartLine', 1), quantity: qty, merchandise: { id: gid('ProductVariant', 70010), product: { id: gid('Product', 7001) } } }] : [],
  discountCodes,
});
/** Dispatches as a theme does: a bubbling event with properties. @param {import('playwright-core').Page} page @param {string} type @param {any} given */
const dispatch = (page, type, { after, ...given }) =>
  page.evaluate(
    ({ type, given, after }) => {
      const promise = after === undefined ? undefined : after === null ? Promise.reject(new Error('offline')) : Promise.resolve(after);
      promise?.catch(() => {});
      document.body.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), given, { promise }));
    },
    { type, given, after },
  );

test('a theme with standard events is heard by these alone', async (t) => {
  const page = await open(t, '/products/lamp');
  await dispatch(page, 'shopify:cart:view', { context: 'dialog', cart: standard(0, '0.0') });
  assert.equal(await page.evaluate('fetch === ownFetch'), true, 'nothing is overheard any more');
  const change = (/** @type {any} */ given) => dispatch(page, 'shopify:cart:lines-update', { context: 'product', ...given });
  await change({ action: 'add', lines: [{ merchandiseId: gid('ProductVariant', 70010), quantity: 2 }], after: { cart: standard(2, '39.8') } });
  await page.click('#add');
  await change({ action: 'update', lines: [{ id: gid('CartLine', 1), quantity: 3 }], after: { cart: standard(3, '59.7') } });
  await change({ action: 'add', lines: [{ merchandiseId: gid('ProductVariant', 70010), quantity: 9 }], after: { cart: standard(3, '59.7'), userErrors: [{ message: 'no' }] } });
  await change({ action: 'add', lines: [{ merchandiseId: gid('ProductVariant', 70010), quantity: 1 }], after: null });
  await dispatch(page, 'shopify:cart:discount-update', { discountCodes: [{ code: 'NOPE' }], after: { cart: standard(3, '59.7', [{ code: 'NOPE', applicable: false }]) } });
  await change({ action: 'remove', lines: [{ id: gid('CartLine', 1) }], after: { cart: standard(0, '0.0') } });
  await dispatch(page, 'shopify:cart:lines-update', { action: 'junk', lines: 'junk', after: 'junk' });
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 39.8 },
    { s: 'cart', op: 'quantity', item: lamp, qty: 3, value: 59.7 },
    { s: 'problem', what: 'out_of_stock' },
    { s: 'cart', op: 'coupon_failed', qty: 1, value: 59.7 },
    { s: 'cart', op: 'remove', item: lamp, qty: 1, value: 0 },
  ]);
});

test('an order that the pixel left is told on the next page, once', async (t) => {
  const page = await open(t, '/products/lamp');
  // what Shopify's checkout runs, with its own two names
  const pixel = await readFile(new URL('../../../dist/shops/shopify/pixel.js', import.meta.url), 'utf8');
  await page.evaluate(
    (pixel) =>
      new Function('analytics', 'browser', pixel)(
        { subscribe: (/** @type {string} */ _type, /** @type {(event: any) => void} */ use) => use({ data: { checkout: { totalPrice: { amount: 64.6, currencyCode: 'EUR' } } } }) },
        { localStorage: { setItem: async (/** @type {string} */ key, /** @type {string} */ value) => localStorage.setItem(key, value) } },
      ),
    pixel,
  );
  for (let load = 0; load < 2; load += 1) {
    await page.goto(`${here.server.url}/products/stool`);
    await runs(page);
  }
  assert.deepEqual(await signals(page, ['purchase']), [{ s: 'purchase', value: 64.6 }]);
  assert.equal(await page.evaluate(`localStorage.getItem('falter.order')`), null);
});

test('the theme app extension: one file of everything, every text in every language', async () => {
  const folder = new URL('../../../dist/shops/shopify/extension/', import.meta.url);
  const read = (/** @type {string} */ file) => readFile(new URL(file, folder), 'utf8');
  const [liquid, ...locales] = await Promise.all(['blocks/falter.liquid', ...['en.default', 'de', 'fr'].map((code) => `locales/${code}.schema.json`)].map(read));
  const [, written] = /{% schema %}([^]*){% endschema %}/.exec(liquid) ?? [];
  const schema = JSON.parse(written);
  assert.equal(schema.target, 'body');
  const wanted = new Set([...written.matchAll(/"t:falter\.(\w+)"/g)].map(([, key]) => key));
  for (const locale of locales) assert.deepEqual(new Set(Object.keys(JSON.parse(locale).falter)), wanted);
  const ids = schema.settings.map((/** @type {any} */ { id }) => id).filter(Boolean);
  for (const id of ids) assert.match(liquid, new RegExp(`settings\\.${id}\\b`), `${id} is used`);
  assert.match(await read('shopify.extension.toml'), /type = "theme"/);
  assert.ok((await read('assets/falter.js')).length > 50_000, 'engine and texts are inside');
});

test("the card says what is left to free shipping of the shop's own total", async (t) => {
  const page = await open(t, '/products/lamp');
  await page.click('#refresh');
  await page.click('#two');
  assert.match(await cardTitle(page), /10\.20/);
});
