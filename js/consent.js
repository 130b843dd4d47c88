/**
 * Consent by capability: what falter may do with what the shopper has allowed.
 *
 * | | required, not given | memory | granted |
 * |---|---|---|---|
 * | listen, card | no | yes | yes |
 * | session, local (storage) | no | no | yes |
 * | sinks | no | no | yes, and not under Global Privacy Control |
 */

/** @typedef {import('./options.js').Consent} Consent */

/**
 * @typedef {object} Capabilities
 * @property {boolean} listen listen to the page and predict
 * @property {boolean} card show a card
 * @property {boolean} session keep the session's state across the pages of a visit (sessionStorage)
 * @property {boolean} local remember caps, visits and the holdout (localStorage)
 * @property {boolean} sinks send events out of the page
 */

/** All that can be consented to. */
export const CONSENTS = /** @type {const} */ (['required', 'memory', 'granted']);

/**
 * @param {Consent} consent
 * @param {boolean} [privacyControl] `navigator.globalPrivacyControl` (https://w3c.github.io/gpc/)
 * @returns {Capabilities}
 */
export function capabilities(consent, privacyControl) {
  const granted = consent === 'granted';
  const running = granted || consent === 'memory';
  return { listen: running, card: running, session: granted, local: granted, sinks: granted && !privacyControl };
}
