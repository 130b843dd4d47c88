/**
 * Starting, stopping and failing in a real page: nothing is left behind, and nothing reaches the page's own error handler.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { openBrowser } from './support/browser.js';

const home = new URL('../../', import.meta.url);

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  const mounts = { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) };
  server = await serve({ root: new URL('demo/', home), mounts });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});

/**
 * A blank page with the script tag; keeps what falter and the page's own error handler say, and the engine's memory.
 * @param {Record<string, string>} [attributes]
 */
async function open(attributes = {}) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const seen = /** @type {any} */ (window);
    seen.faults = [];
    seen.pageErrors = [];
    document.addEventListener('falter:error', (event) => seen.faults.push(/** @type {CustomEvent} */ (event).detail));
    addEventListener('error', (event) => seen.pageErrors.push(event.message));
    addEventListener('unhandledrejection', (event) => seen.pageErrors.push(String(event.reason)));
    for (const name of /** @type {const} */ (['instantiate', 'instantiateStreaming'])) {
      const real = /** @type {any} */ (WebAssembly)[name];
      /** @type {any} */ (WebAssembly)[name] = async (/** @type {any[]} */ ...given) => {
        const made = await real.apply(WebAssembly, given);
        const { exports } = made.instance ?? made;
        seen.memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
        return made;
      };
    }
  });
  await page.goto(`${server.url}/tests/blank.html`);
  await page.evaluate((given) => {
    const tag = document.createElement('script');
    tag.src = '/dist/falter.js';
    for (const [name, value] of Object.entries(given)) tag.setAttribute(name, value);
    document.head.append(tag);
    return new Promise((done) => (tag.onload = done));
  }, attributes);
  return page;
}

/** @typedef {Awaited<ReturnType<typeof open>>} Page */

/** @param {Page} page @param {string} expression @returns {Promise<any>} */
const ask = (page, expression) => page.evaluate(expression);

/** Listeners as the browser counts them. @param {Page} page */
async function listeners(page) {
  const session = await page.context().newCDPSession(page);
  let count = 0;
  for (const expression of ['window', 'document', 'document.documentElement', 'document.body', 'window.navigation', 'window.visualViewport']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (!result.objectId) continue;
    const found = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    count += found.listeners.length;
  }
  await session.detach();
  return count;
}

/** Bytes in use in JavaScript after a collection. @param {Page} page */
async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

test('stop removes every listener, and two starts are one', async () => {
  const page = await open({ 'data-consent': 'required' });
  const before = await listeners(page);
  await ask(page, `falter.consent('memory'), falter.start()`);
  const running = await listeners(page);
  assert.ok(running >= before + 20, `it listens: ${running} against ${before}`);
  assert.equal(await ask(page, 'falter.snapshot().running'), true);
  assert.equal(await ask(page, 'falter.start() === falter.start()'), true, 'the same promise');
  await ask(page, 'falter.start()');
  assert.equal(await listeners(page), running);
  await ask(page, 'falter.stop(), falter.stop()');
  assert.equal(await listeners(page), before);
  assert.equal(await ask(page, 'falter.snapshot().running'), false);
  assert.deepEqual(await ask(page, 'faults.concat(pageErrors)'), []);
  await page.close();
});

test('a stop in the middle of a start wins', async () => {
  const page = await open({ 'data-consent': 'required' });
  const before = await listeners(page);
  await ask(page, `(falter.consent('memory'), falter.stop(), new Promise((done) => setTimeout(done, 500)))`);
  assert.equal(await ask(page, 'falter.snapshot().running'), false);
  assert.equal(await listeners(page), before);
  await page.close();
});

test('the tag waits until the page is idle, and a stop before that holds', async () => {
  const page = await open({ 'data-consent': 'required' });
  const { early, stopped, started } = await page.evaluate(async () => {
    /** @type {(() => void)[]} */
    const idle = [];
    const seen = /** @type {any} */ (window);
    seen.requestIdleCallback = (/** @type {() => void} */ run) => idle.push(run);
    const turn = () => new Promise((done) => setTimeout(done, 300));
    const running = () => seen.falter.snapshot().running;
    seen.falter.consent('memory');
    await turn();
    const early = running();
    seen.falter.stop();
    idle.splice(0).forEach((run) => run());
    await turn();
    const stopped = running();
    const start = seen.falter.start();
    idle.splice(0).forEach((run) => run());
    await start;
    return { early, stopped, started: running() };
  });
  assert.deepEqual({ early, stopped, started }, { early: false, stopped: false, started: true });
  await page.close();
});

test('a cart that is left is remembered when the page goes, and an order takes it back', async () => {
  /** What the next page finds. @param {string} signal */
  const cartAfter = async (signal) => {
    const page = await open({ 'data-consent': 'granted', 'data-shop': 'none' });
    await ask(page, `falter.start().then(() => falter.signal(${signal}))`);
    await page.goto(`${server.url}/tests/blank.html`);
    const cart = await ask(page, 'JSON.parse(localStorage.falter).cart');
    await page.close();
    return cart;
  };
  assert.equal(await cartAfter(`{ s: 'cart', op: 'add', qty: 1, value: 20 }`), 20);
  assert.equal(await cartAfter(`{ s: 'purchase', value: 20 }`), 0);
  const page = await open();
  await ask(page, 'localStorage.clear(), sessionStorage.clear()');
  await page.close();
});

test('a page that marks itself loads what reads its marks', async () => {
  const page = await open({ 'data-consent': 'required' });
  await ask(page, `document.body.dataset.falterCart = '10', falter.record(), falter.consent('memory'), falter.start()`);
  const set = (/** @type {string} */ total) => ask(page, `document.body.dataset.falterCart = '${total}', undefined`);
  await set('20');
  await set('30');
  const carts = async () => [...(await ask(page, 'falter.record()')).matchAll(/"s":"cart","op":"(\w+)".*"value":(\d+)/g)].map(([, op, value]) => op + value);
  assert.deepEqual(await carts(), ['quantity10', 'add20', 'add30']);
  assert.deepEqual(await ask(page, 'faults.concat(pageErrors)'), []);
  await page.close();
});

test('a hundred starts and stops do not grow the memory', async () => {
  const page = await open({ 'data-consent': 'memory' });
  await ask(page, 'falter.start()');
  const cycles = (/** @type {number} */ times) =>
    ask(page, `(async () => { for (let i = 0; i < ${times}; i += 1) { falter.stop(); await falter.start(); } })()`);
  await cycles(10);
  const [before, wasm] = [await heap(page), await ask(page, 'memory.buffer.byteLength')];
  await cycles(100);
  const grown = (await heap(page)) - before;
  assert.equal(await ask(page, 'memory.buffer.byteLength'), wasm, 'of the engine');
  assert.ok(wasm <= 512 * 1024, `${wasm} bytes in all`);
  assert.ok(grown < 100_000, `of JavaScript: ${grown} bytes, under 1 kB a cycle`);
  assert.equal(await ask(page, 'falter.snapshot().running'), true);
  await page.close();
});

test('a trap in the engine ends in one falter:error, and the page does not hear of it', async () => {
  const page = await open({ 'data-consent': 'memory' });
  await ask(page, 'falter.start()');
  const before = await listeners(page);
  await page.mouse.move(300, 300);
  // the engine's own memory, made nonsense: what comes next traps inside it
  await ask(page, 'new Uint8Array(memory.buffer).fill(255)');
  for (let i = 0; i < 20; i += 1) await page.mouse.move(300 + 5 * i, 300);
  await page.mouse.click(400, 400);
  await page.keyboard.press('a');
  await wait(700);
  const faults = await ask(page, 'faults');
  assert.deepEqual(faults.map((/** @type {any} */ fault) => fault.code), ['internal']);
  assert.deepEqual(await ask(page, 'pageErrors'), []);
  assert.ok((await listeners(page)) < before - 20, 'nothing listens any more');
  assert.equal(await ask(page, `(falter.signal({ s: 'zoom' }), falter.start(), falter.stop(), falter.snapshot().running)`), false);
  assert.equal((await ask(page, 'faults')).length, 1);
  await page.close();
});

test('each option that cannot be read is one named error, and falter goes on', async () => {
  const page = await open({
    'data-consent': 'memory',
    'data-sensitivity': 'lots',
    'data-holdout': 'NaN',
    'data-layout': '<img src=x onerror=alert(1)>',
    'data-currency': 'EUR',
    'data-free-shipping': '-5',
    'data-returns-days': '1e99',
  });
  await ask(page, 'falter.start()');
  await page.mouse.move(200, 200);
  await wait(600);
  const faults = await ask(page, 'faults.map(({ code, where }) => [code, where])');
  assert.deepEqual(faults.sort(), [
    ['bad_fact', 'data-free-shipping'],
    ['bad_fact', 'data-returns-days'],
    ['bad_option', 'data-holdout'],
    ['bad_option', 'data-layout'],
    ['bad_option', 'data-sensitivity'],
  ]);
  assert.equal(await ask(page, 'falter.snapshot().running'), true);
  assert.ok((await ask(page, 'falter.snapshot().t')) > 0, 'it ticks');
  for (const [signal, where] of [[`{ s: 'cart', op: 'eat' }`, 'cart'], ['null', 'undefined'], [`{ s: 'move', x: {}, y: 1 }`, 'move'], [`{ s: 'nothing' }`, 'nothing']]) {
    await ask(page, `(faults.length = 0, falter.signal(${signal}))`);
    assert.deepEqual(await ask(page, 'faults.map(({ code, where }) => [code, where])'), [['bad_signal', where]]);
  }
  assert.deepEqual(await ask(page, 'pageErrors'), []);
  assert.equal(await ask(page, 'falter.snapshot().running'), true);
  await page.close();
});

test('a file that is missing or broken is one named error, and the page goes on', async () => {
  for (const [file, code] of [['falter.wasm', 'wasm_failed'], ['exit.falter', 'model_failed'], ['exit.falter', 'broken'], ['card.css', 'internal']]) {
    const page = await browser.newPage();
    await page.route(`**/${file}`, (route) =>
      code === 'broken' ? route.fulfill({ body: Buffer.from('FLTR, but not a model') }) : route.fulfill({ status: 404, body: '' }),
    );
    await page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      seen.faults = [];
      seen.pageErrors = [];
      document.addEventListener('falter:error', (event) => seen.faults.push(/** @type {CustomEvent} */ (event).detail.code));
      addEventListener('error', (event) => seen.pageErrors.push(event.message));
      addEventListener('unhandledrejection', (event) => seen.pageErrors.push(String(event.reason)));
    });
    await page.goto(`${server.url}/product.html?item=lantern`);
    await wait(700);
    assert.deepEqual(await ask(page, 'faults'), [code === 'broken' ? 'model_failed' : code], file);
    assert.deepEqual(await ask(page, 'pageErrors'), []);
    assert.equal(await ask(page, 'falter.snapshot().running'), code === 'internal', 'without its looks it still counts');
    await ask(page, 'localStorage.clear()');
    await page.close();
  }
});

test('without consent nothing is listened to, fetched or stored', async () => {
  const page = await open({ 'data-consent': 'required' });
  await page.mouse.move(200, 200);
  await wait(500);
  assert.equal(await ask(page, 'falter.snapshot().running'), false);
  assert.deepEqual(await ask(page, `performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())`), ['falter.js']);
  assert.equal(await ask(page, 'localStorage.length + sessionStorage.length'), 0);
  await page.close();
});

test('what was forgotten is not brought back by the end of the page', async () => {
  const page = await open({ 'data-consent': 'granted' });
  await ask(page, 'falter.start()');
  await page.mouse.move(200, 200);
  await wait(300);
  await page.reload();
  const stored = () => ask(page, 'Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()');
  assert.deepEqual(await stored(), ['falter', 'falter.session'], 'kept for the next page');
  await page.evaluate(() => {
    const tag = document.createElement('script');
    tag.src = '/dist/falter.js';
    tag.dataset.consent = 'granted';
    document.head.append(tag);
    return new Promise((done) => (tag.onload = done));
  });
  await ask(page, 'falter.start()');
  await ask(page, 'falter.forget()');
  assert.equal(await ask(page, 'falter.snapshot().running'), true, 'it goes on');
  await page.reload();
  assert.deepEqual(await stored(), []);
  await page.close();
});
