/**
 * Sends what falter did to Google's `dataLayer`, for tag managers: `{ event: 'falter_show', falter: { … } }`, and a card as
 * GA4 has promotions. Off by default; `sinks: { datalayer: true }` turns it on, consent decides.
 */

/** GA4's events of a promotion (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), by ours. @type {any} */
const PROMOTIONS = { show: 'view_promotion', act: 'select_promotion' };

/**
 * @param {string} name the event without its `falter:`; one that a shop can count
 * @param {Record<string, any>} detail as CONTRACT's table of events has it
 * @param {boolean} goesOn false: a listener cancelled it, so there is no card
 */
export function sendToDataLayer(name, detail, goesOn) {
  const layer = (/** @type {any} */ (window).dataLayer ??= []);
  layer.push({ event: 'falter_' + name, falter: { ...detail } });
  const event = goesOn && PROMOTIONS[name];
  // what an earlier push left of `ecommerce` would be joined to this one's
  if (event) layer.push({ ecommerce: null }, { event, ecommerce: { promotion_id: detail.message, promotion_name: detail.reason, creative_slot: 'falter' } });
}
