/** The words of a card, made as js/show.js has them made: for tests in Node and for the test page alike. */

import { readFurther } from '../../js/further.js';
import { add } from '../../js/messages/more.js';
import { format, loadTexts } from '../../js/messages/index.js';
import { join } from '../../js/messages/load.js';
import { parseOptions } from '../../js/options.js';
import { CART, OFFERS } from './facts.js';

/** What each message needs, of facts and of offers. */
export const NEEDS = {
  free_shipping_left: 'freeShippingFrom',
  free_shipping_reached: 'freeShippingFrom',
  shipping_price: 'shippingPrice',
  delivery_days: 'deliveryDays',
  returns_days: 'returnsDays',
  instalments: 'instalments',
  price_promise: 'pricePromise',
  guest_checkout: 'guestCheckout',
  help: undefined,
  payment_methods: 'paymentMethods',
  stock_left: 'stock',
  sold_recently: 'sold',
  loyalty_points: 'loyaltyPoints',
  alternatives: 'alternatives',
  chat: 'chat',
  save_cart: 'saveCart',
  discount: 'discount',
  welcome_back: undefined,
};
/** In the order of src/policy.rs. */
export const MESSAGES = Object.keys(NEEDS);
/** Those of facts that most shops have. What most doubts are about has its words in lang/XX.json, the rest in lang/more/XX.json. */
export const USUAL = MESSAGES.slice(0, 9);
export const COMMON = USUAL.filter((message) => !/instalments|pric|guest|delivery/.test(message));
/** The rest; and of them those of no usual fact. */
export const FURTHER = MESSAGES.filter((message) => !COMMON.includes(message));
export const RARE = MESSAGES.filter((message) => !USUAL.includes(message));

/** What a shop gave, as it is in force once falter runs. @param {Record<string, any>} given */
export function readGiven(given) {
  const { options, faults, further } = parseOptions(given);
  const read = readFurther(options, further);
  const facts = { ...options.facts, ...read.facts };
  return { options: { ...options, facts, offers: read.offers }, faults: [...faults, ...read.faults] };
}

/** What the engine is told of a fact or an offer, and one of the things that a shop could have given for it. */
const TOLD = {
  paymentMethods: (count) => Array.from({ length: count }, (_, place) => `Card ${place}`),
  stock: (count) => `${count} ${new Date(Date.now()).toISOString()}`,
  sold: (count) => `${count} 24`,
  pricePromise: (days) => days || true,
  guestCheckout: (flag) => Boolean(flag),
  alternatives: (count) => Array.from({ length: count }, (_, place) => ({ title: `Another ${place}`, url: `/${place}` })),
  chat: () => () => {},
  saveCart: () => () => {},
};

/** What a shop gave whose engine was told this. @param {Record<string, number>} told facts by the engine's names */
export function givenOf({ discount, margin_floor: marginFloor = 0, ...told }) {
  const given = { facts: { currency: 'EUR' }, offers: {} };
  for (const [name, value] of Object.entries(told)) {
    const camel = name.replace(/_./g, ([, letter]) => letter.toUpperCase());
    given[camel in OFFERS ? 'offers' : 'facts'][camel] = TOLD[camel]?.(value) ?? value;
  }
  // 0.07 of everything is 7.000000000000001 %
  if (discount) given.offers.discount = { percent: Number((discount * 100).toPrecision(12)), code: 'A', marginFloor };
  return given;
}

/**
 * @param {string} lang
 * @param {(path: string) => Promise<any>} read of lang/XX.json and lang/more/XX.json
 * @param {Record<string, any>} [messages] the shop's own, of this language
 * @returns a language to say things in; with options already read, or given here
 */
export async function openLanguage(lang, read, messages = {}) {
  const { options } = parseOptions({ lang, messages: { [lang]: messages } });
  const base = await loadTexts(options, lang, read);
  const texts = { ...base, messages: { ...base.messages, ...join(await read(`lang/more/${base.code}.json`), base.messages, {}) } };
  /** @param {{ message: string, options: any, cart?: number | null, tone?: any, bucket?: number, more?: boolean }} what */
  const say = ({ message, options, cart = CART, tone = 'plain', bucket = 0, more = true }) => {
    const show = { reason: 'unsure', message, cart };
    return more
      ? format(show, options.facts, texts, tone, (...fill) => add(show, options, texts, tone, bucket, ...fill))
      : format(show, options.facts, base, tone);
  };
  return { base, texts, say };
}
