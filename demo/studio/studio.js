/** The studio: puts engine, library and settings together, and opens the views. */

import { openEngine } from './engine/client.js';
import { openTrainer } from './engine/training.js';
import { openLibrary } from './library.js';
import { judging } from './judging.js';
import { openShell } from './shell.js';
import { readSettings } from './state.js';

/** Simulated visits that a new studio begins with. */
const INCLUDED = { sessions: 40, seed: 7 };

/** @typedef {import('./app.d.ts').App} App @typedef {import('./app.d.ts').StudioModel} StudioModel */

/** @param {App['toast']} toast @returns {Promise<App>} */
async function openApp(toast) {
  const [engine, library] = await Promise.all([openEngine(), openLibrary()]);
  const [names, info] = await Promise.all([engine.names(), engine.model()]);
  const app = /** @type {App} */ (new EventTarget());
  /** @type {StudioModel} */
  let model = { info, bytes: null, manifest: null, name: 'Shipped model' };
  const { judged, again } = judging(app);

  /** @param {Parameters<App['setModel']>[0]} next */
  const use = async (next) => {
    const found = await engine.setModel(next?.bytes ?? null, next?.manifest);
    model = { info: found, bytes: next?.bytes ?? null, manifest: next?.manifest ?? null, name: next?.name ?? 'Shipped model' };
    app.dispatchEvent(new Event('model'));
  };
  Object.defineProperty(app, 'model', { get: () => model });
  Object.assign(app, {
    engine,
    library,
    names,
    trainer: openTrainer(),
    toast,
    settings: readSettings(),
    judged,
    /** @param {Parameters<App['setModel']>[0]} next */
    setModel: async (next) => {
      await use(next);
      await library.keep('model', next);
    },
  });
  engine.onRestart = again;
  if (library.trouble) toast(library.trouble, { kind: 'bad' });
  const kept = await library.kept('model');
  // one that no longer fits, of an older falter perhaps, is no reason not to open
  if (kept) await use(kept).catch((fault) => toast(`The retrained model could not be used: ${fault.message}`, { kind: 'bad' }));
  return app;
}

/** @param {App} app */
async function include({ engine, library }) {
  const there = library.list();
  if ((await library.kept('included')) || there.some(({ from }) => from !== 'simulated')) return;
  // the page was left while they were added
  if (there.length) await library.remove(there.map(({ id }) => id));
  const texts = await engine.simulate(INCLUDED);
  const { sessions } = await engine.read(new Blob(texts));
  await library.add(texts.map((text, i) => ({ name: `Simulated ${i + 1}`, text, session: sessions[i] })), 'simulated');
  await library.keep('included', true);
}

const shell = openShell();
try {
  const app = await openApp(shell.toast);
  await shell.start(app);
  // from here on a fault is one of the recordings', and the views are of use without them
  const told = (/** @type {Error} */ fault) => app.toast(fault.message, { kind: 'bad' });
  include(app).catch(told).then(app.judged).catch(told);
} catch (fault) {
  shell.fail(/** @type {Error} */ (fault));
}
