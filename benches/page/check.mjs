/** Each peer's answers against falter's, before anything is timed. */

import { readFile } from 'node:fs/promises';
import { replay } from '../../tests/browser/support/native.js';

const HOME = new URL('../../', import.meta.url);
const SESSION = new URL('tests/sessions/mouse-leaves.ndjson', HOME);
/** Every so many ticks of the session is asked for. */
const EVERY = 5;
/** Floats are added in another order. */
const TOLERANCE = 1e-4;

/**
 * What the command line makes of a recorded session: rows of features, and falter's risk for each.
 * @returns {Promise<{ rows: number[][], risks: number[] }>}
 */
export async function readRows() {
  const ticks = (await replay(await readFile(SESSION, 'utf8'), ['--features'])).filter((_, i) => i % EVERY === 0);
  // JSON has no NaN
  const rows = ticks.map(({ features = [] }) => features.map((value) => value ?? NaN));
  return { rows, risks: ticks.map(({ risk }) => risk) };
}

/**
 * @param {string} name
 * @param {number[]} margins what a peer answered
 * @param {number[]} risks falter's
 * @returns {Promise<number>} the largest difference between the risks
 * @throws when it is over the tolerance
 */
export async function checkMargins(name, margins, risks) {
  const { calibration } = JSON.parse(await readFile(new URL('target/bench/peers/trees.json', HOME), 'utf8'));
  const differences = margins.map((margin, i) => Math.abs(1 / (1 + Math.exp(-interpolate(calibration, margin))) - risks[i]));
  const worst = Math.max(...differences);
  if (margins.length !== risks.length || !(worst <= TOLERANCE)) throw new Error(`${name} does not answer as falter does: off by ${worst}`);
  return worst;
}

/** The piecewise linear map through the knots, going on straight beyond its ends. @param {[number, number][]} knots @param {number} x */
function interpolate(knots, x) {
  const found = knots.findIndex(([knot]) => knot >= x);
  const right = Math.max(1, found < 0 ? knots.length - 1 : found);
  const [[x0, y0], [x1, y1]] = [knots[right - 1], knots[right]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
