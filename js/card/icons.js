/** Line drawings of 24 × 24. */

/** Shipping: what most messages are about. */
export const TRUCK = 'M2 17V6h12v11zm12-7h4l4 4v3h-8M5 17a2 2 0 0 0 4 0m6 0a2 2 0 0 0 4 0';

/** Goods that come back. */
export const RETURN = 'M8 5L4 9l4 4M4 9h11a5 5 0 0 1 0 10H8';
/** What is about neither, for want of a drawing of its own. */
export const CHECK = 'M5 13l4 4L19 7';
export const CROSS = 'M6 6l12 12M18 6L6 18';
