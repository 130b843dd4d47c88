/**
 * Pages that forbid WebAssembly, and browsers without it: the engine as plain JavaScript loads by itself, and says the same,
 * bit for bit.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openBrowser } from './support/browser.js';
import { feed } from './support/feed.js';
import { assertReplays, assertSame, replay } from './support/native.js';
import { openShop, serveShop } from './support/strict.js';

/** Nothing of WebAssembly. */
const POLICY = "script-src 'self'; style-src 'self'";
const SESSIONS = new URL('../sessions/', import.meta.url);
const ENGINE = 'falter.nowasm.js';

/** @type {Awaited<ReturnType<typeof serveShop>>} */
let blocked;
/** @type {Awaited<ReturnType<typeof serveShop>>} */
let free;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  blocked = await serveShop({ 'content-security-policy': POLICY });
  free = await serveShop();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await Promise.all([blocked.close(), free.close()]);
});

test('a shopper on a page that forbids WebAssembly: a card, and the risks of the native replay', async () => {
  const { page, shop, seen, fetched } = await openShop(browser, blocked.url);
  assert.equal(await page.evaluate(`WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(({ name }) => name)`), 'CompileError', 'it is forbidden');
  await shop();
  await page.mouse.wheel(0, 300);
  await wait(1200);
  const recording = /** @type {string} */ (await page.evaluate('falter.record()'));
  const { risks, faults, pageErrors, cards } = await seen();
  assert.ok(fetched.includes(ENGINE));
  assert.deepEqual([faults, pageErrors, cards], [[], [], 1]);
  assert.ok(risks.length > 20);
  await assertReplays(recording, risks);
  await page.close();
});

for (const name of ['mouse-buys.ndjson', 'touch-leaves.ndjson'])
  test(`${name}: the same features and risks where WebAssembly is forbidden`, async (t) => {
    const recording = await readFile(new URL(name, SESSIONS), 'utf8');
    const [first, ...lines] = recording.trim().split('\n');
    const header = JSON.parse(first);
    const screen = await openBrowser({ width: header.w, height: header.h, touch: header.device === 'touch' });
    t.after(screen.close);
    const page = await screen.newPage();
    await page.goto(`${blocked.url}/blank.html`);
    await page.evaluate((height) => (document.body.style.height = `${height}px`), header.docH);
    const { ticks } = await page.evaluate(feed, { header, lines, state: null, isLast: true, plain: true });
    assertSame(ticks, await replay(recording, ['--features']));
  });

test('where WebAssembly is allowed its stand-in is not loaded', async () => {
  const { page, running, fetched } = await openShop(browser, free.url);
  assert.equal(await running(), true);
  assert.ok(fetched.includes('falter.wasm') && !fetched.includes(ENGINE));
  await page.close();
});

test('a browser that knows no WebAssembly: starts, refuses what is no signal, stops and starts again', async () => {
  const { page, running, seen, fetched } = await openShop(browser, free.url, (page) => page.addInitScript('delete window.WebAssembly'));
  assert.equal(await page.evaluate('typeof WebAssembly'), 'undefined');
  assert.equal(await running(), true);
  await page.evaluate(`falter.signal({ s: 'cart', op: 'eat' })`);
  assert.deepEqual((await seen()).faults, ['bad_signal in cart: "op" is not add|remove|quantity|coupon|coupon_failed']);
  assert.equal(await running(), true, 'it goes on');
  await page.evaluate('falter.stop(), falter.start()');
  assert.equal(await running(), true);
  assert.equal(fetched.filter((file) => file === ENGINE).length, 1, 'loaded once');
  await page.close();
});

test('what breaks it while it takes a signal ends in one falter:error, as a trap does', async () => {
  const { page, running, seen } = await openShop(browser, blocked.url);
  // the page's own fault, in the middle of the engine
  await page.evaluate(`Object.defineProperty(document.documentElement, 'clientWidth', { get() { throw new Error('broken'); } })`);
  await page.evaluate(`new Promise((done) => setTimeout(done, 300)).then(() => falter.signal({ s: 'zoom' }))`);
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.mouse.move(200, 300);
  await wait(600);
  const { faults, pageErrors } = await seen();
  assert.equal(faults.length, 1, String(faults));
  assert.match(faults[0], /^internal in engine: Error: broken/);
  assert.deepEqual(pageErrors, []);
  assert.equal(await running(), false);
  await page.close();
});

test('where that cannot be loaded either, one error names it, and the page goes on', async () => {
  const { page, running, seen } = await openShop(browser, blocked.url, (page) =>
    page.route(`**/${ENGINE}`, (route) => route.fulfill({ status: 404, body: '' })),
  );
  assert.equal(await running(), false);
  const { faults, pageErrors } = await seen();
  assert.equal(faults.length, 1);
  assert.match(faults[0], /^wasm_blocked in start: .*falter\.nowasm\.js/);
  assert.deepEqual(pageErrors, []);
  await page.close();
});

test('the one-file script has it loaded from beside itself', async (t) => {
  const server = await serveShop({ 'content-security-policy': POLICY }, { tag: 'src="/dist/falter.all.js"' });
  t.after(server.close);
  const { page, running, seen, fetched } = await openShop(browser, server.url);
  assert.equal(await running(), true);
  assert.deepEqual((await seen()).faults, []);
  assert.ok(fetched.includes('falter.all.js') && fetched.includes(ENGINE) && !fetched.includes('falter.wasm'));
  await page.close();
});

test('the package brings it along; its slim entry takes it from the host, and says so where it has none', async () => {
  const bytes = { wasm: '/dist/falter.wasm', model: '/dist/exit.falter' };
  const asked = "wasm_blocked: provide({ nowasm: () => import('falter/nowasm') }), or allow 'wasm-unsafe-eval'";
  /** @type {[entry: string, has: boolean, told: (boolean | string)[]][]} */
  const cases = [
    ['index', false, [true]],
    ['slim', true, [true]],
    ['slim', false, [false, asked]],
  ];
  for (const [entry, has, expected] of cases) {
    const { page } = await openShop(browser, blocked.url);
    const told = await page.evaluate(
      async ({ entry, bytes, has }) => {
        const { createFalter, provide } = await import(/** @type {any} */ (`/dist/npm/${entry}.js`));
        provide?.({ ...bytes, ...(has && { nowasm: () => import(/** @type {any} */ ('/dist/npm/falter.nowasm.js')) }) });
        const falter = createFalter({ consent: 'memory', shop: 'none' });
        /** @type {string[]} */
        const faults = [];
        falter.on('error', (/** @type {CustomEvent} */ { detail }) => faults.push(`${detail.code}: ${detail.message}`));
        await falter.start();
        return [falter.snapshot().running, ...faults];
      },
      { entry, bytes, has },
    );
    assert.deepEqual(told, expected, entry);
    await page.close();
  }
});
