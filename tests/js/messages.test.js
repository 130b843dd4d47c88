import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { LANGUAGES, loadTexts } from '../../js/messages/index.js';
import { parseOptions } from '../../js/options.js';
import { openLanguage } from '../cases/say.js';

const FACTS = {
  currency: 'EUR',
  freeShippingFrom: 50,
  shippingPrice: 4.9,
  deliveryDays: 3,
  returnsDays: 30,
  instalments: '3 Klarna',
  pricePromise: 14,
  guestCheckout: true,
  cartUrl: '/cart',
  helpUrl: '/help',
};
/** What is in the cart that each message speaks to. */
const CARTS = {
  free_shipping_left: 42.6,
  free_shipping_reached: 60,
  shipping_price: null,
  delivery_days: null,
  returns_days: null,
  instalments: 42.61,
  price_promise: null,
  guest_checkout: null,
  help: null,
};
/** The facts without which a message must not be shown. */
const NEEDED = {
  free_shipping_left: ['freeShippingFrom', 'currency'],
  free_shipping_reached: ['freeShippingFrom', 'currency'],
  shipping_price: ['shippingPrice', 'currency'],
  delivery_days: ['deliveryDays'],
  returns_days: ['returnsDays'],
  instalments: ['instalments', 'currency'],
  price_promise: ['pricePromise'],
  guest_checkout: ['guestCheckout'],
};
const CODES = LANGUAGES.split(' ');
const readLanguage = async (path) =>
  JSON.parse(await readFile(new URL(path.replace('lang/', '../../js/messages/'), import.meta.url), 'utf8'));

const english = await readLanguage('lang/en.json');

async function say(message, { lang = 'en', facts = FACTS, cart = CARTS[message], messages = {} } = {}) {
  const language = await openLanguage(lang, readLanguage, messages[lang]);
  return language.say({ message, options: parseOptions({ facts }).options, cart });
}

for (const lang of CODES) {
  test(`${lang} has every text, and says it whole`, async () => {
    if (lang !== 'en') {
      const texts = await readLanguage(`lang/${lang}.json`);
      assert.deepEqual(Object.keys(texts), Object.keys(english));
      for (const [name, text] of Object.entries(english))
        assert.deepEqual(Object.keys(texts[name]), Object.keys(text), name);
      for (const [name, text] of Object.entries(texts))
        if (name !== 'labels') assert.equal(text.act, english[name].act);
    }
    for (const message of Object.keys(CARTS)) {
      const text = await say(message, { lang });
      assert.ok(text, message);
      const said = [text.title, text.body, ...(text.points ?? []), text.act.label, text.dismiss, text.close, text.note];
      assert.ok(
        said.every((part) => typeof part === 'string' && !/[{}]|undefined|null|NaN/.test(part)),
        said.join(' | '),
      );
      assert.ok(text.title.length <= 60, `${text.title} is short`);
      assert.equal(text.dir, lang === 'ar' ? 'rtl' : 'ltr');
    }
  });

  test(`${lang}: a message with a missing fact is not shown`, async () => {
    for (const [message, needed] of Object.entries(NEEDED)) {
      for (const name of needed) {
        const facts = { ...FACTS, [name]: undefined };
        assert.equal(await say(message, { lang, facts }), null, `${message} without ${name}`);
      }
    }
    assert.equal(await say('help', { lang, facts: {} }), null, 'help without any fact');
  });
}

test('the figures of the cart are in the words', async () => {
  const text = await say('free_shipping_left');
  assert.equal(text.title, '€7.40 away from free shipping');
  assert.match(text.body, /€50\D.*€42\.60/);
  assert.equal(text.progress, 0.852);
  assert.deepEqual(text.act, { label: 'Keep shopping', href: undefined });
});

test('money and plurals are those of the language', async () => {
  assert.match((await say('free_shipping_left', { lang: 'de' })).title, /^Noch 7,40\s€ /);
  assert.match(
    (await say('free_shipping_left', { lang: 'de-CH', facts: { ...FACTS, currency: 'CHF' } })).title,
    /CHF\s7.40/,
  );
  const days = async (lang, days) => (await say('delivery_days', { lang, facts: { deliveryDays: days } })).title;
  assert.equal(await days('en', 1), 'At your door within a day');
  assert.equal(await days('de', 1), 'Innerhalb eines Tages da');
  assert.equal(await days('de', 2), 'Innerhalb von 2 Tagen da');
  const arabic = await Promise.all([1, 2, 3, 11, 100].map((count) => days('ar', count)));
  assert.equal(new Set(arabic.map((title) => title.replace(/\d+/, ''))).size, 5, 'five forms');
});

test('instalments sum to the cart, to the cent', async () => {
  const { steps } = await say('instalments');
  assert.deepEqual(steps, ['€14.21', '€14.20', '€14.20']);
  const yen = await say('instalments', { facts: { ...FACTS, currency: 'JPY' }, cart: 1000 });
  assert.deepEqual(yen.steps, ['¥334', '¥333', '¥333']);
  const many = await say('instalments', { facts: { ...FACTS, instalments: '12' }, cart: 120 });
  assert.deepEqual([many.title, many.steps], ['Pay in 12', []]);
});

test('shipping that is always free is free from nothing', async () => {
  for (const facts of [
    { currency: 'EUR', freeShippingFrom: 0 },
    { currency: 'EUR', shippingPrice: '0' },
  ]) {
    const text = await say('free_shipping_reached', { facts });
    assert.deepEqual([text.title, text.body], ['Shipping is on us', 'Your order ships free.']);
    assert.deepEqual((await say('help', { facts })).points, ['Free shipping']);
  }
});

test('a promise without an end names no days', async () => {
  const text = await say('price_promise', { facts: { ...FACTS, pricePromise: true } });
  assert.doesNotMatch(text.body, /\d/);
});

test('a general offer of help is made of what the shop gave', async () => {
  const text = await say('help', { facts: { returnsDays: 30, instalments: '3 Klarna', currency: 'EUR' } });
  assert.deepEqual(text.points, ['Returns within 30 days', 'Pay in 3 with Klarna']);
  assert.equal(text.body, '', 'nobody is sent to ask where there is no address');
  assert.equal(text.act.label, 'Keep shopping');
  const reachable = await say('help', { facts: { helpUrl: '/help' } });
  assert.deepEqual([reachable.points, reachable.act], [[], { label: 'Ask us', href: '/help' }]);
});

test("the shop's own texts go before ours, text by text", async () => {
  const messages = {
    en: { returns_days: { title: 'Send it back for {days} days', act: 'Got it' }, labels: { no: 'Not now' } },
  };
  const text = await say('returns_days', { messages });
  assert.deepEqual([text.title, text.act.label, text.dismiss], ['Send it back for 30 days', 'Got it', 'Not now']);
  assert.match(text.body, /send it back/);
  const lacking = { en: { returns_days: { title: 'Only {left} left!' } } };
  assert.equal(await say('returns_days', { messages: lacking }), null);
});

test('own texts of a wrong shape are not said, and nothing throws', async () => {
  for (const title of [null, 5, {}, [], [[]], { one: null }])
    assert.equal(await say('returns_days', { messages: { en: { returns_days: { title } } } }), null);
});

test('a language nobody has is a fault and English', async () => {
  const faults = [];
  const load = (path) => (path === 'lang/en.json' ? readLanguage(path) : Promise.reject(new Error('404')));
  for (const lang of ['sv', 'de']) {
    const texts = await loadTexts(parseOptions({ lang }).options, 'en', load, (message) => faults.push(message));
    assert.equal(texts.lang, 'en');
  }
  assert.equal(faults.length, 2);
  const given = parseOptions({
    lang: 'sv',
    messages: { sv: { labels: { no: 'Nej tack' }, help: { title: 'Bra att veta' } } },
  });
  const swedish = await loadTexts(given.options, 'en', load, (message) => faults.push(message));
  assert.equal(swedish.lang, 'sv');
  assert.equal(faults.length, 2);
});

test("the page's language is taken, however it is written", async () => {
  const { options } = parseOptions();
  for (const [page, lang] of [
    ['en_GB', 'en-GB'],
    ['', 'en'],
    ['?', 'en'],
    ['de-AT', 'de-AT'],
  ])
    assert.equal((await loadTexts(options, page, readLanguage)).lang, lang);
});
