/** Training: a model of one's own recordings, judged beside the one in use on people neither saw, and put to use if it is better. */

import { fill, html } from '../../shop/html.js';
import { askSimulate } from './recordings/simulate.js';
import { createAsk } from './training/ask.js';
import { createProgress } from './training/progress.js';
import { result } from './training/result.js';
import { downloadManifest, downloadModel } from './training/download.js';

/** @typedef {import('../app.d.ts').App} App @typedef {import('../engine/types.js').Trained} Trained */

/** While visits are being simulated, the counts of what to learn from show how far it is. @type {import('./recordings/upload.js').Progress} */
const COUNTED = { begin: () => new AbortController().signal, part() {}, end() {} };
/** Recordings read from the library at once. */
const BATCH = 20;
/** What came of the last training, so that a reload does not cost it. */
const KEPT = 'trained';

/** @typedef {{ trained: Trained, besides: number, isSimulated: boolean, sources: string, at: number }} Outcome sources: what it was trained on, in words; at: wall ms */

/** @param {HTMLElement} root @param {App} app @param {HTMLElement} actions */
async function open(root, app, actions) {
  const kept = await app.library.kept(KEPT).catch(() => undefined);
  fill(
    actions,
    html`<button class="primary start">Train</button><button class="danger cancel" hidden>Cancel</button>
      <button class="back">Back to the shipped model</button>`,
  );
  fill(root, html`<div class="training-left"></div><div class="training-right" aria-live="polite"></div>`);
  const find = (/** @type {Element} */ from, /** @type {string} */ part) => /** @type {HTMLButtonElement} */ (from.querySelector(part));
  const [start, cancel, back] = ['.start', '.cancel', '.back'].map((part) => find(actions, part));
  const right = find(root, '.training-right');
  const ask = createAsk(app);
  find(root, '.training-left').append(ask.element);

  /** @type {AbortController | undefined} */
  let running;
  /** @type {Outcome | undefined} */
  let outcome = kept ?? undefined;

  const idle = () =>
    fill(
      right,
      html`<div class="card empty">
        <h2>Learn from your own visitors</h2>
        <p>The recordings are dealt into folds, by person. Each fold is judged by a model that saw none of it, beside the model it would replace. Then one is made of all of them.</p>
        <p class="soft">It runs in this browser, in a worker of its own. Nothing leaves the page.</p>
      </div>`,
    );
  const draw = () => {
    start.hidden = Boolean(running);
    cancel.hidden = !running;
    back.disabled = Boolean(running) || app.model.bytes === null;
    ask.lock(Boolean(running));
  };
  const showResult = () => outcome && fill(right, result(outcome, app.model.info.checksum === outcome.trained.info.checksum));
  /** @param {Outcome} [next] */
  const keep = (next) => {
    outcome = next;
    app.library.keep(KEPT, next ?? null).catch((fault) => app.toast(`A reload would lose this model: ${fault.message}`, { kind: 'bad' }));
  };

  /** A few at a time: reading them all at once would hold the page up. @param {string[]} ids */
  async function texts(ids) {
    const recordings = [];
    for (let from = 0; from < ids.length; from += BATCH) recordings.push(...(await app.library.texts(ids.slice(from, from + BATCH))));
    return recordings;
  }

  async function train() {
    const { ids, folds, seed, simulated } = ask.asked();
    // as it was asked: the fields may say something else by then
    const [isSimulated, sources] = [ask.isSimulated(), ask.sources()];
    const aborter = (running = new AbortController());
    const progress = createProgress(folds);
    keep();
    right.replaceChildren(progress.element);
    draw();
    cancel.focus();
    try {
      const recordings = await texts(ids);
      const trained = await app.trainer.train(recordings, { folds, seed, simulated, model: ask.model(), signal: aborter.signal, onStep: progress.step });
      keep({ trained, besides: simulated, isSimulated, sources, at: Date.now() });
      showResult();
    } catch (fault) {
      const { name, message } = /** @type {Error} */ (fault);
      if (name === 'AbortError') idle();
      else
        fill(
          right,
          html`<div class="card empty" role="alert">
            <h2>${name === 'TooFew' ? 'Not enough to learn from yet' : 'No model came of it'}</h2>
            <p>${message}</p>
            <p class="row">${name === 'TooFew' && html`<button class="primary simulate">Add simulated visits</button><button class="to">Go to Recordings</button>`}<button class="again">Try again</button></p>
          </div>`,
        );
    } finally {
      running = undefined;
      draw();
      if (!root.hidden) start.focus();
    }
  }

  async function use() {
    if (!outcome) return;
    const { trained } = outcome;
    const name = `Retrained on ${trained.folds.reduce((sum, fold) => sum + fold.recordings, 0)}`;
    await app.setModel({ bytes: trained.model, manifest: trained.manifest, name });
    app.toast(`“${name}” is in use everywhere in the studio.`, { kind: 'good', action: 'Back to the shipped model', run: () => app.setModel(null).catch(failed) });
  }
  const failed = (/** @type {Error} */ fault) => app.toast(fault.message, { kind: 'bad' });

  start.addEventListener('click', train);
  cancel.addEventListener('click', () => running?.abort());
  back.addEventListener('click', () => app.setModel(null).then(() => app.toast('The shipped model is in use.'), failed));
  right.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest('.use')) use().catch(failed);
    else if (target.closest('.save') && outcome) downloadModel(outcome.trained);
    else if (target.closest('.beside') && outcome) downloadManifest(outcome.trained);
    else if (target.closest('.simulate')) askSimulate(app, COUNTED);
    else if (target.closest('.to')) app.open('recordings');
    else if (target.closest('.again')) train();
  });
  app.addEventListener('model', () => {
    draw();
    // while the next one grows, that is what there is to see
    if (!running) showResult();
  });
  if (outcome) showResult();
  else idle();
  draw();
  return { show: () => ask.draw() };
}

/** @type {import('../app.d.ts').View} */
export const view = { mount: open };
