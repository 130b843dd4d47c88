import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openDoor } from '../../js/guard.js';
import { openTabs } from '../../js/tabs.js';

/** A channel is heard by then. */
const HEARD_MS = 50;
const { BroadcastChannel } = globalThis;
const navigatorOwn = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
/** What was written to localStorage. @type {string[]} */
let written;
/** Another tab: what it hears. @type {any[]} */
let heard;
/** @type {BroadcastChannel} */
let other;

beforeEach(() => {
  written = [];
  heard = [];
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.localStorage = { setItem: (key) => written.push(key), removeItem: () => {} };
  other = new BroadcastChannel('falter');
  other.onmessage = ({ data }) => heard.push(data);
});
afterEach(() => {
  other.close();
  globalThis.BroadcastChannel = BroadcastChannel;
  if (navigatorOwn) Object.defineProperty(globalThis, 'navigator', navigatorOwn);
  for (const name of ['window', 'document', 'localStorage']) delete globalThis[name];
});

/** This page. @param {{ usable?: boolean, fails?: () => void }} [how] */
function open({ usable = true, fails = () => {} } = {}) {
  const life = new AbortController();
  /** @type {any[]} */
  const faults = [];
  const page = {
    id: 'a',
    usable,
    saved: 0,
    informed: /** @type {any[]} */ ([]),
    went: /** @type {any[]} */ ([]),
    session: {
      usable: () => page.usable,
      load: () => (fails(), { id: 'a', started: 0 }),
      save: () => (page.saved += 1),
      forget: () => {},
    },
    again: () => {},
    keep: () => {},
    goOn: (/** @type {any} */ visit) => page.went.push(visit),
    inform: (/** @type {any} */ signal) => page.informed.push(signal),
  };
  const tabs = openTabs(/** @type {any} */ (page), openDoor(life, (fault) => faults.push(fault)));
  return { page, tabs, life, faults };
}
const VISIT = { id: 'a', started: 0 };

test('without consent to storage nothing is said, heard or stored', async () => {
  const { page, tabs, life } = open({ usable: false });
  assert.equal(tabs.begin(true), undefined);
  tabs.comeBack();
  document.dispatchEvent(new Event('visibilitychange'));
  tabs.save(VISIT, /** @type {any} */ ({ type: 'pagehide' }));
  other.postMessage({ taken: true });
  other.postMessage({ given: { visit: VISIT } });
  await wait(HEARD_MS);
  assert.deepEqual([heard, written, page.went], [[], [], []]);
  assert.deepEqual(page.informed, [{ s: 'pageshow', cause: 'bfcache' }], 'the page goes on all the same');
  life.abort();
});

test('consent that is taken back ends it, whatever is open', async () => {
  const { page, tabs, life } = open();
  tabs.begin(false);
  await wait(HEARD_MS);
  assert.deepEqual(heard.splice(0), [{ here: true }, { taken: true }]);
  page.usable = false;
  other.postMessage({ taken: true });
  await wait(HEARD_MS);
  assert.equal(tabs.save(VISIT), false, 'it did not hear');
  tabs.comeBack();
  await wait(HEARD_MS);
  assert.deepEqual(heard, []);
  life.abort();
});

test('who does not have the session is told that their visit is old', async () => {
  const { page, tabs, life } = open();
  assert.deepEqual([tabs.save(VISIT), page.saved], [false, 1]);
  other.postMessage({ taken: true });
  await wait(HEARD_MS);
  assert.deepEqual([tabs.save(VISIT), page.saved], [true, 1]);
  window.dispatchEvent(new Event('focus'));
  assert.deepEqual([tabs.save(VISIT), page.saved], [false, 2]);
  life.abort();
});

test('a browser that forbids channels and locks has one page', async () => {
  globalThis.BroadcastChannel = /** @type {any} */ (
    class {
      constructor() {
        throw new DOMException('denied', 'SecurityError');
      }
    }
  );
  const request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
  Object.defineProperty(globalThis, 'navigator', { value: { locks: { request } }, configurable: true });
  const { tabs, life, faults } = open();
  tabs.begin(false);
  tabs.comeBack();
  assert.equal(await tabs.claim(), true);
  assert.equal(tabs.save(VISIT, /** @type {any} */ ({ type: 'pagehide' })), false);
  assert.deepEqual(faults, []);
  life.abort();
});

test('a leave that waits is not told after a stop', async () => {
  let told = 0;
  const { tabs, life } = open();
  tabs.begin(false);
  tabs.left(() => (told += 1));
  life.abort();
  await wait(1200);
  assert.equal(told, 0);
  const next = open();
  next.tabs.begin(false);
  next.tabs.left(() => (told += 1));
  await wait(1200);
  assert.equal(told, 1);
  next.life.abort();
});

test('what throws as a page comes back closes the door, and reaches nobody', () => {
  const { tabs, life, faults } = open({
    fails: () => {
      throw new Error('storage');
    },
  });
  tabs.comeBack();
  assert.deepEqual([life.signal.aborted, faults.length], [true, 1]);
  tabs.comeBack();
  assert.equal(faults.length, 1, 'and stays closed');
});
