/**
 * A visit over several pages: shops reload the document at every click, so what the engine knows is kept in
 * sessionStorage from one page to the next. Only with consent. Each tab has a sessionStorage of its own; what one tab knows
 * gets to another by js/tabs.js.
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
 * @property {number} [cart] its total, money; undefined: not known
 * @property {boolean} [shared] other tabs go on with it, too
 * @property {number} [saved] wall ms; none on the visit's first page
 */

/** @param {import('./store.js').Host} host */
export function openSession(host) {
  const { usable, read, write, forget } = openStore('sessionStorage', KEY, host);
  return {
    usable,
    /** The visit that goes on, or a new one. @returns {Visit} */
    load: () => {
      const kept = /** @type {any} */ (read() ?? {});
      return Date.now() - kept.saved < GAP_MS
        ? { ...kept, state: Uint8Array.from(String(kept.state).split(',')) }
        : { id: Math.random().toString(36).slice(2), started: Date.now() };
    },
    /**
     * Keeps the visit for its next page. A recording that does not fit is left out, the state is not. Two handles on one page
     * keep theirs in the same place: the next page goes on with the one that was last.
     * @param {Visit} visit
     */
    save: ({ state, recording, ...visit }) => {
      const kept = { ...visit, saved: Date.now(), state: String(state) };
      write({ ...kept, recording }, kept);
    },
    forget,
  };
}
