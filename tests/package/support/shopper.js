/** A shopper in one of the projects: allows falter, moves about until a card comes, and goes. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hand } from '../../browser/support/hand.js';
import { ROOT } from './workshop.js';

/** No card comes in the first 5 s of a visit; a busy machine may take longer than the rest. */
const CARD_MS = 20_000;
const LOADED_MS = 20_000;

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} expression @returns {Promise<any>} */
export const ask = (page, expression) => page.evaluate(expression);

/** Waits until it is true; asks from outside, since a page's policy may forbid what is made from text. @param {Page} page @param {string} expression */
export async function until(page, expression) {
  for (const end = Date.now() + LOADED_MS; !(await ask(page, expression)); await wait(50))
    assert.ok(Date.now() < end, `not in time: ${expression}, ${JSON.stringify(await ask(page, 'faults'))}`);
}

/**
 * Opens a project's page, and keeps what goes wrong in it and how many engines are made.
 * @param {{ newPage: () => Promise<Page> }} browser
 * @param {string} url
 * @returns {Promise<{ page: Page, wrong: string[] }>}
 */
export async function open(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const wrong = [];
  page.on('console', (message) => /error|warning/.test(message.type()) && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('requestfailed', (request) => wrong.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.url()}: ${response.status()}`));
  await page.addInitScript(() => {
    const seen = /** @type {any} */ (window);
    seen.engines = 0;
    seen.faults = [];
    document.addEventListener('falter:error', (event) => seen.faults.push(/** @type {any} */ (event).detail));
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = (/** @type {any[]} */ ...given) => {
      // an empty module is tried first, to learn whether any may run
      if (given[1]) seen.engines += 1;
      return /** @type {any} */ (instantiate)(...given);
    };
  });
  await page.goto(url);
  await until(page, 'Boolean(window.falter)');
  return { page, wrong };
}

/** Listeners of the page, as the browser counts them. @param {Page} page */
async function listeners(page) {
  const session = await page.context().newCDPSession(page);
  let count = 0;
  for (const expression of ['window', 'document', 'document.documentElement', 'document.body', 'window.navigation', 'window.visualViewport']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (!result.objectId) continue;
    count += (await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId })).listeners.length;
  }
  await session.detach();
  return count;
}

/** Asks the page itself where it is: a locator of Playwright's would listen to it from then on. @param {Page} page @param {string} id */
async function press(page, id) {
  const { x, y, width, height } = await ask(page, `document.getElementById('${id}').getBoundingClientRect().toJSON()`);
  await page.mouse.click(x + width / 2, y + height / 2);
}

/**
 * From consent to a card to the end, by real input; throws where anything isn't as it should be.
 * @param {Page} page
 * @param {number} [modules] how often one is to be instantiated
 */
export async function shop(page, modules = 1) {
  const before = await listeners(page);
  assert.equal(await ask(page, 'falter.snapshot().running'), false, 'nothing runs without consent');
  await press(page, 'accept');
  await until(page, 'falter.snapshot().running');
  assert.ok((await listeners(page)) > before, 'it listens');
  await ask(page, 'void falter.record()');

  const { waver } = hand(page, { at: { x: 500, y: 400 } });
  const isShown = "Boolean(document.querySelector('falter-card'))";
  for (const end = Date.now() + CARD_MS; !(await ask(page, isShown)); ) {
    assert.ok(Date.now() < end, `no card: ${JSON.stringify(await ask(page, '[falter.snapshot(), faults]'))}`);
    await waver(400);
  }
  const { risk, decision } = await ask(page, 'falter.snapshot()');
  assert.ok(risk > 0 && risk < 1, `a risk: ${risk}`);
  assert.ok(decision.reason);
  assert.match(await ask(page, 'falter.record()'), /"s":"move"/, 'it hears the pointer');
  assert.ok((await cardText(page)).includes(await saysNo(page)), 'the card is in the language of the page');

  await press(page, 'end');
  assert.deepEqual(
    { running: await ask(page, 'falter.snapshot().running'), shown: await ask(page, isShown), heard: await listeners(page) },
    { running: false, shown: false, heard: before },
    'nothing is left',
  );
  assert.equal(await ask(page, 'engines'), modules, 'one engine was made');
  assert.deepEqual(await ask(page, 'faults'), []);
}

/** @param {Page} page @returns {Promise<string>} */
const cardText = (page) => ask(page, "document.querySelector('falter-card').shadowRoot.textContent");

/** "No, thanks", as the language of the page has it. @param {Page} page @returns {Promise<string>} */
async function saysNo(page) {
  const texts = await readFile(join(ROOT, `js/messages/${await ask(page, 'document.documentElement.lang')}.json`), 'utf8');
  return JSON.parse(texts).labels.no;
}
