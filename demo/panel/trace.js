/** What the panel remembers of this visit, so that a new page does not begin with an empty chart. */

/**
 * @typedef {import('./chart.js').Point} Point
 * @typedef {{ t: number, kind: string, text: string }} Entry
 * @typedef {{ points: Point[], entries: Entry[] }} Trace
 */

const KEY = 'falter-panel-trace';
/** A minute of readings, four a second. */
const POINTS_MAX = 241;
const ENTRIES_MAX = 40;

/** @returns {Trace} */
export function readTrace() {
  try {
    const { points, entries } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    if (Array.isArray(points) && Array.isArray(entries)) return { points, entries };
  } catch {
    // Nothing kept, or not ours.
  }
  return { points: [], entries: [] };
}

/** @param {Trace} trace @param {boolean} allowed whether the visitor lets anything be kept */
export function keepTrace(trace, allowed) {
  try {
    if (allowed) sessionStorage.setItem(KEY, JSON.stringify(trace));
    else sessionStorage.removeItem(KEY);
  } catch {
    // The next page begins with an empty chart then.
  }
}

/** @param {Trace} trace @param {Point} point */
export function addPoint({ points, entries }, point) {
  // Another session began: its clock starts at nothing.
  if (point.t < (points.at(-1)?.t ?? 0)) points.length = entries.length = 0;
  points.push(point);
  if (points.length > POINTS_MAX) points.shift();
}

/** @param {Trace} trace @param {Entry} entry */
export function addEntry({ entries }, entry) {
  entries.push(entry);
  if (entries.length > ENTRIES_MAX) entries.shift();
}
