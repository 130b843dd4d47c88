/** What the model sees: every feature by the signal it is made of, with its last half minute, value, unit and range. */

import { fill, html } from '../../shop/html.js';
import { featureName, quantity } from '../../panel/words.js';

/** A line's span, ticks. */
const SPAN = 120;
const WIDTH = 48;
const HEIGHT = 18;

/** @type {Record<import('../engine/types.js').Feature['group'], string>} */
const GROUPS = { pointer: 'Pointer', scroll: 'Scroll', activity: 'Activity', sections: 'Sections', purchase: 'Purchase' };

/** @param {number} value */
const brief = (value) => (Math.abs(value) >= 1e6 ? `${value / 1e6}M` : Math.abs(value) >= 1e4 ? `${value / 1000}k` : String(value));

/** @param {import('../engine/types.js').Names} names @param {string} id of the tabs, which are told apart by it */
export function createFeatures({ features }, id) {
  const element = document.createElement('section');
  element.className = 'features';
  const groups = /** @type {(keyof typeof GROUPS)[]} */ (Object.keys(GROUPS)).filter((name) => features.some(({ group }) => group === name));
  fill(
    element,
    html`<header>
        <h2>Features</h2>
        <div class="seg" role="tablist" aria-label="Features by signal">
          ${groups.map((name, i) => html`<button role="tab" id="${id}-${name}" aria-controls="${id}-rows" aria-selected="${String(i === 0)}" tabindex="${i ? -1 : 0}">${GROUPS[name]}</button>`)}
        </div>
      </header>
      <div id="${id}-rows" role="tabpanel" tabindex="0" aria-labelledby="${id}-${groups[0]}"><ul></ul></div>`,
  );
  const [panel, list] = ['[role=tabpanel]', 'ul'].map((part) => /** @type {HTMLElement} */ (element.querySelector(part)));
  const tabs = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('[role=tab]')]);
  /** @type {{ place: number, line: Element, now: Element }[]} */
  let rows = [];
  /** @type {[import('./track.js').Track, number] | undefined} */
  let shown;

  /** @param {number} which */
  const open = (which) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(i === which));
      tab.tabIndex = i === which ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', tabs[which].id);
    const places = [...features.keys()].filter((place) => features[place].group === groups[which]);
    fill(
      list,
      html`${places.map((place) => {
        const { name, unit, min, max, meaning } = features[place];
        return html`<li title="${meaning}">
          <span>${featureName(name)}</span>
          <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path /></svg>
          <b></b><small>${brief(min)}–${brief(max)}${unit && ` ${unit}`}</small>
        </li>`;
      })}`,
    );
    rows = places.map((place, i) => ({ place, line: /** @type {Element} */ (list.children[i].querySelector('path')), now: /** @type {Element} */ (list.children[i].querySelector('b')) }));
    if (shown) paint(...shown);
  };

  /** @param {import('./track.js').Track} track @param {number} i place of the tick; -1: none */
  const paint = (track, i) => {
    shown = [track, i];
    for (const { place, line, now } of rows) {
      now.textContent = i < 0 ? '–' : quantity(track.features[i * 64 + place], features[place].unit).replace(/ (px.*|screens.*|s|viewports.*)$/, '');
      line.setAttribute('d', i < 0 ? '' : path(track, i, place));
    }
  };

  for (const [i, tab] of tabs.entries()) tab.addEventListener('click', () => open(i));
  element.querySelector('[role=tablist]')?.addEventListener('keydown', (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const way = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    if (!way) return;
    event.preventDefault();
    const next = (tabs.findIndex((tab) => tab.tabIndex === 0) + way + tabs.length) % tabs.length;
    open(next);
    tabs[next].focus();
  });
  open(0);
  return { element, paint };
}

/** Over what it was in its last half minute, or its whole range where that is small. @param {import('./track.js').Track} track @param {number} i @param {number} place */
function path(track, i, place) {
  const first = Math.max(0, i - SPAN + 1);
  let [low, high] = [Infinity, -Infinity];
  for (let at = first; at <= i; at += 1) {
    const value = track.features[at * 64 + place];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return '';
  const span = high - low || 1;
  let out = '';
  let pen = 'M';
  for (let at = first; at <= i; at += 1) {
    const value = track.features[at * 64 + place];
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    const x = WIDTH - 2 - ((i - at) * (WIDTH - 2)) / SPAN;
    const y = high === low ? HEIGHT - 3 : HEIGHT - 3 - ((value - low) * (HEIGHT - 6)) / span;
    out += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  }
  return out;
}
