/** All traps, each by a buyer and by one who leaves, several browsers at once: people mostly look, and a processor is idle meanwhile. */

import { LAPTOP, openBrowser } from '../support/browser.js';
import { openTraps } from './shop.js';
import { visit } from './visit.js';

/**
 * Browsers at once. Two processors with nothing else to do have room for so many; LANES=3 for a machine that has. With too many, hands
 * are told late and in lumps, and move as nobody does.
 */
const LANES = Number(process.env.LANES ?? 6);

/** A headless Chromium has no mouse by itself, and says so to those who ask `(hover: hover)`; a phone's page says otherwise. */
const HOVERS = ['--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4'];

/**
 * @typedef {import('./visit.js').Trap} Trap
 * @typedef {import('./judge.js').Visit} Visit
 * @typedef {{ trap: Trap, buyer: Visit, twin: Visit }} Result
 */

/**
 * @param {object} what
 * @param {Trap[]} what.traps
 * @param {number} what.seed of all hands
 * @param {string} [what.sensitivity]
 * @param {URL} [what.peers] folder of peers.js: those that run beside falter
 * @param {number} [what.lanes]
 * @param {(result: Result) => void} [what.done] as each is through
 * @returns {Promise<Result[]>} in the order of the traps
 */
export async function runTraps({ traps, seed, sensitivity = 'balanced', peers, lanes = LANES, done }) {
  const shop = await openTraps({ sensitivity, peers });
  const results = traps.map((trap) => /** @type {any} */ ({ trap }));
  const roles = /** @type {const} */ (['twin', 'buyer']);
  const queue = results.flatMap((result) => roles.map((role) => ({ result, role })));
  const lane = async () => {
    const browser = await openBrowser(LAPTOP, HOVERS);
    try {
      const other = await browser.newPage();
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { result, role } = next;
        result[role] = await visit(browser, other, shop, result.trap, role, seed);
        if (result.buyer && result.twin) done?.(result);
      }
    } finally {
      await browser.close();
    }
  };
  const lanesDone = Array.from({ length: Math.min(lanes, queue.length) }, () =>
    lane().catch((fault) => {
      // the others close their browsers first
      queue.length = 0;
      throw fault;
    }),
  );
  const ends = await Promise.allSettled(lanesDone);
  await shop.close();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
