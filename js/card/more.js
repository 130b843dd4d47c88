/**
 * What the card draws besides, on pages that need it: alternatives of the shop's, a code to be copied, and "what's
 * missing?". A part of its own, with the words that go with it.
 */

import { add } from '../messages/more.js';

export { STYLE } from './more-style.js';

/**
 * The words and the drawing of a card, as `format` takes them.
 *
 * @param {(reason: string) => void} onAnswer what the shopper says is missing; called once at most
 * @param {Parameters<typeof add>} given
 * @returns {import('../messages/index.js').Added}
 */
export function tell(onAnswer, ...given) {
  const added = add(...given);
  const [{ message }] = given;
  return {
    ...added,
    finish: (text) => {
      const finished = added.finish(text);
      return { ...finished, draw: (card, make, end) => draw(card, message, finished, make, end, onAnswer) };
    },
  };
}

/**
 * @param {any} card
 * @param {string} message
 * @param {import('../messages/more.js').MoreText} text
 * @param {import('./card.js').Make} make
 * @param {import('./card.js').End} end
 * @param {(reason: string) => void} onAnswer
 */
function draw(card, message, { icon, steps = [], links, code, use, ask }, make, end, onAnswer) {
  const [act, accept] = card.querySelectorAll('.act, .accept');
  card.classList.add(message);
  // A dialog gives the focus to what comes first, were it a field to copy from.
  if (card.showModal) accept.autofocus = true;
  if (icon) card.querySelector('.icon path').setAttribute('d', icon);
  if (use)
    accept.addEventListener('click', () => {
      // What the shop opens may take the focus; a dialog that closes later would take it back.
      card.close?.();
      use();
    });
  if (steps[0]) act.before(make('ol.steps', ...steps.map((step) => make('li', step))));
  if (links)
    act.before(
      make(
        'ul.links',
        ...links.map(({ title, href, price }) =>
          make('li', make('a.link', { href }, make('span', title), price && make('b', price), end('act', 'link'))),
        ),
      ),
    );
  if (code) act.before(codeField(make, code));
  if (ask) act.after(question(make, ask, onAnswer));
}

/**
 * A field, so that keys alone can copy from it, too.
 * @param {import('./card.js').Make} make
 * @param {{ value: string, label: string }} code
 */
function codeField(make, { value, label }) {
  const field = make('input.code', { readonly: 'readonly', dir: 'ltr', 'aria-label': label, value });
  field.addEventListener('focus', () => field.select());
  return field;
}

/**
 * One tap answers. The answer stays where it was pressed, with the focus that it has; thanks are said politely.
 * @param {import('./card.js').Make} make
 * @param {import('../messages/more.js').Ask} ask
 * @param {(reason: string) => void} onAnswer
 */
function question(make, { question, thanks, answers }, onAnswer) {
  const said = make('p.question', { role: 'status' }, question);
  /** @type {HTMLButtonElement[]} */
  const chips = Object.entries(answers).map(([reason, label]) => {
    const chip = make('button.answer', label, () => {
      if (chip.ariaPressed) return;
      for (const one of chips) one.disabled = one !== chip;
      chip.setAttribute('aria-pressed', 'true');
      said.textContent = thanks;
      onAnswer(reason);
    });
    return chip;
  });
  return make('div.ask', { role: 'group', 'aria-label': question }, said, make('div.answers', ...chips));
}
