/** How far a training is: steps, folds, and how the loss falls from tree to tree. */

import uPlot from 'uplot';
import { fill, html } from '../../../shop/html.js';
import { FONT, ink } from '../../player/paint.js';

/** @typedef {import('../../engine/types.js').TrainingStep} Step */

/** @type {Record<Step['what'], string>} */
const SAYS = { reading: 'Reading recordings', growing: 'Growing trees', judging: 'Judging on people it never saw', calibrating: 'Setting the presets' };
const ORDER = /** @type {Step['what'][]} */ (['reading', 'growing', 'judging', 'calibrating']);

/** @param {number} folds */
export function createProgress(folds) {
  const element = document.createElement('section');
  element.className = 'card training-progress';
  fill(
    element,
    html`<header><h2>Training</h2><span class="soft part"></span></header>
      <progress max="1" value="0" aria-label="Training"></progress>
      <p class="now">Starting a worker</p>
      <ol class="trail">${ORDER.map((what) => html`<li data-what="${what}">${SAYS[what]}</li>`)}</ol>
      <h3>Log loss, on held-out rows, tree by tree</h3>
      <div class="loss" role="img" aria-label="Log loss of each fold, falling from tree to tree"></div>`,
  );
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (element.querySelector(part));
  const [bar, now, part, room] = ['progress', '.now', '.part', '.loss'].map(find);
  /** @type {number[][]} */
  const losses = Array.from({ length: folds + 1 }, () => []);
  /** @type {uPlot | undefined} */
  let plot;
  let due = 0;

  const draw = () => {
    due = 0;
    const most = Math.max(1, ...losses.map(({ length }) => length));
    const x = Array.from({ length: most }, (_, i) => i + 1);
    const data = /** @type {any} */ ([x, ...losses.map((row) => x.map((_, i) => row[i] ?? null))]);
    if (plot) return plot.setData(data);
    if (!room.clientWidth) return;
    const axis = { stroke: () => ink('soft'), font: `11.5px ${FONT}`, grid: { stroke: () => ink('line'), width: 1 }, ticks: { show: false } };
    plot = new uPlot(
      {
        width: room.clientWidth,
        height: room.clientHeight,
        padding: [10, 12, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: (_, __, end) => [1, Math.max(20, end)] } },
        axes: [{ ...axis, size: 26, gap: 4 }, { ...axis, size: 56, gap: 4 }],
        series: [
          { label: 'trees' },
          ...losses.map((_, i) => ({ stroke: () => ink(i === folds ? 'blue' : 'strong-line'), width: i === folds ? 2 : 1.25, points: { show: false } })),
        ],
      },
      data,
      room,
    );
  };

  return {
    element,
    /** @param {Step} step */
    step: (step) => {
      /** @type {HTMLProgressElement} */ (bar).value = step.part;
      part.textContent = `${Math.floor(step.part * 100)} %`;
      const where = step.what === 'growing' ? (step.fold === folds ? ', for the model of all' : `, for fold ${step.fold + 1} of ${folds}`) : '';
      now.textContent = `${SAYS[step.what]}${where}${step.trees ? `: ${step.trees}, loss ${(step.heldOutLoss ?? step.loss ?? 0).toFixed(4)}` : ''}`;
      for (const item of element.querySelectorAll('.trail li'))
        /** @type {HTMLElement} */ (item).toggleAttribute('data-on', /** @type {HTMLElement} */ (item).dataset.what === step.what);
      if (step.trees !== undefined) losses[step.fold][step.trees - 1] = step.heldOutLoss ?? step.loss ?? 0;
      due ||= requestAnimationFrame(draw);
    },
  };
}
