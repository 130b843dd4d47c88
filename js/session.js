/**
 * A visit over several pages: shops reload the document at every click, so what the engine knows is kept in
 * sessionStorage from one page to the next. Only with consent.
 */

/** The one key in sessionStorage. */
export const KEY = 'falter.session';
/** Version of what is stored; another is not read. */
const VERSION = 1;
/** A visit ends after so long without a signal, ms. */
const GAP_MS = 30 * 60_000;

/**
 * @typedef {object} Visit
 * @property {string} id
 * @property {number} started wall ms
 * @property {Uint8Array} [state] of the engine; none on the visit's first page
 * @property {string} [recording] of the pages before, NDJSON
 *
 * @typedef {object} Host
 * @property {() => boolean} allowed whether storage may be used
 * @property {(message: string) => void} fault storage could not be used
 */

/** @param {Host} host */
export function openSession({ allowed, fault }) {
  /** @template T @param {() => T} use @returns {T | undefined} */
  const attempt = (use) => {
    try {
      if (allowed()) return use();
    } catch (error) {
      fault(String(error));
    }
  };

  return {
    /** The visit that goes on, or a new one. @returns {Visit} */
    load: () => attempt(() => read(sessionStorage.getItem(KEY))) ?? { id: crypto.randomUUID(), started: Date.now() },
    /**
     * Keeps the visit for its next page. A recording that does not fit is left out, the state is not.
     * @param {Visit} visit
     */
    save: ({ id, started, state, recording }) =>
      attempt(() => {
        const kept = { v: VERSION, id, started, saved: Date.now(), state: toText(state ?? new Uint8Array()) };
        try {
          sessionStorage.setItem(KEY, JSON.stringify({ ...kept, recording }));
        } catch (error) {
          if (!recording) throw error;
          sessionStorage.setItem(KEY, JSON.stringify(kept));
        }
      }),
    /** Removes what is stored, whether or not storage is allowed now. */
    forget: () => {
      try {
        sessionStorage.removeItem(KEY);
      } catch {
        // What can't be reached holds nothing of ours.
      }
    },
  };
}

/** @param {string | null} text @returns {Visit | undefined} undefined: nothing of this version, or too old */
function read(text) {
  try {
    const { v, id, started, saved, state, recording } = JSON.parse(text ?? '');
    if (v === VERSION && Date.now() - saved < GAP_MS) return { id, started, state: fromText(state), recording };
  } catch {
    // Not ours, or broken: the visit begins anew.
  }
}

/** @param {Uint8Array} bytes */
const toText = (bytes) => btoa(String.fromCharCode(...bytes));

/** @param {string} text */
const fromText = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
