/** One visit to a trap's page, by a buyer or by the one who leaves. */

import { setTimeout as wait } from 'node:timers/promises';
import { LAPTOP, PHONE } from '../support/browser.js';
import { listen } from '../support/heard.js';
import { atKeys, atMouse, onPhone, seedOf } from './people.js';
import { buys, doubts, doubtsHere, WAYS } from './stories.js';

/** What was on its way when the visit ended has come by then. */
const SETTLED_MS = 250;
/** A script that hangs is an error, not a long visit. */
const LONGEST_MS = 90_000;

/**
 * @typedef {import('./people.js').Person} Person
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Around what is around the shop's tab
 * @property {Page} other another tab
 * @property {'buyer' | 'twin'} role
 *
 * @typedef {object} Trap
 * @property {string} name as its page's
 * @property {string} what is done, in a few words
 * @property {'mouse' | 'phone' | 'keys'} [who] mouse, if none
 * @property {(page: Page, seed: number) => Promise<Person> | Person} [enters] another than these
 * @property {(person: Person, around: Around) => Promise<unknown>} [before] before the page is there
 * @property {(person: Person, around: Around) => Promise<unknown>} does what fools others
 * @property {(person: Person, around: Around) => Promise<unknown>} [buys] how a buyer goes on, if not as all do
 * @property {(person: Person, around: Around) => Promise<unknown>} [doubts] what the doubt looks like here, if not as everywhere
 * @property {string} [way] out, of the one who leaves: one of WAYS, or, where there is no mouse, none
 * @property {boolean} [closes] the tab is closed; else another comes to the front
 * @property {string} [simulated] what could not be had here, and what was done instead
 */

/** @type {Record<string, (page: Page, seed: number) => Promise<Person> | Person>} */
const PEOPLE = { mouse: atMouse, phone: onPhone, keys: atKeys };
/** A cart that fits on a phone's screen is nothing to flick about on, so there the doubt is had on the product's page. */
const DOUBTS = { mouse: doubts, phone: doubtsHere, keys: doubts };
/** Who has no pointer to go out with puts the phone down, or presses the keys of the system, which no page hears of. */
const leaveByHand = ({ about }) => wait(about(1600));

/**
 * @param {{ newPage: (worn?: import('../support/browser.js').Screen) => Promise<Page> }} browser
 * @param {Page} other
 * @param {Awaited<ReturnType<typeof import('./shop.js').openTraps>>} shop
 * @param {Trap} trap
 * @param {'buyer' | 'twin'} role
 * @param {number} seed of the hands
 * @returns {Promise<import('./judge.js').Visit>}
 */
export async function visit(browser, other, shop, trap, role, seed) {
  const { name, who = 'mouse', enters = PEOPLE[who]} = trap;
  const words = `${name}-${role}-${seed}`;
  await other.bringToFront();
  const page = await browser.newPage(who === 'phone' ? PHONE : LAPTOP);
  const heard = await listen(page);
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('crash', () => faults.push('the page crashed'));
  await page.bringToFront();
  const around = { other, role };
  const person = await enters(page, seedOf(words));
  const began = Date.now();
  let [acted, ended] = [0, 0];
  const live = async () => {
    await trap.before?.(person, around);
    // an origin of its own: to falter, somebody who comes again is another shopper
    await page.goto(shop.url(name, `${words}-${trap.way ?? who}`));
    await person.rest(1200);
    await trap.does(person, around);
    acted = Date.now();
    if (role === 'buyer') {
      await (trap.buys ?? buys)(person, around);
      ended = Date.now();
      return;
    }
    await (trap.doubts ?? DOUBTS[who])(person, around);
    await (trap.way ? WAYS[trap.way] : leaveByHand)(person);
    ended = Date.now();
    if (trap.closes) await page.close({ runBeforeUnload: false });
    else await other.bringToFront();
  };
  const patience = new AbortController();
  try {
    const late = wait(LONGEST_MS, undefined, { signal: patience.signal }).then(() => Promise.reject(new Error('it took too long')));
    await Promise.race([live(), late]);
  } catch (error) {
    faults.push(String(error));
    ended ||= Date.now();
  }
  patience.abort();
  await wait(SETTLED_MS);
  faults.push(...heard.of('error').map(({ detail }) => `falter: ${JSON.stringify(detail)}`));
  if (!heard.of('decision').length) faults.push('falter was not at work');
  if (!page.isClosed()) await page.close();
  const first = (/** @type {string} */ type) => heard.of(type)[0]?.at;
  const alarms = { falter: first('show'), ouibounce: first('ouibounce'), 'use-exit-intent': first('use-exit-intent') };
  return { role, began, acted, doubted: person.doubted, ended, alarms, trail: heard.trail(), faults };
}
