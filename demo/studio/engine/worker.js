/**
 * The studio's engine at work: falter compiled with the feature `studio`, asked through answer.js by client.js.
 */

import init, { Studio } from 'studio-module';
import { answer } from './answer.js';
import { read } from './read.js';

/** Visits handed over at once: 70 kB each. */
const SIMULATED = 20;

answer(open());

/** @returns {Promise<Record<string, import('./answer.js').Call>>} */
async function open() {
  await init({ module_or_path: new URL('studio.wasm', import.meta.url) });
  const studio = new Studio();
  return {
    names: () => studio.names(),
    model: () => studio.model(),
    setModel: ([bytes, manifest]) => studio.setModel(bytes, manifest),
    simulate([{ sessions, seed }], { part }) {
      for (let from = 0; from < sessions; from += SIMULATED) part(studio.simulate(seed, from, Math.min(from + SIMULATED, sessions)));
    },
    read: ([file], asked) => read(file, asked),
    put: ([recordings]) => put(studio, recordings),
    drop: ([ids]) => studio.drop(ids),
    tune: ([settings]) => studio.tune(settings),
    judgeSome: ([some]) => studio.judgeSome(some),
    figures: ([people]) => studio.figures(people, new Date().toISOString().slice(0, 10)),
    replay: ([text, settings]) => timed(() => studio.replay(text, settings), ({ ticks }) => ticks),
    live: ([header, settings]) => studio.live(header, settings),
    feed: ([lines, now]) => timed(() => studio.feed(lines, now), (ticks) => ticks),
  };
}

/**
 * One bad recording keeps none of the others out.
 * @param {Studio} studio @param {import('./types.d.ts').Recording[]} recordings
 * @returns {string[]} those that were refused, and why
 */
function put(studio, recordings) {
  /** @type {string[]} */
  const refused = [];
  for (const { id, text } of recordings) {
    try {
      studio.put(id, text);
    } catch (error) {
      // a trap is none of the recording's
      if (!(error instanceof Error) || error.constructor != Error) throw error;
      refused.push(`${id}: ${error.message}`);
    }
  }
  return refused;
}

/**
 * Adds how long a tick took.
 * @param {() => any} work
 * @param {(made: any) => import('./types.d.ts').Ticks} ticksOf
 */
function timed(work, ticksOf) {
  const start = performance.now();
  const made = work();
  ticksOf(made).us = ((performance.now() - start) * 1000) / ticksOf(made).t.length;
  return made;
}
