/**
 * One key of one of the browser's storages: an object of our version, used only with consent.
 */

/** Version of what is stored; another is not read. */
const VERSION = 2;

/**
 * @typedef {object} Host
 * @property {() => boolean} allowed whether storage may be used, asked at every read and write
 * @property {(error: unknown) => void} fault storage could not be used; told once
 */

/**
 * @param {'localStorage' | 'sessionStorage'} storage
 * @param {string} key
 * @param {Host} host
 */
export function openStore(storage, key, { allowed, fault }) {
  // Storage that failed once (full, forbidden) is left alone: reading back an old state would undo what came since.
  let failed = false;
  const usable = () => allowed() && !failed;
  /** @template T @param {(place: Storage) => T} use @returns {T | undefined} */
  const attempt = (use) => {
    try {
      if (usable()) return use(globalThis[storage]);
    } catch (error) {
      failed = true;
      fault(error);
    }
  };

  return {
    /** Whether what is written now would be kept. */
    usable,
    /** @returns {Record<string, any> | undefined} undefined: nothing of this version */
    read: () => {
      const text = attempt((place) => place.getItem(key));
      try {
        // what throws here is slow, and nothing stored is the usual
        const stored = JSON.parse(text ?? 'null');
        if (stored?.v === VERSION) return stored;
      } catch {
        // Not ours, or broken.
      }
    },
    /** @param {object} value @param {object} [lesser] what is kept where the value does not fit */
    write: (value, lesser = value) =>
      attempt((place) => {
        /** @param {object} kept */
        const put = (kept) => place.setItem(key, JSON.stringify({ v: VERSION, ...kept }));
        try {
          put(value);
        } catch {
          put(lesser);
        }
      }),
    /** Removes what is stored, whether or not storage is allowed now, and what sinks stored beside it. */
    forget: () => {
      try {
        for (const name of [key, key + '.sinks']) globalThis[storage].removeItem(name);
      } catch {
        // What can't be reached holds nothing of ours.
      }
    },
  };
}
