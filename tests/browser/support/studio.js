/** The studio before its tests: a server with the demo and dist/, a browser, and what its tests look at. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { serve } from '../../../xtask/serve.mjs';
import { stand } from './stand.js';

const home = new URL('../../../', import.meta.url);
/** Evaluated rather than added: the page's policy lets no script of ours in. */
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
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

/**
 * Watches from now on for scripts of the studio that hold its page up for over 50 ms, what the browser and the shop in its frame do
 * beside aside; the answer tells them.
 * @param {Page} page
 */
export async function watchScripts(page) {
  await page.evaluate(() => {
    const long = (/** @type {any} */ (window).longScripts = []);
    new PerformanceObserver((list) => {
      for (const { scripts = [] } of /** @type {any[]} */ (list.getEntries()))
        for (const { duration, sourceURL, invoker } of scripts)
          if (duration > 50 && sourceURL.includes('/dist/studio/')) long.push(`${Math.round(duration)} ms by ${invoker}`);
    }).observe({ type: 'long-animation-frame' });
  });
  return () => page.evaluate(() => /** @type {any} */ (window).longScripts);
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
