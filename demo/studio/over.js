/**
 * The studio over any page of a shop, as a drawer at its lower edge: `<script type="module" src="/falter/studio/over.js"></script>`, out
 * of dist/ as a shop has it, or the same `import()` in the console. It hears the page's own falter through the bridge, by falter's public names alone. The page is
 * neither moved nor restyled: the drawer lies over it, in a shadow root, and what is done in it falter does not hear.
 */

/** Of the studio: the page may be of another origin, which is then asked for by the bridge's messages alone. */
const HOME = new URL('index.html?over#live', import.meta.url);
const BRIDGE = new URL('bridge.js', import.meta.url);
const KEY = 'falter-studio-over';
/** The drawer's height, px: at least its bar and a row, and never all of the page. */
const LEAST = 160;
const SPARED = 60;
/** By an arrow key, px. */
const STEP = 24;
/** falter's script is deferred; so long after the page is loaded there is none, ms. */
const PATIENCE_MS = 2000;

const STYLE = `
:host { all: initial; }
.drawer { position: fixed; inset: auto 0 0; z-index: 2147483600; display: grid; grid-template-rows: 9px 34px auto minmax(0, 1fr);
  color-scheme: light dark; color: light-dark(#14161c, #edeff4); background: light-dark(#fff, #181b22);
  border-top: 1px solid light-dark(#8a90a0, #717a8c); box-shadow: 0 -8px 40px rgb(0 0 0 / 24%); font: 14px/1.45 system-ui, sans-serif; }
.grip { cursor: ns-resize; touch-action: none; display: grid; place-items: center; }
.grip::before { content: ''; width: 44px; height: 4px; border-radius: 9px; background: light-dark(#8a90a0, #717a8c); }
header { display: flex; align-items: center; gap: 10px; padding: 0 8px 0 16px; }
b { margin-inline-end: auto; font-weight: 650; }
button { min-width: 28px; min-height: 28px; padding: 0 9px; border: 1px solid transparent; border-radius: 7px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { background: light-dark(#eceef3, #22262f); }
:focus-visible { outline: 2px solid light-dark(#3b5bdb, #8ea2ff); outline-offset: -2px; }
.says { margin: 0; padding: 9px 16px; background: light-dark(#fff3e4, #3a2c17); }
.says[hidden] { display: none; }
.says button { border-color: currentcolor; margin-inline-start: 8px; }
iframe { grid-row: 4; display: block; width: 100%; height: 100%; border: 0; }
.dragged iframe { pointer-events: none; }
`;

/** @returns {number} px */
function keptHeight() {
  try {
    return Number(localStorage.getItem(KEY)) || innerHeight * 0.5;
  } catch {
    return innerHeight * 0.5;
  }
}

/** @param {string} kind @param {Record<string, string>} [attributes] @param {(Node | string)[]} inside */
function make(kind, attributes = {}, ...inside) {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

async function open() {
  const life = new AbortController();
  const { signal } = life;
  const host = make('falter-studio', { 'data-falter-ignore': '' });
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];

  const frame = /** @type {HTMLIFrameElement} */ (make('iframe', { title: 'falter studio' }));
  const grip = make('div', { class: 'grip', role: 'separator', tabindex: '0', 'aria-orientation': 'horizontal', 'aria-label': 'Height of the studio' });
  const says = make('p', { class: 'says', role: 'status', hidden: '' });
  const close = make('button', { 'aria-label': 'Close the studio', title: 'Close (Esc)' }, '×');
  const drawer = make('div', { class: 'drawer', role: 'region', 'aria-label': 'falter studio' }, grip, make('header', {}, make('b', {}, 'falter studio'), close), says, frame);
  shadow.append(drawer);

  let height = 0;
  /** @param {number} next */
  const resize = (next) => {
    height = Math.round(Math.max(LEAST, Math.min(innerHeight - SPARED, next)));
    drawer.style.height = `${height}px`;
    for (const [name, value] of Object.entries({ min: LEAST, max: innerHeight - SPARED, now: height })) grip.setAttribute(`aria-value${name}`, String(value));
  };
  const keep = () => {
    try {
      localStorage.setItem(KEY, String(height));
    } catch {
      // Then the next page opens it as high as the first.
    }
  };
  grip.addEventListener('pointerdown', (event) => {
    grip.setPointerCapture(event.pointerId);
    drawer.classList.add('dragged');
  });
  grip.addEventListener('pointermove', ({ pointerId, clientY }) => grip.hasPointerCapture(pointerId) && resize(innerHeight - clientY));
  grip.addEventListener('lostpointercapture', () => {
    drawer.classList.remove('dragged');
    keep();
  });
  grip.addEventListener('keydown', (event) => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    resize(height + step);
    keep();
  });
  addEventListener('resize', () => resize(height), { signal });

  const end = () => {
    life.abort();
    host.remove();
  };
  close.addEventListener('click', end);
  // Esc is the page's own key where it uses it, and a card's.
  addEventListener('keydown', ({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && !document.querySelector('falter-card, dialog[open]') && end(), { signal });

  /** @param {string} text @param {string} [action] @param {() => void} [act] */
  const say = (text, action, act = () => {}) => {
    says.hidden = false;
    says.replaceChildren(text);
    if (!action) return;
    const button = make('button', {}, action);
    button.addEventListener('click', act);
    says.append(button);
  };
  /** @type {(() => void) | undefined} */
  let endBridge;
  signal.addEventListener('abort', () => endBridge?.());
  /** @param {Window} to the studio's */
  const hear = async (to) => {
    const { openBridge } = await import(BRIDGE.href);
    endBridge?.();
    // it is opened when the studio says that it listens
    addEventListener(
      'message',
      ({ source, origin, data }) => {
        if (source !== to || origin !== HOME.origin || data?.falter !== 'studio') return;
        if (data.kind === 'close') end();
        if (data.kind === 'ready') {
          endBridge?.();
          endBridge = openBridge({ to, origin: HOME.origin });
        }
      },
      { signal },
    );
  };
  const asWindow = () => {
    const studio = window.open(HOME, 'falter-studio');
    if (!studio) return say('The browser kept the studio’s window from opening.');
    hear(studio);
    frame.remove();
    resize(LEAST);
    say('The studio is in a window of its own, and hears this page.');
  };
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) => {
      if (/^(frame|child|default)-src$/.test(effectiveDirective) && HOME.href.startsWith(blockedURI.replace(/\?.*/, '')))
        say(`This page’s policy keeps the studio’s frame out: it lacks “frame-src ${HOME.origin}”.`, 'Open it in a window', asWindow);
    },
    { signal },
  );

  document.documentElement.append(host);
  resize(keptHeight());
  await hear(/** @type {Window} */ (frame.contentWindow ?? window));
  frame.src = HOME.href;
  await new Promise((ready) => (document.readyState === 'complete' ? ready(0) : addEventListener('load', ready, { once: true, signal })));
  setTimeout(() => {
    const isThere = Boolean(/** @type {any} */ (window).falter?.version);
    if (!isThere && says.hidden) say('There is no falter on this page: put its script tag in, and open the studio again. Recordings, tuning and messages work without it.');
  }, PATIENCE_MS);
  return { close: end };
}

/** Twice is once. */
const page = /** @type {any} */ (window);
if (!document.querySelector('falter-studio')) page.falterStudioOver = open();
