/** The list: as many rows are drawn as are in view, so that thousands cost what twenty do. */

import { fill, html } from '../../../shop/html.js';
import { clock, percent, reasonName } from '../../../panel/words.js';
import { icon } from '../../shell.js';

/** px, as in player.css. */
const ROW = 40;
/** Rows drawn beyond those in view, each way. */
const SPARE = 6;

const ICONS = {
  rename: 'M4 20h4L19 9l-4-4L4 16zM13.500 6.500l4 4',
  download: 'M12 4v11m-5-5 5 5 5-5M4 19h16',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
};

/** @typedef {import('./rows.js').Key} Key @typedef {import('./rows.js').Show} Show @typedef {import('./rows.js').Row} Row */

/** @type {[key: Key, title: string, classes: string][]} */
const COLUMNS = [
  ['name', 'Name', ''],
  ['from', 'Source', ''],
  ['device', 'Device', ''],
  ['end', 'Length', 'num'],
  ['leaves', 'Leaves', 'num'],
  ['peak', 'Peak risk', ''],
  ['outcome', 'Outcome', ''],
  ['added', 'Added', 'num'],
];
/** @type {[show: Show, title: string][]} */
const SHOWS = [
  ['all', 'All'],
  ['leaves', 'With leaves'],
  ['missed', 'Missed or late'],
  ['false', 'False alerts'],
  ['cards', 'With a card'],
];
/** Sorted down at first: those of which one looks for the most. @type {Key[]} */
const DOWN = ['end', 'leaves', 'peak', 'outcome', 'added'];

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const minute = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });
/** @param {number} added */
const when = (added) => (Date.now() - added < 12 * 3600_000 ? minute : day).format(added);

/**
 * @param {import('../../app.d.ts').App} app
 * @param {ReturnType<typeof import('./rows.js').createRows>} rows
 * @param {{ open: (id: string) => void, download: (ids: string[]) => void, remove: (ids: string[]) => void, fill: Record<'upload' | 'simulate' | 'record', () => void> }} host fill: what one does where there is nothing
 */
export function createList(app, rows, host) {
  const element = document.createElement('div');
  element.className = 'recordings-list';
  fill(
    element,
    html`${app.library.trouble && html`<p class="note warm" role="note">${app.library.trouble}</p>`}
      <div class="row tools">
        <label class="search"><span class="aside">Search</span><input type="search" placeholder="Search by name, device, doubt" autocomplete="off" /></label>
        <div class="seg shows" role="group" aria-label="Show">${SHOWS.map(([name, title]) => html`<button data-show="${name}" aria-pressed="${String(name === 'all')}">${title}</button>`)}</div>
        <span class="count soft" role="status"></span>
        <div class="chosen" hidden>
          <b></b><button class="download">${icon(ICONS.download)}Download</button><button class="danger remove">${icon(ICONS.remove)}Delete</button>
        </div>
      </div>
      <div class="table" role="grid" aria-label="Recordings" aria-multiselectable="true" aria-colcount="${COLUMNS.length + 2}">
        <div class="head" role="row" aria-rowindex="1">
          <span role="columnheader"><input type="checkbox" class="all" aria-label="Select all that are shown" /></span>
          ${COLUMNS.map(([key, title, classes]) => html`<span role="columnheader" class="${classes}"><button class="quiet" data-key="${key}">${title}</button></span>`)}
          <span role="columnheader"><span class="aside">Do</span></span>
        </div>
        <div class="body"><div class="spread"></div></div>
      </div>
      <div class="empty" hidden></div>`,
  );
  /** @param {string} part @returns {HTMLElement} */
  const find = (part) => /** @type {HTMLElement} */ (element.querySelector(part));
  const [grid, body, spread, empty] = ['.table', '.body', '.spread', '.empty'].map(find);
  const asked = { sought: '', show: /** @type {Show} */ ('all'), key: /** @type {Key} */ ('added'), isDown: true };
  /** @type {Set<string>} */
  const chosen = new Set();
  /** @type {Row[]} */
  let found = [];
  /** The row that keys act on. @type {string | undefined} */
  let current;
  /** Where a selection with Shift begins. */
  let anchor = 0;
  /** @type {string | undefined} being renamed */
  let editing;
  let due = 0;
  let looking = 0;

  const look = () => {
    looking = 0;
    const after = current ? found.slice(Math.max(0, place())) : [];
    found = rows.sorted(asked);
    const here = new Set(app.library.list().map(({ id }) => id));
    for (const id of chosen) if (!here.has(id)) chosen.delete(id);
    const shown = new Set(found.map(({ item }) => item.id));
    // one that is gone leaves its place to the next that is still there
    if (!current || !shown.has(current)) current = after.find(({ item }) => shown.has(item.id))?.item.id ?? found.at(after.length ? -1 : 0)?.item.id;
    const all = app.library.list().length;
    find('.tools').hidden = !all;
    find('.count').textContent = found.length === all ? '' : `${found.length} of ${all}`;
    grid.hidden = !found.length;
    empty.hidden = Boolean(found.length);
    if (!found.length)
      fill(
        empty,
        all
          ? html`<h2>None like this</h2><p>No recording is called so, or has what is asked for.</p><p><button class="anew">Show all ${all}</button></p>`
          : html`<h2>No recordings yet</h2>
              <p>Record a visit to the demo shop, add simulated visits, or drop a file here: NDJSON as <code>falter.record()</code> returns it, gzipped or not.</p>
              <p class="row"><button class="primary" data-fill="upload">Upload</button><button data-fill="simulate">Add simulated visits</button><button data-fill="record">Record a visit</button></p>`,
      );
    grid.setAttribute('aria-rowcount', String(found.length + 1));
    for (const button of grid.querySelectorAll('[data-key]')) {
      const isIt = /** @type {HTMLElement} */ (button).dataset.key === asked.key;
      button.parentElement?.setAttribute('aria-sort', isIt ? (asked.isDown ? 'descending' : 'ascending') : 'none');
    }
    spread.style.height = `${found.length * ROW}px`;
    draw();
  };

  const draw = () => {
    due = 0;
    if (editing || element.hidden) return;
    const first = Math.max(0, Math.floor(body.scrollTop / ROW) - SPARE);
    const some = found.slice(first, first + Math.ceil(body.clientHeight / ROW) + 2 * SPARE);
    const hadFocus = spread.contains(document.activeElement);
    const part = hadFocus ? /** @type {HTMLElement} */ (document.activeElement).dataset.do : undefined;
    fill(spread, html`${some.map((row, i) => line(row, first + i, chosen.has(row.item.id), row.item.id === current))}`);
    [...spread.children].forEach((child, i) => {
      /** @type {HTMLElement} */ (child).style.transform = `translateY(${(first + i) * ROW}px)`;
      const meter = /** @type {HTMLElement | null} */ (child.querySelector('.meter'));
      meter?.style.setProperty('--part', String(some[i].outcome?.peak ?? 0));
    });
    if (hadFocus) {
      const row = /** @type {HTMLElement | null} */ (spread.querySelector(`[data-id="${current}"]`));
      (part ? /** @type {HTMLElement | null} */ (row?.querySelector(`[data-do="${part}"]`)) : row)?.focus({ preventScroll: true });
    }
    const count = inSight().length;
    find('.chosen').hidden = !count;
    find('.chosen b').textContent = `${count} selected`;
    const all = /** @type {HTMLInputElement} */ (find('.all'));
    all.checked = count > 0 && count === found.length;
    all.indeterminate = count > 0 && count < found.length;
  };
  const soon = () => (due ||= requestAnimationFrame(draw));

  /** @param {number} place @param {boolean} [isQuiet] without the focus */
  const goTo = (place, isQuiet) => {
    const row = found[Math.min(found.length - 1, Math.max(0, place))];
    if (!row) return;
    current = row.item.id;
    const at = found.indexOf(row);
    const [top, bottom] = [at * ROW, (at + 1) * ROW];
    if (top < body.scrollTop) body.scrollTop = top;
    else if (bottom > body.scrollTop + body.clientHeight) body.scrollTop = bottom - body.clientHeight;
    draw();
    if (!isQuiet) /** @type {HTMLElement | null} */ (spread.querySelector(`[data-id="${current}"]`))?.focus({ preventScroll: true });
  };
  const place = () => found.findIndex(({ item }) => item.id === current);
  /** Of the chosen those that are listed: what a search leaves out is not meant. */
  const inSight = () => found.map(({ item }) => item.id).filter((id) => chosen.has(id));

  /** @param {number} at @param {boolean} isLong from the last one on */
  const choose = (at, isLong) => {
    const { id } = found[at].item;
    const isOn = !chosen.has(id);
    // the list may have got shorter since
    const from = isLong ? Math.min(anchor, found.length - 1) : at;
    for (let i = Math.min(from, at); i <= Math.max(from, at); i += 1)
      if (isOn || isLong) chosen.add(found[i].item.id);
      else chosen.delete(found[i].item.id);
    anchor = at;
    draw();
  };

  /** @param {string} id */
  const rename = (id) => {
    const cell = spread.querySelector(`[data-id="${id}"] .name`);
    const item = app.library.list().find((one) => one.id === id);
    if (!cell || !item) return;
    editing = id;
    fill(cell, html`<input value="${item.name}" maxlength="120" aria-label="Name" />`);
    const field = /** @type {HTMLInputElement} */ (cell.querySelector('input'));
    field.select();
    /** @param {boolean} isKept */
    const end = (isKept) => {
      if (editing !== id) return;
      editing = undefined;
      const name = field.value.trim();
      const isFocused = document.activeElement === field;
      if (isKept && name) app.library.rename(id, name).catch((fault) => app.toast(fault.message, { kind: 'bad' }));
      draw();
      if (isFocused) goTo(place());
    };
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' || event.key === 'Escape') end(event.key === 'Enter');
    });
    field.addEventListener('blur', () => end(true));
  };

  /** @type {Record<string, (at: number, event: KeyboardEvent) => void>} */
  const KEYS = {
    ArrowDown: (at, { shiftKey }) => (goTo(at + 1), shiftKey && choose(place(), true)),
    ArrowUp: (at, { shiftKey }) => (goTo(at - 1), shiftKey && choose(place(), true)),
    PageDown: (at) => goTo(at + Math.floor(body.clientHeight / ROW)),
    PageUp: (at) => goTo(at - Math.floor(body.clientHeight / ROW)),
    Home: () => goTo(0),
    End: () => goTo(found.length - 1),
    Enter: (at) => host.open(found[at].item.id),
    ' ': (at, { shiftKey }) => choose(at, shiftKey),
    F2: (at) => rename(found[at].item.id),
    // of the chosen only where one of them is looked at: what is out of sight is not meant
    Delete: (at) => host.remove(chosen.has(found[at].item.id) ? inSight() : [found[at].item.id]),
  };
  spread.addEventListener('keydown', (event) => {
    const isRow = event.target instanceof Element && event.target.matches('[role=row]');
    if (!isRow || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key] || place() < 0) return;
    KEYS[event.key](place(), event);
    event.preventDefault();
  });
  spread.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest('[data-id]'));
    const id = row?.dataset.id;
    if (!id || editing) return;
    current = id;
    const act = /** @type {HTMLElement | null} */ (target.closest('[data-do]'))?.dataset.do;
    if (act === 'choose') choose(place(), event.shiftKey);
    else if (act === 'rename') rename(id);
    else if (act === 'download') host.download([id]);
    else if (act === 'remove') host.remove([id]);
    else if (event.shiftKey || event.ctrlKey || event.metaKey) choose(place(), event.shiftKey);
    else host.open(id);
  });
  find('.head').addEventListener('click', ({ target }) => {
    const key = /** @type {Key | undefined} */ (/** @type {Element} */ (target).closest('[data-key]')?.getAttribute('data-key') ?? undefined);
    if (key) {
      asked.isDown = key === asked.key ? !asked.isDown : DOWN.includes(key);
      asked.key = key;
      look();
    }
  });
  find('.all').addEventListener('change', ({ target }) => {
    for (const { item } of found)
      if (/** @type {HTMLInputElement} */ (target).checked) chosen.add(item.id);
      else chosen.delete(item.id);
    draw();
  });
  find('.chosen .download').addEventListener('click', () => host.download(inSight()));
  find('.chosen .remove').addEventListener('click', () => host.remove(inSight()));
  const field = /** @type {HTMLInputElement} */ (find('.search input'));
  field.addEventListener('input', () => {
    asked.sought = field.value;
    current = undefined;
    body.scrollTop = 0;
    look();
  });
  field.addEventListener('keydown', ({ key }) => key === 'ArrowDown' && goTo(0));
  const only = (/** @type {Show} */ show) => {
    asked.show = show;
    for (const button of element.querySelectorAll('[data-show]')) button.setAttribute('aria-pressed', String(button.getAttribute('data-show') === show));
    current = undefined;
    body.scrollTop = 0;
    look();
  };
  find('.shows').addEventListener('click', ({ target }) => {
    const show = /** @type {Element} */ (target).getAttribute('data-show');
    if (show) only(/** @type {Show} */ (show));
  });
  empty.addEventListener('click', ({ target }) => {
    const way = /** @type {Element} */ (target).getAttribute('data-fill');
    if (way) host.fill[/** @type {keyof typeof host.fill} */ (way)]();
    if (!(/** @type {Element} */ (target).matches('.anew'))) return;
    asked.sought = field.value = '';
    only('all');
  });
  body.addEventListener('scroll', soon, { passive: true });
  new ResizeObserver(soon).observe(body);
  rows.onChange(() => (looking ||= requestAnimationFrame(look)));
  look();

  return {
    element,
    search: () => field.focus(),
    /** Where its keys act: they are the rows' own. */
    here: () => goTo(place()),
    /** In their order, those that are shown. */
    ids: () => found.map(({ item }) => item.id),
    /** @param {string | undefined} id */
    focus: (id) => {
      look();
      goTo(Math.max(0, found.findIndex(({ item }) => item.id === id)));
    },
  };
}

/** @param {Row} row @param {number} at @param {boolean} isChosen @param {boolean} isCurrent */
function line({ item, leaves, outcome }, at, isChosen, isCurrent) {
  const { id, name, from, added, session } = item;
  return html`<div role="row" data-id="${id}" aria-rowindex="${at + 2}" aria-selected="${String(isChosen)}" tabindex="${isCurrent ? 0 : -1}">
    <span role="gridcell"><input type="checkbox" data-do="choose" tabindex="-1" ${isChosen && html`checked`} aria-label="Select ${name}" /></span>
    <span role="gridcell" class="name" title="${name}">${name}${session.reason && html` <small>${reasonName(session.reason)}</small>`}</span>
    <span role="gridcell">${from}</span>
    <span role="gridcell">${session.device}</span>
    <span role="gridcell" class="num">${clock(session.end)}</span>
    <span role="gridcell" class="num">${leaves || '–'}</span>
    <span role="gridcell" class="peak">${outcome ? html`<span class="meter"></span><b>${percent(outcome.peak)}</b>` : html`<span class="soft">…</span>`}</span>
    <span role="gridcell" class="outcome">${outcome && outcomeChips(outcome)}</span>
    <span role="gridcell" class="num soft">${when(added)}</span>
    <span role="gridcell" class="does">
      <button class="quiet" data-do="rename" tabindex="-1" aria-label="Rename ${name}" title="Rename (F2)">${icon(ICONS.rename)}</button>
      <button class="quiet" data-do="download" tabindex="-1" aria-label="Download ${name}" title="Download">${icon(ICONS.download)}</button>
      <button class="quiet" data-do="remove" tabindex="-1" aria-label="Delete ${name}" title="Delete (Del)">${icon(ICONS.remove)}</button>
    </span>
  </div>`;
}

/** @param {number} count @param {string} what */
const times = (count, what) => (count > 1 ? `${count} ${what}` : what);

/** @param {import('./rows.js').Outcome} outcome */
function outcomeChips({ onTime, ahead, late, missed, falseAlerts, card, answered }) {
  const early = ahead - onTime;
  return html`${missed > 0 && html`<span class="chip bad" title="A leave without an alert in its last 10 s">${times(missed, 'missed')}</span>`}
  ${late > 0 && html`<span class="chip warm" title="Alerted less than 2 s before the leave">${times(late, 'late')}</span>`}
  ${falseAlerts > 0 && html`<span class="chip warm" title="Alerts without a leave within 10 s">${times(falseAlerts, 'false')}</span>`}
  ${onTime > 0 && html`<span class="chip good" title="Alerted 2–4 s before the leave">${times(onTime, 'on time')}</span>`}
  ${early > 0 && html`<span class="chip good" title="Alerted 2–10 s before the leave">${times(early, 'ahead')}</span>`}
  ${card >= 0 && html`<span class="chip blue" title="${answered ? 'The card came 2–10 s before a leave' : 'A card came'}, at ${clock(card)}">${answered ? 'answered' : 'card'}</span>`}`;
}
