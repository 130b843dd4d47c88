/** Line drawings of 24 × 24, one for each kind of message. */

const TRUCK =
  'M5 17H2V6h12v11H9m5-7h4l4 4v3h-2m-5 0h-1M5 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0m11 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0';

/** @type {Record<string, string>} message → path */
export const ICONS = {
  free_shipping_left: TRUCK,
  free_shipping_reached: TRUCK,
  shipping_price: TRUCK,
  delivery_days: TRUCK,
  returns_days: 'M8 5L4 9l4 4M4 9h11a5 5 0 0 1 0 10H8',
  instalments: 'M3 6h18v12H3zm0 4h18M7 14h3',
  price_promise: 'M3 12V4h8l10 10-8 8zm5-3v.1',
  guest_checkout: 'M8 8a4 4 0 1 0 8 0 4 4 0 1 0-8 0M4 20a8 7 0 0 1 16 0',
  help: 'M4 5h16v12h-9l-4 4v-4H4z',
};

/** For what has no drawing of its own. */
export const CHECK = 'M5 13l4 4L19 7';
export const CROSS = 'M6 6l12 12M18 6L6 18';
