/**
 * Google's Consent Mode, as pages tell it: `gtag('consent', 'default' | 'update', { … })`
 * (https://developers.google.com/tag-platform/security/guides/consent). What a template inside Tag Manager sets goes past the page,
 * and is not heard.
 *
 * | analytics_storage | functionality_storage, personalization_storage | consent |
 * |---|---|---|
 * | granted | granted, or not told | granted |
 * | granted | any denied | required |
 * | denied, or not told | personalization_storage granted, functionality_storage not denied | memory |
 * | denied, or not told | else | required |
 */

/**
 * @param {Record<string, any>} state
 * @returns {import('./bridges.js').Consent}
 */
export function readState({ analytics_storage: measures, functionality_storage: works, personalization_storage: fits }) {
  if (works === 'denied' || fits === 'denied') return 'required';
  if (measures === 'granted') return 'granted';
  return fits === 'granted' ? 'memory' : 'required';
}

/** @type {import('./bridges.js').Follow} */
export function followGoogle(say, ears) {
  const page = /** @type {any} */ (window);
  /** @type {any[]} */
  const layer = (page.dataLayer ??= []);
  /** @type {Record<string, any>} */
  const state = {};
  let isChosen = false;
  /** Says what these come to, not what each came to on the way. @param {any[]} entries gtag's arguments, among others */
  const take = (entries) => {
    const about = entries.filter((entry) => entry?.[0] === 'consent' && /^(default|update)$/.test(entry[1]));
    for (const { 1: kind, 2: told } of about) {
      isChosen ||= kind === 'update';
      // where the shopper is is not known here: of what holds in some regions only, the stricter counts
      for (const [one, now] of Object.entries(told ?? {})) if (!told.region || now === 'denied') state[one] = now;
    }
    if (about[0]) say(readState(state), isChosen);
  };
  take([...layer]);

  const { push } = layer;
  /** @param {any[]} entries */
  const heard = (...entries) => {
    const length = push.apply(layer, entries);
    if (!ears.aborted) take(entries);
    return length;
  };
  layer.push = heard;
  ears.addEventListener('abort', () => {
    // someone who wrapped it after us still calls ours, which from now on only passes on
    if (layer.push === heard) layer.push = push;
  });
}
