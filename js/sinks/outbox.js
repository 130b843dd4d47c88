/**
 * What sinks remember: events that no answer has come for yet, and how many orders were told. Kept in localStorage, so that it
 * outlives the page, and bounded. Other tabs of the shop read and write the same, so what is stored is read again before every
 * change.
 */

import { KEY as SHOPPER } from '../history.js';
import { openStore } from '../store.js';

/** The key in localStorage: beside the history's, and removed with it (js/store.js). */
export const KEY = `${SHOPPER}.sinks`;
/** Events kept; a visit has about ten. */
const EVENTS_MAX = 200;
/** Their text, in all: under half of the 64 KiB that a page may have under way when it closes (Fetch standard, keepalive). */
const BYTES_MAX = 30_000;

/** @typedef {import('./event.js').Sent} Sent */

/**
 * @param {object} host
 * @param {() => boolean} host.allowed
 * @param {() => string} host.visitor who the shopper is now
 * @param {import('../sinks.js').Host['fail']} host.fail
 * @param {() => number} orders placed by the shopper so far
 */
export function openOutbox({ allowed, visitor, fail }, orders) {
  const { usable, read, write } = openStore('localStorage', KEY, { allowed, fault: (fault) => fail('storage', 'outbox', fault) });
  /** @type {Sent[]} */
  let events = [];
  /** Those that no room was left for, since it was told last. */
  let dropped = 0;
  /** Orders that were told; who has never met a sink had all of theirs before anybody counted. */
  let told = orders();

  const recall = () => {
    const stored = read();
    if (stored) ({ events, dropped, told } = stored);
    // what was sent, or forgotten, in another tab is gone here too
    else if (usable()) [events, dropped, told] = [[], 0, orders()];
    // where an old library gives lists a `toJSON` they come back as text
    if (typeof events === 'string') events = readList(events);
    if (!Array.isArray(events)) events = [];
    dropped = Math.floor(dropped) || 0;
    const now = visitor();
    // what is left of someone who was forgotten, or who took their consent back
    events = events.filter((event) => allowed() && typeof event?.id === 'string' && event.visitor === now);
  };
  const keep = () => write({ events, dropped, told });

  return {
    /** @param {Sent} event @returns {number} how many had to make room */
    add: (event) => {
      recall();
      events.push(event);
      const before = events.length;
      let bytes = 0;
      // the newest are counted first
      const fits = events.findLastIndex((one) => (bytes += toLine(one).length) > BYTES_MAX) + 1;
      events = events.slice(Math.max(fits, before - EVENTS_MAX));
      dropped += before - events.length;
      keep();
      return before - events.length;
    },
    /** @returns {{ events: Sent[], dropped: number }} oldest first */
    read: () => {
      recall();
      return { events, dropped };
    },
    /** An answer came for these. @param {Set<string>} ids @param {number} count of the dropped, which was told with them */
    remove: (ids, count) => {
      recall();
      events = events.filter(({ id }) => !ids.has(id));
      dropped -= count;
      keep();
    },
    /** @returns {number} orders that no sink has heard of */
    ordersUntold: () => {
      recall();
      keep();
      return Math.min(orders(), orders() - told) || 0;
    },
    /** All there are by now are told. */
    ordersTold: () => {
      recall();
      told = orders();
      keep();
    },
    visitor,
  };
}

/**
 * As it is, whatever the page's libraries would make of it by a `toJSON` of theirs (Prototype.js quotes texts a second time).
 * @this {Record<string, any>} @param {string} key
 */
function asItIs(key) {
  return this[key];
}

/** @param {object} event @returns {string} */
export const toLine = (event) => `${JSON.stringify(event, asItIs)}\n`;

/** @param {string} text @returns {any} undefined: broken */
function readList(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
