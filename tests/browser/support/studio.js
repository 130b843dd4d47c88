/** The studio before its tests: a server with the demo and dist/, a browser, and what its tests look at. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { demo, serve } from '../../../xtask/serve.mjs';
import { stand } from './stand.js';

/** Evaluated rather than added: the page's policy lets no script of ours in. */
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** The engine is compiled, and forty visits are made and judged. */
const READY_MS = 30_000;

/** Server and browser of a file of tests. */
export const standStudio = () => stand(() => serve(demo()));

/**
 * @typedef {import('playwright-core').Page} Page
 * @param {ReturnType<typeof standStudio>} here
 * @param {string} view and its settings, as in the address
 * @returns {Promise<Page & { faults: string[] }>} faults: what the console said of errors
 */
export async function openStudio(here, view) {
  const page = /** @type {any} */ (await here.browser.newPage());
  page.faults = [];
  page.on('pageerror', (/** @type {Error} */ fault) => page.faults.push(fault.message));
  page.on('console', (/** @type {any} */ said) => said.type() === 'error' && page.faults.push(said.text()));
  await page.goto(`${here.server.url}/studio/#${view}`);
  await page.waitForFunction(() => !document.querySelector('.stage[aria-busy]') && document.querySelector('.about .chip'), undefined, { timeout: READY_MS });
  return page;
}

/** Longer than this nothing may hold the page up, ms. */
const TASK_MS = 50;

/**
 * Watches the page's main thread from now on, all that runs on it; the answer tells the tasks that took it for over 50 ms. By the
 * processor's time they took: on a busy machine a short task may last.
 * @param {Page} page
 * @param {{ isFileTidied?: boolean }} [options] isFileTidied: without what the garbage collector took of them, for a page that was
 *   handed 200 MB; everywhere else a task counts whole
 * @returns {Promise<() => Promise<string[]>>}
 */
export async function watchTasks(page, { isFileTidied = false } = {}) {
  const session = await page.context().newCDPSession(page);
  /** @type {any[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing', 'devtools.timeline'], excludedCategories: ['*'] },
  });
  await page.evaluate(() => performance.mark('watched'));
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const { pid, tid } = events.find(({ name }) => name === 'watched');
    const tasks = events.filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith('RunTask'));
    assert.ok(tasks.length > 10, 'the main thread was watched');
    const tidied = events.filter((event) => isFileTidied && event.pid === pid && event.tid === tid && /^(Major|Minor)GC$/.test(event.name));
    for (const task of tasks)
      for (const { ts, tdur = 0 } of tidied) if (ts >= task.ts && ts < task.ts + task.dur) task.tdur -= tdur;
    return tasks.filter(({ tdur }) => tdur > TASK_MS * 1000).map(({ dur, tdur }) => `${Math.round(tdur / 1000)} ms of the processor, ${Math.round(dur / 1000)} ms`);
  };
}

/** Nothing for axe-core to find; the shop in its frame has tests of its own. @param {Page} page */
export async function assertAccessible(page) {
  await page.evaluate(`window.axe || (() => { ${AXE} })()`);
  const found = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, { iframes: false });
    return violations.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ { html, any }) => `${id}: ${html.slice(0, 140)} ${any[0]?.message ?? ''}`));
  });
  assert.deepEqual(found, []);
}
