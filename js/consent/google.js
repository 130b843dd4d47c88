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
  /** @param {any} entry gtag's arguments */
  const take = (entry) => {
    if (entry?.[0] !== 'consent' || !/^(default|update)$/.test(entry[1])) return;
    for (const [kind, told] of Object.entries(entry[2] ?? {})) {
      // where the shopper is is not known here: of what holds in some regions only, the stricter counts
      if (!entry[2].region || told === 'denied') state[kind] = told;
    }
    say(readState(state), entry[1] === 'update');
  };
  for (const entry of layer) take(entry);

  const { push } = layer;
  /** @param {any[]} entries */
  const heard = (...entries) => {
    const length = push.apply(layer, entries);
    if (!ears.aborted) entries.forEach(take);
    return length;
  };
  layer.push = heard;
  ears.addEventListener('abort', () => {
    // someone who wrapped it after us still calls ours, which from now on only passes on
    if (layer.push === heard) layer.push = push;
  });
}
