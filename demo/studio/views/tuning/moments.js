/** What to look at: what changes between A and B and for whom, leaves that B misses, its false alarms, its cards. */

import { clock, reasonName } from '../../../panel/words.js';

/** @typedef {import('../../engine/types.js').Tuned} Tuned @typedef {import('./recompute.js').Compared} Compared */

/** What becomes of a leave, in the order of Moments.kind, and how good that is. @type {[name: string, worth: number][]} */
const KINDS = [
  ['missed', 0],
  ['late', 1],
  ['ahead', 2],
  ['on time', 3],
];
const FALSE = 4;
/** A replay is opened so much before what is to be seen, ms. */
const LEAD_IN = 6000;
const NO_CARD = 255;

/**
 * @typedef {object} Row
 * @property {string} id of the recording
 * @property {number} t of the moment, ms
 * @property {string} what
 * @property {string} before under A; '' where it is the list of B alone
 * @property {string} after
 * @property {1 | 0 | -1} turn for the better, neither, for the worse
 *
 * @typedef {'changes' | 'missed' | 'false' | 'cards'} Tab
 */

/** Where a replay begins. @param {number} t */
export const from = (t) => Math.max(0, t - LEAD_IN);

/** The moments of one visit and kind, as keys. @param {Tuned} tuned */
function* momentsOf({ moments: { visit, t, kind } }) {
  for (let i = 0; i < t.length; i += 1) yield { visit: visit[i], t: t[i], kind: kind[i] };
}

/** @param {Tuned} tuned @param {number} place @param {string[]} reasons */
function cardOf({ outcomes }, place, reasons) {
  const reason = outcomes.cardReason[place];
  if (reason === NO_CARD) return { text: 'no card', t: -1, worth: 0 };
  const t = outcomes.card[place];
  return { text: `${clock(t)}, ${reasonName(reasons[reason]).toLowerCase()}${outcomes.answered[place] ? ', before a leave' : ''}`, t, worth: outcomes.answered[place] ? 2 : 1 };
}

/** @param {Compared} compared @param {string[]} reasons @returns {Row[]} */
function changes({ a, b }, reasons) {
  /** @type {Row[]} */
  const rows = [];
  const key = (/** @type {{ visit: number, t: number }} */ { visit, t }) => visit * 2 ** 32 + t;
  const [before, falseBefore] = [new Map(), new Set()];
  for (const moment of momentsOf(a)) {
    if (moment.kind === FALSE) falseBefore.add(key(moment));
    else before.set(key(moment), moment.kind);
  }
  const place = new Map(a.ids.map((id, i) => [id, i]));
  // the same recordings in the same order but while some are being added
  const same = b.ids.length === a.ids.length && b.ids.every((id, i) => a.ids[i] === id);
  if (!same) return rows;
  for (const moment of momentsOf(b)) {
    const id = b.ids[moment.visit];
    if (moment.kind === FALSE) {
      if (!falseBefore.delete(key(moment))) rows.push({ id, t: moment.t, what: 'Alert', before: 'none', after: 'false alarm', turn: -1 });
      continue;
    }
    const was = before.get(key(moment));
    if (was === undefined || was === moment.kind) continue;
    const turn = KINDS[moment.kind][1] > KINDS[was][1] ? 1 : -1;
    rows.push({ id, t: moment.t, what: 'Leave', before: KINDS[was][0], after: KINDS[moment.kind][0], turn });
  }
  for (const gone of falseBefore) rows.push({ id: a.ids[Math.floor(gone / 2 ** 32)], t: gone % 2 ** 32, what: 'Alert', before: 'false alarm', after: 'none', turn: 1 });
  for (const [i, id] of b.ids.entries()) {
    const [was, now] = [cardOf(a, i, reasons), cardOf(b, i, reasons)];
    if (was.text === now.text) continue;
    // a card that comes before no leave is the less the better; between two cards it is the answer that counts
    const turn = was.worth === now.worth ? 0 : now.worth === 2 || (now.worth === 0 && was.worth === 1) ? 1 : -1;
    rows.push({ id, t: now.t < 0 ? was.t : now.t, what: 'Card', before: was.text, after: now.text, turn });
  }
  const at = (/** @type {string} */ id) => place.get(id) ?? 0;
  return rows.sort((one, other) => at(one.id) - at(other.id) || one.t - other.t);
}

/** @param {Tuned} b @param {number[]} kinds @param {string} what @returns {Row[]} */
const ofKind = (b, kinds, what) =>
  [...momentsOf(b)].filter(({ kind }) => kinds.includes(kind)).map(({ visit, t, kind }) => ({ id: b.ids[visit], t, what, before: '', after: kind === FALSE ? 'nobody left within 10 s' : KINDS[kind][0], turn: 0 }));

/** @param {Tuned} b @param {string[]} reasons @returns {Row[]} */
const cards = (b, reasons) =>
  b.ids.flatMap((id, i) => {
    const { text, t } = cardOf(b, i, reasons);
    return t < 0 ? [] : [{ id, t, what: 'Card', before: '', after: text.slice(text.indexOf(', ') + 2), turn: /** @type {const} */ (0) }];
  });

/** @param {Compared} compared @param {string[]} reasons @returns {Record<Tab, Row[]>} */
export const rowsOf = (compared, reasons) => ({
  changes: changes(compared, reasons),
  missed: ofKind(compared.b, [0, 1], 'Leave'),
  false: ofKind(compared.b, [FALSE], 'Alert'),
  cards: cards(compared.b, reasons),
});
