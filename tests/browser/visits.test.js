/**
 * A shopper over several visits, in a real browser: what is stored and when, what leaves the page, who is welcomed back,
 * and a shop's own plays.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { standBlank } from './support/stand.js';

/** No card is shown before this much of a visit; and the ticks after it. */
const ARMED_MS = 6500;
/** What is due then has come by now, on a busy machine too. */
const DUE_MS = 20_000;

const here = standBlank();

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page of a visit: of a new one, unless `goesOn`. Keeps what falter tells.
 * @param {Record<string, any>} given options
 * @param {{ goesOn?: boolean, privacy?: boolean }} [how] privacy: the browser sends Global Privacy Control
 */
async function open(given, { goesOn = false, privacy = false } = {}) {
  const page = await here.browser.newPage();
  await page.addInitScript((privacy) => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: privacy });
  }, privacy);
  await page.goto(`${here.server.url}/tests/blank.html`);
  await page.evaluate(
    async ({ given, goesOn }) => {
      const seen = /** @type {any} */ (window);
      seen.told = [];
      if (!goesOn) sessionStorage.clear();
      seen.falter = { shop: 'none', holdout: 0, lang: 'en', publicEvents: true, ...given };
      for (const type of ['show', 'exposure', 'leave', 'error', 'answer'])
        document.addEventListener(`falter:${type}`, (event) => seen.told.push({ type, .../** @type {any} */ (event).detail }));
      // four times a second, so only those are kept that bring something about
      document.addEventListener('falter:decision', ({ detail }) => (detail.show || detail.hold === 'holdout') && seen.told.push({ type: 'due', ...detail }));
      const tag = document.createElement('script');
      tag.src = '/dist/falter.js';
      document.head.append(tag);
      await new Promise((done) => (tag.onload = done));
      if (seen.falter.consent() !== 'required') await seen.falter.start();
    },
    { given, goesOn },
  );
  return page;
}

/** @param {Page} page @param {string} expression @returns {Promise<any>} */
const ask = (page, expression) => page.evaluate(expression);
/** What falter told of a type. @param {Page} page @param {string} type */
const told = async (page, type) => (await ask(page, 'told')).filter((/** @type {any} */ one) => one.type === type);
/** What is in both storages, by key. @param {Page} page @returns {Promise<string[]>} */
const stored = (page) => ask(page, 'Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()');
/** @param {Page} page */
const history = (page) => ask(page, `JSON.parse(localStorage.falter ?? 'null')`);
/** A hand that does nothing in particular. @param {Page} page @param {number} ms */
async function browse(page, ms) {
  for (let until = Date.now() + ms, x = 200; Date.now() < until; x = (x + 17) % 600) {
    await page.mouse.move(300 + x, 300 + (x % 90));
    await wait(100);
  }
}

/** Browses until exposure is told, as it has to be. @param {Page} page */
async function browseUntilExposed(page) {
  for (const until = Date.now() + DUE_MS; Date.now() < until && !(await told(page, 'exposure')).length; ) await browse(page, 500);
}

/** All that a shop can tell. @param {Page} page */
const live = (page) =>
  ask(page, `falter.signal({ s: 'cart', op: 'add', item: 'a', qty: 1, value: 42.6 }), falter.signal({ s: 'purchase', value: 42.6 }), undefined`);

test('nothing is stored before consent, nothing in memory mode, and what was stored goes when consent does', async () => {
  const page = await open({ consent: 'required' });
  await live(page);
  await browse(page, 400);
  assert.deepEqual(await stored(page), [], 'not asked yet');
  await ask(page, `falter.consent('memory'), falter.start()`);
  await live(page);
  await browse(page, 800);
  await page.reload();
  assert.deepEqual(await stored(page), [], 'memory');
  await page.close();

  const granted = await open({ consent: 'granted' });
  await live(granted);
  await browse(granted, 400);
  await granted.reload();
  assert.deepEqual(await stored(granted), ['falter', 'falter.session']);
  await granted.close();
  const withdrawn = await open({ consent: 'granted' }, { goesOn: true });
  await ask(withdrawn, `falter.consent('memory')`);
  assert.deepEqual(await stored(withdrawn), []);
  await withdrawn.reload();
  assert.deepEqual(await stored(withdrawn), []);
  await withdrawn.close();
});

for (const [name, consent, privacy, sends] of /** @type {const} */ ([
  ['what falter does goes to the dataLayer with consent', 'granted', false, true],
  ['nothing does under Global Privacy Control', 'granted', true, false],
  ['nothing does in memory mode', 'memory', false, false],
]))
  test(name, async () => {
    const page = await open({ consent, sinks: { datalayer: true } }, { privacy });
    await browse(page, 1500);
    await ask(page, `falter.signal({ s: 'hidden' })`);
    await wait(1200);
    assert.equal((await told(page, 'leave')).length, 1, 'a leave, as the page hears');
    const sent = await ask(page, '(window.dataLayer ?? []).map(({ event }) => event)');
    assert.deepEqual(sent, sends ? ['falter_leave'] : []);
    await page.close();
  });

/** A visit that never meets the risk: only a play can bring a card. */
const CALM = { consent: 'granted', sensitivity: 0, facts: { currency: 'EUR', returnsDays: 30 } };

/**
 * A visit that has something in the cart: what it was shown.
 * @param {Record<string, any>} given
 * @param {number} total
 * @param {boolean} [isExposed] whether it has to meet a card, or the holdout
 */
async function visit(given, total, isExposed) {
  const page = await open(given);
  await ask(page, `falter.signal({ s: 'cart', op: 'quantity', qty: 1, value: ${total} })`);
  await (isExposed ? browseUntilExposed(page) : browse(page, ARMED_MS));
  const [shown] = await told(page, 'show');
  const [exposure] = await told(page, 'exposure');
  const [due] = await told(page, 'due');
  const { decision } = await ask(page, 'falter.snapshot()');
  assert.deepEqual(await told(page, 'error'), []);
  await page.goto('about:blank');
  await page.close();
  return { shown, exposure, due, decision };
}

/** As if this much of time had gone by. @param {number} days */
async function later(days) {
  const page = await here.browser.newPage();
  await page.goto(`${here.server.url}/tests/blank.html`);
  await page.evaluate((ms) => {
    const kept = JSON.parse(localStorage.falter);
    for (const at of ['shown', 'played', 'purchased']) if (kept[at]) kept[at] -= ms;
    localStorage.falter = JSON.stringify(kept);
  }, days * 86_400_000);
  const kept = await history(page);
  await page.close();
  return kept;
}

test('who left a cart is welcomed back to it, once', async () => {
  const first = await visit(CALM, 42.6);
  assert.equal(first.shown, undefined);
  const second = await visit(CALM, 42.6, true);
  assert.deepEqual([second.shown.message, second.shown.reason, second.due.play], ['welcome_back', 'distraction', 'welcome_back']);
  const kept = await later(30);
  assert.deepEqual([kept.left, kept.cart, kept.left_and_returned], [0, 42.6, 1]);
  const third = await visit(CALM, 42.6);
  assert.equal(third.shown, undefined, 'no cap is in the way, but it was said');
});

test('who is held out meets the same caps', async () => {
  await visit(CALM, 42.6);
  const { shown, exposure, due, decision } = await visit({ ...CALM, holdout: 1 }, 42.6, true);
  assert.deepEqual([due.hold, due.play], ['holdout', 'welcome_back']);
  assert.equal(shown, undefined);
  assert.deepEqual([exposure.side, exposure.rendered], ['holdout', false]);
  assert.ok(decision.hold, 'and nothing after it');
  const kept = await later(0);
  assert.ok(kept.shown > 0 && kept.played === kept.shown);
  assert.deepEqual([kept.left, kept.welcomed], [0, 42.6]);
});

test("a shop's own plays take the place of the published ones; one that is at fault is told and left out", async () => {
  const plays = [
    { name: 'broken', when: 'foo_s > 2' },
    { name: 'patient', when: 'session_s > 2 and segment = "vip"', reason: 'returns' },
  ];
  const given = { ...CALM, consent: 'memory', facts: { ...CALM.facts, segment: 'vip' }, plays };
  const page = await open(given);
  await browseUntilExposed(page);
  const [fault, ...others] = await told(page, 'error');
  assert.deepEqual([fault.code, fault.where, fault.message], ['bad_play', 'plays[0].when', '"foo_s" is no measure']);
  assert.deepEqual(others, []);
  const [shown] = await told(page, 'show');
  const [due] = await told(page, 'due');
  assert.deepEqual([due.play, shown.reason, shown.message], ['patient', 'returns', 'returns_days']);
  await page.close();
});

test('a shop that wants no plays has none', async () => {
  await visit(CALM, 42.6);
  const { shown, decision } = await visit({ ...CALM, plays: [] }, 42.6);
  assert.equal(shown, undefined);
  assert.deepEqual([decision.hold, decision.play], ['risk', null]);
});

test('a page that marks its problems has them told when they are to be seen, once each', async () => {
  const page = await open({ consent: 'memory', shop: 'auto' });
  await ask(page, `falter.stop(), document.body.insertAdjacentHTML('beforeend',
    '<p data-falter-page="checkout" data-falter-problem="payment_failed" hidden>Declined</p>'), falter.record(), falter.start()`);
  const problems = async () => [...(await ask(page, 'falter.record()')).matchAll(/"s":"problem","what":"(\w+)"/g)].map(([, what]) => what);
  const set = async (/** @type {string} */ change) => {
    await ask(page, `void (document.querySelector('[data-falter-problem]').${change})`);
    await wait(50);
    return problems();
  };
  assert.deepEqual(await problems(), [], 'out of sight');
  assert.deepEqual(await set('hidden = false'), ['payment_failed']);
  assert.deepEqual(await set('textContent = "Declined again"'), ['payment_failed'], 'the same one');
  assert.deepEqual(await set('dataset.falterProblem = "out_of_stock"'), ['payment_failed', 'out_of_stock']);
  await set('hidden = true');
  assert.deepEqual(await set('hidden = false'), ['payment_failed', 'out_of_stock', 'out_of_stock'], 'said again');
  assert.deepEqual(await told(page, 'error'), []);
  await set('dataset.falterProblem = "rain"');
  assert.deepEqual((await told(page, 'error')).map(({ code, where }) => [code, where]), [['bad_signal', 'problem']]);
  await page.close();
});
