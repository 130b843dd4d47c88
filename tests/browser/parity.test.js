/**
 * The same bits everywhere: what the engine makes of a recording in the browser, in one go and cut into five page loads, and
 * what a page recorded live, against the command line.
 */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser } from './support/browser.js';
import { hand, middleOf, boxOf } from './support/hand.js';
import { replay } from './support/native.js';

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

/**
 * Runs in the page: feeds lines to a new engine, or to one that goes on from `state`.
 * @param {{ header: any, lines: string[], state: number[] | null, isLast: boolean }} given
 */
async function feed({ header, lines, state, isLast }) {
  const [{ openInstance, readNames }, { readPage }] = await Promise.all(['instance', 'page'].map((name) => import(/** @type {any} */ (`/js/${name}.js`))));
  const module = await WebAssembly.compile(await (await fetch('/dist/falter.wasm')).arrayBuffer());
  const model = new Uint8Array(await (await fetch('/dist/exit.falter')).arrayBuffer());
  // The recording's time, not the page's: a page that seems to have begun a million seconds late is never behind the clock.
  const ahead = 1e9;
  const origin = performance.timeOrigin;
  const names = readNames(module);
  const engine = await openInstance(module, model, names, readPage(names).imports, { started: origin + ahead, origin, touch: header.device === 'touch' });
  if (state && !engine.restore(new Uint8Array(state))) throw new Error('not restored');
  /** @type {[number, number, number[]][]} */
  const ticks = [];
  const run = (/** @type {number} */ until) => {
    for (let t = 250 * (Math.floor((ticks.at(-1)?.[0] ?? -250) / 250) + 1); t <= until; t += 250)
      if (engine.tick(t + ahead, Date.now()) & 1) ticks.push([engine.risk().t, engine.risk().risk, [...engine.features()]]);
  };
  for (const line of lines) {
    const signal = JSON.parse(line);
    run(signal.t);
    engine.signal(signal);
  }
  if (isLast) run(header.end);
  const saved = [...engine.save()];
  return { ticks, saved };
}

const same = (/** @type {any} */ ours, /** @type {any} */ theirs) =>
  Number.isNaN(ours) ? theirs === null : Object.is(ours, Math.fround(theirs));

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
      assert.deepEqual(ticks.map(([time]) => time), native.map((tick) => tick.t), 'the same ticks');
      for (const [i, [time, risk, features]] of ticks.entries()) {
        assert.ok(same(risk, native[i].risk), `risk at ${time}: ${risk} and ${native[i].risk}`);
        for (const [place, value] of features.entries())
          assert.ok(same(value, native[i].features?.[place]), `feature ${place} at ${time}: ${value} and ${native[i].features?.[place]}`);
      }
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
  const native = new Map((await replay(recording)).map((tick) => [tick.t, tick.risk]));
  assert.ok(live.length > 30, 'falter was at work');
  const end = Math.max(...native.keys());
  for (const { t: time, risk } of live.filter((tick) => tick.t <= end)) {
    assert.ok(native.has(time), `a tick at ${time}`);
    assert.ok(Object.is(risk, Math.fround(/** @type {number} */ (native.get(time)))), `risk at ${time}: ${risk} and ${native.get(time)}`);
  }
});
