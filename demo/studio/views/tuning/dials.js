/** The dials: sensitivity and share of visits, linked; arming, cool-down, and how sure a card has to be of each reason. */

import { fill, html } from '../../../shop/html.js';
import { percent, reasonName } from '../../../panel/words.js';
import { TUNING, thresholdFor } from '../../state.js';

/** The presets of the script tag. @type {[name: string, share: number][]} */
const PRESETS = [
  ['Calm', 0.02],
  ['Balanced', 0.05],
  ['Eager', 0.1],
];
/** Steps of the sliders that are not even in what they set. */
const STEPS = 400;
/** Risks at the ends of the sensitivity: its steps are even in log-odds. */
const LEAST_RISK = 0.01;
const MOST_RISK = 0.95;
/** Shares at the ends of their slider, even in their logarithm. */
const LEAST_SHARE = 0.005;
const MOST_SHARE = 0.5;
/** As the policy has it where nobody set another. */
const FLOOR = 0.25;

const logit = (/** @type {number} */ p) => Math.log(p / (1 - p));
/** @param {number} part 0..1 of the way */
const riskAt = (part) => 1 / (1 + Math.exp(-(logit(MOST_RISK) + part * (logit(LEAST_RISK) - logit(MOST_RISK)))));
/** @param {number} risk */
const partOfRisk = (risk) => (logit(Math.min(0.999, Math.max(0.001, risk))) - logit(MOST_RISK)) / (logit(LEAST_RISK) - logit(MOST_RISK));
/** @param {number} part */
const shareAt = (part) => LEAST_SHARE * (MOST_SHARE / LEAST_SHARE) ** part;
/** @param {number} share */
const partOfShare = (share) => Math.log(share / LEAST_SHARE) / Math.log(MOST_SHARE / LEAST_SHARE);

/**
 * The share that the model's table has for a threshold: the inverse of thresholdFor.
 * @param {import('../../engine/types.js').ModelInfo} model
 * @param {number} threshold
 */
export function shareFor({ presets }, threshold) {
  if (!presets.length) return NaN;
  const right = presets.findIndex(([, at]) => at <= threshold);
  if (right === 0) return presets[0][0];
  if (right < 0) return presets[presets.length - 1][0];
  const [[x0, y0], [x1, y1]] = [presets[right - 1], presets[right]];
  return x0 + ((x1 - x0) * (threshold - y0)) / (y1 - y0);
}

const seconds = (/** @type {number} */ ms) => `${Math.round(ms / 1000)} s`;

/** @param {import('../../app.d.ts').App} app */
export function createDials(app) {
  const element = document.createElement('section');
  element.className = 'card dials';
  element.setAttribute('aria-label', 'Settings');
  const reasons = app.names.reasons.filter((name) => name !== 'unsure');
  /** @param {string} name @param {string} title @param {number} most @param {string} hint */
  const dial = (name, title, most, hint) =>
    html`<div class="dial">
      <label for="tune-${name}">${title}</label><output for="tune-${name}"></output>
      <input type="range" id="tune-${name}" min="0" max="${most}" step="1" />
      ${hint && html`<span class="hint">${hint}</span>`}
    </div>`;
  fill(
    element,
    html`<header>
        <h2>Settings</h2>
        <button class="quiet reset" title="As the product has them">Reset</button>
      </header>
      <div class="seg presets" role="group" aria-label="Preset">
        ${PRESETS.map(([name, share]) => html`<button data-share="${share}" aria-pressed="false" title="${percent(share)} of the visits without a leave see a card">${name}</button>`)}
      </div>
      ${dial('risk', 'Sensitivity', STEPS, 'More to the right: a leave counts as likely at less risk')}
      ${dial('share', 'Stayers that see a card', STEPS, 'Of visits that end without a leave, by the model’s own table; what these recordings give is False cards')}
      ${dial('arming', 'Arming', 60, 'No card before this much of a visit')}
      ${dial('cooldown', 'Cool-down', 60, 'Between two alerts of this judging; it is no setting of the shop, where a visit sees one card')}
      <details class="floors">
        <summary>How sure a card has to be <span class="chip"></span></summary>
        <p class="hint">Under it, a card helps in general and names no doubt.</p>
        ${reasons.map((name) => dial(`floor-${name}`, reasonName(name), 100, ''))}
      </details>`,
  );
  /** @param {string} name @returns {HTMLInputElement} */
  const input = (name) => /** @type {HTMLInputElement} */ (element.querySelector(`#tune-${name}`));
  /** @param {string} name @param {number} value of the slider @param {string} text */
  const put = (name, value, text) => {
    const slider = input(name);
    // a slider that is dragged says where it is; what it stands for may lie between two steps
    if (document.activeElement !== slider) slider.value = String(Math.round(value));
    slider.setAttribute('aria-valuetext', text);
    /** @type {HTMLOutputElement} */ (slider.previousElementSibling).value = text;
  };

  const draw = () => {
    const { share, threshold, armingMs, cooldownMs, confidence } = app.settings.tuning;
    const info = app.model.info;
    const risk = threshold ?? thresholdFor(info, share);
    const part = threshold === null ? share : shareFor(info, threshold);
    put('risk', partOfRisk(risk) * STEPS, `from ${percent(risk)} risk`);
    put('share', partOfShare(part) * STEPS, Number.isFinite(part) ? `${threshold === null ? '' : 'about '}${percent(part)}` : 'not known');
    put('arming', armingMs / 1000, seconds(armingMs));
    put('cooldown', cooldownMs / 1000, seconds(cooldownMs));
    for (const name of reasons) put(`floor-${name}`, (confidence[name] ?? FLOOR) * 100, percent(confidence[name] ?? FLOOR));
    const set = Object.keys(confidence).length;
    const chip = /** @type {HTMLElement} */ (element.querySelector('.floors .chip'));
    chip.textContent = set ? `${set} set` : percent(FLOOR);
    chip.classList.toggle('blue', set > 0);
    for (const button of element.querySelectorAll('.presets button'))
      button.setAttribute('aria-pressed', String(threshold === null && Number(/** @type {HTMLElement} */ (button).dataset.share) === share));
  };

  element.addEventListener('input', ({ target }) => {
    const slider = /** @type {HTMLInputElement} */ (target);
    const value = Number(slider.value);
    const name = slider.id.slice('tune-'.length);
    if (name === 'risk') app.settings.set({ tuning: { threshold: Number(riskAt(value / STEPS).toFixed(4)) } });
    else if (name === 'share') app.settings.set({ tuning: { share: Number(shareAt(value / STEPS).toFixed(4)), threshold: null } });
    else if (name === 'arming') app.settings.set({ tuning: { armingMs: value * 1000 } });
    else if (name === 'cooldown') app.settings.set({ tuning: { cooldownMs: value * 1000 } });
    else setFloor(name.slice('floor-'.length), value / 100);
  });
  /** @param {string} reason @param {number} floor */
  const setFloor = (reason, floor) => {
    const confidence = { ...app.settings.tuning.confidence, [reason]: floor };
    if (floor <= FLOOR) delete confidence[reason];
    app.settings.set({ tuning: { confidence } });
  };
  for (const name of reasons) input(`floor-${name}`).min = String(FLOOR * 100);
  element.querySelector('.presets')?.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest('button'));
    if (button) app.settings.set({ tuning: { share: Number(button.dataset.share), threshold: null } });
  });
  element.querySelector('.reset')?.addEventListener('click', () => app.settings.set({ tuning: { ...TUNING } }));
  app.settings.addEventListener('change', draw);
  app.addEventListener('model', draw);
  draw();
  return {
    element,
    /** One preset on, or back. @param {number} way */
    step: (way) => {
      const { share, threshold } = app.settings.tuning;
      const shares = PRESETS.map(([, at]) => at);
      const at = shares.indexOf(threshold === null ? share : NaN);
      const next = shares[at < 0 ? 1 : at + way];
      if (next) app.settings.set({ tuning: { share: next, threshold: null } });
    },
  };
}
