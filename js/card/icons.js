/** Line drawings of 24 × 24. */

/** Shipping: what most messages are about. */
export const PARCEL = 'M4 8l8-4 8 4v8l-8 4-8-4zl8 4 8-4m-8 4v8';

/** What is about something else, and what a card promises. */
export const CHECK = 'M5 13l4 4L19 7';
export const CROSS = 'M6 6l12 12M18 6L6 18';
