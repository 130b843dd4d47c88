import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';
import { readState } from '../../js/consent/google.js';
import { readData } from '../../js/consent/tcf.js';
import { parseOptions } from '../../js/options.js';
import { openEvents } from '../../js/sinks/event.js';
import { PLATFORMS } from '../../js/sinks/platforms.js';
import { faultsOf } from './support/schema.js';

const schema = JSON.parse(await readFile(new URL('../../docs/sinks.schema.json', import.meta.url), 'utf8'));
const OPTIONS = { holdout: 0.1, facts: { currency: 'EUR' }, offers: { discount: { percent: 10 } } };
const events = (bucket = 0.123456789) => openEvents(OPTIONS, { past: () => ({ bucket }) });
/** What each type can have at most, and what is never sent. */
const FULL = {
  exposure: { t: 6000, side: 'shown', rendered: true, vetoed: false, reason: 'fit', play: 'patient', cart: 42.60000001 },
  show: { reason: 'fit', message: 'help', offer: 'discount', variant: 'b', play: 'patient', tone: 'plain' },
  act: { reason: 'fit', message: 'help', how: 'button' },
  dismiss: { reason: 'fit', message: 'help', how: 'escape' },
  answer: { reason: 'returns' },
  leave: { t: 9, reason: 'unsure', risk: 0.123456, cart: 0 },
  purchase: { value: 42.6 },
};
const SECRETS = { url: 'https://shop/?email=a@b', title: 'Ada', email: 'a@b', element: {} };

test('every event fits the schema, and has nothing that is not listed', () => {
  const { types, make } = events();
  assert.deepEqual(types.sort(), Object.keys(FULL).sort());
  for (const type of types) {
    const event = make(type, { ...FULL[type], ...SECRETS });
    assert.deepEqual(faultsOf(schema, event), [], type);
    assert.doesNotMatch(JSON.stringify(event), /Ada|a@b|https/);
  }
  const { cart, percent, risk, value } = Object.assign({}, ...types.map((type) => make(type, FULL[type])));
  assert.deepEqual([cart, percent, risk, value], [0, 10, 0.123, 42.6]);
});

test('what is not known, or no number, has no key', () => {
  const { make } = events(0);
  for (const value of [undefined, null, NaN, Infinity, {}, []]) {
    const event = make('purchase', { value });
    assert.deepEqual(Object.keys(event).sort(), ['at', 'id', 'type', 'v', 'visitor']);
    assert.deepEqual(faultsOf(schema, event), []);
  }
  assert.equal(make('show', { ...FULL.show, play: 'x'.repeat(999) }).play.length, 80);
});

test('money that is text is a number, and what no amount can be is left out', () => {
  const { make } = events();
  for (const [told, value] of [
    ['42.60', 42.6],
    ['42.60 EUR', 42.6],
    [0, 0],
    [-1, undefined],
    ['-5', undefined],
    ['free', undefined],
    [true, undefined],
    [1e308, undefined],
  ])
    for (const [type, field] of [
      ['purchase', 'value'],
      ['leave', 'cart'],
      ['exposure', 'cart'],
    ]) {
      const event = make(type, { ...FULL[type], [field]: told });
      assert.equal(event[field], value, `${type} of ${told}`);
      assert.deepEqual(faultsOf(schema, event), []);
    }
});

test('the schema can refuse', () => {
  const event = events().make('act', FULL.act);
  for (const change of [{ v: 2 }, { id: 'short' }, { email: 'a@b' }, { how: 'magic' }, { reason: 'hunger' }, { visitor: undefined }])
    assert.notDeepEqual(faultsOf(schema, { ...event, ...change }), [], JSON.stringify(change));
});

test('a visitor is their own random number, an event its own', () => {
  const { make } = events(0.5);
  const ids = new Set(Array.from({ length: 1000 }, () => make('act', FULL.act).id));
  assert.equal(ids.size, 1000);
  assert.equal(make('act', FULL.act).visitor, events(0.5).make('leave', FULL.leave).visitor);
  assert.notEqual(events(0.5).visitor(), events(0.5 + 2 ** -53).visitor());
});

afterEach(() => {
  for (const name of ['analytics', 'klaviyo', '_learnq', 'braze', 'dataLayer']) delete globalThis[name];
});

test('a card is a promotion when it is shown and taken up; other events are none', () => {
  for (const name of ['exposure', 'dismiss', 'act']) assert.equal(PLATFORMS.ga4(`falter_${name}`, FULL[name]), true);
  assert.deepEqual(globalThis.dataLayer, [
    { ecommerce: null },
    { event: 'select_promotion', ecommerce: { promotion_id: 'help', promotion_name: 'fit', creative_slot: 'falter' } },
  ]);
});

test('Klaviyo is told by its object before its array; what no platform is there for is kept', () => {
  const calls = [];
  for (const [name, send] of Object.entries(PLATFORMS)) assert.equal(send('falter_act', { id: 'x' }), name === 'ga4');
  globalThis._learnq = [];
  globalThis.klaviyo = { track: (...given) => calls.push(given) };
  assert.equal(PLATFORMS.klaviyo('falter_leave', { id: 'x', cart: 0 }), true);
  assert.deepEqual([calls, globalThis._learnq], [[['falter_leave', { $event_id: 'x', $value: 0, cart: 0 }]], []]);
  globalThis.braze = { logCustomEvent: () => false };
  assert.equal(PLATFORMS.braze('falter_act', {}), false, 'not initialised yet');
});

test('Consent Mode: what is told, and what is not', () => {
  for (const [analytics_storage, functionality_storage, personalization_storage, consent] of [
    ['granted', undefined, undefined, 'granted'],
    ['granted', 'granted', 'granted', 'granted'],
    ['granted', 'denied', undefined, 'required'],
    ['granted', 'granted', 'denied', 'required'],
    ['denied', undefined, 'granted', 'memory'],
    [undefined, 'denied', 'granted', 'required'],
    ['denied', 'granted', undefined, 'required'],
    [undefined, undefined, undefined, 'required'],
  ])
    assert.equal(readState({ analytics_storage, functionality_storage, personalization_storage }), consent);
});

test('TCF: purposes, and when they count', () => {
  const data = (eventStatus, ...purposes) => ({ gdprApplies: true, eventStatus, purpose: { consents: Object.fromEntries(purposes.map((one) => [one, true])) } });
  for (const [given, consent] of [
    [data('tcloaded', 1, 8, 11), 'granted'],
    [data('useractioncomplete', 1, 6, 8), 'granted'],
    [data('useractioncomplete', 1, 11), 'memory'],
    [data('useractioncomplete', 6, 8), 'memory'],
    [data('useractioncomplete', 1, 8), 'required'],
    [data('useractioncomplete'), 'required'],
    [data('cmpuishown', 1, 8, 11), undefined],
    [{ gdprApplies: undefined }, undefined],
    [{ gdprApplies: false }, 'granted'],
    [{ eventStatus: 'tcloaded' }, 'required'],
  ])
    assert.equal(readData(given), consent, JSON.stringify(given));
});

test('the platform that is asked has an attribute of its own', () => {
  const { options, faults } = parseOptions({ 'data-consent': 'memory', 'data-consent-from': 'tcf', 'data-currency': 'EUR', 'data-free-shipping': '50' });
  assert.deepEqual([options.consent, options.consentFrom, options.facts.freeShippingFrom, faults], ['memory', 'tcf', 50, []]);
  const wrong = parseOptions({ consentFrom: 'cookiebot' });
  assert.deepEqual([wrong.options.consentFrom, wrong.faults], [undefined, [{ code: 'bad_option', where: 'consentFrom', message: '"cookiebot" is not shopify|google|tcf' }]]);
});
