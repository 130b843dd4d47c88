/**
 * Segment, Klaviyo and Braze: events are handed to the platform's own script on the page, which the shop has put there. Falter
 * loads none of them, and waits for one that comes later. GA4 reads the dataLayer, which anybody may begin.
 */

/** Events that wait for a platform's script; the oldest go first. */
const WAITING_MAX = 64;
/** It is looked for again so often, ms, */
const LOOK_MS = 1000;
/** and given up after so many looks: it may not have been allowed to come. */
const LOOKS = 60;

/** @type {any} */
const page = globalThis;

/** GA4's events of a promotion (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), by ours. @type {any} */
const PROMOTIONS = { falter_show: 'view_promotion', falter_act: 'select_promotion' };

/**
 * Hands an event over; false: the platform is not there yet.
 * @typedef {(name: string, about: Record<string, any>) => boolean} HandOver
 */

/** @type {Record<string, HandOver>} */
export const PLATFORMS = {
  // https://segment.com/docs/connections/spec/track/; its snippet keeps calls until the script is there
  segment: (name, about) => {
    if (!page.analytics?.track) return false;
    page.analytics.track(name, about);
    return true;
  },
  // https://developers.klaviyo.com/en/docs/introduction-to-the-klaviyo-object, or the array that went before it. An event of a
  // `$event_id` that it knows is passed over; `$value` is what flows can compare.
  klaviyo: (name, { id, ...about }) => {
    const given = { $event_id: id, ...((about.cart ?? about.value) !== undefined && { $value: about.cart ?? about.value }), ...about };
    if (page.klaviyo?.track) page.klaviyo.track(name, given);
    else if (page._learnq) page._learnq.push(['track', name, given]);
    else return false;
    return true;
  },
  // https://js.appboycdn.com/web-sdk/latest/doc/modules/braze.html#logcustomevent: false where it is not initialised yet
  braze: (name, about) => Boolean(page.braze?.logCustomEvent) && page.braze.logCustomEvent(name, about) !== false,
  ga4: (name, { message, reason }) => {
    const event = PROMOTIONS[name];
    // what an earlier push left of `ecommerce` would be joined to this one's
    if (event) (page.dataLayer ??= []).push({ ecommerce: null }, { event, ecommerce: { promotion_id: message, promotion_name: reason, creative_slot: 'falter' } });
    return true;
  },
};

/**
 * @param {string} name of one of them
 * @param {import('../sinks.js').Outlet} outlet
 * @returns {import('../sinks.js').Send}
 */
export function openPlatform(name, { allowed, fail, signal }) {
  /** @type {Record<string, any>[]} */
  let waiting = [];
  let looks = 0;
  let timer = 0;

  const pass = () => {
    if (!allowed()) waiting = [];
    while (waiting.length && PLATFORMS[name](`falter_${waiting[0].type}`, waiting[0])) {
      waiting.shift();
      looks = 0;
    }
  };
  const look = () => {
    clearTimeout(timer);
    try {
      pass();
    } catch (fault) {
      // one that it can't take is not offered again
      waiting.shift();
      fail('sink', name, fault);
    }
    if (!waiting.length || signal.aborted) return;
    if (looks++ < LOOKS) timer = setTimeout(look, LOOK_MS);
    else fail('sink', name, 'its script is not on the page');
  };
  signal.addEventListener('abort', () => clearTimeout(timer));

  return ({ visitor: _visitor, ...about }) => {
    // who it is the platform knows by itself: the two are not to be joined
    waiting = [...waiting.slice(1 - WAITING_MAX), about];
    look();
  };
}
