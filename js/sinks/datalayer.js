/**
 * Sends what falter did to Google's `dataLayer`, for tag managers: `{ event: 'falter_show', falter: { … } }`.
 * Off by default; `sinks: { datalayer: true }` turns it on, consent decides.
 */

/**
 * @param {string} name the event without its `falter:`; one that a shop can count
 * @param {Record<string, any>} detail as docs/sinks.md has it
 */
export function sendToDataLayer(name, detail) {
  const page = /** @type {any} */ (window);
  (page.dataLayer ??= []).push({ event: 'falter_' + name, falter: { ...detail } });
}
