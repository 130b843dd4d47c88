/** A thumb on a phone: taps and flicks through the browser's own touch input, so that scrolls glide as they do there. */

import { setTimeout as wait } from 'node:timers/promises';

/** A phone's digitiser, about 60 Hz. */
const SAMPLE_MS = 16;

/** @param {import('playwright-core').Page} page */
export async function thumb(page) {
  const session = await page.context().newCDPSession(page);
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {{ x: number, y: number }[]} touchPoints */
  const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });

  return {
    /** @param {{ x: number, y: number }} at */
    async tap(at) {
      await touch('touchStart', [at]);
      await wait(70);
      await touch('touchEnd', []);
    },
    /**
     * Drags the page and lets go; at the end of a quick drag it glides on.
     * @param {{ x: number, y: number }} from
     * @param {number} by px; over 0 the finger moves down, and the page scrolls up
     * @param {number} ms
     */
    async swipe(from, by, ms) {
      const start = performance.now();
      await touch('touchStart', [from]);
      for (let part = 0; part < 1; ) {
        await wait(SAMPLE_MS);
        part = Math.min(1, (performance.now() - start) / ms);
        await touch('touchMove', [{ x: from.x + 6 * part, y: from.y + by * part }]);
      }
      await touch('touchEnd', []);
    },
  };
}
