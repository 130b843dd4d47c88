/**
 * What is remembered of a shopper from visit to visit: how often and when a card was shown, and which side of the
 * holdout they are on. One key of localStorage, numbers only, written with consent alone; without it the same counts
 * live in memory and end with the page.
 */

import { openStore } from './store.js';

/** The one key in localStorage. */
export const KEY = 'falter';
/** No count goes over this, so that what is stored stays under 250 characters. */
const COUNT_MAX = 9999;

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
  /** 1 while there are goods in the cart, else 0 */
  cart: 0,
  /** when the last card was shown, wall ms; 0: never */
  shown: 0,
  /** when the last order was placed, wall ms; 0: never */
  purchased: 0,
  /** 0..1, drawn once; held out when under the holdout's share. 2: not drawn yet */
  bucket: 2,
};

/**
 * @typedef {typeof NEW} Past
 *
 * @typedef {object} Setup what the engine's `setup` reads besides; a key that is undefined means never
 * @property {boolean} held_out
 * @property {number | undefined} shown_ago_ms
 * @property {number | undefined} purchased_ago_ms
 */

/** @param {import('./store.js').Host} host */
export function openHistory(host) {
  const { usable, read, write, forget } = openStore('localStorage', KEY, host);
  let past = { ...NEW };

  /** Other tabs write too, so what they wrote last is read again before every change. */
  const recall = () => {
    const stored = read();
    // whatever is not as we write it counts as never
    for (const name of stored ? /** @type {(keyof Past)[]} */ (Object.keys(NEW)) : [])
      past[name] = Number.isFinite(stored?.[name]) && stored?.[name] >= 0 ? stored?.[name] : NEW[name];
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
        past.cart = 0;
      }),
    /** The cart's total changed. @param {number} value */
    cart: (value) => {
      recall();
      if (past.cart !== +(value > 0)) update(() => (past.cart = +(value > 0)));
    },
    /** A card was shown, or would have been but for the holdout: both start the same cool-down. */
    shown: () => update(() => (past.shown = Date.now())),
    dismissed: () => update(() => count('dismissals')),
    purchased: () =>
      update(() => {
        count('orders');
        past.purchased = Date.now();
        past.cart = past.left_and_returned = 0;
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
      recall();
      // nobody can foresee it, so nobody can choose a side
      if (past.bucket > 1 && usable()) update(() => (past.bucket = crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32));
      return {
        ...past,
        // A side that can't be remembered would change from page to page, so it isn't taken.
        held_out: usable() && past.bucket < holdout,
        shown_ago_ms: ago(past.shown),
        purchased_ago_ms: ago(past.purchased),
      };
    },
    /** Removes what is stored, whether or not storage is allowed now, and starts anew. */
    forget: () => {
      past = { ...NEW };
      forget();
    },
  };
}
