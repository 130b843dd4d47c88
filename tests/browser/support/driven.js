/** A browser driven by WebDriver's commands, its page in the form that hands (hand.js) and tests know from Playwright. */

import { LAPTOP } from './browser.js';

/** Longest that a script or a page may take. */
const PATIENCE_MS = 60_000;
const MOUSE = 'mouse';

/**
 * @typedef {object} Page
 * @property {(url: string) => Promise<unknown>} goto until it is loaded
 * @property {<T, R>(use: ((arg: T) => R | Promise<R>) | string, arg?: T) => Promise<any>} evaluate a function alone, or an expression
 * @property {{ move: (x: number, y: number) => Promise<any>, down: () => Promise<any>, up: () => Promise<any>, wheel: (x: number, y: number) => Promise<any> }} mouse
 *   trusted input
 *
 * @typedef {{ name: string, version: string, page: Page, close: () => Promise<void> }} Browser
 *
 * @typedef {object} Driver
 * @property {string} name
 * @property {string} version
 * @property {(command: 'goto' | 'evaluate' | 'act' | 'timeouts' | 'resize', body: any) => Promise<any>} send
 * @property {() => Promise<void>} close
 */

/** @param {Driver} driver @returns {Promise<Browser>} */
export async function openDriven({ name, version, send, close }) {
  await send('timeouts', { script: PATIENCE_MS, pageLoad: PATIENCE_MS });
  let [x, y] = [0, 0];
  /** One after the other, whoever waits for them. @type {Promise<unknown>} */
  let turn = Promise.resolve();
  /** A move that is not sent yet. @type {Promise<unknown> | undefined} */
  let moving;
  /** @param {any} action */
  const pointer = (action) => ({ actions: [{ type: 'pointer', id: MOUSE, parameters: { pointerType: 'mouse' }, actions: [action] }] });
  /** @param {any} action */
  const act = (action) => (turn = turn.then(() => send('act', pointer(action))));

  /** @type {Page} */
  const page = {
    goto: (url) => send('goto', { url }),
    evaluate: async (use, arg) => {
      const call = typeof use === 'string' ? `(${use})` : `(${use})(given)`;
      // numbers that JSON has none of, and -0, come through as texts
      const script = `const [given, done] = arguments;
        const keep = (_, one) => (typeof one === 'number' && (!isFinite(one) || Object.is(one, -0)) ? { number: Object.is(one, -0) ? '-0' : String(one) } : one);
        (async () => ${call})().then((made) => done({ made: JSON.stringify(made, keep) }), (fault) => done({ fault: String(fault) + fault?.stack }));`;
      const answer = await send('evaluate', { script, args: [arg ?? null] });
      const { made, fault } = answer.value ?? answer;
      if (fault) throw new Error(fault);
      return made && JSON.parse(made, (_, one) => (typeof one?.number === 'string' ? Number(one.number) : one));
    },
    mouse: {
      move: (toX, toY) => {
        [x, y] = [Math.round(toX), Math.round(toY)];
        // a browser slower than the hand gets the newest place, not each that was
        moving ??= turn = turn.then(() => {
          moving = undefined;
          return send('act', pointer({ type: 'pointerMove', duration: 0, x, y }));
        });
        return moving;
      },
      down: () => act({ type: 'pointerDown', button: 0 }),
      up: () => act({ type: 'pointerUp', button: 0 }),
      wheel: (deltaX, deltaY) =>
        (turn = turn.then(() => send('act', { actions: [{ type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x, y, deltaX, deltaY }] }] }))),
    },
  };
  await send('resize', { x: 0, y: 0, width: LAPTOP.width, height: LAPTOP.height });
  return { name, version, page, close };
}
