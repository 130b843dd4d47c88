/** The studio's Tuning: dials moved by hand over five hundred recordings, two settings side by side, and the way to the replay. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSimulated } from './support/many.js';
import { assertAccessible, openStudio, standStudio, watchTasks } from './support/studio.js';

/** What a computation may take, worker and back, ms. */
const ROUND_TRIP_MS = 100;

/** @typedef {import('playwright-core').Page} Page */
const here = standStudio();

/** All recordings are judged, and what they come to is drawn. @param {Page} page @param {number} visits */
const settled = (page, visits) => page.waitForFunction((count) => document.querySelector('.tuning')?.getAttribute('data-visits') === String(count), visits, { timeout: 60_000 });
/** The counts by their names: the number, and how it differs from A. @param {Page} page */
const counts = (page) =>
  page.locator('.tuning-counts .stat').evaluateAll((stats) =>
    Object.fromEntries(
      stats.map((stat) => {
        const value = Number(stat.querySelector('dd')?.firstChild?.textContent);
        const than = stat.querySelector('.than')?.lastChild?.textContent ?? '';
        return [stat.querySelector('dt')?.textContent, { value, than: than === '= A' ? 0 : Number(than.replace('−', '-')) }];
      }),
    ),
  );
/** Once what is drawn has changed. @param {Page} page @param {() => Promise<unknown>} change */
async function after(page, change) {
  const runs = Number(await page.locator('.view.tuning').getAttribute('data-runs'));
  await change();
  await page.waitForFunction((before) => Number(document.querySelector('.tuning')?.getAttribute('data-runs')) > before, runs);
  // the last of several, and the lists after it
  await page.waitForTimeout(250);
  return counts(page);
}

test('five hundred recordings are recomputed while a dial is dragged, and the page never stands still', async () => {
  const page = await openStudio(here, 'recordings');
  await addSimulated(page, 460, 31);
  await page.getByRole('link', { name: 'Tuning' }).click();
  await settled(page, 500);
  const longTasks = await watchTasks(page);
  await page.evaluate(() => {
    const trips = /** @type {number[]} */ ((/** @type {any} */ (window).trips = []));
    const root = /** @type {HTMLElement} */ (document.querySelector('.view.tuning'));
    new MutationObserver(() => trips.push(Number(root.dataset.ms))).observe(root, { attributes: true, attributeFilter: ['data-runs'] });
  });
  const before = await counts(page);
  /** @param {string} name */
  const drag = async (name) => {
    const box = await page.getByLabel(name).boundingBox();
    assert.ok(box);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    for (let part = 0.3; part < 0.9; part += 0.02) await page.mouse.move(box.x + box.width * part, y);
    await page.mouse.up();
    await page.waitForTimeout(400);
    return counts(page);
  };
  const sensitive = await drag('Sensitivity');
  assert.ok(sensitive.Missed.value < before.Missed.value && sensitive.Missed.than < 0, 'more sensitive, it misses less');
  assert.ok(sensitive['False a minute'].than > 0);
  const slow = await drag('Arming');
  assert.ok(slow.Cards.value < sensitive.Cards.value && slow.Missed.value === sensitive.Missed.value, 'arming is of cards alone');
  assert.ok((await drag('Cool-down')).Missed.value > slow.Missed.value, 'rested for long, it misses more');
  const trips = /** @type {number[]} */ (await page.evaluate('window.trips'));
  assert.ok(trips.length >= 20, `${trips.length} recomputed`);
  // whatever else this machine is doing may hold one of them up
  const middle = trips.toSorted((one, other) => one - other)[Math.floor(trips.length / 2)];
  assert.ok(middle < ROUND_TRIP_MS, `a round trip takes ${middle} ms`);
  assert.deepEqual(await longTasks(), []);
  assert.equal(await page.locator('.view.tuning .u-over').count(), 2);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('sensitivity, share and presets are one setting, which is in the address', async () => {
  const page = await openStudio(here, 'tuning');
  await settled(page, 500);
  assert.equal(await page.getByRole('button', { name: 'Balanced' }).getAttribute('aria-pressed'), 'true');
  await after(page, () => page.getByRole('button', { name: 'Eager' }).click());
  assert.match(page.url(), /#tuning\?share=0\.1$/);
  assert.equal(await page.locator('output[for=tune-share]').innerText(), '10 %');
  const risk = await page.locator('output[for=tune-risk]').innerText();
  await page.getByLabel('Sensitivity').focus();
  await after(page, () => page.keyboard.press('ArrowLeft'));
  assert.notEqual(await page.locator('output[for=tune-risk]').innerText(), risk);
  assert.match(page.url(), /risk=0\.\d+/);
  assert.match(await page.locator('output[for=tune-share]').innerText(), /^about \d/);
  assert.equal(await page.locator('.presets [aria-pressed=true]').count(), 0);
  // a curve's threshold, taken where it is clicked at
  const curve = page.locator('.curve .u-over').first();
  const box = await curve.boundingBox();
  assert.ok(box);
  const far = await after(page, () => page.mouse.click(box.x + box.width * 0.6, box.y + 40));
  assert.ok(far['False a minute'].value > 1.4 && far['False a minute'].value < 2.2, `${far['False a minute'].value}`);
  await after(page, () => page.getByRole('button', { name: 'Reset' }).click());
  assert.match(page.url(), /#tuning$/);

  await page.locator('.floors summary').click();
  const named = await counts(page);
  await page.getByLabel('Size and fit').focus();
  const unsure = await after(page, () => page.keyboard.press('End'));
  assert.match(page.url(), /confidence\.fit=1/);
  assert.ok(unsure.Cards.value <= named.Cards.value);
  await after(page, () => page.getByRole('button', { name: 'Reset' }).click());
  await page.close();
});

test('A stays while B moves; what changes for whom is listed, and a row is a way to its replay', async () => {
  const page = await openStudio(here, 'tuning?share=0.02');
  await settled(page, 500);
  assert.equal(await page.getByRole('button', { name: 'Forget A' }).isDisabled(), true);
  const calm = await after(page, () => page.keyboard.press('p'));
  assert.deepEqual(new Set(Object.values(calm).map(({ than }) => than)), new Set([0]));
  assert.match(await page.locator('.lists .panel').innerText(), /Nothing changes/);
  const eager = await after(page, () => page.getByRole('button', { name: 'Eager' }).click());
  for (const [name, { value, than }] of Object.entries(eager)) assert.ok(Math.abs(value - calm[name].value - than) < 0.011, name);
  assert.ok(eager['On time'].than > 0 && eager['False cards'].than > 0);
  const swapped = await after(page, () => page.keyboard.press('x'));
  for (const [name, { value, than }] of Object.entries(swapped)) {
    assert.equal(value, calm[name].value, name);
    assert.equal(than, -eager[name].than || 0, name);
  }
  await after(page, () => page.keyboard.press('x'));

  // A is there after a reload
  await page.waitForTimeout(200);
  await page.reload();
  await settled(page, 500);
  // the lists come last, and some are drawn while recordings are still being judged
  await page.locator('.lists tbody tr').nth(59).waitFor();
  assert.deepEqual(await counts(page), eager);
  assert.match(await page.locator('.ab').innerText(), /A: pinned/);

  const rows = page.locator('.lists tbody tr');
  assert.equal(await rows.count(), 60, 'long lists are drawn in parts');
  await page.getByRole('button', { name: /^Show 60 more/ }).click();
  assert.equal(await rows.count(), 120);
  assert.ok((await page.locator('.lists .turn.better').count()) > 0 && (await page.locator('.lists .turn.worse').count()) > 0);
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page);

  await page.getByRole('tab', { name: /^What changes/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('tab', { name: /^False alarms/ }).getAttribute('aria-selected'), 'true');
  const [visit, at] = await rows.first().locator('td').allInnerTexts();
  const [minutes, seconds] = at.split(':').map(Number);
  await rows.first().getByRole('button', { name: `Replay ${visit} at ${at}` }).click();
  const player = page.locator('.player');
  await player.locator('.name', { hasText: visit }).waitFor();
  await player.locator('.uplot').waitFor();
  const shown = Number(await player.locator('[role=slider]').first().getAttribute('aria-valuenow')) / 1000;
  const alarm = minutes * 60 + seconds;
  assert.ok(shown <= alarm + 1 && shown >= alarm - 8, `opened at ${shown} s, the alarm was at ${alarm} s`);
  await page.close();
});

test('the evaluation of the same recordings says what the counts say', async () => {
  const page = await openStudio(here, 'tuning?share=0.1');
  await settled(page, 500);
  const eager = await counts(page);
  await page.getByRole('tab', { name: 'Evaluation' }).click();
  await page.getByRole('button', { name: 'Evaluate' }).click();
  const table = page.locator('.figures table').nth(1);
  await table.waitFor({ timeout: 60_000 });
  const cells = await table.locator('tr', { hasText: 'eager' }).locator('td').allInnerTexts();
  assert.match(cells[1], new RegExp(`^${eager['False cards'].value} of \\d+$`));
  assert.match(cells[4], new RegExp(`^${eager.Answered.value} of \\d+$`));
  await assertAccessible(page);
  await page.close();
});

test('without a recording it says where they come from', async () => {
  const page = await openStudio(here, 'recordings');
  await page.getByLabel('Select all that are shown').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.about')?.textContent?.includes('0 recordings'));
  await page.getByRole('link', { name: 'Tuning' }).click();
  await page.getByRole('heading', { name: 'No recordings yet' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Pin as A' }).isVisible(), false);
  await page.keyboard.press('p');
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Go to Recordings' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'stage', 'the focus is not lost with the button');
  assert.match(page.url(), /#recordings/);
  await page.close();
});
