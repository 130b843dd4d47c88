/**
 * The IAB's Transparency and Consent Framework 2.2: `__tcfapi('addEventListener', 2, …)`
 * (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, CMP API v2).
 *
 * Purposes: 1 store on the device, 6 or 11 select content (by profiles, or by limited data), 8 measure content.
 *
 * | consent to | falter's |
 * |---|---|
 * | 1, 8, and 6 or 11 | granted |
 * | 6 or 11 | memory |
 * | else | required |
 *
 * Where the GDPR does not apply the framework asks for nothing: granted.
 */

/** A platform's stub is there before it; one that comes later is looked for so often, ms, */
const LOOK_MS = 500;
/** and so many times. */
const LOOKS = 120;

/**
 * @param {any} data TCData
 * @returns {import('./bridges.js').Consent | undefined} undefined: it says nothing yet
 */
export function readData({ gdprApplies, eventStatus, purpose }) {
  if (gdprApplies === false) return 'granted';
  // while they are asked, what they said before holds
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return;
  const { 1: stores, 6: selects, 8: measures, 11: selectsSimply } = purpose?.consents ?? {};
  if (!selects && !selectsSimply) return 'required';
  return stores && measures ? 'granted' : 'memory';
}

/** @type {import('./bridges.js').Follow} */
export function followTcf(say, ears) {
  let looks = 0;
  const look = () => {
    const api = /** @type {any} */ (window).__tcfapi;
    if (ears.aborted) return;
    if (!api) {
      if (looks++ < LOOKS) setTimeout(look, LOOK_MS);
      return;
    }
    /** @type {number | undefined} */
    let listener;
    // by the platform itself: what was there at first may have been its stub
    const end = () => {
      const now = /** @type {any} */ (window).__tcfapi;
      if (listener !== undefined) now?.('removeEventListener', 2, () => {}, listener);
    };
    api('addEventListener', 2, (/** @type {any} */ data, /** @type {boolean} */ success) => {
      if (!success) return;
      listener = data.listenerId;
      if (ears.aborted) return end();
      const consent = readData(data);
      if (consent) say(consent, true);
    });
    ears.addEventListener('abort', end);
  };
  look();
}
