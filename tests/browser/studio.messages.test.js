/** The studio's Messages: falter's own card in the frame, by the shop's facts, in every language, look and layout. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { assertAccessible, openStudio, standStudio, watchTasks } from './support/studio.js';

/** @typedef {import('playwright-core').Page & { faults: string[] }} Page */
const here = standStudio();

/** As one who was never here. @param {string} [settings] of the address @returns {Promise<Page>} */
async function start(settings = '') {
  const before = await here.browser.newPage();
  await before.goto(`${here.server.url}/studio/preview/`);
  await before.evaluate(() => new Promise((done) => Object.assign(indexedDB.deleteDatabase('falter-studio'), { onsuccess: done, onblocked: done })));
  await before.close();
  const page = await openStudio(here, `messages${settings}`);
  await says(page, '€7.40 away from free shipping');
  return page;
}
/** @param {string} code */
const texts = async (code) => JSON.parse(await readFile(new URL(`../../js/messages/${code}.json`, import.meta.url), 'utf8'));

/** What the card in the frame says and where it stands; null: there is none. @param {Page} page */
const cardOf = (page) =>
  page.evaluate(() => {
    const { contentDocument: shop, contentWindow: view } = /** @type {HTMLIFrameElement} */ (document.querySelector('.device iframe'));
    const card = /** @type {any} */ (shop)?.querySelector('falter-card')?.shadowRoot.querySelector('.card');
    if (!card) return null;
    const text = (/** @type {string} */ part) => card.querySelector(part)?.textContent ?? '';
    const { left, right, top, bottom, width } = card.getBoundingClientRect();
    const { innerWidth, innerHeight } = /** @type {Window} */ (view);
    const accept = /** @type {Window} */ (view).getComputedStyle(card.querySelector('.accept'));
    return {
      title: text('.title'), body: text('.body'), act: text('.accept'), dismiss: text('.dismiss'), classes: [...card.classList], dir: card.dir,
      links: card.querySelectorAll('.links li').length, tag: card.localName,
      box: { left, right, top, bottom, width }, screen: [innerWidth, innerHeight],
      accent: accept.backgroundColor, radius: /** @type {Window} */ (view).getComputedStyle(card).borderRadius,
    };
  });
/** Until the card says so. @param {Page} page @param {string} part of its title */
const says = (page, part) =>
  page.waitForFunction(
    (words) => /** @type {any} */ (document.querySelector('.device iframe'))?.contentDocument.querySelector('falter-card')?.shadowRoot.querySelector('.title')?.textContent.includes(words),
    part,
    { timeout: 5000 },
  );
/** @param {Page} page @param {string} name @param {string} value */
const pick = (page, name, value) => page.locator('.messages .tools label', { has: page.locator(`input[name=${name}][value=${value}]`) }).click();
/** @param {Page} page @param {string} reason @param {string} [message] */
const open = async (page, reason, message) => {
  if ((await page.locator(`.reason[data-reason=${reason}]`).getAttribute('aria-expanded')) !== 'true') await page.locator(`.reason[data-reason=${reason}]`).click();
  if (message) await page.locator(`[data-reason=${reason}][data-message=${message}]`).click();
};

test('a card follows the facts, and what cannot be said names what is missing', async () => {
  const page = await start();
  const longest = await watchTasks(page);

  await page.locator('[name=free-shipping]').fill('80');
  await says(page, '€37.40 away');
  assert.match(page.url(), /free-shipping=80/);
  await page.locator('[name="sample.cart"]').fill('90');
  await says(page, 'Shipping is on us');
  const order = await page.locator('.list ol button b').allInnerTexts();
  assert.deepEqual(order, ['Free shipping reached', 'Free shipping left', 'Shipping price', 'Help', 'Discount'], 'mildest first, as the engine has it');

  await open(page, 'returns');
  await says(page, '30 days');
  assert.equal(await page.locator('.messages .list ul').evaluate((list) => list.scrollWidth > list.clientWidth), false, 'nothing is cut');
  const tops = () => page.locator('.facts fieldset').evaluateAll((groups) => groups.map((group) => /** @type {HTMLElement} */ (group).offsetTop));
  const before = await tops();
  await page.locator('[name=returns-days]').fill('thirty');
  await page.locator('#fault-returns-days', { hasText: '"thirty" is not 1..730 days' }).waitFor();
  assert.deepEqual(await tops(), before, 'what is wrong moves nothing');
  await page.locator('.said', { hasText: 'can’t be said. Needs returns days' }).waitFor();
  assert.equal(await cardOf(page), null);
  await page.locator('.said .mend').click();
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).name), 'returns-days');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('14');
  await says(page, '14');
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).name), 'returns-days', 'who types goes on typing');

  await page.locator('[name="sample.cart"]').fill('');
  await open(page, 'affordability');
  await page.locator('.said', { hasText: 'Needs a cart' }).waitFor();
  await page.locator('.said .mend').click();
  await page.keyboard.type('90');
  await says(page, 'Pay in 3 with Klarna');
  await open(page, 'affordability', 'discount');
  await page.locator('.said', { hasText: 'Needs discount' }).waitFor();
  for (const [name, value] of [['offers.discount.percent', '10'], ['offers.discount.code', 'STAY10'], ['offers.discount.marginFloor', '0.3']]) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('.said', { hasText: 'Needs the cart’s margin' }).waitFor();
  await page.locator('[name="sample.margin"]').fill('0.35');
  await page.locator('.said', { hasText: 'Not true of these figures' }).waitFor();
  await page.locator('[name="sample.margin"]').fill('0.45');
  await says(page, '10%');
  assert.deepEqual(await longest(), []);
  await assertAccessible(page);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('languages, tones, layouts, devices and a brand, on the real card', async () => {
  const page = await start();
  for (const lang of ['de', 'fr', 'es', 'it', 'pt', 'nl', 'tr', 'ar']) {
    const { labels } = await texts(lang);
    await page.locator('[name=lang]').selectOption(lang);
    await page.waitForFunction(
      (no) => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelector('falter-card')?.shadowRoot.querySelector('.dismiss')?.textContent === no,
      labels.no,
    );
  }
  const arabic = await cardOf(page);
  assert.equal(arabic?.dir, 'rtl');
  await page.locator('[name=lang]').selectOption('en');
  await says(page, '€7.40 away');
  assert.deepEqual((await cardOf(page))?.screen, [390, 844]);

  await pick(page, 'device', 'laptop');
  await pick(page, 'layout', 'bar');
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelector('falter-card')?.shadowRoot.querySelector('.card.bar'));
  const bar = await cardOf(page);
  assert.deepEqual([bar?.screen, bar?.box.width], [[1280, 800], 1280]);
  assert.match(page.url(), /layout=bar/);
  await pick(page, 'layout', 'modal');
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelector('falter-card')?.shadowRoot.querySelector('dialog.card'));
  await pick(page, 'layout', 'inline');
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelector('.slot > falter-card'));
  await pick(page, 'layout', 'corner');

  await open(page, 'account_required');
  await says(page, 'No account needed');
  assert.equal((await cardOf(page))?.body, 'You can order as a guest.');
  await pick(page, 'tone', 'brief');
  await page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelector('falter-card')?.shadowRoot.querySelector('.body')));
  await says(page, 'No account needed');
  await pick(page, 'tone', 'plain');

  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.locator('input[name="--falter-accent"]').fill('#c2255c');
  await page.locator('input[name="--falter-radius"]').fill('3px');
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.documentElement.style.getPropertyValue('--falter-radius') === '3px');
  await page.waitForTimeout(300);
  const branded = await cardOf(page);
  assert.deepEqual([branded?.accent, branded?.radius], ['rgb(194, 37, 92)', '3px']);
  await pick(page, 'theme', 'dark');
  await page.waitForFunction(() => getComputedStyle(/** @type {any} */ (document.querySelector('.device iframe')).contentDocument.documentElement).colorScheme === 'dark');
  await assertAccessible(page);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('own words are said, refused where they name what is not known, and kept in the address', async () => {
  const page = await start();
  await open(page, 'returns', 'returns_days');
  await says(page, '30');
  await page.getByRole('tab', { name: 'Words' }).click();
  await page.locator('textarea[name=title]').fill('Change your mind for {days} days');
  await says(page, 'Change your mind for 30 days');
  await page.locator('textarea[name=body]').fill('Until {moon}.');
  await page.locator('.said', { hasText: 'name what is not known' }).waitFor();
  await page.locator('textarea[name=body]').fill('<b>Free</b> of course.');
  await says(page, 'Change your mind');
  assert.equal((await cardOf(page))?.body, '<b>Free</b> of course.', 'text is text');
  await assertAccessible(page);
  await page.waitForFunction(() => location.hash.includes('own='));
  await page.reload();
  await says(page, 'Change your mind for 30 days');
  await page.getByRole('button', { name: 'Back to falter’s words' }).click();
  await page.waitForFunction(() => !location.hash.includes('own='));
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('all messages stand side by side, each its own card or what it needs, and one opens large', async () => {
  const page = await start('?payment-methods=Visa, PayPal');
  await pick(page, 'view', 'all');
  const gallery = page.frameLocator('.device iframe').locator('.gallery > li');
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.device iframe')).contentDocument.querySelectorAll('.gallery > li').length === 18);
  assert.equal(await gallery.locator('falter-card').count() + await gallery.locator('.missing').count(), 18);
  const missing = Object.fromEntries(await gallery.filter({ has: page.locator('.missing') }).evaluateAll((items) => items.map((item) => [item.querySelector('button')?.textContent, item.querySelector('.missing')?.textContent])));
  assert.equal(missing['Free shipping reached'], 'Not true of these figures');
  assert.equal(missing['Loyalty points'], 'Needs loyalty points');
  assert.equal(missing['Welcome back'], 'Needs a cart left last time');
  assert.equal(missing.Chat, 'Needs chat');
  assert.equal(missing['Payment methods'], undefined);
  await gallery.getByRole('button', { name: 'Payment methods' }).click();
  await says(page, '2 ways to pay');
  await page.locator('.said', { hasText: 'Payment methods answers Trust in paying' }).waitFor();
  // the shopper waves it away
  await page.frameLocator('.device iframe').locator('falter-card .dismiss').click();
  await page.locator('.said', { hasText: 'waved it away' }).waitFor();
  await page.getByRole('button', { name: 'Show it again' }).click();
  await says(page, '2 ways to pay');
  assert.deepEqual(page.faults, []);
  await page.close();
});
