/**
 * Capture: what a person does with a real mouse, keyboard and tabs comes out as signals, each as the format says.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser, PHONE } from './support/browser.js';
import { boxOf, middleOf } from './support/hand.js';

/** What has no event of its own is looked for once a second; and a tick. */
const LOOKED_MS = 1400;

const PRODUCT = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
  <body data-falter-page="product" data-falter-item="sku-1" style="margin:0;min-height:3000px">
  <h1 id="name">Lamp</h1>
  <p data-falter="shipping" style="margin:40px;height:60px">Shipping 4.90</p>
  <p class="back" style="margin:40px;height:60px">Send it back</p>
  <img alt="" width="80" height="80" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
  <button id="add">Add</button> <a id="next" href="/capture/checkout">Checkout</a>
  <dialog id="box">A size chart</dialog>
  <p data-falter="reviews" style="margin-top:1800px;height:60px">Reviews</p>
  </body></html>`;
const CHECKOUT = `<!doctype html><html lang="en"><body style="margin:0"><form action="/capture/thanks">
  <input id="mail" name="contact" autocomplete="email" required>
  <input id="street" name="street" autocomplete="street-address">
  <button id="pay">Pay</button></form>
  <a id="bank" data-falter-cause="payment" href="http://localhost:9/">Bank</a></body></html>`;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  server = await serve({ mounts: { '/dist/': new URL('../../dist/', import.meta.url) } });
});
after(() => server.close());

/**
 * A shop of two pages, with the tag and a recording from its first moment on.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, any>} [options]
 * @param {import('./support/browser.js').Screen} [screen]
 */
async function shop(t, options = {}, screen = LAPTOP) {
  const browser = await openBrowser(screen);
  t.after(browser.close);
  const other = await browser.newPage();
  const page = await browser.newPage();
  await page.bringToFront();
  const tagged = (/** @type {string} */ html) => html.replace('</body>', '<script src="/dist/falter.js"></script></body>');
  await page.route('**/capture/*', (route) => {
    const body = tagged(route.request().url().includes('checkout') ? CHECKOUT : PRODUCT);
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.addInitScript((given) => {
    const shown = /** @type {any} */ (window);
    shown.falter = { consent: 'granted', shop: 'none', ...given };
    shown.faults = [];
    document.addEventListener('falter:error', (event) => shown.faults.push(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener('DOMContentLoaded', () => shown.falter.record());
  }, options);
  await page.goto(`${server.url}/capture/lamp`);
  await page.waitForFunction(() => /** @type {any} */ (window).falter.snapshot().running);
  return { page, other };
}

/** What was recorded so far. @param {import('playwright-core').Page} page */
async function recorded(page) {
  const { text, faults } = await page.evaluate(() => {
    const { falter, faults } = /** @type {any} */ (window);
    return { text: /** @type {string} */ (falter.record()), faults };
  });
  assert.deepEqual(faults, []);
  const [header, ...signals] = text.trim().split('\n').map((line) => JSON.parse(line));
  /** The signals that have all these keys. @param {Record<string, any>} like */
  const all = (like) => signals.filter((signal) => Object.entries(like).every(([key, value]) => signal[key] === value));
  /** @param {Record<string, any>[]} wanted in this order, others in between */
  const holds = (...wanted) => {
    let at = 0;
    for (const like of wanted) {
      const found = signals.findIndex((signal, i) => i >= at && Object.entries(like).every(([key, value]) => signal[key] === value));
      assert.ok(found >= 0, `${JSON.stringify(like)} after ${JSON.stringify(signals[at - 1])}\n${text}`);
      at = found + 1;
    }
  };
  return { text, header, signals, all, holds };
}

test('pointer, sections and clicks', async (t) => {
  const { page } = await shop(t, { sections: { returns: '.back' } });
  const shipping = middleOf(await boxOf(page, '[data-falter=shipping]'));
  await page.mouse.move(20.25, 300.75);
  await page.mouse.move(shipping.x, shipping.y, { steps: 5 });
  await wait(100);
  const back = middleOf(await boxOf(page, '.back'));
  await page.mouse.move(back.x, back.y, { steps: 3 });
  const add = middleOf(await boxOf(page, '#add'));
  await page.mouse.click(add.x, add.y);
  await page.mouse.dblclick(...spot(await boxOf(page, 'img')));
  await page.mouse.move(640, 40);
  await page.mouse.move(640, -6);
  await wait(100);
  await page.mouse.move(640, 30);
  await page.mouse.wheel(0, 1700);
  await wait(500);

  const { header, signals, all, holds } = await recorded(page);
  assert.deepEqual([header.device, header.h], ['mouse', 800]);
  assert.equal(header.w, await page.evaluate(() => document.documentElement.clientWidth), 'scroll bars are none of it');
  assert.equal(all({ s: 'page' })[0].from, undefined, 'the first page comes from none');
  holds(
    { s: 'page', page: 'product', item: all({ s: 'page' })[0].item },
    { s: 'move', x: 20.5, y: 301 },
    { s: 'hover', section: 'shipping' },
    { s: 'unhover', section: 'shipping' },
    { s: 'hover', section: 'returns' },
    { s: 'down' },
    { s: 'up' },
    { s: 'click', on: 'button' },
    { s: 'click', on: 'media' },
    { s: 'zoom' },
    { s: 'out', edge: 'top' },
    { s: 'in', edge: 'top' },
    { s: 'scroll', y: 1700 },
  );
  holds({ s: 'see', section: 'shipping' }, { s: 'see', section: 'reviews' });
  holds({ s: 'scroll' }, { s: 'unsee', section: 'shipping' });
  assert.match(all({ s: 'page' })[0].item, /^[0-9a-f]{8}$/, 'an opaque id');
  for (const { t: time, x = 0, y = 0 } of signals) {
    assert.ok(Number.isInteger(time) && Number.isInteger(2 * x) && Number.isInteger(2 * y), `${time} ${x} ${y}`);
  }
  assert.ok(signals.every(({ t: time }, i) => i === 0 || time >= signals[i - 1].t), 'time never falls');
});

/** @param {import('./support/hand.js').Box} box @returns {[number, number]} */
function spot(box) {
  const { x, y } = middleOf(box);
  return [x, y];
}

test('keys are told by class, copied and selected text by what it was', async (t) => {
  const { page } = await shop(t);
  await page.mouse.dblclick(...spot({ ...(await boxOf(page, '#name')), width: 60 }));
  await wait(100);
  await page.keyboard.press('q');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+c');
  await wait(100);
  const { all, holds, text } = await recorded(page);
  holds({ s: 'select' }, { s: 'key', k: 'char' }, { s: 'key', k: 'nav' }, { s: 'key', k: 'shortcut' }, { s: 'copy', what: 'product' });
  assert.equal(all({ s: 'key' }).length, 3, 'a modifier alone is no key');
  assert.doesNotMatch(text, /"q"|Arrow|Control|Lamp/);
});

test('a keydown without a key, as autofill sends it, and events nobody trusts do no harm', async (t) => {
  const { page } = await shop(t);
  await page.evaluate(() => {
    for (const type of ['keydown', 'pointermove', 'click', 'focusin', 'copy', 'navigate', 'error'])
      for (const target of [window, document, document.body]) target.dispatchEvent(new Event(type, { bubbles: true }));
  });
  await page.mouse.move(100, 100);
  const { all } = await recorded(page);
  assert.equal(all({ s: 'key' }).length, 0);
  assert.equal(all({ s: 'move' }).length, 1, 'a place that is no number is none');
});

test('what the shop tells before the engine is there is not lost', async (t) => {
  const { page } = await shop(t);
  await page.evaluate(() => {
    const { falter } = /** @type {any} */ (window);
    falter.stop();
    falter.start();
    falter.signal({ s: 'cart', op: 'add', item: 'sku-1', qty: 1, value: 42.6 });
    return falter.start();
  });
  const { holds } = await recorded(page);
  holds({ s: 'page' }, { s: 'cart', op: 'add', value: 42.6 });
});

test('dialogs, pages turned without loading, and parts that do not load are noticed', async (t) => {
  const { page } = await shop(t);
  await page.mouse.move(300, 300);
  await page.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector('#box')).showModal());
  await wait(LOOKED_MS);
  await page.evaluate(() => {
    /** @type {HTMLDialogElement} */ (document.querySelector('#box')).close();
    document.body.removeAttribute('data-falter-page');
    history.pushState(null, '', '/capture/cart');
    for (const src of ['http://localhost:9/other.png', '/nowhere.png', '/nowhere2.png'])
      document.body.append(Object.assign(new Image(), { src }), Object.assign(document.createElement('div'), { innerHTML: `<img src="${src}">` }));
  });
  await wait(LOOKED_MS);
  const { all, holds } = await recorded(page);
  holds({ s: 'page', page: 'product' }, { s: 'state', dialog: true }, { s: 'state', dialog: false });
  holds({ s: 'page', page: 'product' }, { s: 'page', page: 'cart', from: 'product' });
  assert.equal(all({ s: 'problem', what: 'page_error' }).length, 1, 'once a page');
});

test('another tab hides the page, and a link, a field and the way back are told over the pages of one visit', async (t) => {
  const { page, other } = await shop(t);
  await page.mouse.move(300, 300);
  await other.bringToFront();
  await wait(300);
  await page.bringToFront();
  await wait(100);
  const first = (await recorded(page)).header.session;
  await page.mouse.click(...spot(await boxOf(page, '#next')));
  await page.waitForURL(/checkout/);
  await page.waitForFunction(() => /** @type {any} */ (window).falter.snapshot().running);
  await page.mouse.click(...spot(await boxOf(page, '#pay')));
  await page.keyboard.type('a@b.de');
  await page.mouse.click(...spot(await boxOf(page, '#street')));
  await wait(100);

  const { header, all, holds, signals } = await recorded(page);
  assert.equal(header.session, first, 'one visit');
  assert.ok(header.end >= signals.at(-1).t);
  holds(
    { s: 'hidden' },
    { s: 'visible' },
    { s: 'click', on: 'link' },
    { s: 'pagehide', cause: 'shop' },
    { s: 'pageshow', cause: 'shop' },
    { s: 'page', page: 'checkout', from: 'product' },
    { s: 'field', what: 'error', type: 'email' },
    { s: 'field', what: 'leave', type: 'email' },
    { s: 'field', what: 'focus', type: 'address' },
  );
  holds({ s: 'state', typing: true }, { s: 'key', k: 'char' }, { s: 'state', typing: false });
  assert.equal(all({ s: 'hidden' }).length, 1, 'a hidden that belongs to a pagehide is not told');
  assert.doesNotMatch(JSON.stringify(signals), /b\.de/);

  // a page that comes from the browser's memory does not load
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForURL(/lamp/, { waitUntil: 'commit' });
  await page.waitForFunction(() => /** @type {any} */ (window).falter.snapshot().running);
  await wait(LOOKED_MS);
  await page.mouse.move(200, 200, { steps: 3 });
  const back = await recorded(page);
  assert.equal(back.header.session, first);
  back.holds({ s: 'page', page: 'checkout' }, { s: 'pagehide' }, { s: 'pageshow', cause: 'bfcache' }, { s: 'page', page: 'product', from: 'checkout' }, { s: 'move' });
  assert.ok(back.signals.every(({ t: time }, i) => i === 0 || time >= back.signals[i - 1].t), 'time never falls');
});

test('on a phone the section that rests in the middle is the one that is read', async (t) => {
  const { page } = await shop(t, {}, PHONE);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', { x: 195, y: 600, yDistance: -1700, gestureSourceType: 'touch', speed: 4000 });
  await wait(LOOKED_MS);
  await page.evaluate(() => document.querySelector('[data-falter=reviews]')?.scrollIntoView({ block: 'center' }));
  await wait(LOOKED_MS);
  const { header, holds } = await recorded(page);
  assert.equal(header.device, 'touch');
  holds({ s: 'down' }, { s: 'scroll' }, { s: 'see', section: 'reviews' }, { s: 'hover', section: 'reviews' });
});

test('memory stores nothing, and what was stored goes when consent is taken back', async (t) => {
  const { page } = await shop(t, { consent: 'memory' });
  const stored = () => page.evaluate(() => localStorage.length + sessionStorage.length);
  await page.mouse.click(...spot(await boxOf(page, '#next')));
  await page.waitForURL(/checkout/);
  assert.equal(await stored(), 0);
  await page.evaluate(() => /** @type {any} */ (window).falter.consent('granted'));
  // who goes before it has begun leaves nothing to go on with
  await page.waitForFunction(() => /** @type {any} */ (window).falter.snapshot().running);
  await page.mouse.move(200, 200);
  await page.goto(`${server.url}/capture/lamp`);
  assert.equal(await page.evaluate(() => sessionStorage.length), 1, 'the state across pages');
  await page.evaluate(() => (/** @type {any} */ (window).falter.consent('granted'), /** @type {any} */ (window).falter.consent('required')));
  assert.equal(await stored(), 0);
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).falter.snapshot().running), false);
});

test('two handles on a page are each their own', async (t) => {
  const { page } = await shop(t, { consent: 'memory' });
  const both = await page.evaluate(async (url) => {
    const { createFalter } = await import(url);
    const second = createFalter({ consent: 'memory', shop: 'none' });
    await second.start();
    const running = second.snapshot().running;
    second.stop();
    return [running, second.snapshot().running, /** @type {any} */ (window).falter.snapshot().running];
  }, `${server.url}/dist/npm/index.js`);
  assert.deepEqual(both, [true, false, true]);
});
