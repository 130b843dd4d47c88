/** What is asked before a training: which recordings, how many folds, simulated visits beside, seed, and whom it has to beat. */

import { fill, html } from '../../../shop/html.js';

/** A fold is judged by as many visits with a leave, and presets need so many without one (src/train/retrain/deal.rs). */
const LEAVES_A_FOLD = 10;
const QUIET_VISITS = 50;
/** @type {[from: import('../../app.d.ts').Item['from'], title: string][]} */
const SOURCES = [
  ['recorded', 'Recorded here'],
  ['uploaded', 'Uploaded'],
  ['simulated', 'Simulated'],
];
const FOLDS = [2, 3, 5, 10];
const MOST_SIMULATED = 5000;

/** @param {import('../../app.d.ts').App} app */
export function createAsk(app) {
  const element = document.createElement('form');
  element.className = 'card ask';
  element.setAttribute('aria-label', 'What to train on');
  fill(
    element,
    html`<header><h2>What to learn from</h2></header>
      <fieldset class="sources">
        <legend class="aside">Recordings</legend>
        ${SOURCES.map(([from, title]) => html`<label class="row"><input type="checkbox" name="from" value="${from}" checked /><span>${title}</span><b data-count="${from}"></b></label>`)}
      </fieldset>
      <div role="status"><dl class="enough"></dl></div>
      <fieldset class="field">
        <legend>Folds, by person</legend>
        <div class="seg">${FOLDS.map((n) => html`<label><input type="radio" name="folds" value="${n}" ${n === 3 ? 'checked' : ''} />${n}</label>`)}</div>
      </fieldset>
      <label class="field"><span>Simulated visits beside, to learn from only</span><input type="number" name="simulated" min="0" max="${MOST_SIMULATED}" step="100" value="300" /></label>
      <label class="field"><span>Seed; the same again gives the same model</span><input type="number" name="seed" min="0" max="4294967295" step="1" value="1" /></label>
      <p class="soft than"></p>`,
  );
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (element.elements.namedItem(name));
  /** @param {string} name @param {number} most */
  const whole = (name, most) => Math.min(most, Math.max(0, Math.round(field(name).valueAsNumber || 0)));
  const chosen = () => {
    const from = new FormData(element).getAll('from');
    return app.library.list().filter((item) => from.includes(item.from));
  };
  const folds = () => Number(new FormData(element).get('folds') ?? 3);

  const draw = () => {
    const all = app.library.list();
    for (const [from] of SOURCES) {
      const count = all.filter((item) => item.from === from).length;
      const place = /** @type {HTMLElement} */ (element.querySelector(`[data-count="${from}"]`));
      place.textContent = String(count);
      /** @type {HTMLElement} */ (place.parentElement).classList.toggle('soft', !count);
    }
    // a person is a session by its id: pieces of one count once
    const people = new Map();
    for (const { session } of chosen()) {
      const left = session.presence.some(({ ending, eligible }) => ending === 'leave' && eligible);
      people.set(session.session, left || people.get(session.session) === true);
    }
    const leaves = [...people.values()].filter(Boolean).length;
    const rows = /** @type {[string, number, number, string][]} */ ([
      ['With a leave', leaves, folds() * LEAVES_A_FOLD, `${LEAVES_A_FOLD} a fold, to judge by`],
      ['Without', people.size - leaves, QUIET_VISITS, 'for the presets, which are shares of these'],
    ]);
    fill(
      /** @type {HTMLElement} */ (element.querySelector('.enough')),
      html`${rows.map(
        ([what, have, need, why]) =>
          html`<div class="${have < need ? 'short' : 'good'}"><dt>${what}</dt><dd><b>${have}</b> of ${need} needed ${have < need ? html`<span class="missing">${need - have} missing</span>` : html`<span class="fine">enough</span>`}</dd><dd class="soft">${why}</dd></div>`,
      )}`,
    );
    const than = app.model.bytes === null || isRetrained() ? 'the shipped model' : `“${app.model.name}”`;
    /** @type {HTMLElement} */ (element.querySelector('.than')).textContent =
      `Compared with ${than}${isRetrained() ? ': the one in use has learnt from recordings itself, and knows them' : ''}.`;
  };
  /** A model that learnt from these recordings can't be held against one that did not. */
  const isRetrained = () => app.model.bytes !== null && /"sources":[^\]]*\brecordings\b/.test(app.model.manifest ?? '');

  element.addEventListener('input', draw);
  element.addEventListener('submit', (event) => event.preventDefault());
  app.library.addEventListener('change', draw);
  app.addEventListener('model', draw);
  draw();
  return {
    element,
    draw,
    /** @param {boolean} isLocked */
    lock: (isLocked) => {
      for (const part of element.querySelectorAll('input, fieldset')) /** @type {HTMLInputElement} */ (part).disabled = isLocked;
    },
    asked: () => ({ ids: chosen().map(({ id }) => id), folds: folds(), seed: whole('seed', 2 ** 32 - 1), simulated: whole('simulated', MOST_SIMULATED) }),
    /** Whom the new one has to beat: its bytes, or null for the one that ships. */
    model: () => (isRetrained() ? null : app.model.bytes),
    /** What is learnt from, in words. */
    sources: () => {
      const items = chosen();
      const parts = SOURCES.map(([from, title]) => [items.filter((item) => item.from === from).length, title.toLowerCase()]);
      return parts.filter(([count]) => count).map(([count, title]) => `${count} ${title}`).join(', ');
    },
    /** Nobody real among them. */
    isSimulated: () => chosen().every(({ from }) => from === 'simulated'),
  };
}
