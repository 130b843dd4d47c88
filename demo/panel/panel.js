/**
 * The panel: what falter sees and decides, beside the shop. It uses falter's public names alone, so any page can have
 * one. `data-falter-ignore` on its root keeps its own clicks and hovers out of what falter hears.
 */

import { emptyCart } from '../shop/cart.js';
import { fill, html } from '../shop/html.js';
import { createChart } from './chart.js';
import { addEntry, addPoint, keepTrace, readTrace } from './trace.js';
import { clock, featureName, HOLDS, messageName, percent, quantity, reasonName, toneName } from './words.js';

/**
 * @typedef {{ name: string, value: number, unit: string, weight: number }} Evidence
 * @typedef {object} Decision the detail of falter:decision
 * @property {number} t
 * @property {number} risk
 * @property {string} reason
 * @property {number} confidence
 * @property {Evidence[]} evidence
 * @property {{ message: string } | null} show
 * @property {string | null} hold
 * @property {string | null} play
 */

const OPEN = 'falter-panel';
/** A card's own verdict stays up this long: the tick after it says something else. */
const SHOWN_MS = 4000;
/** Without a reading for so long the visitor is away, or nothing runs. */
const QUIET_MS = 1500;

const falter = /** @type {any} */ (window).falter;
const page = document.documentElement;
const trace = readTrace();
const chart = createChart();
/** @type {Decision | undefined} */
let decision;
/** The decision a card came of. @type {Decision | undefined} */
let shown;
let heard = 0;

const root = document.createElement('aside');
root.className = 'falter-panel';
root.setAttribute('aria-label', 'falter at work');
root.dataset.falterIgnore = '';
fill(
  root,
  html`<button class="pill" aria-expanded="false" aria-controls="falter-panel-body">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 15c3 0 3.5-6 6-6s3 8 6 8 3.5-10 8-12" /></svg>
      <b>falter</b><span class="pill-risk"></span>
    </button>
    <div class="body" id="falter-panel-body">
      <header>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 15c3 0 3.5-6 6-6s3 8 6 8 3.5-10 8-12" /></svg>
        <b>falter</b><span class="state"></span>
        <button class="fold-in" aria-label="Close the panel" title="Close the panel">
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m11 6-6 6 6 6M19 6l-6 6 6 6" /></svg>
        </button>
      </header>
      <section class="risk" aria-labelledby="falter-risk">
        <h2 id="falter-risk">Risk of a leave within 4 seconds</h2>
        <p class="now"><b class="number">–</b><span class="limit-text"></span></p>
        <div class="plot"></div>
      </section>
      <section class="verdict" aria-labelledby="falter-verdict">
        <h2 id="falter-verdict">Card</h2>
        <p class="say"></p>
        <ol class="chain"></ol>
      </section>
      <section class="doubt" aria-labelledby="falter-doubt">
        <h2 id="falter-doubt">Doubt</h2>
        <div class="why"></div>
      </section>
      <section class="log" aria-labelledby="falter-log">
        <h2 id="falter-log">What happened</h2>
        <ol class="entries" tabindex="0" aria-labelledby="falter-log"></ol>
      </section>
      <footer>
        <button class="anew">New visitor</button>
        <a class="studio" href="studio/">Open the studio</a>
      </footer>
    </div>`,
);
document.body.prepend(root);

/** @param {number} part 0..1 @param {string} what */
const bar = (part, what) =>
  html`<svg class="bar" viewBox="0 0 100 5" preserveAspectRatio="none" role="img" aria-label="${what} ${percent(part)}">
    <rect width="${Math.min(1, part) * 100}" height="5" />
  </svg>`;

/** @param {string} part @returns {HTMLElement} */
const find = (part) => /** @type {HTMLElement} */ (root.querySelector(part));
const [pill, foldIn, number, limit, say, state] = ['.pill', '.fold-in', '.number', '.limit-text', '.say', '.state'].map(find);
find('.plot').append(chart.element);

/** @param {boolean} open */
function setOpen(open) {
  page.dataset.panel = open ? 'open' : 'closed';
  pill.setAttribute('aria-expanded', String(open));
  try {
    sessionStorage.setItem(OPEN, page.dataset.panel);
  } catch {
    // It opens as it likes on the next page.
  }
}
pill.setAttribute('aria-expanded', String(page.dataset.panel === 'open'));
pill.addEventListener('click', () => {
  setOpen(true);
  foldIn.focus();
});
foldIn.addEventListener('click', () => {
  setOpen(false);
  pill.focus();
});
find('.anew').addEventListener('click', () => {
  falter?.stop();
  falter?.forget();
  trace.points.length = trace.entries.length = 0;
  keepTrace(trace, false);
  emptyCart();
  location.assign('index.html');
});

/** @returns {{ running: boolean, threshold?: number, consent: string }} */
function status() {
  const { running = false, threshold, consent = 'required' } = falter?.snapshot() ?? {};
  return { running, threshold, consent };
}

/** The engine's own words for how it is. */
function showState() {
  const { running, consent } = status();
  const quiet = performance.now() - heard > QUIET_MS;
  const [kind, text] = !falter
    ? ['off', 'not loaded']
    : consent === 'required'
      ? ['off', 'waits for consent']
      : !running
        ? ['off', 'stopped']
        : quiet
          ? ['idle', 'waiting']
          : ['on', 'watching'];
  state.dataset.kind = kind;
  if (state.textContent !== text) state.textContent = text;
}

function showRisk() {
  const { threshold } = status();
  const risk = trace.points.at(-1)?.risk ?? NaN;
  number.textContent = percent(risk);
  find('.pill-risk').textContent = percent(risk);
  const over = threshold !== undefined && risk >= threshold;
  root.classList.toggle('over', over);
  limit.textContent = threshold === undefined ? '' : `a card may come from ${percent(threshold)}`;
  chart.paint(trace.points, trace.entries, threshold);
}

/** The policy's questions in order: those passed, the one that held, those not asked. */
function showVerdict() {
  const isFresh = decision && shown && decision.t - shown.t < SHOWN_MS;
  const { show, hold, play } = (isFresh ? shown : decision) ?? {};
  const at = hold ? HOLDS.findIndex(([name]) => name === hold) : HOLDS.length;
  say.textContent = !decision
    ? 'No reading yet.'
    : show
      ? `Shown: ${messageName(show.message)}.${play ? ` By the play “${play}”.` : ''}`
      : (HOLDS[at]?.[2] ?? `Held: ${hold}.`);
  fill(
    find('.chain'),
    html`${HOLDS.map(([, asked], i) => {
      const kind = !decision || i > at ? 'later' : i === at ? 'held' : 'passed';
      const told = { later: 'not asked yet', held: 'no', passed: 'yes' }[kind];
      return html`<li class="${kind}">${asked}<span class="aside">: ${told}</span></li>`;
    })}`,
  );
}

function showDoubt() {
  if (!decision) return fill(find('.why'), html`<p class="none">Nothing to go by yet.</p>`);
  const { reason, confidence, evidence } = decision;
  const named = evidence.filter(({ weight }) => weight > 0);
  fill(
    find('.why'),
    html`<p class="reason"><b>${reasonName(reason)}</b><span>${percent(confidence)}</span></p>
      ${bar(confidence, 'Confidence')}
      ${named.length
        ? html`<table>
            <caption class="aside">
              Evidence
            </caption>
            ${named.map(
              ({ name, value, unit, weight }) =>
                html`<tr>
                  <th scope="row">${featureName(name)}</th>
                  <td>${quantity(value, unit)}</td>
                  <td>${bar(weight, 'Weight')}</td>
                </tr>`,
            )}
          </table>`
        : html`<p class="none">No single sign stands out.</p>`}`,
  );
}

function showLog() {
  const entries = [...trace.entries].reverse();
  fill(
    find('.entries'),
    entries.length
      ? html`${entries.map(({ t, kind, text }) => html`<li class="${kind}"><time>${clock(t)}</time><span>${text}</span></li>`)}`
      : html`<li class="none">Cards, answers and leaves will stand here.</li>`,
  );
}

/** @param {string} kind @param {string} text */
function note(kind, text) {
  addEntry(trace, { t: trace.points.at(-1)?.t ?? 0, kind, text });
  showLog();
  showRisk();
}

/** Nothing is painted while the panel is closed or the page hidden: only the pill's number. */
function paint() {
  if (document.hidden) return;
  showRisk();
  if (page.dataset.panel !== 'open') return;
  showVerdict();
  showDoubt();
}

/** @type {Record<string, (detail: any) => void>} */
const HEARD = {
  'falter:decision': (detail) => {
    decision = detail;
    if (detail.show) shown = detail;
    heard = performance.now();
    addPoint(trace, { t: detail.t, risk: detail.risk });
    paint();
  },
  'falter:show': ({ message, reason, variant, tone }) =>
    note(
      'show',
      `Card: ${messageName(message)}${variant && `, variant ${variant}`}, said ${toneName(tone)}. Doubt: ${reasonName(reason).toLowerCase()}`,
    ),
  'falter:answer': ({ reason }) => note('act', `Asked what is missing, said: ${reasonName(reason).toLowerCase()}`),
  'falter:act': ({ how }) => note('act', `Followed the card (${how})`),
  'falter:dismiss': ({ how }) => note('dismiss', `Waved the card away (${how})`),
  'falter:exposure': ({ side, rendered, vetoed }) =>
    note('exposure', `Counted as ${side}${vetoed ? ', vetoed' : rendered ? ', rendered' : ', not rendered'}`),
  'falter:leave': ({ reason, risk }) => note('leave', `Left at ${percent(risk)}. Doubt: ${reasonName(reason).toLowerCase()}`),
};
for (const [type, listener] of Object.entries(HEARD))
  falter?.on(type, (/** @type {CustomEvent} */ event) => listener(event.detail));
document.addEventListener('falter:error', (event) => {
  const { code, where, message } = /** @type {CustomEvent} */ (event).detail;
  note('error', `${code}${where ? ` in ${where}` : ''}: ${message}`);
});
addEventListener('pagehide', () => keepTrace(trace, status().consent === 'granted'));
document.addEventListener('visibilitychange', paint);

showState();
showLog();
showVerdict();
paint();
showDoubt();
setInterval(showState, 500);
