/** Reasons, and in each the answers to it, mildest first, as the engine goes through them. */

import { fill, html } from '../../../shop/html.js';
import { reasonName } from '../../../panel/words.js';

/** `free_shipping_left` as it is read. @param {string} name */
export const spelt = (name) => name[0].toUpperCase() + name.slice(1).replaceAll('_', ' ');

const OFFERS = { reassurance: 'Reassures', service: 'A service', discount: 'A discount' };

/**
 * @param {HTMLElement} root
 * @param {import('../../app.d.ts').App} app
 * @param {(reason: string, message: string | undefined) => void} open
 */
export function openList(root, { names }, open) {
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest('button'));
    if (button) open(String(button.dataset.reason), button.dataset.message);
  });
  return {
    /**
     * @param {{ reason: string, message: string, first: (reason: string) => string | undefined, missing: (message: string, reason: string) => string | undefined }} shown
     *   first: what would be said; missing: what a message needs; undefined: it can be said
     */
    show({ reason: present, message: shown, first, missing }) {
      const focused = root.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset : undefined;
      fill(
        root,
        html`${names.reasons.map((reason, place) => {
          const isOpen = reason === present;
          const said = first(reason);
          return html`<li>
            <button class="reason" data-reason="${reason}" aria-expanded="${isOpen}">
              <span>${reasonName(reason)}</span>${said ? '' : html`<span class="chip warm">nothing to say</span>`}
            </button>
            ${isOpen &&
            html`<ol>
              ${names.answers[place].map((at) => {
                const message = names.messages[at];
                const lack = missing(message, reason);
                return html`<li>
                  <button data-reason="${reason}" data-message="${message}" aria-current="${message === shown}">
                    <span class="mark" aria-hidden="true">${message === said ? '●' : lack ? '○' : '◐'}</span>
                    <span><b>${spelt(message)}</b><small>${lack ?? (message === said ? 'Said first' : 'Can be said')} · ${OFFERS[names.needs[at].offer]}</small></span>
                  </button>
                </li>`;
              })}
            </ol>`}
          </li>`;
        })}`,
      );
      if (focused) {
        const again = [...root.querySelectorAll('button')].find(({ dataset }) => dataset.reason === focused.reason && dataset.message === focused.message);
        again?.focus({ preventScroll: true });
      }
    },
  };
}
