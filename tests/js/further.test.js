import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { furtherSignal, readFurther, useFurther } from '../../js/further.js';
import { parseOptions } from '../../js/options.js';

const NOW = Date.parse('2026-11-21T10:00Z');
mock.method(Date, 'now', () => NOW);

/** Four pieces, counted so many minutes ago. */
const stock = (minutes = 10) => `4 ${new Date(NOW - 60_000 * minutes).toISOString()}`;

/** What a shop gave, read as its page does once the part is there. @param {Record<string, any>} given */
function readAll(given) {
  const { options, faults, further } = parseOptions(given);
  const read = readFurther(options, further);
  return { ...read, faults: [...faults, ...read.faults] };
}

test('every further attribute is read, and told', () => {
  const { facts, offers, faults } = readAll({
    'data-payment-methods': 'Visa, PayPal,Apple Pay',
    'data-stock': stock(),
    'data-sold': '12 24',
    'data-loyalty-points': '250',
    'data-order-count': '0',
    'data-last-order-days': '40',
    'data-margin': '0.35',
    'data-segment': 'vip',
  });
  assert.deepEqual(faults, []);
  assert.deepEqual(facts.paymentMethods, ['Visa', 'PayPal', 'Apple Pay']);
  assert.deepEqual(facts.stock, { count: 4, at: NOW - 600_000 });
  assert.deepEqual(facts.sold, { count: 12, hours: 24 });
  assert.deepEqual(furtherSignal(facts, offers), {
    s: 'facts',
    payment_methods: 3,
    stock: 4,
    sold: 12,
    loyalty_points: 250,
    order_count: 0,
    last_order_days: 40,
    margin: 0.35,
    segment: 'vip',
  });
});

/** Given, and where the one fault must point to. @type {[Record<string, any>, string][]} */
const BAD = [
  [{ 'data-payment-methods': '' }, 'data-payment-methods'],
  [{ 'data-payment-methods': 'Visa,,PayPal' }, 'data-payment-methods'],
  [{ 'data-payment-methods': 'Visa, <img src=x onerror=alert(1)>' }, 'data-payment-methods'],
  [{ 'data-payment-methods': 'a,b,c,d,e,f,g,h,i' }, 'data-payment-methods'],
  [{ 'data-payment-methods': 'a'.repeat(41) }, 'data-payment-methods'],
  [{ facts: { paymentMethods: {} } }, 'paymentMethods'],
  [{ facts: { paymentMethods: ['Visa', {}] } }, 'paymentMethods'],
  [{ 'data-stock': '4' }, 'data-stock'],
  [{ 'data-stock': '4 Nov 21 2026' }, 'data-stock'],
  [{ 'data-stock': '4 2026-11-21T09:50' }, 'data-stock'],
  [{ 'data-stock': '4 2026-99-99T99:99Z' }, 'data-stock'],
  [{ 'data-stock': stock().replace('4', '0') }, 'data-stock'],
  [{ 'data-stock': stock().replace('4', '10001') }, 'data-stock'],
  [{ 'data-stock': stock().replace('4', '4.5') }, 'data-stock'],
  [{ 'data-stock': stock(61) }, 'data-stock'],
  [{ 'data-stock': stock(-2) }, 'data-stock'],
  [{ 'data-sold': '12' }, 'data-sold'],
  [{ 'data-sold': '12 721' }, 'data-sold'],
  [{ 'data-sold': '-12 24' }, 'data-sold'],
  [{ 'data-loyalty-points': '0' }, 'data-loyalty-points'],
  [{ 'data-loyalty-points': '99.5' }, 'data-loyalty-points'],
  [{ 'data-loyalty-points': '10000001' }, 'data-loyalty-points'],
  [{ 'data-order-count': '-1' }, 'data-order-count'],
  [{ 'data-order-count': '1.5' }, 'data-order-count'],
  [{ 'data-order-count': '10000' }, 'data-order-count'],
  [{ 'data-last-order-days': '3651' }, 'data-last-order-days'],
  [{ 'data-margin': '35' }, 'data-margin'],
  [{ 'data-margin': '-0.1' }, 'data-margin'],
  [{ 'data-segment': 'VIP' }, 'data-segment'],
  [{ 'data-segment': 'a'.repeat(41) }, 'data-segment'],
  [{ facts: { segment: {} } }, 'segment'],
  [{ 'data-currency': 'EUR', 'data-instalments': '1 Klarna' }, 'data-instalments'],
  [{ 'data-currency': 'EUR', 'data-instalments': '3 <script>alert(1)</script>' }, 'data-instalments'],
  [{ 'data-currency': 'EUR', 'data-instalments': '61 Klarna' }, 'data-instalments'],
  [{ 'data-currency': 'EUR', 'data-instalments': '2 a, 3 b, 4 c, 5 d, 6 e' }, 'data-instalments'],
  [{ 'data-currency': 'EUR', 'data-instalments': `3 ${'a'.repeat(41)}` }, 'data-instalments'],
  [{ 'data-instalments': '3 Klarna' }, 'instalments'],
];
for (const [given, where] of BAD)
  test(`one named fault for ${JSON.stringify(given)}`, () => {
    const { facts, offers, faults } = readAll(given);
    assert.deepEqual(faults.map((fault) => [fault.code, fault.where]), [['bad_fact', where]]);
    assert.ok(faults[0].message.length < 120);
    assert.deepEqual(furtherSignal(facts, offers), { s: 'facts' }, 'what could not be read is not used');
  });

test('a fault says what it should have been', () => {
  const { faults } = readAll({ 'data-sold': '12', facts: { paymentMethods: ['Visa', {}] } });
  assert.deepEqual(faults.map(({ message }) => message), [
    '"<object>" is not up to 8 of a name',
    '"12" is not 1..1000000 pieces and 1..720 hours',
  ]);
});

test('instalments may be several, and given as a list', () => {
  const read = (instalments) => readAll({ facts: { currency: 'EUR', instalments } });
  const { facts, offers, faults } = read([3, '12 PayPal, Inc.']);
  assert.deepEqual(faults, []);
  assert.deepEqual(facts.instalments, [{ count: 3, provider: undefined }, { count: 12, provider: 'PayPal, Inc.' }]);
  assert.deepEqual(read('3,12 PayPal').facts.instalments?.[1], { count: 12, provider: 'PayPal' });
  assert.equal(furtherSignal(facts, offers).instalments, 3, 'the first is the one broken down');
});

test('payment methods may be given as a list', () => {
  assert.deepEqual(readAll({ facts: { paymentMethods: ['Visa'] } }).facts.paymentMethods, ['Visa']);
});

test('stock counts for an hour, and a shop may be ahead by a minute', () => {
  const at = (minutes) => readAll({ 'data-stock': stock(minutes) }).facts.stock?.at;
  assert.equal(at(59), NOW - 59 * 60_000);
  assert.equal(at(-0.9), NOW + 54_000);
  assert.equal(readAll({ 'data-stock': '4 2026-11-21T11:30+02:00' }).facts.stock?.at, NOW - 30 * 60_000);
});

test('a segment of digits is a word', () => {
  assert.equal(furtherSignal(readAll({ 'data-segment': '007' }).facts, {}).segment, '007');
});

test('what was read takes its place, in the options and in the engine, and each fault is told', () => {
  const { options, further } = parseOptions({
    'data-margin': '0.4',
    'data-stock': 'few',
    offers: { discount: { percent: 99 }, chat: String },
  });
  const signals = [];
  const faults = [];
  /** @type {any} */
  const engine = { signal: (signal) => signals.push(signal) };
  const fail = (code, where) => faults.push([code, where]);
  useFurther({ options, further, fail }, engine, () => {}, { reasons: [] });
  assert.equal(options.facts.margin, 0.4);
  assert.equal(options.facts.stock, undefined);
  assert.deepEqual(options.offers, { chat: String, discount: undefined });
  assert.deepEqual(signals, [{ s: 'facts', margin: 0.4, chat: 1 }]);
  const fields = ['percent', 'code', 'marginFloor'].map((name) => ['bad_option', `offers.discount.${name}`]);
  assert.deepEqual(faults, [['bad_fact', 'data-stock'], ...fields]);

  useFurther({ options, further, fail }, engine, () => {}, { reasons: [] });
  assert.deepEqual(signals[1], signals[0], 'a second start tells the same');
  assert.equal(faults.length, 4, 'but no fault again');
});

test('no garbage throws', () => {
  for (const value of [null, undefined, 0, -1, NaN, '', ' ', '💥', [], {}, () => 1, Symbol.iterator, 10n, new Date(NaN), Object.create(null)])
    for (const name of ['instalments', 'paymentMethods', 'stock', 'sold', 'segment', 'margin'])
      assert.ok(readAll({ facts: { [name]: value } }).faults.length <= 1);
});
