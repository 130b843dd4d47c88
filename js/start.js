/**
 * createFalter: one handle, which starts and stops the engine and turns what it says into events and a card.
 */

import { loadPart } from 'falter-files';
import { capabilities } from './consent.js';
import { PREFIX, openEvents } from './events.js';
import { listen } from './guard.js';
import { openHistory } from './history.js';
import { parseOptions } from './options.js';
import { run } from './run.js';
import { openSession } from './session.js';
import { sendToDataLayer } from './sinks/datalayer.js';

/** Signals the shop tells before the engine is there to take them; more are not kept. */
const EARLY_MAX = 64;
/** Any of these begins the next visit. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'scroll'];

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
 * @property {() => { running: boolean, consent: Consent, t: number, risk: number } & Record<string, any>} snapshot and `threshold`, `decision`
 * @property {() => string} record begins a recording if there is none, and returns it so far (NDJSON); '' until it has begun
 * @property {() => void} forget removes all that is stored of the shopper
 * @property {(type: string, listener: (event: any) => void) => void} on
 * @property {(type: string, listener: (event: any) => void) => void} off
 * @property {string} version
 *
 * @typedef {EventTarget & Methods} Falter
 */

/**
 * @param {Record<string, any>} [first] options by name, or attributes of the script tag by theirs
 * @param {() => Promise<unknown>} [calm] resolves when the page has time for a start
 * @returns {Falter}
 */
export function createFalter(first, calm = () => Promise.resolve()) {
  let { given, options, further } = parseOptions();
  /** What the shopper said goes before what the shop assumes. @type {Consent | undefined} */
  let said;
  /** Under way, or done. @type {Promise<void> | undefined} */
  let starting;
  /** @type {import('./run.js').Run | undefined} */
  let running;
  /** Told before a start: nobody may have agreed to anything yet. @type {PlainSignal[]} */
  const early = [];
  /** Told while the engine was on its way. @type {PlainSignal[]} */
  const waiting = [];
  /** Ended by a stop: a run, or the wait for the next visit. */
  let life = new AbortController();
  /** The engine trapped; its memory is not to be trusted any more. */
  let broken = false;
  /** Whether the shop wants this page, and those to come, recorded. */
  let recording = false;

  const handle = /** @type {Falter} */ (new EventTarget());
  const events = openEvents(handle, () => options.publicEvents);
  /** @param {ErrorCode} code @param {string} where @param {unknown} fault */
  const fail = (code, where, fault) => {
    const message = String(/** @type {any} */ (fault)?.message ?? fault);
    events.emit('error', { code, where, message });
    if (options.debug) console.warn(PREFIX, code, where, message);
  };
  /** @param {import('./options.js').Fault} fault */
  const tellFault = (fault) => fail(fault.code, fault.where, fault);
  const consent = () => said ?? options.consent;
  const may = () => capabilities(consent(), /** @type {any} */ (navigator).globalPrivacyControl);
  /** @param {string} where @returns {import('./store.js').Host} */
  const host = (where) => ({ allowed: () => may().store, fault: (fault) => fail('storage', where, fault) });
  const session = openSession(host('session'));
  const history = openHistory(host('history'));

  /**
   * Tells what a shop can count, to its sinks too; `risk` and `decision` come four times a second and stay in the page.
   * @param {string} name @param {any} detail
   */
  const tell = (name, detail) => {
    const goesOn = events.emit(name, detail);
    if (goesOn && options.sinks.datalayer && may().sinks) {
      try {
        sendToDataLayer(name, detail);
      } catch (fault) {
        fail('sink', 'datalayer', fault);
      }
    }
    return goesOn;
  };

  /** A visit ended by silence; the next sign of life begins another. */
  const renew = () => {
    stop();
    session.forget();
    life = new AbortController();
    for (const type of SIGNS) listen(window, type, start, life.signal, true);
  };

  /** @param {PlainSignal} what */
  const signal = (what) => {
    const { s, value } = what ?? {};
    const list = starting ? waiting : early;
    if (starting && s === 'purchase') {
      history.purchased(value);
      tell('purchase', { value });
    }
    if (running) running.signal(what);
    else if (list.length < EARLY_MAX) list.push(what);
  };

  /** What the shopper says is missing. @param {string} reason */
  const answer = (reason) => {
    signal({ s: 'answer', reason });
    tell('answer', { reason });
  };

  /** Folder of falter's files. */
  const base = () => options.base || new URL('.', import.meta.url).href;

  const start = () => {
    if (starting || broken) return starting ?? Promise.resolve();
    // with a reason, since without one the browser makes an exception, stack and all
    life.abort(0);
    const mine = (life = new AbortController());
    const broke = (/** @type {unknown} */ fault) => {
      broken = true;
      stop();
      fail('internal', 'engine', fault);
    };
    /** @type {import('./run.js').Host & { handle: Falter }} */
    const host = {
      options, further, base, consent, session, history, events, handle,
      tell, fail, broke, answer, over: renew, again: () => (stop(), start()), life: mine, recording: () => recording,
    };
    /** Opens a part that listens to the handle, until the next stop or start. @param {'sinks' | 'consent/bridges'} name */
    const attach = async (name) => {
      try {
        (await loadPart(base, name)).open(host);
      } catch (fault) {
        fail('internal', name, fault);
      }
    };
    if (options.consentFrom || options.debug) attach('consent/bridges');
    if (!may().listen) return Promise.resolve();
    // any beside the dataLayer
    if (Object.keys({ ...options.sinks, datalayer: 0 })[1]) attach('sinks');
    starting = calm()
      .then(() => {
        if (!mine.signal.aborted) return run(host);
      })
      .then((/** @type {any} */ made) => {
        if (mine.signal.aborted) return;
        running = made;
        waiting.splice(0).forEach(made.signal);
        try {
          made.connect(signal);
        } catch (fault) {
          fail('internal', 'shop', fault);
        }
      })
      .catch((fault) => {
        if (mine.signal.aborted) return;
        stop();
        fail(fault.kind ?? 'internal', 'start', fault);
      });
    early.splice(0).forEach(signal);
    return starting;
  };

  const stop = () => {
    life.abort();
    starting = running = undefined;
  };

  /** Anew, from where it stands. */
  const restart = () => {
    running?.keep();
    stop();
    return start();
  };

  const forget = () => {
    session.forget();
    history.forget();
  };

  /** @param {'on' | 'off'} turn the listeners that options brought */
  const listeners = (turn) => {
    for (const [type, listener] of Object.entries(options.on)) if (typeof listener === 'function') events[turn](type, listener);
  };
  /** Lays options over those there are, and tells what could not be read, once somebody may listen. @param {Record<string, any>} [more] */
  const lay = (more) => {
    listeners('off');
    /** A getter, a proxy or a text of the page's own threw: what was there stays. @type {import('./options.js').Fault[]} */
    let faults = [{ code: 'bad_option', where: 'options', message: 'throws' }];
    try {
      ({ given, options, faults, further } = parseOptions(given, more));
    } catch {
      // told below
    }
    listeners('on');
    queueMicrotask(() => faults.forEach(tellFault));
  };
  lay(first);

  return Object.assign(handle, {
    init: async (/** @type {Record<string, any> | undefined} */ more) => {
      lay(more);
      await restart();
    },
    start,
    stop,
    signal,
    consent: (/** @type {Consent | undefined} */ now) => {
      const { faults } = parseOptions({ consent: now });
      faults.forEach(tellFault);
      if (now && !faults[0] && now !== consent()) {
        const stored = +may().store;
        said = now;
        // what was assumed before anybody was asked takes nothing away
        if (stored > +may().store) forget();
        if (running && may().listen && stored >= +may().store) running.configure();
        else restart();
      }
      return consent();
    },
    options: () => options,
    snapshot: () => ({
      running: Boolean(running),
      consent: consent(),
      t: 0,
      risk: 0,
      ...running?.snapshot(),
    }),
    record: () => {
      recording = true;
      return running?.record() ?? '';
    },
    forget: () => {
      forget();
      // else its last breath would bring it all back
      running?.forget();
    },
    on: events.on,
    off: events.off,
    version: FALTER_VERSION,
  });
}
