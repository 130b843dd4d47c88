/** A shop's page that shows any card when a test asks it to. */

import { showCard } from '../../../js/card/card.js';
import { STYLE as LAYOUTS } from '../../../js/card/layout-style.js';
import { STYLE as MORE, tell } from '../../../js/card/more.js';
import { STYLE } from '../../../js/card/style.js';
import { format } from '../../../js/messages/index.js';
import { CART, GIVEN, NOW, OFFERS } from '../../cases/facts.js';
import { COMMON, openLanguage, readGiven } from '../../cases/say.js';

/** The shelf was counted just now. */
Date.now = () => Date.parse(NOW);
/** What the card called, and heard. @type {string[]} */
const told = [];
const offers = {
  ...OFFERS,
  alternatives: OFFERS.alternatives.map((one) => ({ ...one, url: `#${one.url}` })),
  chat: () => {
    told.push('chat');
    window.shop.opened?.();
  },
  saveCart: () => void told.push('saveCart'),
};
const given = { facts: { ...GIVEN, cartUrl: '#cart', helpUrl: '#help' }, offers };
/** @param {string} path */
const read = async (path) => (await fetch(path.replace('lang/', '/js/messages/'))).json();

/** @type {{ close: () => void } | undefined} */
let close;
/** What moved that nobody had asked for. */
let shifted = 0;
const shifts = new PerformanceObserver((list) => count(list.getEntries()));
shifts.observe({ type: 'layout-shift', buffered: true });
/** @param {any[]} entries */
const count = (entries) => entries.forEach((entry) => (shifted += entry.hadRecentInput ? 0 : entry.value));

Object.assign(window, {
  shop: {
    told,
    /**
     * Puts another card in the place of the last, as js/show.js does.
     * @param {{ lang?: string, layout?: string, message?: string, ask?: boolean, methods?: string, answer?: number }} what methods: of
     *   payment; answer: which one is pressed
     */
    show: async ({ lang = 'en', layout = 'corner', message = 'free_shipping_left', ask = false, methods, answer = -1 }) => {
      const { options } = readGiven({ ...given, ask, facts: { ...given.facts, ...(methods && { paymentMethods: methods }) } });
      const { base, texts } = await openLanguage(lang, read);
      const show = { reason: 'unsure', message, cart: CART };
      const answered = (reason) => void told.push(`answer ${reason}`);
      const more = ask || !COMMON.includes(message);
      const text = more
        ? format(show, options.facts, texts, 'plain', (...fill) => tell(answered, show, options, texts, 'plain', 0, ...fill))
        : format(show, options.facts, base);
      close?.();
      Object.assign(document.documentElement, { lang, dir: text?.dir });
      const style = STYLE + (layout === 'corner' ? '' : LAYOUTS) + (more ? MORE : '');
      close = showCard({ layout, message, text, style, onEnd: (what, how) => told.push(`${what} ${how}`) });
      document.querySelector('falter-card')?.shadowRoot?.querySelectorAll('.answer')[answer]?.click();
    },
    close: () => close?.(),
    /** Layout shifts so far, those after an input left out. */
    shifted: () => {
      count(shifts.takeRecords());
      return shifted;
    },
  },
});
