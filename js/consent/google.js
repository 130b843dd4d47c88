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

/**
 * Who hears what the page pushes, whichever start they are of: `push` is wrapped but once.
 * @type {Set<(entries: any[]) => void>}
 */
const followers = new Set();
/** @type {{ layer: any[], push: any[]['push'], undo: () => void } | undefined} push: what ours calls */
let wrapped;

/** @param {any[]} layer */
function wrap(layer) {
  const { push } = layer;
  if (wrapped?.layer === layer && wrapped.push !== push) return;
  /** @param {any[]} entries */
  const heard = (...entries) => {
    const length = push.apply(layer, entries);
    try {
      for (const take of [...followers]) take(entries);
    } catch {
      // an entry of another form says nothing
    }
    return length;
  };
  layer.push = heard;
  const undo = () => {
    // someone who wrapped it after us still calls ours, which until somebody follows again only passes on
    if (followers.size || layer.push !== heard) return;
    layer.push = push;
    wrapped = undefined;
  };
  wrapped = { layer, push, undo };
}

/** @type {import('./bridges.js').Follow} */
export function followGoogle(say, ears) {
  const page = /** @type {any} */ (window);
  /** @type {any[]} */
  const layer = (page.dataLayer ??= []);
  /** @type {Record<string, any>} */
  const state = {};
  /** What a default denied in some regions, so that no other default grants it. @type {Set<string>} */
  const strict = new Set();
  let isChosen = false;
  /** Says what these come to, not what each came to on the way. @param {any[]} entries gtag's arguments, among others */
  const take = (entries) => {
    const about = entries.filter((entry) => entry?.[0] === 'consent' && /^(default|update)$/.test(entry[1]));
    for (const { 1: kind, 2: told } of about) {
      isChosen ||= kind === 'update';
      for (const [one, now] of Object.entries(told ?? {})) {
        const isDenied = now === 'denied';
        // where the shopper is is not known here: of what holds in some regions only, the stricter counts
        if (isDenied || (!told.region && (kind === 'update' || !strict.has(one)))) state[one] = now;
        if (isDenied && told.region) strict.add(one);
      }
    }
    if (about[0]) say(readState(state), isChosen);
  };
  take([...layer]);

  followers.add(take);
  wrap(layer);
  ears.addEventListener('abort', () => {
    followers.delete(take);
    // a shop's part that wrapped it after us ends by the same signal, and takes its own away first
    queueMicrotask(() => wrapped?.undo());
  });
}
