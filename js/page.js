/**
 * What the engine reads of the page when it needs it (src/web/page.rs).
 */

import { SELECTOR_DIALOG, SELECTOR_PRODUCT } from './names.js';
import { itemId } from './signals.js';


/**
 * @typedef {{ falterPage?: string, falterItem?: string, falterPrice?: number }} Marked the kind of the page, what it is about,
 *   and its price
 * @type {{ read?: () => Marked | undefined }} what a shop's part reads of a page that does not mark itself
 */
export const asked = {};

/** What scrolls: the root, and in quirks mode, where the root is as high as the page, the body (CSSOM View). */
export const viewport = () => document.scrollingElement ?? document.documentElement;

/** Pages that are turned by hash have their path there. */
const address = () => /^#!?(\/.*)/.exec(location.hash)?.[1] ?? location.pathname;

/** @returns {Marked | undefined} */
export const marked = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-falter-page]'))?.dataset ?? asked.read?.();

/**
 * The first of these that matches says what it is.
 * @param {Sorts} table
 * @param {(pattern: string) => unknown} matches
 * @returns {number} NaN: none
 */
export const sortOf = (table, matches) => Number(table.find((sort) => matches(sort.slice(1)))?.[0]);

/**
 * @typedef {object} Marks how the parts of a page are known (src/boundary/marks.rs)
 * @property {string[]} sections
 * @property {string[]} pages
 * @property {string[]} causes
 * @property {Sorts} targets what a click landed on, by selector
 * @property {Sorts} copies what was copied, by selector
 * @property {Sorts} types of fields, by pattern
 * @property {Sorts} paths kinds of pages, by pattern
 * @property {string[]} selectors
 *
 * @typedef {string[]} Sorts each the digit of its place, and a pattern
 * @typedef {ReturnType<typeof readPage>['imports']} Page
 */

/** @param {Marks} marks */
export function readPage({ sections, pages, paths, selectors }) {
  let known = '';
  let knownId = 0;
  /** @param {any} element or what else an event may be of */
  const section = (element) => sections.indexOf(element?.closest?.('[data-falter]')?.dataset.falter);
  return {
    /** The section that an element is in: its place, or -1. */
    section,
    /** What the engine imports. */
    imports: {
      /** The layout viewport without scroll bars: what clientX and clientY are measured in. */
      width: () => viewport().clientWidth,
      height: () => viewport().clientHeight,
      depth: () => viewport().scrollHeight,
      section: (/** @type {number} */ x, /** @type {number} */ y) => section(document.elementFromPoint(x, y)),
      path: () => {
        // asked for every second, and nearly always the same
        const now = address();
        if (now !== known) knownId = itemId((known = now));
        return knownId;
      },
      kind: () => {
        const kind = pages.indexOf(marked()?.falterPage ?? '');
        if (kind >= 0) return kind;
        const path = address().toLowerCase();
        const guessed = sortOf(paths, (pattern) => RegExp(pattern).test(path));
        return guessed >= 0 ? guessed : pages.indexOf(document.querySelector(selectors[SELECTOR_PRODUCT]) ? 'product' : 'home');
      },
      item: () => {
        const item = marked()?.falterItem;
        return item === undefined ? NaN : itemId(item);
      },
      // shops keep their dialogs in the page, out of sight
      dialog: () => /** @type {HTMLElement | null} */ (document.querySelector(selectors[SELECTOR_DIALOG]))?.offsetWidth ?? 0,
    },
  };
}
