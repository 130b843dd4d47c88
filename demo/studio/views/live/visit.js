/**
 * A visit that goes on: what the bridge relays, judged by the studio's engine tick by tick. Nothing of the page is known here.
 */

import { Scene } from '../../player/scene.js';
import { Track } from '../../player/track.js';

/** Signals a second are counted over so long, ms. */
const RATE_MS = 3000;
/** Readings of the page that wait for the studio's own; more are not kept. */
const WAITING_MAX = 4000;

/** @typedef {import('../../app.d.ts').App} App */
/** @typedef {Extract<import('../../bridge.js').Said, { kind: 'lines' }>} Lines */

/**
 * @param {App} app
 * @param {{ onTicks: () => void, onAnew: () => void, onFault: (fault: Error) => void }} host onAnew: another visit, or the same judged anew
 */
export function openVisit(app, { onTicks, onAnew, onFault }) {
  const visit = {
    /** The recording: its first line, and the rest. */
    header: /** @type {Record<string, any> | null} */ (null),
    text: '',
    end: 0,
    /** When something last happened in it, page time. */
    moved: 0,
    scene: new Scene(),
    track: new Track(),
    threshold: 0,
    /** Readings that were compared with the page's own, and those that differ. */
    same: 0,
    differing: /** @type {{ t: number, page: number, here: number }[]} */ ([]),
    /** µs a tick in the worker, lately. */
    cost: NaN,
    rate: 0,
  };
  /** The page's own risk by its tick, until the studio has it. @type {Map<number, number>} */
  const own = new Map();
  /** Of the page: when, and how many signals there were. @type {[number, number][]} */
  let counts = [];
  /** What came before the engine was told of another visit is not its. */
  let turn = 0;
  /** One after the other. */
  let line = Promise.resolve();

  /** @param {(isCurrent: () => boolean) => Promise<void>} work */
  const queue = (work) => {
    const mine = turn;
    line = line
      .then(() => (mine === turn ? work(() => mine === turn) : undefined))
      .catch((fault) => {
        if (mine === turn) onFault(fault);
      });
  };
  /** @param {string} text @param {number} now ms: no tick after it */
  const feed = (text, now) =>
    queue(async (isCurrent) => {
      const ticks = await app.engine.feed(text, now);
      if (!isCurrent() || !ticks.t.length) return;
      visit.cost = app.engine.cost();
      visit.track.append(ticks);
      compare(ticks);
      onTicks();
    });
  /** @param {import('../../engine/types.js').Ticks} ticks */
  const compare = ({ t, risk }) => {
    for (const [i, at] of t.entries()) {
      const page = own.get(at);
      if (page === undefined) continue;
      own.delete(at);
      if (Math.fround(page) === risk[i]) visit.same += 1;
      else visit.differing.push({ t: at, page, here: risk[i] });
    }
  };
  const judge = () => {
    turn += 1;
    own.clear();
    const settings = app.settings.forEngine(app.model.info);
    Object.assign(visit, { track: new Track(), threshold: settings.threshold, same: 0, differing: [], cost: NaN });
    const header = `${JSON.stringify(visit.header)}\n`;
    queue(() => app.engine.live(header, settings));
    onAnew();
  };

  return Object.assign(visit, {
    /** Session time, ms: while nobody is there no line tells it. */
    now: () => {
      const t = Math.max(visit.end, visit.scene.end);
      return visit.scene.away(t) ? Math.max(t, visit.scene.end + performance.now() - visit.moved) : t;
    },
    /** Under the settings and the model of now, from its beginning. @param {number} now ms: the last tick of the page */
    again: (now) => {
      if (!visit.header) return;
      judge();
      feed(visit.text, now);
    },
    /** @param {Lines} said */
    hear: ({ header, text, from, end, t, risk }) => {
      const given = JSON.parse(header);
      const isOther = given.session !== visit.header?.session || from < visit.text.length || !visit.header;
      if (isOther) {
        Object.assign(visit, { header: given, text: '', scene: new Scene() });
        visit.scene.read(header);
        counts = [];
        judge();
      }
      visit.text += text;
      visit.end = end;
      visit.scene.read(text);
      const now = performance.now();
      if (text) visit.moved = now;
      counts = [...counts.filter(([at]) => now - at < RATE_MS), [now, visit.scene.signals]];
      visit.rate = counts.length > 1 ? ((counts[counts.length - 1][1] - counts[0][1]) * 1000) / Math.max(250, now - counts[0][0]) : 0;
      if (t >= 0 && t > visit.track.end && own.size < WAITING_MAX) own.set(t, risk);
      if (text || t > visit.track.end) feed(text, Math.max(0, t));
    },
    forget: () => {
      turn += 1;
      own.clear();
      Object.assign(visit, { header: null, text: '', end: 0, scene: new Scene(), track: new Track(), same: 0, differing: [], cost: NaN, rate: 0 });
      onAnew();
    },
    /** As a recording. */
    recording: () => `${JSON.stringify({ ...visit.header, end: visit.end })}\n${visit.text}`,
  });
}
