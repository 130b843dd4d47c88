/**
 * Options and facts: read once, at the edge, trusted inside.
 *
 * Everything a shop can say goes through {@link parseOptions}: attributes of the script tag and properties of an
 * object alike. What cannot be read is left out or set to its default, and named in a fault; nothing throws, and no
 * text is ever parsed as HTML.
 */

/**
 * @typedef {'required' | 'granted' | 'memory'} Consent
 * @typedef {'corner' | 'bar' | 'inline' | 'modal'} Layout
 * @typedef {{ count: number, provider?: string }} Instalments 2–60 equal payments; provider: at most 40 characters
 * @typedef {{ title: string, url: string, price?: number }} Alternative what the shop would show instead; price: money
 *
 * @typedef {object} Facts What the shop has said about itself. A fact that was not given is undefined.
 * @property {string} [currency] ISO 4217, upper case
 * @property {number} [freeShippingFrom] cart total from which shipping is free, money; 0: always
 * @property {number} [shippingPrice] price of shipping below that, money
 * @property {number} [deliveryDays] days until delivery, at most
 * @property {number} [returnsDays] days within which goods can be returned
 * @property {Instalments[]} [instalments] how the cart can be paid in parts, at most 4 ways; given as "3 Klarna, 12 PayPal"
 * @property {number} [pricePromise] days for which a lower price elsewhere is refunded; 0: without an end
 * @property {boolean} [guestCheckout] whether one can order without an account
 * @property {number} [usualOrder] the shopper's usual order value, money
 * @property {string} [cartUrl] address of the cart page
 * @property {string} [helpUrl] address where a person answers
 * @property {string[]} [paymentMethods] how one can pay, 1–8 names; given as "Visa, PayPal"
 * @property {{ count: number, at: number }} [stock] pieces left of what is shown, 1–10000, and when they were counted, wall ms;
 *   given as "4 2026-11-21T10:00Z", within an hour of it
 * @property {{ count: number, hours: number }} [sold] pieces sold in the last hours, 1–720; given as "12 24"
 * @property {number} [loyaltyPoints] the shopper's own
 * @property {number} [orderCount] the shopper's orders so far
 * @property {number} [lastOrderDays] days since the last of them
 * @property {number} [margin] of the cart, as a share of its total, 0..1
 * @property {string} [segment] of shoppers, a word
 *
 * @typedef {object} Offers What the shop lets a card offer. What was not given is undefined.
 * @property {{ percent: number, code: string, marginFloor: number }} [discount] percent: 1–50 of the cart; marginFloor: the
 *   margin that has to be left, 0..1
 * @property {Alternative[]} [alternatives] at most 3
 * @property {() => void} [chat] opens the shop's chat
 * @property {() => void} [saveCart] keeps the cart for later, as the shop does
 *
 * @typedef {object} Options
 * @property {Consent} consent
 * @property {'shopify' | 'google' | 'tcf'} [consentFrom] the platform that says what the shopper allows (js/consent/bridges.js)
 * @property {'calm' | 'balanced' | 'eager' | number} sensitivity a preset, or 0..1 where 1 shows the most cards
 * @property {number | undefined} shareOfVisits 0..1, goes before `sensitivity`
 * @property {number} holdout 0..1
 * @property {string} lang BCP 47; '' means the page's own
 * @property {'shopify' | 'woocommerce' | 'datalayer' | 'none' | 'auto'} shop
 * @property {Layout} layout
 * @property {boolean} ask whether the card ends with "what's missing?"
 * @property {boolean} debug
 * @property {boolean} publicEvents events are sent on `document` too
 * @property {string} base folder, ending in '/', that the other files are loaded from; '' means beside the module
 * @property {Facts} facts
 * @property {Record<string, any>} messages own texts: language → message → title, body, act, dismiss
 * @property {Record<string, any>} sections section → CSS selector
 * @property {Offers} offers
 * @property {Record<string, any>} sinks sink → true or its settings
 * @property {Record<string, any>} on event → listener
 * @property {any[]} [plays] the shop's own, in place of the published ones (js/plays.js reads them)
 * @property {number} [arming] no card before so many seconds of the visit, 0..60
 * @property {Record<string, number>} [confidence] reason → posterior under which a card answers in general, 0..1; given as an
 *   object, or as "shipping_cost 0.5, returns 0.4" (js/further/confidence.js)
 *
 * @typedef {{ code: 'bad_option' | 'bad_fact', where: string, message: string }} Fault
 * @typedef {Record<string, { raw: any, where: string }>} Further facts and confidence as they were given, and their names or attributes
 */

/** A million is more than any cart and still exact in the engine. */
export const MONEY = '0..1000000';
const FLAG = 'true|false';
export const SHARE = '0..1';
/** Given by few shops, and read by js/further.js; one way to pay in parts is read here, too. */
const FURTHER = 'further';

/**
 * The one table: name, and what it may be. A name's attribute is `data-` and the name with dashes, its name in the
 * engine the one with underscores. What it may be is told in faults as it stands here: alternatives, ranges (of whole
 * numbers where they count something) or a shape below. More days than these are a slip.
 * @typedef {Record<string, string>} Table
 * @type {Table}
 */
const FACTS = {
  currency: 'a currency',
  freeShippingFrom: MONEY,
  shippingPrice: MONEY,
  deliveryDays: '1..180 days',
  returnsDays: '1..730 days',
  instalments: FURTHER,
  pricePromise: FLAG + '|1..366 days',
  guestCheckout: FLAG,
  usualOrder: MONEY,
  cartUrl: 'an address',
  helpUrl: 'an address',
  paymentMethods: FURTHER,
  stock: FURTHER,
  sold: FURTHER,
  loyaltyPoints: FURTHER,
  orderCount: FURTHER,
  lastOrderDays: FURTHER,
  margin: FURTHER,
  segment: FURTHER,
};
/** @type {Table} */
const OPTIONS = {
  consent: 'required|granted|memory',
  consentFrom: 'shopify|google|tcf',
  sensitivity: 'calm|balanced|eager|0..1',
  shareOfVisits: SHARE,
  holdout: SHARE,
  lang: 'a language',
  shop: 'shopify|woocommerce|datalayer|none|auto',
  layout: 'corner|bar|inline|modal',
  ask: FLAG,
  debug: FLAG,
  publicEvents: FLAG,
  base: 'a folder',
  messages: 'an object',
  sections: 'an object',
  sinks: 'an object',
  on: 'an object',
  offers: 'an object',
  plays: 'a list',
  facts: 'an object',
  arming: '0..60',
  confidence: FURTHER,
};
/** What an option is that was not given. @type {Record<string, any>} */
const DEFAULTS = {
  consent: 'required',
  sensitivity: 'balanced',
  holdout: 0.1,
  lang: '',
  shop: 'auto',
  layout: 'corner',
  ask: false,
  debug: false,
  publicEvents: false,
  base: '',
};
/** @type {Record<string, RegExp>} */
const SHAPES = {
  'a language': /^[a-z]{2,3}(-\w{2,8})*$/i,
  'a currency': /^[a-z]{3}$/i,
  'a folder': /\/$/,
  // Whatever could run (javascript:, data:) is none.
  'an address': /^(https?:|mailto:|tel:|[/.#?])[^\s<>"]{0,500}$/,
};

/** A few words of it; objects have none, and some can't even be turned into any. @param {any} raw */
export const quoted = (raw) => (typeof raw === 'object' ? '<object>' : String(raw));

/** What is told of what could not be read. @param {any} raw @param {string} expected */
export const refusal = (raw, expected) => `"${quoted(raw).slice(0, 40)}" is not ${expected}`;

/**
 * @param {any} raw
 * @param {string} expected
 * @returns {any} undefined: it is not what was expected (null is neither)
 */
export function read(raw, expected) {
  const text = quoted(raw);
  const shape = SHAPES[expected];
  if (shape) return shape.test(text) ? text : undefined;
  if (expected[0] === 'a') return typeof raw === 'object' && Array.isArray(raw) === (expected === 'a list') ? raw : undefined;
  for (const one of expected.split('|')) {
    const [min, max] = one.split('..').map(parseFloat);
    if (max) {
      const number = +text;
      if (/^\d*\.?\d+$/.test(text) && number >= min && number <= max && (!one.includes(' ') || number % 1 === 0)) return number;
      // An attribute that is there without a value means yes.
    } else if (text === one || (one === 'true' && text === '')) return one === 'true' || (one !== 'false' && one);
  }
}

/** @param {string} name @param {string} dash */
const spelt = (name, dash) => name.replace(/[A-Z]/g, (capital) => dash + capital.toLowerCase());

/**
 * Reads what the shop gave. What came later is laid over what came before: groups (`facts`, `messages`, …) are joined, the rest is
 * replaced.
 *
 * `given` holds options by name (`layout`, `facts`, …) and attributes by theirs (`data-layout`); a name goes before
 * its attribute. Attributes that are not ours are let be, names that are not ours are faults.
 *
 * @param {any} [before]
 * @param {Record<string, any>} [more]
 * @returns {{ given: Record<string, any>, options: Options, faults: Fault[], further: Further }} given: all of it, to lay more over;
 *   one fault for each thing that could not be read; further: what js/further.js reads
 * @throws what a getter, a proxy or a text of the page's own throws, and nothing later does: of objects, a copy is taken
 */
export function parseOptions(before, more) {
  /** @type {Record<string, any>} */
  const given = { ...before, ...more };
  for (const name of Object.keys(given))
    if (read(more?.[name], 'an object') && read(before[name], 'an object')) given[name] = { ...before[name], ...more?.[name] };
  /** @type {Fault[]} */
  const faults = [];
  /** @type {Further} */
  const further = {};
  /** @type {string | undefined} */
  let currency;
  /**
   * @param {Record<string, any>} from
   * @param {Table} table
   * @param {Fault['code']} code
   * @returns {any}
   */
  const take = (from, table, code) => {
    /** @type {Record<string, any>} */
    const taken = {};
    /** @param {string} where @param {string} message */
    const blame = (where, message) => void faults.push({ code, where, message });
    for (const [name, expected] of Object.entries(table)) {
      const attribute = 'data-' + spelt(name, '-').replace('g-from', 'g');
      const where = from[name] == null ? attribute : name;
      const raw = from[name] ?? given[attribute];
      let value;
      if (raw == null) {
        // it was not given
      } else if (expected === FURTHER) further[name] = { raw, where };
      else if ((value = read(raw, expected)) === undefined) blame(where, refusal(raw, expected));
      else if (name === 'currency') value = currency = value.toUpperCase();
      else if (!currency && expected === MONEY) value = blame(name, 'needs a currency');
      taken[name] = expected === 'an object' ? { ...value } : (value ?? DEFAULTS[name]);
    }
    for (const name of Object.keys(from)) if (!table[name] && !name.startsWith('data-')) blame(name, 'unknown');
    return taken;
  };

  const options = take(given, OPTIONS, 'bad_option');
  const facts = (options.facts = take(options.facts, FACTS, 'bad_fact'));
  const [, count, provider] = /^([2-9]|[1-5]\d|60)(?: ([^<>,]{1,40}))?$/.exec(quoted(further.instalments?.raw)) ?? [];
  if (currency && count) {
    facts.instalments = [{ count: +count, provider }];
    delete further.instalments;
  }
  // Shipping for nothing is free shipping.
  if (facts.shippingPrice === 0) Object.assign(facts, { freeShippingFrom: 0, shippingPrice: undefined });
  // A promise without days has no end; one that isn't given is no fact.
  facts.pricePromise = facts.pricePromise === true ? 0 : facts.pricePromise || undefined;
  return { given, options, faults, further };
}

/**
 * How many cards may be shown and from when on, as the engine's `setup` takes it: a share of the visits without a leave, looked up
 * in the model's table; where that is undefined a risk from which on a card may be shown, 0..1; and ms of a visit without one. NaN:
 * as the engine has it.
 * @param {Options} options
 * @returns {{ share: number | undefined, threshold: number, arming_ms: number }} share: 0..1
 */
export function reach({ sensitivity, shareOfVisits, arming }) {
  return {
    share: shareOfVisits ?? { calm: 0.02, balanced: 0.05, eager: 0.1 }[/** @type {'calm'} */ (sensitivity)],
    threshold: 1 - /** @type {number} */ (sensitivity),
    arming_ms: 1000 * /** @type {number} */ (arming),
  };
}

/**
 * The `facts` signal, as the engine and recordings take it.
 * @param {Record<string, any>} facts
 * @returns {{ s: 'facts' } & Record<string, number>} what was not given has no key
 */
export function factsSignal(facts) {
  /** @type {any} */
  const signal = { s: 'facts' };
  for (const [name, value] of Object.entries(facts)) {
    // of several ways to pay in parts the first is the one broken down
    const number = Number(value?.[0]?.count ?? value);
    if (number >= 0) signal[spelt(name, '_')] = number;
  }
  return signal;
}
