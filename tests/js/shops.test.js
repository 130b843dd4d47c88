import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { readEntry } from '../../js/shops/datalayer.js';
import { connect as connectMarks } from '../../js/shops/marks.js';
import { readProduct, read as readSchema } from '../../js/shops/schema.js';
import { readAnswers } from '../../js/shops/shopify/ajax.js';
import { connect as connectWoo } from '../../js/shops/woocommerce.js';
import { readMoney } from '../../js/shops/woocommerce/money.js';

const push = (event, value, items) => ({ event, ecommerce: { currency: 'EUR', value, items } });
const one = [{ item_id: 'SKU1', item_name: 'Blanket', price: 20, quantity: 2 }];

/** Entry, cart's total before → signals, cart's total after. */
const CASES = [
  [push('view_item_list'), undefined, [{ s: 'page', page: 'category', item: undefined }], undefined],
  [push('view_item', 20, one), 5, [{ s: 'page', page: 'product', item: 'SKU1' }], 5],
  [push('add_to_cart', 40, one), 5, [{ s: 'cart', op: 'add', item: 'SKU1', qty: 2, value: 45 }], 45],
  [
    push('add_to_cart', 40, one),
    undefined,
    [{ s: 'cart', op: 'add', item: 'SKU1', qty: 2, value: undefined }],
    undefined,
  ],
  [push('remove_from_cart', 60, one), 45, [{ s: 'cart', op: 'remove', item: 'SKU1', qty: 2, value: 0 }], 0],
  [
    push('view_cart', 45, one),
    undefined,
    [
      { s: 'page', page: 'cart', item: undefined },
      { s: 'cart', op: 'quantity', qty: 1, value: 45 },
    ],
    45,
  ],
  [push('begin_checkout', 45, one), 45, [{ s: 'page', page: 'checkout', item: undefined }], 45],
  [push('add_payment_info', 45, one), 45, [{ s: 'page', page: 'payment', item: undefined }], 45],
  [push('purchase', 49.9, one), 45, [{ s: 'purchase', value: 49.9 }], 0],
  [['event', 'purchase', { value: 10 }], undefined, [{ s: 'purchase', value: 10 }], 0],
  [['config', 'G-1'], 5, [], 5],
  [{ event: 'gtm.js' }, 5, [], 5],
  [{ event: 'falter_show' }, 5, [], 5],
];
for (const [entry, before, signals] of CASES) {
  test(`dataLayer ${JSON.stringify(entry).slice(0, 60)} with ${before} in the cart`, () => {
    assert.deepEqual(readEntry(entry, before), signals);
  });
}

test("gtag's arguments object is read like a push", () => {
  const entry = (function () {
    return arguments;
  })('event', 'view_item', { items: one });
  assert.deepEqual(readEntry(entry, undefined), [{ s: 'page', page: 'product', item: 'SKU1' }]);
});

test('no entry throws', () => {
  const junk = [null, undefined, 0, 'event', [], {}, { event: 5 }, { event: 'constructor' }, ['event'], () => 1];
  for (const entry of [...junk, push('add_to_cart', 'x', 'y'), push('view_item', -1, [null]), push('purchase', NaN)])
    for (const { value } of readEntry(entry, 5)) assert.ok(value === undefined || value >= 0);
});

/** Attributes of the page's one marked element, by name. @type {Record<string, string>} */
let marks;
/** JSON-LD of the page. @type {any[]} */
let scripts;
const globals = { window: globalThis.window, document: globalThis.document, performance: globalThis.performance };
beforeEach(() => {
  marks = {};
  scripts = [];
  const element = { closest: (selector) => found(selector), getAttribute: (name) => marks[name] ?? null };
  const found = (selector) => (marks[selector.slice(1, -1)] === undefined ? null : element);
  globalThis.window = globalThis;
  globalThis.location = { origin: 'https://shop.example', pathname: '/lamp' };
  globalThis.document = Object.assign(new EventTarget(), {
    baseURI: 'https://shop.example/lamp',
    body: Object.assign(new EventTarget(), { classList: { contains: () => false } }),
    querySelector: found,
    querySelectorAll: () => [],
  });
  const read = () => scripts.map((node) => ({ type: 'application/ld+json', text: JSON.stringify(node) }));
  Object.defineProperty(document, 'scripts', { get: read });
  globalThis.MutationObserver = class {
    observe() {}
    disconnect() {}
  };
  globalThis.performance = { now: () => globals.performance.now(), getEntriesByType: () => [{ type: 'navigate' }] };
});
afterEach(() => {
  for (const name of ['location', 'MutationObserver', 'XMLHttpRequest', 'jQuery']) delete globalThis[name];
  Object.assign(globalThis, globals);
});

for (const [name, connect] of [
  ['marks', connectMarks],
  ['woocommerce', connectWoo],
])
  test(`${name}: falter that starts again on the page that thanks tells its order once`, () => {
    const told = [];
    for (let start = 0; start < 3; start++) {
      const life = new AbortController();
      // the order is known but when the page is drawn
      if (start) marks['data-falter-purchase'] = '42.60';
      connect((signal) => told.push(signal), life.signal);
      life.abort();
    }
    assert.deepEqual(told, [{ s: 'purchase', value: 42.6 }]);
  });

test('marks: a click on what is no element throws nothing', () => {
  const life = new AbortController();
  connectMarks(() => {}, life.signal);
  document.dispatchEvent(new Event('click'));
  life.abort();
});

test("woocommerce: jQuery's event and the blocks' own are one add, and nothing is thrown into the page", async () => {
  const told = [];
  const life = new AbortController();
  /** @type {Record<string, (event?: any, ...rest: any[]) => void>} */
  const hears = {};
  globalThis.jQuery = () => ({
    on: (types, hear) => types.split(' ').forEach((type) => (hears[type.replace('.falter', '')] = hear)),
    off: () => {},
  });
  marks['data-falter-cart'] = '20';
  connectWoo((signal) => told.push(signal), life.signal);
  told.splice(0);
  const add = (value) => {
    marks['data-falter-cart'] = value;
    hears.added_to_cart({}, {}, '', [{ dataset: { product_id: '7', quantity: '1' } }]);
    document.body.dispatchEvent(new Event('wc-blocks_added_to_cart'));
  };
  const line = (value) => ({ s: 'cart', op: 'add', item: '7', qty: 1, value });
  add('40');
  assert.deepEqual(told, [line(40)]);
  await new Promise((then) => setTimeout(then, 150));
  add('60');
  assert.deepEqual(told, [line(40), line(60)]);
  await new Promise((then) => setTimeout(then, 700));
  assert.equal(told.length, 2, 'nor later');
  document.querySelector = () => {
    throw new Error('of the page');
  };
  for (const hear of Object.values(hears)) hear({}, '<li>');
  life.abort();
});

test('woocommerce: amounts as shops show them', () => {
  for (const [text, amount] of [
    ['€1.234,50', 1234.5],
    ['1 234,50 kr', 1234.5],
    ['1\u00a0234\u202f567,50 kr', 1234567.5],
    ["CHF 1'234.50", 1234.5],
    ['$1,234', 1234],
    ['42.6', 42.6],
    ['12\n50 €', 12],
    ['\n  12,50\n  €\n', 12.5],
    ['12 50', 12],
    ['€12.', 12],
    ['', undefined],
    [null, undefined],
    ['free', undefined],
  ])
    assert.equal(readMoney(text), amount, JSON.stringify(text));
});

test('schema.org: whatever the markup, reading it throws nothing', () => {
  const product = { '@type': 'Product', sku: 'lamp' };
  for (const more of [
    { offers: [null] },
    { offers: [{ priceSpecification: [null] }] },
    { hasVariant: [null, 5], offers: 'x' },
    { url: 'http://[', offers: [null, { url: 5 }] },
  ]) {
    scripts = [{ ...product, ...more }];
    assert.equal(readProduct()?.item, 'lamp', JSON.stringify(more));
    scripts = [{ ...product, ...more }, { ...product, sku: 'stool', url: '/lamp' }];
    assert.deepEqual(readSchema(), { falterPage: 'product', falterItem: 'stool', falterPrice: undefined });
  }
  scripts = [{ '@type': [{ toString: 1 }] }, null, 5, [[null]]];
  assert.equal(readSchema(), undefined);
  document.querySelectorAll = () => {
    throw new Error('of the page');
  };
  scripts = [];
  assert.equal(readSchema(), undefined);
});

test("shopify: an answer or an address of another form is the page's alone", async () => {
  const rejected = [];
  const note = (fault) => rejected.push(fault);
  process.on('unhandledRejection', note);
  const { fetch } = globalThis;
  const life = new AbortController();
  globalThis.XMLHttpRequest = class {
    send() {}
  };
  const answers = { '/cart.js': { items: [null], total_price: 5 }, 'http://[': {}, '/cart/add.js': { items: [{ quantity: 1 }], price: 5 } };
  globalThis.fetch = async (url) => ({
    url,
    status: 200,
    headers: new Headers({ 'content-type': 'application/json' }),
    clone: () => ({ json: async () => answers[url] }),
  });
  const cart = {
    added: () => {
      throw new Error('of ours');
    },
    value: () => 5,
  };
  readAnswers(cart, life.signal, () => undefined);
  for (const url of Object.keys(answers)) assert.equal((await globalThis.fetch(url)).url, url);
  const { canParse } = URL;
  URL.canParse = undefined;
  await globalThis.fetch('/cart/add.js');
  URL.canParse = canParse;
  document.dispatchEvent(new Event('submit'));
  await new Promise((then) => setTimeout(then, 20));
  life.abort();
  process.off('unhandledRejection', note);
  globalThis.fetch = fetch;
  assert.deepEqual(rejected, []);
});
