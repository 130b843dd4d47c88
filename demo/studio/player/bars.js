/** What makes the present risk: from where nothing is known, one bar after the other, to the margin. */

import { fill, html } from '../../shop/html.js';
import { featureName, percent, quantity } from '../../panel/words.js';

/** @param {number} value */
export const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/**
 * @typedef {{ name: string, beside: string, title: string, value: number }} Bar
 * @param {import('./track.js').Track} track @param {number} i @param {import('../engine/types.js').Feature[]} features @param {number} most
 * @returns {{ bars: Bar[], rest: { count: number, value: number }, sum: number }}
 */
export function barsOf(track, i, features, most) {
  const row = track.row('contributions', i);
  const values = track.row('features', i);
  const places = [...row.keys()].filter((place) => row[place] !== 0).sort((one, other) => Math.abs(row[other]) - Math.abs(row[one]));
  const bars = places.slice(0, most).map((place) => {
    const { name, unit, meaning } = features[place];
    return { name: featureName(name), beside: quantity(values[place], unit), title: meaning, value: row[place] };
  });
  const rest = places.slice(most);
  const value = rest.reduce((sum, place) => sum + row[place], 0);
  const sum = track.bias + bars.reduce((all, bar) => all + bar.value, 0) + value;
  return { bars, rest: { count: rest.length, value }, sum };
}

/** @param {import('../engine/types.js').Names} names @param {number} most bars with a name of their own */
export function createBars({ features }, most) {
  const element = document.createElement('section');
  element.className = 'bars';
  fill(
    element,
    html`<header><h2>What makes the risk</h2><span class="soft total"></span></header>
      <ol></ol>
      <p class="none soft" hidden>This model came without its manifest, so what each feature adds cannot be told.</p>`,
  );
  const [list, total, none] = ['ol', '.total', '.none'].map((part) => /** @type {HTMLElement} */ (element.querySelector(part)));

  return {
    element,
    /** @param {import('./track.js').Track} track @param {number} i place of the tick; -1: none */
    paint: (track, i) => {
      const isKnown = i >= 0 && track.explains;
      none.hidden = i < 0 || isKnown;
      list.hidden = !isKnown;
      total.textContent = isKnown ? `${signed(track.margin[i])} → ${percent(track.risk[i])}` : '';
      if (!isKnown) return;
      const { bars, rest, sum } = barsOf(track, i, features, most);
      const rows = [...bars, { name: `${rest.count} others`, beside: '', title: 'All the features that move it less, together', value: rest.value }];
      let at = track.bias;
      const ends = rows.map(({ value }) => (at += value));
      const [least, greatest] = [Math.min(track.bias, ...ends), Math.max(track.bias, ...ends)];
      const width = Math.max(0.5, greatest - least);
      const x = (/** @type {number} */ margin) => (100 * (margin - least)) / width;
      const line = (/** @type {number} */ margin) => html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><path class="at" d="M${x(margin).toFixed(2)} 0V10" /></svg>`;
      fill(
        list,
        html`<li class="end" title="What the margin is where nothing is known of the shopper"><span>Starting point</span>${line(track.bias)}<b>${signed(track.bias)}</b></li>
          ${rows.map(({ name, beside, title, value }, n) => {
            const [from, to] = [n ? ends[n - 1] : track.bias, ends[n]];
            const bar = html`<rect x="${Math.min(x(from), x(to)).toFixed(2)}" width="${Math.max(0.6, Math.abs(x(to) - x(from))).toFixed(2)}" y="1" height="8" />`;
            return html`<li class="${value < 0 ? 'down' : 'up'}" title="${title}">
              <span>${name} <small>${beside}</small></span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${bar}</svg><b>${signed(value)}</b>
            </li>`;
          })}
          <li class="end sum" title="Log-odds before calibration"><span>Sum = margin</span>${line(sum)}<b>${signed(sum)}</b></li>`,
      );
    },
  };
}
