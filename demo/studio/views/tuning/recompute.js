/**
 * What two settings come to on all recordings: A, which stays until it is pinned anew, and B, which the dials move. However fast
 * they move, one computation is on its way at a time, and the last setting wins.
 */

import { TUNING } from '../../state.js';

/**
 * @typedef {import('../../app.d.ts').App} App
 * @typedef {import('../../app.d.ts').Tuning} Tuning
 * @typedef {import('../../engine/types.js').Tuned} Tuned
 * @typedef {{ a: Tuned, b: Tuned, pinned: Tuning, thresholds: [a: number, b: number], ms: number }} Compared ms: the round trip of B
 */

/**
 * @param {App} app
 * @param {{ onChange: (compared: Compared) => void, onFault: (fault: Error) => void }} host
 */
export function createRecompute(app, { onChange, onFault }) {
  /** @type {Tuning} */
  let pinned = TUNING;
  /** What A came to, until the model or the recordings change. @type {Tuned | undefined} */
  let a;
  /** Counts what A came of, so that an answer that is older than that is not taken for it. */
  let turn = 0;
  let isRunning = false;
  let isDue = false;
  let isShown = false;

  const settingsOf = (/** @type {Tuning} */ tuning) => app.settings.forEngine(app.model.info, tuning);

  async function run() {
    const [forA, forB] = [settingsOf(pinned), settingsOf(app.settings.tuning)];
    const of = { turn, pinned };
    const start = performance.now();
    const b = await app.engine.tune(forB);
    const ms = performance.now() - start;
    // the recordings may have changed between the two
    const found = a && a.visits === b.visits ? a : await app.engine.tune(forA);
    // what it came of is another by now, and is asked for already
    if (of.turn !== turn) return;
    a = found;
    onChange({ a, b, pinned: of.pinned, thresholds: [forA.threshold, forB.threshold], ms });
  }

  async function request() {
    isDue = true;
    if (isRunning || !isShown) return;
    isRunning = true;
    try {
      while (isDue && isShown) {
        isDue = false;
        await run();
      }
    } catch (fault) {
      onFault(/** @type {Error} */ (fault));
    } finally {
      isRunning = false;
    }
  }
  const anew = () => {
    a = undefined;
    turn += 1;
    request();
  };
  app.settings.addEventListener('change', request);
  app.addEventListener('model', anew);
  app.addEventListener('judged', anew);

  return {
    /** Computes what was missed while another view was open, and goes on. */
    show: () => {
      isShown = true;
      request();
    },
    hide: () => (isShown = false),
    isPinned: () => pinned !== TUNING,
    /** @param {Tuning} [tuning] without: the product's own */
    pin: (tuning = TUNING) => {
      pinned = tuning;
      anew();
    },
    pinned: () => pinned,
  };
}
