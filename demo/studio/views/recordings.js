/** Recordings: the list of them, and one of them moment by moment. */

import { fill, html } from '../../shop/html.js';
import { icon } from '../shell.js';
import { download } from './recordings/download.js';
import { createList } from './recordings/list.js';
import { createPlayer, titled } from './recordings/player.js';
import { createRows } from './recordings/rows.js';
import { askSimulate } from './recordings/simulate.js';
import { createUpload } from './recordings/upload.js';

const ICONS = {
  upload: 'M12 15V4m-5 5 5-5 5 5M4 16v4h16v-4',
  record: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z',
  add: 'M12 5v14M5 12h14',
};

/** @typedef {import('../app.d.ts').App} App @typedef {ReturnType<typeof open>} Opened */

/** The one that is mounted: what keys act on. @type {Opened | undefined} */
let opened;

/** @param {HTMLElement} root @param {App} app @param {HTMLElement} actions */
function open(root, app, actions) {
  fill(
    actions,
    html`<button class="primary upload">${icon(ICONS.upload)}Upload</button>
      <button class="record">${icon(ICONS.record)}Record a visit</button>
      <button class="simulate">${icon(ICONS.add)}Add simulated visits</button>`,
  );
  const rows = createRows(app);
  const list = createList(app, rows, {
    open: (id) => {
      home = undefined;
      show({ id });
    },
    download: (ids) => download(app, ids),
    remove: (ids) => remove(app, ids),
    fill: { upload: () => upload.ask(), simulate: () => askSimulate(app, upload.progress), record: () => record() },
  });
  const upload = createUpload(app, root);
  const record = () => app.open('live', { record: true });
  /** The view that the player was opened from, where that is another. @type {import('../app.d.ts').ViewName | undefined} */
  let home;
  /** @param {number} way */
  const step = (way) => {
    const ids = list.ids();
    const id = ids[ids.indexOf(player.shown() ?? '') + way];
    if (id) show({ id });
  };
  const toList = () => {
    player.close();
    root.dataset.shows = 'list';
    player.element.hidden = true;
    list.element.hidden = false;
    list.focus(player.shown());
  };
  const back = () => {
    const to = home;
    home = undefined;
    toList();
    if (to) app.open(to);
  };
  const player = createPlayer(app, { back, step });
  player.element.hidden = true;
  root.append(upload.element, list.element, player.element);

  /** @param {{ id: string, t?: number }} params */
  const show = async ({ id, t }) => {
    const item = app.library.list().find((one) => one.id === id);
    if (!item) return app.toast('This recording is not here any more.');
    root.dataset.shows = 'player';
    list.element.hidden = true;
    player.element.hidden = false;
    player.leads(home);
    // a small one is there before anybody could read that it is on its way
    await player.open(item, t).catch((fault) => (app.toast(fault.message, { kind: 'bad' }), back()));
    if (root.dataset.shows === 'player' && isFocusLost()) player.focus();
  };

  actions.querySelector('.upload')?.addEventListener('click', upload.ask);
  actions.querySelector('.record')?.addEventListener('click', record);
  actions.querySelector('.simulate')?.addEventListener('click', () => askSimulate(app, upload.progress));
  const again = () => {
    const id = player.shown();
    if (root.dataset.shows === 'player' && id) show({ id });
  };
  app.addEventListener('model', again);
  app.settings.addEventListener('change', () => root.hidden || again());
  app.library.addEventListener('change', () => {
    if (root.dataset.shows === 'player' && !app.library.list().some(({ id }) => id === player.shown())) toList();
  });
  root.dataset.shows = 'list';

  return {
    list,
    player,
    upload,
    step,
    back,
    home: () => home,
    isPlaying: () => root.dataset.shows === 'player',
    /** @param {Record<string, any>} params back: the view that the player leads back to */
    show: ({ id, t, back: from }) => {
      if (id) {
        home = from;
        show({ id, t });
      } else again();
    },
    hide: () => player.transport.pause(),
  };
}

/** What had it is out of sight, or was never there. */
function isFocusLost() {
  const at = document.activeElement;
  return !at || at.matches('body, .stage') || Boolean(at.closest('[hidden]'));
}

/** Deletes, and offers to take it back. @param {App} app @param {string[]} ids */
async function remove({ library, toast }, ids) {
  const names = library.list().filter(({ id }) => ids.includes(id));
  try {
    const restore = await library.remove(ids);
    const what = names.length === 1 ? `“${names[0].name}”` : `${names.length} recordings`;
    toast(`Deleted ${what}.`, { action: 'Undo', run: () => restore().catch((fault) => toast(fault.message, { kind: 'bad' })) });
  } catch (fault) {
    toast(/** @type {Error} */ (fault).message, { kind: 'bad' });
  }
}

/** @param {KeyboardEvent} event */
const move = ({ key, shiftKey }) => {
  opened?.player.transport.pause();
  opened?.player.transport.key(key, shiftKey);
};
/** @typedef {NonNullable<import('../app.d.ts').View['keys']>} Keys */
/** @param {Opened} opened @returns {Keys} */
const playing = ({ player, step, back, home }) => [
  { key: ' ', says: 'Play, pause', run: () => player.transport.play() },
  { key: 'ArrowLeft', says: 'One tick back; with Shift a second', run: move },
  { key: 'ArrowRight', says: 'One tick on; with Shift a second', run: move },
  { key: 'Home', says: 'To the beginning', run: move },
  { key: 'End', says: 'To the end', run: move },
  { key: '+', says: 'Faster', run: () => player.transport.faster(1) },
  { key: '-', says: 'Slower', run: () => player.transport.faster(-1) },
  { key: 'l', says: 'Next leave', run: () => player.jump('leave') },
  { key: 'a', says: 'Next alert', run: () => player.jump('alert') },
  { key: 'j', says: 'Next recording', run: () => step(1) },
  { key: 'k', says: 'Recording before', run: () => step(-1) },
  { key: 'Escape', says: titled(home()) ?? 'Back to the list', run: back },
];
/** A row does them itself; from anywhere else they lead to it first, so that nothing is done to one that is not looked at. @param {Opened} opened @returns {Keys} */
const listed = ({ list }) => [
  { key: 'Enter', says: 'Open', run: list.here },
  { key: 'F2', says: 'Rename', run: list.here },
  { key: 'Delete', says: 'Delete', run: list.here },
  { key: ' ', says: 'Select; with Shift all from the last one on', run: list.here },
  { key: '/', says: 'Search', run: list.search },
];

/** @type {import('../app.d.ts').View} */
export const view = {
  mount: (root, app, actions) => (opened = open(root, app, actions)),
  get keys() {
    if (!opened) return [];
    const { upload, isPlaying } = opened;
    return [...(isPlaying() ? playing(opened) : listed(opened)), { key: 'u', says: 'Upload', run: upload.ask }];
  },
};
