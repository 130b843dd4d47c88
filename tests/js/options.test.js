import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsSignal, parseOptions, reach } from '../../js/options.js';

test('nothing given means the defaults of the contract', () => {
  const { options, faults } = parseOptions();
  assert.deepEqual(faults, []);
  assert.equal(options.consent, 'required');
  assert.equal(options.sensitivity, 'balanced');
  assert.equal(options.shareOfVisits, undefined);
  assert.equal(options.holdout, 0.1);
  assert.equal(options.lang, '');
  assert.equal(options.shop, 'auto');
  assert.equal(options.layout, 'corner');
  assert.equal(options.debug, false);
  assert.equal(options.publicEvents, false);
  assert.equal(options.ask, false);
  assert.equal(options.plays, undefined, 'the published ones');
  assert.equal(options.arming, undefined, 'the engine’s own');
  assert.deepEqual(factsSignal(options.facts), { s: 'facts' });
});

test('every attribute of the contract is read', () => {
  const { options, faults, further } = parseOptions({
    'data-consent': 'granted',
    'data-sensitivity': '0.7',
    'data-share-of-visits': '0.03',
    'data-holdout': '0',
    'data-lang': 'pt-BR',
    'data-shop': 'datalayer',
    'data-layout': 'bar',
    'data-debug': '',
    'data-currency': 'eur',
    'data-free-shipping': '50',
    'data-shipping-price': '4.90',
    'data-delivery-days': '3',
    'data-returns-days': '30',
    'data-instalments': '3 Klarna Pay',
    'data-price-promise': '14',
    'data-guest-checkout': 'true',
    'data-payment-methods': 'Visa, PayPal,Apple Pay',
    'data-stock': '4 2026-11-21T10:00Z',
    'data-sold': '12 24',
    'data-loyalty-points': '250',
    'data-order-count': '0',
    'data-last-order-days': '40',
    'data-margin': '0.35',
    'data-segment': 'vip',
    'data-ask': '',
    'data-arming': '7.5',
    'data-confidence': 'returns 0.4',
    'data-cfasync': 'false',
  });
  assert.deepEqual(faults, []);
  const { facts, ...rest } = options;
  assert.deepEqual(
    [rest.consent, rest.sensitivity, rest.shareOfVisits, rest.holdout, rest.lang, rest.shop, rest.layout, rest.debug],
    ['granted', 0.7, 0.03, 0, 'pt-BR', 'datalayer', 'bar', true],
  );
  assert.equal(facts.currency, 'EUR');
  assert.equal(rest.ask, true);
  assert.equal(rest.arming, 7.5);
  assert.deepEqual(facts.instalments, [{ count: 3, provider: 'Klarna Pay' }]);
  assert.deepEqual(factsSignal(facts), {
    s: 'facts',
    free_shipping_from: 50,
    shipping_price: 4.9,
    delivery_days: 3,
    returns_days: 30,
    instalments: 3,
    price_promise: 14,
    guest_checkout: 1,
  });
  // what few shops give is for js/further.js to read
  assert.deepEqual(Object.fromEntries(Object.entries(further).map(([name, { raw, where }]) => [name, [raw, where]])), {
    paymentMethods: ['Visa, PayPal,Apple Pay', 'data-payment-methods'],
    stock: ['4 2026-11-21T10:00Z', 'data-stock'],
    sold: ['12 24', 'data-sold'],
    loyaltyPoints: ['250', 'data-loyalty-points'],
    orderCount: ['0', 'data-order-count'],
    lastOrderDays: ['40', 'data-last-order-days'],
    margin: ['0.35', 'data-margin'],
    segment: ['vip', 'data-segment'],
    confidence: ['returns 0.4', 'data-confidence'],
  });
});

/** Given, and where the one fault must point to. */
const BAD = [
  [{ 'data-consent': 'yes' }, 'bad_option', 'data-consent'],
  [{ 'data-sensitivity': 'very' }, 'bad_option', 'data-sensitivity'],
  [{ 'data-sensitivity': '1.5' }, 'bad_option', 'data-sensitivity'],
  [{ sensitivity: NaN }, 'bad_option', 'sensitivity'],
  [{ holdout: -0.1 }, 'bad_option', 'holdout'],
  [{ holdout: {} }, 'bad_option', 'holdout'],
  [{ 'data-lang': '<b>' }, 'bad_option', 'data-lang'],
  [{ facts: 'EUR' }, 'bad_option', 'facts'],
  [{ plays: {} }, 'bad_option', 'plays'],
  [{ messages: [] }, 'bad_option', 'messages'],
  [{ colour: 'red' }, 'bad_option', 'colour'],
  [{ facts: { price: 3 } }, 'bad_fact', 'price'],
  [{ 'data-currency': 'euros' }, 'bad_fact', 'data-currency'],
  [{ 'data-currency': 'EUR', 'data-free-shipping': '-50' }, 'bad_fact', 'data-free-shipping'],
  [{ 'data-currency': 'EUR', 'data-shipping-price': '4,90' }, 'bad_fact', 'data-shipping-price'],
  [{ 'data-currency': 'EUR', 'data-shipping-price': '1e9' }, 'bad_fact', 'data-shipping-price'],
  [{ 'data-free-shipping': '50' }, 'bad_fact', 'freeShippingFrom'],
  [{ 'data-delivery-days': '0' }, 'bad_fact', 'data-delivery-days'],
  [{ 'data-returns-days': '36500' }, 'bad_fact', 'data-returns-days'],
  [{ 'data-returns-days': '30.5' }, 'bad_fact', 'data-returns-days'],
  [{ 'data-returns-days': 'thirty' }, 'bad_fact', 'data-returns-days'],
  [{ 'data-price-promise': 'always' }, 'bad_fact', 'data-price-promise'],
  [{ 'data-guest-checkout': 'maybe' }, 'bad_fact', 'data-guest-checkout'],
  [{ facts: { helpUrl: 'javascript:alert(1)' } }, 'bad_fact', 'helpUrl'],
  [{ 'data-usual-order': '-1', 'data-currency': 'EUR' }, 'bad_fact', 'data-usual-order'],
  [{ 'data-ask': 'maybe' }, 'bad_option', 'data-ask'],
  [{ 'data-arming': '61' }, 'bad_option', 'data-arming'],
  [{ arming: -1 }, 'bad_option', 'arming'],
  [{ arming: '5 s' }, 'bad_option', 'arming'],
  [{ plays: '<list>' }, 'bad_option', 'plays'],
  [{ offers: [] }, 'bad_option', 'offers'],
];
for (const [given, code, where] of BAD) {
  test(`one named fault for ${JSON.stringify(given)}`, () => {
    const { options, faults } = parseOptions(given);
    assert.deepEqual(
      faults.map((fault) => [fault.code, fault.where]),
      [[code, where]],
    );
    assert.ok(faults[0].message.length < 120);
    assert.deepEqual(factsSignal(options.facts), { s: 'facts' }, 'what could not be read is not used');
    assert.equal(options.consent, 'required');
  });
}

test('a name goes before its attribute, an attribute before the default', () => {
  const { options } = parseOptions({ layout: 'bar', 'data-layout': 'modal', 'data-shop': 'none' });
  assert.equal(options.layout, 'bar');
  assert.equal(options.shop, 'none');
});

test('one way to pay in parts is read at once, several are for js/further.js', () => {
  for (const [given, read] of /** @type {[any, any][]} */ ([
    ['3 Klarna', [{ count: 3, provider: 'Klarna' }]],
    [60, [{ count: 60, provider: undefined }]],
    ['3 Klarna, 12 PayPal', undefined],
    [[3], undefined],
    ['61', undefined],
  ])) {
    const { options, further } = parseOptions({ facts: { currency: 'EUR', instalments: given } });
    assert.deepEqual(options.facts.instalments, read);
    assert.equal('instalments' in further, !read);
  }
});

test('a price promise without days has no end, a false one is no fact', () => {
  const promise = (given) => factsSignal(parseOptions({ 'data-price-promise': given }).options.facts).price_promise;
  assert.equal(promise(''), 0);
  assert.equal(promise('true'), 0);
  assert.equal(promise('30'), 30);
  assert.equal(promise('false'), undefined);
});

test('guest checkout that is not offered is told to the engine', () => {
  assert.equal(factsSignal(parseOptions({ facts: { guestCheckout: false } }).options.facts).guest_checkout, 0);
});

test('what init gives is laid over what was there, groups are joined', () => {
  const { options, faults } = parseOptions(
    { 'data-currency': 'EUR', layout: 'bar', facts: { returnsDays: 30 } },
    { layout: 'corner', facts: { freeShippingFrom: 50 } },
  );
  assert.deepEqual(faults, []);
  assert.equal(options.layout, 'corner');
  assert.equal(options.facts.returnsDays, 30);
  assert.equal(options.facts.freeShippingFrom, 50);
});

test('sensitivity becomes a share of visits or a threshold, and seconds ms', () => {
  const of = (given) => reach(parseOptions(given).options);
  assert.deepEqual(of({}), { share: 0.05, threshold: NaN, arming_ms: NaN });
  assert.equal(of({ sensitivity: 'calm' }).share, 0.02);
  assert.equal(of({ sensitivity: 'eager' }).share, 0.1);
  assert.deepEqual(of({ sensitivity: 0.75 }), { share: undefined, threshold: 0.25, arming_ms: NaN });
  // the engine looks at the threshold only where there is no share
  assert.equal(of({ sensitivity: 0.75, shareOfVisits: 0.01 }).share, 0.01);
  assert.equal(of({ arming: 7.5 }).arming_ms, 7500);
  assert.equal(of({ 'data-arming': '0' }).arming_ms, 0);
});

test('no garbage throws', () => {
  const junk = [
    null,
    undefined,
    0,
    -1,
    NaN,
    Infinity,
    '',
    ' ',
    '💥',
    [],
    {},
    () => 1,
    Symbol.iterator,
    10n,
    new Date(NaN),
    Object.create(null),
  ];
  const names = [
    'consent',
    'holdout',
    'lang',
    'debug',
    'messages',
    'plays',
    'facts',
    'data-currency',
    'offers',
    'arming',
    'confidence',
  ];
  for (const name of names) {
    for (const value of junk) {
      const { options } = parseOptions({ [name]: value });
      assert.ok(['required', 'granted', 'memory'].includes(options.consent));
      assert.ok(options.holdout >= 0 && options.holdout <= 1);
    }
  }
});
