/** A shop's page under a policy of its own, in Chromium, and what the page and the browser held against falter. */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../xtask/serve.mjs';
import { boxOf, hand, middleOf } from './hand.js';

const home = new URL('../../../', import.meta.url);
/** As in strict/index.html: those tags may run where the policy names it. */
export const NONCE = 'dGhlIHRhZydz';
/** The policy speaks after 5 s at the earliest; a busy machine takes longer. */
const CARD_WITHIN_MS = 20_000;

/**
 * @typedef {object} Seen
 * @property {{ t: number, risk: number }[]} risks
 * @property {string[]} faults of falter:error
 * @property {string[]} pageErrors
 * @property {string[]} violations directive and address
 * @property {number} cards
 */

/** The tag of the page, as it stands there. */
const SRC = 'src="/dist/falter.js"';

/**
 * Serves the page, the whole of it by a real server: what a browser is handed otherwise comes from no address at all, and may
 * not reach others.
 * @param {Record<string, string>} [headers] of every answer
 * @param {object} [html]
 * @param {string} [html.tag] `src` and what else falter's tag is to say in its place
 * @param {string} [html.head] what stands before all scripts
 */
export async function serveShop(headers = {}, { tag = SRC, head = '' } = {}) {
  const root = await mkdtemp(join(tmpdir(), 'falter-shop-'));
  await cp(new URL('tests/browser/support/strict/', home), root, { recursive: true });
  const index = join(root, 'index.html');
  await writeFile(index, (await readFile(index, 'utf8')).replace(SRC, tag).replace('<script', `${head}<script`));
  const server = await serve({ root, mounts: { '/dist/': new URL('dist/', home), '/js/': new URL('js/', home) }, headers });
  const close = async () => {
    await server.close();
    await rm(root, { recursive: true });
  };
  return { ...server, close };
}

/**
 * Opens the page of a server, and waits for falter's start, well or badly.
 * @param {{ newPage: () => Promise<import('playwright-core').Page> }} browser
 * @param {string} url of the server
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} [prepare] before it is opened
 */
export async function openShop(browser, url, prepare) {
  const page = await browser.newPage();
  /** What the console shows as an error. @type {string[]} */
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname.replace('/dist/', '')));
  await prepare?.(page);
  await page.goto(`${url}/`);
  await page.evaluate('shop.started');
  /** @returns {Promise<Seen>} */
  const seen = () => page.evaluate('(({ started, ...seen }) => seen)(shop)');
  return {
    page,
    complaints,
    fetched,
    seen,
    running: () => page.evaluate('falter.snapshot().running'),
    /** Puts something into the cart and wavers until there is a card. */
    shop: async () => {
      const { click, waver } = hand(page);
      await click(middleOf(await boxOf(page, '#add')), 800);
      for (const end = Date.now() + CARD_WITHIN_MS; !(await page.locator('falter-card').count()); await waver(1000))
        if (Date.now() > end) throw new Error(`no card: ${JSON.stringify(await seen())}`);
    },
  };
}
