/**
 * Hours of a shopper who never stops, in Chromium, in minutes: what falter holds on to, when it ticks, and what it thinks, which the
 * command line has to think of the same signals.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../../xtask/serve.mjs';
import { openBrowser } from '../support/browser.js';
import { falter, same } from '../support/native.js';
import { MINUTES, anew } from './minutes.js';

const home = new URL('../../../', import.meta.url);
/** What the page lives at once: the browser gets a turn between. */
const TURN_MS = 10_000;
/** falter starts when the page is idle, ms of real time. */
const READY_MS = 30_000;
/** Of the visits without a leave: the preset `eager`. */
const EAGER = 0.1;
/** Minutes after which all that happens in a soak has happened once. */
export const PERIOD = MINUTES.length;
/** A visit that nothing ends lasts so long, minutes. */
const VISIT = 10 * PERIOD;
/** Of an hour's periods the first has page loads; in the others the page stays. */
const PERIODS = 5;
/** Measured after the first minutes and the last of each period: the one before, the other after its page loads. */
const MEASURED = [3, PERIOD];

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Measured
 * @property {number} minute of the soak
 * @property {number} heap bytes of JavaScript in use after a collection
 * @property {number} kib memory of the engine's module
 * @property {number} listeners
 * @property {number} nodes
 * @property {number} timers
 * @property {number} documents
 * @property {number} loads pages loaded so far
 * @property {number} signals heard so far
 * @property {number} ticks told so far
 * @property {number} compared of them, with the command line
 * @property {number} faults so far
 *
 * @typedef {object} Soaked
 * @property {Measured[]} measured
 * @property {number} signals
 * @property {number} ticks that falter told
 * @property {number} compared of them, with the same risk, decision and reason on the command line, bit for bit
 * @property {number} caught ticks made up for after sleep and a clock set ahead
 * @property {number} visits
 * @property {Record<string, number>} told cards, by visit
 * @property {string[]} faults what must not be: errors, ticks off their time, ticks lost or told twice, other risks
 */

/** The command line, which is given signals as they come. */
function openNative() {
  const [command, ...first] = falter();
  const child = spawn(command, [...first, 'replay', '-', '--share', String(EAGER)], { cwd: home, stdio: ['pipe', 'pipe', 'inherit'] });
  const done = new Promise((closed) => child.once('close', closed));
  let isOver = false;
  done.then(() => (isOver = true));
  // why it ended is said at the end
  child.stdin.on('error', () => {});
  return {
    lines: createInterface({ input: child.stdout }),
    write: async (/** @type {string} */ text) => {
      if (isOver) throw new Error('falter replay ended too soon');
      if (!child.stdin.write(text)) await Promise.race([done, new Promise((ready) => child.stdin.once('drain', () => ready(undefined)))]);
    },
    end: async () => {
      child.stdin.end();
      const code = await done;
      if (code) throw new Error(`falter replay ended with ${code}`);
    },
  };
}

/** Compares what the page told with what the command line says, as both come. @param {string[]} faults */
function openComparison(faults) {
  const native = openNative();
  /** Told by the page, and not yet by the command line. @type {Map<string, any>} */
  const live = new Map();
  /** Told by the command line alone so far. @type {Map<string, { visit: number, t: number, tick: any }>} */
  const alone = new Map();
  /** @type {[number, number, number][]} */
  const leaps = [];
  /** Pages that went, less those that came. */
  let gone = 0;
  const occurrences = (/** @type {string} */ text, /** @type {string} */ word) => text.split(word).length - 1;
  const counts = { ticks: 0, compared: 0, signals: 0, caught: 0 };
  /** Time of the last tick, and of the last signal, of each visit, ms. */
  const [latest, heard] = [new Map(), new Map()];
  /** @param {[number, number, number, number, string, string]} told @param {any} tick */
  const compare = ([visit, t, , risk, decision, reason], tick) => {
    counts.compared += 1;
    if (!same(risk, tick.risk) || decision !== tick.decision || reason !== tick.reason)
      faults.push(`visit ${visit}, ${t} ms: ${risk} ${decision} ${reason} in the page, ${tick.risk} ${tick.decision} ${tick.reason} natively`);
  };
  native.lines.on('line', (line) => {
    const tick = JSON.parse(line);
    const key = `${tick.session} ${tick.t}`;
    const told = live.get(key);
    if (told) compare(told, tick);
    else alone.set(key, { visit: Number(tick.session), t: tick.t, tick });
    live.delete(key);
  });
  return {
    counts,
    take: async (/** @type {any} */ { lines, ticks, leaps: leapt, visit, heard: last }) => {
      heard.set(visit, last);
      leaps.push(...leapt);
      counts.signals += occurrences(lines, '\n');
      gone += occurrences(lines, '"s":"pagehide"') - occurrences(lines, '"s":"pageshow"');
      for (const told of ticks) {
        const [visit, t, wanted] = told;
        counts.ticks += 1;
        if (t % 250 || t !== wanted) faults.push(`visit ${visit}: a tick at ${t} ms, wanted at ${wanted}`);
        if (t <= (latest.get(visit) ?? 0)) faults.push(`visit ${visit}: a tick at ${t} ms after one at ${latest.get(visit)}`);
        latest.set(visit, t);
        const key = `${visit} ${t}`;
        const other = alone.get(key);
        if (other) compare(told, other.tick);
        else live.set(key, told);
        alone.delete(key);
      }
      await native.write(lines);
    },
    end: async () => {
      await native.end();
      if (gone) faults.push(`${gone} pages came unheard`);
      for (const { visit, t } of alone.values()) {
        // of many that are made up for at once the page tells the last
        if (leaps.some(([of, from, to]) => of === visit && t > from && t <= to)) counts.caught += 1;
        else faults.push(`visit ${visit}: no tick at ${t} ms in the page`);
      }
      // what a page ticks after the last signal of a visit is in no recording
      for (const [visit, t] of live.values()) if (t <= (heard.get(visit) ?? 0)) faults.push(`visit ${visit}: no tick at ${t} ms natively`);
    },
  };
}

/** Calls the world. @param {Page} page @param {string} expression */
const ask = (page, expression) => page.evaluate(expression);

/** Waits until falter is at work on the page that is there. @param {Page} page */
async function ready(page) {
  for (const until = Date.now() + READY_MS; Date.now() < until; await wait(20)) {
    const is = await ask(page, `window.soak && !soak.isWaiting() && window.falter?.snapshot?.().running && document.readyState === 'complete'`).catch(() => false);
    if (is) return;
  }
  throw new Error('falter did not start');
}

/**
 * @param {object} given
 * @param {number} given.minutes of the shopper's time
 * @param {(measured: Measured) => void} [given.progress]
 * @returns {Promise<Soaked>}
 */
export async function soak({ minutes, progress = () => {} }) {
  /** @type {string[]} */
  const faults = [];
  /** @type {Record<string, number>} */
  const told = {};
  /** @type {Measured[]} */
  const measured = [];
  const comparison = openComparison(faults);
  const mounts = { '/dist/': new URL('dist/', home), '/js/': new URL('js/', home), '/benches/': new URL('benches/', home), '/soak/': new URL('tests/browser/soak/', home) };
  const server = await serve({ mounts });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await page.goto(`${server.url}/soak/index.html#/home`);
    await ready(page);

    let drift = 0;
    const take = async () => {
      const taken = await ask(page, 'soak.take()');
      drift = Math.max(drift, taken.drift);
      await comparison.take(taken);
      for (const [visit, what] of taken.told) {
        if (what.startsWith('error')) faults.push(what);
        else told[`${what} ${visit}`] = (told[`${what} ${visit}`] ?? 0) + 1;
      }
      return taken;
    };
    /** @param {string} does a call of the world, to which the time is added @param {number} ms */
    const live = async (does, ms, more = '') => {
      for (let left = ms; left > 0; left -= TURN_MS) {
        await ask(page, `soak.${does}(${Math.min(TURN_MS, left)}${more})`);
        await take();
      }
    };
    /** @param {string} go */
    const leave = async (go) => {
      await take();
      await Promise.all([page.waitForEvent('framenavigated'), ask(page, `void soak.leave(() => ${go})`)]);
      await ready(page);
      await take();
    };
    const measure = async (/** @type {number} */ minute) => {
      const { timers, kib, loads } = await take();
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { documents, nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      const { signals, ticks, compared } = comparison.counts;
      const now = { minute, heap: usedSize, kib, listeners: jsEventListeners, nodes, timers, documents, loads, signals, ticks, compared, faults: faults.length };
      measured.push(now);
      progress(now);
    };

    const world = { page, ask: (/** @type {string} */ expression) => ask(page, expression), live, leave, isStill: false, ready: () => ready(page) };
    await live('move', TURN_MS);
    await measure(0);
    for (let minute = 1; minute <= minutes; minute += 1) {
      world.isStill = Math.floor((minute - 1) / PERIOD) % PERIODS > 0;
      await MINUTES[(minute - 1) % PERIOD](world, minute);
      if (MEASURED.includes(((minute - 1) % PERIOD) + 1)) await measure(minute);
      if (minute % VISIT === 0 && minute < minutes) await anew(world, minute);
    }
    await take();
    const { visit } = await ask(page, 'soak.take()');
    await comparison.end();
    if (drift) faults.push(`signals are off their time by up to ${drift} ms`);
    return { measured, ...comparison.counts, visits: visit, told, faults };
  } finally {
    await browser.close();
    await server.close();
  }
}
