/**
 * createFalter: one handle, which starts and stops the engine and turns what it says into events and a card.
 */

import { loadPart, readText } from 'falter-files';
import { capture } from './capture.js';
import { showCard } from './card/card.js';
import { CONSENTS, capabilities } from './consent.js';
import { EngineError, makeEngine } from './engine.js';
import { openEvents } from './events.js';
import { openDoor } from './guard.js';
import { openHistory } from './history.js';
import { format, loadTexts } from './messages/index.js';
import { factsSignal, mergeGiven, parseOptions, reach } from './options.js';
import { KEY, openSession } from './session.js';
import { connectShop } from './shops/index.js';
import { sendToDataLayer } from './sinks/datalayer.js';

/** What the engine says came of a tick or an event: bits, as in src/web/session.rs. */
const TICKED = 1;
const SHOW = 2;
const HELD_OUT = 4;
const LEFT = 8;
const OVER = 16;

/** Signals the shop tells before the engine is there to take them; more are not kept. */
const EARLY_MAX = 64;
/** The page before this one has written what it knows by then: 2 ms in Chromium (2026-11). */
const LATE_WRITE_MS = 1000;
/** Any of these begins the next visit. */
const SIGNS = ['pointermove', 'keydown', 'scroll', 'touchstart'];

/**
 * @typedef {import('./options.js').Consent} Consent
 * @typedef {import('./shops/index.js').PlainSignal} PlainSignal
 * @typedef {'wasm_blocked' | 'wasm_failed' | 'model_failed' | 'bad_option' | 'bad_fact' | 'bad_play' | 'bad_signal' | 'storage' | 'sink' | 'internal'} ErrorCode
 *
 * @typedef {object} Methods
 * @property {(more?: Record<string, any>) => Promise<void>} init lays options over what was given before; starts anew if it was running
 * @property {() => Promise<void>} start idempotent; never throws, tells `falter:error` instead
 * @property {() => void} stop idempotent: removes every listener and frees the engine
 * @property {(signal: PlainSignal) => void} signal tells what the page cannot: cart, purchase, problem, answer …
 * @property {(consent?: Consent) => Consent} consent says what the shopper allowed, or asks what is known
 * @property {() => import('./options.js').Options} options as they are in force
 * @property {() => Record<string, any>} snapshot `{ running, consent, t, risk, threshold, decision }`
 * @property {() => string} record begins a recording if there is none, and returns it so far (NDJSON); '' until it has begun
 * @property {() => void} forget removes all that is stored of the shopper
 * @property {(type: string, listener: (event: any) => void) => void} on
 * @property {(type: string, listener: (event: any) => void) => void} off
 * @property {string} version
 *
 * @typedef {EventTarget & Methods} Falter
 *
 * @typedef {[texts: import('./messages/index.js').Texts, style: string]} Look
 */

/** Touch alone, no mouse. */
const TOUCH = '(hover:none) and (pointer:coarse)';

/**
 * @param {Record<string, any>} [first] options by name, or attributes of the script tag by theirs
 * @returns {Falter}
 */
export function createFalter(first = {}) {
  let given = first;
  let { options, faults } = parseOptions(given);
  /** What the shopper said goes before what the shop assumes. @type {Consent | undefined} */
  let said;
  /** @type {import('./instance.js').Engine | undefined} */
  let engine;
  /** @type {import('./guard.js').Door | undefined} */
  let door;
  /** @type {Promise<void> | undefined} */
  let starting;
  /** @type {import('./session.js').Visit | undefined} */
  let visit;
  /** @type {Promise<Look | undefined> | undefined} */
  let look;
  /** @type {{ close: () => void } | undefined} */
  let card;
  /** @type {PlainSignal[]} */
  const early = [];
  /** Ends the wait for the next visit. */
  let asleep = new AbortController();
  /** The engine trapped; its memory is not to be trusted any more. */
  let broken = false;
  /** Whether the shop wants this page, and those to come, recorded. */
  let recording = false;
  /** @type {typeof import('./recorder.js').openRecorder | undefined} loaded where it is needed */
  let openRecorder;
  /** Begins the recording of a page that runs. */
  let record = () => {};
  /** The recording so far. */
  let recorded = () => '';

  const handle = /** @type {Falter} */ (new EventTarget());
  const events = openEvents(handle, () => options.publicEvents);
  /** @param {ErrorCode} code @param {string} where @param {unknown} fault */
  const fail = (code, where, fault) => {
    const message = String(/** @type {any} */ (fault)?.message ?? fault);
    events.emit('error', { code, where, message });
    if (options.debug) console.warn(`falter: ${code} in ${where}: ${message}`);
  };
  /** @param {import('./options.js').Fault} fault */
  const tellFault = ({ code, where, message }) => fail(code, where, message);
  const consent = () => said ?? options.consent;
  const may = () => capabilities(consent(), /** @type {any} */ (navigator).globalPrivacyControl);
  /** @param {string} where @returns {import('./store.js').Host} */
  const host = (where) => ({ allowed: () => may().store, fault: (fault) => fail('storage', where, fault) });
  const session = openSession(host('session'));
  const history = openHistory(host('history'));

  /** @param {string} name @param {any} detail */
  const tell = (name, detail) => {
    const goesOn = events.emit(name, detail);
    if (options.sinks.datalayer && may().sinks) {
      try {
        sendToDataLayer(name, detail);
      } catch (fault) {
        fail('sink', 'datalayer', fault);
      }
    }
    return goesOn;
  };

  /** @param {number} flags */
  const happened = (flags) => {
    if (!engine) return;
    const decided = flags & (SHOW | HELD_OUT) || (flags & TICKED && events.wanted('decision'));
    const decision = decided ? engine.decision() : null;
    const left = flags & LEFT && engine.leave();
    if (flags & TICKED && events.wanted('risk')) events.emit('risk', engine.risk());
    if (decision) events.emit('decision', decision);
    // who hears of it may stop it
    if (flags & SHOW && engine) dress().then((known) => door?.call(() => show(decision?.show, known)));
    if (flags & HELD_OUT) {
      history.shown();
      tell('exposure', { side: 'holdout', rendered: false, vetoed: false });
    }
    if (left) tell('leave', left);
    if (flags & OVER && engine) renew();
  };

  /** @param {any} what @param {Look | undefined} known */
  const show = (what, known) => {
    const text = known && format(what, options.facts, known[0]);
    const { reason, message, offer } = what;
    const vetoed = !tell('show', { reason, message, offer, variant: '' });
    // Both sides of the holdout count from the decision on, whether or not a card could be drawn.
    history.shown();
    const rendered = !vetoed && Boolean(text);
    if (rendered && text) {
      card = showCard({
        layout: options.layout,
        message,
        text,
        style: known[1],
        onEnd: (what, how) => {
          if (what === 'dismiss') history.dismissed();
          tell(what, { reason, message, how });
        },
      });
    }
    tell('exposure', { side: 'shown', rendered, vetoed });
  };

  /** A visit ended by silence; the next sign of life begins another. */
  const renew = () => {
    stop();
    session.forget();
    asleep = new AbortController();
    for (const type of SIGNS) addEventListener(type, start, { capture: true, passive: true, signal: asleep.signal });
  };

  /** @param {PlainSignal} what */
  const signal = (what) => {
    const { s, value } = what ?? {};
    if (s === 'purchase') history.purchased();
    if (s === 'cart' && value >= 0) history.cart(value);
    if (!engine && early.length < EARLY_MAX) early.push(what);
    door?.call(() => {
      if (!engine) return;
      let flags = 0;
      try {
        flags = engine.signal(what);
      } catch (fault) {
        // what the engine refuses is an Error with a text; a trap is not
        if (fault instanceof WebAssembly.RuntimeError) throw fault;
        fail('bad_signal', String(s), fault);
      }
      if (flags) happened(flags);
    });
  };

  const keep = () => {
    if (engine && visit) session.save({ ...visit, state: engine.save(), recording: recorded() || undefined });
  };
  const configure = () =>
    engine?.setup({ ...reach(options), consent: CONSENTS.indexOf(consent()), ...history.setup(options.holdout) });

  /** Sections that the shop names by selector are marked as others are by hand. */
  const mark = () => {
    for (const [name, selector] of Object.entries(options.sections)) {
      try {
        for (const element of document.querySelectorAll(selector)) element.dataset.falter ??= name;
      } catch (fault) {
        delete options.sections[name];
        fail('bad_option', `sections.${name}`, fault);
      }
    }
  };

  /** Folder of falter's files. */
  const base = () => options.base || new URL('.', import.meta.url).href;

  const loadRecorder = () =>
    loadPart(base(), 'recorder').then(
      (part) => ({ openRecorder } = part),
      (fault) => fail('internal', 'recorder', fault),
    );

  /** Fetches what the card says and looks like, once a start. @returns {Promise<Look | undefined>} */
  const dress = () =>
    (look ??= Promise.all([
      loadTexts(
        options,
        document.documentElement.lang,
        (path) => readText(base(), path).then(JSON.parse),
        (fault) => fail('bad_option', 'lang', fault),
      ),
      readText(base(), 'card.css'),
    ]).catch((fault) => void fail('internal', 'card', fault)));

  /** @param {() => boolean} isCurrent whether this start has not been stopped meanwhile */
  const run = async (isCurrent) => {
    const opened = openDoor((fault) => {
      broken = true;
      stop();
      fail('internal', 'engine', fault);
    });
    const goesOn = session.load();
    const touch = matchMedia(TOUCH).matches;
    const [{ engine: made, names, page }] = await Promise.all([
      makeEngine(base(), { started: goesOn.started, touch }),
      // what marks the page is in its body
      document.readyState === 'loading' &&
        new Promise((ready) => document.addEventListener('DOMContentLoaded', ready, { once: true })),
    ]);
    recording ||= Boolean(goesOn.recording);
    // a recording that is to be the whole visit lacks no signal
    if (recording) await loadRecorder();
    if (!isCurrent()) return;
    [engine, door, visit] = [made, opened, goesOn];
    opened.call(() => {
      const { state } = goesOn;
      const goes = Boolean(state && made.restore(state));
      if (!goes) history.visit();
      configure();
      const begun = { engine: made, names, page: page.imports, session: goesOn.id, touch, past: history.setup(options.holdout) };
      record = () => {
        if (openRecorder) recorded = openRecorder({ ...begun, earlier: () => visit?.recording });
      };
      if (recording) record();
      if (goes) made.signal({ s: 'pageshow', cause: isFromHere() ? 'shop' : 'unknown' });
      made.signal(factsSignal(options.facts));
      // A page that comes back from the browser's memory goes on from what happened on the pages since. The last of them
      // may be in a process of its own, and write what it knows when this one is shown already.
      let backAt = -Infinity;
      const comeBack = () => {
        const since = session.load();
        if (since.state) {
          visit = since;
          made.restore(since.state);
          if (recording) record();
        }
        made.signal({ s: 'pageshow', cause: 'bfcache' });
      };
      opened.on(window, 'pageshow', ({ persisted, timeStamp }) => {
        if (!persisted) return;
        backAt = timeStamp;
        comeBack();
      });
      opened.on(window, 'storage', ({ key, timeStamp }) => {
        if (key === KEY && timeStamp - backAt < LATE_WRITE_MS) comeBack();
      });
      made.listen(performance.now());
      capture(opened, made, { names, page, happened, mark });
      opened.on(window, 'pagehide', keep);
      // the last that a phone tells of a page it throws away; a page that comes back has old news only
      opened.on(document, 'visibilitychange', () => document.hidden && keep());
      early.splice(0).forEach(signal);
      connectShop(options.shop, (part) => loadPart(base(), part), signal, opened.signal).catch((fault) => fail('internal', 'shop', fault));
    });
    // the engine needed the line and the processor more; a card that is due sooner waits for it
    setTimeout(() => isCurrent() && dress());
  };

  const start = () => {
    if (starting || broken || !may().listen) return starting ?? Promise.resolve();
    asleep.abort();
    /** @type {() => boolean} */
    const isCurrent = () => starting === mine;
    /** @type {Promise<void>} */
    const mine = Promise.resolve()
      .then(() => run(isCurrent))
      .catch((fault) => {
        if (!isCurrent()) return;
        stop();
        fail(fault instanceof EngineError ? fault.code : 'internal', 'start', fault);
      });
    starting = mine;
    return mine;
  };

  const stop = () => {
    starting = undefined;
    asleep.abort();
    door?.close();
    card?.close();
    engine = door = card = visit = look = undefined;
  };

  const forget = () => {
    session.forget();
    history.forget();
  };

  /** Tells what could not be read, once somebody may listen. */
  const report = () => {
    const found = faults;
    queueMicrotask(() => found.forEach(tellFault));
  };
  /** @param {'on' | 'off'} turn the listeners that options brought */
  const listeners = (turn) => {
    for (const [type, listener] of Object.entries(options.on)) if (typeof listener === 'function') events[turn](type, listener);
  };
  listeners('on');
  report();

  return Object.assign(handle, {
    init: async (/** @type {Record<string, any>} */ more = {}) => {
      const wasRunning = Boolean(starting);
      listeners('off');
      given = mergeGiven(given, more);
      ({ options, faults } = parseOptions(given));
      listeners('on');
      report();
      if (wasRunning) {
        door?.call(keep);
        stop();
      }
      await start();
    },
    start,
    stop,
    signal,
    consent: (/** @type {Consent | undefined} */ now) => {
      const { faults } = parseOptions({ consent: now });
      faults.forEach(tellFault);
      if (now && !faults[0] && now !== consent()) {
        said = now;
        if (!may().store) forget();
        if (!may().listen) stop();
        else if (engine) door?.call(configure);
        else start();
      }
      return consent();
    },
    options: () => options,
    snapshot: () => ({
      running: Boolean(engine),
      consent: consent(),
      t: 0,
      risk: 0,
      ...door?.call(
        () =>
          engine && {
            ...engine.risk(),
            threshold: engine.threshold(),
            decision: engine.decision(),
          },
      ),
    }),
    record: () => {
      // one that is about to run begins it itself
      if (!recording && engine) loadRecorder().then(() => door?.call(record));
      recording = true;
      return door?.call(recorded) ?? '';
    },
    forget: () => {
      forget();
      // else its last breath would bring it all back
      visit = undefined;
    },
    on: events.on,
    off: events.off,
    version: FALTER_VERSION,
  });
}

/** Whether the shopper came by a link of the shop's own. */
const isFromHere = () => document.referrer.startsWith(`${location.origin}/`);
