/**
 * Sends what falter did to Google's `dataLayer`, for tag managers: `{ event: 'falter_show', falter: { … } }`, and a card as
 * GA4 has promotions. Off by default; `sinks: { datalayer: true }` turns it on, consent decides.
 */

/** What GA4 calls it (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce#promotions). @type {any} */
const VERBS = { show: 'view', act: 'select' };

/**
 * @param {string} name the event without its `falter:`; one that a shop can count
 * @param {Record<string, any>} detail as CONTRACT's table of events has it
 * @param {boolean} goesOn false: a listener cancelled it, so there is no card
 */
export function sendToDataLayer(name, detail, goesOn) {
  const layer = (/** @type {any} */ (window).dataLayer ??= []);
  layer.push({ event: 'falter_' + name, falter: { ...detail } });
  const verb = goesOn && VERBS[name];
  if (!verb) return;
  const ecommerce = { promotion_id: detail.message, promotion_name: detail.reason, creative_slot: 'falter' };
  // what an earlier push left of `ecommerce` would be joined to this one's
  layer.push({ ecommerce: null }, { event: verb + '_promotion', ecommerce });
}
