/** What `falter evaluate` says of the recordings, with its intervals; computed when it is asked for, since it takes a while. */

import { fill, html } from '../../../shop/html.js';
import { percent } from '../../../panel/words.js';

/** A share with its count and interval. @param {{ count: number, of: number, share: number, low: number, high: number }} found */
const share = ({ count, of, share: part, low, high }) => html`<td class="num">${count} of ${of}</td><td class="num">${percent(part)}</td><td class="num soft">${percent(low)} – ${percent(high)}</td>`;

/** @param {import('../../app.d.ts').App} app */
export function createFigures(app) {
  const element = document.createElement('div');
  element.className = 'figures';
  let isAsking = false;
  /** Which recordings and model it was computed for. */
  let isOld = false;

  const offer = () =>
    fill(
      element,
      html`<div class="empty">
        <h2>The protocol, with its intervals</h2>
        <p>What <code>falter evaluate</code> prints of these recordings: alerts at four rates of false ones beside the best rule and chance, and each preset with the whole policy on. It does not depend on the dials.</p>
        <p><button class="primary compute">Evaluate</button></p>
      </div>`,
    );

  /** @param {import('../../engine/types.js').Figures} f */
  const draw = (f) =>
    fill(
      element,
      html`<div class="row figures-head">
          <p>${f.visits} visits, ${f.visits_without_leave} without a leave, ${f.leaves} leaves, ${f.minutes.toFixed(0)} minutes; model <code>${f.model}</code></p>
          <button class="quiet compute">Again</button>
        </div>
        <p class="note warm old" ${isOld ? '' : 'hidden'}>Recordings or model have changed since.</p>
        <table>
          <caption class="aside">Alerts at four rates</caption>
          <thead>
            <tr><th scope="col">False a minute</th><th scope="col" class="num">From risk</th><th scope="col" colspan="3" class="num">On time, 95 % interval</th><th scope="col" colspan="3" class="num">Ahead</th><th scope="col" class="num">Best rule, on time</th><th scope="col" class="num">Random</th></tr>
          </thead>
          <tbody>
            ${f.alerts.map((/** @type {any} */ row) => {
              const rule = row.rivals.find((/** @type {any} */ rival) => rival.is_rule);
              const random = row.rivals.find((/** @type {any} */ rival) => rival.name === 'random');
              return html`<tr><th scope="row">${row.rate}</th><td class="num">${percent(row.threshold)}</td>${share(row.on_time)}${share(row.ahead)}
                <td class="num" title="${rule?.name ?? ''}">${rule ? percent(rule.on_time.share) : 'none'}</td><td class="num">${random ? percent(random.on_time.share) : '–'}</td></tr>`;
            })}
          </tbody>
        </table>
        <table>
          <caption class="aside">The whole policy at each preset</caption>
          <thead>
            <tr><th scope="col">Preset</th><th scope="col" class="num">From risk</th><th scope="col" colspan="3" class="num">Stayed and saw a card</th><th scope="col" colspan="3" class="num">Leaves answered</th></tr>
          </thead>
          <tbody>
            ${f.policy.map((/** @type {any} */ row) => html`<tr><th scope="row">${row.preset}, meant for ${percent(row.meant)}</th><td class="num">${percent(row.threshold)}</td>${share(row.saw_card)}${share(row.answered)}</tr>`)}
          </tbody>
        </table>
        <p class="soft">Risks tick by tick: Brier skill ${f.risks.brier_skill.toFixed(3)}, ROC-AUC ${f.risks.roc_auc.toFixed(3)}, calibration error ${f.risks.calibration_error.toFixed(4)}. Intervals are of 95 %, by bootstrap over visits.</p>`,
    );

  async function compute() {
    if (isAsking) return;
    isAsking = true;
    fill(element, html`<div class="empty" role="status"><span class="spinner"></span><p>Judging every visit beside 22 rules and three controls</p></div>`);
    isOld = false;
    try {
      draw(await app.engine.figures());
    } catch (fault) {
      fill(element, html`<div class="empty" role="alert"><p>${/** @type {Error} */ (fault).message}</p><p><button class="compute">Try again</button></p></div>`);
    } finally {
      isAsking = false;
    }
  }
  element.addEventListener('click', ({ target }) => target instanceof Element && target.closest('.compute') && compute());
  const age = () => {
    isOld = true;
    element.querySelector('.old')?.removeAttribute('hidden');
  };
  app.addEventListener('model', age);
  app.library.addEventListener('change', age);
  offer();
  return { element };
}
