/**
 * What is remembered of a shopper from visit to visit: how often and when a card was shown, what they left in the cart, and
 * which side of the holdout they are on. One key of localStorage, numbers only, written with consent alone; without it the same counts
 * live in memory and end with the page.
 */

import { openStore } from './store.js';

/** The key in localStorage. */
export const KEY = 'falter';
/** No count goes over this, and no amount over the other, so that what is stored stays under 300 characters. */
const COUNT_MAX = 9999;
const AMOUNT_MAX = 1e6;
/** Digits after the point that are kept: no currency has more. */
const DIGITS = 3;

/** Someone new; also the form of what is stored. */
const NEW = {
  /** visits begun, this one included */
  visits: 0,
  /** orders placed */
  orders: 0,
  /** cards waved away */
  dismissals: 0,
  /** visits begun after one that left a cart behind, since the last order */
  left_and_returned: 0,
  /** total of the cart, money */
  cart: 0,
  /** total of the cart that the visit before left behind; 0: none, or there was a card since */
  left: 0,
  /** what `left` was when there was: the same total is not spoken of again */
  welcomed: 0,
  /** when the last card was shown, wall ms; 0: never */
  shown: 0,
  /** when the last one on a play's cue was, wall ms; 0: never */
  played: 0,
  /** when the last order was placed, wall ms; 0: never */
  purchased: 0,
  /** its value, money */
  spent: 0,
  /**
   * 0..1, drawn once: by it the shopper is held out, when it is under the holdout's share, meets one variant of a text, and is
   * known to the sinks. 2: not yet
   */
  bucket: 2,
};

/**
 * @typedef {typeof NEW} Past
 *
 * @typedef {object} Setup what the engine's `setup` reads besides; a key that is undefined means never
 * @property {boolean} held_out
 * @property {number | undefined} shown_ago_ms
 * @property {number | undefined} play_shown_ago_ms
 * @property {number | undefined} purchased_ago_ms
 * @property {number} left_cart money
 */

/** @param {number} value money */
const amount = (value) => +Math.min(AMOUNT_MAX, value).toFixed(DIGITS);

/** @param {import('./store.js').Host} host */
export function openHistory(host) {
  const { usable, read, write, forget } = openStore('localStorage', KEY, host);
  let past = { ...NEW };
  /** Whether there was a record when last looked at. */
  let held = false;

  /** Other tabs write too, so what they wrote last is read again before every change. */
  const recall = () => {
    const stored = read();
    // another tab was told to forget
    if (held && !stored && usable()) past = { ...NEW };
    held = Boolean(stored);
    // whatever is not as we write it counts as never
    if (stored) {
      for (const name of /** @type {(keyof Past)[]} */ (Object.keys(NEW))) {
        const value = stored[name];
        past[name] = Number.isFinite(value) && value >= 0 ? value : NEW[name];
      }
    }
    // its 52 bits also tell one visitor from another
    if (past.bucket > 1) past.bucket = Math.random();
    return stored;
  };
  /** @param {() => void} change */
  const update = (change) => {
    recall();
    change();
    write(past);
  };
  /** @param {keyof Past} name */
  const count = (name) => (past[name] = Math.min(COUNT_MAX, past[name] + 1));

  return {
    /** A visit begins; not called again for its further pages. */
    visit: () =>
      update(() => {
        count('visits');
        if (past.cart) count('left_and_returned');
        past.left = past.cart === past.welcomed ? 0 : past.cart;
        past.cart = 0;
      }),
    /** The cart's total changed. @param {number} value */
    cart: (value) => update(() => (past.cart = amount(value))),
    /**
     * A card was shown, or would have been but for the holdout: both start the same cool-downs.
     * What they had left in the cart is not brought up after it: a card that is held out doesn't tell what it would have said.
     * @param {string | null} [play] on whose cue
     * @returns {boolean} false: it should have been stored, and could not; what can't be remembered could come again on every page
     */
    shown: (play) => {
      update(() => {
        past.shown = Date.now();
        if (play) past.played = past.shown;
        past.welcomed = past.left || past.welcomed;
        past.left = 0;
      });
      return usable() || !host.allowed();
    },
    dismissed: () => update(() => count('dismissals')),
    /** @param {number} spent money */
    purchased: (spent) =>
      update(() => {
        count('orders');
        past.spent = amount(spent);
        past.purchased = Date.now();
        past.cart = past.left = past.left_and_returned = 0;
      }),
    /**
     * The engine's view of it.
     * @param {number} holdout share of shoppers held out, 0..1
     * @param {number} started wall ms, of the visit: the engine adds its own time to what lay before
     * @returns {Past & Setup}
     */
    setup: (holdout, started) => {
      /** A clock that was set back must not lengthen a wait. @param {number} at */
      const ago = (at) => (at ? Math.max(0, started - at) : undefined);
      // a side that is taken is kept
      if (!recall()) write(past);
      return {
        ...past,
        // A side that can't be remembered would change from page to page, so it isn't taken.
        held_out: usable() && past.bucket < holdout,
        shown_ago_ms: ago(past.shown),
        play_shown_ago_ms: ago(past.played),
        purchased_ago_ms: ago(past.purchased),
        left_cart: past.left,
      };
    },
    /**
     * What is known; where nothing may be stored, of this page alone.
     * @returns {Past}
     */
    past: () => {
      recall();
      return past;
    },
    /** Removes what is stored, whether or not storage is allowed now, and starts anew. */
    forget: () => {
      past = { ...NEW };
      forget();
    },
  };
}
