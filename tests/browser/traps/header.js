/** On the way to what shops have at their top, and back up to it: where the way out is, too. */

import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('./visit.js').Trap} Trap */

/** A trackpad tells its scrolls so often, ms. */
const TRACKPAD_MS = 16;
/** Most flicks take so long, ms (a median, as in src/train/simulate/scroll.rs and the scripts of support/shoppers.js). */
const FLICK_MS = 220;

/** Down the page by some notches, reading. @param {import('./people.js').Person} person @param {number} notches */
async function down({ hand, rest }, notches) {
  await hand.wheel(notches);
  await rest(900);
}

/**
 * Fingers push and let go, and the page glides on: less each time.
 * @param {import('./people.js').Person} person
 * @param {number} speed px a sample
 */
async function glide({ page }, speed) {
  const sent = [];
  for (let left = speed; Math.abs(left) > 1; left *= 0.94) {
    sent.push(page.mouse.wheel(0, left));
    await wait(TRACKPAD_MS);
  }
  await Promise.all(sent);
}

/**
 * What falter takes for a leave, and is told of beside the traps: the page flung to its top as hard as by one who is about to go.
 * @type {Trap}
 */
export const FLUNG = {
  name: 'momentum-phone',
  what: 'on a phone: the page flung to its top by one hard flick',
  who: 'phone',
  does: async ({ thumb, rest }) => {
    for (const by of [-340, -360, -300]) {
      await thumb.flick({ x: 200, y: 640 }, by, FLICK_MS);
      await rest(1200);
    }
    await thumb.flick({ x: 205, y: 260 }, 420, 110);
    await rest(2500);
  },
};

/** @type {Trap[]} */
export const HEADER = [
  {
    name: 'sticky-menu',
    what: 'scrolls down, then along the entries of a menu that sticks to the top, and chooses none',
    way: 'top',
    does: async (person) => {
      const { reach, spot, rest } = person;
      await down(person, 5);
      for (const entry of ['.menu a:nth-child(1)', '.menu a:nth-child(3)', '.menu a:nth-child(4)']) {
        await reach(await spot(entry));
        await rest(450);
      }
    },
  },
  {
    name: 'mega-menu',
    what: 'opens a menu over the whole width, goes through it and chooses an entry',
    way: 'top',
    does: async ({ reach, spot, press, rest }) => {
      await reach(await spot('.menu a:nth-child(2)'));
      await rest(500);
      await reach(await spot('.mega a:nth-child(2)'));
      await rest(400);
      await reach(await spot('.mega a:nth-child(7)'));
      await rest(400);
      await press('.mega a:nth-child(3)');
    },
  },
  {
    name: 'search-box',
    what: 'types into a search box at the very top, and empties it again',
    way: 'top',
    does: async ({ press, type, rest, page }) => {
      await press('#q');
      await type('lambswool');
      await rest(800);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Backspace');
      await rest(300);
    },
  },
  {
    name: 'header-navigation',
    what: 'turns pages by links at the top, without a new document',
    way: 'top',
    does: async (person) => {
      const { press } = person;
      await press('.menu a:nth-child(2)');
      await down(person, 3);
      await press('.menu a:nth-child(1)');
    },
  },
  {
    name: 'back-to-top',
    what: 'scrolls far down and presses the button that brings back to the top',
    way: 'top',
    does: async (person) => {
      await down(person, 8);
      await down(person, 5);
      await person.press('.up');
      await person.rest(900);
    },
  },
  {
    name: 'momentum-trackpad',
    what: 'glides down by trackpad, and back to the top in one long swipe',
    way: 'top',
    does: async (person) => {
      await glide(person, 60);
      await person.rest(1300);
      await glide(person, -110);
      await person.rest(700);
    },
  },
  {
    name: 'momentum-phone',
    what: 'on a phone: flicks down, and at the same pace back to the top; the page glides',
    who: 'phone',
    does: async ({ thumb, rest, about, roll }) => {
      for (let flicks = 0; flicks < 3; flicks += 1) {
        await thumb.flick({ x: 200, y: 640 }, -340, about(FLICK_MS));
        await rest(900);
      }
      for (let flicks = 0; flicks < 3; flicks += 1) {
        await thumb.flick({ x: 205 + 10 * roll(), y: 260 }, 350, about(FLICK_MS));
        await rest(600);
      }
      await rest(500);
    },
  },
  {
    name: 'url-bar',
    what: "on a phone: the browser's bar goes as one scrolls down, and comes back as one scrolls up",
    who: 'phone',
    closes: true,
    simulated: 'headless Chromium has no such bar; the viewport is made 56 px higher and lower, as the bar would, mid-scroll',
    does: async ({ thumb, rest, page }) => {
      const session = await page.context().newCDPSession(page);
      const bar = (/** @type {number} */ hidden) =>
        session.send('Emulation.setDeviceMetricsOverride', { width: 390, height: 844 + hidden, deviceScaleFactor: 2, mobile: true });
      await thumb.flick({ x: 200, y: 640 }, -330, 240);
      await bar(56);
      await rest(1500);
      await thumb.drag({ x: 200, y: 320 }, 240, 500);
      await bar(0);
      await rest(1200);
    },
  },
];
