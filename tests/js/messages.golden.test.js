/**
 * All that the card can say, in a file to be read: tests/cases/messages.golden. A change of a text is a change there:
 *
 *     FALTER_WRITE=1 node --test tests/js/messages.golden.test.js
 */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { LANGUAGES } from '../../js/messages/index.js';
import { CART, GIVEN, NOW, OFFERS } from '../cases/facts.js';
import { MESSAGES, NEEDS, RARE, USUAL, openLanguage, readGiven } from '../cases/say.js';

process.env.TZ = 'UTC';
mock.method(Date, 'now', () => Date.parse(NOW));

const GOLDEN = new URL('../cases/messages.golden', import.meta.url);
const CODES = LANGUAGES.split(' ');
/** One of each form that a language of ours has for what it counts. */
const COUNTS = [1, 2, 3, 11, 100];
const EVERY = { ...GIVEN, ...OFFERS };

const read = async (path) => JSON.parse(await readFile(new URL(path.replace('lang/', '../../js/messages/'), import.meta.url), 'utf8'));
const languages = Object.fromEntries(await Promise.all(CODES.map(async (lang) => [lang, await openLanguage(lang, read)])));

/** Offers are known by their names. */
const split = (given) => {
  const all = Object.entries(given);
  const facts = Object.fromEntries(all.filter(([name]) => !(name in OFFERS)));
  return { facts, offers: Object.fromEntries(all.filter(([name]) => name in OFFERS)) };
};

/** @param {string} lang @param {string} message @param {any} given facts and offers @param {any} [more] */
function say(lang, message, given, more) {
  const { options, faults } = readGiven(split(given));
  // A fact that means nothing without the currency is none.
  assert.ok(faults.every((fault) => fault.message === 'needs a currency'), JSON.stringify(faults));
  return languages[lang].say({ message, options, ...more });
}

const without = (name) => ({ ...EVERY, [name]: undefined });
/** Every word on the card. */
const words = ({ title, body, points, steps = [], links = [], code, act, dismiss, close, note }) =>
  [title, body, ...points, ...steps, ...links.map(({ price }) => price), code?.value, code?.label, act.label, dismiss, close, note].filter(Boolean);

/** Blanks that do not break, and marks of direction, are for the eyes of browsers only. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u061c\u200e\u200f]/g, '');

/** The card as lines. @returns {string[]} */
function drawn(text) {
  if (!text) return ['nothing'];
  const { title, body, points, progress, steps = [], links = [], code, use, act, dismiss } = text;
  return [
    title,
    ...points.map((point) => `- ${point}`),
    body,
    progress === undefined ? '' : `${Math.round(progress * 100)} %`,
    steps.join(' | '),
    ...links.map((link) => `> ${link.title} ${link.price} ${link.href}`),
    code ? `${code.label}: ${code.value}` : '',
    `[${act.label}]${act.href ? ` ${act.href}` : ''}${use ? ' calls the shop' : ''} [${dismiss}]`,
  ]
    .filter(Boolean)
    .map((line) => plain(line).trimEnd());
}

/** What is another text than before, as lines. */
function changes(name, whole, now) {
  const changed = now.filter((line) => !whole.includes(line));
  const gone = whole.filter((line) => !now.includes(line));
  if (now[0] === 'nothing') return [`  ${name}: nothing`];
  if (changed.length === 1 && gone.length === 1) return [`  ${name}: ${changed} | not ${gone}`];
  if (!changed.length && !gone.length) return [];
  return [`  ${name}`, ...gone.map((line) => `  - ${line}`), ...changed.map((line) => `  + ${line}`)];
}

function golden() {
  const lines = ['# What the card says: each message with all facts and offers, then what changes where one is missing.'];
  /** @param {string} text */
  const put = (text) => lines.push(`    ${plain(text)}`);
  for (const lang of CODES) {
    const { labels, ask } = languages[lang].texts.messages;
    lines.push('', `## ${lang}: ${labels.note} (${labels.close})`);
    for (const message of MESSAGES) {
      const whole = drawn(say(lang, message, EVERY));
      lines.push('', `${message}`, ...whole.map((line) => `    ${line}`));
      for (const name of Object.keys(EVERY)) lines.push(...changes(`without ${name}`, whole, drawn(say(lang, message, without(name)))));
      lines.push(...changes('briefly', whole, drawn(say(lang, message, EVERY, { tone: 'brief' }))));
      // gently is how they all read
      assert.deepEqual(drawn(say(lang, message, EVERY, { tone: 'gentle' })), whole);
    }
    lines.push('', 'days');
    for (const days of COUNTS) {
      const facts = { deliveryDays: days, returnsDays: days, pricePromise: days };
      const said = ['delivery_days', 'returns_days', 'price_promise'].map((message) => say(lang, message, facts));
      const { points } = say(lang, 'help', facts);
      [said[0].title, said[1].title, said[2].body, ...points.slice(0, 2)].forEach(put);
    }
    const endless = { currency: 'EUR', freeShippingFrom: 0, pricePromise: true };
    lines.push('always free, a promise without an end');
    for (const message of ['free_shipping_reached', 'price_promise', 'help']) drawn(say(lang, message, endless)).forEach(put);
    lines.push('instalments');
    for (const count of [2, 3, 12]) {
      const { title, body } = say(lang, 'instalments', { currency: 'EUR', instalments: `${count}, ${count} PayPal, ${count}` });
      put(`${title}  ${body}`);
    }
    lines.push('counts');
    for (const count of COUNTS) {
      const facts = { stock: `${count} ${NOW}`, sold: `${count} ${count}`, loyaltyPoints: count };
      put(['stock_left', 'sold_recently', 'loyalty_points'].map((message) => say(lang, message, facts).title).join('  '));
      put(say(lang, 'loyalty_points', facts).body);
    }
    lines.push('one of each');
    for (const [message, given] of [
      ['payment_methods', { paymentMethods: 'Bancontact' }],
      ['alternatives', { alternatives: OFFERS.alternatives.slice(0, 1) }],
    ])
      drawn(say(lang, message, given)).forEach(put);
    lines.push("what's missing", `    ${ask.question}`, `    ${Object.values(ask.answers).join(' | ')}`, `    ${ask.thanks}`);
  }
  return lines.join('\n') + '\n';
}

test('every text, with all facts and with each missing, is as it was read', async () => {
  const now = golden();
  if (process.env.FALTER_WRITE) await writeFile(GOLDEN, now);
  assert.equal(now, await readFile(GOLDEN, 'utf8'));
});

/** All combinations of what a shop may have told. */
function* combinations(names) {
  for (let bits = 0; bits < 1 << names.length; bits += 1)
    yield Object.fromEntries(names.filter((_, place) => (bits >> place) & 1).map((name) => [name, EVERY[name]]));
}

const FACTS = ['currency', ...new Set(USUAL.map((message) => NEEDS[message]).filter(Boolean))];
const AMOUNTS = ['freeShippingFrom', 'shippingPrice', 'instalments'];
/** Those of the further messages, each needed by one. */
const FURTHER = ['currency', 'paymentMethods', 'stock', 'sold', 'loyaltyPoints', ...Object.keys(OFFERS)];

const digits = (text) => plain(text).match(/[\p{Nd}][\p{Nd}.,٫:]*/gu)?.map((found) => found.replace(/[.,٫:]$/, '')) ?? [];
/** Each as Intl writes it. */
const figures = (lang, amounts, counts) => {
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' });
  return [...amounts.map(money.format), ...counts.map(new Intl.NumberFormat(lang).format)].flatMap(digits);
};

for (const lang of CODES)
  test(`${lang}: no claim without its fact`, () => {
    const known = Object.fromEntries(FACTS.map((name) => [name, new Set()]));
    const topics = USUAL.filter((message) => languages[lang].texts.messages[message].short);
    const short = (message, given) =>
      say(lang, 'help', { currency: 'EUR', ...(given ? { [NEEDS[message]]: given } : {}) })?.points ?? [];
    // The points that one fact alone brings are known to be of it.
    for (const message of topics) for (const point of short(message, GIVEN[NEEDS[message]])) known[NEEDS[message]].add(point);
    const of = (facts) =>
      figures(
        lang,
        [facts.freeShippingFrom, facts.shippingPrice, ...(facts.currency ? [CART, 61 - CART, CART / 4] : [])].filter(Boolean),
        [facts.deliveryDays, facts.returnsDays, facts.pricePromise, ...(facts.instalments ? [4, 12] : [])].filter(Boolean),
      );
    assert.equal(say(lang, 'guest_checkout', { guestCheckout: false }), null, 'a no is no claim');
    for (const facts of combinations(FACTS)) {
      const meant = facts.currency ? facts : Object.fromEntries(Object.entries(facts).filter(([name]) => !AMOUNTS.includes(name)));
      const allowed = new Set(of(meant));
      for (const message of USUAL) {
        const need = NEEDS[message];
        const text = say(lang, message, facts);
        const anything = Object.keys(meant).some((name) => name !== 'currency');
        assert.equal(Boolean(text), need ? need in meant : anything, `${message} with ${Object.keys(facts)}`);
        if (!text) continue;
        for (const said of words(text)) {
          assert.doesNotMatch(said, /[{}]|undefined|null|NaN/);
          for (const figure of digits(said)) assert.ok(allowed.has(figure), `${figure} in "${said}" is of no fact: ${Object.keys(facts)}`);
          assert.ok(meant.instalments || !/Klarna|PayPal/.test(said), said);
        }
        for (const [name, points] of Object.entries(known))
          for (const point of points) assert.ok(name in meant || !text.points.includes(point), `"${point}" without ${name}`);
      }
    }
  });

for (const lang of CODES)
  test(`${lang}: no further claim without its fact or offer`, () => {
    const time = new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(NOW));
    const percent = new Intl.NumberFormat(lang, { style: 'percent' }).format(0.1);
    /** Every figure, by what it is of. */
    const of = {
      currency: figures(lang, [CART], []),
      paymentMethods: figures(lang, [], [3]),
      stock: [...figures(lang, [], [7]), ...digits(time)],
      sold: figures(lang, [], [19, 24]),
      loyaltyPoints: figures(lang, [], [340]),
      discount: [...digits(percent), ...figures(lang, [CART / 10], []), ...digits(OFFERS.discount.code)],
      alternatives: figures(lang, [89, 74.5], []),
      chat: [],
      saveCart: [],
    };
    const names = /Visa|PayPal|Bancontact/;
    for (const given of combinations(FURTHER)) {
      const allowed = new Set(Object.keys(given).flatMap((name) => of[name]));
      for (const message of RARE) {
        const text = say(lang, message, given);
        const needed = message === 'welcome_back' ? ['currency'] : message === 'discount' ? ['discount', 'currency'] : [NEEDS[message]];
        assert.equal(Boolean(text), needed.every((name) => name in given), `${message} with ${Object.keys(given)}`);
        if (!text) continue;
        for (const said of words(text)) {
          assert.doesNotMatch(said, /[{}]|undefined|null|NaN/);
          for (const figure of digits(said)) assert.ok(allowed.has(figure), `${figure} in "${said}" is of no fact: ${Object.keys(given)}`);
          assert.ok(message === 'payment_methods' || !names.test(said), said);
        }
        assert.equal(Boolean(text.links), message === 'alternatives');
        assert.equal(Boolean(text.code), message === 'discount');
        assert.equal(text.use, { chat: OFFERS.chat, save_cart: OFFERS.saveCart }[message]);
      }
    }
  });

/**
 * Stems that tell shoppers they were watched, or press them; each language with a sentence that must not get through.
 * @type {Record<string, [stems: string, watched: string, pressed: string]>}
 */
const FORBIDDEN = {
  en: [
    'watch|\\bsaw\\b|notic|track|leav|observ|monitor|spott|detect|looks like|seems|before you go|wait!|hurry|last chance|only .* left|miss out|act now',
    'We noticed that you are leaving',
    'Hurry, last chance',
  ],
  de: [
    'beobacht|bemerk|gemerkt|gesehen, dass|haben .* gesehen|verlass|verfolg|scheint|gehen willst|warte|beeil|letzte chance|nur noch .* da\\b|verpass',
    'Wir haben bemerkt, dass Sie gehen wollen',
    'Nicht verpassen',
  ],
  fr: [
    'remarqu|observ|surveill|avons vu|quitt|parte[zn]|semble|suivi|attende|dépêch|dernière chance|rate[zr]',
    'Nous avons remarqué que vous partez',
    'Dépêchez-vous',
  ],
  es: [
    'notad|observ|vigil|hemos visto|parece|te vas|abandon|rastre|espera[!.]|date prisa|última|no te pierdas',
    'Hemos visto que te vas',
    'Date prisa',
  ],
  it: [
    'notat|osserv|abbiamo visto|sembra|lasci|abbandon|andar[te]|tracci|aspetta|affrett|ultima|non perder',
    'Abbiamo notato che stai andando via, non lasciare il carrello',
    'Affrettati',
  ],
  nl: [
    'gemerkt|merkten|gezien dat|zagen|lijkt|verla|weggaa|volgen|bekeken|wacht|haast|laatste kans|mis het',
    'We zagen dat je weggaat',
    'Haast je',
  ],
  pt: [
    'notám|notam|reparám|repara|observ|\\bvimos|parece|\\bsair|abandon|rastre|espere|apress|corra|última|não perca',
    'Reparámos que vai sair',
    'Apresse-se',
  ],
  tr: [
    'fark ett|gördük|izle|izli|takip|ayrıl|gidiyor|görünüyor|bekle|acele|son şans|kaçırma',
    'Ayrıldığınızı fark ettik',
    'Acele edin',
  ],
  ar: [
    'لاحظ|رأينا|نراقب|تتبع|شاهدنا|يبدو|تغادر|مغادر|انتظر|أسرع|الفرصة الأخيرة|لا تفوت',
    'لاحظنا أنك تغادر',
    'أسرع، الفرصة الأخيرة',
  ],
};

for (const lang of CODES)
  test(`${lang}: no word of watching, none that presses`, () => {
    const [stems, ...samples] = FORBIDDEN[lang];
    const forbidden = new RegExp(stems, 'iu');
    for (const sample of samples) assert.match(sample, forbidden);
    const all = (node) => (typeof node === 'string' ? [node] : Object.values(node).flatMap(all));
    for (const text of all(languages[lang].texts.messages)) {
      assert.doesNotMatch(text, forbidden);
      assert.doesNotMatch(text, /!/, 'nobody is shouted at');
    }
  });
