/**
 * Tours of the studio, as a person goes through it, with a picture of every stop: those of docs/studio.md.
 *
 *     node tests/browser/tours.mjs [--dark] [FOLDER]      docs/studio/ where none is given
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demo, serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser } from './support/browser.js';
import { hand } from './support/hand.js';

/** @typedef {import('playwright-core').Page} Page */

const home = new URL('../../', import.meta.url);
const isDark = process.argv.includes('--dark');
const [folder = fileURLToPath(new URL('docs/studio/', home))] = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const QUALITY = 80;
/** Visits that are enough to tune and train on. */
const VISITS = 300;
const TRAINING_MS = 120_000;

await mkdir(folder, { recursive: true });
const server = await serve(demo());
const browser = await openBrowser(LAPTOP);
const page = await browser.newPage();
if (isDark) await page.emulateMedia({ colorScheme: 'dark' });
const session = await page.context().newCDPSession(page);
await session.send('Emulation.setScrollbarsHidden', { hidden: true });

/** @param {string} name */
async function picture(name) {
  for (const dismiss of await page.locator('.toast .quiet').all()) await dismiss.click();
  await page.waitForTimeout(700);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
  console.log(`${name}.webp`);
}
/** @param {string} name */
const view = (name) => page.locator(`.rail a[data-view=${name}]`).click();
/** @param {string} name */
const button = (name) => page.getByRole('button', { name, exact: true });

// the first visit: the shop beside what falter makes of it
await page.goto(`${server.url}/studio/`);
await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.shop-frame'))?.contentWindow.falter?.snapshot().running);
const shop = /** @type {import('playwright-core').Frame} */ (page.frames().find((frame) => frame !== page.mainFrame()));
const mouse = hand(page, { at: { x: 400, y: 420 } });
await mouse.waver(6000);
await picture('first-visit');

// a leave caught: shipping is looked at, an item bought, shipping looked at again, and out
await shop.getByRole('link', { name: /shipping/i }).first().click();
await mouse.waver(5000);
await mouse.move({ x: 420, y: 60 }, 400);
await mouse.move({ x: 440, y: -4 }, 200);
await page.waitForTimeout(1500);
await picture('live');
await view('recordings');
await button('With a card').click();
await page.locator('.recordings .chip', { hasText: 'answered' }).first().waitFor();
await picture('recordings');
await page.locator('.recordings [role=row]', { hasText: 'answered' }).first().locator('.name').click();
await page.locator('.player .uplot').waitFor();
await button('20 s').click();
await page.keyboard.press('Home');
await button('Next alert').click();
for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
await picture('leave-caught');

// more visits, so that shares mean something
await page.keyboard.press('Escape');
await button('Add simulated visits').click();
await page.locator('input[name=sessions]').fill(String(VISITS));
await button('Add').click();
await page.waitForFunction((least) => parseInt(document.querySelector('.about')?.textContent?.match(/(\d+) recordings/)?.[1] ?? '', 10) >= least, VISITS, { timeout: TRAINING_MS });

// a false alarm inspected
await view('tuning');
await page.getByRole('tab', { name: /False alarms/ }).click();
await page.waitForTimeout(4000);
await picture('false-alarms');
await page.locator('#tune-panel tbody tr').first().getByRole('button').click();
await page.locator('.player .uplot').waitFor();
await picture('false-alarm');

// tuning: calm beside eager, and whom it makes a difference to
await view('tuning');
await page.getByRole('tab', { name: /What changes/ }).click();
await button('Calm').click();
await button('Pin as A').click();
await button('Eager').click();
await picture('tuning');
await page.getByRole('tab', { name: /Evaluation/ }).click();
await page.locator('#tune-panel button').first().click().catch(() => {});
await page.waitForTimeout(6000);
await picture('evaluation');
await button('Balanced').click();

// retraining
await view('training');
await page.locator('.training-left').waitFor();
await button('Train').click();
await page.waitForFunction(() => /fold 3 of 3/.test(document.querySelector('.training-right')?.textContent ?? ''), undefined, { timeout: TRAINING_MS }).catch(() => {});
await picture('retraining');
await page.locator('.training-right .use').waitFor({ timeout: TRAINING_MS });
await picture('retrained');

// what the card says
await view('messages');
await page.waitForTimeout(2500);
await picture('message');
await page.getByText('All messages', { exact: true }).click();
await page.waitForTimeout(4000);
await picture('messages');

// and home with it
await view('takeaway');
await page.waitForTimeout(1000);
await picture('take-away');

await browser.close();
await server.close();
