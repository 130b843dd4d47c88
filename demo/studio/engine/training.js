/**
 * openTrainer(): retraining as types.d.ts has it. Every training gets a worker of its own, which is ended at once when it is
 * aborted, and whose death takes nothing with it.
 */

import { openLine } from './line.js';

/** Recordings handed over at once: copying their texts is all that the main thread does. */
const BATCH = 20;

/** @param {string | URL} [worker] where its script is @returns {import('./types.d.ts').Trainer} */
export function openTrainer(worker = new URL('trainer.js', import.meta.url)) {
  return {
    async train(recordings, { signal, onStep, ...options }) {
      signal?.throwIfAborted();
      const line = openLine(worker, () => {});
      try {
        for (let from = 0; from < recordings.length; from += BATCH) {
          const texts = recordings.slice(from, from + BATCH).map(({ text }) => text);
          await line.ask('add', [texts], { signal });
        }
        return await line.ask('run', [options], { signal, onPart: onStep });
      } catch (fault) {
        throw fault instanceof Error && fault.name === 'Died' ? gone(fault) : fault;
      } finally {
        line.close();
      }
    },
  };
}

/** @param {Error} why */
const gone = (why) =>
  Object.assign(new Error(`The training ended before it was done: ${why.message}. Your recordings and the model in use are untouched. Try fewer recordings.`), {
    name: why.name,
  });
