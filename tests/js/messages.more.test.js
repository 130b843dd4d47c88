/** Tone, variants, and what the further messages say of facts that age or have a form of their own. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { pick } from '../../js/messages/more.js';
import { GIVEN, NOW, OFFERS } from '../cases/facts.js';
import { FURTHER, MESSAGES, openLanguage, readGiven } from '../cases/say.js';

process.env.TZ = 'UTC';
const clock = mock.method(Date, 'now', () => Date.parse(NOW));

const read = async (path) => JSON.parse(await readFile(new URL(path.replace('lang/', '../../js/messages/'), import.meta.url), 'utf8'));
const english = await openLanguage('en', read);
const { options } = readGiven({ facts: GIVEN, offers: OFFERS });

const VARIANTS = [{}, { title: 'Send it back for {days} days' }, { title: 'Returns are free', brief: { title: 'Free returns' } }];
const tested = await openLanguage('en', read, { returns_days: { variants: VARIANTS } });
/** Buckets as history draws them: whole 32-bit numbers. */
const bucketOf = (place, all) => Math.floor((place / all) * 2 ** 32) / 2 ** 32;

test('the further words are there in every language, each text of each message', async () => {
  const words = await read('lang/more/en.json');
  assert.deepEqual(MESSAGES.filter((message) => words[message]?.title), FURTHER);
  for (const lang of ['de', 'fr', 'es', 'it', 'pt', 'nl', 'tr', 'ar']) {
    const theirs = await read(`lang/more/${lang}.json`);
    for (const [name, text] of Object.entries(words)) assert.deepEqual(Object.keys(theirs[name]), Object.keys(text), `${lang} ${name}`);
    assert.deepEqual(Object.keys(theirs.ask.answers), Object.keys(words.ask.answers));
  }
});

test('the same shopper always sees the same variant, and texts that it lacks are those of the message', () => {
  for (const bucket of [0, 0.1, 0.37, 0.999]) {
    const texts = Array.from({ length: 3 }, () => tested.say({ message: 'returns_days', options, bucket }));
    assert.equal(new Set(texts.map(({ variant }) => variant)).size, 1);
    assert.match(texts[0].variant, /^[abc]$/);
    const title = { a: '30 days to change your mind', b: 'Send it back for 30 days', c: 'Returns are free' }[texts[0].variant];
    assert.deepEqual([texts[0].title, texts[0].body], [title, 'Not quite right once you have it in your hands? Just send it back.']);
  }
});

test('without variants there is none to name', () => {
  assert.equal(english.say({ message: 'returns_days', options }).variant, '');
  for (const variants of [undefined, [], {}, 'ab', 5, null]) assert.deepEqual(pick(variants, 'help', 0.5), { name: '', texts: undefined });
});

for (const count of [2, 3, 8])
  test(`${count} variants have near equal shares, whichever side of the holdout is looked at`, () => {
    const BUCKETS = 40_000;
    for (const [from, to] of [[0, 1], [0, 0.1], [0.1, 1], [0.5, 0.6]]) {
      for (const message of MESSAGES) {
        const seen = new Map();
        let all = 0;
        for (let place = Math.ceil(from * BUCKETS); place < to * BUCKETS; place += 1) {
          const { name } = pick(Array(count).fill({}), message, bucketOf(place, BUCKETS));
          seen.set(name, (seen.get(name) ?? 0) + 1);
          all += 1;
        }
        assert.deepEqual([...seen.keys()].sort().join(''), 'abcdefgh'.slice(0, count));
        // six standard deviations of a fair draw
        const most = 6 * Math.sqrt((all / count) * (1 - 1 / count));
        for (const [name, times] of seen)
          assert.ok(Math.abs(times - all / count) < most, `${message} ${name}: ${times} of ${all} between ${from} and ${to}`);
      }
    }
  });

test('the variant of one message tells nothing of that of another', () => {
  const both = new Map();
  for (let place = 0; place < 8000; place += 1) {
    const pair = ['returns_days', 'price_promise', 'delivery_days'].map((message) => pick([{}, {}], message, bucketOf(place, 8000)).name).join('');
    both.set(pair, (both.get(pair) ?? 0) + 1);
  }
  assert.equal(both.size, 8);
  for (const [pair, times] of both) assert.ok(Math.abs(times - 1000) < 180, `${pair}: ${times}`);
});

test('more than eight variants are not read', () => {
  const names = new Set();
  for (let place = 0; place < 1000; place += 1) names.add(pick(Array(20).fill({}), 'help', place / 1000).name);
  assert.deepEqual([...names].sort().join(''), 'abcdefgh');
});

test('briefly, a title that says it all stands alone; the shop may say otherwise', async () => {
  const say = (language, tone, bucket = 0) => language.say({ message: 'returns_days', options, tone, bucket });
  assert.equal(say(english, 'brief').body, '');
  assert.equal(say(english, 'brief').title, say(english, 'plain').title);
  assert.deepEqual(say(english, 'gentle'), say(english, 'plain'));
  const own = await openLanguage('en', read, {
    returns_days: { body: 'Free, too.', gentle: { title: 'Take your time: {days} days' } },
  });
  assert.equal(say(own, 'brief').body, 'Free, too.', 'what the shop says is not ours to leave out');
  assert.equal(say(own, 'gentle').title, 'Take your time: 30 days');
  assert.equal(say(own, 'plain').title, '30 days to change your mind');
  const bucket = [...Array(100).keys()].map((place) => place / 100).find((bucket) => say(tested, 'plain', bucket).variant === 'c');
  assert.deepEqual([say(tested, 'plain', bucket).title, say(tested, 'brief', bucket).title], ['Returns are free', 'Free returns']);
});

test('a title of a tone that lacks its fact is not said', async () => {
  const own = await openLanguage('en', read, { returns_days: { gentle: { title: 'Only {percent} left' } } });
  assert.equal(own.say({ message: 'returns_days', options, tone: 'gentle' }), null);
});

test('a count of the shelf is as of its time, and old after an hour', () => {
  const say = () => english.say({ message: 'stock_left', options });
  assert.deepEqual([say().title, say().body.replace('\u202f', ' ')], ['7 left in stock', 'Counted at 2:05 PM.']);
  clock.mock.mockImplementation(() => Date.parse(NOW) + 3_599_999);
  assert.ok(say());
  clock.mock.mockImplementation(() => Date.parse(NOW) + 3_600_000);
  assert.equal(say(), null);
  clock.mock.mockImplementation(() => Date.parse(NOW));
});

test('a discount says its code, and to the cent what it takes off', () => {
  const say = (discount, cart, currency = 'EUR') => {
    const { options } = readGiven({ facts: { currency }, offers: { discount: { marginFloor: 0, code: 'A', ...discount } } });
    return english.say({ message: 'discount', options, cart });
  };
  assert.equal(say({ percent: 10 }, 42.6).body, 'The code takes €4.26 off your cart of €42.60.');
  assert.equal(say({ percent: 12.5 }, 99.99).title, '12.5% off your order');
  assert.equal(say({ percent: 12.5 }, 99.99).body, 'The code takes €12.50 off your cart of €99.99.');
  assert.equal(say({ percent: 15 }, 1999, 'JPY').body, 'The code takes ¥300 off your cart of ¥1,999.');
  assert.deepEqual(say({ percent: 10, code: 'TARN10' }, 42.6).code, { value: 'TARN10', label: 'Discount code' });
});

test('further instalments are named, the first is broken down', () => {
  const { title, body, steps } = english.say({ message: 'instalments', options });
  assert.equal(title, 'Pay in 4 with Klarna');
  assert.equal(body, 'Spread €52.60 over 4 payments. Also in 12 with PayPal.');
  assert.equal(steps.length, 4);
});

test('what the shop opens is called by the act, under its own label where it has one', async () => {
  const own = await openLanguage('en', read, { chat: { act: 'Talk to Ada' }, save_cart: { act: 'keep' } });
  assert.deepEqual(english.say({ message: 'chat', options }).act, { label: 'Start a chat' });
  assert.deepEqual(own.say({ message: 'chat', options }).act, { label: 'Talk to Ada' });
  assert.equal(own.say({ message: 'chat', options }).use, OFFERS.chat);
});

test("what's missing is asked where the shop wants it, in its words where it has some", async () => {
  assert.equal(english.say({ message: 'help', options }).ask, undefined);
  const asking = { ...options, ask: true };
  assert.equal(english.say({ message: 'help', options: asking }).ask.question, 'What’s missing?');
  const own = await openLanguage('en', read, { ask: { question: 'What holds you back?', answers: { fit: 'Sizes' } } });
  assert.deepEqual(own.say({ message: 'help', options: asking }).ask, {
    question: 'What holds you back?',
    thanks: 'Thank you, that helps us.',
    answers: { fit: 'Sizes' },
    brief: {},
  });
});
