/**
 * The same bits everywhere: what the engine makes of a recording in the browser, in one go and cut into five page loads, and
 * what a page recorded live, against the command line.
 */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser } from './support/browser.js';
import { feed } from './support/feed.js';
import { hand, middleOf, boxOf } from './support/hand.js';
import { assertReplays, assertSame, replay } from './support/native.js';

const home = new URL('../../', import.meta.url);
const SESSIONS = new URL('tests/sessions/', home);
/** Page loads that a session is cut into. */
const LOADS = 5;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  const mounts = { '/dist/': new URL('dist/', home), '/js/': new URL('js/', home), '/tests/': new URL('tests/browser/', home) };
  server = await serve({ root: new URL('demo/', home), mounts });
});
after(() => server.close());

for (const name of (await readdir(SESSIONS)).filter((file) => file.endsWith('.ndjson')))
  test(`${name}: the same features and risks natively, in the browser, and over ${LOADS} page loads`, async (t) => {
    const recording = await readFile(new URL(name, SESSIONS), 'utf8');
    const [first, ...lines] = recording.trim().split('\n');
    const header = JSON.parse(first);
    const native = await replay(recording, ['--features']);
    assert.ok(native.length > 100, 'enough ticks to compare');

    const touch = header.device === 'touch';
    const browser = await openBrowser({ width: header.w, height: header.h, touch });
    t.after(browser.close);
    const page = await browser.newPage();
    const load = async () => {
      await page.goto(`${server.url}/tests/blank.html`);
      await page.setViewportSize({ width: header.w, height: header.h });
      await page.evaluate((height) => (document.body.style.height = `${height}px`), header.docH);
    };
    for (const loads of [1, LOADS]) {
      const ticks = [];
      let state = null;
      const each = Math.ceil(lines.length / loads);
      for (let at = 0; at < lines.length; at += each) {
        await load();
        const part = { header, lines: lines.slice(at, at + each), state, isLast: at + each >= lines.length };
        const fed = await page.evaluate(feed, part);
        ticks.push(...fed.ticks);
        state = fed.saved;
      }
      assertSame(ticks, native);
    }
  });

test('what a page recorded live, over three pages, replays to the same risks on the command line', async (t) => {
  const browser = await openBrowser(LAPTOP);
  t.after(browser.close);
  const other = await browser.newPage();
  const page = await browser.newPage();
  /** @type {{ t: number, risk: number }[]} */
  const live = [];
  await page.exposeBinding('liveRisk', (_, tick) => live.push(tick));
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      const { falter, liveRisk } = /** @type {any} */ (window);
      // a recording that is to be the whole visit begins before the engine does
      if (!sessionStorage.getItem('falter.session')) {
        falter.stop();
        falter.record();
        falter.start();
      }
      falter.on('risk', (/** @type {CustomEvent} */ event) => liveRisk(event.detail));
    }),
  );
  const { move, rest, click, read } = hand(page, { seed: 5 });
  await page.goto(`${server.url}/index.html`);
  await rest(1500);
  await page.mouse.wheel(0, 400);
  await rest(1200);
  await page.goto(`${server.url}/product.html?item=lantern`);
  await rest(1000);
  await click(middleOf(await boxOf(page, '#add .primary')), 600);
  await read(await boxOf(page, '.terms [data-falter=shipping]'), 2500);
  await page.goto(`${server.url}/cart.html`);
  await rest(1000);
  await move({ x: 600, y: -4 }, 500);
  await rest(600);
  await other.bringToFront();
  await rest(900);
  await page.bringToFront();
  await move({ x: 500, y: 400 }, 500);
  await rest(1000);
  const recording = await page.evaluate(() => /** @type {any} */ (window).falter.record());

  const kinds = new Set(recording.split('\n').filter(Boolean).map((/** @type {string} */ line) => JSON.parse(line).s));
  for (const kind of ['page', 'move', 'scroll', 'cart', 'hover', 'out', 'hidden', 'visible', 'pagehide', 'pageshow', 'facts'])
    assert.ok(kinds.has(kind), `${kind} was captured: ${[...kinds]}`);
  assert.ok(live.length > 30, 'falter was at work');
  await assertReplays(recording, live);
});
