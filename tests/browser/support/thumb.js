/** A thumb on a phone: taps and flicks through the browser's own touch input, so that scrolls glide as they do there. */

import { setTimeout as wait } from 'node:timers/promises';

/** A phone's digitiser, about 60 Hz. */
const SAMPLE_MS = 16;
/** A finger that lies still so long has stopped the page, ms. */
const REST_MS = 120;

/** @typedef {{ x: number, y: number }} Point */

/** @param {import('playwright-core').Page} page */
export async function thumb(page) {
  const session = await page.context().newCDPSession(page);
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {Point[]} touchPoints */
  const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });

  /** @param {Point} from @param {number} by @param {number} ms @param {number} rest ms the finger lies still at the end */
  const stroke = async (from, by, ms, rest) => {
    // A digitiser does not wait for the page to have seen the last sample before it takes the next.
    const sent = [touch('touchStart', [from])];
    const start = performance.now();
    for (let at = SAMPLE_MS; at < ms + rest + SAMPLE_MS; at += SAMPLE_MS) {
      await wait(start + at - performance.now());
      const part = Math.min(1, at / ms);
      sent.push(touch('touchMove', [{ x: from.x + 6 * part, y: from.y + by * part }]));
    }
    sent.push(touch('touchEnd', []));
    await Promise.all(sent);
  };

  return {
    /** @param {Point} at */
    async tap(at) {
      await touch('touchStart', [at]);
      await wait(70);
      await touch('touchEnd', []);
    },
    /**
     * Drags the page and lets go while the finger still moves: the page glides on.
     * @param {Point} from
     * @param {number} by px; over 0 the finger moves down, and the page scrolls up
     * @param {number} ms
     */
    flick: (from, by, ms) => stroke(from, by, ms, 0),
    /** Drags the page, rests, and lets go: the page stays where it is. @param {Point} from @param {number} by @param {number} ms */
    drag: (from, by, ms) => stroke(from, by, ms, REST_MS),
  };
}
