/** Sessions as no browser tells them: every kind of signal with whatever its fields may hold and some of what they may not. */

import { KINDS } from '../../../js/names.js';
import { dice } from './dice.js';
import { names } from './engines.js';

/** Nothing, edges of half pixels and of what a bucket or an integer holds, and more than any page has. */
const STRANGE = [0, -0, 1e-9, -1, 0.25, 0.49999, 16383.5, -16383.5, 32767.5, 65535.6, 1e6, 2e6, 2147483648, 4294967295, 4e9, -4e9, 1e15, 1e300, -1e300, 5e-324, NaN, Infinity, -Infinity];
/** Between two signals, ms: ticks' and buckets' edges, a look's, a session's gap and beyond. */
const GAPS = [1, 124, 125, 126, 249, 250, 251, 500, 1999, 2000, 9000, 32_000, 60_000];
const LONG_GAPS = [1_799_999, 1_800_000, 1_800_251, 90_000_000];
/** The last there is, ms. */
const LAST = 2 ** 31 - 1;

const lists = /** @type {Record<string, string[]>} */ (/** @type {unknown} */ (names));
const kinds = Object.keys(names).slice(0, KINDS);

/**
 * @param {number} seed
 * @param {number} length
 * @returns {any[]} as a shop or a recording writes them, `t` never falling; some come late
 */
export function hostileSignals(seed, length) {
  const roll = dice(seed);
  const [strange, late, gaps, end] = [roll.pick([2, 10, 60]), roll.pick([3, 12, 500]), roll.pick([3, 20, 60]), roll.oneIn(6)];
  const favourite = roll.pick(kinds);
  const number = () => (roll.oneIn(strange) ? roll.pick(STRANGE) : (roll() - 0.2) * 10 ** roll.below(5));
  let t = end ? LAST - roll.below(600_000) : 0;
  return Array.from({ length }, (_, place) => {
    const gap = roll.oneIn(300) ? roll.pick(LONG_GAPS) : roll.oneIn(gaps) ? roll.pick(GAPS) : roll.below(60);
    t = Math.min(LAST, t + (roll.oneIn(8) ? 0 : gap));
    const s = roll.oneIn(3) ? roll.pick(kinds) : roll.oneIn(5) ? favourite : 'move';
    /** @type {Record<string, any>} */
    const signal = { t, s };
    // before the first there is no stream to be late in
    if (place && roll.oneIn(late)) signal.late = roll.oneIn(5) ? roll.pick([249, 250, 251, 4000, t]) : roll.below(250);
    for (const field of lists[s]) {
      const [key, content = 'number', otherwise] = field.split(':');
      const list = lists[content];
      if (otherwise !== undefined && roll.oneIn(3)) continue;
      if (Array.isArray(list)) signal[key] = roll.pick(list);
      else if (content === 'truth') signal[key] = roll.oneIn(2);
      else if (content === 'item') signal[key] = `item ${roll.below(12)}`;
      else signal[key] = number();
    }
    return signal;
  });
}

/** Where shops' signals must not go, exports may: numbers of any size where whole ones are meant, times that run back. */
export function hostileCalls(/** @type {number} */ seed, length = 600) {
  const roll = dice(seed);
  const number = () => (roll.oneIn(4) ? roll.pick(STRANGE) : (roll() - 0.3) * 10 ** roll.below(6));
  const whole = () => (roll.oneIn(5) ? roll.pick([-1, 255, 256, 65536, 2 ** 31, 2 ** 32 - 1, -(2 ** 31)]) : roll.below(34));
  let now = 0;
  const time = () => (roll.oneIn(20) ? number() : (now += roll.below(90)));
  const numbers = () => Array.from({ length: 1 + roll.below(64) }, number);
  return Array.from({ length }, () => {
    const name = roll.pick(['hear', 'hear', 'hear', 'hear', 'signal', 'signal', 'tick', 'tick', 'setup', 'play', 'restore', 'listen']);
    switch (name) {
      case 'hear':
        return { name, given: [whole(), time(), number(), number(), number()] };
      case 'signal':
        return { name, numbers: numbers(), given: [whole(), roll.oneIn(2) ? NaN : time(), roll.oneIn(3) ? number() : 0, now] };
      case 'tick':
        return { name, given: [time(), roll.oneIn(10) ? number() : 1e12 + now] };
      case 'setup':
        return { name, numbers: numbers(), given: [] };
      case 'play':
        return { name, numbers: numbers(), given: [whole()] };
      case 'listen':
        return { name, given: [time()] };
      default:
        return { name, given: [], bytes: Array.from({ length: roll.below(40) }, () => roll.below(256)) };
    }
  });
}
