/**
 * What the card draws besides, on pages that need it: alternatives of the shop's, a code to be copied, and "what's
 * missing?". A part of its own, with the words that go with it.
 */

import { STYLE } from './more-style.js';

export { add, pick } from '../messages/more.js';
export { STYLE };

/**
 * @param {HTMLElement} card
 * @param {import('../messages/more.js').MoreText} text
 * @param {import('./card.js').Make} make
 * @param {import('./card.js').End} end
 * @param {(reason: string) => void} onAnswer what the shopper says is missing; called once at most
 */
export function draw(card, { links, code, ask }, make, end, onAnswer) {
  const act = card.querySelector('.act');
  if (links)
    act?.before(
      make(
        'ul.links',
        ...links.map(({ title, href, price }) =>
          make('li', make('a.link', { href }, make('span', title), price && make('b', price), end('act', 'link'))),
        ),
      ),
    );
  if (code) act?.before(codeField(make, code));
  if (ask) act?.after(question(make, ask, onAnswer));
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
