/**
 * From the engine's message to the words on the card.
 *
 * Money, numbers and plurals are the business of Intl. A placeholder is filled from the facts the shop gave and the cart's
 * total, and from nothing else; a text that lacks one is not said.
 */

export { LANGUAGES, loadTexts } from './load.js';

/**
 * @typedef {import('../options.js').Facts} Facts
 * @typedef {import('./load.js').Texts} Texts
 *
 * @typedef {object} Show What the engine wants to be shown.
 * @property {string} reason
 * @property {string} message
 * @property {any} [offer]
 * @property {number | null} cart its total, money; null: not known
 *
 * @typedef {'plain' | 'gentle' | 'brief'} Tone
 *
 * @typedef {string | Record<string, any> | any[]} Template a string with placeholders, or an object from plural category
 *   (Intl.PluralRules of `days` or `count`) to template, or a list of alternatives of which the first that can be said
 *   truly is said
 * @typedef {(template: Template | undefined, said: Record<string, any>) => string | undefined} Fill undefined: it can't be said
 *
 * @typedef {object} Added What js/messages/more.js knows of a message.
 * @property {Record<string, unknown>} given facts by the camel-cased names of the messages that need them
 * @property {Record<string, any>} said placeholders
 * @property {Record<string, any>} ours the variant that is laid over the message
 * @property {(text: Text) => Text} finish the text with all that is drawn besides
 *
 * @typedef {object} Text What the card says, ready to be set as text.
 * @property {string} lang
 * @property {'ltr' | 'rtl'} dir
 * @property {string} note name of the card for who can't see it
 * @property {string} title
 * @property {string} body may be ''
 * @property {string[]} points a list of facts, at most POINTS_MAX
 * @property {number | undefined} progress 0..1 of the way to free shipping
 * @property {string[]} [steps] amounts of the single payments
 * @property {{ label: string, href?: string }} act
 * @property {string} dismiss
 * @property {string} close
 * @property {string} [variant] its name, where there are variants
 * @property {(card: HTMLElement, make: import('../card/card.js').Make, end: import('../card/card.js').End) => void} [draw] adds
 *   to the card what not every page needs
 */

/** More points are not read. */
const POINTS_MAX = 4;

/**
 * The fact that has to be known before a message may be shown, whatever its text: it has the message's name.
 * @param {string} message
 */
const needOf = (message) =>
  /^free/.test(message) ? 'freeShippingFrom' : message.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/**
 * The words of the card.
 * @param {Show} show
 * @param {Facts} facts
 * @param {Texts} texts
 * @param {Tone} [tone]
 * @param {(fill: Fill, money?: Intl.NumberFormat) => Added} [more] what js/messages/more.js adds, where it is loaded
 * @returns {Text | null} null: a fact is missing, so there is nothing true to say
 */
export function format({ message, cart }, facts, { lang, messages }, tone = 'plain', more) {
  const plural = new Intl.PluralRules(lang);
  const { currency } = facts;
  // `trailingZeroDisplay` ("€50", not "€50.00") is left out of the types of some TypeScript versions.
  const coins = /** @type {any} */ ({ style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  const money = currency ? new Intl.NumberFormat(lang, coins) : undefined;

  /** @type {Fill} */
  const fill = (template, said) => {
    if (Array.isArray(template)) return template.map((one) => fill(one, said)).find(Boolean);
    if (template && typeof template === 'object') {
      const count = said.days ?? said.count;
      return count && fill(template[plural.select(count)] ?? template.other, said);
    }
    if (typeof template !== 'string') return;
    let whole = true;
    const filled = template.replace(/{(\w+)}/g, (_, name) => {
      const value = said[name];
      // an amount that is not known is not one, and none is less than nothing
      const spelt =
        typeof value !== 'number' ? value : /days|count/.test(name) ? value.toLocaleString(lang) : value >= 0 ? money?.format(value) : undefined;
      whole &&= spelt !== undefined;
      return spelt;
    });
    return whole ? filled : undefined;
  };
  const added = more?.(fill, money);
  const paid = facts.instalments?.[0];
  /** Help needs no fact of its own. @type {Record<string, any>} */
  const given = { ...facts, help: true, ...added?.given };
  /** @param {string} topic @returns {Record<string, any>} all that may be said about it */
  const known = (topic) => {
    const said = {
      from: facts.freeShippingFrom,
      price: facts.shippingPrice,
      days: /days|promise/.test(topic) && given[needOf(topic)],
      cart: cart ?? undefined,
      left: (facts.freeShippingFrom ?? NaN) - (cart ?? NaN),
      ...paid,
      ...(topic === message && added?.said),
    };
    // A promise without an end has 0 days, shipping that is always free is so from 0: neither figure is worth saying.
    return { ...said, from: said.from || undefined, days: said.days || undefined };
  };
  /** @param {string} topic @param {Template | undefined} template @returns {string | undefined} */
  const say = (topic, template) => ((given[needOf(topic)] ?? false) === false ? undefined : fill(template, known(topic)));

  const { labels } = messages;
  const ours = { ...messages[message], ...messages[message]?.[tone], ...added?.ours };
  const said = known(message);
  const isHelp = message === 'help';
  const title = say(message, ours.title);
  if (!title) return null;
  const { act = 'cart' } = ours;
  const href = { cart: facts.cartUrl, help: facts.helpUrl }[/** @type {'cart'} */ (act)];
  // Nobody is asked to ask where no address to ask at was given.
  const mute = isHelp && !href;
  const body = ours.body && !mute ? fill(ours.body, said) : '';
  const points = Object.keys(isHelp ? messages : {})
    .map((topic) => say(topic, messages[topic].short) ?? '')
    .filter(Boolean);
  if (body === undefined || (mute && !points.length)) return null;
  /** @type {Text} */
  const text = {
    lang,
    dir: /^(ar|fa|he|ur)/.test(lang) ? 'rtl' : 'ltr',
    note: labels.note,
    title,
    body,
    points: points.slice(0, POINTS_MAX),
    progress: message === 'free_shipping_left' ? said.cart / said.from : undefined,
    act: { label: labels[act] ? labels[href ? act : 'keep'] : act, href },
    dismiss: ours.dismiss ?? labels.no,
    close: labels.close,
  };
  return added?.finish(text) ?? text;
}
