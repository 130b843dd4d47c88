/**
 * The studio's engine at work: falter compiled with the feature `studio`, asked through answer.js by client.js.
 */

import init, { Studio } from 'studio-module';
import { answer } from './answer.js';

answer(open());

/** @returns {Promise<Record<string, import('./answer.js').Call>>} */
async function open() {
  await init({ module_or_path: new URL('studio.wasm', import.meta.url) });
  const studio = new Studio();
  return {
    names: () => studio.names(),
    model: () => studio.model(),
    setModel: ([bytes, manifest]) => studio.setModel(bytes, manifest),
    simulate: ([{ sessions, seed }]) => studio.simulate(sessions, seed),
  };
}
