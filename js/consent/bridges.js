/**
 * Bridges: what the shop's consent platform says becomes falter's consent, at once and as often as it changes. Loaded by pages
 * that name a platform (`data-consent-from`), or that debug.
 *
 * Three answers of a platform come to falter's three consents: whether it may *measure* and *remember* what happens (`granted`), may
 * only *fit the page* to it, storing and sending nothing (`memory`), or neither (`required`).
 */

import { followGoogle } from './google.js';
import { followShopify } from './shopify.js';
import { followTcf } from './tcf.js';

/**
 * @typedef {import('../options.js').Consent} Consent
 * @typedef {(consent: Consent, chosen: boolean) => void} Say chosen: the shopper's own answer, not what is assumed before it
 * @typedef {(say: Say, ears: AbortSignal) => void} Follow nothing is heard any more once `ears` are aborted
 */

/** @type {Record<string, [follow: Follow, of: string]>} */
const PLATFORMS = {
  shopify: [followShopify, "Shopify's Customer Privacy API"],
  google: [followGoogle, "Google's Consent Mode"],
  tcf: [followTcf, "the IAB's TCF (__tcfapi)"],
};

/**
 * @param {object} host
 * @param {import('../options.js').Options} host.options
 * @param {Pick<import('../start.js').Falter, 'consent' | 'forget'>} host.handle
 * @param {AbortController} host.life aborted by a stop, and by the next start, which follows anew
 */
export function open({ options: { consentFrom, debug }, handle, life: { signal } }) {
  if (signal.aborted) return;
  const [follow, name] = PLATFORMS[consentFrom ?? ''] ?? [];
  follow?.((consent, chosen) => {
    if (signal.aborted) return;
    // also what is left of an earlier visit, to which they had agreed
    if (consent !== 'granted' && chosen) handle.forget();
    handle.consent(consent);
  }, signal);
  if (debug && handle.consent() === 'required') tellOnce(name);
}

let isTold = false;
/** Says why nothing happens. @param {string} [platform] that is waited for */
function tellOnce(platform) {
  if (isTold) return;
  isTold = true;
  const why = platform
    ? `${platform} has not said yes`
    : `call falter.consent('granted') once the shopper agrees, or name the shop's consent platform in data-consent-from`;
  console.info(`falter does nothing before consent: ${why}`);
}
