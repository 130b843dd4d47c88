/**
 * Shops that no platform built: Google's dataLayer as GA4 and Tag Manager use it
 * (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), schema.org markup, marks of the page's own,
 * and plain calls.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardTitle, html, idOf, openShop, runs, signals, tag, visit } from '../support/shops.js';
import { stand } from '../support/stand.js';

const ld = (/** @type {unknown} */ about) => `<script type="application/ld+json">${JSON.stringify(about)}</script>`;
const PRODUCT = { '@type': 'Product', name: 'Lamp', sku: 'LAMP-1', offers: { '@type': 'Offer', price: '19.90', priceCurrency: 'EUR' } };
/** @type {Record<string, string>} head of the page, by path */
const MARKUP = {
  '/lamp': ld({ '@context': 'https://schema.org', ...PRODUCT }),
  '/graph': ld({ '@context': 'https://schema.org', '@graph': [{ '@type': 'WebPage', name: 'Lamp' }, { ...PRODUCT, offers: { '@type': 'AggregateOffer', lowPrice: 19.9, highPrice: 30 } }] }),
  '/group': ld([{ '@type': 'BreadcrumbList' }, { '@type': 'ProductGroup', productGroupID: 'LAMP-1', hasVariant: [{ '@type': 'Product', sku: 'a', offers: [{ price: 25 }] }, { '@type': 'Product', sku: 'b', offers: [{ price: '1,019.90' }, { price: 19.9 }] }] }]),
  '/related': ld({ '@graph': [{ ...PRODUCT, url: '/related' }, { ...PRODUCT, sku: 'STOOL-2', url: '/stool' }] }),
  '/list': ld([{ ...PRODUCT, url: '/lamp' }, { ...PRODUCT, sku: 'STOOL-2', url: '/stool' }]),
  '/broken': `<script type="application/ld+json">{"@type": "Product", </script>`,
};
const MICRODATA = `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="LAMP-1"><span itemprop="name">Lamp</span>
  <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="19.90">19,90 €</span></div></div>`;

const SHOP = `<button id="add">Add</button><button id="remove">Remove</button><button id="buy">Buy</button>
  <script>
    dataLayer = [{ 'gtm.start': 1, event: 'gtm.js' }];
    function gtag() { dataLayer.push(arguments); }
    const on = (id, use) => document.getElementById(id).addEventListener('click', use);
    const items = [{ item_id: 'LAMP-1', item_name: 'Lamp', price: 19.9, quantity: 2 }];
    on('add', () => { dataLayer.push({ ecommerce: null }); dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'EUR', value: 39.8, items } }); });
    on('remove', () => gtag('event', 'remove_from_cart', { currency: 'EUR', items }));
    on('buy', () => dataLayer.push({ ecommerce: null }, { event: 'purchase', ecommerce: { transaction_id: 'T1', value: 44.7, items } }));
    gtag('event', 'view_cart', { currency: 'EUR', value: 5, items: [] });
  </script>`;
const MARKS = `<body data-falter-page="product" data-falter-item="LAMP-1"><span id="total" data-falter-cart="0"></span>
  <button id="add" data-falter-add="LAMP-1" onclick="document.getElementById('total').dataset.falterCart = 39.8">Add</button>
  <button id="remove" data-falter-remove="LAMP-1" onclick="document.getElementById('total').dataset.falterCart = 0">Remove</button></body>`;

/** @type {import('../support/shops.js').Shop} */
const shop = ({ path }) => {
  const body = path === '/marks' ? MARKS : path === '/micro' ? MICRODATA : path === '/plain' ? '' : SHOP;
  return html(body + tag(), { head: MARKUP[path] });
};

const here = stand(() => openShop(shop));
/** @param {import('node:test').TestContext} t @param {string} path */
const open = (t, path) => visit(t, here.browser, here.server, path);
const lamp = idOf('LAMP-1');

test("GA4's events, pushed and by gtag, from before falter and after it; a total that is known stays known", async (t) => {
  const page = await open(t, '/ga4');
  await page.click('#add');
  await page.click('#remove');
  await page.click('#add');
  await page.click('#buy');
  const told = [
    { s: 'cart', op: 'quantity', qty: 1, value: 5 },
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 44.8 },
    { s: 'cart', op: 'remove', item: lamp, qty: 2, value: 5 },
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 44.8 },
    { s: 'purchase', value: 44.7 },
  ];
  assert.deepEqual(await signals(page), told);
  await page.evaluate('falter.init({})');
  assert.deepEqual(await signals(page), told, 'to start anew is not to read it all again');
  assert.equal(await page.evaluate('JSON.parse(localStorage.falter).orders'), 1);
});

test("what falter itself pushes is none of the shop's; stop gives the dataLayer its own push back", async (t) => {
  const page = await open(t, '/ga4');
  await page.evaluate(`for (const event of ['falter_show', 'falter_act', 'view_promotion', 'select_promotion'])
    dataLayer.push({ event, ecommerce: { value: 9, items: [{ item_id: 'x' }], promotion_id: 'falter' }, falter: { reason: 'returns' } })`);
  assert.equal((await signals(page)).length, 1, 'the cart that was seen, and no more');
  await page.evaluate('falter.stop()');
  assert.equal(await page.evaluate('dataLayer.push === Array.prototype.push'), true);
});

test("the total goes on from page to page, and so does the card's amount", async (t) => {
  const page = await open(t, '/ga4');
  await page.click('#add');
  await signals(page);
  await page.goto(`${here.server.url}/plain`);
  await runs(page);
  await page.evaluate(`(globalThis.dataLayer ??= []).push({ event: 'remove_from_cart', ecommerce: { value: 5, items: [] } })`);
  assert.equal((await signals(page)).at(-1)?.value, 39.8);
  assert.match(await cardTitle(page), /10\.20/);
});

for (const path of ['/lamp', '/graph', '/group', '/related', '/micro'])
  test(`schema.org's Product: the page is known by its id: ${path}`, async (t) => {
    const page = await open(t, path);
    const [first] = await signals(page, ['page']);
    assert.deepEqual(first, { s: 'page', page: 'product', item: lamp });
    const product = await page.evaluate(async () => (await import(/** @type {any} */ ('/dist/shops/schema.js'))).read());
    assert.deepEqual(product, { falterPage: 'product', falterItem: 'LAMP-1', falterPrice: 19.9 });
    if (path === '/micro') return;
    await page.evaluate(`dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'LAMP-1', quantity: 2 }] } })`);
    assert.equal((await signals(page)).at(-1)?.value, 44.8, 'what GA4 leaves out is added by its price');
  });

test('a list of products is about none of them, and broken markup says nothing', async (t) => {
  for (const path of ['/list', '/broken']) {
    const page = await open(t, path);
    const [first] = await signals(page, ['page']);
    assert.notEqual(first.page, 'product');
  }
});

test("the page's own marks go before all else", async (t) => {
  const page = await open(t, '/marks');
  await page.click('#add');
  await page.click('#remove');
  assert.deepEqual(await signals(page, ['page', 'cart']), [
    { s: 'page', page: 'product', item: lamp },
    { s: 'cart', op: 'add', item: lamp, qty: 1, value: 39.8 },
    { s: 'cart', op: 'remove', item: lamp, qty: 1, value: 0 },
  ]);
});

test('plain calls', async (t) => {
  const page = await open(t, '/plain');
  await page.evaluate(`falter.signal({ s: 'cart', op: 'add', item: 'LAMP-1', qty: 1, value: 19.9 }), falter.signal({ s: 'purchase', value: 19.9 })`);
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 1, value: 19.9 },
    { s: 'purchase', value: 19.9 },
  ]);
});
