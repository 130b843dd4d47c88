/** Keeps the engine told of every recording in the library: a few at a time, so that the page never waits for it. */

/** Recordings given over at once; copying their texts is all that the main thread does. */
const BATCH = 10;

/**
 * @param {import('./app.d.ts').App} app
 * @returns {{ judged: () => Promise<void>, again: () => void }} again: the engine has forgotten all
 */
export function judging(app) {
  /** @type {Set<string>} */
  const told = new Set();
  /** @type {Promise<void> | undefined} */
  let running;
  let isListening = false;

  const run = async () => {
    for (;;) {
      const ids = new Set(app.library.list().map(({ id }) => id));
      const gone = [...told].filter((id) => !ids.has(id));
      const due = [...ids].filter((id) => !told.has(id)).slice(0, BATCH);
      if (!gone.length && !due.length) return;
      for (const id of gone) told.delete(id);
      if (gone.length) await app.engine.drop(gone);
      for (const id of due) told.add(id);
      if (due.length) await put(due);
    }
  };
  /** One that the engine refuses keeps none of the others out. @param {string[]} ids */
  const put = async (ids) => {
    try {
      await app.engine.put(await app.library.texts(ids));
    } catch (fault) {
      const { name, message } = /** @type {Error} */ (fault);
      if (name === 'Died') throw fault;
      app.toast(`Not judged: ${message}`, { kind: 'bad' });
    }
  };
  const judged = () => {
    if (!isListening) {
      isListening = true;
      app.library.addEventListener('change', () => judged().catch(() => {}));
    }
    running ??= run().finally(() => {
      running = undefined;
      app.dispatchEvent(new Event('judged'));
    });
    return running;
  };
  return {
    judged,
    again: () => {
      told.clear();
      const anew = () => judged().catch(() => {});
      // one that was under way when the engine died ends with it, and knows nothing of this
      if (running) running.then(anew, anew);
      else anew();
    },
  };
}
