/**
 * Sends what falter did to Google's `dataLayer`, for tag managers: `{ event: 'falter_show', falter: { … } }`.
 * Off by default; `sinks: { datalayer: true }` turns it on, consent decides.
 */

/** What a shop can count; `risk` and `decision` come four times a second and stay in the page. */
const SENT = ['show', 'act', 'dismiss', 'exposure', 'leave', 'answer'];

/**
 * @param {string} name the event without its `falter:`
 * @param {Record<string, any>} detail as CONTRACT's table of events has it
 */
export function sendToDataLayer(name, detail) {
  if (!SENT.includes(name)) return;
  const page = /** @type {any} */ (window);
  (page.dataLayer ??= []).push({ event: 'falter_' + name, falter: { ...detail } });
}
