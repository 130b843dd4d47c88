/** Windows: those of the system, those of the shop, and the browser's own. */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP } from '../support/browser.js';

/** @typedef {import('./visit.js').Trap} Trap */
/** @typedef {import('playwright-core').Page} Page */

/**
 * The system's window has the focus meanwhile. A headless Chromium has one window, which loses its focus only with its tab, so the
 * two events are the test's own: the same as the browser's but for `isTrusted`.
 * @param {Page} page
 * @param {number} ms
 */
export async function blurred(page, ms) {
  await page.evaluate(() => void window.dispatchEvent(new FocusEvent('blur')));
  await wait(ms);
  await page.evaluate(() => void window.dispatchEvent(new FocusEvent('focus')));
}

/** @param {Page} page @param {{ width: number, height: number }} size */
export async function resize(page, { width, height }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  await session.detach();
}

/** @type {Trap[]} */
export const WINDOWS = [
  {
    name: 'devtools',
    what: 'a panel opens at the foot of the window and takes half of it; the pointer is in it for a while',
    way: 'top',
    simulated: 'the viewport is made 440 px high and high again, as developer tools and side panels do',
    does: async ({ hand, about, rest, page }) => {
      await resize(page, { width: LAPTOP.width, height: 440 });
      await wait(about(600));
      await hand.move({ x: 600, y: 520 }, about(500));
      await wait(about(2000));
      await resize(page, LAPTOP);
      await hand.move({ x: 620, y: 420 }, about(500));
      await rest(500);
    },
  },
  {
    name: 'print-dialog',
    what: "prints the page: the browser's window for it opens, and is closed",
    way: 'top',
    simulated: 'the window itself: print() is really called by the click, and the focus lost and regained by events of our own',
    does: async ({ press, page, about, rest }) => {
      await press('#print');
      await blurred(page, about(3000));
      await rest(700);
    },
  },
  {
    name: 'dialog-open',
    what: "reads the shop's own dialog, a size chart, and closes it",
    way: 'top',
    does: async ({ press, hand, page, about, rest }) => {
      await press('#chart');
      await wait(about(600));
      const box = await page.locator('#sizes').boundingBox();
      if (box) await hand.read({ ...box, height: box.height / 2 }, about(2600));
      await press('#shut');
      await rest(500);
    },
  },
  {
    name: 'cookie-banner',
    what: 'leaves the banner about cookies open, reads, and says no to it in the end',
    way: 'top',
    does: async ({ browse, press, rest }) => {
      await browse(2600);
      await press('#deny');
      await rest(500);
    },
  },
  {
    name: 'screen-lock',
    what: 'the screen is locked for some seconds: the page is hidden, without any sign before',
    way: 'top',
    simulated: 'no screen can be locked here: the window is minimised, which hides the page and takes its focus as a lock does',
    does: async ({ rest, page, about }) => {
      await rest(1500);
      const session = await page.context().newCDPSession(page);
      const { windowId } = await session.send('Browser.getWindowForTarget');
      const state = (/** @type {'minimized' | 'normal'} */ windowState) =>
        session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
      await state('minimized');
      await wait(about(3500));
      await state('normal');
      await rest(1100);
    },
  },
  {
    name: 'prerendered',
    what: 'the page was made before it was asked for: it is hidden for seconds, then looked at',
    way: 'top',
    simulated: 'headless Chromium prerenders nothing for us: the page is loaded in a tab behind, and brought to the front 3 s later',
    before: async (_, { other }) => other.bringToFront(),
    does: async ({ about, page, rest }) => {
      await wait(about(2000));
      await page.bringToFront();
      await rest(1400);
    },
  },
];
