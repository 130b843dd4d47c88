/**
 * A visit over several pages: shops reload the document at every click, so what the engine knows is kept in
 * sessionStorage from one page to the next. Only with consent.
 */

import { openStore } from './store.js';

/** The one key in sessionStorage. */
export const KEY = 'falter.session';
/** A visit ends after so long without a signal, ms. */
const GAP_MS = 30 * 60_000;

/**
 * @typedef {object} Visit
 * @property {string} id
 * @property {number} started wall ms
 * @property {Uint8Array} [state] of the engine; none on the visit's first page
 * @property {string} [recording] of the pages before, NDJSON
 */

/** @param {import('./store.js').Host} host */
export function openSession(host) {
  const { usable, read, write, forget } = openStore('sessionStorage', KEY, host);
  return {
    usable,
    /** The visit that goes on, or a new one. @returns {Visit} */
    load: () => {
      const { id, started, saved, state, recording } = read() ?? {};
      return Date.now() - saved < GAP_MS
        ? { id, started, state: Uint8Array.from(state ?? []), recording }
        : { id: crypto.randomUUID(), started: Date.now() };
    },
    /**
     * Keeps the visit for its next page. A recording that does not fit is left out, the state is not.
     * @param {Visit} visit
     */
    save: ({ id, started, state, recording }) => {
      const kept = { id, started, saved: Date.now(), state: [...(state ?? [])] };
      write({ ...kept, recording }, kept);
    },
    forget,
  };
}
