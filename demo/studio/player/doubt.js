/** Why the shopper would leave: the posterior of the reasons, and what speaks for the likeliest. */

import { fill, html } from '../../shop/html.js';
import { featureName, percent, quantity, reasonName } from '../../panel/words.js';
import { NONE } from './track.js';

/** Reasons that there is room for: in Live, and in the player. */
const SHORT = 4;
const LONG = 11;
/** A reason less likely than this is none, 0..1. */
const LEAST = 0.02;

/**
 * @param {import('../engine/types.js').Names} names
 * @param {boolean} [isShort] only the likeliest few
 */
export function createDoubt({ reasons, evidence }, isShort) {
  const element = document.createElement('section');
  element.className = `doubt ${isShort ? 'short' : ''}`;
  fill(element, html`<header><h2>Doubt</h2><span class="soft answer"></span></header><ol class="posterior"></ol><h3>Speaks for it</h3><ul class="evidence"></ul>`);
  const [list, speaks, answer] = ['.posterior', '.evidence', '.answer'].map((part) => /** @type {HTMLElement} */ (element.querySelector(part)));
  const own = reasons.filter((name) => name !== 'unsure');
  fill(list, html`${own.map((name) => html`<li><span>${reasonName(name)}</span><span class="meter"></span><b></b></li>`)}`);
  const rows = [...list.children].map((row) => ({ row, meter: /** @type {HTMLElement} */ (row.children[1]), figure: row.children[2] }));

  return {
    element,
    /** @param {import('./track.js').Track} track @param {number} i place of the tick; -1: none */
    paint: (track, i) => {
      const name = i < 0 ? 'unsure' : (reasons[track.reason[i]] ?? 'unsure');
      answer.textContent = i < 0 ? '' : name === 'unsure' ? `unsure, ${percent(track.confidence[i])} at most` : `${reasonName(name)}, ${percent(track.confidence[i])}`;
      const posterior = i < 0 ? undefined : track.row('posterior', i);
      // the likeliest few, in the table's order so that they do not jump about
      const most = isShort ? SHORT : LONG;
      const few = posterior ? [...posterior].sort((one, other) => other - one)[most - 1] : 0;
      const least = isShort ? few : Math.max(LEAST, few);
      rows.forEach(({ row, meter, figure }, place) => {
        const part = posterior?.[place] ?? 0;
        /** @type {HTMLElement} */ (row).hidden = posterior ? part < least : place >= most;
        row.classList.toggle('likeliest', own[place] === name);
        meter.style.setProperty('--part', String(part));
        figure.textContent = posterior ? percent(part) : '–';
      });
      const found = i < 0 ? [] : [0, 3, 6].map((at) => [...track.row('evidence', i).subarray(at, at + 3)]).filter(([place, , weight]) => place !== NONE && weight > 0 && evidence[place]);
      fill(
        speaks,
        found.length
          ? html`${found.map(([place, value, weight]) => html`<li><span>${featureName(evidence[place].name)}</span><b>${quantity(value, evidence[place].unit)}</b><span class="soft">${percent(weight)}</span></li>`)}`
          : html`<li class="soft">No single sign stands out.</li>`,
      );
    },
  };
}
