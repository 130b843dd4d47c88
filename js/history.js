/**
 * What is remembered of a shopper from visit to visit: how often and when a card was shown, and which side of the
 * holdout they are on. One key of localStorage, numbers only, written with consent alone; without it the same counts
 * live in memory and end with the page.
 */

/** The one key in localStorage. */
export const KEY = 'falter';
/** No count goes over this, so that what is stored stays under 250 characters. */
const COUNT_MAX = 9999;

/** Someone new; also the form of what is stored. */
const NEW = {
  /** version of this form; another version is not read */
  v: 1,
  /** visits begun, this one included */
  visits: 0,
  /** orders placed */
  orders: 0,
  /** cards waved away */
  dismissals: 0,
  /** visits begun after one that left a cart behind, since the last order */
  returns: 0,
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
 * @typedef {object} Setup what the engine's `setup` reads of it; a key that is undefined means never
 * @property {boolean} held_out
 * @property {number} dismissals
 * @property {number} visits
 * @property {number} orders
 * @property {number} left_and_returned
 * @property {number | undefined} shown_ago_ms
 * @property {number | undefined} purchased_ago_ms
 */

/**
 * @param {object} host
 * @param {() => boolean} host.allowed whether storage may be used, asked at every read and write
 * @param {() => Storage} host.storage may throw, as `localStorage` does where cookies are blocked
 * @param {() => number} host.now wall clock, ms
 * @param {() => number} host.coin uniform in [0, 1)
 * @param {(message: string) => void} [host.fault] storage could not be used; told once
 */
export function openHistory({ allowed, storage, now, coin, fault }) {
  let past = { ...NEW };
  // Storage that failed once (full, forbidden) is left alone: reading back an old state would undo what came since.
  let failed = false;

  const usable = () => allowed() && !failed;
  /** @template T @param {(place: Storage) => T} use @returns {T | undefined} */
  const attempt = (use) => {
    try {
      if (usable()) return use(storage());
    } catch (error) {
      failed = true;
      fault?.(String(error));
    }
  };
  /** Other tabs write too, so what they wrote last is read again before every change. */
  const recall = () => (past = read(attempt((place) => place.getItem(KEY))) ?? past);
  /** @param {(known: Past) => unknown} change */
  const update = (change) => {
    change(recall());
    attempt((place) => place.setItem(KEY, JSON.stringify(past)));
  };
  /** @param {keyof Past} name */
  const count = (name) => (past[name] = Math.min(COUNT_MAX, past[name] + 1));
  /** A clock that was set back must not lengthen a wait. @param {number} at */
  const ago = (at) => (at ? Math.max(0, now() - at) : undefined);

  return {
    /** A visit begins; not called again for its further pages. */
    visit: () =>
      update((known) => {
        count('visits');
        if (known.cart) count('returns');
        known.cart = 0;
      }),
    /** The cart's total changed. @param {number} value */
    cart: (value) => {
      if (recall().cart !== +(value > 0)) update((known) => (known.cart = +(value > 0)));
    },
    /** A card was shown, or would have been but for the holdout: both start the same cool-down. */
    shown: () => update((known) => (known.shown = now())),
    dismissed: () => update(() => count('dismissals')),
    purchased: () =>
      update((known) => {
        count('orders');
        known.purchased = now();
        known.cart = known.returns = 0;
      }),
    /**
     * The engine's view of it.
     * @param {number} holdout share of shoppers held out, 0..1
     * @returns {Setup}
     */
    setup: (holdout) => {
      if (recall().bucket > 1 && usable()) update((known) => (known.bucket = coin()));
      return {
        // A side that can't be remembered would change from page to page, so it isn't taken.
        held_out: usable() && past.bucket < holdout,
        dismissals: past.dismissals,
        visits: past.visits,
        orders: past.orders,
        left_and_returned: past.returns,
        shown_ago_ms: ago(past.shown),
        purchased_ago_ms: ago(past.purchased),
      };
    },
    /** Removes what is stored, whether or not storage is allowed now, and starts anew. */
    forget: () => {
      past = { ...NEW };
      try {
        storage().removeItem(KEY);
      } catch {
        // What can't be reached holds nothing of ours.
      }
    },
  };
}

/**
 * Reads the stored form; whatever is not as this version writes it counts as never.
 * @param {string | null | undefined} text
 * @returns {Past | undefined} undefined: nothing of this version
 */
function read(text) {
  try {
    const stored = JSON.parse(text ?? '');
    if (stored.v !== NEW.v) return;
    const past = { ...NEW };
    for (const name of /** @type {(keyof Past)[]} */ (Object.keys(NEW)))
      if (Number.isFinite(stored[name]) && stored[name] >= 0) past[name] = stored[name];
    return past;
  } catch {
    // Not ours, or broken.
  }
}
