/** The lists under the curves; each row opens the replay at its moment. */

import { fill, html } from '../../../shop/html.js';
import { clock } from '../../../panel/words.js';
import { createFigures } from './figures.js';
import { from, rowsOf } from './moments.js';

/** Rows drawn at once; more when they are asked for. */
const PART = 60;

/** @type {[tab: string, title: string, none: string][]} */
const TABS = [
  ['changes', 'What changes', 'Nothing changes between A and B. Move a dial, and the visits it changes are listed here.'],
  ['missed', 'Missed and late', 'No leave is missed. Every one had an alert at least 2 s before.'],
  ['false', 'False alarms', 'No false alarm: each alert was followed by a leave within 10 s.'],
  ['cards', 'Cards', 'No visit sees a card. Turn the sensitivity up, or arm sooner.'],
  ['figures', 'Evaluation', ''],
];
const TURNS = /** @type {Record<number, [sign: string, name: string, kind: string]>} */ ({
  1: ['▲', 'better', 'better'],
  0: ['◆', 'other', 'same'],
  [-1]: ['▼', 'worse', 'worse'],
});

/** @typedef {import('./moments.js').Row} Row @typedef {import('./recompute.js').Compared} Compared */

/** @param {import('../../app.d.ts').App} app */
export function createLists(app) {
  const element = document.createElement('section');
  element.className = 'card lists';
  element.setAttribute('aria-label', 'Visits to look at');
  fill(
    element,
    html`<div class="tabs" role="tablist" aria-label="Visits to look at">
        ${TABS.map(([tab, title], i) => html`<button role="tab" id="tune-tab-${tab}" data-tab="${tab}" aria-controls="tune-panel" aria-selected="${!i}" tabindex="${i ? -1 : 0}">${title} <span class="n"></span></button>`)}
      </div>
      <div class="panel" role="tabpanel" id="tune-panel" aria-labelledby="tune-tab-changes" tabindex="0"></div>`,
  );
  const panel = /** @type {HTMLElement} */ (element.querySelector('.panel'));
  const tabs = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('[role=tab]')]);
  const figures = createFigures(app);
  let tab = 'changes';
  let length = PART;
  /** @type {Record<string, Row[]>} */
  let rows = {};

  const nameOf = () => {
    const names = new Map(app.library.list().map(({ id, name }) => [id, name]));
    return (/** @type {string} */ id) => names.get(id) ?? id;
  };

  const draw = () => {
    for (const button of tabs) {
      const n = rows[/** @type {string} */ (button.dataset.tab)];
      /** @type {HTMLElement} */ (button.querySelector('.n')).textContent = n ? String(n.length) : '';
    }
    if (tab === 'figures') return;
    const [, , none] = TABS.find(([name]) => name === tab) ?? TABS[0];
    const all = rows[tab] ?? [];
    const isChange = tab === 'changes';
    const name = nameOf();
    const top = panel.scrollTop;
    fill(
      panel,
      all.length
        ? html`<table>
              <thead>
                <tr>
                  <th scope="col">Visit</th><th scope="col" class="num">At</th><th scope="col">What</th>
                  ${isChange ? html`<th scope="col">A</th><th scope="col">B</th>` : html`<th scope="col">Under B</th>`}
                  <th scope="col"><span class="aside">Replay</span></th>
                </tr>
              </thead>
              <tbody>
                ${all.slice(0, length).map(
                  (row) =>
                    html`<tr data-id="${row.id}" data-t="${row.t}">
                      <td class="visit">${name(row.id)}</td><td class="num">${clock(row.t)}</td><td>${row.what}</td>
                      ${isChange && html`<td class="soft">${row.before}</td>`}
                      <td>${isChange && html`<span class="turn ${TURNS[row.turn][2]}" title="${TURNS[row.turn][1]}">${TURNS[row.turn][0]}</span> `}${row.after}</td>
                      <td class="num"><button class="quiet open" aria-label="Replay ${name(row.id)} at ${clock(row.t)}">Replay</button></td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${all.length > length && html`<p class="row more"><button class="more">Show ${Math.min(PART, all.length - length)} more</button><span class="soft">${length} of ${all.length}</span></p>`}`
        : html`<div class="empty"><p>${none}</p></div>`,
    );
    panel.scrollTop = top;
  };

  /** @param {string} next */
  const open = (next) => {
    tab = next;
    length = PART;
    for (const button of tabs) {
      button.setAttribute('aria-selected', String(button.dataset.tab === tab));
      button.tabIndex = button.dataset.tab === tab ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tune-tab-${tab}`);
    panel.replaceChildren();
    if (tab === 'figures') panel.append(figures.element);
    else draw();
    panel.scrollTop = 0;
  };

  element.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const next = /** @type {HTMLElement | null} */ (target.closest('[role=tab]'));
    if (next) return open(/** @type {string} */ (next.dataset.tab));
    if (target.closest('button.more')) {
      length += PART;
      return draw();
    }
    const row = /** @type {HTMLElement | null} */ (target.closest('tr[data-id]'));
    if (row) app.open('recordings', { id: row.dataset.id, t: from(Number(row.dataset.t)), back: 'tuning' });
  });
  element.querySelector('[role=tablist]')?.addEventListener('keydown', (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const at = tabs.findIndex((button) => button.dataset.tab === tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next.focus();
    open(/** @type {string} */ (next.dataset.tab));
  });

  let due = 0;
  return {
    element,
    /** Drawn once the dial rests for a frame or two: numbers and curves come first. @param {Compared} compared */
    show: (compared) => {
      clearTimeout(due);
      due = setTimeout(() => {
        rows = rowsOf(compared, app.names.reasons);
        draw();
      }, 60);
    },
    open: (/** @type {string} */ next) => open(next),
  };
}
