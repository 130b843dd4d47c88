/**
 * The traps that differ by engine, in Firefox and WebKit: real windows on a screen of Xvfb's, driven by the X server's own pointer and
 * keys. WebDriver is there to open the page and to ask what came of it.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { openFirefox } from '../support/firefox.js';
import { openInput, openScreen } from '../support/screen.js';
import { atMouse, seedOf } from './people.js';
import { openTraps } from './shop.js';
import { doubtsHere, WAYS } from './stories.js';

/** A toolbar and a frame are around the page: so far from the screen's corner something of the page is, px. */
const INSIDE = { x: 600, y: 500 };

/**
 * @typedef {import('../support/driven.js').Browser} Browser
 * @typedef {import('./people.js').Person} Person
 * @typedef {{ name: string, does: (person: Person) => Promise<unknown> }} Trap
 * @typedef {{ name: string, quiet: boolean, ahead: number | null, fault: string }} Came ahead: s; null: no card before the leave
 * @typedef {{ engine: string, came: Came[] }} Told
 */

/** @type {Trap[]} */
export const TRAPS = [
  {
    name: 'native-select',
    does: async ({ press, page, rest }) => {
      await press('#country');
      await rest(700);
      for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) {
        await page.keyboard.press(key);
        await rest(300);
      }
    },
  },
  {
    name: 'autocomplete-list',
    does: async ({ press, page, rest, reach, spot }) => {
      await press('#q');
      for (const key of ['l', 'a', 'm']) {
        await page.keyboard.press(key);
        await rest(150);
      }
      await rest(500);
      await reach(await spot('.found li:nth-child(3)'));
      await rest(300);
      await press('.found li:nth-child(2)');
    },
  },
  {
    name: 'scrollbar-drag',
    does: async ({ page, hand, reach, about, rest }) => {
      const width = Number(await page.evaluate('innerWidth'));
      await reach({ x: width - 5, y: 60 });
      await page.mouse.down();
      await wait(about(150));
      await hand.move({ x: width - 5, y: 380 }, about(900));
      await rest(400);
      await hand.move({ x: width - 5, y: 40 }, about(800));
      await page.mouse.up();
      await rest(500);
    },
  },
  {
    name: 'second-monitor',
    does: async ({ page, hand, about, rest }) => {
      const width = Number(await page.evaluate('innerWidth'));
      await hand.move({ x: width + 60, y: 380 }, about(600));
      await wait(about(1700));
      await hand.move({ x: 700, y: 400 }, about(600));
      await rest(700);
    },
  },
  {
    name: 'pointer-enters',
    does: async ({ hand, about, rest, roll }) => {
      await hand.move({ x: 500, y: 300 + 80 * roll() }, about(600));
      await rest(1200);
      await hand.move({ x: 420 + 100 * roll(), y: -35 }, about(500));
      await wait(about(900));
      await hand.move({ x: 560, y: 380 }, about(600));
      await rest(500);
    },
  },
];

/** A buyer in one document: what falter says is asked for in the end. @param {Person} person */
async function stays({ rest, press, browse }) {
  await rest(800);
  await press('.choice');
  await rest(600);
  await press('#add');
  await browse(4500);
  await press('.choice:nth-child(2)');
  await rest(2500);
}

/** Firefox in a window, as WebKit is. @returns {Promise<Browser & { display: string }>} */
export async function onScreen() {
  const { display, close } = await openScreen();
  const browser = await openFirefox(display);
  return { ...browser, display, close: () => browser.close().then(close).then(() => {}) };
}

/**
 * A browser's page in the form that people (people.js) know, with the X server's pointer and keys.
 * @param {Browser} browser
 * @param {Awaited<ReturnType<typeof openInput>>} input
 */
async function held({ page }, input) {
  // where the page is on the screen, as its own events have it
  await page.evaluate(() => addEventListener('mousemove', ({ clientX: x, clientY: y }) => Object.assign(window, { pointed: [x, y] })));
  input.move(INSIDE.x - 40, INSIDE.y - 40);
  await wait(300);
  input.move(INSIDE.x, INSIDE.y);
  await wait(300);
  const pointed = await page.evaluate('window.pointed');
  if (!pointed) throw new Error('the page does not hear the pointer');
  const [left, top] = [INSIDE.x - pointed[0], INSIDE.y - pointed[1]];
  const boundingBox = (/** @type {string} */ selector) => () =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`);
  return /** @type {any} */ ({
    evaluate: page.evaluate,
    mouse: {
      move: async (/** @type {number} */ x, /** @type {number} */ y) => input.move(left + x, top + y),
      down: async () => input.down(),
      up: async () => input.up(),
      wheel: async (/** @type {number} */ _, /** @type {number} */ y) => input.notch(y),
    },
    keyboard: { press: input.key },
    locator: (/** @type {string} */ selector) => ({ first: () => ({ boundingBox: boundingBox(selector) }) }),
  });
}

/**
 * @param {() => Promise<Browser & { display: string }>} open
 * @param {(line: string) => void} tell
 * @returns {Promise<Told>}
 */
export async function runEngine(open, tell) {
  const shop = await openTraps({ sensitivity: 'balanced' });
  /** @type {Told} */
  const told = { engine: '', came: [] };
  const browser = await open();
  try {
    const input = await openInput(browser.display);
    told.engine = `${browser.name} ${/^\d+(\.\d+)?/.exec(browser.version)?.[0]}`;
    for (const { name, does } of TRAPS) {
      /** @type {Came} */
      const came = { name, quiet: false, ahead: null, fault: '' };
      for (const role of ['buyer', 'twin']) {
        const words = `${name}-${role}`;
        await browser.page.goto(shop.url(name, words));
        await browser.page.evaluate(() => {
          Object.assign(window, { shown: [] });
          /** @type {any} */ (window).falter.on('falter:show', () => /** @type {any} */ (window).shown.push(Date.now()));
        });
        const page = await held(browser, input);
        const person = atMouse(page, seedOf(words), { at: { x: 560, y: 420 } });
        await person.rest(1000);
        await does(person);
        if (role === 'buyer') await stays(person);
        else {
          await doubtsHere(person);
          await WAYS.top(person);
        }
        const left = Date.now();
        const [[shown], running] = await browser.page.evaluate('[window.shown, falter.snapshot().running]');
        if (!running) came.fault = 'falter was not at work';
        if (role === 'buyer') came.quiet = !shown;
        else if (shown >= Number(person.doubted)) came.ahead = (left - shown) / 1000;
      }
      told.came.push(came);
      tell([told.engine, name, came.quiet ? 'quiet' : 'alarm', came.ahead?.toFixed(1) ?? 'missed', came.fault].join(', '));
    }
    input.close();
  } finally {
    await browser.close();
    await shop.close();
  }
  return told;
}

/** @param {Told[]} engines */
export function tableOf(engines) {
  const heads = ['trap', ...engines.flatMap(({ engine }) => [`${engine}: buyer`, 'twin'])];
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |\n`;
  const seconds = (/** @type {number | null} */ ahead) => (ahead === null ? 'missed' : `${ahead.toFixed(1)} s`);
  const words = (/** @type {Came} */ { quiet, ahead }) => [quiet ? 'quiet' : '**alarm**', seconds(ahead)];
  const rows = TRAPS.map(({ name }, place) => line([name, ...engines.flatMap(({ came }) => words(came[place]))]));
  return line(heads) + line(heads.map(() => '---')) + rows.join('');
}
