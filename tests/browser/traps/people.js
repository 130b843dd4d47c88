/**
 * Who visits: a person at a mouse, on a phone, or with the keyboard alone. The same verbs for all three, so that a trap says what
 * is done and not with what. Chance comes from dice of their own: equal seeds, equal people. Nobody waits for a card, or looks at
 * what falter thinks.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP, PHONE } from '../support/browser.js';
import { boxOf, dice, hand, middleOf } from '../support/hand.js';
import { thumb } from '../support/thumb.js';

/** Spread of the times that people take, about as wide as the simulator's (src/train/simulate/person.rs): sigma of the logarithm. */
const SIGMA = 0.25;
/** Nothing takes longer or shorter than so many times its median, so that a visit's length stays known. */
const LONGEST = 1.5;
/** Fitts's law for a mouse, ms and ms a bit (MacKenzie 1992: about 200 + 150). */
const REACH_MS = 200;
const REACH_MS_A_BIT = 150;
/** What is aimed at is about so large. */
const TARGET_PX = 30;
/** px from the screen's edges that a wheel brings things into. */
const ROOM = 90;
/** px that a wheel's notch scrolls. */
const NOTCH = 100;
/** Between two keys: 40 words a minute and a bit, ms. */
const KEY_MS = 130;

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../support/hand.js').Spot} Spot
 * @typedef {import('../support/hand.js').Box} Box
 *
 * @typedef {object} Person
 * @property {Page} page
 * @property {(ms: number) => number} about a time of about so many ms
 * @property {(ms: number) => Promise<void>} rest does nothing in particular
 * @property {(selector: string) => Promise<void>} press goes there and clicks, taps, or presses Enter
 * @property {(text: string) => Promise<void>} type into what has the focus
 * @property {(selector: string, ms: number) => Promise<void>} study reads a line, again and again
 * @property {(ms: number) => Promise<void>} browse down the page and back, reading here and there
 * @property {() => Promise<void>} skim down the page and up again, without reading much
 * @property {(ms: number) => Promise<void>} waver in two minds
 * @property {ReturnType<typeof hand>} hand of who has a mouse or pen
 * @property {Awaited<ReturnType<typeof thumb>>} thumb of who has a touch screen
 * @property {(selector: string) => Promise<Spot>} spot somewhere in it
 * @property {(to: Spot) => Promise<void>} reach with the pointer, in the time that Fitts's law gives it
 * @property {() => number} roll 0..1
 * @property {number} [doubted] wall ms, since when there is a doubt
 */

/** Equal seeds for equal words. @param {string} words */
export const seedOf = (words) => [...words].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);

/** @param {number} seed */
function temper(seed) {
  const roll = dice(seed);
  // twelve dice less six are a normal number, nearly
  const normal = () => Array.from({ length: 12 }, roll).reduce((sum, one) => sum + one, -6);
  const about = (/** @type {number} */ ms) => ms * Math.min(LONGEST, Math.max(1 / LONGEST, Math.exp(SIGMA * normal())));
  return { roll, about };
}

/** @param {Page} page @param {() => number} roll @returns {(selector: string) => Promise<Spot>} */
const spotter = (page, roll) => async (selector) => {
  const { x, y, width, height } = await boxOf(page, selector);
  return { x: x + width * (0.25 + 0.5 * roll()), y: y + height * (0.3 + 0.4 * roll()) };
};

/**
 * At a desk.
 * @param {Page} page
 * @param {number} seed
 * @param {{ at?: Spot, pointer?: any }} [how] at: where the pointer is at first; pointer: another than the mouse, in Playwright's form
 * @returns {Person}
 */
export function atMouse(page, seed, { at, pointer = page.mouse } = {}) {
  const { roll, about } = temper(seed);
  const start = at ?? { x: 420 + 440 * roll(), y: 330 + 280 * roll() };
  const own = hand(/** @type {any} */ ({ mouse: pointer }), { seed, at: start });
  let last = start;
  const spot = spotter(page, roll);
  const move = async (/** @type {Spot} */ to, /** @type {number} */ ms) => {
    last = to;
    await own.move(to, ms);
  };
  const reach = (/** @type {Spot} */ to) => {
    const far = Math.hypot(to.x - last.x, to.y - last.y);
    return move(to, about(REACH_MS + REACH_MS_A_BIT * Math.log2(1 + far / TARGET_PX)));
  };
  const rest = (/** @type {number} */ ms) => own.rest(about(ms));
  /** Turns the wheel until it is on the screen. @param {string} selector */
  const bring = async (selector) => {
    const { y, height } = await boxOf(page, selector);
    const low = y + height - (LAPTOP.height - ROOM);
    if (low > 0) await own.wheel(Math.ceil(low / NOTCH));
    else if (y < 0) await own.wheel(Math.floor((y - ROOM) / NOTCH));
    else return;
    await rest(350);
  };
  return {
    page,
    roll,
    about,
    rest,
    spot,
    reach,
    hand: { ...own, move },
    thumb: /** @type {any} */ (undefined),
    press: async (selector) => {
      await bring(selector);
      await reach(await spot(selector));
      await own.click(last, 60);
    },
    type: (text) => typed(page, text, roll),
    study: async (selector, ms) => {
      await bring(selector);
      await own.read(await boxOf(page, selector), about(ms));
    },
    browse: async (ms) => {
      const end = performance.now() + about(ms);
      await reach({ x: 300 + 400 * roll(), y: 380 + 200 * roll() });
      for (let down = 0; performance.now() < end; down += 1) {
        await own.wheel(down < 3 ? 2 + Math.round(2 * roll()) : -4);
        await rest(1100);
      }
    },
    skim: async () => {
      await own.wheel(6 + Math.round(3 * roll()));
      await rest(900);
      await own.wheel(-10);
      await rest(400);
    },
    waver: (ms) => own.waver(about(ms)),
  };
}

/** On a phone. @param {Page} page @param {number} seed @returns {Promise<Person>} */
export async function onPhone(page, seed) {
  const { roll, about } = temper(seed);
  const own = await thumb(page);
  const rest = (/** @type {number} */ ms) => wait(about(ms));
  const side = () => 170 + 60 * roll();
  /** Brings it into the middle of the screen, drag by drag. @param {string} selector */
  const centre = async (selector) => {
    for (let drags = 0; drags < 4; drags += 1) {
      const by = PHONE.height / 2 - middleOf(await boxOf(page, selector)).y;
      const scrolled = await page.evaluate('[scrollY, document.documentElement.scrollHeight - innerHeight - scrollY]');
      if (Math.abs(by) < 120 || (by > 0 ? scrolled[0] < 2 : scrolled[1] < 2)) return;
      await own.drag({ x: side(), y: PHONE.height / 2 - Math.sign(by) * 200 }, Math.max(-420, Math.min(420, by)), about(600));
      await rest(250);
    }
  };
  return {
    page,
    roll,
    about,
    rest,
    spot: spotter(page, roll),
    reach: async () => {},
    hand: /** @type {any} */ (undefined),
    thumb: own,
    press: async (selector) => {
      await centre(selector);
      await rest(300);
      await own.tap(await spotter(page, roll)(selector));
    },
    type: (text) => typed(page, text, roll),
    study: async (selector, ms) => {
      await centre(selector);
      await rest(ms);
    },
    browse: async (ms) => {
      const end = performance.now() + about(ms);
      for (let flicks = 0; performance.now() < end; flicks += 1) {
        await own.flick({ x: side(), y: flicks < 3 ? 620 : 320 }, flicks < 3 ? -(240 + 120 * roll()) : 260, about(280));
        await rest(1300);
      }
    },
    // what follows begins with it
    skim: async () => {},
    // over the page once more without reading, and up in one burst, each flick before the last has glided out
    waver: async (ms) => {
      const end = performance.now() + about(ms);
      for (let flicks = 0; flicks < 2; flicks += 1) {
        await own.flick({ x: side(), y: 640 }, -(280 + 60 * roll()), 110);
        await wait(170);
      }
      for (let flicks = 0; performance.now() < end && flicks < 6; flicks += 1) {
        await own.flick({ x: side(), y: 230 }, 260 + 60 * roll(), 100);
        await wait(120 + 40 * roll());
      }
      await wait(Math.max(0, end - performance.now()));
    },
  };
}

/** With the keyboard alone. @param {Page} page @param {number} seed @returns {Person} */
export function atKeys(page, seed) {
  const { roll, about } = temper(seed);
  const rest = (/** @type {number} */ ms) => wait(about(ms));
  const key = async (/** @type {string} */ name, /** @type {number} */ ms) => {
    await page.keyboard.press(name, { delay: 60 });
    await rest(ms);
  };
  /** Tab by Tab to what is wanted, or back to it. @param {string} selector */
  const go = async (selector) => {
    const order = `[...document.querySelectorAll('a[href],button,input,select,[tabindex]')].filter((one) => one.offsetWidth)`;
    const steps = await page.evaluate(`(() => {
      const all = ${order};
      const wanted = all.indexOf(document.querySelector(${JSON.stringify(selector)}));
      return wanted - all.indexOf(document.activeElement);
    })()`);
    for (let step = 0; step < Math.abs(steps); step += 1) await key(steps > 0 ? 'Tab' : 'Shift+Tab', 220);
  };
  return {
    page,
    roll,
    about,
    rest,
    spot: spotter(page, roll),
    reach: async () => {},
    hand: /** @type {any} */ (undefined),
    thumb: /** @type {any} */ (undefined),
    press: async (selector) => {
      await go(selector);
      await key('Enter', 300);
    },
    type: (text) => typed(page, text, roll),
    study: async (_, ms) => {
      await key('ArrowDown', 300);
      await rest(ms);
    },
    browse: async (ms) => {
      const end = performance.now() + about(ms);
      for (let down = 0; performance.now() < end; down += 1) await key(down < 3 ? 'PageDown' : 'PageUp', 1500);
    },
    skim: async () => {},
    // down and up again, nothing read
    waver: async (ms) => {
      const end = performance.now() + about(ms);
      for (const name of ['PageDown', 'PageDown', 'PageUp', 'PageUp', 'Home']) await key(name, 260);
      await wait(Math.max(0, end - performance.now()));
    },
  };
}

/** @param {Page} page @param {string} text @param {() => number} roll */
async function typed(page, text, roll) {
  for (const letter of text) {
    await page.keyboard.press(letter);
    await wait(KEY_MS * (0.5 + roll()));
  }
}
