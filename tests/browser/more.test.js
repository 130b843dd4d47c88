/** What a card seldom says, in falter as it ships: loaded by the pages that need it, told in full, and never in the way. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from '../../xtask/serve.mjs';
import { CHROMIUM } from './support/browser.js';

const home = new URL('../../', import.meta.url);
/** No card is shown before 5 s of a visit; a busy machine takes longer. */
const CARD_WITHIN_MS = 20_000;
const GIVEN = {
  consent: 'memory',
  shop: 'none',
  sensitivity: 1,
  publicEvents: true,
  facts: { currency: 'EUR', returnsDays: 30, guestCheckout: true },
};
const MORE = ['/dist/card/more.js', '/dist/lang/more/en.json'];

let server;
let browser;
before(async () => {
  const mounts = { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) };
  server = await serve({ root: new URL('demo/', home), mounts });
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  browser = await chromium.launch({ executablePath: CHROMIUM, args });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * A visit until its card is there.
 * @param {any} given options
 * @param {{ missing?: string, script?: string, chats?: boolean, section?: string }} [how] missing: a file that is not there; chats: the
 *   shop has a chat; section: what the shopper reads, the total of a cart of 60 perhaps
 */
async function sawCard(given, { missing, script = 'falter.js', chats = false, section = '' } = {}) {
  const page = await (await browser.newContext()).newPage();
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  if (missing) await page.route(`**${missing}`, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(`${server.url}/tests/blank.html`);
  await page.evaluate(
    async ({ given, script, chats, section }) => {
      window.told = [];
      window.falter = { ...given, offers: chats ? { chat: () => window.told.push({ type: 'chat' }) } : {} };
      for (const type of ['show', 'exposure', 'act', 'dismiss', 'answer', 'error'])
        document.addEventListener(`falter:${type}`, ({ detail }) => window.told.push({ type, ...detail }));
      const text = document.body.appendChild(document.createElement('p'));
      text.style = 'position: fixed; inset: 0';
      text.dataset.falter = section;
      const tag = Object.assign(document.createElement('script'), { src: `/dist/${script}` });
      document.head.append(tag);
      await new Promise((done) => (tag.onload = done));
      await window.falter.start();
      if (section === 'total') window.falter.signal({ s: 'cart', op: 'add', item: 'lantern', qty: 1, value: 60 });
    },
    { given: { ...GIVEN, ...given, facts: { ...GIVEN.facts, ...given.facts } }, script, chats, section },
  );
  for (let until = Date.now() + CARD_WITHIN_MS, x = 0; !(await page.locator('falter-card').count()); x = (x + 23) % 500) {
    assert.ok(Date.now() < until, `no card: ${JSON.stringify(await page.evaluate('[falter.snapshot(), told]'))}`);
    await page.mouse.move(200 + x, 300 + (x % 80));
  }
  const told = (type) => page.evaluate((type) => window.told.filter((one) => one.type === type), type);
  return { page, told, fetched, text: (part) => page.locator(`falter-card [part~=${part}]`).first().textContent() };
}

test('a card that says what most do fetches no more than they do', async () => {
  const { told, fetched, page } = await sawCard({});
  assert.deepEqual(fetched.filter((path) => path.includes('more')), []);
  const [shown] = await told('show');
  assert.deepEqual([shown.variant, shown.tone, shown.play], ['', 'gentle', null], 'nothing is known of this shopper');
  const [{ t, ...exposure }, ...others] = await told('exposure');
  assert.deepEqual([exposure, others], [{ type: 'exposure', side: 'shown', rendered: true, vetoed: false, reason: 'unsure', play: null, cart: undefined }, []]);
  assert.ok(t >= 5000, 'no card comes sooner');
  assert.equal(await page.locator('falter-card .ask').count(), 0);
  await page.context().close();
});

for (const script of ['falter.js', 'falter.all.js'])
  test(`what's missing is asked, answered and told once, by a variant that is named: ${script}`, async () => {
    const variants = [{ title: 'First' }, { title: 'Second' }];
    const { page, told, fetched, text } = await sawCard(
      { ask: true, messages: { en: Object.fromEntries(['returns_days', 'guest_checkout', 'help'].map((name) => [name, { variants }])) } },
      { script },
    );
    assert.deepEqual(fetched.filter((path) => path.includes('more')).sort(), script === 'falter.js' ? MORE : []);
    const [shown] = await told('show');
    assert.equal(await text('title'), { a: 'First', b: 'Second' }[shown.variant]);
    assert.equal(await text('question'), 'What’s missing?');
    await page.locator('falter-card .answer', { hasText: 'Safe payment' }).click();
    assert.deepEqual(await told('answer'), [{ type: 'answer', reason: 'payment_trust' }]);
    assert.equal(await text('question'), 'Thank you, that helps us.');
    assert.equal(await page.locator('falter-card').count(), 1, 'the card stays until it is told to go');
    await page.locator('falter-card .dismiss').click();
    assert.deepEqual((await told('dismiss')).map(({ how }) => how), ['no']);
    assert.deepEqual(await told('error'), []);
    await page.context().close();
  });

test("a message of the shop's offers is fetched when it is to be said, and its act calls the shop", async () => {
  const { page, told, fetched, text } = await sawCard({ facts: { returnsDays: undefined, guestCheckout: undefined } }, { chats: true });
  assert.deepEqual(fetched.filter((path) => path.includes('more')).sort(), MORE);
  const [{ message, offer }] = await told('show');
  assert.deepEqual([message, offer, await text('title')], ['chat', 'service', 'A quick question?']);
  assert.equal(await page.locator('falter-card .ask').count(), 0, 'nothing is asked where the shop does not want it');
  await page.locator('falter-card .accept').click();
  assert.deepEqual([(await told('act')).map(({ how }) => how), (await told('chat')).length], [['button'], 1]);
  assert.deepEqual(await told('error'), []);
  await page.context().close();
});

test('how to pay in parts is drawn where it is said', async () => {
  const { page, text, fetched } = await sawCard({ facts: { instalments: '3 Klarna', usualOrder: 10 } }, { section: 'total' });
  assert.deepEqual(fetched.filter((path) => path.includes('more')).sort(), MORE);
  assert.equal(await text('title'), 'Pay in 3 with Klarna');
  assert.deepEqual(await page.locator('falter-card .steps li').allTextContents(), ['€20', '€20', '€20']);
  await page.context().close();
});

test('where the rest cannot be had, the fault is told and the card says what it can', async () => {
  const { told, text, page } = await sawCard({ ask: true, facts: { guestCheckout: undefined } }, { missing: MORE[1] });
  const [fault] = await told('error');
  assert.deepEqual([fault.code, fault.where], ['internal', 'card']);
  assert.match(fault.message, /lang\/more\/en\.json/);
  assert.ok(await text('title'));
  assert.equal(await page.locator('falter-card .ask').count(), 0);
  assert.equal((await told('exposure'))[0].rendered, true);
  await page.context().close();
});
