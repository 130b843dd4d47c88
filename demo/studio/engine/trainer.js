/**
 * Retraining at work: falter compiled with the feature `studio`, asked through answer.js by training.js. One training a worker.
 */

import init, { Training } from 'studio-module';
import { answer } from './answer.js';

/** Part of everything after which a step is told of; each tree is. */
const TOLD_EVERY = 0.004;

answer(open());

/** @returns {Promise<Record<string, import('./answer.js').Call>>} */
async function open() {
  await init({ module_or_path: new URL('studio.wasm', import.meta.url) });
  const training = new Training();
  return {
    add: ([texts]) => texts.forEach((/** @type {string} */ text) => training.add(text)),
    run([{ folds, seed, simulated, model }], { part }) {
      const start = performance.now();
      let told = -1;
      /** @param {import('./types.d.ts').TrainingStep} step */
      const tell = (step) => {
        if (step.trees === undefined && step.part - told < TOLD_EVERY) return;
        told = step.part;
        part(step);
      };
      return { ...training.run(folds, seed, simulated, model, tell), ms: performance.now() - start };
    },
  };
}
