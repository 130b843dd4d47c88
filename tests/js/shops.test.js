import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEntry } from '../../js/shops/datalayer.js';

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
