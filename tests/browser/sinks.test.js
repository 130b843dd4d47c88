/**
 * What leaves the page: to whom, when, and that nothing is lost when the page closes or nobody is there to take it. The
 * webhook is a server on another origin; the platforms are stood in for by what their documentation says of their scripts.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '../../xtask/serve.mjs';
import { faultsOf } from '../js/support/schema.js';
import { openBrowser } from './support/browser.js';
import { receive } from './support/receiver.js';

const home = new URL('../../', import.meta.url);
const schema = JSON.parse(await readFile(new URL('docs/sinks.schema.json', home), 'utf8'));
/** What is due then has come by now, on a busy machine too. */
const DUE_MS = 20_000;
/** A visit of a shopper with something in the cart: what is left over leads to a card on the next. */
const CALM = { shop: 'none', lang: 'en', holdout: 0, consent: 'granted', sensitivity: 0, facts: { currency: 'EUR', returnsDays: 30 } };

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
/** @type {Awaited<ReturnType<typeof receive>>} */
let webhook;
before(async () => {
  const mounts = { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) };
  server = await serve({ root: new URL('demo/', home), mounts });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async (context) => {
  webhook = await receive();
  context.after?.(() => webhook.close());
  const page = await browser.newPage();
  await page.goto(`${server.url}/tests/blank.html`);
  await page.evaluate('localStorage.clear(), sessionStorage.clear()');
  await page.close();
});

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page with the tag, once it runs.
 * @param {Record<string, any>} given options
 * @param {{ page?: Page, first?: string, privacy?: boolean, isNew?: boolean }} [how] first: what the page does before the tag;
 *   privacy: Global Privacy Control; isNew: a new visit, not the next page of one
 */
async function open(given, { page, first = '', privacy = false, isNew = true } = {}) {
  page ??= await browser.newPage();
  await page.addInitScript((privacy) => Object.defineProperty(navigator, 'globalPrivacyControl', { value: privacy, configurable: true }), privacy);
  await page.goto(`${server.url}/tests/blank.html?email=ada@example.com`);
  await page.evaluate(
    async ({ given, first, isNew }) => {
      const seen = /** @type {any} */ (window);
      if (isNew) sessionStorage.clear();
      seen.told = [];
      seen.falter = { publicEvents: true, ...given };
      for (const type of ['show', 'exposure', 'leave', 'error', 'purchase'])
        document.addEventListener(`falter:${type}`, (event) => seen.told.push({ type, .../** @type {any} */ (event).detail }));
      new Function(first)();
      const tag = document.createElement('script');
      tag.src = '/dist/falter.js';
      document.head.append(tag);
      await new Promise((done) => (tag.onload = done));
      if (seen.falter.consent() !== 'required') await seen.falter.start();
    },
    { given, first, isNew },
  );
  return page;
}

/** @param {Page} page @param {string} expression @returns {Promise<any>} */
const ask = (page, expression) => page.evaluate(expression);
/** @param {Page} page @param {string} type */
const told = async (page, type) => (await ask(page, 'told')).filter((/** @type {any} */ one) => one.type === type);
/** @param {() => unknown} holds */
async function until(holds, ms = DUE_MS) {
  for (const end = Date.now() + ms; Date.now() < end; await wait(50)) if (await holds()) return;
  assert.fail(`not within ${ms} ms: ${holds}`);
}
const types = () => webhook.events().map(({ type }) => type);
const orders = () => webhook.events().filter(({ type }) => type === 'purchase');
/** A hand that does nothing in particular, until something is so. @param {Page} page @param {() => unknown} holds */
async function browseUntil(page, holds) {
  let x = 0;
  await until(async () => {
    x = (x + 37) % 600;
    await page.mouse.move(300 + x, 300 + (x % 90));
    return holds();
  });
}
/** @param {number} value */
const cart = (value) => `falter.signal({ s: 'cart', op: 'quantity', qty: 1, value: ${value} })`;
const BUY = `falter.signal({ s: 'purchase', value: 42.6 })`;
/** What is in the queue. @param {Page} page @returns {Promise<any[]>} */
const queue = (page) => ask(page, `JSON.parse(localStorage['falter.sinks'] ?? '{"events":[]}').events`);
const hook = (more = {}) => ({ ...CALM, sinks: { webhook: { url: webhook.url }, ...more } });

test('both sides of the holdout, a card taken up, a leave and an order reach the webhook, and falter report counts them', async () => {
  /** A shopper of a side: leaves a cart, comes back, meets a card or none, buys. @param {number} holdout */
  const shopper = async (holdout) => {
    const known = types().length;
    const given = { ...hook(), holdout };
    let page = await open(given);
    await ask(page, `${cart(42.6)}, falter.signal({ s: 'hidden' })`);
    await until(() => types().slice(known).includes('leave'));
    await page.goto('about:blank');
    page = await open(given, { page });
    await ask(page, cart(42.6));
    await browseUntil(page, () => webhook.events().slice(known).some(({ type }) => type === 'exposure'));
    if (!holdout) {
      await until(() => ask(page, `Boolean(document.querySelector('falter-card'))`));
      await ask(page, `document.querySelector('falter-card').shadowRoot.querySelector('button.accept').click()`);
    }
    await ask(page, BUY);
    await until(() => types().slice(known).includes('purchase'));
    assert.deepEqual(await told(page, 'error'), []);
    await ask(page, 'falter.forget()');
    await page.close();
    return webhook.events().slice(known);
  };
  const [shown, heldOut] = [await shopper(0), await shopper(1)];
  for (const event of webhook.events()) assert.deepEqual(faultsOf(schema, event), [], JSON.stringify(event));
  const kinds = (/** @type {any[]} */ events) => [...new Set(events.map(({ type }) => type))].sort();
  assert.deepEqual(kinds(shown), ['act', 'exposure', 'leave', 'purchase', 'show']);
  assert.deepEqual(kinds(heldOut), ['exposure', 'leave', 'purchase']);
  const [one, other] = [shown, heldOut].map((events) => events.find(({ type }) => type === 'exposure'));
  assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort(), 'the same fields on both sides');
  assert.deepEqual([one.side, one.rendered, one.cart, one.currency, one.play, one.holdout], ['shown', true, 42.6, 'EUR', 'welcome_back', 0]);
  assert.deepEqual([other.side, other.rendered, other.cart, other.play, other.holdout], ['holdout', false, 42.6, 'welcome_back', 1]);
  assert.equal(new Set(shown.map(({ visitor }) => visitor)).size, 1);
  assert.notEqual(one.visitor, other.visitor, 'who was forgotten is someone new');
  assert.doesNotMatch(webhook.text(), /ada|example|blank/, 'no address, and nothing of one');
  for (const { headers } of webhook.requests) {
    assert.equal(headers.cookie, undefined);
    assert.ok(!headers.referer || new URL(headers.referer).search === '', headers.referer);
  }

  const report = await run(['report', '-', '--json', '--holdout', '0.5'], webhook.text());
  assert.deepEqual(
    [report.shown, report.held_out].map(({ visitors, rendered, acts, buyers, value }) => [visitors, rendered, acts, buyers, value]),
    [[1, 1, 1, 1, 42.6], [1, 0, 0, 1, 42.6]],
  );
  assert.match(report.too_early, /1 visitors shown/);
});

/** @param {string[]} args @param {string} input @returns {Promise<any>} */
async function run(args, input) {
  const child = spawn('cargo', ['run', '--quiet', '--locked', '--features', 'cli', '--', ...args], { cwd: fileURLToPath(home) });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  child.stdin.end(input);
  const code = await new Promise((done) => child.once('close', done));
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

test('a cart that is left is told with its reason, by the page that closes', async () => {
  for (const close of [(/** @type {Page} */ page) => page.goto('https://127.0.0.1:1/').catch(() => {}), (/** @type {Page} */ page) => page.close()]) {
    const known = types().length;
    const page = await open(hook());
    await ask(page, cart(20));
    for (let x = 0; x < 10; x++) await page.mouse.move(300 + 20 * x, 300);
    await wait(500);
    await close(page);
    await until(() => types().slice(known).includes('leave'));
    const { cart: left, currency, reason } = webhook.events().slice(known).find(({ type }) => type === 'leave');
    assert.deepEqual([left, currency, typeof reason], [20, 'EUR', 'string']);
    await page.close();
  }
});

test('an order arrives when the page is left at once after it', async () => {
  let page = await open(hook());
  await ask(page, BUY);
  await page.goto('about:blank');
  await until(() => types().includes('purchase'));
  const [first] = orders();
  assert.deepEqual([first.value, first.currency], [42.6, 'EUR']);
  // whether it arrived nobody told the page, so it may come again: as the same event
  page = await open(hook(), { page });
  await until(async () => (await queue(page)).length === 0);
  assert.deepEqual([...new Set(orders().map(({ id }) => id))], [first.id]);
  await page.close();
});

test('an order that nobody could take arrives from a later page, once the webhook is back', async () => {
  await webhook.leave();
  let page = await open(hook());
  await ask(page, BUY);
  await until(async () => (await told(page, 'error')).length > 0);
  const faults = await told(page, 'error');
  assert.deepEqual(faults.map(({ code, where }) => [code, where]), [['sink', 'webhook']]);
  await page.goto('about:blank');
  await webhook.comeBack();
  page = await open(hook(), { page });
  await until(() => types().includes('purchase'));
  await until(async () => (await queue(page)).length === 0);
  assert.equal(new Set(orders().map(({ id }) => id)).size, 1);
  await page.close();
});

test('a webhook that fails is asked again later and later, told once, and the page goes on', async () => {
  webhook.answer(503);
  const page = await open(hook());
  await ask(page, `void (window.asked = 0, new PerformanceObserver((list) => (asked += list.getEntries().filter(({ name }) => name.includes('/events')).length)).observe({ type: 'resource' }))`);
  await ask(page, BUY);
  await wait(4_000);
  const faults = await told(page, 'error');
  assert.deepEqual(faults.map(({ code, message }) => [code, message]), [['sink', 'answered 503']]);
  const asked = await ask(page, 'asked');
  assert.ok(asked >= 1 && asked <= 3, `${asked} times in 4 s`);
  webhook.answer(204);
  await ask(page, `dispatchEvent(new Event('online'))`);
  await until(() => types().includes('purchase'), 5_000);
  await page.close();
});

test('an order told before the sinks are there is told by the next page', async () => {
  const page = await browser.newPage();
  await (await open(hook(), { page })).goto('about:blank');
  // the part never comes while this page is there
  await page.route('**/dist/sinks.js', () => {});
  await open(hook(), { page });
  await ask(page, BUY);
  await page.goto('about:blank');
  await page.unroute('**/dist/sinks.js');
  assert.deepEqual(orders(), []);
  await open(hook(), { page });
  await until(() => orders().length);
  assert.equal(orders()[0].value, 42.6);
  await open(hook(), { page });
  await wait(1_000);
  assert.equal(new Set(orders().map(({ id }) => id)).size, 1, 'and by that one only');
  await page.close();
});

test('the queue is bounded: the oldest go, and how many is told', async () => {
  await webhook.leave();
  const page = await open(hook());
  await ask(page, `(async () => { for (let i = 0; i < 230; i++) { ${BUY}; await Promise.resolve(); } })()`);
  await until(async () => (await told(page, 'error')).some(({ message }) => /dropped/.test(message)));
  const kept = await queue(page);
  assert.ok(kept.length <= 200 && kept.length > 100, `${kept.length}`);
  assert.ok(JSON.stringify(kept).length < 33_000);
  await webhook.comeBack();
  await ask(page, `dispatchEvent(new Event('online'))`);
  await until(() => types().includes('dropped'));
  const lost = webhook.events().find(({ type }) => type === 'dropped');
  assert.deepEqual(faultsOf(schema, lost), []);
  assert.equal(lost.count + kept.length, 230);
  await page.close();
});

test('storage that is full or forbidden loses nothing of a page that stays', async () => {
  for (const first of [
    `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }`,
    `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } })`,
  ]) {
    const known = types().length;
    const page = await open(hook(), { first });
    await ask(page, BUY);
    await until(() => types().slice(known).includes('purchase'));
    assert.ok((await told(page, 'error')).every(({ code }) => code === 'storage'));
    await page.close();
  }
});

for (const [name, given, privacy] of /** @type {[string, any, boolean][]} */ ([
  ['before consent', { consent: 'required' }, false],
  ['in memory', { consent: 'memory' }, false],
  ['under Global Privacy Control', { consent: 'granted' }, true],
]))
  test(`nothing is sent ${name}, to any sink`, async () => {
    const first = `window.sent = []; window.analytics = { track: (...a) => sent.push(a) }; window.klaviyo = { track: (...a) => sent.push(a) };
      window.braze = { logCustomEvent: (...a) => sent.push(a) };`;
    const sinks = { segment: true, klaviyo: true, braze: true, datalayer: true, ga4: true };
    const page = await open({ ...hook(sinks), ...given }, { first, privacy });
    await ask(page, BUY);
    await wait(1_000);
    assert.deepEqual(await ask(page, '[sent, window.dataLayer ?? []]'), [[], []]);
    await page.goto(`${server.url}/tests/blank.html`);
    await wait(300);
    assert.deepEqual(types(), []);
    assert.deepEqual(await queue(page), []);
    await page.close();
  });

test('what waits is thrown away when consent is taken back, and nothing is sent after', async () => {
  await webhook.leave();
  const page = await open(hook());
  await ask(page, BUY);
  await until(async () => (await queue(page)).length === 1);
  await ask(page, `falter.consent('memory')`);
  assert.deepEqual(await ask(page, 'Object.keys(localStorage)'), []);
  await webhook.comeBack();
  await ask(page, `dispatchEvent(new Event('online')), ${BUY}`);
  await wait(800);
  await page.goto('about:blank');
  await wait(300);
  assert.deepEqual(types(), []);
  await page.close();
});

test('Segment, Klaviyo and Braze get events as their own, also when their scripts come later', async () => {
  const page = await open({ ...CALM, sinks: { segment: true, klaviyo: true, braze: true } }, { first: 'window._learnq = []' });
  await ask(page, `${cart(20)}, falter.signal({ s: 'hidden' })`);
  await until(async () => (await ask(page, '_learnq')).length > 0);
  const [[method, name, about]] = await ask(page, '_learnq');
  assert.deepEqual([method, name], ['track', 'falter_leave']);
  assert.deepEqual([about.$value, about.cart, about.currency, typeof about.reason, about.visitor], [20, 20, 'EUR', 'string', undefined]);
  assert.match(about.$event_id, /^[0-9a-z]{21}$/);
  await ask(page, `void (window.late = [], window.analytics = { track: (...a) => late.push(['segment', ...a]) },
    window.braze = { logCustomEvent: (...a) => (late.push(['braze', ...a]), true) })`);
  await until(async () => (await ask(page, 'late')).length === 2);
  const late = await ask(page, 'late');
  assert.deepEqual(late.map((/** @type {any} */ [sink, name, { reason, cart }]) => [sink, name, typeof reason, cart]).sort(), [
    ['braze', 'falter_leave', 'string', 20],
    ['segment', 'falter_leave', 'string', 20],
  ]);
  assert.deepEqual(await told(page, 'error'), []);
  await page.close();
});

test('a platform that throws, and a sink nobody knows, are one fault each', async () => {
  const first = `window.analytics = { track() { throw new Error('out of order'); } }`;
  const page = await open({ ...CALM, sinks: { segment: true, pigeon: true, webhook: { url: 'javascript:alert(1)' } } }, { first });
  await ask(page, `${BUY}, ${BUY}`);
  await until(async () => (await told(page, 'error')).length >= 3);
  await wait(300);
  const faults = (await told(page, 'error')).map((/** @type {any} */ { code, where }) => [code, where]).sort();
  assert.deepEqual(faults, [['bad_option', 'sinks.pigeon'], ['bad_option', 'sinks.webhook.url'], ['sink', 'segment']]);
  await page.close();
});

test("a card is GA4's promotion in the dataLayer: seen, and taken up", async () => {
  const given = { ...CALM, sinks: { datalayer: true, ga4: true } };
  let page = await open(given);
  await ask(page, cart(42.6));
  await page.goto('about:blank');
  page = await open(given, { page });
  await ask(page, cart(42.6));
  await browseUntil(page, () => ask(page, `Boolean(document.querySelector('falter-card'))`));
  await ask(page, `document.querySelector('falter-card').shadowRoot.querySelector('button.accept').click()`);
  await until(() => ask(page, `dataLayer.some(({ event }) => event === 'select_promotion')`));
  const layer = await ask(page, 'dataLayer');
  const events = layer.map((/** @type {any} */ { event }) => event ?? 'cleared');
  assert.deepEqual(events.filter((/** @type {string} */ event) => /^falter_[^l]/.test(event)), ['falter_show', 'falter_exposure', 'falter_act']);
  assert.deepEqual(events.filter((/** @type {string} */ event) => !/^falter/.test(event)), ['cleared', 'view_promotion', 'cleared', 'select_promotion']);
  const [seen, taken] = layer.filter((/** @type {any} */ { event }) => /promotion/.test(event)).map((/** @type {any} */ { ecommerce }) => ecommerce);
  assert.deepEqual([seen.promotion_id, seen.promotion_name], ['welcome_back', 'distraction']);
  assert.deepEqual(taken, seen);
  await page.close();
});
