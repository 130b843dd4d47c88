/** Fields, and what browsers and shops open under and over them. */

import { setTimeout as wait } from 'node:timers/promises';
import { blurred } from './windows.js';

/** @typedef {import('./visit.js').Trap} Trap */

/** @type {Trap[]} */
export const FIELDS = [
  {
    name: 'autocomplete-list',
    what: 'types at the top and chooses from the list that the shop opens under the field',
    way: 'top',
    does: async ({ press, type, reach, spot, rest }) => {
      await press('#q');
      await type('lam');
      await rest(500);
      await reach(await spot('.found li:nth-child(4)'));
      await rest(300);
      await press('.found li:nth-child(2)');
    },
  },
  {
    name: 'datalist',
    what: "types and goes through the browser's own suggestions",
    way: 'top',
    does: async ({ press, type, page, rest }) => {
      await press('#town');
      await type('Ber');
      await rest(500);
      for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) {
        await page.keyboard.press(key);
        await rest(300);
      }
      await type('gen');
      await page.keyboard.press('Tab');
    },
  },
  {
    name: 'native-select',
    what: "opens the browser's own list, goes down it and chooses",
    way: 'top',
    does: async ({ press, hand, page, rest }) => {
      await press('#country');
      await rest(500);
      // over the list, which is a window of its own: the page hears none of it
      await hand.rest(900);
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) {
        await page.keyboard.press(key);
        await rest(220);
      }
    },
  },
  {
    name: 'password-popover',
    what: 'logs in with what the password manager fills in',
    way: 'top',
    simulated: "the manager's own window: the page hears nothing of a pointer meanwhile, and the fields are filled at once",
    does: async ({ press, hand, page, rest, about }) => {
      await press('#user');
      await wait(about(500));
      // over the popover the page hears nothing of the pointer; what it fills comes without a key
      await wait(about(1200));
      await page.keyboard.insertText('ada@fjord.no');
      await page.locator('#secret').focus();
      await page.keyboard.insertText('not a secret');
      await hand.rest(300);
      await press('#login');
      await rest(400);
    },
  },
  {
    name: 'on-screen-keyboard',
    what: 'on a phone: types into the search field, while the keyboard takes half of the screen',
    who: 'phone',
    simulated: 'headless Chromium has no keyboard on the screen; the viewport is made 300 px lower while one types',
    does: async ({ press, type, rest, page }) => {
      const session = await page.context().newCDPSession(page);
      const keyboard = (/** @type {number} */ height) =>
        session.send('Emulation.setDeviceMetricsOverride', { width: 390, height: 844 - height, deviceScaleFactor: 2, mobile: true });
      await press('#q');
      await keyboard(300);
      await rest(500);
      await type('lambswool');
      await rest(500);
      await page.locator('#q').blur();
      await keyboard(0);
      await rest(700);
    },
  },
  {
    name: 'file-picker',
    what: 'chooses a picture from the disk, in the window of the system',
    way: 'top',
    simulated: 'the window itself: the chooser is opened by the click, and the focus lost and regained by events of our own',
    does: async ({ press, page, rest, about }) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('#file')]);
      await blurred(page, about(3500));
      await chooser.setFiles({ name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from('a cat') });
      await rest(700);
    },
  },
  {
    name: 'copy-address',
    what: 'copies where the shop is, for the map on the phone',
    way: 'top',
    does: async ({ hand, spot, page, rest, about, study }) => {
      await study('#place', 1200);
      const { x, y } = await spot('#place');
      await hand.move({ x, y }, about(400));
      await page.mouse.click(x, y, { clickCount: 3, delay: 60 });
      await wait(about(300));
      await page.keyboard.press('Control+c');
      await rest(800);
      await page.mouse.click(x, y);
    },
  },
];
