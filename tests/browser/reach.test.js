/** Who can reach the card, and how: names for screen readers, keys alone, zoom, small screens. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CODES, COMMON, LAYOUTS, MESSAGES, openShop, show } from './support/cards.js';

/** WCAG 2.2, target size (minimum), px. */
const TARGET_MIN = 24;
/** Two lines of the card's text are higher, px. */
const LINE_MAX = 30;

let shop;
before(async () => (shop = await openShop()));
after(() => shop?.close());

const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement.shadowRoot?.activeElement?.getAttribute('part') ?? activeElement.localName;
  });

/** The card as a screen reader has it, but for the announcement, which a clock of its own takes away (card.test.js). */
async function tree(page) {
  await page.evaluate(() => document.querySelector('falter-card').shadowRoot.querySelector('.heard').remove());
  return page.locator('falter-card .card').ariaSnapshot();
}

for (const layout of LAYOUTS)
  test(`a screen reader is told all there is, and no drawings: ${layout}`, async () => {
    const page = await shop.open();
    await show(page, { layout, message: 'instalments' });
    const role = layout === 'modal' ? 'dialog' : 'complementary';
    assert.equal(
      await tree(page),
      `- ${role} "A note from the shop":
  - paragraph: Pay in 4 with Klarna
  - paragraph: Spread €52.60 over 4 payments. Also in 12 with PayPal.
  - list:
    - listitem: €13.15
    - listitem: €13.15
    - listitem: €13.15
    - listitem: €13.15
  - link "See my cart":
    - /url: "#cart"
  - button "No, thanks"
  - button "Close"`,
    );
    await page.context().close();
  });

test('a screen reader is told of a code, and that something is asked', async () => {
  const page = await shop.open();
  await show(page, { message: 'discount', ask: true });
  assert.equal(
    await tree(page),
    `- complementary "A note from the shop":
  - paragraph: 10% off your order
  - paragraph: The code takes €5.26 off your cart of €52.60.
  - textbox "Discount code": TARN10
  - link "See my cart":
    - /url: "#cart"
  - button "No, thanks"
  - group "What’s missing?":
    - status: What’s missing?
    - button "Shipping costs"
    - button "Returns"
    - button "The right fit"
    - button "My budget"
    - button "Comparing prices"
    - button "Safe payment"
    - button "Just looking"
  - button "Close"`,
  );
  await page.context().close();
});

test('a screen reader is told of alternatives by name and price', async () => {
  const page = await shop.open();
  await show(page, { message: 'alternatives' });
  assert.equal(
    await tree(page),
    `- complementary "A note from the shop":
  - paragraph: Or perhaps one of these?
  - list:
    - listitem:
      - link "Fell wool blanket €89":
        - /url: "#/blanket"
    - listitem:
      - link "Trefot camp stool €74.50":
        - /url: "#/stool"
  - link "See the first":
    - /url: "#/blanket"
  - button "No, thanks"
  - button "Close"`,
  );
  await page.context().close();
});

for (const layout of LAYOUTS)
  test(`an answer by keys alone is thanked for in place, and keeps the focus: ${layout}`, async () => {
    const page = await shop.open();
    await page.focus('[name=name]');
    await show(page, { layout, message: 'stock_left', ask: true });
    const chip = page.locator('falter-card .answer').nth(2);
    const key = layout === 'inline' ? 'Shift+Tab' : 'Tab';
    const isHere = () => chip.evaluate((chip) => chip.getRootNode().activeElement === chip);
    let from = await page.evaluate(() => document.querySelector('[name=name]').outerHTML);
    for (let tab = 0; !(await isHere()); tab += 1) {
      assert.ok(tab < 20, 'it can be reached');
      from = await page.evaluate((last) => (document.activeElement.matches('falter-card') ? last : document.activeElement.outerHTML), from);
      await page.keyboard.press(key);
    }
    const before = await chip.boundingBox();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await chip.press('Enter');
    assert.deepEqual(await page.evaluate('window.shop.told'), ['answer fit'], 'once');
    assert.ok(await isHere(), 'the focus is where it was');
    assert.deepEqual(await chip.boundingBox(), before, 'and so is the answer');
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('falter-card .ask [role=status]').textContent(), 'Thank you, that helps us.');
    assert.equal(await page.locator('falter-card .answer:enabled').count(), 1);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('falter-card'));
    assert.deepEqual(await page.evaluate('window.shop.told'), ['answer fit', 'dismiss escape']);
    assert.equal(await page.evaluate('document.activeElement.outerHTML'), from, 'the focus goes back to where it came from');
    await page.context().close();
  });

for (const layout of LAYOUTS)
  test(`what the shop opens keeps the focus it takes: ${layout}`, async () => {
    const page = await shop.open();
    await page.focus('[name=name]');
    await page.evaluate(() => (window.shop.opened = () => document.querySelector('[name=remarks]').focus()));
    await show(page, { layout, message: 'chat' });
    await page.locator('falter-card .accept').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.querySelector('falter-card'));
    assert.deepEqual(await page.evaluate('window.shop.told'), ['act button', 'chat']);
    assert.equal(await page.evaluate('document.activeElement.name'), 'remarks');
    await page.context().close();
  });

test('a code is selected as it gets the focus, by keys and by a press; a dialog begins with its act', async () => {
  const page = await shop.open();
  const selected = () =>
    page.locator('falter-card .code').evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  await show(page, { message: 'discount' });
  await page.locator('falter-card .code').click();
  assert.equal(await selected(), 'TARN10');
  await page.keyboard.type('X');
  assert.equal(await page.locator('falter-card .code').inputValue(), 'TARN10');
  await show(page, { message: 'discount', layout: 'modal' });
  assert.equal(await focused(page), 'accept');
  await page.keyboard.press('Shift+Tab');
  assert.deepEqual([await focused(page), await selected()], ['code', 'TARN10']);
  await page.context().close();
});

test('an alternative is followed by its own link, and tells it', async () => {
  const page = await shop.open();
  await show(page, { message: 'alternatives' });
  await page.locator('falter-card .link').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('falter-card'));
  assert.deepEqual(await page.evaluate('window.shop.told'), ['act link']);
  assert.match(page.url(), /#\/stool$/);
  await page.context().close();
});

for (const layout of LAYOUTS.filter((layout) => layout !== 'modal'))
  test(`keys alone, and the focus is where the shopper put it: ${layout}`, async () => {
    const page = await shop.open();
    await page.focus('[name=name]');
    await show(page, { layout });
    await page.waitForTimeout(150);
    assert.equal(await focused(page), 'input', 'after the announcement, too');
    await page.keyboard.type('Ada');
    assert.equal(await page.inputValue('[name=name]'), 'Ada');
    // before the form it stands in its slot, else after all of the page
    const key = layout === 'inline' ? 'Shift+Tab' : 'Tab';
    const parts = ['accept', 'dismiss', 'close'];
    for (let tab = 0; (await focused(page)) !== (layout === 'inline' ? 'close' : 'accept'); tab += 1) {
      assert.ok(tab < 12, 'it can be reached');
      await page.keyboard.press(key);
    }
    for (const part of layout === 'inline' ? parts.toReversed() : parts) {
      assert.equal(await focused(page), part);
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement.shadowRoot.activeElement);
        return outlineStyle + outlineWidth;
      });
      assert.equal(outline, 'solid3px', `${part} shows that it has the focus`);
      await page.keyboard.press(key);
    }
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('falter-card'));
    assert.deepEqual(await page.evaluate('window.shop.told'), ['dismiss escape']);
    await page.context().close();
  });

test('a dialog keeps the focus, and Space says no', async () => {
  const page = await shop.open();
  await page.focus('[name=name]');
  await show(page, { layout: 'modal' });
  const met = new Set();
  for (let tab = 0; tab < 8; tab += 1) {
    met.add(await focused(page));
    await page.keyboard.press('Tab');
  }
  // the browser's own bar is part of the round; nothing of the page is
  met.delete('body');
  assert.deepEqual([...met].sort(), ['accept', 'close', 'dismiss']);
  while ((await focused(page)) !== 'dismiss') await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => !document.querySelector('falter-card'));
  assert.deepEqual(await page.evaluate('window.shop.told'), ['dismiss no']);
  assert.equal(await focused(page), 'input');
  await page.context().close();
});

/** @type {[name: string, look: import('./support/cards.js').Look][]} */
const SCREENS = [
  ['1280 px', {}],
  ['200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  // also what 400 % makes of 1280
  ['320 px', { viewport: { width: 320, height: 568 } }],
];
for (const [screen, look] of SCREENS)
  test(`every text in every language fits at ${screen}`, async () => {
    const page = await shop.open(look);
    for (const lang of CODES)
      for (const layout of LAYOUTS) {
        const faults = await page.evaluate(
          async ({ lang, layout, messages, common, TARGET_MIN, LINE_MAX }) => {
            const faults = [];
            for (const message of messages) {
              await window.shop.show({ lang, layout, message, ask: !common.includes(message) });
              const blame = (what) => faults.push(`${lang} ${layout} ${message}: ${what}`);
              const card = document.querySelector('falter-card').shadowRoot.querySelector('.card');
              const box = card.getBoundingClientRect();
              if (document.documentElement.scrollWidth > innerWidth) blame('the page scrolls sideways');
              if (card.scrollWidth > card.clientWidth) blame('the card scrolls sideways');
              if (layout !== 'inline' && (box.top < 0 || box.bottom > innerHeight)) blame(`${box.top} to ${box.bottom}`);
              const isIn = ({ left, right }) => left >= box.left && right <= box.right;
              for (const part of card.querySelectorAll('.title, .body, .code, .question, li, button, a')) {
                const place = part.getBoundingClientRect();
                if (!isIn(place)) blame(`${part.className} sticks out`);
                if (part.scrollWidth > part.clientWidth + 1) blame(`${part.className} does not hold its words`);
              }
              for (const target of card.querySelectorAll('button, a, input')) {
                const { width, height } = target.getBoundingClientRect();
                if (Math.min(width, height) < TARGET_MIN) blame(`${target.className} is ${width} × ${height}`);
              }
              for (const step of card.querySelectorAll('ol li')) {
                const words = document.createRange();
                words.selectNodeContents(step);
                if (words.getBoundingClientRect().height > LINE_MAX) blame(`${step.textContent} is broken`);
              }
            }
            return faults;
          },
          { lang, layout, messages: MESSAGES, common: COMMON, TARGET_MIN, LINE_MAX },
        );
        assert.deepEqual(faults, []);
      }
    await page.context().close();
  });
