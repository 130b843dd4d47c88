/** The studio before its tests: a server with the demo and dist/, a browser, and what its tests look at. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '../../../xtask/serve.mjs';
import { stand } from './stand.js';

const home = new URL('../../../', import.meta.url);
const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
/** The engine is compiled, and forty visits are made and judged. */
const READY_MS = 30_000;

/** Server and browser of a file of tests. */
export const standStudio = () => stand(() => serve({ root: new URL('demo/', home), mounts: { '/dist/': new URL('dist/', home) } }));

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

/** Adds simulated visits as a person does, and waits until they are in the list. @param {Page} page @param {number} sessions @param {number} seed */
export async function addSimulated(page, sessions, seed) {
  // those that a new studio begins with come first
  await page.waitForFunction(() => parseInt(document.querySelector('.about .chip:last-child')?.textContent ?? '', 10) > 0);
  const before = parseInt(await page.locator('.about .chip').last().innerText(), 10);
  await page.getByRole('button', { name: 'Add simulated visits' }).click();
  await page.getByLabel('How many').fill(String(sessions));
  await page.getByLabel('Seed').fill(String(seed));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.about', { hasText: `${before + sessions} recordings` }).waitFor({ timeout: READY_MS });
}

/** Watches for tasks over 50 ms from now on; the answer tells the longest of them, ms. @param {Page} page */
export async function watchTasks(page) {
  await page.evaluate(() => {
    const tasks = (/** @type {any} */ (window).longTasks = []);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => Math.max(0, .../** @type {any} */ (window).longTasks));
}

/** Nothing for axe-core to find; the shop in its frame has tests of its own. @param {Page} page */
export async function assertAccessible(page) {
  // not as a script of the page, which allows none but its own
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(await readFile(AXE, 'utf8'));
  const found = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, { iframes: false });
    return violations.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ { html, any }) => `${id}: ${html.slice(0, 140)} ${any[0]?.message ?? ''}`));
  });
  assert.deepEqual(found, []);
}
