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
 * @param {object} [options]
 * @param {(why: Error) => void} [options.onRestart] a new worker was started, which holds no recordings
 * @param {string | URL} [options.worker] where its script is
 * @returns {Engine}
 */
export function openEngine({ onRestart, worker = new URL('worker.js', import.meta.url) } = {}) {
  /** @type {import('./line.js').Line | undefined} */
  let line;
  /** One that never answered is not started again until something is asked: it would go on forever. */
  let hasAnswered = false;
  /** @type {unknown[] | undefined} what the model was set to */
  let model;
  const costs = openCosts();

  /** @returns {import('./line.js').Line} */
  function start() {
    hasAnswered = false;
    const started = openLine(worker, (why) => {
      line = undefined;
      if (!hasAnswered) return;
      line = start();
      onRestart?.(why);
    });
    // refused, it is refused as it was when it was set
    if (model) started.ask('setModel', model).catch(() => {});
    return started;
  }
  /** @param {string} call @param {unknown[]} args @param {import('./line.js').CallOptions} [options] */
  async function ask(call, args, options) {
    line ??= start();
    const value = await line.ask(call, args, options);
    hasAnswered = true;
    return value;
  }

  return {
    names: () => ask('names', []),
    model: () => ask('model', []),
    async setModel(bytes, manifest = null) {
      const info = await ask('setModel', [bytes, manifest]);
      model = bytes ? [bytes, manifest] : undefined;
      return info;
    },
    simulate: (options) => ask('simulate', [options]),
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
    put: (recordings) => ask('put', [recordings]),
    drop: (ids) => ask('drop', [ids]),
    tune: (settings) => ask('tune', [settings]),
    figures: (people = 'recordings in the studio') => ask('figures', [people]),
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
}

/** Calls that the cost of a tick is taken over. */
const COSTS = 64;

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
