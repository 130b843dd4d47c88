/**
 * The core in three engines: Chromium, Firefox and WebKit, each with trusted input. Starts under a strict policy, hears a hand, comes
 * to the risks of the native replay bit for bit, shows its card, and leaves nothing behind.
 *
 * The tables of README.md and docs/browsers.md are made from what happens here: `FALTER_WRITE=1 node --test tests/browser/browsers.test.js`.
 */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CHROMIUM, openBrowser } from './support/browser.js';
import { feed } from './support/feed.js';
import { FIREFOX, openFirefox } from './support/firefox.js';
import { hand, middleOf } from './support/hand.js';
import { assertReplays, replay } from './support/native.js';
import { NONCE, serveShop } from './support/strict.js';
import { openWebKit, WEBKIT } from './support/webkit.js';

const SELF = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'";
/** No WebAssembly; and what is imported has no other leave to run than the tag's nonce. */
const BLOCKED = `script-src 'nonce-${NONCE}'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
/** Where the table stands, the one that names the browsers at its top. */
const TOLD = ['docs/browsers.md', 'README.md'].map((file) => new URL(`../../${file}`, import.meta.url));
const TABLE = /\| +\| Chromium .*\n(?:\|.*\n)+/;
const SESSION = new URL('../sessions/mouse-buys.ndjson', import.meta.url);
const CARD_WITHIN_MS = 20_000;

/** Chromium in the form of the others. @returns {Promise<import('./support/driven.js').Browser>} */
async function openChromium() {
  const { newPage, close } = await openBrowser();
  const page = await newPage();
  const [, version] = /Chrome\/(\d+)/.exec(await page.evaluate('navigator.userAgent')) ?? [];
  return { name: 'Chromium', version, page, close };
}

/** What is shown of each browser, in the table's order. */
const SHOWN = [
  'starts from its tag, under a strict policy',
  'hears the hand: pointer, wheel, click, sections, cart',
  'risks as the native replay has them, bit for bit',
  'the card',
  'stop leaves nothing',
  'a session over two pages',
  'without WebAssembly, by a nonce alone: the same risks',
];
/** Of those that were there. @type {string[]} */
const versions = [];
/** What of it was seen in each. @type {boolean[][]} */
const passed = SHOWN.map(() => []);

/** @type {[name: string, program: string | undefined, open: typeof openFirefox][]} */
const BROWSERS = [
  ['Chromium', CHROMIUM, openChromium],
  ['Firefox', FIREFOX, openFirefox],
  ['WebKit', WEBKIT, openWebKit],
];

for (const [name, program, open] of BROWSERS)
  test(name, { skip: !program && process.env.CI !== 'true' && `${name} is not there` }, async (t) => {
    const browser = await open();
    const { page } = browser;
    const free = await serveShop({ 'content-security-policy': SELF }, { head: '<script src="/watch.js"></script>' });
    const blocked = await serveShop({ 'content-security-policy': BLOCKED });
    t.after(async () => {
      await browser.close();
      await Promise.all([free.close(), blocked.close()]);
    });
    /** One line of the table. @param {number} line @param {() => Promise<void>} see */
    const show = (line, see) => t.test(SHOWN[line], () => see().then(() => void (passed[line][versions.length] = true)));
    const ask = (/** @type {string} */ expression) => page.evaluate(expression);
    const clean = async () => assert.deepEqual(await ask('[shop.faults, shop.pageErrors, shop.violations]'), [[], [], []]);
    const { click, move, waver } = hand(/** @type {any} */ (page), { at: { x: 500, y: 400 } });
    const boxOf = (/** @type {string} */ selector) => ask(`document.querySelector('${selector}').getBoundingClientRect().toJSON()`);
    let recording = '';

    await show(0, async () => {
      await page.goto(`${free.url}/`);
      await ask('shop.started');
      assert.equal(await ask('falter.snapshot().running'), true);
      await clean();
    });

    await show(3, async () => {
      await move({ x: 300, y: 200 }, 600);
      await page.mouse.wheel(0, 200);
      await wait(400);
      await page.mouse.wheel(0, -200);
      await wait(400);
      await click(middleOf(await boxOf('#add')), 600);
      for (const end = Date.now() + CARD_WITHIN_MS; !(await ask(`Boolean(document.querySelector('falter-card'))`)); await waver(600))
        assert.ok(Date.now() < end, `no card: ${JSON.stringify(await ask('[shop.risks.at(-1), shop.faults]'))}`);
      // it slides in
      await wait(600);
      const { text, box, width, height } = await page.evaluate(() => {
        const card = /** @type {HTMLElement} */ (document.querySelector('falter-card')?.shadowRoot?.querySelector('.card'));
        return { text: card.innerText, box: card.getBoundingClientRect().toJSON(), width: innerWidth, height: innerHeight };
      });
      assert.ok(text.length > 10, text);
      assert.ok(box.width > 200 && box.width < 500 && box.height > 50, JSON.stringify(box));
      assert.ok(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height, `${JSON.stringify(box)} in ${width} x ${height}`);
    });

    await show(1, async () => {
      await page.mouse.move(400, 300);
      await wait(600);
      recording = await ask('falter.record()');
      const kinds = recording.split('\n').filter(Boolean).map((line) => JSON.parse(line).s);
      for (const kind of ['page', 'facts', 'move', 'down', 'up', 'click', 'scroll', 'cart', 'hover']) assert.ok(kinds.includes(kind), `${kind}: ${[...new Set(kinds)]}`);
      assert.ok(kinds.filter((kind) => kind === 'move').length > 20);
    });

    await show(2, async () => {
      const risks = await ask('shop.risks');
      assert.ok(risks.length > 15, `${risks.length} ticks`);
      await assertReplays(recording, risks);
    });

    await show(4, async () => {
      const held = await ask('held()');
      assert.ok(held.listeners.length > 20 && held.timers > 0 && held.observers > 0, JSON.stringify(held));
      await ask('falter.stop()');
      assert.deepEqual(await ask('held()'), { listeners: [], timers: 0, observers: 0 });
      const ticks = await ask('shop.risks.length');
      await move({ x: 600, y: 500 }, 500);
      await wait(500);
      assert.equal(await ask('shop.risks.length'), ticks);
      assert.equal(await ask(`document.querySelectorAll('falter-card').length`), 0);
      assert.equal(await ask('falter.snapshot().running'), false);
      await clean();
    });

    await show(5, async () => {
      await page.goto(`${free.url}/?granted`);
      await ask('shop.started');
      await move({ x: 400, y: 300 }, 800);
      await page.goto(`${free.url}/?granted&second`);
      await ask('shop.started');
      await move({ x: 600, y: 400 }, 1500);
      const [recording, risks] = await ask('[falter.record(), shop.risks]');
      for (const kind of ['pagehide', 'pageshow']) assert.ok(recording.includes(`"s":"${kind}"`), kind);
      assert.ok(risks.length > 3 && risks[0].t >= 750, JSON.stringify(risks[0]));
      await assertReplays(recording, risks);
      await ask('falter.forget()');
      await clean();
    });

    await show(6, async () => {
      await page.goto(`${blocked.url}/`);
      await ask('shop.started');
      assert.equal(await ask('falter.snapshot().running'), true);
      assert.deepEqual(await ask('[shop.faults, shop.pageErrors]'), [[], []]);
      const loaded = await ask(`performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())`);
      assert.ok(loaded.includes('falter.nowasm.js') && !loaded.includes('falter.wasm'), String(loaded));
      await move({ x: 300, y: 300 }, 1200);
      await wait(600);
      const [own, risks] = await ask('[falter.record(), shop.risks]');
      assert.ok(risks.length > 3);
      await assertReplays(own, risks);
      const given = await readFile(SESSION, 'utf8');
      const [first, ...lines] = given.trim().split('\n');
      const whole = { header: JSON.parse(first), lines, state: null, isLast: true };
      await page.goto(`${free.url}/`);
      const { ticks } = await page.evaluate(feed, { ...whole, plain: true });
      const { ticks: fast } = await page.evaluate(feed, whole);
      assert.deepEqual(ticks, fast, 'as WebAssembly and as plain JavaScript');
      assert.deepEqual(ticks.map(([time]) => time), (await replay(given)).map(({ t: time }) => time));
    });
    versions.push(`${browser.name} ${/^\d+(\.\d+)?/.exec(browser.version)?.[0]}`);
  });

test('README.md and docs/browsers.md say what was seen', { skip: !(FIREFOX && WEBKIT) && 'not all are there' }, async () => {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |\n`;
  const rows = SHOWN.map((what, place) => line([what, ...versions.map((_, browser) => (passed[place][browser] ? 'yes' : 'no'))]));
  const table = line(['', ...versions]) + line(['---', ...versions.map(() => '---')]) + rows.join('');
  // whatever versions are here
  const numberless = (/** @type {string} */ text) => text.replace(/ \d+(\.\d+)?(?= \|)/g, '');
  for (const file of TOLD) {
    const text = await readFile(file, 'utf8');
    const [told] = TABLE.exec(text) ?? [''];
    if (process.env.FALTER_WRITE) await writeFile(file, text.replace(TABLE, table));
    else assert.equal(numberless(told), numberless(table), `${file.pathname}: FALTER_WRITE=1 makes it again`);
  }
});
