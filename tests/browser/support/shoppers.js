/**
 * Shoppers in the demo shop, as scripts. Their timing is fixed beforehand: no script waits for a card, or looks at what
 * falter thinks. Each begins on the home page; those who doubt end where the next thing is another tab.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP, PHONE } from './browser.js';
import { boxOf, hand, middleOf } from './hand.js';
import { thumb } from './thumb.js';

/** @typedef {import('playwright-core').Page} Page */

/** From the pointer's way out to the other tab: finding it takes a moment, ms. */
const FIND_TAB_MS = 2900;

/** Puts a lantern in the cart, reads what shipping costs, wavers, and leaves by the top. @param {Page} page */
export async function doubtsShipping(page) {
  const { move, rest, click, read, waver } = hand(page, { seed: 11, at: { x: 700, y: 460 } });
  await rest(1500);
  await page.mouse.wheel(0, 300);
  await rest(900);
  await click(middleOf(await boxOf(page, 'a[href*="item=lantern"]')), 800);
  await page.waitForURL(/item=lantern/);
  await rest(1800);
  await click(middleOf(await boxOf(page, '#add .primary')), 700);
  await rest(1000);

  const shipping = await boxOf(page, '.terms [data-falter=shipping]');
  await read(shipping, 6000);
  await rest(500);
  await waver(5000);
  await move({ x: 700, y: -40 }, 600);
  await rest(FIND_TAB_MS);
}

/** Puts a sweater in the cart, reads how to send it back, wavers, and leaves by the top. @param {Page} page */
export async function doubtsReturns(page) {
  const { move, rest, click, read, waver, wheel } = hand(page, { seed: 12, at: { x: 760, y: 520 } });
  await rest(1200);
  await click(middleOf(await boxOf(page, '.menu a[href*="c=wear"]')), 900);
  await page.waitForURL(/c=wear/);
  await rest(800);
  await wheel(3);
  await rest(900);
  await click(middleOf(await boxOf(page, 'a[href*="item=sweater"] img')), 800);
  await page.waitForURL(/item=sweater/);
  await rest(1600);
  await wheel(2);
  await rest(1300);
  await wheel(-2);
  await rest(600);
  await click(middleOf(await boxOf(page, '.sizes label:nth-of-type(2)')), 700);
  await rest(900);
  await click(middleOf(await boxOf(page, '#add .primary')), 500);
  await rest(1000);
  await wheel(3);
  await rest(500);

  const returns = await boxOf(page, '.terms [data-falter=returns]');
  await read(returns, 6000);
  await rest(600);
  await waver(5000);
  await move({ x: 620, y: -40 }, 600);
  await rest(FIND_TAB_MS);
}

/** Puts an anorak in the cart, looks at the total and its parts, wavers, and leaves by the top. @param {Page} page */
export async function doubtsTotal(page) {
  const { move, rest, click, read, waver } = hand(page, { seed: 13, at: { x: 700, y: 500 } });
  await rest(1000);
  await click(middleOf(await boxOf(page, '.menu a[href*="c=wear"]')), 900);
  await page.waitForURL(/c=wear/);
  await rest(1000);
  await page.mouse.wheel(0, 300);
  await rest(600);
  await click(middleOf(await boxOf(page, 'a[href*="item=anorak"] img')), 800);
  await page.waitForURL(/item=anorak/);
  await rest(1500);
  await click(middleOf(await boxOf(page, '.sizes label:nth-of-type(2)')), 700);
  await rest(400);
  await click(middleOf(await boxOf(page, '#add .primary')), 500);
  await rest(700);
  await click(middleOf(await boxOf(page, '#done a')), 500);
  await page.waitForURL(/cart/);
  await rest(1200);

  const total = await boxOf(page, '.sums .total');
  const pay = await boxOf(page, '.pay');
  await read(total, 2000);
  await read(pay, 6000);
  await rest(500);
  await waver(5000);
  await move({ x: 700, y: -40 }, 650);
  await rest(FIND_TAB_MS);
}

/** On a phone: reads down to the reviews, dwells on returns, flicks about and up, and is about to switch the app. @param {Page} page */
export async function doubtsReturnsOnPhone(page) {
  const { tap, flick, drag } = await thumb(page);
  await wait(1500);
  await flick({ x: 200, y: 640 }, -360, 260);
  await wait(1400);
  await tap(middleOf(await boxOf(page, 'a[href*="item=sweater"] img')));
  await page.waitForURL(/item=sweater/);
  await wait(1500);
  for (const by of [-330, -360, -300, -340]) {
    await flick({ x: 200, y: 660 }, by, 280);
    await wait(1500);
  }
  // Back to the line about returns, into the middle of the screen.
  for (let drags = 0; drags < 3; drags += 1) {
    const { y } = await boxOf(page, '.terms [data-falter=returns]');
    const by = PHONE.height / 2 - y;
    await drag({ x: 200, y: PHONE.height / 2 - Math.sign(by) * 200 }, Math.max(-420, Math.min(420, by)), 700);
    await wait(200);
  }
  await wait(6000);
  // Over the page once more without reading, then up in one burst: each flick before the last has glided out.
  for (const by of [-300, -320]) {
    await flick({ x: 205, y: 640 }, by, 110);
    await wait(170);
  }
  await wait(250);
  for (const by of [270, 300, 280, 300, 260]) {
    await flick({ x: 200, y: 230 }, by, 100);
    await wait(130);
  }
  await wait(FIND_TAB_MS);
}

/** Uses menu and search, fills the cart and checks out. @param {Page} page */
export async function buys(page) {
  const { move, rest, click, wheel } = hand(page, { seed: 14, at: { x: 720, y: 480 } });
  await rest(1500);
  await wheel(4);
  await rest(1200);
  await wheel(-4);
  // The way to the menu is the way out, as far as the pointer goes.
  await click(middleOf(await boxOf(page, '.menu a[href*="c=kitchen"]')), 650);
  await page.waitForURL(/c=kitchen/);
  await rest(1400);
  await click(middleOf(await boxOf(page, 'a[href*="item=mugs"] img')), 700);
  await page.waitForURL(/item=mugs/);
  await rest(1600);
  await click(middleOf(await boxOf(page, '#add .primary')), 700);
  await rest(1200);

  await click(middleOf(await boxOf(page, '#q')), 650);
  await page.keyboard.type('lantern', { delay: 120 });
  await page.keyboard.press('Enter');
  await page.waitForURL(/search/);
  await rest(1300);
  await click(middleOf(await boxOf(page, 'a[href*="item=lantern"] img')), 700);
  await page.waitForURL(/item=lantern/);
  await rest(2000);
  await click(middleOf(await boxOf(page, '#add .primary')), 700);
  await rest(900);

  await click(middleOf(await boxOf(page, '.header a[href="cart.html"]')), 650);
  await page.waitForURL(/cart/);
  await rest(1800);
  await click(middleOf(await boxOf(page, 'a[href="checkout.html"]')), 700);
  await page.waitForURL(/checkout/);
  await rest(1200);
  const answers = {
    email: 'ada@example.com',
    name: 'Ada Berg',
    street: 'Fjordgata 4',
    zip: '7010',
    city: 'Trondheim',
    number: '4242 4242 4242 4242',
    expiry: '08/29',
    cvc: '123',
  };
  for (const [field, answer] of Object.entries(answers)) {
    const box = await boxOf(page, `#${field}`);
    if (box.y > LAPTOP.height - 80) await wheel(4);
    await click(middleOf(await boxOf(page, `#${field}`)), 500);
    await page.keyboard.type(answer, { delay: 70 });
    await rest(250);
  }
  await wheel(5);
  await move({ x: 720, y: 500 }, 300);
  await click(middleOf(await boxOf(page, '#checkout .primary')), 600);
  await page.waitForURL(/thanks/);
  await rest(2500);
}
