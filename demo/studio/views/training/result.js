/** What came of a training, in words first: on people it never saw, how many leaves, beside the model it would replace. */

import { html } from '../../../shop/html.js';
import { percent } from '../../../panel/words.js';

/** @typedef {import('../../engine/types.js').Trained} Trained @typedef {import('../../engine/types.js').Standing} Standing @typedef {import('../../engine/types.js').Interval} Interval */

/** The rate at which the sentence counts: about what one would stand. */
const RATE = 1;

/** @param {Standing} standing */
const atRate = ({ rates }) => rates.find(({ rate }) => rate === RATE) ?? rates[0];
/** @param {number} part */
const points = (part) => `${part < 0 ? '−' : '+'}${Math.abs(part * 100).toFixed(1)}`;

/**
 * Better, worse, or no more than chance: by whether the interval over people leaves 0 out.
 * @param {Trained} trained
 * @returns {{ kind: 'good' | 'bad' | 'warm', title: string, text: string }}
 */
export function verdict({ lead, folds, now, before }) {
  const better = folds.filter((fold) => fold.now.ahead > fold.before.ahead).length;
  const inFolds = `${better} of ${folds.length} folds are better`;
  const range = (/** @type {Interval} */ { value, low, high }) => `${points(value)} points (${points(low)} to ${points(high)} with other people)`;
  const text = `Leaves ahead ${range(lead.ahead)}, on time ${range(lead.onTime)}; ${inFolds}.`;
  if (lead.ahead.low > 0) return { kind: 'good', title: 'Better than the one before, and more than chance explains', text };
  if (lead.ahead.high < 0) return { kind: 'bad', title: 'Worse than the one before, and more than chance explains', text: `${text} More recordings, or more simulated visits beside them, may change that.` };
  const lean = now.ahead >= before.ahead ? 'A little better' : 'A little worse';
  return { kind: 'warm', title: `${lean}, but chance alone could have done it`, text: `${text} More recordings would tell.` };
}

/** @param {Standing} now @param {Standing} before */
const cells = (now, before) => html`
  <td class="num">${now.leaves}</td>
  <td class="num"><b>${percent(now.onTime)}</b></td><td class="num soft">${percent(before.onTime)}</td>
  <td class="num"><b>${percent(now.ahead)}</b></td><td class="num soft">${percent(before.ahead)}</td>
  <td class="num"><b>${now.skill.toFixed(3)}</b></td><td class="num soft">${before.skill.toFixed(3)}</td>
  <td class="num"><b>${now.rocAuc.toFixed(3)}</b></td><td class="num soft">${before.rocAuc.toFixed(3)}</td>`;

/** @param {number} at wall ms */
const time = (at) => new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {import('../training.js').Outcome} outcome @param {boolean} isInUse */
export function result({ trained, besides, isSimulated, sources, at }, isInUse) {
  const { now, before, folds, info, ms } = trained;
  const { kind, title, text } = verdict(trained);
  const [found, found0] = [atRate(now), atRate(before)];
  const shares = info.presets.map(([share]) => share);
  return html`<section class="card training-result">
    <header><h2>On people it never saw: ${found.onTime} of ${now.leaves} leaves on time, ${found0.onTime} before</h2></header>
    <p>At ${RATE} false alert a minute; ${found.ahead} ahead, ${found0.ahead} before. ${now.minutes.toFixed(0)} minutes of presence.</p>
    <p class="soft of">Trained on recordings (${sources})${besides ? `, with ${besides} simulated visits beside` : ''}; ${time(at)}.</p>
    <p class="note ${kind === 'good' ? '' : kind}"><b>${title}.</b> ${text}</p>
    ${isSimulated && html`<p class="soft">All these visits are simulated, and the shipped model has learnt from far more of those. What this is for is your own visitors.</p>`}
    <p class="row">
      <button class="${kind !== 'bad' && 'primary '}use" ${isInUse ? 'disabled' : ''}>${isInUse ? 'In use' : 'Use it'}</button>
      <button class="save">Download .falter</button>
      <button class="beside" title="What it learnt from and how; the studio needs it for contributions">Download manifest</button>
      <span class="soft">${info.trees} trees, ${info.bytes.toLocaleString('en')} B, <code>${info.checksum}</code>; ${(ms / 1000).toFixed(1)} s</span>
    </p>
    <table>
      <caption>Means over 0.2, 0.5, 1 and 2 false alerts a minute; each fold judged by a model that saw none of its people</caption>
      <thead>
        <tr><th scope="col" rowspan="2">Fold</th><th scope="col" rowspan="2" class="num">Leaves</th>${['On time', 'Ahead', 'Brier skill', 'ROC-AUC'].map((what) => html`<th scope="colgroup" colspan="2" class="num">${what}</th>`)}</tr>
        <tr>${[0, 1, 2, 3].map(() => html`<th scope="col" class="num">new</th><th scope="col" class="num">before</th>`)}</tr>
      </thead>
      <tbody>
        ${folds.map((fold, i) => html`<tr><th scope="row">${i + 1}, ${fold.recordings} visits</th>${cells(fold.now, fold.before)}</tr>`)}
        <tr class="all"><th scope="row">All</th>${cells(now, before)}</tr>
      </tbody>
    </table>
    ${shares[0] > 0.02 && html`<p class="note warm">There are too few visits without a leave for a preset under ${percent(shares[0])}: calmer ones are the same as that.</p>`}
  </section>`;
}
