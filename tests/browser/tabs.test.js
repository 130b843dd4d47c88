/** One visit in several tabs, and what may come between: real tabs, which hide each other. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { openBrowser } from './support/browser.js';
import { replay } from './support/native.js';

const home = new URL('../../', import.meta.url);
/** What goes from tab to tab is there by then. */
const HANDED_MS = 600;
/** A card that is due has come by now, on a busy machine too. */
const DUE_MS = 20_000;
/** A visit that begins may meet its card by now: the first 5 s are none's, and two ticks. */
const ARMED_MS = 6000;
/** The same, where it goes on. */
const GOING_MS = 2000;
/** A leave waits so long for another tab, and a hidden page's timers are slow. */
const LEFT_MS = 2600;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  server = await serve({ mounts: { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) } });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/tests/blank.html`);
  await page.evaluate('localStorage.clear(), sessionStorage.clear()');
  await page.close();
});

/** @typedef {import('playwright-core').Page} Page */

/** Every visit meets its card once it may. */
const GIVEN = {
  consent: 'granted',
  shop: 'none',
  holdout: 0,
  lang: 'en',
  sensitivity: 1,
  publicEvents: true,
  facts: { currency: 'EUR', freeShippingFrom: 50, returnsDays: 30 },
};

/**
 * A tab on a page of the shop, falter running and recording; what it tells is kept over its pages.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, any>} [more] options
 * @param {(() => void) | string} [first] runs in every page of the tab, before anything else
 * @param {{ newPage: () => Promise<Page> }} [where]
 */
async function openTab(t, more = {}, first = '', where = browser) {
  const page = await where.newPage();
  t.after(() => page.close().catch(() => {}));
  /** @type {any[]} */
  const told = [];
  await page.exposeBinding('tell', (_, one) => told.push(one));
  if (first) await page.addInitScript(first);
  await page.addInitScript((given) => {
    const seen = /** @type {any} */ (window);
    seen.falter = given;
    for (const type of ['show', 'exposure', 'leave', 'error'])
      document.addEventListener(`falter:${type}`, (event) => seen.tell({ type, .../** @type {any} */ (event).detail }));
    document.addEventListener('DOMContentLoaded', () => {
      const tag = document.createElement('script');
      tag.src = '/dist/falter.js';
      tag.onload = () => seen.falter.record?.();
      document.head.append(tag);
    });
  }, { ...GIVEN, ...more });
  const load = async (path = 'blank.html?lamp') => {
    await page.goto(`${server.url}/tests/${path}`);
    await runs(page);
  };
  await load();
  return { page, told, load, of: (/** @type {string} */ type) => told.filter((one) => one.type === type) };
}

/** @param {Page} page */
const runs = (page) => page.waitForFunction(() => /** @type {any} */ (window).falter?.snapshot?.().running);
/** @param {Page} page @param {string} expression @returns {Promise<any>} */
const ask = (page, expression) => page.evaluate(expression);
/** @param {Page} page */
const recorded = async (page) => {
  const text = await ask(page, 'falter.record()');
  const [header, ...signals] = text.trim().split('\n').map((/** @type {string} */ line) => JSON.parse(line));
  return { text, header, signals, of: (/** @type {string} */ s) => signals.filter((/** @type {any} */ one) => one.s === s) };
};
/** A hand that does nothing in particular. @param {Page} page @param {number} ms */
async function browse(page, ms) {
  for (let until = Date.now() + ms, x = 200; Date.now() < until; x = (x + 17) % 600) {
    await page.mouse.move(300 + x, 300 + (x % 90));
    await wait(60);
  }
}
/** Browses until something was told. @param {Page} page @param {() => unknown} isTold */
async function browseUntil(page, isTold) {
  for (const until = Date.now() + DUE_MS; Date.now() < until && !isTold(); ) await browse(page, 300);
  assert.ok(isTold(), 'told in time');
}
/** @param {Page} page @param {number} value */
const fill = (page, value) => ask(page, `falter.signal({ s: 'cart', op: 'add', item: 'lamp', qty: 1, value: ${value} })`);

test('two tabs are one visit: its recording goes on from tab to tab, and replays to what was there', async (t) => {
  const one = await openTab(t, { sensitivity: 0 });
  await browse(one.page, 1500);
  await fill(one.page, 42.6);
  const two = await openTab(t, { sensitivity: 0 });
  await browse(two.page, 1000);
  const there = await recorded(two.page);
  assert.equal(there.header.session, (await recorded(one.page)).header.session, 'one session');
  assert.deepEqual(there.of('cart').map(({ value }) => value), [42.6], 'with what is in the cart');
  assert.equal((await ask(two.page, 'JSON.parse(localStorage.falter)')).visits, 1, 'one visit');
  await fill(two.page, 60);

  await one.page.bringToFront();
  await wait(HANDED_MS);
  await browse(one.page, 800);
  const back = await recorded(one.page);
  assert.deepEqual(back.of('cart').map(({ value }) => value), [42.6, 60], 'and what was put into it there');
  assert.ok(back.signals.every(({ t: time }, i) => i === 0 || time >= back.signals[i - 1].t), 'time never falls');
  const { t: time, risk } = await ask(one.page, 'falter.snapshot()');
  const tick = (await replay(back.text)).find((tick) => tick.t === time);
  assert.ok(tick && Object.is(risk, Math.fround(tick.risk)), `risk at ${time}: ${risk} and ${tick?.risk}`);

  await wait(LEFT_MS);
  await two.page.bringToFront();
  await wait(LEFT_MS);
  await one.page.bringToFront();
  await wait(LEFT_MS);
  assert.deepEqual(two.of('leave'), [], 'who goes to another tab of the shop has not left');
  assert.ok(one.of('leave').length <= 1, 'but for the first, when there was no other tab yet');
  const other = await browser.newPage();
  await other.bringToFront();
  await wait(LEFT_MS);
  assert.equal(one.of('leave').at(-1)?.cart, 60, 'who goes elsewhere has');
  assert.deepEqual([...one.of('error'), ...two.of('error')], []);
  await other.close();
});

test('a tab in the background waits to be looked at, and then goes on with the visit', async (t) => {
  const one = await openTab(t, { sensitivity: 0 });
  await browse(one.page, 600);
  const [two] = await Promise.all([
    one.page.context().waitForEvent('page'),
    one.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: '/tests/blank.html?stool', textContent: 'Stool' });
      document.body.prepend(link);
      link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }));
    }),
  ]);
  t.after(() => two.close().catch(() => {}));
  await one.page.bringToFront();
  await two.addScriptTag({ content: `falter = ${JSON.stringify({ ...GIVEN, sensitivity: 0 })}` });
  await two.addScriptTag({ url: '/dist/falter.js' });
  assert.equal(await ask(two, 'document.hidden'), true);
  await wait(1500);
  assert.equal(await ask(two, 'falter.snapshot().running'), false, 'nobody has looked at it yet');
  await fill(one.page, 42.6);
  await two.bringToFront();
  await runs(two);
  await wait(HANDED_MS);
  assert.equal((await ask(two, 'JSON.parse(localStorage.falter)')).visits, 1);
  await ask(two, 'void falter.stop()');
  assert.equal((await ask(one.page, 'JSON.parse(localStorage.falter)')).visits, 1);
});

test('one card in all tabs, and an order in one is known in the other', async (t) => {
  const one = await openTab(t);
  const two = await openTab(t);
  await browseUntil(two.page, () => two.of('exposure').length);
  await one.page.bringToFront();
  await browse(one.page, GOING_MS);
  assert.deepEqual([one.of('exposure').length, two.of('exposure').length], [0, 1]);
  assert.ok(['shown', 'cooldown'].includes((await ask(one.page, 'falter.snapshot()')).decision.hold));
  await ask(one.page, `falter.signal({ s: 'purchase', value: 42.6 })`);
  await two.page.bringToFront();
  await wait(HANDED_MS);
  await browse(two.page, 600);
  assert.equal((await recorded(two.page)).of('purchase').length, 1);
  assert.equal((await ask(two.page, 'JSON.parse(localStorage.falter)')).orders, 1);
});

test('of two tabs that have a card due at the same moment one shows it', async (t) => {
  const one = await openTab(t, { sensitivity: 0 });
  const two = await openTab(t, { sensitivity: 0 });
  await browse(two.page, 700);
  // both are told at once, as two windows side by side are; the claim is what decides
  const claims = await Promise.all(
    [one, two].map(({ page }) =>
      page.evaluate(async () => {
        // a tab that is hidden may ask a second late: the claim is held until then
        const page = /** @type {any} */ (window);
        const later = page.setTimeout;
        page.setTimeout = (/** @type {any} */ use, /** @type {number} */ ms, /** @type {any[]} */ ...rest) =>
          later(use, ms === 1000 ? 60_000 : ms, ...rest);
        const { openTabs } = await import(/** @type {any} */ ('/dist/tabs.js'));
        const life = new AbortController();
        const door = { on: () => {}, call: (/** @type {() => unknown} */ use) => use(), signal: life.signal };
        const tabs = openTabs({ session: { usable: () => true } }, door);
        await new Promise((then) => setTimeout(then, 300 - (Date.now() % 300)));
        const isFirst = await tabs.claim();
        life.abort();
        return isFirst;
      }),
    ),
  );
  assert.deepEqual(claims.sort(), [false, true]);
});

test('a tab that closes leaves the visit to those that are left', async (t) => {
  const one = await openTab(t, { sensitivity: 0 });
  await browse(one.page, 500);
  const two = await openTab(t, { sensitivity: 0 });
  await browse(two.page, 500);
  await fill(two.page, 42.6);
  await two.page.close({ runBeforeUnload: true });
  await wait(HANDED_MS);
  await one.page.bringToFront();
  await browse(one.page, 500);
  const { of } = await recorded(one.page);
  assert.deepEqual(of('cart').map(({ value }) => value), [42.6]);
});

test('memory is a visit a document, in every tab', async (t) => {
  const one = await openTab(t, { consent: 'memory', sensitivity: 0 });
  await browse(one.page, 500);
  await fill(one.page, 42.6);
  const two = await openTab(t, { consent: 'memory', sensitivity: 0 });
  await browse(two.page, 500);
  const { header, of } = await recorded(two.page);
  assert.notEqual(header.session, (await recorded(one.page)).header.session);
  assert.deepEqual(of('cart'), []);
  assert.equal(await ask(two.page, 'localStorage.length + sessionStorage.length'), 0);
});

test('a page in the browser\'s memory goes on with the visit, and it still may be kept there', async (t) => {
  const one = await openTab(t, { sensitivity: 0 });
  const two = await openTab(t, { sensitivity: 0 });
  await browse(two.page, 500);
  await ask(two.page, 'window.isTheSame = true');
  await two.page.goto(`${server.url}/tests/blank.html?stool`);
  await runs(two.page);
  await fill(two.page, 42.6);
  await two.page.goBack({ waitUntil: 'commit' });
  await wait(HANDED_MS);
  await browse(two.page, 500);
  const { of, header } = await recorded(two.page);
  assert.equal(header.session, (await recorded(one.page)).header.session);
  assert.equal(await ask(two.page, 'window.isTheSame'), true, 'an open channel does not keep it out');
  // the page that went may be in a process of its own, and hand over what it knows when this one is shown already
  assert.match(of('pageshow').at(-1).cause, /^(bfcache|shop)$/);
  assert.deepEqual(of('cart').map(({ value }) => value), [42.6]);
});

/**
 * A tab in a browser of its own, so that several of these, which mostly wait, can run at the same time.
 * @param {import('node:test').TestContext} t @param {(() => void) | string} [first]
 */
async function openAlone(t, first) {
  const own = await openBrowser();
  t.after(own.close);
  return openTab(t, {}, first, own);
}

describe('what may come between', { concurrency: 3 }, () => {
  test('a reload in the middle loses nothing and shows nothing twice', async (t) => {
    const { page, of } = await openAlone(t);
    await fill(page, 42.6);
    await browseUntil(page, () => of('exposure').length);
    await page.reload();
    await runs(page);
    await browse(page, GOING_MS);
    assert.deepEqual([of('show').length, of('exposure').length], [1, 1]);
    assert.equal((await ask(page, 'JSON.parse(localStorage.falter)')).cart, 42.6);
  });

  /** Leaves no room in either storage. */
  const FULL = () => {
    for (const storage of [localStorage, sessionStorage])
      for (let size = 1 << 20; size; size >>= 1)
        try {
          for (;;) storage.setItem(`full${storage.length}`, 'x'.repeat(size));
        } catch {
          // no more of that size
        }
  };
  const FORBIDDEN = () => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
  };
  for (const [name, first] of /** @type {const} */ ([
    ['full', FULL],
    ['forbidden', FORBIDDEN],
  ]))
    test(`storage is ${name}: a card that could not be remembered does not come, and an order is not lost`, async (t) => {
      const { page, of } = await openAlone(t, first);
      for (let load = 0; load < 2; load += 1) {
        await browse(page, ARMED_MS);
        assert.equal((await ask(page, 'falter.snapshot()')).decision.hold, 'shown');
        await page.reload();
        await runs(page);
      }
      await ask(page, `falter.signal({ s: 'purchase', value: 42.6 })`);
      assert.equal((await recorded(page)).of('purchase').length, 1);
      assert.deepEqual([of('show').length, of('exposure').length], [0, 0]);
      assert.ok(of('error').every(({ code }) => code === 'storage') && of('error').length, 'and it is said why');
    });

  test('storage that fills up after the start: still one card at most', async (t) => {
    const { page, of } = await openAlone(t);
    await browse(page, 1000);
    await page.evaluate(FULL);
    await browse(page, ARMED_MS);
    await page.reload();
    await runs(page);
    await browse(page, ARMED_MS);
    assert.ok(of('exposure').length <= 1, `${of('exposure').length}`);
  });

  /** The clock, set forth or back by so much from now on, ms. @param {Page} page @param {number} by */
  const setClock = (page, by) =>
    page.evaluate((by) => {
      const { now } = Date;
      Date.now = () => now.call(Date) + by;
    }, by);
  for (const by of [-3 * 86_400_000, 3 * 86_400_000])
    test(`a clock that is set by ${by / 86_400_000} days brings no second card, and no error`, async (t) => {
      const { page, of } = await openAlone(t);
      await browseUntil(page, () => of('exposure').length);
      await setClock(page, by);
      await browse(page, 2000);
      await ask(page, `falter.signal({ s: 'purchase', value: 42.6 })`);
      await page.addInitScript((by) => {
        const { now } = Date;
        Date.now = () => now.call(Date) + by;
      }, by);
      await page.reload();
      await runs(page);
      await browse(page, ARMED_MS);
      assert.equal(of('exposure').length, 1);
      assert.equal((await ask(page, 'JSON.parse(localStorage.falter)')).orders, 1);
      assert.deepEqual(of('error'), []);
    });

  test('offline: what was begun goes on, an order is kept, and the next page knows of it', async (t) => {
    const { page, of, load } = await openAlone(t);
    await browseUntil(page, () => of('exposure').length);
    await page.context().setOffline(true);
    await ask(page, `falter.signal({ s: 'purchase', value: 42.6 })`);
    await browse(page, 1000);
    await page.context().setOffline(false);
    await load('blank.html?thanks');
    await browse(page, 1000);
    assert.equal((await ask(page, 'JSON.parse(localStorage.falter)')).orders, 1);
    assert.equal((await recorded(page)).of('purchase').length, 1);
    assert.equal(of('exposure').length, 1);
  });
});
