/** Live: the demo shop under one's own hand, and beside it what falter sees, thinks and decides. */

import { emptyCart } from '../../shop/cart.js';
import { fill, html } from '../../shop/html.js';
import { clock, messageName, percent, reasonName } from '../../panel/words.js';
import { createBars } from '../player/bars.js';
import { createChart } from '../player/chart.js';
import { createDoubt } from '../player/doubt.js';
import { createFeatures } from '../player/features.js';
import { holdName, legend } from '../player/holds.js';
import { createMap } from '../player/map.js';
import { NONE } from '../player/track.js';
import { icon } from '../shell.js';
import { openFrame } from './live/frame.js';
import { isOver, openOpener } from './live/opener.js';
import { optionsOf } from './takeaway/options.js';
import { openUnkept } from './live/unkept.js';
import { openVisit } from './live/visit.js';

/** In view, ms: the last of the visit, or all of it. */
const SPANS = /** @type {const} */ ([['1 min', 60_000], ['5 min', 300_000], ['All', null]]);
const BARS = 5;
/** Told in the list, the last of them. */
const LOG = 60;
/** Without a word of the page for so long nothing runs in it, ms. */
const QUIET_MS = 1500;

const ICONS = { anew: 'M20 12a8 8 0 1 1-2.500-5.800M20 3v4h-4', keep: 'M6 4h12v16l-6-4-6 4z' };

/** Options that the studio leaves to the page. */
const PAGES_OWN = ['consent', 'consentFrom', 'shop'];

/** @typedef {import('../app.d.ts').App} App @typedef {import('../player/chart.js').Mark} Mark */

/** @type {ReturnType<typeof open> | undefined} */
let opened;

/** @param {HTMLElement} root @param {App} app @param {HTMLElement} actions */
function open(root, app, actions) {
  const { names } = app;
  fill(
    actions,
    html`<button class="anew">${icon(ICONS.anew)}Start anew</button>
      <button class="primary keep" disabled>${icon(ICONS.keep)}Keep this visit</button>`,
  );
  fill(
    root,
    html`<div class="shop"></div>
      <div class="live-panels">
        <section class="card now" aria-label="Risk now">
          <div class="readout"><b class="risk">–</b><span class="says">The shop is on its way.</span></div>
          <div class="plot"></div>
          <div class="under"><ul class="legend"></ul><div class="seg zoom" role="group" aria-label="In view">${SPANS.map(([name], i) => html`<button aria-pressed="${String(i === 0)}">${name}</button>`)}</div></div>
        </section>
        <section class="card place" aria-label="Page"></section>
        <section class="card doubts" aria-label="Doubt"></section>
        <section class="card more" aria-label="In detail">
          <div class="seg which" role="group" aria-label="In detail"><button aria-pressed="true">Risk</button><button aria-pressed="false">Features</button><button aria-pressed="false">What happened</button></div>
          <div class="part"></div>
        </section>
        <p class="meter-line">
          <span class="chip cost" title="What the same tick takes in the studio's worker, its columns for these panels included; the page does without them">–</span>
          <span class="chip rate">–</span><span class="chip same">–</span>
        </p>
      </div>`,
  );
  /** @param {string} part @returns {HTMLElement} */
  const find = (part) => /** @type {HTMLElement} */ (root.querySelector(part));
  const keep = /** @type {HTMLButtonElement} */ (actions.querySelector('.keep'));
  const map = createMap();
  const chart = createChart({ names, label: 'Risk over time' });
  const [bars, doubt, features] = [createBars(names, BARS), createDoubt(names, true), createFeatures(names, 'live')];
  const log = document.createElement('ol');
  log.className = 'happened';
  log.tabIndex = 0;
  log.setAttribute('aria-label', 'What happened');
  find('.place').append(map.element);
  find('.plot').append(chart.element);
  find('.doubts').append(doubt.element);
  const parts = [bars.element, features.element, log];
  find('.part').append(...parts);
  parts.forEach((part, i) => (part.hidden = i > 0));

  /** @type {Mark[]} */
  let marks = [];
  /** @type {import('../player/map.js').Card[]} */
  let cards = [];
  /** @type {number | null} */
  let span = SPANS[0][1];
  let isAnew = true;
  /** Somebody asked for it. */
  let isPressed = false;
  let heard = 0;
  let lastTick = -1;
  /** Of the page. @type {Extract<import('../bridge.js').Said, { kind: 'state' }> | undefined} */
  let state;
  let frameDue = 0;

  const paint = () => {
    frameDue = 0;
    if (root.hidden || document.hidden) return;
    const { track, scene, threshold } = visit;
    const i = track.length - 1;
    const end = Math.max(track.end, 1000);
    const width = span ?? Math.max(10_000, end);
    const from = span ? Math.max(0, end - width) : 0;
    chart.show({ track, marks, threshold, from, to: from + width });
    chart.at(end);
    map.paint(scene, visit.now(), cards);
    if (!bars.element.hidden) bars.paint(track, i);
    if (!features.element.hidden) features.paint(track, i);
    doubt.paint(track, i);
    read();
  };
  const soon = () => (frameDue ||= requestAnimationFrame(paint));

  const read = () => {
    const { track, threshold } = visit;
    const i = track.length - 1;
    find('.risk').textContent = i < 0 ? '–' : percent(track.risk[i]);
    find('.readout').classList.toggle('over', i >= 0 && track.risk[i] >= threshold);
    find('.says').textContent = says(i);
    keep.disabled = !visit.header;
    fill(find('.legend'), html`${legend(names, track.spans.slice(-30).map(({ hold }) => hold))}<li class="mark-leave">Leave</li><li class="mark-card">Card</li>`);
    find('.cost').textContent = Number.isFinite(visit.cost) ? `${visit.cost.toFixed(0)} µs a tick, panels included` : '– µs a tick';
    find('.rate').textContent = `${visit.rate.toFixed(0)} signals/s`;
    const differing = visit.differing.at(-1);
    const same = find('.same');
    same.classList.toggle('bad', Boolean(differing));
    same.classList.toggle('good', !differing && visit.same > 0);
    same.textContent = differing
      ? `the page has ${percent(differing.page)} at ${clock(differing.t)}, not this`
      : visit.same
        ? `${visit.same.toLocaleString('en')} readings, bit for bit the page's`
        : 'no reading yet';
    same.title = differing ? `${visit.differing.length} of ${visit.differing.length + visit.same} readings differ. The page ran ${differing.page}, the studio ${differing.here}.` : '';
  };
  /** @param {number} i */
  const says = (i) => {
    const { track } = visit;
    if (state?.consent === 'required') return 'falter waits for consent: choose it in the strip above the shop.';
    if (state && !state.running) return 'falter is on its way in the shop.';
    const away = visit.scene.away(visit.now());
    if (away) return away.how === 'hidden' ? 'Away: the tab is hidden.' : 'Away: outside of the shop, which counts as leaving it.';
    if (i < 0) return 'Move in the shop: falter listens.';
    return track.hold[i] === NONE ? `Card: ${messageName(names.messages[track.message[i]] ?? '')}.` : holdName(names, track.hold[i]);
  };
  const tellLog = () =>
    fill(
      log,
      marks.length
        ? html`${marks.slice(-LOG).reverse().map(({ t, kind, text }) => html`<li class="${kind}"><time>${clock(t)}</time><span>${text}</span></li>`)}`
        : html`<li class="soft">Cards, answers and leaves will stand here.</li>`,
    );
  /** @param {Mark['kind']} kind @param {number} t @param {string} text */
  const note = (kind, t, text) => {
    marks.push({ kind, t, text });
    tellLog();
    soon();
  };

  /** @type {Record<string, (detail: any, t: number) => void>} */
  const EVENTS = {
    show: ({ message, reason }, t) => {
      cards.push({ t, message });
      note('card', t, `Card: ${messageName(message)}. Doubt: ${reasonName(reason).toLowerCase()}`);
    },
    act: ({ how }, t) => (endCard(t), note('act', t, `Followed the card (${how})`)),
    dismiss: ({ how }, t) => (endCard(t), note('dismiss', t, `Waved the card away (${how})`)),
    answer: ({ reason }, t) => note('act', t, `Said what is missing: ${reasonName(reason).toLowerCase()}`),
    leave: ({ t: at, reason, risk }) => note('leave', at, `Left at ${percent(risk)}. Doubt: ${reasonName(reason).toLowerCase()}`),
    exposure: () => {},
    error: ({ code, where, message }, t) => note('dismiss', t, `${code}${where ? ` in ${where}` : ''}: ${message}`),
  };
  /** @param {number} t */
  const endCard = (t) => {
    const card = cards.at(-1);
    if (card) card.until ??= t;
  };

  const visit = openVisit(app, {
    onTicks: soon,
    onAnew: soon,
    onFault: (fault) => (fault.name === 'Died' ? visit.again(lastTick) : app.toast(`The engine cannot follow this visit: ${fault.message}`, { kind: 'bad', action: 'Start anew', run: anew })),
  });
  /** Options of the page: those of the take away, so that what is tried is what is taken. A shop that the studio lies over has its own facts. */
  const options = () => {
    const { tuning, plays } = app.settings;
    const reach = tuning.threshold === null ? { shareOfVisits: tuning.share } : { shareOfVisits: undefined, sensitivity: 1 - tuning.threshold };
    const floors = Object.keys(tuning.confidence).length > 0;
    const all = isOver ? { ...(floors && { confidence: tuning.confidence }), ...(plays && { plays }) } : optionsOf(app);
    // Functions do not cross; and what the shopper allowed, and which shop it is, the page knows best. A key that is there takes the
    // place of the page's own, even if it is undefined.
    const own = JSON.parse(JSON.stringify(all, (name, value) => (PAGES_OWN.includes(name) ? undefined : value)));
    return { ...own, ...reach, arming: tuning.armingMs / 1000, holdout: 0 };
  };
  const frame = (isOver ? openOpener : openFrame)({
    begin: () => {
      // a visit goes on over the pages of a shop that the studio is opened over again and again
      const isOther = isOver && isAnew && !isPressed ? /** @type {const} */ ('unless-whole') : isAnew;
      const begin = { isAnew: isOther, session: visit.header?.session ?? '', known: visit.text.length, options: options(), model: app.model.bytes };
      isAnew = isPressed = false;
      return begin;
    },
    hasModel: () => Boolean(app.model.bytes),
    hear: (said) => {
      heard = performance.now();
      if (said.kind === 'key') {
        // its own event: the frame is out of sight once another view is open
        if (!isOver && !root.hidden) document.dispatchEvent(new KeyboardEvent('keydown', { key: said.key, bubbles: true, cancelable: true }));
      } else if (said.kind === 'state') {
        state = said;
        soon();
      } else if (said.kind === 'event') EVENTS[said.type]?.(said.detail, said.t);
      else if (said.kind === 'lines') {
        const before = visit.header?.session;
        visit.hear(said);
        lastTick = said.t;
        if (visit.header?.session !== before) {
          clear();
          unkept.offer();
        }
        soon();
      }
    },
  });
  const clear = () => {
    marks = [];
    cards = [];
    tellLog();
  };
  const unkept = openUnkept(app, visit);
  const anew = () => {
    const again = unkept.take();
    if (again) app.toast(root.hidden ? 'Live started anew.' : 'Started anew.', { action: 'Keep the visit before', run: again });
    isAnew = true;
    state = undefined;
    clear();
    visit.forget();
    if (!isOver) emptyCart();
    frame.home();
  };
  const keepVisit = async () => {
    if (!visit.header) return;
    keep.disabled = true;
    await unkept.keep();
    keep.disabled = false;
  };

  root.classList.toggle('over', isOver);
  find('.shop').append(frame.element);
  actions.querySelector('.anew')?.addEventListener('click', () => {
    isPressed = true;
    anew();
  });
  keep.addEventListener('click', keepVisit);
  /** @param {string} where @param {(place: number) => void} use */
  const pick = (where, use) =>
    find(where).addEventListener('click', ({ target }) => {
      const buttons = [...find(where).children];
      const place = buttons.indexOf(/** @type {Element} */ (target));
      if (place < 0) return;
      buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === place)));
      use(place);
      soon();
    });
  pick('.zoom', (place) => (span = SPANS[place][1]));
  pick('.which', (place) => parts.forEach((part, i) => (part.hidden = i !== place)));
  app.addEventListener('model', anew);
  app.settings.addEventListener('change', () => visit.again(lastTick));
  // while nobody is there no tick comes, and being away is to be seen
  setInterval(() => !root.hidden && performance.now() - heard < QUIET_MS && soon(), 250);
  tellLog();
  anew();

  return {
    anew,
    keepVisit,
    /** @param {Record<string, any>} params */
    show: ({ record, anew: isAsked }) => {
      soon();
      if (isAsked) anew();
      if (!record) return;
      anew();
      app.toast('Everything you do in the shop is recorded. When you are done, keep the visit.');
    },
  };
}

/** @type {import('../app.d.ts').View} */
export const view = {
  mount: (root, app, actions) => (opened = open(root, app, actions)),
  keys: [
    { key: 'n', says: 'Start anew', run: () => opened?.anew() },
    { key: 's', says: 'Keep this visit', run: () => opened?.keepVisit() },
  ],
};
