/** Counts under B, and beside each what it is more or less than under A. */

import { html } from '../../../shop/html.js';
import { percent } from '../../../panel/words.js';

/** @typedef {import('../../engine/types.js').Tuned} Tuned */

/**
 * note: what it takes in, since the counts are no parts of one whole; good: whether more of it is better; per: what it is a part of.
 * @type {{ what: string, note: string, title: string, of: (tuned: Tuned) => number, per?: (tuned: Tuned) => number, good?: boolean, digits?: number }[]}
 */
const COUNTS = [
  { what: 'On time', note: '2–4 s before', title: 'Leaves with an alert 2 to 4 s before', of: (t) => t.onTime, per: (t) => t.leaves, good: true },
  { what: 'Ahead', note: 'incl. on time', title: 'Leaves with an alert 2 to 10 s before, those on time among them', of: (t) => t.ahead, per: (t) => t.leaves, good: true },
  { what: 'Late', note: 'in the last 2 s', title: 'Leaves whose alerts all came in the last 2 s', of: (t) => t.late, per: (t) => t.leaves },
  { what: 'Missed', note: 'none in 10 s', title: 'Leaves without an alert in their last 10 s', of: (t) => t.missed, per: (t) => t.leaves, good: false },
  { what: 'False a minute', note: 'no leave in 10 s', title: 'Alerts with no leave within 10 s, a minute of presence', of: (t) => t.falseAlerts / Math.max(t.minutes, 1e-9), good: false, digits: 2 },
  { what: 'Cards', note: 'of all visits', title: 'Visits that see a card', of: (t) => t.cards.reduce((sum, count) => sum + count, 0), per: (t) => t.visits },
  { what: 'False cards', note: 'of who stayed', title: 'Visits without a leave that see a card', of: (t) => t.sawCard, per: (t) => t.visitsWithoutLeave, good: false },
  { what: 'Answered', note: '2–10 s before', title: 'Leaves 2 to 10 s before which the visit’s card came', of: (t) => t.answered, per: (t) => t.policyLeaves, good: true },
];

/** @param {number} difference @param {number} digits */
const signed = (difference, digits) => (difference > 0 ? '+' : '−') + Math.abs(difference).toFixed(digits);

/** @param {{ a: Tuned, b: Tuned }} compared */
export function counts({ a, b }) {
  return html`${COUNTS.map(({ what, note, title, of, per, good, digits = 0 }) => {
    const [now, then] = [of(b), of(a)];
    const difference = Number((now - then).toFixed(digits));
    const kind = difference === 0 || good === undefined ? 'same' : difference > 0 === good ? 'better' : 'worse';
    return html`<div class="stat" title="${title}">
      <dt>${what}</dt>
      <dd>
        ${now.toFixed(digits)}${per && html`<span class="beside"> ${percent(per(b) ? now / per(b) : NaN)}</span>`}
        <span class="note-of">${note}</span>
        <span class="than ${kind}"><span class="aside">than A: </span>${difference === 0 ? '= A' : signed(difference, digits)}</span>
      </dd>
    </div>`;
  })}`;
}

/** The same in a sentence, for who does not see them change. @param {{ a: Tuned, b: Tuned }} compared */
export function spoken({ b }) {
  const [onTime, , , missed, wrong] = COUNTS.map(({ of }) => of(b));
  return `${onTime} of ${b.leaves} leaves on time, ${missed} missed, ${wrong.toFixed(2)} false alerts a minute.`;
}
