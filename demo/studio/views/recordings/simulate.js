/** Simulated visits, as many as are asked for. */

import { fill, html } from '../../../shop/html.js';

/** More take over a minute to judge. */
const MOST = 2000;
/** Read at once: in between the page moves on. */
const BATCH = 10;
const SEED = 'simulated-seed';

/** @param {import('../../app.d.ts').App} app @param {import('./upload.js').Progress} progress */
export async function askSimulate(app, progress) {
  const dialog = document.createElement('dialog');
  dialog.className = 'simulate-dialog';
  dialog.setAttribute('aria-labelledby', 'simulate-title');
  // each time other people
  const seed = ((await app.library.kept(SEED)) ?? 7) + 1;
  fill(
    dialog,
    html`<form method="dialog" class="grid">
      <h2 id="simulate-title">Add simulated visits</h2>
      <p class="soft">Made-up shoppers, whose doubts are known. The same seed makes the same people, as <code>falter simulate</code> does.</p>
      <div class="row">
        <label class="field"><span>How many</span><input name="sessions" type="number" min="1" max="${MOST}" value="50" required /></label>
        <label class="field"><span>Seed</span><input name="seed" type="number" min="0" max="4294967295" value="${seed}" required /></label>
      </div>
      <div class="row end"><button value="no" formnovalidate>Cancel</button><button class="primary" value="yes">Add</button></div>
    </form>`,
  );
  document.body.append(dialog);
  dialog.showModal();
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector('form'));
  dialog.addEventListener('close', () => {
    const given = new FormData(form);
    dialog.remove();
    if (dialog.returnValue === 'yes') simulate(app, progress, Number(given.get('sessions')), Number(given.get('seed')));
  });
}

/** @param {import('../../app.d.ts').App} app @param {import('./upload.js').Progress} progress @param {number} sessions @param {number} seed */
async function simulate({ engine, library, toast }, progress, sessions, seed) {
  const signal = progress.begin(`Simulating ${sessions} visits`);
  if (!signal) return;
  try {
    await library.keep(SEED, seed);
    const texts = await engine.simulate({ sessions, seed });
    /** @type {Parameters<typeof library.add>[0]} */
    const named = [];
    while (named.length < texts.length && !signal.aborted) {
      const at = named.length;
      const found = await engine.read(new Blob(texts.slice(at, at + BATCH)));
      named.push(...found.texts.map((text, i) => ({ name: `Simulated ${seed}.${at + i + 1}`, text, session: found.sessions[i] })));
      progress.part(named.length / sessions);
    }
    // all at once: what came together stands together, in its own order
    const made = (await library.add(named, 'simulated')).length;
    toast(`Added ${made} simulated ${made === 1 ? 'visit' : 'visits'}.`, { kind: 'good' });
  } catch (fault) {
    toast(/** @type {Error} */ (fault).message, { kind: 'bad' });
  } finally {
    progress.end();
  }
}
