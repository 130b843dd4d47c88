/**
 * The script on another origin than the shop, as on a CDN: with the headers that CDNs send, pinned by its integrity, `async`; and
 * what is told where those headers are missing. docs/origin.md says the same in words.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openBrowser } from './support/browser.js';
import { openShop, serveShop } from './support/strict.js';

/** What CDNs send with every file. */
const CDN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'timing-allow-origin': '*' };
/** @type {Record<string, string>} */
const pins = JSON.parse(await readFile(new URL('../../dist/integrity.json', import.meta.url), 'utf8'));
/** Of another file: well formed, and wrong. */
const WRONG = pins['exit.falter'];

/** @type {Awaited<ReturnType<typeof serveShop>>} */
let cdn;
/** @type {Awaited<ReturnType<typeof serveShop>>} sends none of those headers */
let bare;
/** The shop's. */
let policy = '';
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  cdn = await serveShop(CDN);
  bare = await serveShop();
  policy = `default-src 'none'; script-src 'self' 'unsafe-inline' ${cdn.url} ${bare.url} 'wasm-unsafe-eval'; connect-src ${cdn.url} ${bare.url}; style-src 'self'; img-src 'self'`;
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([cdn.close(), bare.close()]);
});

/**
 * The shop with this tag, until the test is over.
 * @param {import('node:test').TestContext} t
 * @param {{ tag: string, head?: string }} html
 */
async function open(t, html) {
  const server = await serveShop({ 'content-security-policy': policy }, html);
  const opened = await openShop(browser, server.url);
  t.after(async () => {
    await opened.page.close();
    await server.close();
  });
  return opened;
}

/** @param {string} file @param {string} [pin] */
const pinned = (file, pin = pins[file]) => `src="${cdn.url}/dist/${file}" crossorigin="anonymous" integrity="${pin}" async`;

test('from another origin, pinned and async: a card, and everything from there', async (t) => {
  const { page, shop, seen, complaints } = await open(t, { tag: pinned('falter.js') });
  await shop();
  const { faults, pageErrors, violations } = await seen();
  assert.deepEqual({ faults, pageErrors, violations, complaints }, { faults: [], pageErrors: [], violations: [], complaints: [] });
  const from = await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/dist/'))`);
  assert.ok(/** @type {string[]} */ (from).every((name) => name.startsWith(`${cdn.url}/dist/`)), String(from));
  for (const file of ['falter.js', 'falter.wasm', 'exit.falter', 'recorder.js', 'card.css', 'lang/en.json'])
    assert.ok(/** @type {string[]} */ (from).includes(`${cdn.url}/dist/${file}`), file);
});

test('the one-file script, pinned: all it needs is in it', async (t) => {
  const { page, running, seen } = await open(t, { tag: pinned('falter.all.js') });
  assert.equal(await running(), true);
  assert.deepEqual((await seen()).faults, []);
  const from = await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/dist/'))`);
  assert.deepEqual(from, [`${cdn.url}/dist/falter.all.js`]);
});

test('a script that is not the one pinned does not run', async (t) => {
  const { page } = await open(t, { tag: pinned('falter.js', WRONG) });
  assert.equal(await page.evaluate('typeof falter'), 'undefined');
});

/** An import map that pins a part of falter's. @param {string} pin */
const map = (pin) => `<script type="importmap">${JSON.stringify({ integrity: { [`${cdn.url}/dist/recorder.js`]: pin } })}</script>`;

test('an import map pins the parts that the script loads', async (t) => {
  const right = await open(t, { tag: pinned('falter.js'), head: map(pins['recorder.js']) });
  assert.deepEqual((await right.seen()).faults, []);
  const wrong = await open(t, { tag: pinned('falter.js'), head: map(WRONG) });
  const { faults, pageErrors } = await wrong.seen();
  assert.match(faults.join(), /^internal in recorder: .*recorder\.js$/);
  assert.deepEqual(pageErrors, []);
  assert.equal(await wrong.running(), true, 'it goes on without');
});

test('without CORS headers one error names the file and what may be missing', async (t) => {
  const { running, seen } = await open(t, { tag: `src="${bare.url}/dist/falter.js"` });
  assert.equal(await running(), false);
  const { faults, pageErrors } = await seen();
  const start = faults.filter((fault) => !fault.includes('recorder'));
  assert.equal(start.length, 1);
  assert.match(start[0], /^(wasm|model)_failed in start: http:.*\/dist\/(falter\.wasm|exit\.falter): .*\(CORS\?\)$/);
  assert.deepEqual(pageErrors, []);
});
