/** Contact sheets of the card: many small pictures in few files, to be looked at. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cardBox, CODES, LAYOUTS, openShop, RARE, USUAL } from './cards.js';

/**
 * @typedef {import('./cards.js').What} What
 * @typedef {import('./cards.js').Look} Look
 * @typedef {{ caption: string, what: What, look?: Look, classes?: string }} Shot
 * @typedef {{ file: string, columns: number, width: number, cropped?: boolean, shots: Shot[] }} Sheet width: of a picture
 *   in the sheet, px; cropped: to the card and a little around it
 */

const PHONE = { viewport: { width: 320, height: 568 } };
/** What a browser zoomed to 200 % makes of a window of 1280 × 800. */
const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };
/** @type {Look} */
const MOVING = { reducedMotion: 'no-preference' };
/** When what moves is stopped for its picture. */
const MOMENT_MS = 60;
const AROUND = 16;
const QUALITY = 72;


/** @type {Sheet[]} */
const SHEETS = [
  {
    file: 'layouts.webp',
    columns: 3,
    width: 420,
    shots: LAYOUTS.flatMap((layout) => [
      { caption: `${layout}, light`, what: { layout } },
      { caption: `${layout}, dark`, what: { layout, message: 'instalments' }, look: { colorScheme: 'dark' } },
      { caption: `${layout}, a shop's own colours`, what: { layout, message: 'help' }, classes: 'violet' },
    ]),
  },
  {
    file: 'messages.webp',
    columns: 3,
    width: 416,
    cropped: true,
    shots: USUAL.map((message) => ({ caption: message, what: { message } })),
  },
  {
    file: 'more.webp',
    columns: 3,
    width: 416,
    cropped: true,
    shots: [
      ...RARE.map((message) => ({ caption: `${message}, what's missing`, what: { message, ask: true } })),
      { caption: 'payment_methods, eight of them', what: { message: 'payment_methods', methods: 'Visa, Mastercard, PayPal, Klarna, Bancontact, iDEAL, Apple Pay, Google Pay' } },
      { caption: 'answered', what: { message: 'stock_left', ask: true, answer: 2 } },
      { caption: 'answered, dark', what: { message: 'stock_left', ask: true, answer: 2 }, look: { colorScheme: 'dark' } },
      { caption: 'answered, forced colours', what: { message: 'stock_left', ask: true, answer: 2 }, look: { forcedColors: 'active' } },
      { caption: 'discount, dark', what: { message: 'discount' }, look: { colorScheme: 'dark' } },
      { caption: "alternatives, a shop's own colours", what: { message: 'alternatives' }, classes: 'violet' },
      { caption: 'discount, forced colours', what: { message: 'discount', ask: true }, look: { forcedColors: 'active' } },
      { caption: 'alternatives, ar', what: { message: 'alternatives', lang: 'ar', ask: true } },
      { caption: 'sold_recently, tr', what: { message: 'sold_recently', lang: 'tr', ask: true } },
    ],
  },
  {
    file: 'more-layouts.webp',
    columns: 3,
    width: 520,
    shots: LAYOUTS.flatMap((layout) => [
      { caption: `${layout}, alternatives`, what: { layout, message: 'alternatives', ask: true } },
      { caption: `${layout}, discount, de`, what: { layout, message: 'discount', lang: 'de', ask: true } },
      { caption: `${layout}, 200 % zoom`, what: { layout, message: 'payment_methods', ask: true }, look: ZOOMED },
    ]),
  },
  {
    file: 'languages.webp',
    columns: 3,
    width: 416,
    cropped: true,
    shots: CODES.map((lang, place) => ({ caption: lang, what: { lang, message: ['free_shipping_left', 'instalments', 'help'][place % 3] } })),
  },
  {
    file: 'narrow.webp',
    columns: 6,
    width: 240,
    shots: ['de', 'ar', 'tr', 'nl', 'fr', 'ar'].flatMap((lang, place) =>
      LAYOUTS.map((layout) => ({
        caption: `320 px, ${layout}, ${lang}`,
        what: {
          lang,
          layout,
          message: ['instalments', 'help', 'free_shipping_left', 'alternatives', 'discount', 'payment_methods'][place],
          ask: place > 2,
        },
        look: PHONE,
      })),
    ),
  },
  {
    file: 'modes.webp',
    columns: 4,
    width: 400,
    shots: [
      ...LAYOUTS.flatMap((layout) => [
        { caption: `${layout}, 200 % zoom`, what: { layout, message: 'instalments' }, look: ZOOMED },
        { caption: `${layout}, forced colours`, what: { layout }, look: { forcedColors: /** @type {const} */ ('active') } },
        { caption: `${layout}, right to left`, what: { layout, lang: 'ar' } },
        { caption: `${layout}, bars of the page`, what: { layout }, classes: 'bars' },
      ]),
      ...['corner', 'bar'].flatMap((layout) => [
        { caption: `${layout}, ${MOMENT_MS} ms after it came`, what: { layout }, look: MOVING },
        { caption: `${layout}, then with reduced motion`, what: { layout } },
      ]),
    ],
  },
];

/** In the page: shows a card, in view and at one moment of its movement. */
async function showStill(/** @type {{ what: What, moment: number }} */ { what, moment }) {
  await /** @type {any} */ (window).shop.show(what);
  const card = /** @type {any} */ (document.querySelector('falter-card'));
  for (const animation of card.shadowRoot.getAnimations()) {
    animation.pause();
    animation.currentTime = moment;
  }
  card.closest('[data-falter-card]')?.scrollIntoView({ block: 'center' });
}

/** @param {string} folder where the sheets are written */
export async function drawSheets(folder) {
  const shop = await openShop();
  for (const { file, columns, width, cropped, shots } of SHEETS) {
    const tiles = [];
    for (const { caption, what, look, classes } of shots) {
      const page = await shop.open(look, classes);
      await page.evaluate(showStill, { what, moment: MOMENT_MS });
      const { x, y, width, height } = await cardBox(page);
      const clip = { x: x - AROUND, y: y - AROUND, width: width + 2 * AROUND, height: height + 2 * AROUND };
      const picture = await page.screenshot(cropped ? { clip } : {});
      tiles.push({ caption, src: `data:image/png;base64,${picture.toString('base64')}` });
      await page.context().close();
    }
    const sheet = await shop.open({ viewport: { width: columns * (width + 12) + 12, height: 100 } });
    await sheet.setContent(
      `<style>body{margin:12px;display:grid;grid-template-columns:repeat(${columns},${width}px);gap:12px;align-items:end;
         font:13px system-ui,sans-serif;color:#333;background:#e9e9ee}
         figure{margin:0}img{display:block;width:100%;margin-top:4px}</style>` +
        tiles.map(({ caption, src }) => `<figure><figcaption>${caption}</figcaption><img src="${src}"></figure>`).join(''),
    );
    const session = await sheet.context().newCDPSession(sheet);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, captureBeyondViewport: true });
    await writeFile(join(folder, file), Buffer.from(data, 'base64'));
    await sheet.context().close();
  }
  await shop.close();
}
