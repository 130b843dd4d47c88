/** How sure of a reason a card has to be: read, and put between the engine as it ships and who hears it. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { useFurther } from '../../js/further.js';
import { readConfidence } from '../../js/further/confidence.js';
import { openInstance, readNames } from '../../js/instance.js';
import { factsSignal, parseOptions, reach } from '../../js/options.js';
import { putPlays } from '../../js/plays.js';
import { MEASURES } from '../../js/plays/measures.js';

const read = (/** @type {string} */ path) => readFile(new URL(path, import.meta.url));
const module = await WebAssembly.compile(await read('../../dist/falter.wasm'));
const model = await read('../../dist/exit.falter');
const names = readNames(module);
const page = { width: () => 1280, height: () => 720, depth: () => 3000, section: () => -1, path: () => 7, kind: () => 0, item: () => NaN, dialog: () => 0 };
const SHOW = 2;
const HELD_OUT = 4;

/** @param {any} raw */
const readAll = (raw) => {
  const further = { confidence: { raw, where: 'data-confidence' } };
  return { ...readConfidence(further, names.reasons), again: readConfidence(further, names.reasons) };
};

test('floors are read from words and from an object', () => {
  const floors = { shipping_cost: 0.5, returns: 0.4 };
  assert.deepEqual(readAll('shipping_cost 0.5, returns 0.4').confidence, floors);
  assert.deepEqual(readAll({ shipping_cost: '0.5', returns: 0.4 }).confidence, floors);
  assert.deepEqual(readConfidence({}, names.reasons), { confidence: undefined, faults: [] });
});

test('what cannot be read is named, once, and the rest counts', () => {
  const { confidence, faults, again } = readAll('returns 0.4, weather 0.5, fit 40, unsure 0.5, delivery_time');
  assert.deepEqual(confidence, { returns: 0.4 });
  assert.deepEqual(faults.map(({ code, where }) => `${code} ${where}`), Array(4).fill('bad_option data-confidence'));
  assert.deepEqual(faults.map(({ message }) => message), [
    '"weather" is no reason',
    '"40" is not 0..1 for fit',
    '"unsure" is no reason',
    '"undefined" is not 0..1 for delivery_time',
  ]);
  assert.deepEqual(again, { confidence, faults: [] });
});

test('no garbage throws', () => {
  for (const raw of [0, NaN, '', ' ', '💥', [], {}, [null], { returns: null }, () => 1, Symbol.iterator, 10n, new Date(NaN), Object.create(null)])
    assert.deepEqual(readAll(raw).confidence, {});
});

/**
 * A shopper who dwells on shipping and is let through by the threshold: what the page hears.
 * @param {Record<string, any>} given options
 * @param {{ heldOut?: boolean, play?: boolean, hovers?: boolean }} [more]
 */
async function heard(given, { heldOut = false, play = false, hovers = true } = {}) {
  /** @type {any} */
  const engine = await openInstance(module, model, names, page, { started: 1e12, origin: 1e12 - performance.now(), touch: false });
  const { options, further, faults } = parseOptions({ currency: 'EUR', ...given });
  assert.deepEqual(faults.filter(({ where }) => where !== 'currency'), []);
  putPlays(engine, names, play ? [[names.reasons.indexOf('shipping_cost'), NaN, MEASURES.indexOf('session_s'), 1, 0]] : [[]], ['cue']);
  engine.setup({ ...reach(options), share: undefined, threshold: play ? 1 : 0, consent: 2, held_out: heldOut });
  engine.signal({ s: 'page', page: 'product', t: 0 });
  engine.signal({ ...factsSignal(options.facts), t: 0 });
  useFurther({ options, further, fail: (code, where, fault) => assert.fail(fault) }, engine, () => {}, names);
  /** @type {any[]} */
  const due = [];
  let hold;
  for (let t = 1000; t < 20_000; t += 50) {
    const flags = engine.signal(hovers ? { s: 'hover', section: 'shipping', t } : { s: 'select', t });
    const decision = engine.decision();
    if (flags & (SHOW | HELD_OUT)) due.push({ flags: flags & (SHOW | HELD_OUT), ...decision });
    hold = decision?.hold ?? hold;
  }
  return { due, hold, options };
}

const RETURNS = { facts: { currency: 'EUR', returnsDays: 30, shippingPrice: 4.9 } };

test('a card whose reason is sure enough is as it was', async () => {
  const { due: [card], options } = await heard({ ...RETURNS, arming: 12, confidence: { shipping_cost: 0.3 } });
  assert.deepEqual([card.reason, card.show.reason, card.show.message], ['shipping_cost', 'shipping_cost', 'shipping_price']);
  assert.ok(card.confidence >= 0.3 && card.confidence < 1, String(card.confidence));
  assert.deepEqual(options.confidence, { shipping_cost: 0.3 });
});

test('one that is not says what is true in general', async () => {
  const { due } = await heard({ ...RETURNS, confidence: 'shipping_cost 1' });
  assert.equal(due.length, 1);
  assert.deepEqual([due[0].reason, due[0].show.reason, due[0].show.message, due[0].show.offer], ['shipping_cost', 'unsure', 'help', 'reassurance']);
});

test('where nothing is true in general there is no card, on either side of the holdout', async () => {
  const given = { facts: { currency: 'EUR', shippingPrice: 4.9 }, confidence: { shipping_cost: 1 } };
  for (const heldOut of [false, true]) assert.deepEqual((await heard(given, { heldOut })).due, []);
  const [other] = (await heard({ ...given, confidence: { returns: 1 } }, { heldOut: true })).due;
  assert.equal(other.flags, HELD_OUT, 'another reason’s floor holds nothing back');
});

test('a play is the shop’s own word', async () => {
  const { due } = await heard({ ...RETURNS, confidence: { shipping_cost: 1 } }, { play: true });
  assert.deepEqual([due[0].play, due[0].show.message], ['cue', 'shipping_price']);
});

test('arming keeps a card back so long', async () => {
  for (const arming of [0, 8, 12.5]) {
    const { due: [card] } = await heard({ ...RETURNS, arming });
    assert.ok(card.t >= 1000 * arming && card.t < 1000 * arming + 2500, `${card.t} at ${arming} s`);
  }
});

test('what is true in general is what the engine itself says to unsure', async () => {
  const FACTS = { freeShippingFrom: 0, shippingPrice: 4.9, deliveryDays: 3, returnsDays: 30, instalments: '3', pricePromise: true, guestCheckout: true };
  const shops = [
    {},
    ...Object.entries(FACTS).map(([name, value]) => ({ [name]: value })),
    { guestCheckout: false },
    { paymentMethods: 'Visa', loyaltyPoints: 30, stock: undefined },
  ];
  for (const facts of shops)
    for (const offers of [{}, { chat: () => {} }, { saveCart: () => {} }]) {
      const given = { facts: { currency: 'EUR', shippingPrice: 4.9, ...facts }, offers };
      // nothing speaks for a reason where nothing was looked at
      const own = await heard(given, { hovers: false });
      const guess = await heard({ ...given, confidence: { shipping_cost: 1 } });
      const said = ({ due }) => due.map(({ show }) => [show.reason, show.message, show.offer]);
      assert.deepEqual(said(guess), said(own), JSON.stringify(given));
      if (!said(own).length) assert.equal(own.hold, 'nothing_to_say');
    }
});
