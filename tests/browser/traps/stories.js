/** What comes after a trap: a buyer goes on, or a doubt sets in and the person goes. The same for all, so that only the trap differs. */

import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('./people.js').Person} Person */

/** From the pointer's way out to the other tab: finding it takes a moment, ms. As in support/shoppers.js. */
const FIND_TAB_MS = 2900;

/** A buyer: chooses, puts it in the cart, and goes on to the checkout. At least ten seconds more. @param {Person} person */
export async function buys({ rest, press, browse, type, page }) {
  await rest(900);
  await press('#add');
  await rest(700);
  await browse(1500);
  await press('.basket');
  await page.waitForURL(/cart/);
  await rest(1200);
  await press('.go');
  await page.waitForURL(/checkout/);
  await rest(900);
  await press('#email');
  await type('ada@fjord.no');
  await rest(600);
}

/**
 * In doubt over what it comes to, in the cart or at the checkout: looks at the total and at what shipping costs, wavers.
 * @param {Person} person
 */
export async function doubtsTotal(person) {
  const { rest, study, waver } = person;
  await rest(900);
  person.doubted = Date.now();
  await study('[data-falter=total]', 2000);
  await study('[data-falter=shipping]', 3600);
  await rest(400);
  await waver(3800);
}

/**
 * Puts it in the cart, goes there, and sees that shipping comes on top: what most carts are left over (Baymard Institute).
 * @param {Person} person
 */
export async function doubts(person) {
  const { rest, press, page } = person;
  await rest(600);
  await press('#add');
  await rest(600);
  await press('.basket');
  await page.waitForURL(/cart/);
  await doubtsTotal(person);
}

/**
 * The same doubt, but without a look into the cart: reads the line about shipping, looks for more of it further down, goes back up and
 * wavers.
 * @param {Person} person
 */
export async function doubtsHere(person) {
  const { rest, press, study, skim, waver } = person;
  await rest(600);
  await press('#add');
  await rest(700);
  person.doubted = Date.now();
  await study('[data-falter=shipping]', 3600);
  await skim();
  await waver(3800);
}

/**
 * Ways out of a desktop's page, up to the moment the shopper is gone. All twins take the first, the commonest (Brückner, Arapakis and
 * Leiva, CIKM 2020; src/train/simulate/leave.rs), and the one that every one of the three listens for; the others are tried on one page
 * and told of beside.
 * @type {Record<string, (person: Person) => Promise<unknown>>}
 */
export const WAYS = {
  /** To the tabs, the address bar or the close button. */
  top: async ({ hand, about, roll }) => {
    await hand.move({ x: 200 + 900 * roll(), y: -30 - 30 * roll() }, about(550));
    await wait(FIND_TAB_MS);
  },
  /** Down to the task bar or the dock. */
  bottom: async ({ hand, about, roll }) => {
    await hand.move({ x: 300 + 600 * roll(), y: 830 }, about(550));
    await wait(FIND_TAB_MS);
  },
  /** What is to be looked up elsewhere is copied, and the tabs are gone to. */
  copied: async ({ hand, about, roll, page, spot, rest }) => {
    const { x, y } = await spot('.line');
    await hand.move({ x, y }, about(600));
    await page.mouse.click(x, y, { clickCount: 3, delay: 60 });
    await wait(about(300));
    await page.keyboard.press('Control+c');
    await rest(600);
    await hand.move({ x: 200 + 900 * roll(), y: -40 }, about(550));
    await wait(FIND_TAB_MS);
  },
  /** In the middle of a movement: a notification, Alt+Tab with the other hand. */
  midway: async ({ hand, about }) => {
    await hand.waver(about(900));
    await wait(about(250));
  },
  /** Nothing more is done, then the person is gone. */
  silent: async ({ about }) => wait(about(4500)),
};
