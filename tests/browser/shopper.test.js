/**
 * Scripted shoppers in the demo shop, with trusted input. Each script's timing is fixed beforehand: it never waits for a
 * card, and never looks at what falter thinks. A leave is another tab brought to the front.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../xtask/serve.mjs';
import { LAPTOP, openBrowser, PHONE } from './support/browser.js';
import { listen } from './support/heard.js';
import { buys, doubtsReturns, doubtsReturnsOnPhone, doubtsShipping, doubtsTotal } from './support/shoppers.js';

/** What a card must leave the shopper, ms. */
const AHEAD_MS = 2000;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  const home = new URL('../../', import.meta.url);
  server = await serve({ root: new URL('demo/', home), mounts: { '/dist/': new URL('dist/', home) } });
});
after(() => server.close());

/**
 * A visit: a browser of its own, another tab to leave to, and the shop in front.
 * @param {import('node:test').TestContext} t
 * @param {import('./support/browser.js').Screen} screen
 */
async function visit(t, screen) {
  const browser = await openBrowser(screen);
  t.after(browser.close);
  const other = await browser.newPage();
  const page = await browser.newPage();
  const heard = await listen(page);
  await page.goto(`${server.url}/index.html`);
  return { page, heard, leave: () => other.bringToFront() };
}

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ message: string, reason: string, says: RegExp }} Card
 */

/** @param {Page} page @param {import('./support/heard.js').Log} heard @param {Card} expected */
async function sawCard(page, heard, { message, reason, says }) {
  await wait(300);
  const why = `\n${heard.trail()}`;
  const [hidden] = heard.of('hidden');
  const [shown] = heard.of('show');
  assert.deepEqual(heard.of('error'), [], 'no error');
  assert.ok(hidden, 'the shopper left');
  assert.ok(shown, `a card was shown${why}`);
  assert.equal(heard.of('show').length, 1, 'one card a visit');
  assert.ok(shown.at <= hidden.at - AHEAD_MS, `the card came ${hidden.at - shown.at} ms before the leave${why}`);
  assert.equal(shown.detail.message, message, why);
  const decision = heard.of('decision').find(({ detail }) => detail.show)?.detail;
  assert.ok(decision.risk > 0 && decision.risk <= 1, 'the decision says how likely');
  assert.equal(decision.reason, reason, why);
  assert.ok(decision.evidence.length > 0, 'and by what evidence');
  for (const { name, value, weight } of decision.evidence)
    assert.ok(name && Number.isFinite(value) && weight > 0, `evidence is named and has a value: ${name} ${value} ${weight}`);
  const text = await page.locator('falter-card').evaluate((card) => card.shadowRoot?.textContent ?? '');
  assert.match(text, says);
}

/** @type {[title: string, screen: import('./support/browser.js').Screen, script: (page: Page) => Promise<void>, card: Card][]} */
const DOUBTERS = [
  [
    'one who reads the shipping line, wavers and leaves by the top sees what is left to free shipping',
    LAPTOP,
    doubtsShipping,
    { message: 'free_shipping_left', reason: 'shipping_cost', says: /7\.40/ },
  ],
  [
    'one who reads about returns, wavers and leaves by the top sees how long there is to send it back',
    LAPTOP,
    doubtsReturns,
    { message: 'returns_days', reason: 'returns', says: /30/ },
  ],
  [
    'one who looks at the total and its parts, wavers and leaves by the top sees what one instalment is',
    LAPTOP,
    doubtsTotal,
    { message: 'instalments', reason: 'affordability', says: /63/ },
  ],
  [
    'on a phone, one who dwells on returns, flicks up and switches the app sees how long there is to send it back',
    PHONE,
    doubtsReturnsOnPhone,
    { message: 'returns_days', reason: 'returns', says: /30/ },
  ],
];

for (const [title, screen, script, card] of DOUBTERS)
  test(title, async (t) => {
    const { page, heard, leave } = await visit(t, screen);
    await script(page);
    await leave();
    await sawCard(page, heard, card);
  });

test('a buyer who uses menu and search, fills the cart and checks out sees no card', async (t) => {
  const { page, heard } = await visit(t, LAPTOP);
  await buys(page);

  const decisions = heard.of('decision');
  assert.ok(decisions.length > 40, 'falter was at work');
  assert.deepEqual(heard.of('error'), [], 'no error');
  assert.deepEqual(heard.of('show'), [], `no card\n${heard.trail()}`);
  assert.equal(await page.locator('falter-card').count(), 0);
  assert.ok(
    decisions.every(({ detail }) => detail.hold),
    'every tick says why there is none',
  );
});
