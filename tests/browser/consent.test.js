/**
 * Consent by capability, in a real page: what the contract's table allows, and what the shop's platform says, followed at once.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { standBlank } from './support/stand.js';

const DUE_MS = 10_000;

const here = standBlank();

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page with the tag, which has been asked to start. Keeps what falter tells, and what it writes to the console.
 * @param {Record<string, any>} given options
 * @param {{ first?: string, privacy?: boolean }} [how] first: what the page does before the tag
 */
async function open(given, { first = '', privacy = false } = {}) {
  const page = await here.browser.newPage();
  /** @type {string[]} */
  const said = [];
  page.on('console', (message) => /falter/.test(message.text()) && said.push(message.text()));
  await page.addInitScript((privacy) => Object.defineProperty(navigator, 'globalPrivacyControl', { value: privacy, configurable: true }), privacy);
  await page.goto(`${here.server.url}/tests/blank.html`);
  await page.evaluate(
    async ({ given, first }) => {
      const seen = /** @type {any} */ (window);
      seen.told = [];
      seen.falter = { publicEvents: true, shop: 'none', ...given };
      for (const type of ['leave', 'error', 'exposure']) document.addEventListener(`falter:${type}`, (event) => seen.told.push([type, /** @type {any} */ (event).detail]));
      new Function(first)();
      const tag = document.createElement('script');
      tag.src = '/dist/falter.js';
      document.head.append(tag);
      await new Promise((done) => (tag.onload = done));
    },
    { given, first },
  );
  return Object.assign(page, { said });
}

/** @param {Page} page @param {string} expression @returns {Promise<any>} */
const ask = (page, expression) => page.evaluate(expression);
/** @param {Page} page */
const consent = (page) => ask(page, 'falter.consent()');
/** @param {Page} page */
const runs = (page) => ask(page, 'falter.snapshot().running');
/** What is in both storages, by key. @param {Page} page @returns {Promise<string[]>} */
const stored = (page) => ask(page, 'Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()');
/** @param {() => unknown} holds */
async function until(holds) {
  for (const end = Date.now() + DUE_MS; Date.now() < end; await wait(50)) if (await holds()) return;
  assert.fail(`not within ${DUE_MS} ms: ${holds}`);
}

/** The contract's table, row by row. */
const TABLE = /** @type {const} */ ([
  { consent: 'required', privacy: false, listens: false, session: false, local: false, sends: false },
  { consent: 'memory', privacy: false, listens: true, session: false, local: false, sends: false },
  { consent: 'granted', privacy: false, listens: true, session: true, local: true, sends: true },
  { consent: 'granted', privacy: true, listens: true, session: true, local: true, sends: false },
]);
for (const row of TABLE)
  test(`${row.consent}${row.privacy ? ' under Global Privacy Control' : ''}: just what the table allows`, async () => {
    const first = `window.tracked = []; window.analytics = { track: (name) => tracked.push(name) }`;
    const page = await open({ consent: row.consent, sinks: { datalayer: true, segment: true } }, { first, privacy: row.privacy });
    await (row.listens ? until(() => runs(page)) : wait(1_000));
    await ask(page, `falter.record(), falter.signal({ s: 'cart', op: 'quantity', qty: 1, value: 20 })`);
    for (let x = 0; x < 12; x++) await page.mouse.move(300 + 9 * x, 300);
    await wait(600);
    await ask(page, `falter.signal({ s: 'hidden' })`);
    await (row.listens ? until(() => ask(page, 'told.length > 0')) : wait(1_000));
    await wait(100);
    assert.equal(await runs(page), row.listens);
    assert.equal((await ask(page, 'falter.record()')).includes('"s":"move"'), row.listens, 'a recording stays in the page until the shop takes it');
    assert.deepEqual(await ask(page, '[(window.dataLayer ?? []).map(({ event }) => event), tracked]'), row.sends ? [['falter_leave'], ['falter_leave']] : [[], []]);
    await page.reload();
    const keys = await stored(page);
    assert.equal(keys.includes('falter'), row.local);
    assert.equal(keys.includes('falter.session'), row.session);
    assert.equal(keys.length > 0, row.local || row.session, String(keys));
    await page.close();
  });

/** What stands for Shopify's API: its documented methods and events. */
const SHOPIFY = `window.allowed = { analytics: false, preferences: false };
  window.privacyApi = { analyticsProcessingAllowed: () => allowed.analytics, preferencesProcessingAllowed: () => allowed.preferences };
  window.choose = (analytics, preferences) => { allowed = { analytics, preferences };
    document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: { analyticsAllowed: analytics, preferencesAllowed: preferences } })); };`;
/** The IAB's, as its specification has it. */
const TCF = `window.listeners = new Map();
  window.data = { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: {} } };
  window.tcfapi = (command, version, callback, id) => {
    if (command === 'addEventListener') { const listenerId = listeners.size + 1; listeners.set(listenerId, callback); callback({ ...data, listenerId }, true); }
    if (command === 'removeEventListener') callback(listeners.delete(id)); };
  window.choose = (...purposes) => { data = { ...data, eventStatus: 'useractioncomplete', purpose: { consents: Object.fromEntries(purposes.map((one) => [one, true])) } };
    for (const [listenerId, callback] of [...listeners]) callback({ ...data, listenerId }, true); };`;
const GTAG = `window.dataLayer = []; window.gtag = function () { dataLayer.push(arguments); };`;

const PLATFORMS = [
  {
    name: 'shopify',
    first: `${SHOPIFY} window.Shopify = { customerPrivacy: privacyApi };`,
    yes: 'choose(true, true)',
    fits: 'choose(false, true)',
    no: 'choose(false, false)',
  },
  {
    name: 'google',
    first: `${GTAG} gtag('consent', 'default', { analytics_storage: 'denied', personalization_storage: 'denied', ad_storage: 'denied' });`,
    yes: `gtag('consent', 'update', { analytics_storage: 'granted', personalization_storage: 'granted' })`,
    fits: `gtag('consent', 'update', { analytics_storage: 'denied', personalization_storage: 'granted' })`,
    no: `gtag('consent', 'update', { analytics_storage: 'denied', personalization_storage: 'denied' })`,
  },
  { name: 'tcf', first: `${TCF} window.__tcfapi = tcfapi;`, yes: 'choose(1, 8, 11)', fits: 'choose(11)', no: 'choose(1)' },
];
for (const { name, first, yes, fits, no } of PLATFORMS)
  test(`${name}: falter follows what the shopper says, and takes all back at once`, async () => {
    const page = await open({ consentFrom: name, sinks: { segment: true } }, { first: `${first} window.analytics = { track() {} };` });
    await wait(800);
    assert.deepEqual([await consent(page), await runs(page), await stored(page)], ['required', false, []], 'before they are asked');
    await ask(page, `void ${yes}`);
    await until(() => runs(page));
    assert.equal(await consent(page), 'granted');
    await until(async () => (await stored(page)).includes('falter'));
    await ask(page, `void ${fits}`);
    assert.deepEqual([await consent(page), await runs(page), await stored(page)], ['memory', true, []]);
    await ask(page, `void ${yes}`);
    assert.equal(await consent(page), 'granted');
    await ask(page, `void ${no}`);
    assert.deepEqual([await consent(page), await runs(page), await stored(page)], ['required', false, []]);
    await ask(page, `void ${yes}`);
    await until(() => runs(page));
    await ask(page, 'falter.stop()');
    await ask(page, `void ${no}`);
    await ask(page, `void ${yes}`);
    await wait(300);
    assert.equal(await runs(page), false, 'a stop of the shop holds, whatever the platform says');
    assert.deepEqual(await ask(page, 'told'), []);
    if (name === 'tcf') assert.equal(await ask(page, 'listeners.size'), 0, 'nothing listens any more');
    if (name === 'google') assert.equal(await ask(page, 'Object.hasOwn(dataLayer, "push") && dataLayer.push !== Array.prototype.push'), false);
    await page.close();
  });

test('what is left of an earlier visit goes when the shopper says no on the next', async () => {
  const { first, yes, no } = PLATFORMS[0];
  const page = await open({ consentFrom: 'shopify' }, { first });
  await ask(page, `void ${yes}`);
  await until(async () => (await stored(page)).includes('falter'));
  await page.close();
  const next = await open({ consentFrom: 'shopify' }, { first });
  await wait(500);
  assert.ok((await stored(next)).includes('falter'), 'nobody has said no yet');
  await ask(next, `void ${no}`);
  assert.deepEqual(await stored(next), []);
  await next.close();
});

test('a platform that comes later is waited for', async () => {
  for (const [name, first, comes] of [
    ['shopify', SHOPIFY, `window.Shopify = { customerPrivacy: privacyApi }, choose(true, true)`],
    ['shopify', SHOPIFY, `window.Shopify = { customerPrivacy: privacyApi }, allowed = { analytics: true, preferences: true }, document.dispatchEvent(new Event('shopifyCustomerPrivacyApiLoaded'))`],
    ['google', '', `${GTAG} gtag('consent', 'update', { analytics_storage: 'granted' })`],
    ['tcf', TCF, `window.__tcfapi = tcfapi, choose(1, 6, 8)`],
  ]) {
    const page = await open({ consentFrom: name }, { first });
    await wait(400);
    assert.equal(await runs(page), false);
    await ask(page, `void (() => { ${comes.replace('window.dataLayer = [];', '')} })()`);
    await until(() => runs(page));
    assert.equal(await consent(page), 'granted', name);
    await page.close();
  }
});

test("Shopify's API is asked for where the page has not loaded it", async () => {
  const first = `${SHOPIFY} window.asked = [];
    window.Shopify = { loadFeatures(features, done) { asked.push(...features); allowed = { analytics: true, preferences: true }; Shopify.customerPrivacy = privacyApi; done(); } };`;
  const page = await open({ consentFrom: 'shopify' }, { first });
  await until(() => runs(page));
  assert.deepEqual(await ask(page, 'asked'), [{ name: 'consent-tracking-api', version: '0.1' }]);
  await page.close();
});

test('with debug the console says once why nothing happens, and without it nothing', async () => {
  const quiet = await open({});
  await wait(800);
  assert.deepEqual(quiet.said, []);
  await quiet.close();
  const page = await open({ debug: true });
  await until(() => page.said.length);
  await ask(page, 'falter.start(), falter.start()');
  await wait(500);
  assert.equal(page.said.length, 1);
  assert.match(page.said[0], /before consent: call falter\.consent\('granted'\)/);
  await page.close();
  const waiting = await open({ debug: true, consentFrom: 'tcf' });
  await until(() => waiting.said.length);
  assert.match(waiting.said[0], /__tcfapi.* has not said yes/);
  await waiting.close();
  const granted = await open({ debug: true, consent: 'memory' });
  await wait(800);
  assert.deepEqual(granted.said, []);
  await granted.close();
});
