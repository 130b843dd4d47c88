/**
 * What is sent of an event: the fields listed here and no others (docs/sinks.schema.json says what each may be). No address of
 * a page, no text of a field, nobody's name: who it was is a random number of falter's own.
 */

/** Version of what is sent. */
const VERSION = 1;
/** Of money and risk more digits would only pretend. */
const DIGITS = 1000;
/** Words of the shop's own: names of plays and of variants. */
const WORD_MAX = 80;

/** What is sent of each type; other types are not. @type {Record<string, string[]>} */
const FIELDS = {
  exposure: ['t', 'side', 'rendered', 'vetoed', 'reason', 'play', 'cart'],
  show: ['reason', 'message', 'offer', 'variant', 'play', 'tone'],
  act: ['reason', 'message', 'how'],
  dismiss: ['reason', 'message', 'how'],
  answer: ['reason'],
  leave: ['t', 'reason', 'risk', 'cart'],
  purchase: ['value'],
};

/** Those of them that are money. */
const AMOUNTS = ['value', 'cart'];

/**
 * @typedef {{ v: number, id: string, type: string, at: number, visitor: string } & Record<string, string | number | boolean>} Sent
 *   id: random, the same however often it is sent; at: wall ms; visitor: random, as long as the shopper's storage lasts
 */

/** @returns {string} 96 random bits */
function randomId() {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36).padStart(7, '0')).join('');
}

/** @param {any} value @returns {string | number | boolean | undefined} undefined: nothing is known */
function plain(value) {
  if (typeof value === 'number') {
    const rounded = Math.round(value * DIGITS) / DIGITS;
    return isFinite(rounded) ? rounded : undefined;
  }
  if (typeof value === 'string') return value.slice(0, WORD_MAX) || undefined;
  return typeof value === 'boolean' ? value : undefined;
}

/** What shops tell themselves may be text, or a refund. @param {any} told @returns {number | undefined} money */
function amount(told) {
  const value = parseFloat(told);
  return value >= 0 ? value : undefined;
}

/**
 * @param {import('../options.js').Options} options
 * @param {import('../sinks.js').Host['history']} history
 */
export function openEvents(options, history) {
  /** The digits of the shopper's own random number, which a `forget` draws anew. */
  const visitor = () => history.past().bucket.toString(36).slice(2) || '0';

  return {
    visitor,
    /** Those that are sent. */
    types: Object.keys(FIELDS),
    /**
     * @param {string} type one of them
     * @param {Record<string, any>} detail
     * @param {number} [at] wall ms
     * @returns {Sent}
     */
    make: (type, detail, at = Date.now()) => {
      /** @type {Sent} */
      const event = { v: VERSION, id: randomId(), type, at, visitor: visitor() };
      for (const field of FIELDS[type]) {
        const value = plain(AMOUNTS.includes(field) ? amount(detail[field]) : detail[field]);
        if (value !== undefined) event[field] = value;
      }
      const { currency } = options.facts;
      if (currency && ('cart' in event || 'value' in event)) event.currency = currency;
      if (type === 'exposure') event.holdout = options.holdout;
      if (event.offer === 'discount' && options.offers.discount) event.percent = options.offers.discount.percent;
      return event;
    },
  };
}
