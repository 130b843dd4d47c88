/** What SECURITY.md claims of texts, of what is typed and of requests, in Chromium, the last by the browser's own log of its network. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser } from './support/browser.js';
import { receive } from './support/receiver.js';

const home = new URL('../../', import.meta.url);
/** A card that is due has come by now, on a busy machine too. */
const DUE_MS = 20_000;
const MARKUP = `</p></style></script><img src="/x" onerror="hacked=1"><script>hacked=1</script><style>*{display:none}</style>`;
const GIVEN = { sensitivity: 1, arming: 0, holdout: 0, shop: 'none', lang: 'en', facts: { currency: 'EUR', returnsDays: 30, freeShippingFrom: 50, shippingPrice: 4.9 } };

/** @typedef {import('playwright-core').Page} Page */

/** A browser, and a server of falter's files; more: flags. @param {import('node:test').TestContext} t @param {string[]} [more] */
async function open(t, more) {
  const server = await serve({ mounts: { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) } });
  const browser = await openBrowser(LAPTOP, more);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await browser.close();
    isOpen = false;
  };
  t.after(async () => {
    await close();
    await server.close();
  });
  return { server, browser, close };
}

/** The tag on an empty page. @param {Page} page @param {string} address @param {Record<string, any>} given */
async function start(page, address, given) {
  await page.goto(address);
  await page.evaluate(async (given) => {
    const seen = /** @type {any} */ (window);
    seen.falter = given;
    const tag = document.createElement('script');
    tag.src = '/dist/falter.js';
    document.head.append(tag);
    await new Promise((done) => (tag.onload = done));
    await seen.falter.start();
  }, given);
}

/** @param {Page} page @param {() => Promise<unknown>} holds */
async function browseUntil(page, holds) {
  for (let end = Date.now() + DUE_MS, x = 0; !(await holds()); x = (x + 23) % 500) {
    if (Date.now() > end) assert.fail(`not in time: ${holds}`);
    await page.mouse.move(300 + x, 320 + (x % 90));
    await wait(50);
  }
}
const hasCard = (/** @type {Page} */ page) => () => page.evaluate(`Boolean(document.querySelector('falter-card'))`);

test('no text of a message is markup, code or style', async (t) => {
  const { server, browser } = await open(t);
  const page = await browser.newPage();
  const text = { title: MARKUP, body: MARKUP, act: MARKUP, dismiss: MARKUP, short: MARKUP };
  const messages = { en: Object.fromEntries(['returns_days', 'help', 'free_shipping_left', 'shipping_price'].map((name) => [name, text])) };
  await start(page, `${server.url}/tests/blank.html`, { ...GIVEN, consent: 'memory', messages, lang: 'en"><script>hacked=1</script>' });
  await browseUntil(page, hasCard(page));
  await wait(300);
  const { said, elements, display, hacked } = await page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('falter-card')?.shadowRoot);
    const card = /** @type {HTMLElement} */ (root.querySelector('.card'));
    return {
      said: root.querySelector('.title')?.textContent,
      elements: root.querySelectorAll('script, img, style, [onerror], iframe').length,
      display: getComputedStyle(card).display,
      hacked: 'hacked' in window,
    };
  });
  assert.deepEqual([said, elements, hacked], [MARKUP, 0, false]);
  assert.notEqual(display, 'none');
});

test('nothing that is typed, copied or in the address goes anywhere', async (t) => {
  const { server, browser } = await open(t);
  const webhook = await receive();
  t.after(() => webhook.close());
  const page = await browser.newPage();
  // no word that falter itself has
  const SECRET = 'Zq7hunter';
  await start(page, `${server.url}/tests/blank.html?token=${SECRET}A#${SECRET}B`, {
    ...GIVEN, consent: 'granted', publicEvents: true, ask: true, sinks: { datalayer: true, ga4: true, webhook: { url: webhook.url } },
  });
  await page.evaluate(`falter.record(), document.body.insertAdjacentHTML('beforeend',
    '<form action="#"><input id="a" name="email" type="email"><input id="b" type="password" autocomplete="cc-number"><textarea id="c"></textarea></form><p id="d">${SECRET}F</p>')`);
  for (const [place, field] of ['a', 'b', 'c'].entries()) {
    await page.click(`#${field}`);
    await page.keyboard.type(`${SECRET}${'CDE'[place]}`);
  }
  await page.evaluate(`getSelection().selectAllChildren(d)`);
  await page.keyboard.press('Control+C');
  await page.evaluate('document.activeElement.blur()');
  await browseUntil(page, hasCard(page));
  await page.evaluate(`falter.signal({ s: 'purchase', value: 42.6 }), undefined`);
  await browseUntil(page, async () => webhook.text().includes('purchase'));
  const kept = `${await page.evaluate(`[falter.record(), JSON.stringify(falter.snapshot()), JSON.stringify(dataLayer), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join()`)}`;
  await page.goto(`${server.url}/tests/blank.html`);
  const left = `${await page.evaluate(`JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })`)}`;
  assert.match(kept, /"s":"key"/, 'keys were heard');
  assert.match(left, /falter\.session/, 'and something was kept');
  const sent = webhook.text() + JSON.stringify(webhook.requests.map(({ headers }) => headers));
  for (const [where, all] of Object.entries({ kept, left, sent })) assert.ok(!all.includes(SECRET), `${where} of what was typed: ${all}`);
});

test("the browser makes no request but those of falter's own files and the shop's webhook", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'falter-net-'));
  t.after(() => rm(folder, { recursive: true }));
  const log = join(folder, 'net.json');
  const { server, browser, close } = await open(t, [`--log-net-log=${log}`]);
  const webhook = await receive();
  t.after(() => webhook.close());
  const sinks = { datalayer: true, ga4: true, segment: true, klaviyo: true, braze: true, webhook: { url: webhook.url } };
  for (const consent of ['required', 'memory', 'granted'])
    for (const more of [{}, { sinks, offers: { alternatives: [{ title: 'Torch', url: 'https://elsewhere.example/' }] }, facts: { ...GIVEN.facts, helpUrl: 'https://elsewhere.example/' } }]) {
      const page = await browser.newPage();
      const address = `${server.url}/tests/blank.html?${consent}${'sinks' in more ? '-all' : ''}`;
      await start(page, address, { ...GIVEN, consent, ...more });
      // one card a visitor, who is the same
      if (consent === 'memory') await browseUntil(page, hasCard(page));
      await page.evaluate(`falter.signal({ s: 'purchase', value: 1 }), falter.record(), undefined`);
      await wait(600);
      if (consent === 'required') assert.deepEqual(await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.includes('favicon'))`), [`${server.url}/dist/falter.js`]);
      await page.goto('about:blank');
      await page.close();
    }
  await close();
  // a line an event; the last may be cut, since the browser was ended
  const lines = (await readFile(log, 'utf8')).split('\n');
  const begun = Number(/"URL_REQUEST_START_JOB":(\d+)/.exec(lines[0])?.[1]);
  const events = lines.slice(1).flatMap((line) => {
    try {
      return JSON.parse(line.replace(/,$/, ''));
    } catch {
      return [];
    }
  });
  // what nobody's page began is the browser's own: its clock, its updates
  const isOfAPage = (/** @type {any} */ { url, initiator }) => initiator !== 'not an origin' || url.startsWith(server.url);
  const asked = new Set(events.filter((/** @type {any} */ { type, params }) => type === begun && params?.url && isOfAPage(params)).map((/** @type {any} */ { params }) => params.url));
  const pages = [...asked].filter((url) => /^(https?|wss?|ftp):/.test(url)).map((url) => (url.startsWith(server.url) ? new URL(url).pathname : url));
  const others = pages.filter((path) => !/^\/(dist\/|tests\/blank\.html$|favicon\.ico$)/.test(path) && path !== webhook.url);
  assert.deepEqual(others, []);
  for (const path of ['/dist/falter.wasm', '/dist/card.css', '/dist/sinks.js', webhook.url]) assert.ok(pages.includes(path), `${path} was asked for, as the log knows`);
});
