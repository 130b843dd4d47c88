/**
 * The README's pictures, taken of the demo shop while scripted shoppers use it:
 *
 *     node tests/browser/screenshots.mjs [FOLDER]      docs/ where none is given
 */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser, PHONE } from './support/browser.js';
import { doubtsReturns, doubtsReturnsOnPhone, doubtsShipping } from './support/shoppers.js';

/** @typedef {(page: import('playwright-core').Page) => Promise<void>} Script */

const home = new URL('../../', import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL('docs/', home));

/** @type {[file: string, screen: import('./support/browser.js').Screen, colorScheme: 'light' | 'dark', script: Script][]} */
const PICTURES = [
  ['shop.png', LAPTOP, 'light', (page) => page.waitForTimeout(1500)],
  ['card.png', LAPTOP, 'light', doubtsShipping],
  ['dark.png', LAPTOP, 'dark', doubtsReturns],
  ['phone.png', PHONE, 'light', doubtsReturnsOnPhone],
];

await mkdir(folder, { recursive: true });
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
