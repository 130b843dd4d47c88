/**
 * The README's pictures, taken of the demo shop while scripted shoppers use it, and sheets of every kind of card in the
 * folder card/:
 *
 *     node tests/browser/screenshots.mjs [--cards] [FOLDER]      docs/ where none is given; --cards: these alone
 */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser, PHONE } from './support/browser.js';
import { drawSheets } from './support/sheets.js';
import { doubtsReturns, doubtsReturnsOnPhone, doubtsShipping } from './support/shoppers.js';

/** @typedef {(page: import('playwright-core').Page) => Promise<void>} Script */

const home = new URL('../../', import.meta.url);
const [folder = fileURLToPath(new URL('docs/', home))] = process.argv.slice(2).filter((one) => one !== '--cards');
const onlyCards = process.argv.includes('--cards');

/** @type {[file: string, screen: import('./support/browser.js').Screen, colorScheme: 'light' | 'dark', script: Script][]} */
const PICTURES = [
  ['shop.png', LAPTOP, 'light', (page) => page.waitForTimeout(1500)],
  ['card.png', LAPTOP, 'light', doubtsShipping],
  ['dark.png', LAPTOP, 'dark', doubtsReturns],
  ['phone.png', PHONE, 'light', doubtsReturnsOnPhone],
];

await mkdir(join(folder, 'card'), { recursive: true });
await drawSheets(join(folder, 'card'));
if (onlyCards) process.exit();
const server = await serve({ root: new URL('demo/', home), mounts: { '/dist/': new URL('dist/', home) } });
for (const [file, screen, colorScheme, script] of PICTURES) {
  const browser = await openBrowser(screen);
  const page = await browser.newPage();
  await page.emulateMedia({ colorScheme });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setScrollbarsHidden', { hidden: true });
  await page.goto(`${server.url}/index.html`);
  await script(page);
  await page.screenshot({ path: join(folder, file) });
  const cards = await page.locator('falter-card').count();
  console.log(`${file}  ${cards ? 'with' : 'without'} a card`);
  await browser.close();
}
await server.close();
