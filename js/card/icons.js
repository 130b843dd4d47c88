/** Line drawings of 24 × 24. */

/** Shipping: what most messages are about. */
export const TRUCK = 'M2 17V6h12v11zm12-7h4l4 4v3h-8M5 17a2 2 0 0 0 4 0m6 0a2 2 0 0 0 4 0';

/** What is about something else, and what a card promises. */
export const CHECK = 'M5 13l4 4L19 7';
export const CROSS = 'M6 6l12 12M18 6L6 18';
