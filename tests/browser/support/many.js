/** Many recordings in the studio. */

/** Hundreds are made and written. */
const MADE_MS = 60_000;

/** @typedef {import('playwright-core').Page} Page */

/** How many there are. @param {Page} page */
const count = async (page) => parseInt(await page.locator('.about .chip').last().innerText(), 10);

/** Adds simulated visits as a person does, and waits until they are in the list. @param {Page} page @param {number} sessions @param {number} seed */
export async function addSimulated(page, sessions, seed) {
  // those that a new studio begins with come first
  await page.waitForFunction(() => parseInt(document.querySelector('.about .chip:last-child')?.textContent ?? '', 10) > 0);
  const before = await count(page);
  await page.getByRole('button', { name: 'Add simulated visits' }).click();
  await page.getByLabel('How many').fill(String(sessions));
  await page.getByLabel('Seed').fill(String(seed));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.about', { hasText: `${before + sessions} recordings` }).waitFor({ timeout: MADE_MS });
}
