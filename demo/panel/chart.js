/** Risk over the last minute, as a line over a threshold. */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 308;
const HEIGHT = 116;
/** What the line may use: room for the scale below and for the marks above. */
const TOP = 12;
const FLOOR = HEIGHT - 16;
const SPAN_MS = 60_000;
/** Tops of the scale. It never shrinks below the threshold, so the line that matters is always in view. */
const SCALES = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * @typedef {{ t: number, risk: number }} Point t: ms since the session began; risk: 0..1
 * @typedef {{ t: number, kind: string }} Mark
 */

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** @returns {{ element: SVGElement, paint: (points: Point[], marks: Mark[], threshold: number | undefined) => void }} */
export function createChart() {
  const svg = draw('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': 'Risk over the last minute' });
  const over = draw('rect', { class: 'over', x: 0, y: TOP, width: WIDTH, height: 0 });
  const area = draw('path', { class: 'area' });
  const line = draw('path', { class: 'line' });
  const limit = draw('line', { class: 'limit', x1: 0, x2: WIDTH });
  const head = draw('circle', { class: 'head', r: 3.5 });
  const marks = draw('g', {});
  const top = draw('text', { x: 0, y: 9 });
  const bounds = [
    draw('line', { class: 'floor', x1: 0, x2: WIDTH, y1: FLOOR, y2: FLOOR }),
    ...['60 s ago', '30 s', 'now'].map((text, i) => {
      const label = draw('text', { x: (WIDTH * i) / 2, y: HEIGHT - 3, 'text-anchor': ['start', 'middle', 'end'][i] });
      label.textContent = text;
      return label;
    }),
  ];
  svg.append(over, ...bounds, top, area, line, limit, marks, head);

  return {
    element: svg,
    paint(points, events, threshold) {
      const now = points.at(-1)?.t ?? 0;
      const most = Math.max(0, ...points.map(({ risk }) => risk));
      const scale = SCALES.find((step) => step >= most * 1.05 && step >= (threshold ?? 0) * 1.25) ?? 1;
      const x = (/** @type {number} */ t) => Math.round((WIDTH - 4) * (1 - (now - t) / SPAN_MS) * 10) / 10;
      const y = (/** @type {number} */ risk) => Math.round((FLOOR - (FLOOR - TOP) * (risk / scale)) * 10) / 10;
      const path = points.map(({ t, risk }, i) => `${i ? 'L' : 'M'}${x(t)} ${y(risk)}`).join('');
      line.setAttribute('d', path);
      area.setAttribute('d', points.length > 1 ? `${path}V${FLOOR}H${x(points[0].t)}Z` : '');
      top.textContent = `${Math.round(scale * 100)} %`;
      const last = points.at(-1);
      head.setAttribute('visibility', last ? 'visible' : 'hidden');
      head.setAttribute('cx', String(x(now)));
      head.setAttribute('cy', String(y(last?.risk ?? 0)));
      const known = threshold !== undefined;
      for (const part of [limit, over]) part.setAttribute('visibility', known ? 'visible' : 'hidden');
      if (known) {
        for (const end of ['y1', 'y2']) limit.setAttribute(end, String(y(threshold)));
        over.setAttribute('height', String(Math.max(0, y(threshold) - TOP)));
      }
      marks.replaceChildren(
        ...events
          .filter(({ t }) => t > now - SPAN_MS && t <= now)
          .flatMap(({ t, kind }) => [
            draw('line', { class: `mark ${kind}`, x1: x(t), x2: x(t), y1: TOP - 4, y2: FLOOR }),
            draw('circle', { class: `mark ${kind}`, cx: x(t), cy: TOP - 6, r: 3 }),
          ]),
      );
    },
  };
}
