/**
 * One run, from a start to its stop: an engine behind its door, the visit it goes on with, and what comes of what it says.
 */

import { loadPart } from 'falter-files';
import { capture } from './capture.js';
import { CONSENTS } from './consent.js';
import { makeEngine } from './engine.js';
import { openDoor } from './guard.js';
import { factsSignal, reach } from './options.js';
import { KEY } from './history.js';
import { openShop } from './shops/index.js';
import { openShow } from './show.js';

/** What the engine says came of a tick or an event: bits, as in src/web/session.rs. */
const TICKED = 1;
const SHOW = 2;
const HELD_OUT = 4;
const LEFT = 8;
const OVER = 16;

/** What is pointed with first is a finger. */
const TOUCH = '(pointer:coarse)';

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
 * @property {() => void} again ends this run and begins another, with what the session has by now
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
  // A page that is made before it is asked for, or in a tab that nobody has looked at yet, waits to be seen.
  while (document.hidden) await heard('visibilitychange');
  const door = openDoor(life, host.broke);
  const { dress, show: draw } = openShow(host);
  const touch = matchMedia(TOUCH).matches;
  /** @param {'recorder' | 'plays' | 'further' | 'tabs'} name @param {(part: any) => void} use */
  const withPart = (name, use) =>
    loadPart(base, name).then(
      (part) => door.call(() => use(part)),
      (fault) => fail('internal', name, fault),
    );
  let begun = session.load();
  /** @type {import('./session.js').Visit | undefined} undefined: it is to be forgotten */
  let visit;
  /** @type {import('./tabs.js').Tabs | undefined} */
  let tabs;
  /** @type {() => Promise<any>} */
  const openTabs = () => withPart('tabs', (part) => (tabs ??= part.openTabs(host, door)));
  // A page that goes on with its visit was asked for before the one before it kept it. Any other may be in a further tab.
  const isNew = !(/** @type {number} */ (begun.saved) > performance.timeOrigin);
  if (session.usable() && (isNew ? history.past().visits : begun.shared)) begun = (await (await openTabs())?.begin(isNew)) ?? begun;
  if (life.signal.aborted) return;
  const { id, started } = begun;

  /** @type {typeof import('./further.js').useFurther | undefined} */
  let useFurther;
  const [{ engine, names, page }, connect] = await Promise.all([
    makeEngine(base, { started, touch }),
    openShop(options.shop, base).catch((fault) => fail('internal', 'shop', fault)),
    Object.keys({ ...further, ...options.offers, ...options.sections })[0] && withPart('further', (part) => ({ useFurther } = part)),
  ]);
  /** @type {typeof import('./recorder.js').openRecorder | undefined} */
  let openRecorder;
  const loadRecorder = () => withPart('recorder', (part) => ({ openRecorder } = part));
  /** The recorder's coming, where it was asked for: one that is to record the whole visit lacks no signal. */
  let recording = (begun.recording || host.recording()) && loadRecorder();
  await recording;
  if (life.signal.aborted) return;

  if (options.plays) withPart('plays', ({ usePlays }) => usePlays(options.plays, engine, names, fail));
  /** @type {ReturnType<typeof history.setup>} */
  let past;
  const configure = () => {
    past = history.setup(options.holdout, started);
    engine.setup({ ...reach(options), consent: CONSENTS.indexOf(consent()), ...past });
  };
  /** The recording so far. */
  let recorded = () => '';
  const record = () => {
    const earlier = () => visit?.recording;
    recorded = openRecorder?.({ engine, names, page: page.imports, session: id, touch, past, earlier }) ?? recorded;
  };
  /**
   * Goes on from where another page left the visit, or begins it.
   * @param {import('./session.js').Visit} since @param {string} cause
   */
  const goOn = (since, cause) => {
    visit = since;
    const goes = since.state && engine.restore(since.state);
    if (!goes) history.visit();
    configure();
    record();
    if (goes) engine.signal({ s: 'pageshow', cause });
  };
  /** Keeps the visit for its next page. @param {Event} [event] that this one hides by */
  const keep = (event) => {
    if (!visit) return;
    const isOld = /** @type {any} */ (tabs ?? session).save({ ...visit, state: engine.save(), recording: recorded() || undefined }, event);
    if (!isOld && /** @type {number} */ (visit.cart) >= 0) history.cart(/** @type {number} */ (visit.cart));
  };

  /** Both sides of the holdout tell the same. @param {string} side @param {any} decision */
  const expose = (side, { t, reason, play }, rendered = false, vetoed = false) =>
    tell('exposure', { side, rendered, vetoed, t, reason, play, cart: visit?.cart });
  /** @param {number} flags */
  const happened = (flags) => {
    const decided = flags & (SHOW | HELD_OUT) || (flags & TICKED && events.wanted('decision'));
    const decision = decided ? engine.decision() : null;
    const left = flags & LEFT && engine.leave();
    if (flags & TICKED && events.wanted('risk')) events.emit('risk', engine.risk());
    if (decision) events.emit('decision', decision);
    if (flags & (SHOW | HELD_OUT)) {
      const due = /** @type {NonNullable<typeof decision>} */ (decision);
      const { show, play } = due;
      // Both sides of the holdout count from here, whether or not a card could be drawn. Who leaves while its words are fetched
      // was to see it, and is told of as those are who were not to.
      const isFirst = history.shown(play) && (!tabs || tabs.claim());
      const hides = new Promise((/** @type {(nothing?: any) => void} */ hide) => door.on(document, 'visibilitychange', () => hide()));
      Promise.all([isFirst, Promise.race([show ? dress(show.message) : undefined, hides])]).then(([isFirst, known]) =>
        door.call(() => {
          if (!isFirst) return;
          if (show) expose('shown', due, ...draw(due, known));
          else expose('holdout', due);
        }),
      );
    }
    if (left) {
      const leave = () => tell('leave', left);
      tabs ? tabs.left(leave) : leave();
    }
    // who hears of it may stop it
    if (flags & OVER && !life.signal.aborted) host.over();
  };

  door.call(() => {
    goOn(begun, isFromHere() ? 'shop' : 'unknown');
    Object.assign(host, { id, keep, goOn, inform: engine.signal });
    engine.signal(factsSignal(options.facts));
    useFurther?.(host, engine, door.every, names);
    door.on(window, 'pageshow', ({ persisted }) => persisted && openTabs().then(() => tabs?.comeBack()));
    // listening opens the storage, which takes a millisecond, so only those do who may use it
    if (session.usable())
      door.on(window, 'storage', ({ key }) => {
        // another tab: what it counted holds here, too
        if (key?.startsWith(KEY)) configure(), openTabs();
      });
    engine.listen(performance.now());
    capture(door, engine, { names, page, happened, again: () => (keep(), host.again()) });
    door.on(window, 'pagehide', keep);
    // the last that a phone tells of a page it throws away; a page that comes back has old news only
    door.on(document, 'visibilitychange', () => document.hidden && keep());
  });
  // the engine needed the line and the processor more; a card that is due sooner waits for it
  setTimeout(() => life.signal.aborted || dress());

  return {
    /** Hears of the shop from now on. @param {import('./shops/index.js').Send} send */
    connect: (send) => {
      if (!life.signal.aborted) connect?.(send, life.signal, () => visit?.cart);
    },
    /** @param {import('./shops/index.js').PlainSignal} what */
    signal: (what) =>
      door.call(() => {
        let flags = 0;
        try {
          flags = engine.signal(what);
          const { s, value } = what;
          // written with the rest when the page goes: now somebody waits for what their click does
          if (visit && s === 'cart') visit.cart = value;
          if (visit && s === 'purchase') visit.cart = 0;
        } catch (fault) {
          // what the engine refuses is an Error with a text; a trap is not
          if (/** @type {any} */ (fault)?.name === 'RuntimeError') throw fault;
          fail('bad_signal', String(what?.s), fault);
        }
        if (flags) happened(flags);
      }),
    /** Tells the engine what the shopper allows now. */
    configure: () => door.call(configure),
    /** Keeps the visit for its next page. */
    keep: () => door.call(keep),
    snapshot: () => door.call(() => ({ ...engine.risk(), threshold: engine.threshold(), decision: engine.decision() })),
    /** Begins a recording if there is none. @returns {string | undefined} it so far; '' until it has begun */
    record: () => {
      recording ||= loadRecorder().then(() => door.call(record));
      return door.call(recorded);
    },
    /** What is known of the visit is not kept. */
    forget: () => (visit = undefined),
  };
}

/**
 * @param {string} type of the next event on the document
 * @returns {Promise<any>}
 */
const heard = (type) => new Promise((ready) => document.addEventListener(type, ready, { once: true }));

/** Whether the shopper came by a link of the shop's own. */
const isFromHere = () => document.referrer.startsWith(location.origin + '/');
