/** The words of one language: the shop's own over ours, which are files beside the script. */

/**
 * @typedef {import('../options.js').Options} Options
 *
 * @typedef {object} Texts One language.
 * @property {string} lang BCP 47, with the shop's region
 * @property {string} code of the files the texts are from, lang/XX.json
 * @property {Record<string, any>} ours what that file has; of messages that it lacks lang/more/XX.json has the texts
 * @property {any} messages message → title, body, `short` (the same thing said in a list), `act` (names a label or is one;
 *   none is 'cart'), `gentle` and `brief` (laid over it in that tone), `variants` (a list, one of which is laid over it);
 *   and `labels`; as in en.json, where what matters most to a shopper in doubt comes first. A text speaks to the doubt, and
 *   claims only what the shop gave as a fact
 */

/** The languages that lie beside the script. */
export const LANGUAGES = 'en de fr es it pt nl tr ar';

/**
 * The texts of one language: the shop's own over ours, English where there are none.
 * @param {Pick<Options, 'lang' | 'messages'>} options
 * @param {string} pageLang the document's language
 * @param {(path: string) => Promise<any>} load reads a JSON file beside the script
 * @param {(message: string) => void} fault
 * @returns {Promise<Texts>}
 */
export async function loadTexts({ lang, messages }, pageLang, load, fault) {
  const wanted = languageTag(lang) ?? languageTag(pageLang) ?? 'en';
  let code = wanted.slice(0, 2);
  const own = messages[wanted] ?? messages[code];
  // A shop that brings labels brings the whole language (npm: `messages: { de }`).
  if (own?.labels) code = 'en';
  const ours =
    LANGUAGES.includes(code) &&
    (await load(`lang/${code}.json`).catch((cause) => {
      if (code === 'en') throw cause;
    }));
  if (!ours) {
    fault(`no texts in ${wanted}, so they are in English`);
    return loadTexts({ lang: 'en', messages }, '', load, fault);
  }
  return { lang: wanted, code, ours, messages: join(ours, own) };
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
 * Lays texts over others, text by text.
 * @param {Record<string, any>} ours
 * @param {Record<string, any>} [own]
 * @param {object} [under] the own ones: what is said briefly is only ours to leave out where the rest is ours, too
 */
export function join(ours, own, under = { brief: {} }) {
  /** @type {Record<string, any>} */
  const joined = {};
  for (const name in { ...ours, ...own }) joined[name] = { ...ours[name], ...(own?.[name] && under), ...own?.[name] };
  return joined;
}
