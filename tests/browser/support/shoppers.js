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
const FIND_TAB_MS = 2600;

/** Puts a lantern in the cart, reads what shipping costs, wavers, and leaves by the top. @param {Page} page */
export async function doubtsShipping(page) {
  const { move, rest, click, read } = hand(page, { seed: 11, at: { x: 700, y: 460 } });
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
  const price = middleOf(await boxOf(page, '.price'));
  const button = middleOf(await boxOf(page, '#add .primary'));
  await move(price, 500);
  await rest(500);
  await move(middleOf(shipping), 450);
  await rest(600);
  await move({ x: button.x - 60, y: button.y + 30 }, 500);
  await rest(700);
  await move({ x: price.x + 160, y: -4 }, 600);
  await rest(FIND_TAB_MS);
}

/** Looks at a sweater's sizes and how to send it back, wavers, and leaves by the top. @param {Page} page */
export async function doubtsReturns(page) {
  const { move, rest, click, read } = hand(page, { seed: 12, at: { x: 760, y: 520 } });
  await rest(1200);
  await click(middleOf(await boxOf(page, '.menu a[href*="c=wear"]')), 900);
  await page.waitForURL(/c=wear/);
  await rest(1200);
  await click(middleOf(await boxOf(page, 'a[href*="item=sweater"] img')), 800);
  await page.waitForURL(/item=sweater/);
  await rest(1600);
  const sizes = await boxOf(page, '.sizes');
  await move(middleOf(sizes), 600);
  await rest(900);

  const returns = await boxOf(page, '.terms [data-falter=returns]');
  await read(returns, 6000);
  await move({ x: sizes.x + 60, y: sizes.y + 45 }, 550);
  await rest(500);
  await move(middleOf(returns), 500);
  await rest(700);
  await move(middleOf(await boxOf(page, '.gallery .main')), 700);
  await rest(600);
  await move({ x: 620, y: -4 }, 600);
  await rest(FIND_TAB_MS);
}

/** Puts an anorak in the cart, looks at the total and its parts, wavers, and leaves by the top. @param {Page} page */
export async function doubtsTotal(page) {
  const { move, rest, click, read } = hand(page, { seed: 13, at: { x: 700, y: 500 } });
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
  await move(middleOf(total), 500);
  await rest(700);
  await move(middleOf(pay), 400);
  await rest(700);
  await move(middleOf(await boxOf(page, '.lines li')), 700);
  await rest(600);
  await move({ x: 700, y: -4 }, 650);
  await rest(FIND_TAB_MS);
}

/** On a phone: dwells on returns, flicks up to the top, and is about to switch the app. @param {Page} page */
export async function doubtsReturnsOnPhone(page) {
  const { tap, swipe } = await thumb(page);
  await wait(1500);
  await swipe({ x: 200, y: 640 }, -360, 260);
  await wait(1400);
  await tap(middleOf(await boxOf(page, 'a[href*="item=sweater"] img')));
  await page.waitForURL(/item=sweater/);
  await wait(1500);
  await swipe({ x: 200, y: 640 }, -330, 300);
  await wait(1800);
  const { y } = await boxOf(page, '.terms [data-falter=returns]');
  // A slow drag does not glide on: it ends with the line in the middle of the screen.
  await swipe({ x: 200, y: 720 }, -Math.min(620, y - PHONE.height / 2 + 40), 1400);
  await wait(6000);
  await swipe({ x: 210, y: 520 }, 60, 400);
  await wait(1400);
  for (let flicks = 0; flicks < 3; flicks += 1) {
    await swipe({ x: 200, y: 300 }, 330, 130);
    await wait(260);
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
