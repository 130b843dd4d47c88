/**
 * Which shop this is, for pages that don't say (`data-shop`): the page's own marks go first, then Shopify, then WooCommerce, then
 * schema.org's products, and what is left has a dataLayer.
 */

/** What a page that marks itself has at least one of. */
const MARKED = '[data-falter-cart],[data-falter-add],[data-falter-page]';
// WooCommerce gives every page's body a class of its own, woocommerce-js or woocommerce-no-js
const WOOCOMMERCE = 'body[class*=woocommerce]';
const PRODUCT = '[itemtype$="/Product"]';

/** @returns {string} a part of js/shops/, or datalayer; the page has to be parsed */
export function findShop() {
  /** @param {string} selector */
  const has = (selector) => document.querySelector(selector);
  if (has(MARKED)) return 'marks';
  if ('Shopify' in window) return 'shopify';
  if (has(WOOCOMMERCE)) return 'woocommerce';
  return has(PRODUCT) || [...document.scripts].some(({ text }) => /"Product[G"]/.test(text)) ? 'schema' : 'datalayer';
}
