/**
 * What the engine reads of the page when it needs it (src/web/page.rs).
 */

import { PAGE_KIND, SECTION } from './names.js';
import { itemId } from './signals.js';

/** Longest path of which the kind of a page is guessed. */
const PATH_MAX = 512;
/** A dialog of the shop's; ours is not found, it stands in a shadow. */
const DIALOG = 'dialog[open],[aria-modal=true]:not([hidden])';
/** The Open Graph protocol and schema.org's microdata. */
const PRODUCT = "meta[property='og:type'][content*=product],[itemscope][itemtype$='schema.org/Product']";

/**
 * What the address says of a page that is not marked. The order matters: a thank-you page is often under checkout.
 * @type {Record<string, RegExp>}
 */
const PATHS = {
  thanks: /thank|order-received/i,
  payment: /payment/i,
  checkout: /checkout/i,
  cart: /basket|\/(cart|bag)/i,
  search: /search/i,
  policy: /polic|returns|shipping/i,
  account: /account|login/i,
  product: /products?\/|\/p\/|\/item/i,
  category: /collection|categor|\/c\/|\/shop/i,
};

const marked = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-falter-page]'))?.dataset;

const guessed = () => {
  const path = location.pathname.slice(0, PATH_MAX);
  const kind = Object.keys(PATHS).find((name) => PATHS[name].test(path));
  return kind ?? (document.querySelector(PRODUCT) ? 'product' : 'home');
};

/** The section that an element is in: its place in SECTION, or -1. @param {any} element or what else an event may be of */
export const sectionOf = (element) => SECTION.indexOf(element?.closest?.('[data-falter]')?.dataset.falter);

export const page = {
  /** The layout viewport without scroll bars: what clientX and clientY are measured in. */
  width: () => document.documentElement.clientWidth,
  height: () => document.documentElement.clientHeight,
  depth: () => document.documentElement.scrollHeight,
  section: (/** @type {number} */ x, /** @type {number} */ y) => sectionOf(document.elementFromPoint(x, y)),
  path: () => itemId(location.pathname),
  kind: () => {
    const kind = PAGE_KIND.indexOf(marked()?.falterPage ?? '');
    return kind < 0 ? PAGE_KIND.indexOf(guessed()) : kind;
  },
  item: () => {
    const item = marked()?.falterItem;
    return item === undefined ? NaN : itemId(item);
  },
  // shops keep their dialogs in the page, out of sight
  dialog: () => /** @type {HTMLElement | null} */ (document.querySelector(DIALOG))?.offsetWidth ?? 0,
};
