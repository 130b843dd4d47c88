/** Other documents in the page or in its place: chats, banks, films. */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP } from '../support/browser.js';
import { doubtsTotal } from './stories.js';
import { resize } from './windows.js';

/** @typedef {import('./visit.js').Trap} Trap */

/** Somewhere in a frame's part, in the viewport. @param {import('playwright-core').Page} page @param {string} frame @param {string} part */
async function inside(page, frame, part) {
  const box = await page.frameLocator(frame).locator(part).boundingBox();
  if (!box) throw new Error(`${part} is not in ${frame}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** @type {Trap['does']} */
async function asks({ page, reach, hand, type, rest, about, roll }) {
  const to = await inside(page, '#chat', '#question');
  await reach(to);
  await hand.click(to, 60);
  await type('does it scratch?');
  await rest(500);
  await reach({ x: to.x + 40 * roll(), y: to.y + 80 });
  await hand.wheel(2);
  await wait(about(900));
}

/** What a buyer does once it is paid: reads what comes next, and looks at it for a while. @type {NonNullable<Trap['buys']>} */
async function isDone({ page, rest, reach }) {
  await page.waitForURL(/thanks/);
  await rest(3000);
  await reach({ x: 500, y: 300 });
  await rest(4000);
  await reach({ x: 420, y: 200 });
  await rest(4500);
}

/** @type {Trap[]} */
export const FRAMES = [
  { name: 'cross-origin-frame', what: 'writes to a chat in a frame of another site', way: 'top', does: asks },
  { name: 'same-origin-frame', what: 'writes to a chat in a frame of the shop’s own', way: 'top', does: asks },
  {
    name: 'payment-redirect',
    what: 'is sent to the bank, another site, and comes back: paid, or not',
    way: 'top',
    does: async ({ press, rest, page, reach }, { role }) => {
      await rest(1200);
      await reach({ x: 400, y: 300 });
      await rest(800);
      await press('#pay');
      await page.waitForURL(/bank/);
      await rest(2600);
      await press(role === 'buyer' ? '#confirm' : '#cancel');
      await page.waitForURL(/thanks|cart/);
    },
    buys: isDone,
    doubts: doubtsTotal,
  },
  {
    name: 'secure-frame',
    what: "3-D Secure: types the bank's code into a frame of another site over the checkout, or cancels",
    way: 'top',
    does: async ({ press, type, rest, page, reach, hand }, { role }) => {
      await press('#card');
      await type('4242424242424242');
      await press('#pay');
      await rest(1400);
      const into = async (/** @type {string} */ part) => {
        const to = await inside(page, '#bank', part);
        await reach(to);
        await hand.click(to, 60);
      };
      await into('#code');
      if (role === 'buyer') await type('123456');
      await rest(700);
      await into(role === 'buyer' ? '#confirm' : '#cancel');
    },
    buys: isDone,
    doubts: doubtsTotal,
  },
  {
    name: 'video-full-screen',
    what: 'watches a film on the whole screen, and comes back by Escape',
    way: 'top',
    simulated: 'a headless window has no screen to fill: full screen is really entered, and the viewport made 1440 × 900 meanwhile',
    does: async ({ press, page, hand, rest, about }) => {
      await press('#film');
      await resize(page, { width: 1440, height: 900 });
      await wait(about(3200));
      await hand.move({ x: 700, y: 500 }, about(400));
      await page.keyboard.press('Escape');
      await page.evaluate('document.fullscreenElement && document.exitFullscreen()');
      await resize(page, LAPTOP);
      await rest(700);
    },
  },
];
