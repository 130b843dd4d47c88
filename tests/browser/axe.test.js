/** The card before axe-core: every layout in every theme and language, and every message in every language. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CODES, COMMON, FURTHER, LAYOUTS, openShop, show } from './support/cards.js';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
/** @type {[name: string, look: import('./support/cards.js').Look, classes: string][]} */
const THEMES = [
  ['light', { colorScheme: 'light' }, ''],
  ['dark', { colorScheme: 'dark' }, ''],
  ['a custom accent', { colorScheme: 'light' }, 'violet'],
];

/** The common messages, and the others with a question after them. @type {[messages: string[], ask: boolean][]} */
const HALVES = [
  [COMMON, false],
  [FURTHER, true],
];

let shop;
before(async () => (shop = await openShop()));
after(() => shop?.close());

/** What axe finds, in one line each; what it cannot decide about the card counts, too. */
async function findings(page) {
  return page.evaluate(async () => {
    const { violations, incomplete, passes } = await window.axe.run(document, { iframes: false });
    const isOfCard = ({ target }) => target.flat().includes('falter-card');
    const line = (id, { html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ''}`;
    return {
      blamed: [
        ...violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node))),
        ...incomplete.flatMap(({ id, nodes }) => nodes.filter(isOfCard).map((node) => line(id, node))),
      ],
      // proof that it looked into the card
      seen: passes.flatMap(({ nodes }) => nodes).filter(isOfCard).length,
    };
  });
}

for (const [theme, look, classes] of THEMES)
  for (const [place, layout] of LAYOUTS.entries())
    test(`axe-core finds nothing: ${layout} in ${theme}`, async () => {
      const page = await shop.open(look, classes);
      await page.addScriptTag({ path: AXE });
      for (const [turn, lang] of CODES.entries()) {
        // twelve layouts and themes: every message comes up in every language
        const step = THEMES.findIndex(([name]) => name === theme) * LAYOUTS.length + place + turn;
        for (const [half, ask] of HALVES) {
          const message = half[step % half.length];
          await show(page, { lang, layout, message, ask });
          const { blamed, seen } = await findings(page);
          assert.deepEqual(blamed, [], `${lang} ${message}`);
          assert.ok(seen > 10, `${seen} checks of the card`);
        }
      }
      await page.context().close();
    });

test('axe-core finds nothing: answered', async () => {
  for (const [, look, classes] of [...THEMES, ['forced colours', { forcedColors: /** @type {const} */ ('active') }, '']]) {
    const page = await shop.open(look, classes);
    await page.addScriptTag({ path: AXE });
    await show(page, { message: 'help', ask: true });
    await page.locator('falter-card .answer').nth(2).click();
    assert.deepEqual((await findings(page)).blamed, []);
    await page.context().close();
  }
});

test('axe-core would find what is wrong with a card', async () => {
  const page = await shop.open({}, 'violet');
  await page.addScriptTag({ path: AXE });
  await show(page);
  await page.evaluate(() => {
    document.documentElement.style.setProperty('--falter-on-accent', '#7c3aed');
    document.querySelector('falter-card').shadowRoot.querySelector('.close').removeAttribute('aria-label');
  });
  const { blamed } = await findings(page);
  assert.deepEqual(blamed.map((line) => line.split(':')[0]), ['button-name', 'color-contrast']);
});
