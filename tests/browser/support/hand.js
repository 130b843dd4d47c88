/**
 * A hand on a mouse: minimum-jerk paths (Flash and Hogan 1985), a slight arc, a tremor, 60 samples a second. Every
 * movement lasts as long as it is told to, however busy the machine: late samples are left out, not queued.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP } from './browser.js';

/** A mouse at 60 Hz. */
const SAMPLE_MS = 1000 / 60;
/** How far the path bows out, as part of its length: wrists turn. */
const BOW = 0.06;
/** px, each way: a resting hand is never quite still. */
const TREMOR = 0.8;
/** A hand that wavers stays this far from the edges, px. */
const MARGIN = 80;
/** A resting hand shifts the mouse this often, ms. */
const SHIFT_MS = 700;

/**
 * @typedef {{ x: number, y: number }} Spot px in the viewport
 * @typedef {{ seed?: number, at?: Spot }} HandOptions
 */

/** Equal numbers in 0..1 for equal seeds (mulberry32). @param {number} seed */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {Spot} spot @returns {Spot} */
const inside = ({ x, y }) => ({
  x: Math.min(LAPTOP.width - MARGIN, Math.max(MARGIN, x)),
  y: Math.min(LAPTOP.height - MARGIN, Math.max(MARGIN, y)),
});

/** Progress of a minimum-jerk movement. @param {number} part of its time, 0..1 @returns {number} of its way, 0..1 */
const minimumJerk = (part) => part ** 3 * (10 - 15 * part + 6 * part ** 2);

/**
 * @param {import('playwright-core').Page} page
 * @param {HandOptions} [options]
 */
export function hand(page, { seed = 1, at = { x: 640, y: 500 } } = {}) {
  const roll = dice(seed);
  // The tremor has dice of its own: where the hand goes must not hang on how many samples of the way were taken.
  const shake = dice(~seed);
  const swing = (rolled = roll) => rolled() * 2 - 1;
  const tremor = () => swing(shake) * TREMOR;
  let [x, y] = [at.x, at.y];

  /** @param {Spot} to @param {number} ms */
  async function move(to, ms) {
    const [fromX, fromY] = [x, y];
    const bow = BOW * swing();
    // A mouse does not wait for the page to have seen the last sample before it takes the next.
    const sent = [];
    const samples = Math.max(1, Math.round(ms / SAMPLE_MS));
    const start = performance.now();
    for (let sample = 1; sample <= samples; sample += 1) {
      const due = start + sample * SAMPLE_MS - performance.now();
      // Late samples are left out, but for the last.
      if (due < -SAMPLE_MS && sample < samples) continue;
      await wait(Math.max(0, due));
      const way = minimumJerk(sample / samples);
      const aside = bow * Math.sin(Math.PI * way);
      x = fromX + (to.x - fromX) * way - (to.y - fromY) * aside + tremor();
      y = fromY + (to.y - fromY) * way + (to.x - fromX) * aside + tremor();
      if (sample === samples) [x, y] = [to.x, to.y];
      sent.push(page.mouse.move(x, y));
      // what a page that is gone says of it is said at the end, once
      sent.at(-1)?.catch(() => {});
    }
    await Promise.all(sent);
  }

  /** Stays where it is, as hands do. @param {number} ms */
  async function rest(ms) {
    for (const end = performance.now() + ms; performance.now() < end; ) {
      await wait(Math.min(SHIFT_MS * (0.6 + 0.8 * roll()), Math.max(0, end - performance.now())));
      if (performance.now() < end) await page.mouse.move(x + tremor() * 2, y + tremor() * 2);
    }
  }

  /** @param {Spot} to @param {number} ms */
  async function click(to, ms) {
    await move(to, ms);
    await wait(90);
    await page.mouse.down();
    await wait(80);
    await page.mouse.up();
  }

  /** Follows the words along a line and back to its start, until the time is over. @param {Box} box @param {number} ms */
  async function read({ x: left, y: top, width, height }, ms) {
    const end = performance.now() + ms;
    const middle = top + height / 2;
    await move({ x: left + 12, y: middle }, Math.min(600, ms / 4));
    for (let right = true; performance.now() < end; right = !right) {
      const leftMs = end - performance.now();
      const reach = left + width * (right ? 0.55 + 0.3 * roll() : 0.05 + 0.2 * roll());
      await move({ x: reach, y: middle + swing() * height * 0.2 }, Math.min(leftMs, right ? 1500 : 500));
      await rest(Math.min(400, Math.max(0, end - performance.now())));
    }
  }

  /** In two minds: slow short movements that turn about and hardly stop. @param {number} ms */
  async function waver(ms) {
    let heading = roll() * 2 * Math.PI;
    for (const end = performance.now() + ms; performance.now() < end; ) {
      heading += swing() * 2;
      const far = 40 + 100 * roll();
      const to = { x: x + far * Math.cos(heading), y: y + 0.8 * far * Math.sin(heading) };
      await move(inside(to), 320 + 240 * roll());
      await wait(90 * roll());
    }
  }

  /** Turns the wheel notch by notch. @param {number} notches under 0: up */
  async function wheel(notches) {
    for (let i = 0; i < Math.abs(notches); i += 1) {
      await page.mouse.wheel(0, 100 * Math.sign(notches));
      await wait(90 + 60 * roll());
    }
  }

  return { move, rest, click, read, waver, wheel };
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Box px in the viewport */

/**
 * Where something is on the screen now.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @returns {Promise<Box>}
 */
export async function boxOf(page, selector) {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on the page`);
  return box;
}

/** @param {Box} box @returns {Spot} */
export const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
