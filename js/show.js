/**
 * From the engine's decision to a card on the page: its words and its style are fetched, the page is asked, exposure is told.
 */

import { readText } from 'falter-files';
import { showCard } from './card/card.js';
import { format, loadTexts } from './messages/index.js';

/**
 * @typedef {import('./run.js').Host} Host
 * @typedef {[texts: import('./messages/index.js').Texts, style: string]} Look
 */

/** @param {Host} host */
export function openShow({ options, base, history, tell, fail, life }) {
  /** @type {Promise<Look | undefined> | undefined} */
  let look;
  return {
    /** Fetches what the card says and looks like, once. @returns {Promise<Look | undefined>} undefined: it could not be had */
    dress: () =>
      (look ??= Promise.all([
        loadTexts(
          options,
          document.documentElement.lang,
          (path) => readText(base, path).then(JSON.parse),
          (fault) => fail('bad_option', 'lang', fault),
        ),
        readText(base, 'card.css'),
      ]).catch((fault) => void fail('internal', 'card', fault))),
    /** @param {any} what of the engine's decision @param {Look | undefined} known */
    show: (what, known) => {
      const text = known && format(what, options.facts, known[0]);
      const { reason, message, offer } = what;
      const vetoed = !tell('show', { reason, message, offer, variant: '' });
      // Both sides of the holdout count from the decision on, whether or not a card could be drawn.
      history.shown();
      const rendered = !vetoed && Boolean(text);
      if (rendered && text) {
        const { close } = showCard({
          layout: options.layout,
          message,
          text,
          style: known[1],
          onEnd: (what, how) => {
            if (what === 'dismiss') history.dismissed();
            tell(what, { reason, message, how });
          },
        });
        life.signal.addEventListener('abort', close);
      }
      tell('exposure', { side: 'shown', rendered, vetoed });
    },
  };
}
