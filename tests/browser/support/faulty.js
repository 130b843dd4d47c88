/**
 * A shop's page in which something is wrong, in Chromium: files that come wrongly, a page that is not as pages are. What has to
 * hold in all of them is held here: the page's own handlers work, nothing of falter's reaches its error handler, and each fault is told once.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openBrowser } from './browser.js';

const home = new URL('../../../', import.meta.url);
const HOST = '127.0.0.1';
/** So many browsers at once: each case mostly waits. */
const LANES = 3;
/** A card is due after the first second of signals; a busy machine takes longer. */
const CARD_WITHIN_MS = 20_000;
/** One that must not come would have by then. */
const QUIET_MS = 1500;
/** Any tag: a card as soon as there may be one, and facts it can speak of. */
const TAG = {
  src: '/dist/falter.js',
  'data-consent': 'memory',
  'data-sensitivity': '1',
  'data-arming': '0',
  'data-shop': 'none',
  'data-holdout': '0',
  'data-lang': 'en',
  'data-currency': 'EUR',
  'data-free-shipping': '50',
  'data-returns-days': '30',
};
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' };

/**
 * What is wrong with a file: another status, type or text, cut after so many bytes, later by so many ms, the connection closed.
 * @typedef {{ status?: number, type?: string, text?: string, cut?: number, late?: number, closed?: boolean }} Wrong
 *
 * @typedef {object} Case
 * @property {string} [head] before falter's tag
 * @property {string} [tail] after it, in the body
 * @property {string} [html] the page in place of the usual; `TAG` in it becomes the tag
 * @property {string} [type] of the page
 * @property {Record<string, string>} [headers] of the page
 * @property {Record<string, string | null>} [tag] attributes over the usual; null: without
 * @property {Record<string, Wrong>} [files] by path below /dist/
 * @property {string} [store] runs in the origin before the page is there
 * @property {string[]} [faults] of each falter:error that is told a part of its `code in where`; none unless given
 * @property {string[]} [pageErrors] what the page's own code throws, as its own error handler hears of it
 * @property {boolean} [runs] whether it is running in the end; it is unless told
 * @property {boolean} [card] whether a card comes; it does unless told, or where nothing runs
 * @property {(page: Page, shop: Shop) => Promise<unknown>} [act] before the card is waited for
 * @property {(page: Page, shop: Shop) => Promise<unknown>} [then] after all else
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ url: string, seen: () => Promise<Seen>, browse: (ms: number) => Promise<void>, card: () => Promise<void>, requests: string[] }} Shop
 * @typedef {{ faults: string[], pageErrors: string[], clicks: number, timers: number, shows: number }} Seen
 */

/**
 * What the page sees, by means that no later script can take away. Handlers of the page's own count what they hear.
 */
const WATCH = `
  const seen = (window.seen = { faults: [], pageErrors: [], clicks: 0, timers: 0, shows: 0 });
  {
    const keep = (list, text) => (list[list.length] = text);
    const listen = document.addEventListener;
    listen.call(document, 'falter:error', ({ detail }) => keep(seen.faults, detail.code + ' in ' + detail.where + ': ' + detail.message));
    listen.call(window, 'error', ({ message }) => keep(seen.pageErrors, message));
    listen.call(window, 'unhandledrejection', ({ reason }) => keep(seen.pageErrors, String(reason)));
    setInterval(() => (seen.timers += 1), 50);
  }`;
/** Written as pages of that time are, so that it works in them, too. */
const OWN = `
  document.getElementById('own').addEventListener('click', function () { seen.clicks += 1; });
  if (window.falter && falter.on) falter.on('show', function () { seen.shows += 1; });`;

/** @param {Record<string, string | null>} tag @param {string} [end] */
const tagOf = (tag, end = '></script>') =>
  `<script ${Object.entries(tag).filter(([, value]) => value !== null).map(([name, value]) => `${name}="${value}"`).join(' ')}${end}`;

/** @param {Case} given */
function pageOf({ head = '', tail = '', html, tag = {} }) {
  const usual = `<!doctype html>
<html lang="en" data-falter-page="product" data-falter-item="lantern">
<head><meta charset="utf-8"><title>Lantern</title><link rel="icon" href="data:,">WATCH ${head} TAG</head>
<body><h1>Lantern</h1><p data-falter="shipping">Free shipping from €50</p><button id="own">Add to cart</button>OWN ${tail}</body></html>`;
  return (html ?? usual)
    .replace('WATCH', () => `<script>${WATCH}</script>`)
    .replace('OWN', () => `<script>${OWN}</script>`)
    .replace('TAG', () => tagOf({ ...TAG, ...tag }));
}

/** Serves each case its page and its files, on an origin of its own. @param {Case[]} cases */
async function serveCases(cases) {
  const server = createServer(async (request, response) => {
    const place = Number(/^case(\d+)\./.exec(request.headers.host ?? '')?.[1]);
    const { headers = {}, type = 'text/html', files = {}, ...page } = cases[place] ?? {};
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    const file = path.replace('/dist/', '');
    const wrong = files[file] ?? {};
    if (wrong.closed) return request.socket.destroy();
    if (wrong.late) await wait(wrong.late, undefined, { ref: false });
    if (path === '/') return response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(pageOf(page));
    if (path === '/blank') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,">');
    // as files, for pages of XML
    const script = { '/watch.js': WATCH, '/own.js': OWN }[path];
    if (script) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    if (path === '/hook') return response.writeHead(204).end();
    const bytes = path.startsWith('/dist/') ? await readFile(new URL(`dist/${file}`, home)).catch(() => undefined) : undefined;
    const status = wrong.status ?? (bytes ? 200 : 404);
    const body = wrong.text ?? (status === 200 ? bytes : 'not found');
    const answer = response.writeHead(status, {
      'content-type': wrong.type ?? TYPES[/** @type {'.js'} */ (extname(file))] ?? 'application/octet-stream',
      ...(wrong.cut && { 'content-length': body?.length }),
      'cache-control': 'no-store',
    });
    if (wrong.cut) answer.write(body?.slice(0, wrong.cut), () => request.socket.destroy());
    else answer.end(body);
  });
  await new Promise((listening) => void server.listen(0, HOST, () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    /** @param {number} place @param {string} [path] */
    url: (place, path = '/') => `http://case${place}.localhost:${port}${path}`,
    close: () => new Promise((closed) => (server.close(closed), server.closeAllConnections())),
  };
}

/** The page's own handlers work. @param {Page} page */
async function assertPageGoesOn(page) {
  const [before, timers] = /** @type {number[]} */ (await page.evaluate('[seen.clicks, seen.timers]'));
  const box = await page.locator('#own').boundingBox();
  assert.ok(box, 'its button is there');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.equal(await page.evaluate('seen.clicks'), before + 1, 'its button works');
  for (const end = Date.now() + 2000; Date.now() < end && Number(await page.evaluate('seen.timers')) <= timers; ) await wait(50);
  assert.ok(Number(await page.evaluate('seen.timers')) > timers, 'its timers work');
}

/** @param {string[]} told `code in where: message` @param {string[]} expected each a part of its `code in where` */
function assertTold(told, expected) {
  const isAs = (/** @type {string} */ one, /** @type {number} */ place) => one.replace(/:.*/s, '').includes(expected[place] ?? '-');
  assert.ok(told.length === expected.length && told.every(isAs), `told: ${told.join('\n')}\nexpected: ${expected}`);
}

/**
 * Runs the cases, several at a time.
 * @param {Record<string, Case>} table by what is wrong
 */
export function faulty(table) {
  const cases = Object.values(table);
  /** @type {Awaited<ReturnType<typeof serveCases>>} */
  let server;
  /** Browsers that nobody uses now. @type {Awaited<ReturnType<typeof openBrowser>>[]} */
  const free = [];
  before(async () => {
    server = await serveCases(cases);
    free.push(...(await Promise.all(Array.from({ length: LANES }, () => openBrowser()))));
  });
  after(async () => {
    await Promise.all(free.map((browser) => browser.close()));
    await server.close();
  });

  describe('the page goes on', { concurrency: LANES }, () => {
    for (const [place, [name, given]] of Object.entries(table).entries())
      test(name, async () => {
        const browser = /** @type {typeof free[0]} */ (free.pop());
        const page = await browser.newPage();
        try {
          await play(page, place, given);
        } finally {
          await page.close();
          free.push(browser);
        }
      });
  });

  /** @param {Page} page @param {number} place @param {Case} given */
  async function play(page, place, { store, faults = [], pageErrors = [], runs = true, card = runs, act, then }) {
    /** @type {string[]} */
    const requests = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    if (store) {
      await page.goto(server.url(place, '/blank'));
      await page.evaluate(store);
    }
    await page.goto(server.url(place));
    const seen = () => /** @type {Promise<Seen>} */ (page.evaluate('seen'));
    let x = 0;
    const browse = async (/** @type {number} */ ms) => {
      for (const end = Date.now() + ms; Date.now() < end; await wait(40)) {
        x = (x + 23) % 500;
        await page.mouse.move(300 + x, 320 + (x % 110));
      }
    };
    const isThere = () => page.evaluate(`Boolean(document.querySelector('falter-card'))`);
    const shop = {
      url: server.url(place),
      seen,
      browse,
      requests,
      card: async () => {
        for (const end = Date.now() + CARD_WITHIN_MS; !(await isThere()); await browse(300))
          if (Date.now() > end) assert.fail(`no card: ${JSON.stringify([await seen(), await page.evaluate('window.falter?.snapshot?.()')])}`);
      },
    };
    await act?.(page, shop);
    if (card) await shop.card();
    else {
      // what is wrong shows when a card is due, at the latest
      for (const end = Date.now() + CARD_WITHIN_MS; Date.now() < end && (await seen()).faults.length < faults.length; ) await browse(300);
      await browse(QUIET_MS);
      assert.equal(await isThere(), false, 'no card');
    }
    await assertPageGoesOn(page);
    await then?.(page, shop);
    assert.equal(await page.evaluate('Boolean(window.falter?.snapshot?.().running)'), runs, 'whether it runs');
    const all = await seen();
    assertTold(all.faults, faults);
    assert.deepEqual(all.pageErrors, pageErrors);
  }
}
