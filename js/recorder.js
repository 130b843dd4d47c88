/**
 * Recordings: a line for every signal of a visit, for `falter replay` and `falter train`. Loaded by pages that record.
 */

import { toLine } from './signals.js';

/** Longest recording, characters: an hour of 60 Hz movement, more than any storage of a page would take. */
const RECORDING_MAX = 8 << 20;

/** The first line, and the rest. @param {string} text */
const halves = (text) => {
  const end = text.indexOf('\n') + 1;
  return [text.slice(0, end), text.slice(end)];
};

/** What was kept for this page may be anything. @param {string} line @returns {Record<string, any> | undefined} */
function readHeader(line) {
  try {
    return JSON.parse(line);
  } catch {
    // nothing was kept, or it is broken: the recording begins here
  }
}

/**
 * Records a page from now on.
 * @param {object} begun
 * @param {import('./instance.js').Engine} begun.engine
 * @param {import('./signals.js').Forms} begun.names
 * @param {import('./page.js').Page} begun.page
 * @param {string} begun.session its id
 * @param {boolean} begun.touch
 * @param {{ visits: number, orders: number, left_cart?: number }} begun.past this visit is among the visits
 * @param {() => string | undefined} begun.earlier the recording of the pages before
 * @returns {() => string} the recording so far (NDJSON): the first page's header, and the signals of every page
 */
export function openRecorder({ engine, names, page, session, touch, past: { visits, orders, left_cart }, earlier }) {
  const header = {
    session,
    format: 1,
    source: 'page',
    device: touch ? 'touch' : 'mouse',
    w: page.width(),
    h: page.height(),
    docH: page.depth(),
    end: 0,
    // before this one
    visits: visits > 1 ? visits - 1 : undefined,
    orders: orders || undefined,
    left_cart: left_cart || undefined,
  };
  // Who watches a visit asks four times a second: what was said then is not put together anew.
  let lines = '';
  engine.record((kind, at, t, numbers) => {
    if (lines.length <= RECORDING_MAX) lines += toLine(names, kind, at, t, numbers) + '\n';
  });
  return () => {
    const [first, rest] = halves(String(earlier() ?? ''));
    const begun = readHeader(first);
    return JSON.stringify({ ...(begun ?? header), end: engine.now() }) + '\n' + (begun ? rest : '') + lines;
  };
}
