/** Line drawings of 24 × 24, one for each kind of message. */

/** Shipping: what most messages are about. */
export const TRUCK = 'M2 17V6h12v11zm12-7h4l4 4v3h-8M5 17a2 2 0 0 0 4 0m6 0a2 2 0 0 0 4 0';

/** @type {Record<string, string>} message → path */
export const ICONS = {
  returns_days: 'M8 5L4 9l4 4M4 9h11a5 5 0 0 1 0 10H8',
  instalments: 'M3 6h18v12H3zm0 4h18M7 14h3',
  price_promise: 'M3 12V4h8l10 10-8 8zm5-3v.1',
  guest_checkout: 'M12 12a4 4 0 1 1 .1 0M4 20a8 7 0 0 1 16 0',
  help: 'M4 5h16v12h-9l-4 4v-4H4z',
};

export const CHECK = 'M5 13l4 4L19 7';
export const CROSS = 'M6 6l12 12M18 6L6 18';
