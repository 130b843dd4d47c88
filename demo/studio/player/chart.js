/** Risk over time: threshold and hysteresis as bands, holds as spans under it, leaves, cards and alerts as marks; scrubbed by pointer and keys. */

import uPlot from 'uplot';
import { clock, percent } from '../../panel/words.js';
import { FONT, ink, onTheme } from './paint.js';
import { holdAt, holdInk, holdName, holdShort } from './holds.js';

/** Tops of the scale: it never shrinks below the line that matters. */
const SCALES = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
/** Once over the threshold, risk counts as over it until it falls under this part of it (src/policy.rs, HYSTERESIS). */
const HYSTERESIS = 0.8;
/** px: the holds' lane, what is free above it, the scale under it. */
const LANE = 18;
const OVER_LANE = 5;
const SCALE = 20;
/** px above the plot, for the marks' heads. */
const HEAD = 18;
/** A lane's span tells its name where there is room for it, px. */
const NAMED = 14;
/** Without a tick for so long there is no line, ms. */
const GAP_MS = 600;

/**
 * @typedef {import('./track.js').Track} Track
 * @typedef {{ t: number, kind: 'leave' | 'card' | 'alert' | 'act' | 'dismiss' | 'page', text: string }} Mark
 * @typedef {object} Drawn
 * @property {Track} track
 * @property {Mark[]} marks
 * @property {number} threshold
 * @property {number} from ms: what is in view
 * @property {number} to
 */

/** What a mark is drawn as, so that its colour is never the only sign. @type {Record<Mark['kind'], { ink: string, head: (pen: CanvasRenderingContext2D, x: number, y: number) => void }>} */
const MARKS = {
  leave: { ink: 'hot', head: (pen, x, y) => polygon(pen, [[x - 6, y - 6], [x + 6, y - 6], [x, y + 5]]) },
  card: { ink: 'blue', head: (pen, x, y) => (pen.beginPath(), pen.roundRect(x - 6, y - 5, 12, 9, 2), pen.fill()) },
  alert: { ink: 'warm', head: (pen, x, y) => polygon(pen, [[x, y - 6], [x + 5.500, y], [x, y + 6], [x - 5.500, y]]) },
  act: { ink: 'good', head: (pen, x, y) => (pen.beginPath(), pen.arc(x, y, 5, 0, 7), pen.fill()) },
  dismiss: { ink: 'soft', head: cross },
  page: { ink: 'strong-line', head: (pen, x, y) => pen.fillRect(x - 1, y - 5, 2, 10) },
};

/** @param {CanvasRenderingContext2D} pen @param {number[][]} points */
function polygon(pen, points) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y */
function cross(pen, x, y) {
  pen.lineWidth = 2;
  pen.beginPath();
  for (const way of [-1, 1]) pen.moveTo(x - 4, y - 4 * way), pen.lineTo(x + 4, y + 4 * way);
  pen.stroke();
}

/** @param {number} peak @param {number} threshold */
export const topFor = (peak, threshold) => SCALES.find((step) => step >= peak * 1.05 && step >= threshold * 1.3) ?? 1;

/**
 * @param {object} host
 * @param {import('../engine/types.js').Names} host.names
 * @param {string} host.label
 * @param {(t: number) => void} [host.onScrub] ms since the session began
 */
export function createChart({ names, label, onScrub }) {
  const element = document.createElement('div');
  element.className = 'risk-chart';
  const slider = document.createElement('div');
  slider.className = 'chart-hold';
  const tip = document.createElement('div');
  tip.className = 'chart-tip';
  tip.hidden = true;
  const head = document.createElement('div');
  head.className = 'playhead';
  element.append(slider, tip);
  if (onScrub) {
    slider.tabIndex = 0;
    slider.setAttribute('role', 'slider');
    slider.setAttribute('aria-label', label);
  } else {
    slider.setAttribute('role', 'img');
    slider.setAttribute('aria-label', label);
  }

  /** @type {Drawn | undefined} */
  let drawn;
  let cursor = 0;
  /** @type {uPlot | undefined} */
  let plot;

  const place = () => {
    if (!plot || !drawn) return;
    const x = plot.valToPos(cursor / 1000, 'x');
    head.hidden = cursor < drawn.from || cursor > drawn.to;
    head.style.transform = `translateX(${x}px)`;
  };
  /** @param {number} t */
  const said = (t) => {
    if (!drawn) return '';
    const { track } = drawn;
    const i = track.at(t);
    return i < 0 ? `${clock(t)}, before the first reading` : `${clock(t)}, risk ${percent(track.risk[i])}. ${holdName(names, track.hold[i])}`;
  };

  const build = () => {
    const axis = { stroke: () => ink('soft'), font: `11.500px ${FONT}`, grid: { stroke: () => ink('line'), width: 1 }, ticks: { show: false } };
    plot = new uPlot(
      {
        width: Math.max(60, element.clientWidth),
        height: Math.max(60, element.clientHeight),
        padding: [HEAD, 14, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        select: /** @type {any} */ ({ show: false }),
        scales: { x: { time: false, range: () => [(drawn?.from ?? 0) / 1000, (drawn?.to ?? 1000) / 1000] }, y: { range: () => [0, drawn ? topFor(peakIn(drawn), drawn.threshold) : 1] } },
        axes: [
          { ...axis, size: LANE + OVER_LANE + SCALE, gap: LANE + OVER_LANE + 3, values: (_, at) => at.map((s) => clock(s * 1000)), grid: { show: false }, space: 70 },
          { ...axis, size: 44, gap: 6, values: (_, at) => at.map((part) => `${Math.round(part * 1000) / 10} %`), space: 34 },
        ],
        series: [{}, { stroke: () => ink('blue'), width: 1.75, fill: () => ink('blue-wash'), spanGaps: false, points: { show: false } }],
        hooks: {
          drawClear: [(self) => drawn && bands(self, drawn)],
          draw: [(self) => drawn && (lane(self, drawn, names), marks(self, drawn))],
        },
      },
      [[], []],
      slider,
    );
    plot.over.append(head);
    if (drawn) show(drawn);
    listen(plot.over);
  };

  /** @param {HTMLElement} over */
  const listen = (over) => {
    /** @param {PointerEvent} event */
    const timeOf = ({ clientX }) => {
      const { left } = over.getBoundingClientRect();
      const { from = 0, to = 0 } = drawn ?? {};
      return Math.min(to, Math.max(from, /** @type {uPlot} */ (plot).posToVal(clientX - left, 'x') * 1000));
    };
    slider.addEventListener('pointermove', (event) => {
      const t = timeOf(event);
      tip.hidden = !drawn?.track.length;
      if (!tip.hidden && drawn) {
        const near = drawn.marks.find((mark) => Math.abs(mark.t - t) < ((drawn?.to ?? 0) - (drawn?.from ?? 0)) / 120);
        tip.textContent = near ? `${clock(near.t)} ${near.text}` : said(t);
        const x = event.clientX - element.getBoundingClientRect().left;
        tip.style.transform = `translateX(${Math.min(element.clientWidth - tip.offsetWidth - 2, Math.max(2, x - tip.offsetWidth / 2))}px)`;
      }
      if (event.buttons && onScrub && slider.hasPointerCapture(event.pointerId)) onScrub(t);
    });
    slider.addEventListener('pointerleave', () => (tip.hidden = true));
    if (!onScrub) return;
    slider.addEventListener('pointerdown', (event) => {
      slider.setPointerCapture(event.pointerId);
      onScrub(timeOf(event));
    });
  };

  /** @param {Drawn} next */
  const show = (next) => {
    drawn = next;
    if (!plot) return;
    plot.setData(/** @type {any} */ (points(next.track)), true);
    place();
  };

  new ResizeObserver(() => {
    if (!element.clientWidth) return;
    if (plot) plot.setSize({ width: element.clientWidth, height: element.clientHeight });
    else build();
    place();
  }).observe(element);
  onTheme(() => plot?.redraw());

  return {
    element,
    /** Takes the keys of a slider. */
    slider,
    show,
    /** @param {number} t ms */
    at: (t) => {
      cursor = t;
      place();
      if (!onScrub || !drawn) return;
      slider.setAttribute('aria-valuemin', '0');
      slider.setAttribute('aria-valuemax', String(Math.round(drawn.track.end)));
      slider.setAttribute('aria-valuenow', String(Math.round(t)));
      slider.setAttribute('aria-valuetext', said(t));
    },
  };
}

/** Columns as uPlot has them; where the shopper was away there is no line. @param {Track} track */
function points(track) {
  /** @type {number[]} */
  const x = [];
  /** @type {(number | null)[]} */
  const y = [];
  for (let i = 0; i < track.length; i += 1) {
    const t = track.t[i];
    if (i && t - track.t[i - 1] > GAP_MS) {
      x.push(track.t[i - 1] / 1000 + 0.001);
      y.push(null);
    }
    x.push(t / 1000);
    y.push(track.risk[i]);
  }
  return [x, y];
}

/** The greatest risk in view. @param {Drawn} drawn */
function peakIn({ track, from, to }) {
  let peak = 0;
  for (let i = Math.max(0, track.at(from)); i < track.length && track.t[i] <= to; i += 1) peak = Math.max(peak, track.risk[i]);
  return peak;
}

/** @param {uPlot} self */
const ratio = (self) => self.ctx.canvas.width / self.width;

/** Over the threshold, and where risk still counts as over it. @param {uPlot} self @param {Drawn} drawn */
function bands(self, { threshold }) {
  const { ctx: pen, bbox } = self;
  const { left, top, width } = bbox;
  const y = (/** @type {number} */ risk) => self.valToPos(risk, 'y', true);
  const [line, low] = [y(threshold), y(threshold * HYSTERESIS)];
  pen.save();
  pen.fillStyle = ink('hot-wash');
  pen.fillRect(left, top, width, Math.max(0, line - top));
  pen.globalAlpha = 0.45;
  pen.fillRect(left, line, width, low - line);
  pen.globalAlpha = 1;
  pen.strokeStyle = ink('hot');
  pen.lineWidth = 1.25 * (devicePixelRatio || 1);
  pen.setLineDash([5, 4]);
  pen.beginPath();
  pen.moveTo(left, line);
  pen.lineTo(left + width, line);
  pen.stroke();
  pen.restore();
}

/** The holds, each in its colour and with its name where it has room. @param {uPlot} self @param {Drawn} drawn @param {import('../engine/types.js').Names} names */
function lane(self, { track, from, to }, names) {
  const { ctx: pen, bbox } = self;
  const px = ratio(self);
  const top = bbox.top + bbox.height + OVER_LANE * px;
  const x = (/** @type {number} */ t) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, self.valToPos(t / 1000, 'x', true)));
  pen.save();
  pen.font = `${11 * px}px ${FONT}`;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  for (const span of track.spans) {
    if (span.to + 250 < from || span.from > to) continue;
    const [left, right] = [x(span.from), x(Math.max(span.to, span.from) + 250)];
    pen.fillStyle = holdInk(names, span.hold);
    pen.fillRect(left, top, Math.max(px, right - left - px), LANE * px);
    const text = holdShort(names, span.hold);
    const room = right - left - NAMED * px;
    if (room <= 0 || pen.measureText(text).width > room) continue;
    pen.fillStyle = ink(holdAt(names, span.hold) === 'risk' ? 'ink' : 'on-hold');
    pen.fillText(text, left + 6 * px, top + (LANE / 2) * px + px);
  }
  pen.restore();
}

/** @param {uPlot} self @param {Drawn} drawn */
function marks(self, { marks: all, from, to }) {
  const { ctx: pen, bbox } = self;
  const px = ratio(self);
  pen.save();
  for (const { t, kind } of all) {
    if (t < from || t > to) continue;
    const x = self.valToPos(t / 1000, 'x', true);
    const { ink: colour, head } = MARKS[kind];
    pen.strokeStyle = pen.fillStyle = ink(colour);
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.25 * px;
    pen.beginPath();
    pen.moveTo(x, bbox.top - 4 * px);
    pen.lineTo(x, bbox.top + bbox.height);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.save();
    pen.translate(x, bbox.top - 9 * px);
    pen.scale(px, px);
    head(pen, 0, 0);
    pen.restore();
  }
  pen.restore();
}
