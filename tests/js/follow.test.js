/** Options as components give them: what counts as a change, and what falter is told of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow } from '../../js/follow.js';
import { parseOptions } from '../../js/options.js';

/** A handle that keeps what it is told, and has what a real one would have then. */
function open() {
  /** @type {any[]} */
  const told = [];
  /** @type {any} */
  let has = {};
  const falter = {
    init: (/** @type {any} */ more) => {
      has = parseOptions(has, more).given;
      told.push('init');
    },
    consent: (/** @type {string} */ now) => told.push(now),
  };
  return { told, has: () => has, take: follow(/** @type {any} */ (falter)) };
}

test('what says the same changes nothing', () => {
  const { told, take } = open();
  const given = () => ({ consent: /** @type {const} */ ('granted'), facts: { currency: 'EUR', paymentMethods: ['Visa'] }, on: { show: () => {} } });
  take(given());
  take(given());
  take({ ...given(), lang: undefined });
  assert.deepEqual(told, ['init']);
});

test('what changes, comes or goes is taken over, and nothing is left of what went', () => {
  const { told, has, take } = open();
  take({ lang: 'de', facts: { currency: 'EUR', returnsDays: 30 }, plays: [] });
  take({ lang: 'de', facts: { currency: 'EUR', deliveryDays: 3 }, holdout: 0 });
  assert.deepEqual(told, ['init', 'init']);
  assert.deepEqual(JSON.parse(JSON.stringify(has())), { lang: 'de', facts: { currency: 'EUR', deliveryDays: 3 }, holdout: 0 });
  take({ lang: 'de', facts: { currency: 'EUR', deliveryDays: 3, paymentMethods: ['Visa', 'PayPal'] }, holdout: 0 });
  take({ lang: 'de', facts: { currency: 'EUR', deliveryDays: 3, paymentMethods: ['Visa'] }, holdout: 0 });
  assert.deepEqual(has().facts.paymentMethods, ['Visa']);
  take({});
  assert.deepEqual(JSON.parse(JSON.stringify(has())), {});
});

test('an object that is changed in place is another', () => {
  const { told, has, take } = open();
  const given = { facts: { returnsDays: 30 } };
  take(given);
  given.facts.returnsDays = 14;
  take(given);
  assert.deepEqual(told, ['init', 'init']);
  assert.equal(has().facts.returnsDays, 14);
});

test('consent that changes is said, and starts nothing anew', () => {
  const { told, has, take } = open();
  take({ consent: 'required', lang: 'de' });
  take({ consent: 'granted', lang: 'de' });
  take({ lang: 'de' });
  assert.deepEqual(told, ['init', 'granted', 'required']);
  take({ consent: 'memory', lang: 'fr' });
  assert.deepEqual(told.slice(3), ['memory', 'init']);
  assert.equal(has().consent, 'memory', 'who starts anew knows it');
});

test('a function is the newest that was given, wherever it stands', () => {
  const { told, has, take } = open();
  /** @type {string[]} */
  const called = [];
  const given = (/** @type {string} */ name) => ({ offers: { chat: () => void called.push(name) }, on: { show: (/** @type {any} */ event) => void called.push(name + event) } });
  take(given('a'));
  const { offers, on } = has();
  take(given('b'));
  offers.chat();
  on.show('!');
  assert.deepEqual(called, ['b', 'b!']);
  assert.deepEqual(told, ['init']);
});

test('what has a class of its own is taken as it is', () => {
  const { told, has, take } = open();
  const client = new Map([['a', 1]]);
  take({ sinks: { own: client } });
  take({ sinks: { own: client } });
  assert.equal(has().sinks.own, client);
  take({ sinks: { own: new Map([['a', 1]]) } });
  assert.deepEqual(told, ['init', 'init']);
});
