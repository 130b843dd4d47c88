/** A shop's page that shows any card when a test asks it to. */

import { showCard } from '../../../js/card/card.js';
import { STYLE as style } from '../../../js/card/style.js';
import { format } from '../../../js/messages/index.js';
import { parseOptions } from '../../../js/options.js';
import { CART, GIVEN } from '../../cases/facts.js';

const { facts } = parseOptions({ facts: { ...GIVEN, cartUrl: '#cart', helpUrl: '#help' } }).options;
/** What the engine sends along (src/policy.rs). @type {Record<string, Record<string, number>>} */
const VALUES = {
  free_shipping_left: { cart: CART, from: 61, left: 8.4 },
  free_shipping_reached: { from: 61 },
  shipping_price: { price: 4.9, from: 61 },
  delivery_days: { days: 3 },
  returns_days: { days: 30 },
  instalments: { cart: CART, count: 4, each: 13.15 },
  price_promise: { days: 14 },
  guest_checkout: {},
  help: {},
};

/** @type {{ close: () => void } | undefined} */
let card;
/** What the card told. @type {string[]} */
const told = [];
/** What moved that nobody had asked for. */
let shifted = 0;
const shifts = new PerformanceObserver((list) => count(list.getEntries()));
shifts.observe({ type: 'layout-shift', buffered: true });
/** @param {any[]} entries */
const count = (entries) => entries.forEach((entry) => (shifted += entry.hadRecentInput ? 0 : entry.value));

Object.assign(window, {
  shop: {
    told,
    /** Puts another card in the place of the last. @param {{ lang?: string, layout?: string, message?: string }} what */
    show: async ({ lang = 'en', layout = 'corner', message = 'free_shipping_left' }) => {
      const texts = { lang, messages: await (await fetch(`/js/messages/${lang}.json`)).json() };
      const text = format({ reason: 'unsure', message, values: VALUES[message] }, facts, texts);
      card?.close();
      Object.assign(document.documentElement, { lang, dir: text?.dir });
      card = showCard({ layout, message, text, style, onEnd: (what, how) => told.push(`${what} ${how}`) });
    },
    close: () => card?.close(),
    /** Layout shifts so far, those after an input left out. */
    shifted: () => {
      count(shifts.takeRecords());
      return shifted;
    },
  },
});
