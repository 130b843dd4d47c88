/**
 * Chromium as a shopper has it: real tabs that hide each other, a window that loses the focus, a profile of its own.
 *
 * Playwright keeps every page it launches visible and focused, which would hide the very thing falter listens for. So
 * the browser is started plainly, and Playwright is attached to it without its overrides.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Where Chromium is. @type {string | undefined} */
export const CHROMIUM = PLACES.find((place) => place && existsSync(place));
/** A cold start on a busy machine. */
const START_MS = 30_000;

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-dev-shm-usage',
  '--remote-debugging-port=0',
];

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ width: number, height: number, touch?: boolean }} Screen CSS px
 */

/** A phone that is neither small nor large. @type {Screen} */
export const PHONE = { width: 390, height: 844, touch: true };
/** @type {Screen} */
export const LAPTOP = { width: 1280, height: 800 };

/**
 * @param {Screen} [screen]
 * @param {string[]} [more] flags of Chromium's
 * @returns {Promise<{ newPage: (worn?: Screen) => Promise<Page>, close: () => Promise<void> }>} newPage: a tab, with another screen
 *   where one is given
 */
export async function openBrowser(screen = LAPTOP, more = []) {
  if (!CHROMIUM) throw new Error('no Chromium found: install it (apt-get install chromium) or set CHROMIUM to its path');
  const profile = await mkdtemp(join(tmpdir(), 'falter-browser-'));
  const flags = [...FLAGS, ...more, `--user-data-dir=${profile}`, `--window-size=${screen.width},${screen.height}`];
  const child = spawn(CHROMIUM, [...flags, 'about:blank'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = async () => {
    child.kill();
    await ended;
    // The last of its helpers may still be writing.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const browser = await chromium.connectOverCDP(await endpoint(profile), { noDefaults: true });
    const [context] = browser.contexts();
    return {
      newPage: async (worn = screen) => {
        const page = await context.newPage();
        await wear(page, worn);
        return page;
      },
      close: async () => {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Chromium writes its address into its profile once it listens. @param {string} profile */
async function endpoint(profile) {
  for (const until = Date.now() + START_MS; Date.now() < until; await wait(50)) {
    const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n');
    if (path) return `ws://127.0.0.1:${port}${path}`;
  }
  throw new Error('Chromium did not start');
}

/** @param {Page} page @param {Screen} screen */
async function wear(page, { width, height, touch = false }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: touch ? 2 : 1, mobile: touch });
  if (!touch) return;
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
  await session.send('Emulation.setScrollbarsHidden', { hidden: true });
}
