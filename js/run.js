/**
 * One run, from a start to its stop: an engine behind its door, the visit it goes on with, and what comes of what it says.
 */

import { loadPart } from 'falter-files';
import { capture } from './capture.js';
import { CONSENTS } from './consent.js';
import { makeEngine } from './engine.js';
import { openDoor } from './guard.js';
import { factsSignal, reach } from './options.js';
import { KEY } from './session.js';
import { openShow } from './show.js';

/** What the engine says came of a tick or an event: bits, as in src/web/session.rs. */
const TICKED = 1;
const SHOW = 2;
const HELD_OUT = 4;
const LEFT = 8;
const OVER = 16;

/** The page before this one has written what it knows by then: 2 ms in Chromium (2026-11). */
const LATE_WRITE_MS = 1000;
/** Touch alone, no mouse. */
const TOUCH = '(hover:none) and (pointer:coarse)';

/**
 * @typedef {object} Host what a run has of the handle
 * @property {import('./options.js').Options} options
 * @property {import('./options.js').Further} further facts as they were given
 * @property {() => string} base folder of falter's files
 * @property {() => import('./options.js').Consent} consent
 * @property {ReturnType<typeof import('./session.js').openSession>} session
 * @property {ReturnType<typeof import('./history.js').openHistory>} history
 * @property {(reason: string) => void} answer the shopper said what is missing
 * @property {import('./events.js').Events} events
 * @property {(name: string, detail: any) => boolean} tell an event, to sinks too; false: a listener cancelled it
 * @property {(code: import('./start.js').ErrorCode, where: string, fault: unknown) => void} fail
 * @property {(fault: unknown) => void} broke the engine trapped, and the door has closed
 * @property {() => void} over the visit ended by silence
 * @property {() => boolean} recording whether the shop wants this page recorded
 * @property {AbortController} life of the run; aborted by a stop
 *
 * @typedef {NonNullable<Awaited<ReturnType<typeof run>>>} Run
 */

/**
 * @param {Host} host
 * @returns the run; undefined: it was stopped meanwhile
 * @throws {import('./engine.js').EngineError}
 */
export async function run(host) {
  const { options, further, base, consent, session, history, events, tell, fail, life } = host;
  const door = openDoor(life, host.broke);
  const { dress, show } = openShow(host);
  /** @type {import('./session.js').Visit | undefined} undefined: it is to be forgotten */
  let visit = session.load();
  const { id, started, state } = visit;
  const touch = matchMedia(TOUCH).matches;
  /** @param {'recorder' | 'plays' | 'further'} name @param {(part: any) => void} use */
  const withPart = (name, use) =>
    loadPart(base, name).then(
      (part) => door.call(() => use(part)),
      (fault) => fail('internal', name, fault),
    );
  /** @type {typeof import('./further.js').useFurther | undefined} */
  let useFurther;
  const [{ engine, names, page }] = await Promise.all([
    makeEngine(base, { started, touch }),
    Object.keys({ ...further, ...options.offers, ...options.sections })[0] && withPart('further', (part) => ({ useFurther } = part)),
    // what marks the page is in its body
    document.readyState === 'loading' &&
      new Promise((ready) => document.addEventListener('DOMContentLoaded', ready, { once: true })),
  ]);
  /** @type {typeof import('./recorder.js').openRecorder | undefined} */
  let openRecorder;
  const loadRecorder = () => withPart('recorder', (part) => ({ openRecorder } = part));
  /** The recorder's coming, where it was asked for: one that is to record the whole visit lacks no signal. */
  let recording = (visit.recording || host.recording()) && loadRecorder();
  await recording;
  if (life.signal.aborted) return;

  if (options.plays) withPart('plays', ({ usePlays }) => usePlays(options.plays, engine, names, fail));
  const goes = door.call(() => Boolean(state && engine.restore(state)));
  if (!goes) history.visit();
  const past = history.setup(options.holdout, started);
  /** The recording so far. */
  let recorded = () => '';
  const record = () => {
    const earlier = () => visit?.recording;
    recorded = openRecorder?.({ engine, names, page: page.imports, session: id, touch, past, earlier }) ?? recorded;
  };
  /** The cart's total, to be remembered. @type {number | undefined} */
  let cart;
  const keep = () => {
    if (!visit) return;
    session.save({ ...visit, state: engine.save(), recording: recorded() || undefined });
    if (cart !== undefined) history.cart(cart);
  };
  // A page that comes back from the browser's memory goes on from what happened on the pages since. The last of them may be
  // in a process of its own, and write what it knows when this one is shown already.
  let backAt = -Infinity;
  const comeBack = () => {
    const since = session.load();
    if (since.state) {
      visit = since;
      engine.restore(since.state);
      record();
    }
    engine.signal({ s: 'pageshow', cause: 'bfcache' });
  };
  let hearsStorage = false;
  const configure = () => {
    engine.setup({ ...reach(options), consent: CONSENTS.indexOf(consent()), ...history.setup(options.holdout, started) });
    // listening opens the storage, which takes a millisecond, so only those do who may use it
    if (hearsStorage || !session.usable()) return;
    hearsStorage = true;
    door.on(window, 'storage', ({ key, timeStamp }) => {
      if (key === KEY && timeStamp - backAt < LATE_WRITE_MS) comeBack();
    });
  };

  /** Both sides of the holdout tell the same. @param {string} side @param {any} decision */
  const expose = (side, { t, reason, play }, rendered = false, vetoed = false) =>
    tell('exposure', { side, rendered, vetoed, t, reason, play, cart });
  /** @param {number} flags */
  const happened = (flags) => {
    const decided = flags & (SHOW | HELD_OUT) || (flags & TICKED && events.wanted('decision'));
    const decision = decided ? engine.decision() : null;
    const left = flags & LEFT && engine.leave();
    if (flags & TICKED && events.wanted('risk')) events.emit('risk', engine.risk());
    if (decision) events.emit('decision', decision);
    // Both sides of the holdout count from here, whether or not a card could be drawn.
    if (flags & (SHOW | HELD_OUT)) history.shown(decision?.play);
    if (decision?.show && flags & SHOW) {
      dress(decision.show.message).then((known) => door.call(() => expose('shown', decision, ...show(decision, known))));
    }
    if (flags & HELD_OUT) expose('holdout', decision);
    if (left) tell('leave', left);
    // who hears of it may stop it
    if (flags & OVER && !life.signal.aborted) host.over();
  };

  door.call(() => {
    configure();
    record();
    if (goes) engine.signal({ s: 'pageshow', cause: isFromHere() ? 'shop' : 'unknown' });
    engine.signal(factsSignal(options.facts));
    useFurther?.(host, engine, door.every);
    door.on(window, 'pageshow', ({ persisted, timeStamp }) => {
      if (!persisted) return;
      backAt = timeStamp;
      comeBack();
    });
    engine.listen(performance.now());
    capture(door, engine, { names, page, happened });
    door.on(window, 'pagehide', keep);
    // the last that a phone tells of a page it throws away; a page that comes back has old news only
    door.on(document, 'visibilitychange', () => document.hidden && keep());
  });
  // the engine needed the line and the processor more; a card that is due sooner waits for it
  setTimeout(() => life.signal.aborted || dress());

  return {
    /** @param {import('./shops/index.js').PlainSignal} what */
    signal: (what) =>
      door.call(() => {
        const { s, value } = what ?? {};
        // written with the rest when the page goes: now somebody waits for what their click does
        if (s === 'cart' && value >= 0) cart = value;
        if (s === 'purchase') cart = 0;
        let flags = 0;
        try {
          flags = engine.signal(what);
        } catch (fault) {
          // what the engine refuses is an Error with a text; a trap is not
          if (fault instanceof WebAssembly.RuntimeError) throw fault;
          fail('bad_signal', String(s), fault);
        }
        if (flags) happened(flags);
      }),
    /** Tells the engine what the shopper allows now. */
    configure: () => door.call(configure),
    /** Keeps the visit for its next page. */
    keep: () => door.call(keep),
    snapshot: () => door.call(() => ({ ...engine.risk(), threshold: engine.threshold(), decision: engine.decision() })),
    /** Begins a recording if there is none. @returns {string} it so far; '' until it has begun */
    record: () => {
      recording ||= loadRecorder().then(() => door.call(record));
      return door.call(recorded) ?? '';
    },
    /** What is known of the visit is not kept. */
    forget: () => (visit = undefined),
  };
}

/** Whether the shopper came by a link of the shop's own. */
const isFromHere = () => document.referrer.startsWith(location.origin + '/');
