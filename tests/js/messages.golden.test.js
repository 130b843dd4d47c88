/**
 * All that the card can say, in a file to be read: tests/cases/messages.golden. A change of a text is a change there:
 *
 *     FALTER_WRITE=1 node --test tests/js/messages.golden.test.js
 */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { format, LANGUAGES } from '../../js/messages/index.js';
import { parseOptions } from '../../js/options.js';
import { CART, GIVEN } from '../cases/facts.js';

const GOLDEN = new URL('../cases/messages.golden', import.meta.url);
const CODES = LANGUAGES.split(' ');

const MESSAGES = {
  free_shipping_left: 'freeShippingFrom',
  free_shipping_reached: 'freeShippingFrom',
  shipping_price: 'shippingPrice',
  delivery_days: 'deliveryDays',
  returns_days: 'returnsDays',
  instalments: 'instalments',
  price_promise: 'pricePromise',
  guest_checkout: 'guestCheckout',
  help: undefined,
};
/** One of each form that a language of ours has for days. */
const DAYS = [1, 2, 3, 11, 100];

/** What the engine sends along (src/policy.rs), of what it was told. */
function values(message, { freeShippingFrom: from, shippingPrice: price, instalments, [MESSAGES[message]]: fact }) {
  const all = {
    free_shipping_left: { cart: CART, from, left: from - CART },
    free_shipping_reached: { from },
    shipping_price: { price, from },
    instalments: { cart: CART, count: instalments?.count, each: CART / instalments?.count },
    guest_checkout: {},
    help: {},
  }[message] ?? { days: fact };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value >= 0));
}

const texts = Object.fromEntries(
  await Promise.all(
    CODES.map(async (lang) => [
      lang,
      { lang, messages: JSON.parse(await readFile(new URL(`../../js/messages/${lang}.json`, import.meta.url), 'utf8')) },
    ]),
  ),
);

function say(lang, message, given) {
  const { options, faults } = parseOptions({ facts: given });
  // A fact that means nothing without the currency is none.
  assert.ok(faults.every((fault) => fault.message === 'needs a currency'), JSON.stringify(faults));
  return format({ reason: 'unsure', message, values: values(message, options.facts) }, options.facts, texts[lang]);
}

const without = (name) => ({ ...GIVEN, [name]: undefined });
/** Every word on the card. */
const words = ({ title, body, points, steps, act, dismiss, close, note }) =>
  [title, body, ...points, ...steps, act.label, dismiss, close, note].filter(Boolean);

/** Blanks that do not break, and marks of direction, are for the eyes of browsers only. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u061c\u200e\u200f]/g, '');

/** The card as lines. @returns {string[]} */
function drawn(text) {
  if (!text) return ['nothing'];
  const { title, body, points, progress, steps, act, dismiss } = text;
  return [
    title,
    ...points.map((point) => `- ${point}`),
    body,
    progress === undefined ? '' : `${Math.round(progress * 100)} %`,
    steps.join(' | '),
    `[${act.label}]${act.href ? ` ${act.href}` : ''} [${dismiss}]`,
  ]
    .filter(Boolean)
    .map(plain);
}

function golden() {
  const lines = ['# What the card says: each message with all facts, then what changes where one is missing.'];
  for (const lang of CODES) {
    const { note, close } = texts[lang].messages.labels;
    lines.push('', `## ${lang}: ${note} (${close})`);
    for (const message of Object.keys(MESSAGES)) {
      const whole = drawn(say(lang, message, GIVEN));
      lines.push('', `${message}`, ...whole.map((line) => `    ${line}`));
      for (const name of Object.keys(GIVEN)) {
        const lacking = drawn(say(lang, message, without(name)));
        const changed = lacking.filter((line) => !whole.includes(line));
        const gone = whole.filter((line) => !lacking.includes(line));
        if (lacking[0] === 'nothing') lines.push(`  without ${name}: nothing`);
        else if (changed.length === 1 && gone.length === 1) lines.push(`  without ${name}: ${changed} | not ${gone}`);
        else if (changed.length + gone.length)
          lines.push(`  without ${name}`, ...gone.map((line) => `  - ${line}`), ...changed.map((line) => `  + ${line}`));
      }
    }
    lines.push('', 'days');
    for (const days of DAYS) {
      const facts = { deliveryDays: days, returnsDays: days, pricePromise: days };
      const said = ['delivery_days', 'returns_days', 'price_promise'].map((message) => say(lang, message, facts));
      const { points } = say(lang, 'help', facts);
      lines.push(...[said[0].title, said[1].title, said[2].body, ...points.slice(0, 2)].map((line) => `    ${plain(line)}`));
    }
    const endless = { currency: 'EUR', freeShippingFrom: 0, pricePromise: true };
    lines.push('always free, a promise without an end');
    for (const message of ['free_shipping_reached', 'price_promise', 'help'])
      lines.push(...drawn(say(lang, message, endless)).map((line) => `    ${line}`));
    lines.push('instalments');
    for (const count of [2, 3, 12]) {
      const { title, body } = say(lang, 'instalments', { currency: 'EUR', instalments: String(count) });
      lines.push(`    ${plain(title)}  ${plain(body)}`);
    }
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
    yield Object.fromEntries(names.filter((_, place) => (bits >> place) & 1).map((name) => [name, GIVEN[name]]));
}

const FACTS = ['currency', ...new Set(Object.values(MESSAGES).filter(Boolean))];
const AMOUNTS = ['freeShippingFrom', 'shippingPrice', 'instalments'];

for (const lang of CODES)
  test(`${lang}: no claim without its fact`, () => {
    const known = Object.fromEntries(FACTS.map((name) => [name, new Set()]));
    const topics = Object.keys(MESSAGES).filter((message) => texts[lang].messages[message].short);
    const short = (message, given) =>
      say(lang, 'help', { currency: 'EUR', ...(given ? { [MESSAGES[message]]: given } : {}) })?.points ?? [];
    // The points that one fact alone brings are known to be of it.
    for (const message of topics)
      for (const point of short(message, GIVEN[MESSAGES[message]])) known[MESSAGES[message]].add(point);
    const money = new Intl.NumberFormat(lang, { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' });
    const number = new Intl.NumberFormat(lang);
    const of = (facts) => [
      ...[facts.deliveryDays, facts.returnsDays, facts.pricePromise, facts.instalments && 4].filter(Boolean).map(number.format),
      ...[facts.freeShippingFrom, facts.shippingPrice].filter(Boolean).map(money.format),
      ...(facts.currency ? [CART, 61 - CART, CART / 4].map(money.format) : []),
    ];
    const digits = (text) => plain(text).match(/[\p{Nd}][\p{Nd}.,٫]*/gu)?.map((found) => found.replace(/[.,٫]$/, '')) ?? [];
    assert.equal(say(lang, 'guest_checkout', { guestCheckout: false }), null, 'a no is no claim');
    for (const facts of combinations(FACTS)) {
      const meant = facts.currency ? facts : Object.fromEntries(Object.entries(facts).filter(([name]) => !AMOUNTS.includes(name)));
      const allowed = new Set(of(meant).flatMap(digits));
      for (const [message, need] of Object.entries(MESSAGES)) {
        const text = say(lang, message, facts);
        const anything = Object.keys(meant).some((name) => name !== 'currency');
        assert.equal(Boolean(text), need ? need in meant : anything, `${message} with ${Object.keys(facts)}`);
        if (!text) continue;
        for (const said of words(text)) {
          assert.doesNotMatch(said, /[{}]|undefined|null|NaN/);
          for (const figure of digits(said)) assert.ok(allowed.has(figure), `${figure} in "${said}" is of no fact: ${Object.keys(facts)}`);
          assert.ok(meant.instalments || !said.includes('Klarna'), said);
        }
        for (const [name, points] of Object.entries(known))
          for (const point of points) assert.ok(name in meant || !text.points.includes(point), `"${point}" without ${name}`);
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
    for (const text of all(texts[lang].messages)) {
      assert.doesNotMatch(text, forbidden);
      assert.doesNotMatch(text, /!/, 'nobody is shouted at');
    }
  });
