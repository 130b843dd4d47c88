/** Two curves, what is won upwards and what it costs to the right: alerts, and cards. A click takes the threshold that is there. */

import uPlot from 'uplot';
import { percent } from '../../../panel/words.js';
import { FONT, ink, onTheme } from '../../player/paint.js';

/** @typedef {import('../../engine/types.js').Tuned} Tuned @typedef {import('./recompute.js').Compared} Compared */

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {string} ink
 * @property {(tuned: Tuned) => ArrayLike<number>} counts of the curve
 * @property {(tuned: Tuned) => number} here the same at the settings themselves
 * @property {(tuned: Tuned) => number} per
 *
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} across
 * @property {(tuned: Tuned) => number[]} x of the curve's points
 * @property {(tuned: Tuned) => number} at x at the settings themselves
 * @property {(x: number) => string} say
 * @property {number} most to the right; alerts beyond it are of no use to anybody
 * @property {Line[]} lines
 */

/** @param {ArrayLike<number>} counts @param {number} per */
const shares = (counts, per) => Array.from(counts, (count) => (per ? count / per : 0));

/** @param {number[]} at percentages of an axis: all whole, or all with a decimal */
const labels = (at) => {
  const isWhole = at.every((part) => Math.abs(part * 100 - Math.round(part * 100)) < 1e-6);
  return at.map((part) => `${(part * 100).toFixed(isWhole ? 0 : 1)} %`);
};

/**
 * Thresholds that cost the same are one point of a curve, the one that wins most by the chart's main line, its last.
 * @param {Chart} chart @param {Tuned} tuned
 * @returns {Set<number>} places in the curve
 */
function bestOf({ x, lines }, tuned) {
  const wins = lines[lines.length - 1].counts(tuned);
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const [i, cost] of x(tuned).entries()) {
    const other = best.get(cost);
    if (other === undefined || wins[i] > wins[other]) best.set(cost, i);
  }
  return new Set(best.values());
}

/** @type {Chart[]} */
const CHARTS = [
  {
    title: 'Alerts',
    across: 'false alerts a minute',
    x: ({ curve, minutes }) => shares(curve.falseAlerts, minutes),
    at: ({ falseAlerts, minutes }) => (minutes ? falseAlerts / minutes : 0),
    say: (x) => `${x.toFixed(2)} false a minute`,
    most: 3,
    lines: [
      { name: 'ahead', ink: 'soft', counts: ({ curve }) => curve.ahead, here: ({ ahead }) => ahead, per: ({ leaves }) => leaves },
      { name: 'on time', ink: 'blue', counts: ({ curve }) => curve.onTime, here: ({ onTime }) => onTime, per: ({ leaves }) => leaves },
    ],
  },
  {
    title: 'Cards',
    across: 'visits without a leave that see one',
    x: ({ curve, visitsWithoutLeave }) => shares(curve.sawCard, visitsWithoutLeave),
    at: ({ sawCard, visitsWithoutLeave }) => (visitsWithoutLeave ? sawCard / visitsWithoutLeave : 0),
    say: (x) => `${percent(x)} of visits without a leave`,
    most: 0.6,
    lines: [{ name: 'leaves answered', ink: 'good', counts: ({ curve }) => curve.answered, here: ({ answered }) => answered, per: ({ policyLeaves }) => policyLeaves }],
  },
];

/** @param {(threshold: number) => void} take a threshold that was clicked at */
export const createCurves = (take) => CHARTS.map((chart) => createCurve(chart, take));

/** @param {Chart} chart @param {(threshold: number) => void} take */
function createCurve(chart, take) {
  const element = document.createElement('figure');
  element.className = 'card curve';
  const [head, room, tip] = [document.createElement('figcaption'), document.createElement('div'), document.createElement('p')];
  const title = document.createElement('h2');
  title.textContent = chart.title;
  const legend = document.createElement('ul');
  legend.className = 'curve-legend';
  for (const { name, ink: colour } of chart.lines) {
    const item = document.createElement('li');
    item.textContent = name;
    item.dataset.ink = colour;
    legend.append(item);
  }
  const marks = document.createElement('li');
  marks.textContent = '○ A  ● B';
  legend.append(marks);
  head.append(title, legend);
  room.className = 'curve-room';
  room.setAttribute('role', 'img');
  tip.className = 'curve-tip soft';
  element.append(head, room, tip);

  /** @type {Compared | undefined} */
  let drawn;
  /** @type {uPlot | undefined} */
  let plot;

  /** Points of both curves over one x, rising: of either, those of the other are gaps that are joined. @param {Compared} compared */
  const data = ({ a, b }) => {
    const [xa, xb] = [chart.x(a), chart.x(b)];
    const [bestA, bestB] = [bestOf(chart, a), bestOf(chart, b)];
    const x = [...xb, ...xa];
    const kept = x.map((_, i) => i).filter((i) => (i < xb.length ? bestB.has(i) : bestA.has(i - xb.length)));
    const order = kept.sort((i, j) => x[i] - x[j] || i - j);
    const row = (/** @type {ArrayLike<number>} */ counts, /** @type {number} */ per, /** @type {boolean} */ isB) => {
      const share = shares(counts, per);
      return order.map((i) => (isB ? (i < xb.length ? share[i] : undefined) : i < xb.length ? undefined : share[i - xb.length]));
    };
    const lines = chart.lines.flatMap(({ counts, per }) => [row(counts(a), per(a), false), row(counts(b), per(b), true)]);
    return [order.map((i) => x[i]), ...lines];
  };

  const build = () => {
    const axis = { stroke: () => ink('soft'), font: `11.5px ${FONT}`, grid: { stroke: () => ink('line'), width: 1 }, ticks: { show: false }, labelFont: `11.5px ${FONT}` };
    plot = new uPlot(
      {
        width: room.clientWidth,
        height: room.clientHeight,
        padding: [10, 12, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
        scales: {
          x: { time: false, range: () => [0, Math.min(chart.most, Math.max(chart.most / 10, drawn ? Math.max(...chart.x(drawn.a), ...chart.x(drawn.b)) : 1))] },
          y: { range: (_, __, most) => [0, Math.min(1, Math.max(0.1, most * 1.08))] },
        },
        axes: [
          { ...axis, label: chart.across, labelSize: 18, labelGap: 0, size: 26, gap: 4, values: (_, at) => (chart.most < 1 ? labels(at) : at.map((x) => String(Number(x.toFixed(2))))), space: 50 },
          { ...axis, size: 42, gap: 4, values: (_, at) => labels(at), space: 32 },
        ],
        series: [
          {},
          ...chart.lines.flatMap(({ ink: colour }) => [
            { stroke: () => ink(colour), width: 1.25, dash: [4, 4], alpha: 0.7, spanGaps: true, points: { show: false } },
            { stroke: () => ink(colour), width: 2, spanGaps: true, points: { show: false } },
          ]),
        ],
        hooks: { draw: [(self) => drawn && points(self, drawn)], setCursor: [(self) => say(self)] },
      },
      /** @type {any} */ (drawn ? data(drawn) : [[], ...chart.lines.flatMap(() => [[], []])]),
      room,
    );
    plot.over.addEventListener('click', () => {
      const i = near();
      if (i >= 0 && drawn) take(drawn.b.curve.threshold[i]);
    });
  };

  /** Where A and B are. @param {uPlot} self @param {Compared} compared */
  const points = (self, { a, b }) => {
    const { ctx: pen } = self;
    const px = pen.canvas.width / self.width;
    for (const { here, per, ink: colour } of chart.lines)
      for (const tuned of [a, b]) {
        const [x, y] = [self.valToPos(Math.min(chart.at(tuned), self.scales.x.max ?? 0), 'x', true), self.valToPos(per(tuned) ? here(tuned) / per(tuned) : 0, 'y', true)];
        pen.beginPath();
        pen.arc(x, y, (tuned === b ? 5 : 4.5) * px, 0, 7);
        pen.fillStyle = tuned === b ? ink(colour) : ink('raised');
        pen.fill();
        pen.lineWidth = 2 * px;
        pen.strokeStyle = tuned === b ? ink('raised') : ink(colour);
        pen.stroke();
      }
  };

  /** The point of B's curve that the pointer is nearest to. */
  const near = () => {
    const left = plot?.cursor.left ?? -1;
    if (!plot || !drawn || left < 0) return -1;
    const at = plot.posToVal(left, 'x');
    const x = chart.x(drawn.b);
    return [...bestOf(chart, drawn.b)].reduce((best, i) => (best < 0 || Math.abs(x[i] - at) < Math.abs(x[best] - at) ? i : best), -1);
  };
  /** @param {uPlot} _ */
  const say = (_) => {
    const i = near();
    tip.textContent = drawn && i >= 0 ? `${at(drawn.b, i)} Click to take it.` : here();
  };
  /** @param {Tuned} tuned @param {number} i */
  const at = (tuned, i) => {
    const lines = chart.lines.map(({ name, counts, per }) => `${percent(counts(tuned)[i] / Math.max(1, per(tuned)))} ${name}`);
    return `From ${percent(tuned.curve.threshold[i])} risk: ${lines.reverse().join(', ')}, at ${chart.say(chart.x(tuned)[i])}.`;
  };
  const here = () => {
    if (!drawn) return '';
    const { b } = drawn;
    const lines = chart.lines.map(({ name, here: count, per }) => `${percent(count(b) / Math.max(1, per(b)))} ${name}`);
    return `B: ${lines.reverse().join(', ')}, at ${chart.say(chart.at(b))}.`;
  };

  new ResizeObserver(() => {
    if (!room.clientWidth) return;
    if (plot) plot.setSize({ width: room.clientWidth, height: room.clientHeight });
    else build();
  }).observe(room);
  onTheme(() => plot?.redraw());

  return {
    element,
    /** @param {Compared} compared */
    show: (compared) => {
      drawn = compared;
      plot?.setData(/** @type {any} */ (data(compared)), true);
      tip.textContent = here();
      room.setAttribute('aria-label', `${chart.title}. ${here()}`);
    },
  };
}
