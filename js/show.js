/**
 * From the engine's decision to a card on the page: its words and its style are fetched, the page is asked, exposure is told.
 */

import { loadPart, readText } from 'falter-files';
import { showCard } from './card/card.js';
import { format } from './messages/index.js';
import { join, loadTexts } from './messages/load.js';

/** From this risk on there is no time for more than the title says. */
const BRIEF_RISK = 0.9;

/**
 * @typedef {import('./run.js').Host} Host
 * @typedef {typeof import('./card/more.js')} More
 * @typedef {[texts: import('./messages/load.js').Texts, style: string, more?: More]} Look
 */

/** @param {Host} host */
export function openShow({ options, base, history, past, answer, tell, fail, life }) {
  const { facts, ask } = options;
  /** @type {Promise<Look | undefined> | undefined} */
  let look;
  /** @type {Promise<Look | undefined> | undefined} */
  let whole;
  /** @param {string} path */
  const readJson = (path) => readText(base, path).then(JSON.parse);
  /** @param {unknown} fault */
  const failed = (fault) => void fail('internal', 'card', fault);
  /** @param {Look} look @returns {Promise<Look>} with what most pages do without */
  const fetchMore = async ([texts, style]) => {
    const [more, words] = await Promise.all([loadPart(base, 'card/more'), readJson(`lang/more/${texts.code}.json`)]);
    return [{ ...texts, messages: join(words, texts.messages) }, style + more.STYLE, more];
  };

  return {
    /**
     * Fetches what the card says and looks like, once.
     * @param {string} [message] that it is to say; without one, what any card needs
     * @returns {Promise<Look | undefined>} undefined: it could not be had
     */
    dress: async (message) => {
      const known = await (look ??= Promise.all([
        loadTexts(options, document.documentElement.lang, readJson, (fault) => fail('bad_option', 'lang', fault)),
        readText(base, 'card.css'),
      ]).catch(failed));
      if (!known || !(ask || (message && needsMore(known[0], message, facts)))) return known;
      return (await (whole ??= fetchMore(known).catch(failed))) ?? known;
    },
    /** @param {{ risk: number, show: any }} decision the engine's @param {Look | undefined} known */
    show: ({ risk, show: what }, known) => {
      const { reason, message, offer, play } = what;
      const { visits, bucket } = past();
      const tone = visits > 1 ? (risk < BRIEF_RISK ? 'plain' : 'brief') : 'gentle';
      const [texts, style, more] = known ?? [];
      const { name: variant, messages } = more && texts ? more.pick(texts.messages, message, bucket) : { name: '', messages: texts?.messages };
      const worded = texts && { ...texts, messages };
      const text =
        worded && format(what, facts, worded, tone, more && ((fill, money) => more.add(what, options, worded, fill, money)));
      const vetoed = !tell('show', { reason, message, offer, variant, play, tone });
      // Both sides of the holdout count from the decision on, whether or not a card could be drawn.
      history.shown();
      const rendered = !vetoed && Boolean(text);
      if (rendered && text && style) {
        const { close } = showCard({
          layout: options.layout,
          message,
          text,
          style,
          draw: more && ((card, make, end) => more.draw(card, text, make, end, answer)),
          onEnd: (what, how) => {
            if (what === 'dismiss') history.dismissed();
            tell(what, { reason, message, how });
            if (what === 'act') text.act.use?.();
          },
        });
        life.signal.addEventListener('abort', close);
      }
      tell('exposure', { side: 'shown', rendered, vetoed });
    },
  };
}

/**
 * Whether a message says what is in card/more.js and lang/more/.
 * @param {import('./messages/load.js').Texts} texts
 * @param {string} message
 * @param {import('./options.js').Facts} facts
 */
const needsMore = ({ ours, messages }, message, { instalments }) =>
  !ours[message] || messages[message].variants || (message === 'instalments' && instalments?.[1]);
