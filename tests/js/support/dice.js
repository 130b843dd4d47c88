/** Randomness that comes again: a failure names its seed. */

/** Equal numbers in 0..1 for equal seeds (mulberry32). @param {number} seed */
export function dice(seed) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  /** @param {number} n 0..n-1 */
  const below = (n) => Math.floor(roll() * n);
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => list[below(list.length)];
  return Object.assign(roll, { below, pick, oneIn: (/** @type {number} */ n) => below(n) === 0 });
}

/**
 * Seeds: those of every run, or fresh ones for a time (`./build.sh differential`). Counts them.
 * @param {number} count
 * @returns {Generator<number, void>}
 */
export function* seeds(count) {
  const seconds = Number(process.env.FALTER_DIFFERENTIAL_SECONDS ?? 0);
  const first = seconds ? Date.now() % 2 ** 31 : 1;
  const until = Date.now() + seconds * 1000;
  for (let seed = first; seconds ? Date.now() < until : seed < first + count; seed += 1) yield seed;
}
