/**
 * Options as components give them: made anew on every render, and often the same. What they say is compared, not which object
 * says it, so that falter goes on as long as nothing changes; a function is always the newest.
 */

/** @typedef {import('./types.js').Options} Options */

/** Lists, and objects that hold options; what has a class of its own is taken as one thing. @param {any} value */
const isPlain = (value) => Array.isArray(value) || (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype);

/** @param {any} one @param {any} other @returns {boolean} what is undefined is as good as left out */
function same(one, other) {
  if (typeof one === 'function' && typeof other === 'function') return true;
  if (!isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return Object.is(one, other);
  return Object.keys({ ...one, ...other }).every((key) => same(one[key], other[key]));
}

/**
 * A copy whose functions call what stands in their place by then.
 * @param {any} value
 * @param {() => any} now what stands there
 * @returns {any}
 */
function bind(value, now) {
  if (typeof value === 'function') return (/** @type {any[]} */ ...given) => now()(...given);
  if (Array.isArray(value)) return value.map((one, place) => bind(one, () => now()[place]));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, bind(value[key], () => now()[key])]));
}

/** Lays `next` over `before` such that nothing of it is left: `init` keeps what it isn't told of. @param {any} before @param {any} next */
function instead(before, next) {
  const gone = Object.fromEntries(Object.keys(before).map((key) => [key, undefined]));
  return { ...gone, ...next };
}

/**
 * @param {import('./types.js').Falter} falter without options of its own
 * @returns {(options: Options) => void} starts falter with these options; from then on takes over what changes in them
 */
export function follow(falter) {
  /** @type {Options | undefined} */
  let given;
  /** @type {Options} */
  let latest;
  return (options) => {
    latest = options;
    const before = given;
    if (before && same(before, options)) return;
    // A copy, for those who change theirs in place.
    given = bind(options, () => latest);
    const next = /** @type {Record<string, any>} */ ({ ...given });
    if (!before) return void falter.init(next);
    // To take consent back is more than to start without it: what is stored goes.
    if (before.consent !== options.consent) falter.consent(options.consent ?? 'required');
    if (same({ ...before, consent: options.consent }, options)) return;
    for (const [group, was] of Object.entries(before))
      if (isPlain(was) && isPlain(next[group]) && !Array.isArray(was)) next[group] = instead(was, next[group]);
    falter.init(instead(before, next));
  };
}
