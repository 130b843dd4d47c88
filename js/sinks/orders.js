/**
 * Orders that were placed when no sink was there to hear of them: the page that thanks may be closed before this part has come.
 * The history counts every order at once, so what it has over what was told is told by the next page.
 */

import { KEY as SHOPPER } from '../history.js';
import { openStore } from '../store.js';

/** The key in localStorage: beside the history's, and removed with it. */
export const KEY = `${SHOPPER}.orders`;

/** @param {{ allowed: () => boolean, fail: import('../sinks.js').Host['fail'], history: import('../sinks.js').Host['history'] }} host */
export function openOrders({ allowed, fail, history }) {
  const { read, write } = openStore('localStorage', KEY, { allowed, fault: (fault) => fail('storage', 'sinks', fault) });
  const told = () => write({ told: history.past().orders });
  return {
    /** All there are by now are told. */
    told,
    /** @returns {{ value: number | undefined, at: number }[]} the value is known of the last one only; at: wall ms */
    untold: () => {
      const stored = read();
      const { orders, spent, purchased } = history.past();
      // who has never met a sink before has nothing to be told of: it was before anybody counted
      const missed = stored ? Math.min(orders, orders - stored.told) : 0;
      if (!stored) told();
      return Array.from({ length: Math.max(0, missed || 0) }, (_, place) => ({
        value: place === missed - 1 ? spent : undefined,
        at: purchased,
      }));
    },
  };
}
