/** The list's rows: what each recording is, and what came of it under the settings of now. */

/** @typedef {import('../../app.d.ts').App} App @typedef {import('../../app.d.ts').Item} Item */

/**
 * @typedef {object} Outcome
 * @property {number} peak 0..1
 * @property {number} peakT ms
 * @property {number} leaves after at least 4 s of presence
 * @property {number} onTime
 * @property {number} ahead
 * @property {number} late
 * @property {number} missed
 * @property {number} falseAlerts
 * @property {number} card ms; −1: none
 * @property {boolean} answered
 *
 * @typedef {{ item: Item, leaves: number, outcome: Outcome | undefined }} Row leaves: all of them
 * @typedef {'name' | 'from' | 'device' | 'end' | 'leaves' | 'peak' | 'outcome' | 'added'} Key
 * @typedef {'all' | 'leaves' | 'missed' | 'false' | 'cards'} Show
 */

/** The worst first: what one would look at. @param {Outcome} outcome */
const worst = ({ missed, falseAlerts, late, onTime, ahead }) => missed * 1000 + falseAlerts * 100 + late * 10 - onTime - ahead;

/** While recordings come in by tens, the figures follow this much later, ms. */
const REST_MS = 200;

/** @type {Record<Key, (row: Row) => string | number>} */
const BY = {
  name: ({ item }) => item.name.toLowerCase(),
  from: ({ item }) => item.from,
  device: ({ item }) => item.session.device,
  end: ({ item }) => item.session.end,
  leaves: ({ leaves }) => leaves,
  peak: ({ outcome }) => outcome?.peak ?? -1,
  outcome: ({ outcome }) => (outcome ? worst(outcome) : -Infinity),
  added: ({ item }) => item.added,
};

/** @type {Record<Show, (row: Row) => boolean>} */
const IS = {
  all: () => true,
  leaves: ({ leaves }) => leaves > 0,
  missed: ({ outcome }) => Boolean(outcome && outcome.missed + outcome.late > 0),
  false: ({ outcome }) => Boolean(outcome?.falseAlerts),
  cards: ({ outcome }) => Boolean(outcome && outcome.card >= 0),
};

/** @param {Item} item @param {string[]} words */
function has({ name, from, session }, words) {
  const text = `${name} ${from} ${session.device} ${session.source} ${session.reason?.replaceAll('_', ' ') ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const collator = new Intl.Collator('en', { numeric: true });

/** @param {App} app */
export function createRows(app) {
  /** @type {Map<string, Outcome>} */
  let outcomes = new Map();
  /** @type {Set<() => void>} */
  const waiting = new Set();
  const tell = () => waiting.forEach((use) => use());

  const judge = async () => {
    // one at a time, and the last setting wins
    if (asking) return void (again = true);
    asking = true;
    try {
      const tuned = await app.engine.tune(app.settings.forEngine(app.model.info));
      outcomes = new Map(tuned.ids.map((id, i) => [id, outcomeOf(tuned.outcomes, i)]));
      tell();
    } catch {
      // without outcomes the list is still a list; the engine's own faults are told where it is asked for more
    } finally {
      asking = false;
      if (again) setTimeout(judge, REST_MS);
      again = false;
    }
  };
  let asking = false;
  let again = false;

  app.addEventListener('judged', judge);
  app.addEventListener('model', judge);
  app.settings.addEventListener('change', judge);
  app.library.addEventListener('change', tell);
  judge();

  return {
    /** @param {() => void} use */
    onChange: (use) => waiting.add(use),
    /**
     * @param {{ sought: string, show: Show, key: Key, isDown: boolean }} asked
     * @returns {Row[]}
     */
    sorted: ({ sought, show, key, isDown }) => {
      const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
      const found = app.library
        .list()
        .map((item) => ({ item, leaves: item.session.presence.filter(({ ending }) => ending === 'leave').length, outcome: outcomes.get(item.id) }))
        .filter((row) => IS[show](row) && (!words.length || has(row.item, words)));
      const by = BY[key];
      const way = isDown ? -1 : 1;
      // newest first is the library's own order
      if (key === 'added') return isDown ? found : found.reverse();
      const keyed = found.map((row) => ({ row, at: by(row) }));
      keyed.sort((one, other) => way * (typeof one.at === 'number' ? one.at - Number(other.at) : collator.compare(one.at, String(other.at))));
      return keyed.map(({ row }) => row);
    },
  };
}

/** @param {import('../../engine/types.js').Outcomes} columns @param {number} i @returns {Outcome} */
function outcomeOf(columns, i) {
  const { peak, peakT, leaves, onTime, ahead, late, missed, falseAlerts, card, answered } = columns;
  return {
    peak: peak[i], peakT: peakT[i], leaves: leaves[i], onTime: onTime[i], ahead: ahead[i], late: late[i], missed: missed[i],
    falseAlerts: falseAlerts[i], card: card[i], answered: Boolean(answered[i]),
  };
}
