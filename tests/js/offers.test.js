import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offersSignal, readOffers } from '../../js/offers.js';

const discount = { percent: 10, code: 'TEN', marginFloor: 0.2 };
const link = { title: 'A smaller one', url: '/small' };
const chat = () => {};

test('offers are told to the engine as shares and counts', () => {
  const given = { discount, alternatives: [{ ...link, price: 12.5 }, { title: 'Another', url: 'https://shop.example/other' }], chat, saveCart: chat };
  const { offers, faults } = readOffers(given, 'EUR');
  assert.deepEqual(faults, []);
  assert.deepEqual(offers, given);
  assert.deepEqual(offersSignal(offers), { s: 'facts', discount: 0.1, margin_floor: 0.2, alternatives: 2, chat: 1, save_cart: 1 });
  assert.deepEqual(readOffers(offers, 'EUR'), { offers, faults }, 'a second start reads the same');
});

/** Given, and where the one fault must point to. @type {[Record<string, any>, string][]} */
const BAD = [
  [{ gift: 1 }, 'offers.gift'],
  [{ chat: 'open' }, 'offers.chat'],
  [{ saveCart: true }, 'offers.saveCart'],
  [{ discount: 10 }, 'offers.discount'],
  [{ discount: [] }, 'offers.discount'],
  [{ discount: { ...discount, percent: 51 } }, 'offers.discount.percent'],
  [{ discount: { ...discount, percent: 0.5 } }, 'offers.discount.percent'],
  [{ discount: { ...discount, percent: -10 } }, 'offers.discount.percent'],
  [{ discount: { ...discount, percent: '<b>' } }, 'offers.discount.percent'],
  [{ discount: { ...discount, code: '<script>' } }, 'offers.discount.code'],
  [{ discount: { ...discount, code: 'a'.repeat(41) } }, 'offers.discount.code'],
  [{ discount: { ...discount, code: undefined } }, 'offers.discount.code'],
  [{ discount: { ...discount, marginFloor: 20 } }, 'offers.discount.marginFloor'],
  [{ discount: { ...discount, marginFloor: null } }, 'offers.discount.marginFloor'],
  [{ alternatives: link }, 'offers.alternatives'],
  [{ alternatives: ['text'] }, 'offers.alternatives[0]'],
  [{ alternatives: [null] }, 'offers.alternatives[0]'],
  [{ alternatives: [{ ...link, title: undefined }] }, 'offers.alternatives[0].title'],
  [{ alternatives: [{ ...link, title: '<img src=x onerror=alert(1)>' }] }, 'offers.alternatives[0].title'],
  [{ alternatives: [{ ...link, url: 'javascript:alert(1)' }] }, 'offers.alternatives[0].url'],
];
for (const [given, where] of BAD)
  test(`one fault, at ${where}, for ${JSON.stringify(given)}`, () => {
    const { offers, faults } = readOffers(given, 'EUR');
    assert.deepEqual(faults.map((fault) => [fault.code, fault.where]), [['bad_option', where]]);
    assert.ok(faults[0].message.length < 120);
    const { alternatives = 0, ...rest } = offersSignal(offers);
    assert.deepEqual([alternatives, rest], [0, { s: 'facts' }], 'what could not be read is not offered');
  });

test('a price that cannot be told is left out, the link is not', () => {
  for (const [price, currency, message] of /** @type {[any, string | undefined, string][]} */ ([
    [3, undefined, 'needs a currency'],
    [-3, 'EUR', '"-3" is not 0..1000000'],
  ])) {
    const { offers, faults } = readOffers({ alternatives: [{ ...link, price }] }, currency);
    assert.deepEqual(faults, [{ code: 'bad_option', where: 'offers.alternatives[0].price', message }]);
    assert.equal(offers.alternatives?.[0].title, link.title);
    assert.equal(offers.alternatives?.[0].price, undefined);
  }
});

test('one that cannot be shown leaves the others', () => {
  const { offers, faults } = readOffers({ alternatives: [{ title: 'No link' }, link, 3, link] }, undefined);
  assert.deepEqual(faults.map(({ where }) => where), ['offers.alternatives', 'offers.alternatives[0].url', 'offers.alternatives[2]']);
  assert.deepEqual(offers.alternatives, [link], 'of the first three');
});

test('no garbage throws', () => {
  for (const value of [null, undefined, 0, NaN, '', '💥', [], {}, () => 1, Symbol.iterator, 10n, new Date(NaN), Object.create(null)])
    for (const given of [{ discount: value }, { alternatives: value }, { alternatives: [value] }, { chat: value }, { discount: { ...discount, code: value } }])
      assert.equal(offersSignal(readOffers(given, 'EUR').offers).s, 'facts');
});
