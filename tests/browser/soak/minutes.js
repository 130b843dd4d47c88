/**
 * What happens in each minute of a soak, over and over: a shopper at 1 kHz, with all that pages, tabs, timers and clocks do in between.
 */

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/**
 * @typedef {object} World
 * @property {import('playwright-core').Page} page
 * @property {(expression: string) => Promise<any>} ask
 * @property {(does: string, ms: number, more?: string) => Promise<void>} live a call of the world, to which the time is added
 * @property {(go: string) => Promise<void>} leave to another page, or back
 * @property {boolean} isStill this page stays: no other is loaded
 * @property {() => Promise<void>} ready until falter is at work on the page that is there
 *
 * @typedef {(world: World, minute: number) => Promise<void>} Minute
 */

/** Turns a page without loading one. @param {World} world @param {string} path */
const turn = ({ ask }, path) => ask(`void history.pushState(null, '', '#/${path}')`);
/** @param {number} ms @returns {(world: World) => Promise<void>} */
const hidden = (ms) => async ({ ask, live }) => {
  await ask('soak.hide(true)');
  await live('rest', ms);
  await ask('soak.hide(false)');
};
/** Asleep, or the clock set. @param {World} world @param {number} ms */
const shift = ({ ask }, ms) => ask(`soak.shift(${ms})`);
/** Loads a document, where this one does not stay. @param {World} world @param {number} minute @param {string} path */
const load = (world, minute, path) =>
  world.isStill ? turn(world, path) : world.leave(`(location.href = 'index.html?${minute}#/${path}')`);
/** @param {World} world @param {string} signal */
const tell = ({ ask }, signal) => ask(`void falter.signal(${signal})`);

/** @type {Record<string, Minute>} */
const minutes = {
  'a product, and a click on it': async (world, minute) => {
    await turn(world, `product/${minute % 50}`);
    await world.live('move', 20 * SECOND_MS);
    await world.ask(`soak.send('pointerdown', { clientX: 500, clientY: 300 }), soak.send('pointerup', { clientX: 500, clientY: 300 }), soak.send('click', { clientX: 500, clientY: 300 })`);
    await world.live('move', 40 * SECOND_MS);
  },
  'a cart, keys and a field': async (world, minute) => {
    await tell(world, `{ s: 'cart', op: 'add', item: 'item ${minute % 20}', qty: 1, value: 42.6 }`);
    await turn(world, 'cart');
    await world.live('move', 30 * SECOND_MS);
    await world.ask(`document.querySelector('input').focus(), soak.send('keydown', { key: 'a' }), soak.send('keydown', { key: 'Tab' }), document.querySelector('input').blur()`);
    await world.live('move', 30 * SECOND_MS);
  },
  'a tab hidden for 20 s: timers once a second': async (world) => {
    await world.live('move', 20 * SECOND_MS);
    await hidden(20 * SECOND_MS)(world);
    await world.live('move', 20 * SECOND_MS);
  },
  'events that are heard up to 40 ms late': async (world) => {
    await turn(world, 'category/lamps');
    await world.live('move', MINUTE_MS, ', 40');
  },
  'asleep for 7 minutes': async (world) => {
    await world.live('move', 30 * SECOND_MS);
    await shift(world, 7 * MINUTE_MS);
    await world.live('move', 30 * SECOND_MS);
  },
  'a page loaded': async (world, minute) => {
    await world.live('move', 30 * SECOND_MS);
    await load(world, minute, 'product/7');
    await world.live('move', 30 * SECOND_MS);
  },
  'a clock set ahead by 30 s, and back': async (world) => {
    await world.live('move', 20 * SECOND_MS);
    await shift(world, 30 * SECOND_MS);
    await world.live('move', 20 * SECOND_MS);
    await shift(world, -30 * SECOND_MS);
    await world.live('move', 20 * SECOND_MS);
  },
  'a tab hidden for 7 minutes: timers once a minute': async (world) => {
    await world.live('move', 30 * SECOND_MS);
    await hidden(7 * MINUTE_MS)(world);
    await world.live('move', 30 * SECOND_MS);
  },
  'a clock set back by 20 s, and a page loaded': async (world, minute) => {
    await world.live('move', 30 * SECOND_MS);
    await shift(world, -20 * SECOND_MS);
    await load(world, minute, 'checkout');
    await world.live('move', 30 * SECOND_MS);
  },
  'to another page and back, from the memory of the browser': async (world, minute) => {
    await world.live('move', 20 * SECOND_MS);
    await load(world, minute, 'policies/returns');
    await world.live('move', 20 * SECOND_MS);
    if (!world.isStill) await world.leave('history.back()');
    await world.live('move', 20 * SECOND_MS);
  },
  'the window left for 3 s, and a look at the terms': async (world) => {
    await world.live('move', 20 * SECOND_MS);
    await world.ask(`void soak.send('blur', { bubbles: false }, window)`);
    await world.live('rest', 3 * SECOND_MS);
    await world.ask(`void soak.send('focus', { bubbles: false }, window)`);
    await world.ask(`void soak.send('pointerover', {}, document.querySelector('[data-falter=shipping]'))`);
    await world.live('rest', 7 * SECOND_MS);
    await world.live('move', 30 * SECOND_MS);
  },
  'the mouse itself': async (world) => {
    for (let i = 0; i < 20; i += 1) {
      await world.page.mouse.move(300 + 20 * i, 300 + 10 * (i % 7));
      await world.live('rest', 50);
    }
    await world.page.mouse.wheel(0, 200);
    await world.live('move', 40 * SECOND_MS);
    await world.page.mouse.click(640, 500);
    await world.live('move', 19 * SECOND_MS);
  },
};

export const NAMES = Object.keys(minutes);
export const MINUTES = Object.values(minutes);

/** Nobody there for 45 minutes: the visit ends, and the next is another shopper's. @type {Minute} */
export const anew = async (world) => {
  await shift(world, 45 * MINUTE_MS);
  // it is noticed at the next tick; then whoever moves begins another visit
  await world.live('rest', SECOND_MS);
  await world.ask(`localStorage.removeItem('falter')`);
  await world.live('move', 10);
  await world.ready();
};
