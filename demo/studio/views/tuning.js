/** Tuning: what settings would have come to on every recording, beside another setting, and for whom it makes a difference. */

import { fill, html } from '../../shop/html.js';
import { percent } from '../../panel/words.js';
import { TUNING } from '../state.js';
import { counts, spoken } from './tuning/counts.js';
import { createCurves } from './tuning/curves.js';
import { createDials } from './tuning/dials.js';
import { createLists } from './tuning/lists.js';
import { createRecompute } from './tuning/recompute.js';

/** @typedef {import('../app.d.ts').App} App @typedef {import('./tuning/recompute.js').Compared} Compared */

/** A change is spoken once the dial has rested, ms. */
const SPOKEN_AFTER = 900;

/** Where A is kept over reloads. */
const KEPT = 'pinned';

/** The one that is mounted: what keys act on. @type {ReturnType<typeof open> | undefined} */
let opened;

/** @param {HTMLElement} root @param {App} app @param {HTMLElement} actions @param {import('../app.d.ts').Tuning | null} kept A, as it was pinned */
function open(root, app, actions, kept) {
  fill(
    actions,
    html`<button class="pin" title="What is set now becomes A (p)">Pin as A</button>
      <button class="swap" title="A becomes what is set, and what is set becomes A (x)">Swap</button>
      <button class="quiet unpin" title="A is as the product is by default">Forget A</button>
      <span class="soft ab"></span>`,
  );
  fill(
    root,
    html`<div class="tuning-left"></div>
      <div class="tuning-right">
        <dl class="stats tuning-counts" aria-label="Counts under B, and how they differ from A"></dl>
        <p class="aside" role="status"></p>
        <div class="curves"></div>
      </div>
      <div class="empty nothing" hidden>
        <h2>No recordings yet</h2>
        <p>Settings are tried on recorded visits. Upload your own, record one in the shop beside the studio, or add simulated ones.</p>
        <p class="row"><button class="primary to" data-view="recordings">Go to Recordings</button><button class="to" data-view="live">Record a visit</button></p>
      </div>`,
  );
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (root.querySelector(part));
  const [left, right, numbers, said, nothing] = ['.tuning-left', '.tuning-right', '.tuning-counts', '[role=status]', '.nothing'].map(find);
  const ab = /** @type {HTMLElement} */ (actions.querySelector('.ab'));
  const unpin = /** @type {HTMLButtonElement} */ (actions.querySelector('.unpin'));
  /** Without a visit there is nothing to compare. @param {boolean} isEmpty */
  const empty = (isEmpty) => {
    nothing.hidden = !isEmpty;
    left.hidden = right.hidden = isEmpty;
    for (const part of actions.children) /** @type {HTMLElement} */ (part).hidden = isEmpty;
  };
  const dials = createDials(app);
  const curves = createCurves((threshold) => app.settings.set({ tuning: { threshold } }));
  const lists = createLists(app);
  left.append(dials.element);
  find('.curves').append(...curves.map(({ element }) => element));
  right.append(lists.element);

  let speaking = 0;
  let runs = 0;
  /** @param {Compared} compared */
  const show = (compared) => {
    runs += 1;
    Object.assign(root.dataset, { ms: compared.ms.toFixed(1), visits: compared.b.visits, runs });
    fill(numbers, counts(compared));
    for (const curve of curves) curve.show(compared);
    lists.show(compared);
    clearTimeout(speaking);
    speaking = setTimeout(() => (said.textContent = spoken(compared)), SPOKEN_AFTER);
    const [a, b] = compared.thresholds;
    ab.textContent = `A: ${recompute.isPinned() ? 'pinned' : 'balanced, by default'}, from ${percent(a)} risk · B: from ${percent(b)} risk`;
  };
  const recompute = createRecompute(app, {
    onChange: (compared) => {
      const isEmpty = compared.b.visits === 0;
      empty(isEmpty);
      if (!isEmpty) show(compared);
    },
    onFault: (fault) => app.toast(`Not recomputed: ${fault.message}`, { kind: 'bad' }),
  });
  /** @param {import('../app.d.ts').Tuning} [tuning] */
  const keep = (tuning) => {
    recompute.pin(tuning);
    unpin.disabled = !tuning;
    app.library.keep(KEPT, tuning ?? null).catch((fault) => app.toast(`A reload would lose A: ${fault.message}`, { kind: 'bad' }));
  };
  // by keys, too, which know nothing of buttons that are not there
  const pin = () => nothing.hidden && keep({ ...app.settings.tuning });
  const swap = () => {
    if (!nothing.hidden) return;
    const before = recompute.pinned();
    keep({ ...app.settings.tuning });
    app.settings.set({ tuning: { ...before } });
  };
  if (kept) recompute.pin({ ...TUNING, ...kept });
  unpin.disabled = !kept;
  empty(!app.library.list().length);
  actions.querySelector('.pin')?.addEventListener('click', pin);
  actions.querySelector('.swap')?.addEventListener('click', swap);
  unpin.addEventListener('click', () => keep());
  nothing.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest('.to'));
    if (button) app.open(/** @type {import('../app.d.ts').ViewName} */ (button.dataset.view));
  });
  return { dials, lists, pin, swap, show: recompute.show, hide: recompute.hide };
}

/** @type {import('../app.d.ts').View} */
export const view = {
  mount: async (root, app, actions) => (opened = open(root, app, actions, await app.library.kept(KEPT).catch(() => null))),
  keys: [
    { key: 'p', says: 'Pin what is set as A', run: () => opened?.pin() },
    { key: 'x', says: 'Swap A and B', run: () => opened?.swap() },
    { key: '[', says: 'A calmer preset', run: () => opened?.dials.step(-1) },
    { key: ']', says: 'A more eager preset', run: () => opened?.dials.step(1) },
    { key: 'c', says: 'What changes', run: () => opened?.lists.open('changes') },
    { key: 'm', says: 'Missed leaves', run: () => opened?.lists.open('missed') },
    { key: 'f', says: 'False alarms', run: () => opened?.lists.open('false') },
  ],
};
