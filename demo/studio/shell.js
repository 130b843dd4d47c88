/** What stands around the views: rail, bar, messages at the lower edge, keys and their list, light and dark. */

import { fill, html } from '../shop/html.js';
import { isOver } from './views/live/opener.js';

/** @typedef {import('./app.d.ts').App} App @typedef {import('./app.d.ts').ViewName} ViewName @typedef {import('./app.d.ts').Shown} Shown */

/** Drawn on 24 × 24. @type {Record<ViewName, { title: string, icon: string, load: () => Promise<{ view: import('./app.d.ts').View }> }>} */
const VIEWS = {
  live: { title: 'Live', icon: 'M2 15c3 0 3.500-6 6-6s3 8 6 8 3.500-10 8-12', load: () => import('./views/live.js') },
  recordings: { title: 'Recordings', icon: 'M4 6h16M4 12h16M4 18h9M18 15v6l4-3z', load: () => import('./views/recordings.js') },
  tuning: {
    title: 'Tuning',
    icon: 'M4 7h8m4 0h4M4 17h3m4 0h9M14 4.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5ZM9 14.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5Z',
    load: () => import('./views/tuning.js'),
  },
  training: {
    title: 'Training',
    icon: 'M12 4v5M6 15v-3h12v3M12 9v3M3.500 15h5v5h-5zM15.500 15h5v5h-5zM9.500 3h5v4h-5z',
    load: () => import('./views/training.js'),
  },
  messages: { title: 'Messages', icon: 'M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5', load: () => import('./views/messages.js') },
  takeaway: { title: 'Take away', icon: 'M12 3v12m-5-5 5 5 5-5M4 18v3h16v-3', load: () => import('./views/takeaway.js') },
};
const ORDER = /** @type {ViewName[]} */ (Object.keys(VIEWS));
const ICONS = {
  theme: 'M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z',
  keys: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z',
  shop: 'M4 9 5.500 4h13L20 9M4 9v11h16V9M4 9a2.700 2.700 0 0 0 5.300 0 2.700 2.700 0 0 0 5.400 0A2.700 2.700 0 0 0 20 9M10 20v-6h4v6',
};
/** @param {string} path */
export const icon = (path) => html`<svg viewBox="0 0 24 24" aria-hidden="true" class="icon"><path d="${path}" /></svg>`;

const WELCOME =
  'The shop is at left, in your hands; at right is what falter makes of it: how likely you are to leave within 4 s, and why. Add something to the cart, look at shipping, then move out through the top.';
/** Kept once it was dismissed. */
const WELCOMED = 'welcomed';
const THEME = 'falter-studio-theme';
/** What is only said goes by itself; what offers something stays long enough to be reached by any hand. */
const TOAST_MS = 8000;
const OFFER_MS = 20_000;

/** @param {string} part @returns {HTMLElement} */
const find = (part) => /** @type {HTMLElement} */ (document.querySelector(part));

/** Whether a key is meant for what has the focus, which a blank or Enter presses. @param {KeyboardEvent} event */
const isTyped = ({ key, target, defaultPrevented, metaKey, ctrlKey, altKey }) =>
  defaultPrevented ||
  metaKey ||
  ctrlKey ||
  altKey ||
  (target instanceof Element &&
    (!!target.closest('input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]') ||
      ((key === ' ' || key === 'Enter') && !!target.closest('button, a, input, summary'))));

/** @returns {'light' | 'dark'} */
const themeNow = () => /** @type {any} */ (document.documentElement.dataset.theme) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function wearTheme() {
  try {
    const kept = localStorage.getItem(THEME);
    if (kept) document.documentElement.dataset.theme = kept;
  } catch {
    // Then it is as the system is.
  }
}

function turnTheme() {
  const next = themeNow() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(THEME, next);
  } catch {
    // Then it holds for this page.
  }
  dispatchEvent(new Event('studio-theme'));
}

/** The view that the address names. @returns {ViewName} */
const named = () => ORDER.find((name) => location.hash.slice(1).split('?')[0] === name) ?? 'live';

export function openShell() {
  wearTheme();
  const [rail, stage, toasts, keys] = ['.rail', '.stage', '.toasts', '.keys'].map(find);
  const list = /** @type {HTMLDialogElement} */ (keys);
  fill(
    rail,
    html`<a class="mark" href="../index.html" aria-label="Osterlo, the demo shop" title="The demo shop">${icon(VIEWS.live.icon)}</a>
      <ul>
        ${ORDER.map(
          (name, i) =>
            html`<li>
              <a href="#${name}" data-view="${name}" title="${VIEWS[name].title} (${i + 1})">${icon(VIEWS[name].icon)}<span>${VIEWS[name].title}</span></a>
            </li>`,
        )}
      </ul>
      <button class="quiet theme" aria-label="Light or dark" title="Light or dark (d)">${icon(ICONS.theme)}</button>
      <button class="quiet list" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">${icon(ICONS.keys)}</button>`,
  );
  stage.setAttribute('aria-busy', 'true');
  fill(stage, html`<div class="opening"><span class="spinner"></span><p>Waking the engine</p></div>`);

  /** @type {App} */
  let app;
  /** @type {Partial<Record<ViewName, { root: HTMLElement, actions: HTMLElement, shown: Promise<Shown>, view?: import('./app.d.ts').View }>>} */
  const mounted = {};
  /** @type {ViewName | undefined} */
  let current;
  /** Over Live, on a first visit. @type {HTMLElement | undefined} */
  let welcome;

  /** @param {ViewName} name */
  const mount = (name) => {
    const [root, actions] = [document.createElement('section'), document.createElement('div')];
    root.className = `view ${name}`;
    root.setAttribute('aria-label', VIEWS[name].title);
    actions.className = 'view-actions';
    stage.append(root);
    find('.bar .actions').append(actions);
    const shown = VIEWS[name].load().then(({ view }) => {
      /** @type {any} */ (mounted[name]).view = view;
      return view.mount(root, app, actions);
    });
    shown.catch((fault) => fill(root, failure(fault)));
    return (mounted[name] = { root, actions, shown });
  };

  /** @param {ViewName} name @param {Record<string, any>} [params] */
  const open = (name, params = {}) => {
    const before = current;
    current = name;
    if (before && before !== name) mounted[before]?.shown.then((shown) => shown.hide?.()).catch(() => {});
    const { shown } = (mounted[name] ??= mount(name));
    // what has the focus is about to go: the next key would begin at the top of the page
    const focused = document.activeElement;
    if (Object.entries(mounted).some(([other, { root, actions }]) => other !== name && (root.contains(focused) || actions.contains(focused)))) stage.focus({ preventScroll: true });
    for (const [other, parts] of Object.entries(mounted)) parts.root.hidden = parts.actions.hidden = other !== name;
    for (const link of rail.querySelectorAll('a[data-view]'))
      link.toggleAttribute('aria-current', /** @type {HTMLElement} */ (link).dataset.view === name);
    for (const link of rail.querySelectorAll('a[aria-current]')) link.setAttribute('aria-current', 'page');
    find('.bar h1').textContent = VIEWS[name].title;
    if (welcome) welcome.hidden = name !== 'live';
    document.title = `${VIEWS[name].title} · falter studio`;
    write();
    shown.then((view) => current === name && view.show?.(params)).catch(() => {});
  };
  /** The address says where one is and what is set; going back is for leaving the studio, not for undoing a slider. */
  const write = () => {
    const query = app.settings.query();
    history.replaceState(null, '', `#${current}${query && `?${query}`}`);
  };

  /** @type {App['toast']} */
  const toast = (text, { kind, action, run } = {}) => {
    const item = document.createElement('div');
    item.className = `toast ${kind ?? ''}`;
    fill(item, html`<p>${text}</p>${action && html`<button>${action}</button>`}<button class="quiet" aria-label="Dismiss">×</button>`);
    const close = () => {
      clearTimeout(timer);
      if (item.contains(document.activeElement)) stage.focus({ preventScroll: true });
      item.remove();
    };
    let timer = 0;
    /** Nobody loses it from under the pointer or the focus. */
    const wait = () => {
      clearTimeout(timer);
      if (!item.matches(':hover, :focus-within')) timer = window.setTimeout(close, action ? OFFER_MS : TOAST_MS);
    };
    for (const change of ['pointerenter', 'pointerleave', 'focusin']) item.addEventListener(change, wait);
    // the focus is still in it while it goes
    item.addEventListener('focusout', () => setTimeout(wait));
    item.querySelector('button:not(.quiet)')?.addEventListener('click', () => (close(), run?.()));
    item.querySelector('.quiet')?.addEventListener('click', close);
    toasts.append(item);
    wait();
  };

  /** Of the view that is open; what its keys do may change while it is. */
  const keysNow = () => (current && mounted[current]?.view?.keys) || [];

  const showKeys = () => {
    const own = keysNow();
    const all = [...ORDER.map((name, i) => ({ key: `${i + 1}`, says: VIEWS[name].title })), { key: 'd', says: 'Light or dark' }, { key: '?', says: 'This list' }];
    /** @param {{ key: string, says: string }[]} some */
    const rows = (some) => html`<dl>${some.map(({ key, says }) => html`<div><dt><kbd>${key === ' ' ? 'Space' : key.replace('Arrow', '')}</kbd></dt><dd>${says}</dd></div>`)}</dl>`;
    fill(
      list,
      html`<form method="dialog"><h2 id="keys-title">Keyboard shortcuts</h2><button class="quiet" aria-label="Close">×</button></form>
        ${own.length > 0 && html`<h3>${current && VIEWS[current].title}</h3>${rows(own)}`}
        <h3>Everywhere</h3>
        ${rows(all)}`,
    );
    list.showModal();
  };

  /** Its space is taken away by nobody but who reads it. */
  const greet = () => {
    const line = (welcome = document.createElement('aside'));
    line.className = 'welcome';
    line.setAttribute('aria-label', 'Welcome');
    fill(line, html`<p>${WELCOME}</p><button>Got it</button>`);
    line.querySelector('button')?.addEventListener('click', () => {
      line.remove();
      welcome = undefined;
      stage.focus({ preventScroll: true });
      app.library.keep(WELCOMED, true).catch(() => {});
    });
    stage.before(line);
  };

  /** @param {Error} fault */
  const failure = (fault) =>
    html`<div class="empty" role="alert">
      <h2>This could not be opened</h2>
      <p>${fault.message}</p>
      <p><button class="reload">Reload</button></p>
    </div>`;

  rail.querySelector('.theme')?.addEventListener('click', turnTheme);
  rail.querySelector('.list')?.addEventListener('click', showKeys);
  list.addEventListener('click', (event) => event.target === list && list.close());
  document.addEventListener('click', ({ target }) => target instanceof Element && target.matches('.reload') && location.reload());

  return {
    toast,
    /** @param {App} started */
    async start(started) {
      app = started;
      // over a shop's page there is no shop at left, and little height
      if (!isOver && !(await app.library.kept(WELCOMED).catch(() => true))) greet();
      app.open = open;
      stage.removeAttribute('aria-busy');
      fill(stage, html``);
      const about = find('.bar .about');
      const describe = () => {
        const { name, info } = app.model;
        const count = app.library.list().length;
        fill(
          about,
          html`<span class="chip" title="${info.trees} trees of depth ${info.depth}, ${info.bytes.toLocaleString('en')} B, checksum ${info.checksum}"
              >${name}<code>${info.checksum.slice(0, 4)}</code></span
            >
            <span class="chip">${count} ${count === 1 ? 'recording' : 'recordings'}</span>`,
        );
      };
      app.addEventListener('model', describe);
      app.library.addEventListener('change', describe);
      app.settings.addEventListener('change', write);
      describe();
      addEventListener('hashchange', () => named() !== current && open(named()));
      rail.addEventListener('click', (event) => {
        const link = event.target instanceof Element && /** @type {HTMLElement | null} */ (event.target.closest('a[data-view]'));
        if (!link) return;
        event.preventDefault();
        open(/** @type {ViewName} */ (link.dataset.view));
      });
      document.addEventListener('keydown', (event) => {
        if (isTyped(event) || list.open) return;
        const view = ORDER[Number(event.key) - 1];
        const own = keysNow().find(({ key }) => key === event.key);
        if (view) open(view);
        else if (event.key === 'd') turnTheme();
        else if (event.key === '?') showKeys();
        else if (own) own.run(event);
        else return;
        event.preventDefault();
      });
      open(named());
    },
    /** @param {Error} fault */
    fail(fault) {
      stage.removeAttribute('aria-busy');
      fill(stage, failure(fault));
    },
  };
}
