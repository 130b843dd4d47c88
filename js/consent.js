/**
 * Consent by capability: what falter may do with what the shopper has allowed.
 *
 * | | required, not given | memory | granted |
 * |---|---|---|---|
 * | listen, show a card | no | yes | yes |
 * | store | no | no | yes |
 * | sinks | no | no | yes, and not under Global Privacy Control |
 */

/**
 * @typedef {object} Capabilities
 * @property {boolean} listen listen to the page, predict and show a card
 * @property {boolean} store keep the session's state across the pages of a visit (sessionStorage), and caps, visits and
 *   the side of the holdout from visit to visit (localStorage)
 * @property {boolean} sinks send events out of the page
 */

/** All that can be consented to. */
export const CONSENTS = /** @type {const} */ (['required', 'memory', 'granted']);

/**
 * @param {import('./options.js').Consent} consent
 * @param {boolean} [privacyControl] `navigator.globalPrivacyControl` (https://w3c.github.io/gpc/)
 * @returns {Capabilities}
 */
export function capabilities(consent, privacyControl) {
  const store = consent === 'granted';
  return { listen: store || consent === 'memory', store, sinks: store && !privacyControl };
}
