/** A shop's server and pages, as a platform has them, and what falter makes of what is done there. */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

const home = new URL('../../../', import.meta.url);
/** What a platform tells late has come by then, ms. */
const SETTLED_MS = 750;

/**
 * @typedef {{ type?: string, status?: number, body: string }} Answer
 * @typedef {(request: { method: string, path: string, query: URLSearchParams, body: string }) => Answer | undefined} Shop
 */

/** @param {unknown} value @param {number} [status] @returns {Answer} */
export const json = (value, status = 200) => ({ type: 'application/json; charset=utf-8', status, body: JSON.stringify(value) });
/** @param {string} body inside of the page @param {{ head?: string, attributes?: string }} [more] of the body @returns {Answer} */
export const html = (body, { head = '', attributes = '' } = {}) => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${head}</head>
    <body ${attributes}>${body}</body></html>`,
});
/** The tag, as the guides have it. @param {Record<string, string>} [more] attributes */
export const tag = (more = {}) => {
  const given = { 'data-consent': 'granted', 'data-holdout': '0', 'data-lang': 'en', 'data-currency': 'EUR', 'data-free-shipping': '50', ...more };
  const attributes = Object.entries(given).map(([name, value]) => `${name}="${value}"`).join(' ');
  return `<script>falter = { on: { error: (event) => faults.push(event.detail) } }; faults = [];</script>
    <script src="/dist/falter.js" ${attributes} onload="falter.record()"></script>`;
};

/**
 * Serves dist/ at /dist/, and the rest as the shop answers it.
 * @param {Shop} shop
 */
export async function openShop(shop) {
  /** @type {string[]} method and path of all that was asked of the shop */
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    /** @param {Answer & { body: string | Buffer }} answer */
    const send = ({ type = 'text/html', status = 200, body }) => response.writeHead(status, { 'content-type': type }).end(body);
    if (pathname.startsWith('/dist/')) {
      const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json', css: 'text/css' };
      const type = types[/** @type {'js'} */ (pathname.split('.').at(-1))] ?? 'application/octet-stream';
      const body = await readFile(new URL(pathname.slice(1), home)).catch(() => undefined);
      return send(body ? { type, body: /** @type {any} */ (body) } : { status: 404, body: 'none' });
    }
    if (pathname === '/blank') return send({ body: '' });
    const method = request.method ?? 'GET';
    asked.push(`${method} ${pathname}`);
    send(shop({ method, path: pathname, query: searchParams, body: Buffer.concat(chunks).toString() }) ?? { status: 404, body: 'none' });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * A page of the shop, falter running, in a browser that was never here before.
 * @param {import('node:test').TestContext} t
 * @param {{ newPage: () => Promise<import('playwright-core').Page> }} browser
 * @param {Awaited<ReturnType<typeof openShop>>} server
 * @param {string} path
 */
export async function visit(t, browser, server, path) {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${server.url}/blank`);
  await page.evaluate('localStorage.clear(), sessionStorage.clear()');
  await page.goto(server.url + path);
  await runs(page);
  server.asked.splice(0);
  return page;
}

/** @param {import('playwright-core').Page} page */
export const runs = (page) => page.waitForFunction(() => /** @type {any} */ (window).falter?.snapshot?.().running);

/**
 * What was recorded of the kinds that shops tell, in order, without their times; what is not known is left out.
 * @param {import('playwright-core').Page} page
 * @param {string[]} [kinds]
 */
export async function signals(page, kinds = ['cart', 'purchase', 'problem', 'field']) {
  await page.waitForTimeout(SETTLED_MS);
  const { text, faults } = await page.evaluate(() => {
    const { falter, faults } = /** @type {any} */ (window);
    return { text: /** @type {string} */ (falter.record()), faults };
  });
  if (faults.length) throw new Error(JSON.stringify(faults));
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line))
    .filter(({ s }) => kinds.includes(s))
    .map(({ t: _t, late: _late, ...signal }) => Object.fromEntries(Object.entries(signal).filter(([, value]) => value !== null)));
}

/** As recordings have an id (FNV-1a, 32 bit). @param {string} text */
export function idOf(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x1000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * What the card says of shipping, once it is there.
 * @param {import('playwright-core').Page} page
 */
export async function cardTitle(page) {
  // what the shop was answered to the last click is known before falter starts anew; all of these carts come to it
  await page.waitForFunction(() => /** @type {any} */ (window).falter.record().includes('"value":39.8'));
  await page.evaluate(`falter.init({ plays: [{ name: 'soon', when: 'session_s > 1', reason: 'shipping_cost' }] })`);
  for (let x = 0; x < 150 && !(await page.$('falter-card')); x += 1) {
    await page.mouse.move(300 + ((x * 37) % 500), 300 + ((x * 17) % 300));
    await page.waitForTimeout(100);
  }
  return page.locator('falter-card .title').innerText();
}
