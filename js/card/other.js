/**
 * What a card has that is not about shipping: its drawing, and the style of the facts and payments it lists. A part of its
 * own, since most cards are about shipping.
 */

export { STYLE } from './other-style.js';

/** Line drawings of 24 × 24. @type {Record<string, string>} message → path */
export const ICONS = {
  returns_days: 'M8 5L4 9l4 4M4 9h11a5 5 0 0 1 0 10H8',
  instalments: 'M3 6h18v12H3zm0 4h18M7 14h3',
  price_promise: 'M3 12V4h8l10 10-8 8zm5-3v.1',
  guest_checkout: 'M12 12a4 4 0 1 1 .1 0M4 20a8 7 0 0 1 16 0',
  help: 'M4 5h16v12h-9l-4 4v-4H4z',
};
