/** One recording, moment by moment, on one screen: the page, the risk, what makes it, and why the policy said what it said. */

import { fill, html } from '../../../shop/html.js';
import { clock, messageName, percent, reasonName } from '../../../panel/words.js';
import { createBars } from '../../player/bars.js';
import { createChart } from '../../player/chart.js';
import { createDoubt } from '../../player/doubt.js';
import { createFeatures } from '../../player/features.js';
import { holdName, legend } from '../../player/holds.js';
import { createMap } from '../../player/map.js';
import { Scene } from '../../player/scene.js';
import { judgeAlerts, NONE, Track } from '../../player/track.js';
import { createTransport, SPEEDS } from '../../player/transport.js';
import { icon } from '../../shell.js';

/** Bars with a name of their own. */
const BARS = 8;
/** What is in view around the moment, ms; null: all. */
const ZOOMS = /** @type {const} */ ([['All', null], ['1 min', 60_000], ['20 s', 20_000]]);
/** Before a leave or an alert, one looks from here on, ms. */
const LEAD_MS = 4000;
/** An alert is in time when it is so long before the leave, ms (src/train/dataset.rs). */
const LATE_MS = 2000;

const ICONS = {
  back: 'M15 5l-7 7 7 7',
  play: 'M7 4.500v15l12-7.500z',
  pause: 'M7 5v14M17 5v14',
  leave: 'M5 5h14l-7 13z',
  alert: 'M12 4l7 8-7 8-7-8z',
};

/** @typedef {import('../../app.d.ts').App} App @typedef {import('../../app.d.ts').Item} Item @typedef {import('../../player/chart.js').Mark} Mark */

/**
 * @param {App} app
 * @param {{ back: () => void, step: (way: number) => void }} host step: to the next recording of the list
 */
export function createPlayer(app, { back, step }) {
  const { names } = app;
  const element = document.createElement('div');
  element.className = 'player';
  fill(
    element,
    html`<header class="player-head">
        <button class="back">${icon(ICONS.back)}<span>All recordings</span></button>
        <h2 class="name" tabindex="-1"></h2>
        <div class="chips"></div>
        <div class="neighbours">
          <button class="quiet before" aria-label="Recording before" title="Recording before (k)">↑</button>
          <button class="quiet after" aria-label="Next recording" title="Next recording (j)">↓</button>
        </div>
      </header>
      <section class="card place" aria-label="Page"></section>
      <section class="card time" aria-label="Risk">
        <div class="readout" aria-live="off"><b class="risk"></b><span class="says"></span><span class="clock"></span></div>
        <div class="plot"></div>
        <ul class="legend"></ul>
        <div class="transport" role="group" aria-label="Playing">
          <button class="primary play" aria-label="Play">${icon(ICONS.play)}</button>
          <label class="speed"><span class="aside">Speed</span>
            <select>
              ${SPEEDS.map((speed) => html`<option value="${speed}" ${speed === 1 && html`selected`}>${speed}×</option>`)}
            </select></label
          >
          <button class="to-leave">${icon(ICONS.leave)}Next leave</button>
          <button class="to-alert">${icon(ICONS.alert)}Next alert</button>
          <div class="seg zoom" role="group" aria-label="In view">
            ${ZOOMS.map(([name], i) => html`<button aria-pressed="${String(i === 0)}">${name}</button>`)}
          </div>
        </div>
      </section>
      <section class="card why" aria-label="What makes the risk"></section>
      <section class="card doubts" aria-label="Doubt"></section>
      <section class="card all-features" aria-label="Features"></section>`,
  );
  /** @param {string} part @returns {HTMLElement} */
  const find = (part) => /** @type {HTMLElement} */ (element.querySelector(part));
  const map = createMap();
  const chart = createChart({ names, label: 'Moment of the visit', onScrub: (t) => transport.seek(t) });
  const [bars, doubt, features] = [createBars(names, BARS), createDoubt(names), createFeatures(names, 'player')];
  find('.place').append(map.element);
  find('.plot').append(chart.element);
  find('.why').append(bars.element);
  find('.doubts').append(doubt.element);
  find('.all-features').append(features.element);

  /** @type {{ item: Item, scene: Scene, track: Track, marks: Mark[], threshold: number } | undefined} */
  let shown;
  /** @type {number | null} */
  let zoom = null;
  let view = [0, 1000];
  let tick = -2;
  /** Which recording is asked for: what comes of another is let go. */
  let asked = 0;

  const draw = () => {
    if (shown) chart.show({ track: shown.track, marks: shown.marks, threshold: shown.threshold, from: view[0], to: view[1] });
  };
  /** Keeps the moment in view: a window moves on by half its width. @param {number} t */
  const follow = (t) => {
    const whole = Math.max(1000, shown?.scene.end ?? 0);
    const width = Math.min(zoom ?? whole, whole);
    const isIn = view[1] - view[0] === width && t >= view[0] + (view[0] > 0 ? width * 0.1 : 0) && t <= view[1] - (view[1] < whole ? width * 0.1 : 0);
    if (isIn) return;
    const from = Math.min(whole - width, Math.max(0, t - width / 2));
    view = [from, from + width];
    draw();
  };
  /** @param {number} t */
  const move = (t) => {
    if (!shown) return;
    const { scene, track } = shown;
    follow(t);
    chart.at(t);
    map.paint(scene, t, track.cards.map((i) => ({ t: track.t[i], message: names.messages[track.message[i]] ?? 'a card' })));
    find('.clock').textContent = `${fine(t)} of ${clock(scene.end)}`;
    const i = track.at(t);
    if (i === tick) return;
    tick = i;
    bars.paint(track, i);
    doubt.paint(track, i);
    features.paint(track, i);
    read(track, i);
  };
  /** @param {Track} track @param {number} i */
  const read = (track, i) => {
    find('.risk').textContent = i < 0 ? '–' : percent(track.risk[i]);
    find('.readout').classList.toggle('over', i >= 0 && track.risk[i] >= (shown?.threshold ?? 1));
    find('.says').textContent = i < 0 ? 'No reading yet.' : track.hold[i] === NONE ? cardSays(names, track, i) : holdName(names, track.hold[i]);
    find('.says').title = find('.says').textContent ?? '';
  };

  const transport = createTransport(move, (isPlaying, speed) => {
    const button = find('.play');
    if (button.getAttribute('aria-label') !== (isPlaying ? 'Pause' : 'Play')) {
      button.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
      fill(button, icon(isPlaying ? ICONS.pause : ICONS.play));
    }
    /** @type {HTMLSelectElement} */ (find('.speed select')).value = String(speed);
  });

  /** @param {Mark['kind']} kind */
  const jump = (kind) => {
    const all = (shown?.marks ?? []).filter((mark) => mark.kind === kind);
    if (!all.length) return;
    const lead = kind === 'leave' ? LEAD_MS : 0;
    // from what comes next on to the first
    const next = all.find((mark) => mark.t - lead > transport.now() + 1) ?? all[0];
    transport.pause();
    transport.seek(next.t - lead);
  };

  find('.back').addEventListener('click', back);
  find('.before').addEventListener('click', () => step(-1));
  find('.after').addEventListener('click', () => step(1));
  find('.play').addEventListener('click', transport.play);
  find('.to-leave').addEventListener('click', () => jump('leave'));
  find('.to-alert').addEventListener('click', () => jump('alert'));
  find('.speed').addEventListener('change', () => transport.speed(Number(/** @type {HTMLSelectElement} */ (find('.speed select')).value)));
  find('.zoom').addEventListener('click', ({ target }) => {
    const buttons = [...find('.zoom').children];
    const place = buttons.indexOf(/** @type {Element} */ (target));
    if (place < 0) return;
    zoom = ZOOMS[place][1];
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === place)));
    follow(transport.now());
    draw();
  });
  chart.slider.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !transport.key(event.key, event.shiftKey)) return;
    transport.pause();
    event.preventDefault();
  });

  /** Judges it anew, under the settings of now. @param {Item} item @param {string} text */
  const judge = async (item, text) => {
    const settings = app.settings.forEngine(app.model.info);
    const [{ session, ticks }, scene] = await Promise.all([app.engine.replay(text, settings), Scene.of(text)]);
    const track = new Track(ticks);
    return { item, scene, track, threshold: settings.threshold, marks: marksOf(names, track, session, settings) };
  };

  return {
    element,
    transport,
    jump,
    /** @param {import('../../app.d.ts').ViewName | undefined} home the view that it leads back to; undefined: the list */
    leads: (home) => (find('.back span').textContent = titled(home) ?? 'All recordings'),
    /** On its name rather than on a button: the space bar plays. */
    focus: () => find('.name').focus({ preventScroll: true }),
    shown: () => shown?.item.id,
    /** @param {Item} item @param {number} [at] ms */
    open: async (item, at) => {
      const mine = (asked += 1);
      const isSame = shown?.item.id === item.id;
      element.setAttribute('aria-busy', 'true');
      transport.pause();
      try {
        const made = await judge(item, await app.library.text(item.id));
        if (mine !== asked) return;
        shown = made;
        tick = -2;
        const { scene, track, marks } = made;
        find('.name').textContent = item.name;
        fill(find('.chips'), chips(item, track, marks));
        fill(find('.legend'), html`${legend(names, track.spans.map(({ hold }) => hold))}<li class="mark-leave">Leave</li><li class="mark-card">Card</li><li class="mark-alert">Alert</li>`);
        view = [-1, -1];
        transport.load(scene.end, at ?? (isSame ? transport.now() : first(made)));
        draw();
        for (const [part, kind] of [['.to-leave', 'leave'], ['.to-alert', 'alert']])
          /** @type {HTMLButtonElement} */ (find(part)).disabled = !marks.some((mark) => mark.kind === kind);
      } finally {
        if (mine === asked) element.removeAttribute('aria-busy');
      }
    },
    close: () => {
      asked += 1;
      transport.pause();
    },
  };
}

/** @param {import('../../app.d.ts').ViewName | undefined} home */
export const titled = (home) => home && `Back to ${home[0].toUpperCase()}${home.slice(1)}`;

/** To the hundredth: a tick is a quarter of a second. @param {number} t ms */
const fine = (t) => `${clock(t)}.${String(Math.floor(t / 10) % 100).padStart(2, '0')}`;

/** What a card says, to which doubt, and on whose cue. @param {import('../../engine/types.js').Names} names @param {Track} track @param {number} i */
function cardSays({ messages, reasons, plays }, track, i) {
  const cue = plays[track.play[i]];
  const doubt = reasonName(reasons[track.answers[i]] ?? 'unsure').toLowerCase();
  return `Card: ${messageName(messages[track.message[i]] ?? '')}. Doubt: ${doubt}${cue ? `. By the play “${cue}”` : ''}`;
}

/** What one opens it for: the moment before its first leave, or where the risk was greatest. @param {{ track: Track, marks: Mark[] }} made */
function first({ track, marks }) {
  const leave = marks.find(({ kind }) => kind === 'leave');
  const peak = track.risk.subarray(0, track.length).indexOf(track.peak);
  return leave ? leave.t - LEAD_MS : track.t[Math.max(0, peak)];
}

/**
 * @param {import('../../engine/types.js').Names} names
 * @param {Track} track
 * @param {import('../../engine/types.js').Session} session
 * @param {import('../../engine/types.js').Settings} settings
 * @returns {Mark[]} in order of time
 */
function marksOf(names, track, { presence }, settings) {
  const leaves = presence.filter(({ ending }) => ending === 'leave');
  const alerts = judgeAlerts(track, settings, presence).map(({ t, risk, lead }) => {
    const before = `${((lead ?? 0) / 1000).toFixed(1)} s before the leave`;
    const worth = lead === null ? 'false: nobody left within 10 s' : lead < LATE_MS ? `late, ${before}` : before;
    return { t, kind: /** @type {const} */ ('alert'), text: `Alert at ${percent(risk)}, ${worth}` };
  });
  const cards = track.cards.map((i) => ({ t: track.t[i], kind: /** @type {const} */ ('card'), text: cardSays(names, track, i) }));
  const left = leaves.map(({ end, eligible }) => ({ t: end, kind: /** @type {const} */ ('leave'), text: eligible ? 'Left' : 'Left, too early to count' }));
  return [...alerts, ...cards, ...left].sort((one, other) => one.t - other.t);
}

/** @param {Item} item @param {Track} track @param {Mark[]} marks */
function chips({ session, from }, track, marks) {
  const leaves = session.presence.filter(({ ending }) => ending === 'leave').length;
  const alerts = marks.filter(({ kind }) => kind === 'alert');
  const wrong = alerts.filter(({ text }) => text.includes('false')).length;
  return html`<span class="chip">${from}, ${session.device}</span>
    ${session.reason && html`<span class="chip" title="The doubt that was simulated">${reasonName(session.reason)}</span>`}
    <span class="chip ${leaves ? 'bad' : ''}">${leaves} ${leaves === 1 ? 'leave' : 'leaves'}</span>
    <span class="chip ${wrong ? 'warm' : ''}">${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}${wrong > 0 && `, ${wrong} false`}</span>
    <span class="chip ${track.cards.length ? 'blue' : ''}">${track.cards.length ? `card at ${clock(track.t[track.cards[0]])}` : 'no card'}</span>
    <span class="chip">peak ${percent(track.peak)}</span>`;
}

