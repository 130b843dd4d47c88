/** What a shop lets a card offer: read field by field, and told to the engine. Part of js/further.js. */

import { readMore } from './further/read.js';
import { MONEY, SHARE, factsSignal, read, refusal } from './options.js';

/** More links do not fit on a card. */
const ALTERNATIVES_MAX = 3;

/** Name → what it may be (js/further/read.js). @typedef {Record<string, string>} Fields */
/** @type {Fields} */
const OFFERS = { discount: 'an object', alternatives: 'a list', chat: 'a function', saveCart: 'a function' };
/** A discount that nobody could redeem, or that nothing bounds, is none: all of it has to be there. @type {Fields} */
const DISCOUNT = { percent: '1..50', code: 'a name', marginFloor: SHARE };
/** @type {Fields} */
const ALTERNATIVE = { title: 'a title', url: 'an address' };
/** @type {Fields} */
const PRICED = { ...ALTERNATIVE, price: MONEY };

/**
 * @typedef {import('./options.js').Offers} Offers
 * @typedef {import('./options.js').Fault} Fault
 */

/**
 * Reads what the shop gave as `offers`. What cannot be read is left out, and takes along what cannot be without it.
 * @param {Record<string, any>} given
 * @param {string | undefined} currency of the shop, without which there are no prices
 * @returns {{ offers: Offers, faults: Fault[] }} one fault for each thing that could not be read, named by its path
 */
export function readOffers(given, currency) {
  /** @type {Fault[]} */
  const faults = [];
  /** @param {string} where @param {string} message */
  const blame = (where, message) => void faults.push({ code: 'bad_option', where, message });
  /**
   * @param {Record<string, any>} from
   * @param {Fields} fields
   * @param {string} path
   * @param {Fields} [needed] of these fields
   * @returns {Record<string, any> | undefined} undefined: it lacks what is needed
   */
  const take = (from, fields, path, needed = {}) => {
    /** @type {Record<string, any>} */
    const taken = {};
    for (const name of Object.keys(from)) if (!Object.hasOwn(fields, name)) blame(path + name, 'unknown');
    for (const [name, expected] of Object.entries(fields)) {
      const raw = from[name] ?? undefined;
      const value = readMore(raw, expected);
      if (value !== undefined) taken[name] = value;
      else if (raw !== undefined || needed[name]) blame(path + name, refusal(raw, expected));
    }
    return Object.keys(needed).every((name) => name in taken) ? taken : undefined;
  };
  /** @param {any} one @param {number} place @returns {any[]} none, or the one */
  const link = (one, place) => {
    const where = `offers.alternatives[${place}]`;
    if (!read(one, 'an object')) blame(where, refusal(one, 'an object'));
    const taken = read(one, 'an object') && take(one, PRICED, where + '.', ALTERNATIVE);
    if (taken?.price !== undefined && !currency) taken.price = blame(where + '.price', 'needs a currency');
    return taken ? [taken] : [];
  };

  /** @type {any} */
  const { discount, alternatives, ...services } = take(given, OFFERS, 'offers.');
  /** @type {any} */
  const offers = services;
  if (discount) offers.discount = take(discount, DISCOUNT, 'offers.discount.', DISCOUNT);
  if (alternatives?.length > ALTERNATIVES_MAX) blame('offers.alternatives', `more than ${ALTERNATIVES_MAX}`);
  if (alternatives) offers.alternatives = alternatives.slice(0, ALTERNATIVES_MAX).flatMap(link);
  return { offers, faults };
}

/**
 * The `facts` signal of what was read: what the engine may choose from.
 * @param {Offers} offers
 */
export function offersSignal({ discount, alternatives, chat, saveCart }) {
  return factsSignal({
    discount: discount && discount.percent / 100,
    marginFloor: discount?.marginFloor,
    alternatives: alternatives?.length,
    chat: chat && true,
    saveCart: saveCart && true,
  });
}
