/** What the pointer does that looks like going: to the edges, over them, and back. */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP } from '../support/browser.js';
import { middleOf, boxOf } from '../support/hand.js';
import { atMouse } from './people.js';

/** @typedef {import('./visit.js').Trap} Trap */
/** @typedef {import('./people.js').Person} Person */

/** Between two places of a drag, ms. */
const DRAG_MS = 50;
/** Where a scroll bar is, px from the right. */
const BAR_PX = 7;

/**
 * With the button held.
 * @param {Person} person
 * @param {import('./people.js').Spot} from
 * @param {[x: number, y: number, ms: number][]} way
 */
async function drags({ hand, page, about, reach }, from, way) {
  await reach(from);
  await page.mouse.down();
  await wait(about(120));
  for (const [x, y, ms] of way) {
    await hand.move({ x, y }, about(ms));
    await wait(about(250));
  }
  await page.mouse.up();
}

/**
 * Drag and drop: the browser takes the pointer over, and tells of it every 50 ms (HTML standard, 6.11.5). One place after the other:
 * Playwright has to have begun the drag before it can go on with it.
 * @param {Person} person
 * @param {import('./people.js').Spot} from
 * @param {[x: number, y: number][]} way
 */
async function carries({ page, reach, about }, from, way) {
  await reach(from);
  await page.mouse.down();
  let { x, y } = from;
  for (const [toX, toY] of way) {
    const steps = Math.round(about(650) / DRAG_MS);
    for (let step = 1; step <= steps; step += 1) {
      await Promise.all([page.mouse.move(x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps), wait(DRAG_MS)]);
    }
    [x, y] = [toX, toY];
  }
  await page.mouse.up();
}

/** @type {Trap[]} */
export const POINTER = [
  {
    name: 'scrollbar-drag',
    what: 'drags the scroll bar down, and up again to the top',
    way: 'top',
    does: async (person) => {
      const x = LAPTOP.width - BAR_PX;
      await drags(person, { x, y: 100 }, [
        [x, 420, 900],
        [x, 330, 500],
        [x, 40, 800],
      ]);
      await person.rest(500);
    },
  },
  {
    name: 'pointer-enters',
    what: 'comes in from the top, from the tabs, goes out to them once more and comes back',
    way: 'top',
    enters: (page, seed) => atMouse(page, seed, { at: { x: 300, y: -50 } }),
    does: async ({ hand, about, rest, roll }) => {
      await hand.move({ x: 500, y: 300 + 80 * roll() }, about(600));
      await rest(1500);
      await hand.move({ x: 420 + 100 * roll(), y: -45 }, about(500));
      await wait(about(900));
      await hand.move({ x: 560, y: 380 }, about(600));
      await rest(500);
    },
  },
  {
    name: 'pointer-outside',
    what: 'reads with the wheel while the pointer is still in the address bar, then comes in',
    way: 'top',
    enters: (page, seed) => atMouse(page, seed, { at: { x: 360, y: -40 } }),
    does: async ({ hand, about, rest, page }) => {
      await wait(about(2600));
      await page.keyboard.press('PageDown');
      await wait(about(1500));
      await page.keyboard.press('PageUp');
      await wait(about(800));
      await hand.move({ x: 600, y: 420 }, about(700));
      await rest(400);
    },
  },
  {
    name: 'second-monitor',
    what: 'has a second screen: out to the right and back, out to the left and back',
    way: 'top',
    does: async ({ hand, about, rest }) => {
      await hand.move({ x: LAPTOP.width + 60, y: 380 }, about(600));
      await wait(about(1800));
      await hand.move({ x: 800, y: 400 }, about(600));
      await rest(700);
      await hand.move({ x: -60, y: 420 }, about(700));
      await wait(about(1500));
      await hand.move({ x: 560, y: 400 }, about(600));
      await rest(400);
    },
  },
  {
    name: 'drag-out',
    what: "drags the product's picture out of the window, to the desktop",
    way: 'top',
    does: async (person) => {
      const { x, y } = middleOf(await boxOf(person.page, '#picture'));
      await carries(person, { x, y }, [
        [x + 60, y - 120],
        [x + 120, -40],
      ]);
      await person.hand.move({ x: 640, y: 420 }, person.about(700));
      await person.rest(500);
    },
  },
  {
    name: 'selection-to-top',
    what: 'selects text upwards, over the top of the page, and lets go there',
    way: 'top',
    does: async (person) => {
      const { x, y } = await person.spot('#about');
      await drags(person, { x, y }, [
        [x - 60, 120, 700],
        [x - 150, -25, 500],
      ]);
      await wait(person.about(500));
      await person.hand.move({ x: 520, y: 560 }, person.about(600));
      await person.page.mouse.click(520, 560);
      await person.rest(400);
    },
  },
  {
    name: 'context-menu',
    what: "opens the picture's menu with the right button, and leaves it again",
    way: 'top',
    simulated: 'headless Chromium draws no menu; while it would be open the page hears nothing of the pointer',
    does: async ({ reach, spot, page, about, rest }) => {
      await reach(await spot('#picture'));
      await page.mouse.down({ button: 'right' });
      await wait(about(80));
      await page.mouse.up({ button: 'right' });
      await wait(about(2200));
      await page.keyboard.press('Escape');
      await rest(600);
    },
  },
  {
    name: 'tooltip-extension',
    what: 'has an extension that puts a bar at the top of every page, and tooltips at the pointer',
    way: 'top',
    simulated: 'what the extension adds, the test adds',
    does: async ({ reach, spot, rest, page }) => {
      await page.evaluate(() => {
        const bar = Object.assign(document.createElement('div'), { textContent: 'Cheaper elsewhere? We look for you.' });
        bar.style.cssText = 'height:44px;background:#ffd';
        document.body.prepend(bar);
        const tip = Object.assign(document.createElement('span'), { textContent: 'Price history' });
        tip.style.cssText = 'position:fixed;z-index:99999;padding:4px;background:#ddf';
        document.addEventListener('mousemove', ({ clientX, clientY }) => {
          tip.style.left = `${clientX + 14}px`;
          tip.style.top = `${clientY + 14}px`;
          document.body.append(tip);
        });
      });
      await reach(await spot('.price'));
      await rest(900);
      await reach({ x: 600, y: 22 });
      await rest(900);
      await reach(await spot('#about'));
      await rest(700);
    },
  },
  {
    name: 'zoom-wheel',
    what: 'makes the page larger with Control and the wheel, and smaller again',
    way: 'top',
    simulated: 'headless Chromium does not zoom by the wheel; its events are real, and the viewport is made as a zoom makes it',
    does: async ({ hand, page, rest }) => {
      const session = await page.context().newCDPSession(page);
      const zoom = async (/** @type {number} */ factor, /** @type {number} */ turn) => {
        const [width, height] = [LAPTOP.width, LAPTOP.height].map((length) => Math.round(length / factor));
        await page.keyboard.down('Control');
        await page.mouse.wheel(0, turn);
        await page.keyboard.up('Control');
        await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: factor, mobile: false });
        await rest(450);
      };
      await hand.move({ x: 500, y: 300 }, 500);
      for (const factor of [1.1, 1.25]) await zoom(factor, -100);
      await rest(1200);
      for (const factor of [1.1, 1]) await zoom(factor, 100);
    },
  },
  {
    name: 'zoom-pinch',
    what: 'on a phone: zooms to the picture with two fingers, looks, and back',
    who: 'phone',
    does: async ({ page, rest }) => {
      const session = await page.context().newCDPSession(page);
      const pinch = (/** @type {number} */ scaleFactor) =>
        session.send('Input.synthesizePinchGesture', { x: 195, y: 300, scaleFactor, relativeSpeed: 600, gestureSourceType: 'touch' });
      await pinch(1.8);
      await rest(1800);
      await pinch(1 / 1.8);
      await rest(800);
    },
  },
];
