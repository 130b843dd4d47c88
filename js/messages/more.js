/**
 * What the messages say that not every page needs: figures that are written in a way of their own, instalments, variants
 * of a text, and "what's missing?". Part of card/more.js.
 */

/**
 * @typedef {import('./index.js').Show} Show
 * @typedef {import('./index.js').Text} Text
 *
 * @typedef {{ title: string, href: string, price: string }} Link
 * @typedef {{ question: string, thanks: string, answers: Record<string, string> }} Ask reason → what the shopper says
 * @typedef {Text & { icon?: string, links?: Link[], code?: { value: string, label: string }, use?: () => void, ask?: Ask }} MoreText use: called as the
 *   act is pressed
 */

import { PARCEL } from '../card/icons.js';

/** A count of the shelf older than this may not be said any more. The option reads none that was older. */
const STOCK_MS = 3_600_000;
/** More amounts don't fit side by side on a phone. */
const STEPS_MAX = 4;
/** Variants are named by one letter each; more are not read. */
const VARIANTS_MAX = 8;

const CARD = 'M3 6h18v12H3zm0 4h18M7 14h3';
/** Line drawings of 24 × 24. @type {Record<string, string>} */
const ICONS = {
  delivery_days: PARCEL,
  instalments: CARD,
  payment_methods: CARD,
  stock_left: 'M4 5h7v7H4zm9 0h7v7h-7zM4 14h7v6H4zm12 0v6m-3-3h6',
  sold_recently: 'M4 18l6-6 4 4 6-8m-5 0h5v5',
  loyalty_points: 'M12 4l2.5 5 5.5.8-4 3.9.9 5.5L12 16.6 7.1 19.2l.9-5.5-4-3.9L9.5 9z',
  alternatives: 'M4 8h13m-3-3l3 3-3 3m6 5H7m3 3l-3-3 3-3',
  chat: 'M4 5h16v11h-9l-4 4v-4H4zm4 5.5v.1m4-.1v.1m4-.1v.1',
  save_cart: 'M7 4h10v16l-5-4-5 4z',
  discount: 'M6 18L18 6M9 7.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0m9 9a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0',
  welcome_back: 'M3 4h3l2 11h10l2-8H7m2 12v.1m8-.1v.1',
};

/**
 * One of a message's variants, always the same for the same shopper.
 *
 * @param {unknown} variants as the shop gave them
 * @param {string} message
 * @param {number} bucket 0..1, the shopper's
 * @returns {{ name: string, texts: Record<string, any> }} name: '' where there are none
 */
export function pick(variants, message, bucket) {
  const all = Array.isArray(variants) ? variants.slice(0, VARIANTS_MAX) : [];
  // The bucket also draws the side of the holdout, so all of its bits take part. Each step maps the 32-bit numbers onto
  // themselves: over all buckets every variant has the same share.
  let mixed = bucket * 2 ** 32;
  for (const letter of message) mixed = Math.imul(mixed ^ (mixed >>> 15) ^ letter.charCodeAt(0), 0x9e3779b1);
  const place = Math.floor(((mixed >>> 0) / 2 ** 32) * all.length);
  return { name: all.length ? 'abcdefgh'[place] : '', texts: all[place] };
}

/**
 * What is said of a message besides the facts that its text names.
 *
 * @param {Show} show
 * @param {import('../options.js').Options} options
 * @param {import('./load.js').Texts} texts
 * @param {import('./index.js').Tone} tone
 * @param {number} bucket 0..1, the shopper's
 * @param {import('./index.js').Fill} fill
 * @param {Intl.NumberFormat} [money]
 * @returns {import('./index.js').Added & { finish: (text: Text) => MoreText }}
 */
export function add({ message, cart }, { facts, offers, ask }, { lang, messages }, tone, bucket, fill, money) {
  const { paymentMethods = [], instalments = [], stock, sold, loyaltyPoints } = facts;
  const { alternatives = [], chat, saveCart, discount } = offers;
  const { labels } = messages;
  const { name: variant, texts } = pick(messages[message].variants, message, bucket);
  const ours = { ...texts, ...texts?.[tone] };
  const payments = instalments[0] && cart && money ? split(cart, instalments[0].count, money) : [];
  const isCounted = stock && Date.now() - +new Date(stock.at) < STOCK_MS;
  const given = {
    paymentMethods: paymentMethods.length || undefined,
    stockLeft: isCounted || undefined,
    soldRecently: sold,
    loyaltyPoints,
    alternatives: alternatives.length || undefined,
    chat,
    saveCart,
    discount,
    welcomeBack: cart || undefined,
  };
  /** @type {Record<string, () => Record<string, any>>} */
  const saids = {
    instalments: () => ({ each: payments[0] }),
    payment_methods: () => ({ count: paymentMethods.length, methods: paymentMethods[0] }),
    stock_left: () => ({ count: stock?.count, time: stock && new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit' }).format(new Date(stock.at)) }),
    sold_recently: () => ({ count: sold?.count, hours: fill(labels.hours, { count: sold?.hours }) }),
    loyalty_points: () => ({ count: loyaltyPoints }),
    alternatives: () => ({ count: alternatives.length }),
    discount: () => ({
      percent: discount && new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(discount.percent / 100),
      off: discount && (Number(cart) * discount.percent) / 100,
    }),
  };
  const said = saids[message]?.() ?? {};
  /** @param {Text} text @returns {MoreText} */
  const finish = (text) => {
    /** @type {Record<string, Partial<MoreText>>} */
    const drawn = {
      payment_methods: { points: paymentMethods.slice(1).length ? paymentMethods : [] },
      instalments: {
        steps: payments.length <= STEPS_MAX ? payments : [],
        body: [text.body, ...instalments.slice(1).map((one) => fill(labels.also, one))].filter(Boolean).join(' '),
      },
      alternatives: {
        links: alternatives.map(({ title, url, price }) => ({ title, href: url, price: (price !== undefined && money?.format(price)) || '' })),
        act: named(fill(labels.look, said), { href: alternatives[0]?.url }),
      },
      chat: { act: named(labels.chat), use: chat },
      save_cart: { act: named(labels.save), use: saveCart },
      discount: { code: discount && { value: discount.code, label: labels.code } },
    };
    return { ...text, icon: ICONS[message], variant, ...drawn[message], ask: ask ? messages.ask : undefined };
  };
  /** The shop's own label goes before ours. @param {string | undefined} label @param {Partial<Text['act']>} [act] */
  const named = (label = '', act) => {
    const own = ours.act ?? messages[message].act;
    return { label: labels[own] ? label : own, ...act };
  };
  return { given, said, ours, finish };
}

/**
 * Equal payments in the currency's smallest unit; the first take what does not divide, so that they sum to the total.
 * @param {number} total
 * @param {number} count
 * @param {Intl.NumberFormat} money
 * @returns {string[]}
 */
function split(total, count, money) {
  const units = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2);
  const cents = Math.round(total * units);
  return [...Array(count)].map((_, i) => money.format(Math.ceil((cents - i) / count) / units));
}
