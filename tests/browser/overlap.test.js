/** The card takes nothing from the page: no layout shift, no cover over the field that is in use, none over its bars. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openShop, show } from './support/cards.js';

const SCREENS = [
  [1280, 800],
  [390, 844],
  [320, 568],
];

let shop;
before(async () => (shop = await openShop()));
after(() => shop?.close());

/** Until what was scrolled or focused has been told to the card, and drawn. */
const settled = (page) => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));

/** How much of these the card covers, px². @param {string} selector */
async function covered(page, selector) {
  await settled(page);
  return page.evaluate((selector) => {
    const card = document.querySelector('falter-card').shadowRoot.querySelector('.card').getBoundingClientRect();
    const length = (a, b, c, d) => Math.max(0, Math.min(b, d) - Math.max(a, c));
    return [...document.querySelectorAll(selector)]
      .map((element) => element.getBoundingClientRect())
      .map(({ left, right, top, bottom }) => length(left, right, card.left, card.right) * length(top, bottom, card.top, card.bottom))
      .reduce((sum, area) => sum + area, 0);
  }, selector);
}

for (const layout of ['corner', 'bar', 'modal'])
  for (const classes of ['', 'bars'])
    test(`nothing moves as a card comes and goes: ${layout}${classes && ', a page with bars'}`, async () => {
      const page = await shop.open({ reducedMotion: 'no-preference' }, classes);
      await page.mouse.wheel(0, 120);
      await settled(page);
      const moves = await page.evaluate(async (layout) => {
        await window.shop.show({ layout });
        const moving = document.querySelector('falter-card').shadowRoot.getAnimations();
        await Promise.all(moving.map(({ finished }) => finished));
        return moving.length;
      }, layout);
      assert.ok(moves > 0, 'it comes in moving');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('falter-card'));
      await settled(page);
      assert.equal(await page.evaluate('window.shop.shifted()'), 0);
      assert.deepEqual(await page.evaluate('window.shop.told'), ['dismiss escape']);
      await page.context().close();
    });

for (const layout of ['corner', 'bar', 'modal'])
  test(`nothing moves as a full card comes, is answered and goes: ${layout}`, async () => {
    const page = await shop.open({ reducedMotion: 'no-preference' }, 'bars');
    for (const message of ['alternatives', 'discount', 'payment_methods']) {
      await page.evaluate(async (what) => {
        await window.shop.show(what);
        const { shadowRoot } = document.querySelector('falter-card');
        await Promise.all(shadowRoot.getAnimations().map(({ finished }) => finished));
        // by no input: shifts after one are not counted
        shadowRoot.querySelector('.answer').click();
      }, { layout, message, ask: true });
      await settled(page);
    }
    await page.evaluate(() => document.querySelector('falter-card').shadowRoot.querySelector('.dismiss').click());
    await page.waitForFunction(() => !document.querySelector('falter-card'));
    await settled(page);
    assert.equal(await page.evaluate('window.shop.shifted()'), 0);
    assert.deepEqual(await page.evaluate('window.shop.told'), [...Array(3).fill('answer shipping_cost'), 'dismiss no']);
    await page.context().close();
  });

for (const [width, height] of SCREENS)
  test(`a full card leaves the field in use free, too: ${width} × ${height}`, async () => {
    const page = await shop.open({ viewport: { width, height } }, 'low');
    for (const field of ['[name=name]', '[name=remarks]', '[name=coupon]']) {
      await page.click(field);
      await show(page, { message: 'alternatives', ask: true });
      assert.equal(await covered(page, ':focus'), 0, `${field} clicked, then the card`);
      await page.evaluate('window.shop.close(), document.activeElement.blur()');
      await show(page, { message: 'alternatives', ask: true });
      await page.focus(field);
      assert.equal(await covered(page, ':focus'), 0, `the card, then ${field}`);
      await page.evaluate('window.shop.close()');
    }
    await page.context().close();
  });

test('a shift would be seen', async () => {
  const page = await shop.open();
  await page.evaluate(() => document.querySelector('main').prepend(Object.assign(document.createElement('div'), { textContent: 'Sale!' })));
  await page.waitForFunction('window.shop.shifted() > 0');
  await page.context().close();
});

for (const [width, height] of SCREENS)
  for (const layout of ['corner', 'bar'])
    test(`the field in use is free: ${layout} at ${width} × ${height}`, async () => {
      const page = await shop.open({ viewport: { width, height } }, 'low');
      const fields = ['[name=name]', '[name=country]', '[name=remarks]', 'iframe', '[name=coupon]'];
      for (const field of fields) {
        await page.click(field);
        await show(page, { layout, message: 'help' });
        assert.equal(await covered(page, ':focus'), 0, `${field} clicked, then the card`);
        await page.evaluate('window.shop.close()');
      }
      await page.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
      await show(page, { layout, message: 'help' });
      await page.click('h1');
      const tabbed = new Set();
      for (let tab = 0; tab < 7; tab += 1) {
        await page.keyboard.press('Tab');
        tabbed.add(await page.evaluate('document.activeElement.name'));
        assert.equal(await covered(page, 'input:focus,select:focus,textarea:focus,iframe:focus'), 0, `after ${tab + 1} tabs`);
      }
      for (const name of ['name', 'country', 'remarks', 'coupon']) assert.ok(tabbed.has(name), `${name} had the focus`);
      await page.focus('[name=remarks]');
      for (let turn = 0; turn < 12; turn += 1) {
        await page.mouse.wheel(0, turn < 6 ? 90 : -90);
        assert.equal(await covered(page, ':focus'), 0, `scrolled ${turn + 1} times`);
      }
      await page.context().close();
    });

for (const [width, height] of SCREENS)
  for (const layout of ['corner', 'bar'])
    test(`the page's bars are free: ${layout} at ${width} × ${height}`, async () => {
      const page = await shop.open({ viewport: { width, height } }, 'bars');
      for (const lang of ['en', 'ar']) {
        await show(page, { layout, lang });
        assert.equal(await covered(page, 'header,footer'), 0, lang);
        await page.mouse.wheel(0, 300);
        assert.equal(await covered(page, 'header,footer'), 0, 'scrolled');
        // the card moves out of its way, and not onto the other bar
        await page.focus('[name=remarks]');
        assert.equal(await covered(page, 'header,footer'), 0, 'a field is in use');
        await page.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
      }
      await page.evaluate(() => document.documentElement.classList.remove('bars'));
      await page.mouse.wheel(0, 20);
      await settled(page);
      const low = await page.evaluate(() => innerHeight - document.querySelector('falter-card').shadowRoot.querySelector('section').getBoundingClientRect().bottom);
      assert.ok(low <= 20, 'where there is no bar it stands at the bottom');
      await page.context().close();
    });
