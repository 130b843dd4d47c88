/** The studio's Training: refused, ended, dead, and done on five hundred recordings while the page stays awake. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addSimulated } from './support/many.js';
import { assertAccessible, openStudio, standStudio, watchTasks } from './support/studio.js';

/** What issue 7 allows. */
const TRAINED_MS = 20_000;

/** @typedef {import('playwright-core').Page} Page */
const here = standStudio();
/** @param {Page} page */
const train = (page) => page.getByRole('button', { name: 'Train', exact: true }).click();

test('too few are refused, with what is missing and what to do', async () => {
  const page = await openStudio(here, 'training');
  // once the visits that a new studio begins with are there
  await page.locator('.enough', { hasText: '39 missing' }).waitFor({ timeout: 30_000 });
  await train(page);
  const refusal = page.getByRole('alert');
  await refusal.waitFor();
  assert.match(await refusal.innerText(), /Not enough to learn from yet[^]*40 recordings[^]*50 visits without a leave/);
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page);
  await refusal.getByRole('button', { name: 'Add simulated visits' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.close();
});

test('five hundred recordings are retrained on in time; the model is used, handed over, and given back', async (t) => {
  const page = await openStudio(here, 'recordings');
  const folder = await mkdtemp(join(tmpdir(), 'falter-trained-'));
  t.after(() => rm(folder, { recursive: true }));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  /** The file that a button hands over. @param {string} name */
  const downloaded = async (name) => {
    const had = await readdir(folder);
    await page.getByRole('button', { name: `Download ${name}` }).click();
    for (let tries = 0; tries < 50; tries += 1) {
      const file = (await readdir(folder)).find((found) => !had.includes(found) && !found.endsWith('.crdownload'));
      if (file) return readFile(join(folder, file));
      await page.waitForTimeout(100);
    }
    throw new Error(`no file came of ${name}`);
  };
  await addSimulated(page, 460, 31);
  await page.getByRole('link', { name: 'Training' }).click();
  await page.getByLabel(/Simulated visits beside/).fill('0');
  const longTasks = await watchTasks(page);

  // ended, and nothing of it stays
  await train(page);
  await page.locator('.training-progress .now', { hasText: 'Growing trees' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('heading', { name: 'Learn from your own visitors' }).waitFor();
  await page.waitForFunction(() => !document.querySelector('.training-progress'));

  const start = Date.now();
  await train(page);
  /** @type {number[]} */
  const parts = [];
  const result = page.locator('.training-result');
  while (!(await result.isVisible()) && Date.now() - start < 2 * TRAINED_MS) {
    const part = await page.locator('.training-progress progress').evaluateAll(([bar]) => /** @type {HTMLProgressElement | undefined} */ (bar)?.value);
    if (part !== undefined) parts.push(part);
    await page.waitForTimeout(200);
  }
  const took = Date.now() - start;
  assert.ok(await result.isVisible(), 'trained');
  assert.ok(took < TRAINED_MS, `${took} ms`);
  assert.deepEqual(await longTasks(), []);
  assert.ok(parts.length > 3 && parts.every((part, i) => !i || part >= parts[i - 1]), parts.join());
  const said = await result.innerText();
  assert.match(said, /On people it never saw: \d+ of \d+ leaves on time, \d+ before/);
  // by folds, all of them judged: the leaves of the folds are those of all
  const leaves = (await result.locator('tbody tr td:first-of-type').allInnerTexts()).map(Number);
  assert.equal(leaves.length, 4);
  assert.equal(leaves[0] + leaves[1] + leaves[2], leaves[3]);
  assert.match(said, new RegExp(`of ${leaves[3]} leaves`));
  assert.match(said, /chance/);
  await assertAccessible(page);

  const model = await downloaded('.falter');
  const manifest = await downloaded('manifest');
  assert.equal(model.subarray(0, 4).toString(), 'FLTR');
  const { checksum, data } = JSON.parse(manifest.toString());
  assert.match(said, new RegExp(checksum));
  assert.equal(data.people, 500);
  assert.deepEqual((await readdir(folder)).sort(), [`retrained-${checksum}.falter`, `retrained-${checksum}.json`]);

  // not in use yet, and a reload does not cost it
  await page.reload();
  await page.locator('.training-result .of', { hasText: /Trained on recordings \(500 simulated\)/ }).waitFor({ timeout: 60_000 });
  assert.match(await result.innerText(), new RegExp(checksum));
  await rm(join(folder, `retrained-${checksum}.falter`));
  assert.deepEqual(await downloaded('.falter'), model);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.locator('.about', { hasText: 'Retrained on 500' }).waitFor({ timeout: 60_000 });
  assert.equal(await page.getByRole('button', { name: 'In use' }).isDisabled(), true);
  assert.match(await page.locator('.ask .than').innerText(), /shipped model: the one in use has learnt from recordings/);
  // it is there after a reload, and in every view
  await page.goto(`${here.server.url}/studio/#tuning`);
  await page.reload();
  await page.locator('.about', { hasText: 'Retrained on 500' }).waitFor({ timeout: 60_000 });
  await page.locator('.tuning-counts .stat').first().waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Training' }).click();
  await page.getByRole('button', { name: 'Back to the shipped model', exact: true }).click();
  await page.locator('.about', { hasText: 'Shipped model' }).waitFor({ timeout: 60_000 });
  // the next one takes its place
  await train(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Learn from your own visitors' }).waitFor({ timeout: 60_000 });
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('a worker that dies takes nothing with it', async () => {
  const page = await openStudio(here, 'training');
  await page.route('**/trainer.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => { throw new Error("out of memory"); };' }));
  await train(page);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /ended before it was done[^]*recordings and the model in use are untouched/);
  await page.unroute('**/trainer.js');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.training-progress .now', { hasText: 'Growing trees' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.close();
});
