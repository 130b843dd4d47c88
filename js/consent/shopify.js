/**
 * Shopify's Customer Privacy API (https://shopify.dev/docs/api/customer-privacy): it weighs what the shopper said, where they are, and
 * the shop's settings.
 *
 * | analytics | preferences | consent |
 * |---|---|---|
 * | allowed | allowed | granted |
 * | not | allowed | memory |
 * | any | not | required |
 */

/** @type {import('./bridges.js').Follow} */
export function followShopify(say, ears) {
  const shop = () => /** @type {any} */ (window).Shopify;
  /** @param {boolean} chosen */
  const look = (chosen) => {
    const privacy = shop()?.customerPrivacy;
    if (!privacy?.preferencesProcessingAllowed) return;
    const measures = privacy.analyticsProcessingAllowed();
    const fits = privacy.preferencesProcessingAllowed();
    say(fits ? (measures ? 'granted' : 'memory') : 'required', chosen);
  };
  const on = { signal: ears };
  document.addEventListener('visitorConsentCollected', () => look(true), on);
  document.addEventListener('shopifyCustomerPrivacyApiLoaded', () => look(false), on);
  // what they said on another page, or in another tab, no event tells this one of
  addEventListener('pageshow', ({ persisted }) => persisted && look(false), on);
  document.addEventListener('visibilitychange', () => document.hidden || look(false), on);
  look(false);
  // the documented way to have it on a page whose banner did not bring it
  if (!shop()?.customerPrivacy) {
    shop()?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (/** @type {unknown} */ fault) => fault || look(false));
  }
}
