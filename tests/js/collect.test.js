/** What models/training/collect/page.js sends: every line once, in pieces that are numbered, and nothing without consent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sendRecording } from '../../models/training/collect/page.js';

const HEADER = { session: 'a', format: 1, source: 'page', device: 'mouse', w: 9, h: 9, docH: 9 };

/** A page with a recording that grows, and a collector that may be out of reach. */
function open(t, { kept = new Map(), session = 'a' } = {}) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const page = { lines: '', consent: 'granted', isUp: true, gpc: false, sent: [], end: 0 };
  const take = (address, body) => {
    if (!page.isUp) return false;
    page.sent.push({ piece: Number(new URL(address, 'https://shop.example').searchParams.get('piece')), body });
    return true;
  };
  const document = new EventTarget();
  const given = {
    document,
    navigator: { sendBeacon: take, get globalPrivacyControl() { return page.gpc; } },
    sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    fetch: async (address, { body }) => ({ ok: take(address, body) }),
  };
  for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true });
  const falter = {
    consent: () => page.consent,
    record: () => JSON.stringify({ ...HEADER, session, end: page.end }) + '\n' + page.lines,
  };
  const stop = sendRecording(falter, '/falter/collect');
  t.after(stop);
  return {
    page,
    stop,
    say: (...times) => times.forEach((time) => (page.lines += `{"t":${time},"s":"focus"}\n`)),
    /** Ten seconds pass, and what was sent is answered. */
    wait: async () => {
      t.mock.timers.tick(10_000);
      await new Promise(setImmediate);
    },
    leave: () => {
      document.visibilityState = 'hidden';
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

/** The lines of all pieces, each number's longest once. */
const joined = (sent) => {
  const best = [];
  for (const { piece, body } of sent) {
    const lines = body.slice(body.indexOf('\n') + 1);
    if (lines.length > (best[piece] ?? '').length) best[piece] = lines;
  }
  return best.join('');
};

test('every line is sent once, and the last as the page goes', async (t) => {
  const { page, say, wait, leave } = open(t);
  say(1, 2);
  await wait();
  await wait();
  say(3);
  await wait();
  say(4);
  page.end = 99;
  leave();
  assert.deepEqual(page.sent.map(({ piece }) => piece), [0, 1, 2]);
  assert.equal(page.sent.map(({ body }) => body.slice(body.indexOf('\n') + 1)).join(''), page.lines);
  assert.equal(JSON.parse(page.sent[2].body.split('\n')[0]).end, 99);
});

test('what may not have arrived is sent again under its number', async (t) => {
  const { page, say, wait, leave } = open(t);
  say(1);
  page.isUp = false;
  await wait();
  page.isUp = true;
  say(2);
  await wait();
  say(3);
  leave();
  assert.deepEqual(page.sent.map(({ piece }) => piece), [0, 1]);
  assert.equal(joined(page.sent), page.lines);
});

test('the next page goes on where the one before ended, and another visit begins anew', async (t) => {
  const kept = new Map();
  const first = open(t, { kept });
  first.say(1, 2);
  first.leave();
  first.stop();
  t.mock.timers.reset();
  const second = open(t, { kept });
  second.page.lines = first.page.lines;
  second.say(3);
  await second.wait();
  assert.deepEqual(second.page.sent.map(({ piece }) => piece), [1]);
  assert.equal(joined([...first.page.sent, ...second.page.sent]), second.page.lines);
  second.stop();
  t.mock.timers.reset();
  const other = open(t, { kept, session: 'b' });
  other.say(1);
  await other.wait();
  assert.deepEqual(other.page.sent.map(({ piece }) => piece), [0]);
});

test('a piece is no longer than the collector takes, and ends with a line', async (t) => {
  const { page, say, wait } = open(t);
  say(...Array(20_000).keys());
  for (let i = 0; i < 10; i++) await wait();
  assert.ok(page.sent.length > 2 && page.sent.every(({ body }) => body.length < 201_000 && body.endsWith('\n')));
  assert.equal(joined(page.sent), page.lines);
});

test('nothing is sent without consent, against a browser that says no, or after the end', async (t) => {
  const { page, say, wait, leave, stop } = open(t);
  say(1);
  page.consent = 'memory';
  await wait();
  leave();
  page.consent = 'granted';
  page.gpc = true;
  await wait();
  leave();
  page.gpc = false;
  stop();
  await wait();
  leave();
  assert.deepEqual(page.sent, []);
});
