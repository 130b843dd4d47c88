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
 *
 * @typedef {object} Facts What the shop has said about itself. A fact that was not given is undefined.
 * @property {string} [currency] ISO 4217, upper case
 * @property {number} [freeShippingFrom] cart total from which shipping is free, money; 0: always
 * @property {number} [shippingPrice] price of shipping below that, money
 * @property {number} [deliveryDays] days until delivery, at most
 * @property {number} [returnsDays] days within which goods can be returned
 * @property {Instalments} [instalments] how the cart can be paid in parts; given as "3 Klarna"
 * @property {number} [pricePromise] days for which a lower price elsewhere is refunded; 0: without an end
 * @property {boolean} [guestCheckout] whether one can order without an account
 * @property {number} [usualOrder] the shopper's usual order value, money
 * @property {string} [cartUrl] address of the cart page
 * @property {string} [helpUrl] address where a person answers
 *
 * @typedef {object} Options
 * @property {Consent} consent
 * @property {'calm' | 'balanced' | 'eager' | number} sensitivity a preset, or 0..1 where 1 shows the most cards
 * @property {number | undefined} shareOfVisits 0..1, goes before `sensitivity`
 * @property {number} holdout 0..1
 * @property {string} lang BCP 47; '' means the page's own
 * @property {'shopify' | 'woocommerce' | 'datalayer' | 'none' | 'auto'} shop
 * @property {Layout} layout
 * @property {boolean} debug
 * @property {boolean} publicEvents events are sent on `document` too
 * @property {string} base folder, ending in '/', that the other files are loaded from; '' means beside the module
 * @property {Facts} facts
 * @property {Record<string, any>} messages own texts: language → message → title, body, act, dismiss
 * @property {Record<string, any>} sections section → CSS selector
 * @property {Record<string, any>} offers
 * @property {Record<string, any>} sinks sink → true or its settings
 * @property {Record<string, any>} on event → listener
 * @property {any[]} plays
 *
 * @typedef {{ code: 'bad_option' | 'bad_fact', where: string, message: string }} Fault
 */

/** A million is more than any cart and still exact in the engine. */
const MONEY = '0..1000000';
const FLAG = 'true|false';

/**
 * The one table: name, what it may be, default. A name's attribute is `data-` and the name with dashes, its name in
 * the engine the one with underscores. What it may be is told in faults as it stands here: alternatives, ranges (of
 * whole numbers where they count something), or a shape below. More days than these are a slip.
 * @type {Record<string, readonly [expected: string, fallback?: any]>}
 */
const OPTIONS = {
  consent: ['required|granted|memory', 'required'],
  sensitivity: ['calm|balanced|eager|0..1', 'balanced'],
  shareOfVisits: ['0..1'],
  holdout: ['0..1', 0.1],
  lang: ['a language', ''],
  shop: ['shopify|woocommerce|datalayer|none|auto', 'auto'],
  layout: ['corner|bar|inline|modal', 'corner'],
  debug: [FLAG, false],
  publicEvents: [FLAG, false],
  base: ['a folder', ''],
  messages: ['an object', {}],
  sections: ['an object', {}],
  offers: ['an object', {}],
  sinks: ['an object', {}],
  on: ['an object', {}],
  plays: ['a list', []],
  facts: ['an object', {}],
};
/** @type {typeof OPTIONS} */
const FACTS = {
  currency: ['a currency'],
  freeShippingFrom: [MONEY],
  shippingPrice: [MONEY],
  deliveryDays: ['1..180 days'],
  returnsDays: ['1..730 days'],
  instalments: ['2..60 and a name'],
  pricePromise: [FLAG + '|1..366 days'],
  guestCheckout: [FLAG],
  usualOrder: [MONEY],
  cartUrl: ['an address'],
  helpUrl: ['an address'],
};
/** @type {Record<string, RegExp>} */
const SHAPES = {
  'a language': /^[a-z]{2,3}(-\w{2,8})*$/i,
  'a currency': /^[a-z]{3}$/i,
  'a folder': /\/$/,
  // Whatever could run (javascript:, data:) is none.
  'an address': /^(https?:|mailto:|tel:|[/.#?])[^\s<>"]{0,500}$/,
  '2..60 and a name': /^([2-9]|[1-5]\d|60)( [^<>]{1,40})?$/,
};

/** A few words of it; objects have none, and some can't even be turned into any. @param {any} raw */
const quoted = (raw) => (typeof raw === 'object' ? 'object' : String(raw));

/**
 * @param {any} raw
 * @param {string} expected
 * @returns {any} undefined: it is not what was expected
 */
function read(raw, expected) {
  const text = quoted(raw);
  const shape = SHAPES[expected];
  if (shape) return shape.test(text) ? text : undefined;
  if (expected[0] === 'a')
    return text === 'object' && Array.isArray(raw) === (expected === 'a list') ? raw : undefined;
  for (const one of expected.split('|')) {
    const [min, max] = one.split('..').map(parseFloat);
    if (max !== undefined) {
      const number = /^\d*\.?\d+$/.test(text) ? +text : NaN;
      if (number >= min && number <= max && (!one.includes(' ') || number % 1 === 0)) return number;
      // An attribute that is there without a value means yes.
    } else if (text === one || (one === 'true' && text === '')) return one === 'true' || (one !== 'false' && one);
  }
}

/** @param {string} name @param {string} dash */
const spelt = (name, dash) => name.replace(/[A-Z]/g, (capital) => dash + capital.toLowerCase());

/**
 * Reads what the shop gave.
 *
 * `given` holds options by name (`layout`, `facts`, …) and attributes by theirs (`data-layout`); a name goes before
 * its attribute. Attributes that are not ours are let be, names that are not ours are faults.
 *
 * @param {Record<string, any>} [given]
 * @returns {{ options: Options, faults: Fault[] }} one fault for each thing that could not be read
 */
export function parseOptions(given = {}) {
  /** @type {Fault[]} */
  const faults = [];
  /**
   * @param {Record<string, any>} from
   * @param {typeof OPTIONS} table
   * @param {Fault['code']} code
   * @returns {any}
   */
  const take = (from, table, code) => {
    /** @type {Record<string, any>} */
    const taken = {};
    /** @param {string} where @param {string} message */
    const blame = (where, message) => faults.push({ code, where, message });
    for (const [name, [expected, fallback]] of Object.entries(table)) {
      const attribute = 'data-' + spelt(name, '-').replace('-from', '');
      const named = from[name] ?? undefined;
      const raw = named ?? given[attribute] ?? undefined;
      const value = raw === undefined ? raw : read(raw, expected);
      taken[name] = value ?? fallback;
      if (raw !== undefined && value === undefined)
        blame(named === undefined ? attribute : name, `"${quoted(raw).slice(0, 40)}" is not ${expected}`);
    }
    for (const name in from) if (!table[name] && !/^data-/.test(name)) blame(name, 'unknown');
    return taken;
  };

  const options = take(given, OPTIONS, 'bad_option');
  const facts = (options.facts = take(options.facts, FACTS, 'bad_fact'));
  facts.currency = facts.currency?.toUpperCase();
  for (const name in FACTS) {
    const isAmount = FACTS[name][0] === MONEY || name === 'instalments';
    if (isAmount && !facts.currency && facts[name] !== undefined) {
      faults.push({ code: 'bad_fact', where: name, message: 'needs a currency' });
      facts[name] = undefined;
    }
  }
  // Shipping for nothing is free shipping.
  if (facts.shippingPrice === 0) Object.assign(facts, { freeShippingFrom: 0, shippingPrice: undefined });
  const [, count, provider] = /(\d+) ?(.+)?/.exec(facts.instalments) ?? [];
  if (count) facts.instalments = { count: +count, provider };
  // A promise without days has no end; one that isn't given is no fact.
  facts.pricePromise = facts.pricePromise === true ? 0 : facts.pricePromise || undefined;
  return { options, faults };
}

/**
 * Lays what came later over what came before: groups (`facts`, `messages`, …) are joined, the rest is replaced.
 * @param {Record<string, any>} given
 * @param {Record<string, any>} [more]
 * @returns {Record<string, any>}
 */
export function mergeGiven(given, more = {}) {
  const joined = { ...given, ...more };
  for (const name in OPTIONS)
    if (read(more[name], 'an object') && read(given[name], 'an object'))
      joined[name] = { ...given[name], ...more[name] };
  return joined;
}

/**
 * How many cards may be shown, as the engine's `setup` takes it: a share of the visits without a leave, looked up in
 * the model's table, or a risk from which on a card may be shown.
 * @param {Options} options
 * @returns {{ share: number } | { threshold: number }} both 0..1
 */
export function reach({ sensitivity, shareOfVisits }) {
  return shareOfVisits === undefined && typeof sensitivity === 'number'
    ? { threshold: 1 - sensitivity }
    : { share: shareOfVisits ?? { calm: 0.02, balanced: 0.05, eager: 0.1 }[/** @type {'calm'} */ (sensitivity)] };
}

/**
 * The `facts` signal, as the engine and recordings take it.
 * @param {Facts} facts
 * @returns {{ s: 'facts' } & Record<string, any>} numbers only; a fact that was not given has no key
 */
export function factsSignal(facts) {
  /** @type {{ s: 'facts' } & Record<string, any>} */
  const signal = { s: 'facts' };
  for (const [name, value] of Object.entries(/** @type {Record<string, any>} */ (facts))) {
    const number = Number(value?.count ?? value ?? NaN);
    if (number >= 0) signal[spelt(name, '_')] = number;
  }
  return signal;
}
