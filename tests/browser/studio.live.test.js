/** The studio's Live view: a real pointer in the shop's frame, and the studio's engine beside the page's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  let shop = await shopOf(page);
  const longest = await watchTasks(page);
  await shop.evaluate(() => {
    const heard = /** @type {any} */ (window.parent).heard ?? (/** @type {any} */ (window.parent).heard = []);
    /** @type {any} */ (window).falter.on('decision', (/** @type {CustomEvent} */ { detail }) => heard.push([detail.t, detail.risk]));
  });
  const mouse = hand(page, { at: { x: 400, y: 400 } });
  await mouse.click({ x: 300, y: 620 }, 500);
  await mouse.waver(3000);
  await reach(page, 12);
  assert.ok((await page.locator('.rate').innerText()) !== '0 signals/s');

  await shop.getByRole('link', { name: 'Cabin', exact: true }).last().click();
  await page.waitForTimeout(800);
  shop = await shopOf(page);
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
  await assertAccessible(page);

  await page.getByRole('button', { name: 'Keep this visit' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.locator('.player .uplot').waitFor();
  assert.match(await page.locator('.player-head').innerText(), /Visit at.*\n*.*recorded, mouse[^]*1 leave/);
  // judged again from its lines, it is what the page decided: no more, and to the bit
  const readings = await page.evaluate(() => /** @type {any} */ (window).heard);
  const text = await page.evaluate(keptText);
  const lines = text.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.filter(({ s }) => s === 'page').length, 2, 'one visit over two pages');
  assert.ok(readings.length > 12);
  assert.ok((await longest()) < 50, `a task of ${await longest()} ms`);
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
  // whoever is not the frame says what he likes
  const forged = (/** @type {Window} */ to) => {
    const { t } = /** @type {any} */ (document.querySelector('iframe') ? /** @type {any} */ (document.querySelector('iframe')).contentWindow : window).falter.snapshot();
    to.postMessage({ falter: 'bridge', kind: 'lines', header: '{"session":"forged","format":1}\n', text: '', from: 0, end: t, t: t + 250, risk: 0.5 }, '*');
  };
  await page.evaluate(`(${forged})(window)`);
  await page.waitForTimeout(600);
  assert.ok((await same(page)) > 4);

  // the page itself, with a falter that is not to be trusted
  await shop.evaluate(() => {
    const falter = /** @type {any} */ (window).falter;
    falter.addEventListener('falter:decision', (/** @type {CustomEvent} */ { detail }) => (detail.risk += 1e-7), { capture: true });
  });
  const bridge = await shop.evaluate(() => {
    const listeners = /** @type {any} */ (window).falter;
    const { t } = listeners.snapshot();
    const [header] = listeners.record().split('\n');
    parent.postMessage({ falter: 'bridge', kind: 'lines', header: `${header}\n`, text: '', from: 1e9, end: t, t: t + 250, risk: 0.123 }, location.origin);
    return t;
  });
  assert.ok(bridge > 0);
  await mouse.waver(1200);
  await page.waitForFunction(() => document.querySelector('.same.bad'), undefined, { timeout: 5000 });
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
