/**
 * How cost grows, drawn: `./build.sh bench core` runs benches/core.rs, and this makes docs/growth.svg of what Criterion kept,
 * and keeps the figures in benches/record/DATE-core.json.
 */

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { tell } from './page/figures.mjs';

const HOME = new URL('../', import.meta.url);
const CRITERION = new URL('target/criterion/', HOME);
const PARTS = ['load', 'features', 'model', 'reason', 'tick', 'signal'];

/** @typedef {{ name: string, points: [number, number][] }} Series x → ns, x rising */

/** Median of a benchmark, ns. @param {string} path */
const median = async (path) => JSON.parse(await readFile(new URL(`${path}/new/estimates.json`, CRITERION), 'utf8')).median.point_estimate;

/** Numbers by size, names by alphabet. @param {string} one @param {string} other */
const rising = (one, other) => one.localeCompare(other, 'en', { numeric: true });

/** @param {string} path */
const folders = async (path) =>
  (await readdir(new URL(`${path}/`, CRITERION), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name !== 'report')
    .map(({ name }) => name)
    .sort(rising);

/** @param {string} group @returns {Promise<Series[]>} */
async function read(group) {
  const names = await folders(group);
  return Promise.all(
    names.map(async (name) => {
      const xs = await folders(`${group}/${name}`);
      const points = await Promise.all(xs.map(async (x) => /** @type {[number, number]} */ ([Number(x), await median(`${group}/${name}/${x}`)])));
      return { name, points };
    }),
  );
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [460, 300, 62, 96, 44, 46];
/** Between two names, px. */
const LINE = 14;
/** Told apart without colour, too: by their dashes and the names at their ends. */
const INKS = ['#1b5e8c', '#b0482f', '#3d7a3a'];
const DASHES = ['', '6 3', '2 3'];

/**
 * A panel; y from 0.
 * @param {{ title: string, x: string, isLog?: boolean, unit: string, series: Series[], by: number }} about by: y is told in
 *   so many ns
 */
function panel({ title, x, isLog = false, unit, series, by }) {
  const xs = series[0].points.map(([value]) => value);
  const most = Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y))) / by;
  const step = 10 ** Math.floor(Math.log10(most));
  const tick = most / step > 5 ? 2 * step : most / step > 2 ? step : step / 2;
  const top = Math.ceil(most / tick) * tick;
  const place = isLog ? Math.log : (/** @type {number} */ value) => value;
  const [first, last] = [place(xs[0]), place(xs[xs.length - 1])];
  const across = (/** @type {number} */ value) => LEFT + ((WIDTH - LEFT - RIGHT) * (place(value) - first)) / (last - first);
  const up = (/** @type {number} */ value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / top;
  const parts = [`<text class="title" x="${LEFT}" y="22">${title}</text>`];
  for (let y = 0; y <= top + tick / 2; y += tick) {
    parts.push(`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${up(y)}" y2="${up(y)}"/>`);
    parts.push(`<text text-anchor="end" x="${LEFT - 8}" y="${up(y) + 4}">${Number(y.toPrecision(3))}</text>`);
  }
  for (const value of xs) parts.push(`<text text-anchor="middle" x="${across(value)}" y="${HEIGHT - BOTTOM + 18}">${value}</text>`);
  parts.push(`<text text-anchor="middle" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}">${x}</text>`);
  parts.push(`<text x="${LEFT - 50}" y="${TOP - 8}">${unit}</text>`);
  series.forEach(({ points }, i) => {
    const places = points.map(([value, ns]) => `${across(value).toFixed(1)},${up(ns / by).toFixed(1)}`);
    parts.push(`<polyline fill="none" stroke="${INKS[i]}" stroke-width="2" stroke-dasharray="${DASHES[i]}" points="${places.join(' ')}"/>`);
    for (const place of places) parts.push(`<circle r="3" fill="${INKS[i]}" cx="${place.split(',')[0]}" cy="${place.split(',')[1]}"/>`);
  });
  // names stand at the ends of their lines, and clear of each other
  const ends = series.map(({ name, points }, i) => ({ name, ink: INKS[i], y: up(points[points.length - 1][1] / by) + 4 }));
  let above = -Infinity;
  for (const { name, ink, y } of ends.sort((one, other) => one.y - other.y)) {
    above = Math.max(y, above + LINE);
    parts.push(`<text fill="${ink}" x="${across(xs[xs.length - 1]) + 8}" y="${above.toFixed(1)}">${name}</text>`);
  }
  return parts.join('\n');
}

const [trees, rate] = [await read('trees'), await read('rate')];
const of = (/** @type {string} */ name) => rate.filter((one) => one.name === name);
const panels = [
  panel({ title: 'The model: trees × features, depth 3', x: 'trees', unit: 'µs', series: trees, by: 1000 }),
  panel({ title: 'A signal, by the rate they come at', x: 'signals a second', isLog: true, unit: 'ns', series: of('a signal'), by: 1 }),
  panel({ title: 'A tick, by the rate they come at', x: 'signals a second', isLog: true, unit: 'µs', series: of('a tick'), by: 1000 }),
];
const date = new Date().toISOString().slice(0, 10);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * panels.length} ${HEIGHT}" font-family="sans-serif" font-size="12">
<style>.grid{stroke:#0002}.title{font-weight:bold;font-size:14px}</style>
<rect width="100%" height="100%" fill="#fff"/>
${panels.map((content, i) => `<g transform="translate(${i * WIDTH} 0)">\n${content}\n</g>`).join('\n')}
</svg>
`;
await writeFile(new URL('docs/growth.svg', HOME), svg);

const parts = Object.fromEntries(await Promise.all(PARTS.map(async (name) => [name, await median(name)])));
for (const [name, ns] of Object.entries(parts)) console.log(`${name.padEnd(10)} ${ns < 1000 ? `${tell(ns)} ns` : `${tell(ns / 1000)} µs`}`);
for (const { name, points } of [...trees, ...rate]) console.log(`${name.padEnd(12)} ${points.map(([x, ns]) => `${x}: ${tell(ns)} ns`).join(', ')}`);
await writeFile(new URL(`benches/record/${date}-core.json`, HOME), `${JSON.stringify({ date, parts, trees, rate })}\n`);
