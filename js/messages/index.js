/**
 * From the engine's message to the words on the card.
 *
 * Money, numbers and plurals are the business of Intl. A placeholder is filled from the facts the shop gave and the
 * figures the engine sends, and from nothing else; a text that lacks one is not said.
 */

/**
 * @typedef {import('../options.js').Facts} Facts
 * @typedef {import('../options.js').Options} Options
 *
 * @typedef {object} Show What the engine wants to be shown.
 * @property {string} reason
 * @property {string} message
 * @property {any} [offer]
 * @property {Record<string, number>} values left, cart, from, price, each (money), count, days
 *
 * @typedef {string | Record<string, any> | any[]} Template a string with placeholders, or an object from plural category
 *   (Intl.PluralRules of `days` or `count`) to template, or a list of alternatives of which the first that can be said
 *   truly is said
 *
 * @typedef {object} Texts One language.
 * @property {string} lang BCP 47, with the shop's region
 * @property {any} messages message → title, body, `short` (the same thing said in a list), `act` (names a label or is one;
 *   none is 'cart'); and `labels`; as in en.json. A text speaks to the doubt, and claims only what the shop gave as a fact
 *
 * @typedef {object} Text What the card says, ready to be set as text.
 * @property {string} lang
 * @property {'ltr' | 'rtl'} dir
 * @property {string} note name of the card for who can't see it
 * @property {string} title
 * @property {string} body may be ''
 * @property {string[]} points a list of facts, at most POINTS_MAX
 * @property {number | undefined} progress 0..1 of the way to free shipping
 * @property {string[]} steps amounts of the single payments, at most STEPS_MAX
 * @property {{ label: string, href?: string }} act
 * @property {string} dismiss
 * @property {string} close
 */

/** The languages that lie beside the script as lang/XX.json. */
export const LANGUAGES = 'en de fr es it pt nl tr ar';
/** More points are not read. */
const POINTS_MAX = 4;
/** More amounts don't fit side by side on a phone. */
const STEPS_MAX = 4;

/**
 * The fact that has to be known before a message may be shown, whatever its text; and what a general offer of help is
 * made of, in this order.
 * @type {Record<string, keyof Facts>}
 */
const NEEDS = {
  free_shipping_left: 'freeShippingFrom',
  free_shipping_reached: 'freeShippingFrom',
  shipping_price: 'shippingPrice',
  returns_days: 'returnsDays',
  delivery_days: 'deliveryDays',
  instalments: 'instalments',
  guest_checkout: 'guestCheckout',
  price_promise: 'pricePromise',
};

/**
 * The words of the card.
 * @param {Show} show
 * @param {Facts} facts
 * @param {Texts} texts
 * @returns {Text | null} null: a fact is missing, so there is nothing true to say
 */
export function format({ message, values }, facts, { lang, messages }) {
  const plural = new Intl.PluralRules(lang);
  const { currency } = facts;
  // `trailingZeroDisplay` ("€50", not "€50.00") is left out of the types of some TypeScript versions.
  const coins = /** @type {any} */ ({ style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  const money = currency ? new Intl.NumberFormat(lang, coins) : undefined;

  /** @param {string} topic @returns {Record<string, any>} all that may be said about it */
  const known = (topic) => {
    const said = {
      from: facts.freeShippingFrom,
      price: facts.shippingPrice,
      days: /days|promise/.test(topic) && facts[NEEDS[topic]],
      ...facts.instalments?.[0],
      ...(topic === message && values),
    };
    // A promise without an end has 0 days, shipping that is always free is so from 0: neither figure is worth saying.
    return { ...said, from: said.from || undefined, days: said.days || undefined };
  };
  /**
   * @param {Template | undefined} template
   * @param {Record<string, any>} said
   * @returns {string | undefined} undefined: it can't be said
   */
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
      const spelt = typeof value !== 'number' ? value : /days|count/.test(name) ? value.toLocaleString(lang) : money?.format(value);
      whole &&= spelt !== undefined;
      return spelt;
    });
    return whole ? filled : undefined;
  };
  /**
   * @param {string} topic
   * @param {'title' | 'short'} which
   * @returns {string | undefined}
   */
  const say = (topic, which) =>
    NEEDS[topic] && (facts[NEEDS[topic]] ?? false) === false ? undefined : fill(messages[topic]?.[which], known(topic));

  const said = known(message);
  const title = say(message, 'title');
  if (!title) return null;
  const { labels, [message]: ours } = messages;
  const { act = 'cart' } = ours;
  const href = { cart: facts.cartUrl, help: facts.helpUrl }[/** @type {'cart'} */ (act)];
  // Nobody is asked to ask where no address to ask at was given.
  const mute = message === 'help' && !href;
  const body = ours.body && !mute ? fill(ours.body, said) : '';
  const points = Object.keys(message === 'help' ? NEEDS : {})
    .map((topic) => say(topic, 'short') ?? '')
    .filter(Boolean);
  if (body === undefined || (mute && !points.length)) return null;
  return {
    lang,
    dir: /^(ar|fa|he|ur)/.test(lang) ? 'rtl' : 'ltr',
    note: labels.note,
    title,
    body,
    points: points.slice(0, POINTS_MAX),
    progress: message === 'free_shipping_left' ? said.cart / said.from : undefined,
    steps: message === 'instalments' && money && said.count <= STEPS_MAX ? split(said.cart, said.count, money) : [],
    act: { label: labels[act] ? labels[href ? act : 'keep'] : act, href },
    dismiss: ours.dismiss ?? labels.no,
    close: labels.close,
  };
}

/**
 * Equal payments in the currency's smallest unit; the first take what does not divide, so that they sum to the total.
 * @param {number} total
 * @param {number} count
 * @param {Intl.NumberFormat} money
 * @returns {string[]}
 */
function split(total, count, money) {
  const units = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2);
  const cents = Math.round(total * units);
  return Array.from({ length: count }, (_, i) => money.format(Math.ceil((cents - i) / count) / units));
}

/**
 * The texts of one language: the shop's own over ours, English where there are none.
 * @param {Options} options
 * @param {string} pageLang the document's language
 * @param {(path: string) => Promise<any>} load reads a JSON file beside the script
 * @param {(message: string) => void} [fault]
 * @returns {Promise<Texts>}
 */
export async function loadTexts({ lang, messages }, pageLang, load, fault) {
  const wanted = languageTag(lang) ?? languageTag(pageLang) ?? 'en';
  const short = wanted.slice(0, 2);
  const own = messages[wanted] ?? messages[short] ?? {};
  // A shop that brings labels brings the whole language (npm: `messages: { de }`).
  const code = own.labels ? 'en' : short;
  const ours = LANGUAGES.includes(code) && (await load(`lang/${code}.json`).catch(() => undefined));
  if (ours) return { lang: wanted, messages: join(ours, own) };
  fault?.(`no texts in ${wanted}, so they are in English`);
  return { lang: 'en', messages: join(await load('lang/en.json'), messages.en) };
}

/** Pages say `en_US`, too. @param {string} tag @returns {string | undefined} undefined: not a language tag */
function languageTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag.replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/**
 * @param {Record<string, any>} ours
 * @param {Record<string, any>} [own]
 */
function join(ours, own) {
  /** @type {Record<string, any>} */
  const joined = {};
  for (const name in { ...ours, ...own }) joined[name] = { ...ours[name], ...own?.[name] };
  return joined;
}
