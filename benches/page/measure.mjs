/** One measurement, one fresh browser: nothing is warm, compiled or cached from the one before. */

import { setTimeout as wait } from 'node:timers/promises';
import { openBrowser } from '../../tests/browser/support/browser.js';

/** A slow phone against this machine. */
const THROTTLE = 4;
const POINTER_HZ = 120;
const BUSY_MS = 5_000;
/** Chromium counts its own start, too. */
const SETTLE_MS = 1_000;

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./contenders.mjs').Bundled} Bundled
 */

/** @template T @param {string} url of the server @param {(page: Page) => Promise<T>} use @returns {Promise<T>} */
async function inFreshBrowser(url, use) {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/page/blank.html`);
    return await use(page);
  } finally {
    await browser.close();
  }
}

/**
 * Calls a function of benches/page/inside/ in the page.
 * @param {Page} page
 * @param {string} module
 * @param {string} name
 * @param {unknown} [given]
 * @returns {Promise<any>}
 */
const inside = (page, module, name, given) =>
  page.evaluate(async (call) => (await import(`/page/inside/${call.module}.js`))[call.name](call.given), { module, name, given });

/** @param {string} url @param {Bundled} contender @param {number[][]} rows */
export const infer = (url, { name, files }, rows) => inFreshBrowser(url, (page) => inside(page, 'infer', 'infer', { name, files, rows }));

/** @param {string} url @param {Bundled} contender @param {number[][]} rows @returns {Promise<number[]>} */
export const answers = (url, { name, files }, rows) => inFreshBrowser(url, (page) => inside(page, 'infer', 'answers', { name, files, rows }));

/** @param {string} url @param {Bundled} contender @param {number} hz @returns {Promise<{ ns: number, dispatch: number, listeners: string[] }>} */
export const listen = (url, { name, files }, hz) => inFreshBrowser(url, (page) => inside(page, 'listen', 'listen', { name, files, hz }));

/**
 * An hour of input at 1 kHz, replayed at speed.
 * @param {string} url
 * @param {Bundled} falter
 * @returns {Promise<{ kib: number, grownKib: number, heapGrown: number, t: number }>} heapGrown: bytes of JavaScript
 */
export const hour = (url, { files }) =>
  inFreshBrowser(url, async (page) => {
    await inside(page, 'hour', 'settle', { files });
    const session = await page.context().newCDPSession(page);
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    };
    const before = { kib: (await inside(page, 'hour', 'live', 0)).kib, heap: await heap() };
    const { kib, t } = await inside(page, 'hour', 'live');
    return { kib, grownKib: kib - before.kib, heapGrown: (await heap()) - before.heap, t };
  });

/**
 * How busy the main thread is while a pointer moves, on a processor slowed down.
 * @param {string} url
 * @param {Bundled | undefined} contender none: the page alone
 * @returns {Promise<{ task: number, script: number }>} shares of the time, 0..1: all tasks, and scripts in them
 */
export const busy = (url, contender) =>
  inFreshBrowser(url, async (page) => {
    if (contender) {
      await page.evaluate(async ({ name, files }) => {
        const { fetchContender } = await import(/** @type {any} */ ('/page/inside/host.js'));
        const { script, bytes } = await fetchContender(name, files);
        (0, eval)(script);
        await /** @type {any} */ (window).contender.load(bytes);
      }, contender);
    }
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const read = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return Object.fromEntries(metrics.map((/** @type {{ name: string, value: number }} */ { name, value }) => [name, value]));
    };
    await wait(SETTLE_MS);
    const before = await read();
    const sent = [];
    const start = performance.now();
    for (let i = 0; performance.now() - start < BUSY_MS; i++) {
      const [x, y] = [500 + 300 * Math.sin(i / 40), 350 + 250 * Math.sin(i / 31)];
      sent.push(session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y }));
      await wait(Math.max(0, start + ((i + 1) * 1000) / POINTER_HZ - performance.now()));
    }
    await Promise.all(sent);
    const after = await read();
    const span = after.Timestamp - before.Timestamp;
    const share = (/** @type {string} */ name) => (after[name] - before[name]) / span;
    return { task: share('TaskDuration'), script: share('ScriptDuration') };
  });
