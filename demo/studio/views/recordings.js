/** Recordings: the list of them, and one of them moment by moment. */

import { fill, html } from '../../shop/html.js';
import { icon } from '../shell.js';
import { download } from './recordings/download.js';
import { createList } from './recordings/list.js';
import { createPlayer } from './recordings/player.js';
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
    open: (id) => show({ id }),
    download: (ids) => download(app, ids),
    remove: (ids) => remove(app, ids),
  });
  const upload = createUpload(app, root);
  /** @param {number} way */
  const step = (way) => {
    const ids = list.ids();
    const id = ids[ids.indexOf(player.shown() ?? '') + way];
    if (id) show({ id });
  };
  const back = () => {
    player.close();
    root.dataset.shows = 'list';
    player.element.hidden = true;
    list.element.hidden = false;
    list.focus(player.shown());
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
    // a small one is there before anybody could read that it is on its way
    await player.open(item, t).catch((fault) => (app.toast(fault.message, { kind: 'bad' }), back()));
  };

  actions.querySelector('.upload')?.addEventListener('click', upload.ask);
  actions.querySelector('.record')?.addEventListener('click', () => app.open('live', { record: true }));
  actions.querySelector('.simulate')?.addEventListener('click', () => askSimulate(app, upload.progress));
  const again = () => {
    const id = player.shown();
    if (root.dataset.shows === 'player' && id) show({ id });
  };
  app.addEventListener('model', again);
  app.settings.addEventListener('change', () => root.hidden || again());
  app.library.addEventListener('change', () => {
    if (root.dataset.shows === 'player' && !app.library.list().some(({ id }) => id === player.shown())) back();
  });
  root.dataset.shows = 'list';

  return {
    list,
    player,
    upload,
    step,
    back,
    isPlaying: () => root.dataset.shows === 'player',
    /** @param {Record<string, any>} params */
    show: ({ id, t }) => {
      if (id) show({ id, t });
      else again();
    },
    hide: () => player.transport.pause(),
  };
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

/** Keys of the player; in the list they belong to its rows. @param {(opened: Opened) => void} use */
const playing = (use) => () => {
  if (opened?.isPlaying()) use(opened);
};
/** @param {KeyboardEvent} event */
const move = ({ key, shiftKey }) => {
  if (!opened?.isPlaying()) return;
  opened.player.transport.pause();
  opened.player.transport.key(key, shiftKey);
};

/** @type {import('../app.d.ts').View} */
export const view = {
  mount: (root, app, actions) => (opened = open(root, app, actions)),
  keys: [
    { key: ' ', says: 'Play, pause', run: playing(({ player }) => player.transport.play()) },
    { key: 'ArrowLeft', says: 'One tick back; with Shift a second', run: move },
    { key: 'ArrowRight', says: 'One tick on; with Shift a second', run: move },
    { key: 'Home', says: 'To the beginning', run: move },
    { key: 'End', says: 'To the end', run: move },
    { key: '+', says: 'Faster', run: playing(({ player }) => player.transport.faster(1)) },
    { key: '-', says: 'Slower', run: playing(({ player }) => player.transport.faster(-1)) },
    { key: 'l', says: 'Next leave', run: playing(({ player }) => player.jump('leave')) },
    { key: 'a', says: 'Next alert', run: playing(({ player }) => player.jump('alert')) },
    { key: 'j', says: 'Next recording', run: playing(({ step }) => step(1)) },
    { key: 'k', says: 'Recording before', run: playing(({ step }) => step(-1)) },
    { key: 'Escape', says: 'Back to the list', run: playing(({ back }) => back()) },
    { key: '/', says: 'Search', run: () => opened?.isPlaying() || opened?.list.search() },
    { key: 'u', says: 'Upload', run: () => opened?.upload.ask() },
  ],
};
