/** The studio's Recordings: what comes in and goes out of the library, and the player. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { assertAccessible, openStudio, standStudio, watchTasks } from './support/studio.js';

const here = standStudio();
const sessions = new URL('../sessions/', import.meta.url);
const LEAVES = fileURLToPath(new URL('mouse-leaves.ndjson', sessions));

/** @type {Awaited<ReturnType<typeof openStudio>>} */
let page;
/** @type {import('playwright-core').CDPSession} */
let devtools;
/** @type {string} */
let folder;
/** By the first test: the tests are one afternoon with the studio, each going on from the one before. */
async function open() {
  page = await openStudio(here, 'recordings');
  await page.locator('[data-id]').first().waitFor();
  folder = await mkdtemp(join(tmpdir(), 'falter-recordings-'));
  devtools = await page.context().newCDPSession(page);
  await devtools.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
}
after(() => folder && rm(folder, { recursive: true, force: true }));

const count = async () => parseInt(await page.locator('.about .chip').last().innerText(), 10);
const report = () => page.locator('.uploads .note:not(.going)').innerText();
const names = () => page.locator('.spread .name').allInnerTexts();
/** Files that the browser saved. @param {() => Promise<unknown>} act @returns {Promise<string>} its text */
async function saved(act) {
  const had = new Set(await readdir(folder));
  await act();
  for (let turn = 0; turn < 100; turn += 1) {
    const file = (await readdir(folder)).find((name) => !had.has(name) && !name.endsWith('.crdownload'));
    if (file) return readFile(join(folder, file), 'utf8');
    await wait(50);
  }
  throw new Error('nothing was saved');
}
/** As with the button: by a file on the disk. @param {string} path */
async function upload(path) {
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '.uploads input' });
  await devtools.send('DOM.setFileInputFiles', { nodeId, files: [path] });
  await page.locator('.uploads .note:not(.going)').waitFor({ timeout: 30_000 });
}
/** Makes a file in the page: a part, so many times. @param {string} name @param {string} part @param {number} times */
const make = (name, part, times) =>
  page.evaluate(
    ([name, part, times]) => {
      const files = (/** @type {any} */ (window).made = new DataTransfer());
      files.items.add(new File(Array(Number(times)).fill(part), String(name)));
    },
    [name, part, times],
  );
/** Chooses it. */
const give = () =>
  page.evaluate(() => {
    const input = /** @type {HTMLInputElement} */ (document.querySelector('.uploads input'));
    input.files = /** @type {any} */ (window).made.files;
    input.dispatchEvent(new Event('change'));
  });
const dismiss = () => page.getByRole('button', { name: 'Dismiss' }).first().click();

test('a studio begins with forty visits, judged', async () => {
  await open();
  assert.equal(await count(), 40);
  await page.locator('.spread .peak b').first().waitFor();
  await page.locator('.spread .outcome .chip').first().waitFor();
  await assertAccessible(page);
});

test('a file dropped anywhere is taken, and downloads as it came', async () => {
  const drag = { items: [], files: [LEAVES], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver'])) await devtools.send('Input.dispatchDragEvent', { type, x: 900, y: 700, data: drag });
  await page.getByText('Drop recordings').waitFor();
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', x: 900, y: 700, data: drag });
  await page.locator('.uploads .report .note').waitFor();
  assert.match(await report(), /mouse-leaves.ndjson.*1 recording taken/);
  await dismiss();
  assert.equal(await count(), 41);
  assert.match((await names())[0], /^mouse-leaves/);
  const text = await saved(() => page.getByRole('button', { name: 'Download mouse-leaves' }).click());
  assert.equal(text, await readFile(LEAVES, 'utf8'));
});

test('the same file again brings nothing twice', async () => {
  await upload(LEAVES);
  assert.match(await report(), /nothing new in it\.\s+1 recording was here already/);
  await dismiss();
  assert.equal(await count(), 41);
});

test('several at once go into one file, and a packed one is unpacked', async () => {
  const texts = await Promise.all(['mouse-buys', 'touch-leaves'].map((name) => readFile(new URL(`${name}.ndjson`, sessions), 'utf8')));
  const path = join(folder, 'two.ndjson.gz');
  await writeFile(path, gzipSync(texts.join('')));
  await upload(path);
  assert.match(await report(), /two.ndjson.gz.*2 recordings taken/);
  await dismiss();
  assert.deepEqual((await names()).slice(0, 2).map((name) => name.split('\n')[0].trim().slice(0, 5)), ['two 1', 'two 2']);
  for (const row of [0, 1]) await page.locator('.spread [data-do=choose]').nth(row).click();
  const text = await saved(() => page.locator('.chosen').getByRole('button', { name: 'Download' }).click());
  assert.equal(text, texts.join(''));
});

test('what is broken is told by its line, and the rest is taken', async () => {
  const good = await readFile(new URL('touch-buys.ndjson', sessions), 'utf8');
  const bad = (await readFile(new URL('mouse-comes-back.ndjson', sessions), 'utf8')).split('\n');
  bad[4] = '{"t":12,"s":"move","x":';
  const path = join(folder, 'broken.ndjson');
  await writeFile(path, good + bad.join('\n'));
  await upload(path);
  const line = good.split('\n').length - 1 + 5;
  assert.match(await report(), new RegExp(`2 recordings taken\\.[^]*Set aside: 1\\.[^]*line ${line}`));
  await dismiss();
  const cut = join(folder, 'cut.ndjson.gz');
  await writeFile(cut, gzipSync(good).subarray(0, 300));
  await upload(cut);
  assert.match(await report(), /cut.ndjson.gz.*gzip file is damaged or cut short/);
  await dismiss();
});

test('a file of another kind is refused with what is wrong, whatever its size', async () => {
  const before = await count();
  await upload(fileURLToPath(new URL('../../models/exit.falter', import.meta.url)));
  assert.match(await report(), /exit\.falter: This is no recording of falter[^]*(session|text|line 1)/);
  await dismiss();
  const nothing = join(folder, 'nothing.ndjson');
  await writeFile(nothing, '');
  await upload(nothing);
  assert.match(await report(), /nothing\.ndjson: The file is empty\./);
  await dismiss();
  await make('film.mp4', '\0\x01\x02film'.repeat(1 << 17), 218);
  const longTasks = await watchTasks(page);
  await give();
  await page.locator('.uploads .report .note').waitFor({ timeout: 20_000 });
  assert.match(await report(), /film\.mp4: This is no recording of falter[^]*(session|text|line 1)/);
  assert.deepEqual(await longTasks(), []);
  await dismiss();
  assert.equal(await count(), before);
});

test('two hundred megabytes of recordings are read beside the page, until that is cancelled', async () => {
  const before = await count();
  const text = await readFile(LEAVES, 'utf8');
  await make('year.ndjson', text, Math.ceil(200e6 / text.length));
  const longTasks = await watchTasks(page, { isFileTidied: true });
  await give();
  await page.waitForFunction(() => /** @type {HTMLProgressElement} */ (document.querySelector('.uploads progress')).value > 0.2, undefined, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('.uploads .report .note').waitFor();
  assert.match(await report(), /cancelled: nothing of it was taken/);
  assert.deepEqual(await longTasks(), []);
  await dismiss();
  assert.equal(await count(), before);
});

test('renamed by keyboard, deleted, and put back', async () => {
  const first = page.locator('.spread [role=row][tabindex="0"]');
  await page.getByPlaceholder('Search').fill('Simulated 3');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.type('The one that left');
  await page.keyboard.press('Enter');
  // it is called otherwise than what is sought
  await page.locator('.spread [role=row]', { hasText: 'The one that left' }).waitFor({ state: 'detached' });
  await page.getByPlaceholder('Search').fill('the one');
  assert.deepEqual(await page.locator('.spread [role=row]').count(), 1);
  const before = await count();
  await page.keyboard.press('ArrowDown');
  assert.ok(await first.evaluate((row) => row === document.activeElement));
  await page.keyboard.press('Delete');
  await page.getByText('None like this').waitFor();
  assert.equal(await count(), before - 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.spread', { hasText: 'The one that left' }).waitFor();
  assert.equal(await count(), before);
  await page.getByPlaceholder('Search').fill('');

  // of many, the next takes the place of the one that goes
  const focused = () => page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.id);
  const ids = await page.locator('.spread [role=row]').evaluateAll((rows) => rows.map((row) => /** @type {HTMLElement} */ (row).dataset.id));
  await page.locator('.spread [role=row]').nth(3).focus();
  await page.getByPlaceholder('Search').focus();
  await page.keyboard.press('ArrowDown');
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), ids[3]);
  await page.keyboard.press('Delete');
  await page.waitForFunction((id) => !document.querySelector(`[data-id="${id}"]`), ids[3]);
  assert.equal(await focused(), ids[4]);
  await page.locator('.toast', { hasText: 'Deleted' }).last().getByRole('button', { name: 'Undo' }).click();
  await page.locator(`[data-id="${ids[3]}"]`).waitFor();
});

test('another tab sees it, and a reload keeps all', async () => {
  const other = await openStudio(here, 'recordings');
  await other.getByPlaceholder('Search').fill('The one that left');
  await other.locator('.spread [role=row]').first().focus();
  await other.keyboard.press('F2');
  await other.keyboard.type('Seen in both');
  await other.keyboard.press('Enter');
  await other.getByText('None like this').waitFor();
  assert.deepEqual(other.faults, []);
  await other.close();
  await page.bringToFront();
  await page.getByPlaceholder('Search').fill('Seen in both');
  await page.locator('.spread', { hasText: 'Seen in both' }).waitFor();
  const before = await count();
  await page.reload();
  await page.locator('.spread [data-id]').first().waitFor();
  assert.equal(await count(), before);
  await page.getByPlaceholder('Search').fill('Seen in both');
  await page.locator('.spread', { hasText: 'Seen in both' }).waitFor();
  await page.getByPlaceholder('Search').fill('');
});

test('five hundred more are added and sorted without the page standing still', async () => {
  const longTasks = await watchTasks(page);
  const before = await count();
  await page.getByRole('button', { name: 'Add simulated visits' }).click();
  await page.getByLabel('How many').fill('500');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Added 500 simulated visits').waitFor({ timeout: 60_000 });
  assert.equal(await count(), before + 500);
  assert.ok((await page.locator('.spread [role=row]').count()) < 60, 'as many rows as are in view');
  const first = (await names()).slice(0, 12).map((name) => name.split(/\s{2,}|\n/)[0].trim().replace(/^Simulated \d+\.(\d+).*/, '$1'));
  assert.deepEqual(first, Array.from({ length: 12 }, (_, i) => `${i + 1}`), 'in the order that they were made in');
  await page.getByRole('button', { name: 'Peak risk' }).click();
  await page.waitForFunction(() => !document.querySelector('.spread .peak .soft'), undefined, { timeout: 60_000 });
  const peaks = (await page.locator('.spread .peak b').allInnerTexts()).map(parseFloat);
  assert.deepEqual(peaks, [...peaks].sort((one, other) => other - one));
  await page.getByRole('button', { name: 'Missed or late' }).click();
  assert.match(await page.locator('.count').innerText(), /^\d+ of 5\d\d$/);
  assert.deepEqual(await longTasks(), []);
});

test('the player goes by keyboard, and what makes the risk sums to it', async () => {
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByPlaceholder('Search').fill('mouse-leaves');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.player:not([aria-busy]) .uplot').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'name');
  const clock = async () => {
    const [minutes, seconds] = (await page.locator('.player .clock').innerText()).split(':').map(parseFloat);
    return minutes * 60 + seconds;
  };
  // it opens where one would look: before the leave
  assert.ok((await clock()) > 5);
  await page.keyboard.press('Home');
  assert.equal(await clock(), 0);
  await page.keyboard.press('ArrowRight');
  assert.equal(await clock(), 0.25);
  await page.keyboard.press('Shift+ArrowRight');
  assert.equal(await clock(), 1.25);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await clock(), 1);
  await page.keyboard.press('End');
  const end = await clock();
  assert.ok(end > 5);
  await page.keyboard.press('Home');
  assert.equal(await clock(), 0);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press(' ');
  await wait(600);
  await page.keyboard.press(' ');
  const played = await clock();
  assert.ok(played > 1.2 && played < 8, `${played} s at 4×`);
  await wait(150);
  assert.equal(await clock(), played, 'it stands');

  await page.keyboard.press('l');
  assert.ok((await clock()) < end);
  const sums = await page.locator('.bars b').allInnerTexts();
  const values = sums.map((text) => parseFloat(text.replace('−', '-')));
  const total = /** @type {number} */ (values.pop());
  assert.ok(values.length > 3);
  assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - total) < 0.06, sums.join(' '));
  assert.match(await page.locator('.bars .total').innerText(), new RegExp(`^${sums.at(-1)?.replace('+', '\\+')} →`));
  assert.equal(await page.locator('.posterior li').count(), 13);
  await page.getByRole('tab', { name: 'Purchase' }).click();
  await page.getByText('funnel step').last().waitFor();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Sections');
  // nothing of it has to be scrolled to
  const hidden = await page.evaluate(() => [...document.querySelectorAll('.player, .player .card')].some((part) => part.getBoundingClientRect().bottom > innerHeight));
  assert.equal(hidden, false);
  assert.match((await page.getByRole('slider').getAttribute('aria-valuetext')) ?? '', /risk .* %/);
  await assertAccessible(page);
  await page.locator('.player .name').click();
  await page.keyboard.press('?');
  await page.locator('.keys', { hasText: 'Next leave' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('.recordings-list').waitFor();
  await page.keyboard.press('?');
  await page.locator('.keys', { hasText: 'Rename' }).waitFor();
  assert.equal(await page.locator('.keys', { hasText: 'Next leave' }).count(), 0);
  await page.keyboard.press('Escape');
  assert.deepEqual(page.faults, []);
});

test('a replay that was opened from Tuning leads back there', async () => {
  await page.goto(`${here.server.url}/studio/#tuning`);
  await page.reload();
  await page.getByRole('tab', { name: /^Missed/ }).click();
  await page.getByRole('button', { name: /^Replay / }).first().click({ timeout: 60_000 });
  await page.locator('.player:not([aria-busy]) .uplot').waitFor();
  await page.getByRole('button', { name: 'Back to Tuning' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.view.tuning').waitFor();
  await page.keyboard.press('2');
  await page.locator('.recordings-list').waitFor();
});

test('a full disk is told, and what was kept before it stays', async () => {
  // an origin of its own: the browser remembers for a while how much room another had
  const origin = here.server.url.replace('127.0.0.1', 'localhost');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 16 << 20 });
  const first = page;
  page = await openStudio({ ...here, server: { ...here.server, url: origin } }, 'recordings');
  await page.waitForFunction(() => document.querySelector('.about')?.textContent?.includes('40 recordings'));
  await make('many.ndjson', await readFile(LEAVES, 'utf8'), 1500);
  await give();
  await page.locator('.uploads .report .note').waitFor({ timeout: 30_000 });
  assert.match(await report(), /many\.ndjson: The browser has no more room for recordings: \d+ of 1500 were\. Delete some/);
  const kept = await count();
  assert.ok(kept >= 40 && kept < 1540, `${kept}`);
  await page.reload();
  await page.locator('.spread [data-id]').first().waitFor();
  assert.equal(await count(), kept);
  await page.close();
  page = first;
});

test('without a place to keep anything it works in memory, and says so', async () => {
  const other = /** @type {any} */ (await here.browser.newPage());
  await other.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await other.goto(`${here.server.url}/studio/#recordings`);
  await other.locator('.toast', { hasText: 'keeps nothing' }).waitFor();
  await other.locator('.spread [data-id]').first().waitFor();
  await other.locator('.recordings-list .note', { hasText: 'keeps nothing' }).waitFor();
  await other.locator('.spread [data-do=remove]').first().click();
  await other.getByRole('button', { name: 'Undo' }).click();
  await other.waitForFunction(() => document.querySelector('.about')?.textContent?.includes('40 recordings'));
  // nothing is left: what one does then is at hand
  await other.getByLabel('Select all that are shown').click();
  await other.locator('.chosen').getByRole('button', { name: 'Delete' }).click();
  await other.getByText('No recordings yet').waitFor();
  assert.equal(await other.getByPlaceholder('Search').isVisible(), false);
  await other.locator('.empty').getByRole('button', { name: 'Add simulated visits' }).click();
  await other.locator('.simulate-dialog').waitFor();
  await other.close();
});
