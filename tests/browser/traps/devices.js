/** Others than a hand on a mouse in front of a page that reads from the left. */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP } from '../support/browser.js';
import { thumb } from '../support/thumb.js';
import { atKeys, atMouse } from './people.js';

/** @typedef {import('./visit.js').Trap} Trap */
/** @typedef {import('playwright-core').Page} Page */

/** A pen, in the form of Playwright's mouse. @param {Page} page */
async function penOf(page) {
  const session = await page.context().newCDPSession(page);
  let [x, y, held] = [0, 0, 0];
  /** @param {'mouseMoved' | 'mousePressed' | 'mouseReleased'} type */
  const send = (type) => {
    const button = /** @type {const} */ (type === 'mouseMoved' && !held ? 'none' : 'left');
    const clickCount = type === 'mouseMoved' ? 0 : 1;
    return session.send('Input.dispatchMouseEvent', { type, x, y, button, buttons: held, clickCount, pointerType: 'pen' });
  };
  return {
    move: (/** @type {number} */ toX, /** @type {number} */ toY) => (([x, y] = [toX, toY]), send('mouseMoved')),
    down: () => ((held = 1), send('mousePressed')),
    up: () => ((held = 0), send('mouseReleased')),
    wheel: (/** @type {number} */ deltaX, /** @type {number} */ deltaY) =>
      session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX, deltaY }),
  };
}

/**
 * Who listens to the page. The screen reader keeps the keys for itself: the page hears of a focus, a scroll and a click.
 * @param {Page} page
 * @param {number} seed
 */
function byEar(page, seed) {
  const person = atKeys(page, seed);
  const { rest } = person;
  /** @param {string} selector */
  const hear = (selector) => page.locator(selector).first().evaluate((one) => one.scrollIntoView({ block: 'nearest' }));
  return {
    ...person,
    press: async (/** @type {string} */ selector) => {
      await hear(selector);
      await rest(1300);
      await page.locator(selector).first().focus();
      await page.locator(selector).first().evaluate((/** @type {HTMLElement} */ one) => one.click());
    },
    study: async (/** @type {string} */ selector, /** @type {number} */ ms) => {
      await hear(selector);
      await rest(ms);
    },
    browse: async (/** @type {number} */ ms) => {
      for (const part of ['.story h2', '.story p:nth-of-type(3)', '#about']) {
        await hear(part);
        await rest(ms / 3);
      }
    },
    waver: async (/** @type {number} */ ms) => {
      for (const part of ['main', 'h1']) {
        await hear(part);
        await rest(ms / 2);
      }
    },
  };
}

/** @type {Trap[]} */
export const DEVICES = [
  {
    name: 'right-to-left',
    what: 'a page that reads from the right, with menu, cart and scroll bar on the other side',
    way: 'top',
    does: async ({ reach, spot, rest, hand }) => {
      await reach(await spot('.menu a:nth-child(2)'));
      await rest(500);
      await hand.wheel(4);
      await rest(900);
      await reach({ x: 12, y: 300 });
      await rest(500);
      await hand.wheel(-4);
      await rest(400);
    },
  },
  {
    name: 'touch-laptop',
    what: 'scrolls by finger on a laptop, then takes the mouse, then the finger again',
    way: 'top',
    does: async ({ page, rest, reach }) => {
      const { flick, tap } = await thumb(page);
      await flick({ x: 700, y: 600 }, -260, 240);
      await rest(1200);
      await reach({ x: 640, y: 380 });
      await rest(600);
      await flick({ x: 700, y: 260 }, 300, 240);
      await rest(1000);
      await tap({ x: 760, y: 500 });
      await rest(500);
    },
  },
  {
    name: 'pen',
    what: 'points and clicks with a pen, which comes near the screen and goes away from it',
    way: 'top',
    enters: async (page, seed) => atMouse(page, seed, { pointer: await penOf(page) }),
    does: async ({ reach, press, rest, about }) => {
      await reach({ x: LAPTOP.width / 2, y: 80 });
      await rest(500);
      await press('.choice');
      // lifted: it is told no more
      await wait(about(1500));
      await reach({ x: 500, y: 420 });
      await rest(500);
    },
  },
  {
    name: 'keyboard-only',
    what: 'goes through the page by Tab, arrows and Enter, with no pointer at all',
    who: 'keys',
    does: async ({ page, rest }) => {
      for (const key of ['Tab', 'Tab', 'Tab', 'PageDown', 'PageUp', 'Tab', 'Shift+Tab']) {
        await page.keyboard.press(key, { delay: 60 });
        await rest(350);
      }
    },
  },
  {
    name: 'screen-reader',
    what: 'listens to the page: long silences, then a focus or a click without pointer or key',
    enters: byEar,
    simulated: "no screen reader runs here: what it tells a page, a focus, a scroll, a click without a pointer, is brought about by script",
    does: async ({ study }) => {
      await study('h1', 2200);
      await study('#about', 2500);
    },
  },
];
