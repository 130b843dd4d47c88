/**
 * What the page that is weighed really fetches of falter, in Chromium: from the tag to the card on the screen.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { openBrowser } from '../tests/browser/support/browser.js';
import { boxOf, hand, middleOf } from '../tests/browser/support/hand.js';
import { serve } from './serve.mjs';

/** The policy speaks after 5 s at the earliest; a busy machine takes longer. */
const CARD_WITHIN_MS = 20_000;
const PLACE = '/falter/';

/**
 * @param {URL} dist the folder that is served as falter's
 * @returns {Promise<string[]>} paths below that folder, sorted, one for every request
 * @throws when no card is shown, or a file is asked for that is not there
 */
export async function fetchedFiles(dist) {
  const server = await serve({ root: new URL('weighed/', import.meta.url), mounts: { [PLACE]: dist } });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const files = [];
    /** @type {string[]} */
    const faults = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith(PLACE)) files.push(pathname.slice(PLACE.length));
      if (!response.ok()) faults.push(`${pathname}: ${response.status()}`);
    });
    await page.exposeBinding('tellFault', (_, fault) => faults.push(fault));
    await page.addInitScript(() =>
      document.addEventListener('falter:error', (event) => {
        const { code, where, message } = /** @type {CustomEvent} */ (event).detail;
        /** @type {any} */ (window).tellFault(`${code} in ${where}: ${message}`);
      }),
    );
    await page.goto(`${server.url}/`);
    const { click, waver } = hand(page);
    await click(middleOf(await boxOf(page, '#add')), 800);
    const isShown = () => page.locator('falter-card').count();
    for (const end = Date.now() + CARD_WITHIN_MS; !(await isShown()); ) {
      if (Date.now() > end) faults.push('no card was shown');
      if (faults.length) throw new Error(`the page that is weighed: ${faults.join('; ')}`);
      await waver(1000);
    }
    // what a card brings along
    await wait(500);
    return files.sort();
  } finally {
    await browser.close();
    await server.close();
  }
}
