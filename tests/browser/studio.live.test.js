/** The studio's Live view: a real pointer in the shop's frame, and the studio's engine beside the page's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStudio as openEngine } from '../js/support/studio.js';
import { hand } from './support/hand.js';
import { assertAccessible, openStudio, standStudio, watchTasks } from './support/studio.js';

/** @typedef {import('playwright-core').Page} Page */
const here = standStudio();

/** The shop in its frame. @param {Page} page */
const shopOf = async (page) => {
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.shop-frame'))?.contentWindow.falter?.snapshot().running);
  return /** @type {import('playwright-core').Frame} */ (page.frames().find((frame) => frame !== page.mainFrame()));
};
/** How many readings are the page's to the bit. @param {Page} page */
const same = async (page) => {
  const chip = page.locator('.same');
  assert.equal(await chip.evaluate((element) => element.classList.contains('bad')), false, await chip.innerText());
  return parseInt((await chip.innerText()).replaceAll(',', ''), 10) || 0;
};
/** @param {Page} page @param {number} count */
const reach = (page, count) => page.waitForFunction((least) => parseInt(document.querySelector('.same')?.textContent ?? '', 10) >= least, count, { timeout: 20_000 });

test('every reading of a visit over two pages is the page\'s own, a leave is caught, and the visit is kept', async () => {
  const page = await openStudio(here, 'live');
  const shop = await shopOf(page);
  const longTasks = await watchTasks(page);
  await shop.evaluate(() => {
    const told = (/** @type {any} */ (window.parent).told = []);
    /** @type {any} */ (window).falter.on('decision', (/** @type {CustomEvent} */ { detail }) => told.push([detail.t, detail.risk]));
  });
  const mouse = hand(page, { at: { x: 400, y: 400 } });
  await mouse.click({ x: 300, y: 620 }, 500);
  await mouse.waver(3000);
  await reach(page, 12);
  assert.ok((await page.locator('.rate').innerText()) !== '0 signals/s');

  await shop.getByRole('link', { name: 'Cabin', exact: true }).last().click();
  await page.waitForTimeout(800);
  await shopOf(page);
  const before = await same(page);
  await mouse.waver(2500);
  await reach(page, before + 6);
  assert.match(await page.locator('.page-map .where').innerText(), /category page/i);

  // up and out, to the studio's own panels
  await mouse.move({ x: 420, y: 30 }, 500);
  await page.getByRole('button', { name: 'What happened' }).click();
  await page.locator('.happened .leave').waitFor({ timeout: 5000 });
  assert.match(await page.locator('.happened .leave').innerText(), /Left at/);
  assert.match(await page.locator('.now .says').innerText(), /Away/);
  assert.deepEqual(await longTasks(), []);
  await assertAccessible(page);

  await page.getByRole('button', { name: 'Keep this visit' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.locator('.player .uplot').waitFor();
  assert.match(await page.locator('.player-head').innerText(), /Visit at.*\n*.*recorded, mouse[^]*1 leave/);
  const text = await page.evaluate(keptText);
  const lines = text.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.filter(({ s }) => s === 'page').length, 2, 'one visit over two pages');
  // judged again from its lines, it is what the page told
  const told = await page.evaluate(() => /** @type {any} */ (window).told);
  const engine = openEngine();
  const { ticks } = await engine.replay(text, { threshold: 0.5, armingMs: 5000, cooldownMs: 10_000, confidence: {} });
  engine.close();
  const replayed = new Map([...ticks.t].map((t, i) => [t, ticks.risk[i]]));
  assert.ok(told.length > 12);
  for (const [t, risk] of told) assert.equal(replayed.get(t), risk, `at ${t} ms`);
  assert.deepEqual(page.faults, []);
  await page.close();
});

/** The newest recording's text, from where it is kept. */
function keptText() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('falter-studio');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const store = request.result.transaction(['entries', 'texts']);
      const entries = store.objectStore('entries').getAll();
      entries.onsuccess = () => {
        const { id } = entries.result.find(({ from }) => from === 'recorded');
        const text = store.objectStore('texts').get(id);
        text.onsuccess = () => resolve(text.result);
      };
    };
  });
}

test('a page whose risk is another is told, and a stranger is not heard', async () => {
  const page = await openStudio(here, 'live');
  const shop = await shopOf(page);
  const mouse = hand(page, { at: { x: 400, y: 400 } });
  await mouse.waver(1500);
  await reach(page, 4);
  // whoever is not the frame says what they like
  await page.evaluate(() => {
    const { t } = /** @type {any} */ (document.querySelector('iframe')).contentWindow.falter.snapshot();
    window.postMessage({ falter: 'bridge', kind: 'lines', header: '{"session":"forged","format":1}\n', text: '', from: 0, end: t, t, risk: 0.5 }, '*');
  });
  await page.waitForTimeout(600);
  assert.ok((await same(page)) > 4);

  // a page that tells another risk than its lines lead to, by the last bits
  await shop.evaluate(() => {
    window.CustomEvent = class extends CustomEvent {
      constructor(/** @type {string} */ type, /** @type {any} */ init) {
        if (type === 'falter:decision') init.detail.risk *= 1.000001;
        super(type, init);
      }
    };
  });
  await mouse.waver(1200);
  await page.waitForFunction(() => document.querySelector('.same.bad'), undefined, { timeout: 5000 });
  await page.close();
});

test('a visit that was not kept is offered after a reload and after a fresh start, and the studio\'s keys go on from the shop', async () => {
  const page = await openStudio(here, 'live');
  await shopOf(page);
  const mouse = hand(page, { at: { x: 400, y: 400 } });
  await mouse.click({ x: 300, y: 620 }, 500);
  await mouse.waver(6000);
  await page.waitForFunction(() => parseInt(document.querySelector('.same')?.textContent ?? '', 10) > 20);
  const count = async () => parseInt(await page.locator('.about .chip').last().innerText(), 10);
  const before = await count();
  await page.reload();
  const shop = await shopOf(page);
  await page.locator('.toast', { hasText: 'before the reload' }).getByRole('button', { name: 'Keep it' }).click();
  await page.locator('.toast', { hasText: 'Kept as' }).waitFor();
  const lines = (await page.evaluate(keptText)).trim().split('\n');
  assert.ok(JSON.parse(lines[0]).end > 5000 && lines.length > 50, lines[0]);

  await mouse.click({ x: 300, y: 620 }, 500);
  await mouse.waver(6000);
  await page.waitForFunction(() => parseInt(document.querySelector('.same')?.textContent ?? '', 10) > 20);
  // in a field it is a letter
  await shop.evaluate(() => document.body.prepend(document.createElement('input')));
  await shop.locator('input').first().focus();
  await page.keyboard.press('n');
  assert.equal(await shop.locator('input').first().inputValue(), 'n');
  assert.equal(await page.locator('.toast', { hasText: 'Started anew' }).count(), 0);
  await shop.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.keyboard.press('n');
  await page.locator('.toast', { hasText: 'Started anew' }).getByRole('button', { name: 'Keep the visit before' }).click();
  await page.locator('.toast', { hasText: 'Kept as' }).last().waitFor();
  assert.equal(await count(), before + 2);
  await shopOf(page);
  await page.locator('.shop-frame').focus();
  await page.keyboard.press('2');
  await page.locator('.recordings-list').waitFor();
  await page.keyboard.press('1');
  await page.locator('.shop-frame').waitFor();
  assert.deepEqual(page.faults, []);
  await page.evaluate(() => indexedDB.deleteDatabase('falter-studio'));
  await page.close();
});

test('a model in force runs in the page, too', async () => {
  const page = await openStudio(here, 'live');
  await shopOf(page);
  // the shipped trees under another name: that the page takes its bytes from the studio is seen by what it fetches
  await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await fetch('/dist/exit.falter')).arrayBuffer());
    const open = indexedDB.open('falter-studio');
    await new Promise((resolve) => (open.onsuccess = resolve));
    const writing = open.result.transaction('kept', 'readwrite');
    writing.objectStore('kept').put({ bytes, manifest: null, name: 'Mine' }, 'model');
    await new Promise((resolve) => (writing.oncomplete = resolve));
    open.result.close();
  });
  await page.reload();
  await page.getByText('Mine').waitFor();
  const shop = await shopOf(page);
  const mouse = hand(page, { at: { x: 400, y: 400 } });
  await mouse.waver(2000);
  await reach(page, 6);
  const fetched = await shop.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  assert.ok(fetched.includes('/dist/npm/slim.js'), fetched.join('\n'));
  assert.ok(!fetched.includes('/dist/exit.falter'), fetched.join('\n'));
  assert.deepEqual(page.faults, []);
  await page.evaluate(() => indexedDB.deleteDatabase('falter-studio'));
  await page.close();
});
