/**
 * From the engine's decision to a card on the page: its words and its style are fetched, the page is asked, exposure is told.
 */

import { loadPart, readText } from 'falter-files';
import { showCard } from './card/card.js';
import { format, loadTexts } from './messages/index.js';
import { join } from './messages/load.js';

/** From this risk on there is no time for more than the title says. */
const BRIEF_RISK = 0.9;

/**
 * @typedef {import('./run.js').Host} Host
 * @typedef {typeof import('./card/more.js')} More
 * @typedef {[texts: import('./messages/load.js').Texts, style: string, further: string, more?: More]} Look style, and what goes
 *   after it
 */

/** @param {Host} host */
export function openShow({ options, base, history, answer, tell, fail, life }) {
  const { facts, ask, layout } = options;
  /** @type {Promise<Look | undefined> | undefined} */
  let look;
  /** @param {string} path */
  const readJson = (path) => readText(base, path).then(JSON.parse);
  /** @param {unknown} fault */
  const failed = (fault) => void fail('internal', 'card', fault);

  return {
    /**
     * Fetches what the card says and looks like, once, and what is seldom said when it is.
     * @param {string} [message] undefined: what any card needs
     * @returns {Promise<Look | undefined>} undefined: it could not be had
     */
    dress: async (message) => {
      const known = await (look ??= Promise.all([
        loadTexts(options, document.documentElement.lang, readJson, (fault) => fail('bad_option', 'lang', fault)),
        readText(base, 'card.css'),
        layout === 'corner' ? '' : readText(base, 'card/layouts.css'),
      ]).catch(failed));
      if (!known || !message) return known;
      const [texts, style, layouts] = known;
      const { ours, messages, code } = texts;
      if (!ask && ours[message]?.title && !messages[message].variants) return known;
      return Promise.all([loadPart(base, 'card/more'), readJson(`lang/more/${code}.json`)]).then(
        ([more, words]) => [{ ...texts, messages: { ...messages, ...join(words, messages, {}) } }, style, layouts + more.STYLE, more],
        (fault) => failed(fault) ?? known,
      );
    },
    /**
     * @param {{ risk: number, play: string | null, show: any }} decision the engine's
     * @param {Look | null | undefined} known
     * @returns {[rendered: boolean, vetoed: boolean]}
     */
    show: ({ risk, play, show: what }, known) => {
      const { reason, message, offer } = what;
      const { visits, bucket } = history.past();
      const tone = visits > 1 ? (risk < BRIEF_RISK ? 'plain' : 'brief') : 'gentle';
      const [texts, style, further, more] = known ?? [];
      const text =
        texts && format(what, facts, texts, tone, more && ((...fill) => more.tell(answer, what, options, texts, tone, bucket, ...fill)));
      const vetoed = !tell('show', { reason, message, offer, variant: text?.variant ?? '', play, tone });
      // who hears of it may have stopped falter
      let rendered = !vetoed && !life.signal.aborted && Boolean(text);
      if (rendered)
        try {
          // hosts answer with a page (HTML) of theirs for a file that is not there: drawn by that, a card would be part of the shop's page
          if (style?.[0] === '<') throw 'card.css';
          const close = showCard({
            layout,
            message,
            text: /** @type {import('./messages/index.js').Text} */ (text),
            style: /** @type {string} */ (style) + further,
            onEnd: (what, how) => {
              if (what === 'dismiss') history.dismissed();
              tell(what, { reason, message, how });
            },
          });
          life.signal.addEventListener('abort', close);
        } catch (fault) {
          // a browser or a page that a card can't be drawn in: everything else goes on
          rendered = /** @type {any} */ (failed(fault));
        }
      return [rendered, vetoed];
    },
  };
}
