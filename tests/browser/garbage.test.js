/**
 * Next to no garbage: what falter's script allocates for a tick and for a movement of the pointer, collected or not, as the
 * browser's sampling heap profiler sees it.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { openBrowser } from './support/browser.js';
import { hand } from './support/hand.js';

const home = new URL('../../', import.meta.url);
/** Bytes between two samples, on average: next to every allocation is one. */
const EVERY_BYTES = 16;
/** What code learns of its types while it is new comes once, and is no garbage. */
const WARM_UP_MS = 6_000;
const MEASURED_MS = 5_000;
const TICK_MS = 250;
/**
 * No object, string or closure a tick or an event: what is left are numbers with a fraction, which V8 boxes in 12 bytes where
 * they cross between the browser, JavaScript and WebAssembly (time, x, y), and a list of the marked elements once a second.
 * A ratchet: measured on 2026-11-21 (157 and 29) and a quarter for the machine, to be lowered with what is saved.
 */
const [TICK_BYTES, EVENT_BYTES] = [200, 37];

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  const mounts = { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) };
  server = await serve({ root: new URL('demo/', home), mounts });
});
after(() => server.close());

/** @typedef {{ selfSize: number, callFrame: { url: string }, children: Node[] }} Node */

/** Bytes of the node and all that it called. @param {Node} node @returns {number} */
const whole = ({ selfSize, children }) => children.reduce((all, child) => all + whole(child), selfSize);

/** Bytes allocated by falter's script and by whatever it called. @param {Node} node @returns {number} */
const ours = (node) =>
  node.callFrame.url.endsWith('/dist/falter.js') ? whole(node) : node.children.reduce((all, child) => all + ours(child), 0);

test('a tick and a movement of the pointer leave numbers behind, and nothing else', async (t) => {
  const browser = await openBrowser();
  t.after(browser.close);
  const page = await browser.newPage();
  await page.goto(`${server.url}/tests/blank.html`);
  await page.evaluate(async () => {
    const counted = /** @type {any} */ (window);
    counted.moves = 0;
    addEventListener('pointermove', () => (counted.moves += 1), { capture: true, passive: true });
    const tag = document.createElement('script');
    Object.assign(tag.dataset, { consent: 'memory', sensitivity: '0' });
    tag.src = '/dist/falter.js';
    document.head.append(tag);
    await new Promise((done) => (tag.onload = done));
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const count = async () => ({
    ticks: (await page.evaluate('falter.snapshot().t')) / TICK_MS,
    moves: await page.evaluate('moves'),
  });
  /** @param {() => Promise<unknown>} act */
  const measure = async (act) => {
    const from = await count();
    await session.send('HeapProfiler.startSampling', {
      samplingInterval: EVERY_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await act();
    const { profile } = await session.send('HeapProfiler.stopSampling');
    const to = await count();
    return { bytes: ours(profile.head), ticks: to.ticks - from.ticks, moves: to.moves - from.moves };
  };

  const { waver } = hand(page);
  await waver(WARM_UP_MS);
  const still = await measure(() => wait(MEASURED_MS));
  const moving = await measure(() => waver(MEASURED_MS));

  assert.ok(still.ticks >= 15 && still.moves === 0, `it ticks while nothing moves: ${JSON.stringify(still)}`);
  const tick = still.bytes / still.ticks;
  assert.ok(tick <= TICK_BYTES, `${tick.toFixed(0)} B a tick`);
  assert.ok(moving.moves >= 100, `the pointer moves: ${JSON.stringify(moving)}`);
  const event = (moving.bytes - moving.ticks * tick) / moving.moves;
  assert.ok(event <= EVENT_BYTES, `${event.toFixed(0)} B an event`);
  t.diagnostic(`${tick.toFixed(0)} B a tick, ${event.toFixed(0)} B an event`);
});
