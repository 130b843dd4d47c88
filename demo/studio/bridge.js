/**
 * The studio's ear in a shop's page: relays falter's public events and what its recording has new, by postMessage. It uses
 * falter's public names alone. Loaded as a module it speaks to the window around the page, if that is of the origin that the
 * module itself came from; whoever stands elsewhere calls openBridge().
 *
 * | from the page | to it |
 * |---|---|
 * | `hello`: it is there | `begin`: how to go on |
 * | `lines`: new lines, with the tick they led to | `end`: hear no more |
 * | `event`: card, answer, leave, fault … | |
 * | `state`: running, consent, threshold | |
 * | `key`: pressed in the studio's own frame, and not for anything in the page | |
 */

/** Nothing is lost between ticks, which tell their lines themselves; while the shopper is away there are none, ms. */
const FLUSH_MS = 500;
/** The visit that was begun anew for the studio, by its id: its recording is whole on the pages that follow, too. */
const WHOLE = 'falter-studio-visit';
/** A recording begins once the engine is there; it is asked after so often, and no longer than this, ms. */
const ASK_MS = 100;
const PATIENCE_MS = 5000;
/** Attributes of a script tag that are falter's. */
const DATA = 'data-';

/**
 * @typedef {object} Begin
 * @property {boolean | 'unless-whole'} isAnew another visit begins, and what was known of this shopper is forgotten: a recording that
 *   begins in the middle of one leads to other readings. `unless-whole`: not where one goes on that was begun so
 * @property {string} session whose recording is known already
 * @property {number} known so many characters of it, the first line aside
 * @property {Record<string, any>} options laid over the page's own
 * @property {Uint8Array | null} model in place of the one the page has
 *
 * @typedef {{ kind: 'hello' }
 *   | { kind: 'lines', header: string, text: string, from: number, end: number, t: number, risk: number }
 *   | { kind: 'event', type: string, detail: any, t: number }
 *   | { kind: 'state', running: boolean, consent: string, threshold: number | undefined, page: string }
 *   | { kind: 'key', key: string }} Said
 *   from: characters of the recording before `text`; t: of the last tick, ms, −1 before the first; risk: at it, to the bit
 */

/** Told as they are; a decision brings its lines along. */
const EVENTS = ['show', 'exposure', 'act', 'dismiss', 'answer', 'leave', 'error'];

/**
 * @param {object} ends
 * @param {Window} ends.to the studio's window
 * @param {string} ends.origin and its origin: nothing is told to another, nor heard from one
 * @param {any} [ends.page] the shop's window
 * @returns {() => void} ends it
 */
export function openBridge({ to, origin, page = window }) {
  const life = new AbortController();
  const { signal } = life;
  /** @type {any} */
  let falter;
  /** Told so far: of which recording, and how many characters of it. */
  let session = '';
  let told = 0;
  let [t, risk] = [-1, 0];

  /** @param {Said} said */
  const say = (said) => to.postMessage({ falter: 'bridge', ...said }, origin);

  const flush = () => {
    const recording = falter.record();
    const first = recording.indexOf('\n') + 1;
    if (!first) return;
    const header = JSON.parse(recording.slice(0, first));
    if (header.session !== session) {
      session = header.session;
      told = 0;
      t = -1;
    }
    const from = told;
    const text = recording.slice(first + from);
    told += text.length;
    say({ kind: 'lines', header: recording.slice(0, first), text, from, end: header.end, t, risk });
  };
  const state = () => {
    const { running, consent, threshold } = falter.snapshot();
    say({ kind: 'state', running, consent, threshold, page: page.location.href });
  };

  /** @param {any} handle */
  const listen = (handle) => {
    falter = handle;
    /** Until the bridge ends. @param {string} type @param {(event: CustomEvent) => void} hear */
    const on = (type, hear) => {
      handle.on(type, hear);
      signal.addEventListener('abort', () => handle.off(type, hear));
    };
    on('decision', ({ detail }) => {
      ({ t, risk } = detail);
      flush();
    });
    for (const type of EVENTS)
      on(type, ({ detail }) => {
        flush();
        say({ kind: 'event', type, detail: JSON.parse(JSON.stringify(detail ?? null)), t: falter.snapshot().t });
      });
    page.addEventListener('pagehide', flush, { signal });
    const timer = page.setInterval(() => (flush(), state()), FLUSH_MS);
    signal.addEventListener('abort', () => page.clearInterval(timer));
  };

  /** @param {Begin} begin */
  const begin = async ({ isAnew, session: known, known: length, options, model }) => {
    const handle = model ? await withModel(page, model, options) : await handleOf(page, signal);
    if (signal.aborted || falter) return;
    const isOther = isAnew === 'unless-whole' ? !(await isWhole(page, handle)) : isAnew;
    if (signal.aborted || falter) return;
    session = isOther ? '' : known;
    told = isOther ? 0 : length;
    if (isOther) {
      handle.stop();
      handle.forget();
    }
    handle.record();
    listen(handle);
    if (Object.keys(options).length) await handle.init(options);
    else await handle.start();
    state();
    if (isOther) note(page, await sessionOf(handle));
  };

  page.addEventListener(
    'message',
    (/** @type {MessageEvent} */ { source, origin: from, data }) => {
      if (source !== to || from !== origin || data?.falter !== 'studio') return;
      if (data.kind === 'begin') begin(data).catch((fault) => say({ kind: 'event', type: 'error', detail: { code: 'internal', where: 'studio', message: String(fault) }, t: 0 }));
      if (data.kind === 'end') life.abort();
    },
    { signal },
  );
  // in the studio's frame its shortcuts go on; a shop that the studio lies over keeps its keys
  if (to === page.parent && to !== page) page.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => isShortcut(event) && say({ kind: 'key', key: event.key }), { signal });
  say({ kind: 'hello' });
  return () => life.abort();
}

/** Falter's handle on the page, once it is there: its script is deferred. @param {any} page @param {AbortSignal} signal @returns {Promise<any>} */
async function handleOf(page, signal) {
  if (!page.falter?.version && page.document.readyState !== 'complete')
    await new Promise((ready) => page.addEventListener('load', ready, { once: true, signal }));
  if (!page.falter?.version) throw new Error('there is no falter on this page');
  return page.falter;
}

/** Whether a key is for nothing in the page: no field, no combination, nothing that scrolls or presses. @param {KeyboardEvent} event */
function isShortcut(event) {
  const { key, ctrlKey, metaKey, altKey, repeat, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || repeat || isComposing || defaultPrevented || key.length !== 1 || key === ' ') return false;
  // what has the focus may be in a shadow root, and of another window's kind
  const [target] = /** @type {any[]} */ (event.composedPath());
  return !target?.closest?.('input, textarea, select, [contenteditable]');
}

/** The id of the visit, once it is being recorded; '' where it is not. @param {any} handle */
async function sessionOf(handle) {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await new Promise((next) => setTimeout(next, ASK_MS))) {
    const recording = handle.record();
    if (recording) return JSON.parse(recording.slice(0, recording.indexOf('\n'))).session;
  }
  return '';
}

/** Whether the visit goes on that was begun for the studio. @param {any} page @param {any} handle */
async function isWhole(page, handle) {
  try {
    const noted = page.sessionStorage.getItem(WHOLE);
    return Boolean(noted) && noted === (await sessionOf(handle));
  } catch {
    // Nothing is kept here, so no visit goes on from page to page either.
    return false;
  }
}

/** As falter itself keeps the visit: for this tab, and with consent alone. @param {any} page @param {string} session */
function note(page, session) {
  try {
    if (session && page.falter.consent() === 'granted') page.sessionStorage.setItem(WHOLE, session);
  } catch {
    // Then the next page begins anew.
  }
}

/**
 * The page's falter with another model: the package's slim entry, which takes the engine's bytes from its host, with the attributes
 * of the page's own tag. It takes the place of the handle that stands in until then (stand-in.js), or of the tag's.
 * @param {any} page @param {Uint8Array} model @param {Record<string, any>} options
 */
async function withModel(page, model, options) {
  const { createFalter, provide } = await import(new URL('../npm/slim.js', import.meta.url).href);
  provide({ wasm: new URL('../falter.wasm', import.meta.url), model });
  const tag = page.document.querySelector('script[src$="/falter.js"]');
  const given = Object.fromEntries([...(tag?.attributes ?? [])].filter(({ name }) => name.startsWith(DATA)).map(({ name, value }) => [name, value]));
  const before = page.falter;
  before?.stop?.();
  const handle = createFalter({ ...given, ...options });
  page.falter = handle;
  before?.become?.(handle);
  return handle;
}

const own = new URL(import.meta.url);
// in a frame, of a page that the studio may look at; over.js opens its bridge itself
if (window.parent !== window && document.documentElement.dataset.falterStudio !== undefined) openBridge({ to: window.parent, origin: own.origin });
