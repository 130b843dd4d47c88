/**
 * openEngine(): the engine of types.d.ts, at work in a Web Worker.
 *
 * Where the engine traps, or its memory is full, its worker is gone with all it held. Whatever was being asked is rejected
 * with an error named `Died`; a new worker is started, given the model that was set last, and `onRestart` is told, so that
 * whoever holds the recordings puts them again. A live session is over with the worker it ran in.
 */

import { openLine } from './line.js';

/** @typedef {import('./types.d.ts').Engine} Engine */

/**
 * Recordings handed over or judged at once. Copying their texts is what the main thread has to do, 70 kB each; and in between,
 * whatever else is asked gets its turn.
 */
const BATCH = 20;

/**
 * After so many deaths within so long it is started only when something is asked: what kills it may be what is put to it as soon as
 * it is there again.
 */
const DEATHS = 3;
const DEATHS_MS = 60_000;

/** Calls that the cost of a tick is taken over. */
const COSTS = 64;

/** @param {string | URL} [worker] where its script is @returns {Engine} */
export function openEngine(worker = new URL('worker.js', import.meta.url)) {
  /** @type {import('./line.js').Line | undefined} */
  let line;
  /** One that never answered is not started again until something is asked: it would go on forever. */
  let hasAnswered = false;
  /** @type {number[]} when it died lately */
  let deaths = [];
  /** Once it was up, one that is started when something is asked has lost what was put to those before it. @type {unknown} */
  let untold;
  let wasUp = false;
  /** @type {unknown[] | undefined} what the model was set to */
  let model;
  const costs = openCosts();

  /** @returns {import('./line.js').Line} */
  function start() {
    hasAnswered = false;
    const started = openLine(worker, (why) => {
      line = undefined;
      deaths = [...deaths, performance.now()].filter((then) => performance.now() - then < DEATHS_MS);
      if (!hasAnswered || deaths.length > DEATHS) {
        untold = wasUp && why;
        return;
      }
      line = start();
      engine.onRestart?.(why);
    });
    // refused, it is refused as it was when it was set
    if (model) started.ask('setModel', model).catch(() => {});
    return started;
  }
  /** @param {string} call @param {unknown[]} args @param {import('./line.js').CallOptions} [options] */
  async function ask(call, args, options) {
    line ??= start();
    const value = await line.ask(call, args, options);
    hasAnswered = wasUp = true;
    if (untold) {
      const why = /** @type {import('./line.js').Died} */ (untold);
      untold = undefined;
      engine.onRestart?.(why);
    }
    return value;
  }

  /** @type {Engine} */
  const engine = {
    onRestart: null,
    names: () => ask('names', []),
    model: () => ask('model', []),
    async setModel(bytes, manifest = null) {
      const info = await ask('setModel', [bytes, manifest]);
      model = bytes ? [bytes, manifest] : undefined;
      return info;
    },
    async simulate(options) {
      /** @type {string[]} */
      const texts = [];
      await ask('simulate', [options], { onPart: (some) => texts.push(...some) });
      return texts;
    },
    async read(file, { signal, onProgress } = {}) {
      /** @type {{ texts: string[], sessions: import('./types.d.ts').Session[] }} */
      const found = { texts: [], sessions: [] };
      // sessions come as they are found, so that the worker never holds the whole file
      const aside = await ask('read', [file], {
        signal,
        onPart({ texts, sessions, bytes }) {
          found.texts.push(...texts);
          found.sessions.push(...sessions);
          onProgress?.(bytes);
        },
      });
      return { ...found, aside };
    },
    async put(recordings) {
      /** @type {string[]} */
      const refused = [];
      for (let from = 0; from < recordings.length; from += BATCH)
        refused.push(...(await ask('put', [recordings.slice(from, from + BATCH)])));
      if (refused.length) throw new Error(refused.join('\n'));
    },
    drop: (ids) => ask('drop', [ids]),
    tune: (settings) => ask('tune', [settings]),
    async figures(people = 'recordings in the studio') {
      while (await ask('judgeSome', [BATCH]));
      return ask('figures', [people]);
    },
    async replay(text, settings) {
      const replayed = await ask('replay', [text, settings]);
      costs.add(replayed.ticks);
      return replayed;
    },
    live: (header, settings) => ask('live', [header, settings]),
    async feed(lines, now) {
      const ticks = await ask('feed', [lines, now]);
      costs.add(ticks);
      return ticks;
    },
    cost: () => costs.mean(),
    close() {
      line?.close();
      line = undefined;
    },
  };
  return engine;
}

/** What ticks cost lately. A clock in a worker may step by 0.1 ms, so single ticks are not told apart. */
function openCosts() {
  /** @type {{ us: number, ticks: number }[]} */
  const last = [];
  return {
    /** @param {import('./types.d.ts').Ticks} ticks */
    add({ us, t }) {
      if (t.length) last.push({ us: us * t.length, ticks: t.length });
      if (last.length > COSTS) last.shift();
    },
    mean: () => last.reduce((sum, { us }) => sum + us, 0) / last.reduce((sum, { ticks }) => sum + ticks, 0),
  };
}
