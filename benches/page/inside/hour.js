/** Runs in the page: an hour of a shopper who never stops, as fast as it goes. */

import { TICK_MS, fetchContender, makeMoves, takeClock, takeTicks, watchMemory } from './host.js';

const HOUR_MS = 3_600_000;
/** A gaming mouse, ms between its movements. */
const STEP_MS = 1;
/** The browser lives on meanwhile: it gets a turn this often, ms of the hour. */
const TURN_MS = 60_000;

/** Starts falter; what comes back goes on to {@link live}. @param {{ files: string[] }} given */
export async function settle({ files }) {
  const { script, bytes } = await fetchContender('falter', files);
  const hour = { memory: watchMemory(window), clock: takeClock(window), tick: takeTicks(window), moves: makeMoves(window) };
  (0, eval)(script);
  const falter = await /** @type {any} */ (window).contender.load(bytes);
  hour.clock.at = performance.now();
  Object.assign(window, { hour, falter });
  // what is made once is made now
  await live(TURN_MS);
}

/**
 * @param {number} [ms] of the hour
 * @returns {Promise<{ kib: number, t: number }>} kib: the module's memory; t: falter's own time, ms
 */
export async function live(ms = HOUR_MS) {
  const { hour, falter } = /** @type {any} */ (window);
  const { clock, moves, tick } = hour;
  for (let lived = 0; lived < ms; lived += STEP_MS) {
    clock.at += STEP_MS;
    document.body.dispatchEvent(moves[lived % moves.length][0]);
    if (lived % TICK_MS === 0) tick();
    if (lived % TURN_MS === 0) await new Promise((done) => setTimeout(done));
  }
  return { kib: hour.memory().buffer.byteLength / 1024, t: falter.snapshot().t };
}
