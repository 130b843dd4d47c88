/** Cards of every kind on a shop's page (shop.html), in a browser of its own. */

import { chromium } from 'playwright-core';
import { serve } from '../../../xtask/serve.mjs';
import { LANGUAGES } from '../../../js/messages/index.js';
import { COMMON, FURTHER, MESSAGES, RARE, USUAL } from '../../cases/say.js';
import { CHROMIUM } from './browser.js';

export const LAYOUTS = ['corner', 'bar', 'inline', 'modal'];
export const CODES = LANGUAGES.split(' ');
export { COMMON, FURTHER, MESSAGES, RARE, USUAL };
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/**
 * @typedef {{ lang?: string, layout?: string, message?: string, ask?: boolean, methods?: string, answer?: number }} What
 * @typedef {import('playwright-core').BrowserContextOptions} Look
 */

/**
 * @returns {Promise<{
 *   open: (look?: Look, classes?: string) => Promise<import('playwright-core').Page>,
 *   close: () => Promise<void>,
 * }>} open: the shop's page with these classes on its root, in a context of its own
 */
export async function openShop() {
  const server = await serve({ root: new URL('../../../', import.meta.url) });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return {
    open: async (look = {}, classes = '') => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', timezoneId: 'UTC', ...look });
      const page = await context.newPage();
      await page.goto(`${server.url}/tests/browser/support/shop.html`);
      await page.waitForFunction('window.shop');
      await page.evaluate((classes) => void (document.documentElement.className = classes), classes);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** @param {import('playwright-core').Page} page @param {What} [what] */
export const show = (page, what = {}) => page.evaluate((what) => /** @type {any} */ (window).shop.show(what), what);

/** The card's box on the screen. @param {import('playwright-core').Page} page */
export const cardBox = (page) =>
  page.evaluate(() =>
    document.querySelector('falter-card')?.shadowRoot?.querySelector('.card')?.getBoundingClientRect().toJSON(),
  );
