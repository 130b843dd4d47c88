/**
 * Runs in the page, before falter: a world with a time of its own, in which minutes pass in seconds.
 *
 * Simulated are the clocks (`performance.now`, `performance.timeOrigin`, `Date.now`, the time stamps of events), timers by the
 * interval, `document.hidden`, and the events that say what the shopper does. The browser's own are the page, its loads, its memory
 * of pages, storage and everything falter does. What the engine hears is taken where it would be handed to a recorder.
 */

import { TICK_MS, makeMoves, takeClock, watchMemory } from '/benches/page/inside/host.js';
import { readNames } from '/js/instance.js';
import { toLine } from '/js/signals.js';

/** Where the world is kept from page to page: a cookie, which a page that comes back reads as the one before it wrote it. */
const KEY = 'soak';
/** A hidden page's timers run once a second, and after so long once a minute (Chromium, "Heavy throttling of chained JS timers"). */
const [SECOND_MS, INTENSIVE_AFTER_MS, MINUTE_MS] = [1000, 5 * 60_000, 60_000];
/** No tick is due after so long without a signal, ms. */
const SILENCE_MS = 30 * 60_000;
/** falter takes more than this for sleep (src/web/clock.rs), ms. */
const SLEEP_MS = 1000;

/**
 * @typedef {object} Kept
 * @property {number} wall what the wall clock says, ms
 * @property {number} monotonic what the clock says that stands still in sleep and is never set, ms
 * @property {number} started wall time at which the visit began, ms; 0: none yet
 * @property {number} t its time, as it ought to be, ms
 * @property {number} lead how far the wall clock is ahead of it, ms
 * @property {number} visits begun so far
 * @property {number} loads pages loaded so far
 * @property {number} heard the last signal, ms of the visit
 * @property {number} drift how far a movement was off the time it was made at, at most, ms
 * @property {boolean} isGoing a page that was told to go has not told all yet
 * @property {string} lines heard, and not handed out yet: a recording's
 * @property {[visit: number, t: number, wanted: number, risk: number, decision: string, reason: string][]} ticks told, and not handed
 *   out yet; wanted: the time that it ought to be
 * @property {[visit: number, from: number, to: number][]} leaps spans of time that passed at once
 * @property {[visit: number, what: string][]} told cards and errors
 * @property {number} stale ticks that a page told after it came back, and before it knew what the pages since had told
 */

/** @param {boolean} isGoing */
const keep = (isGoing) => (document.cookie = `${KEY}=${encodeURIComponent(JSON.stringify({ ...world, isGoing }))}`);
/** @returns {Kept | null} */
const kept = () => JSON.parse(decodeURIComponent(document.cookie.match(`${KEY}=([^;]+)`)?.[1] ?? 'null'));

/** @type {Kept} */
const world = kept() ?? {
  wall: 1_800_000_000_000, monotonic: 0, started: 0, t: 0, lead: 0, visits: 0, loads: 0, lines: '', ticks: [], leaps: [], told: [], stale: 0, isGoing: false, heard: 0, drift: 0,
};
world.loads += 1;

const realm = /** @type {any} */ (window);
const clock = takeClock(realm);
/** Monotonic time of this page's time 0. */
const origin = world.monotonic;
const timeOrigin = world.wall;
/** How old events are when they are heard, ms. */
let lag = 0;
const setTime = () => (clock.at = world.monotonic - origin);
setTime();
Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin });
Date.now = () => world.wall;
Object.defineProperty(Event.prototype, 'timeStamp', { configurable: true, get: () => Math.max(0, world.monotonic - origin - lag) });

/** @type {Map<number, { run: () => void, ms: number, due: number }>} */
const timers = new Map();
let timerId = 0;
realm.setInterval = (/** @type {(...given: any[]) => void} */ run, /** @type {number} */ ms, /** @type {any[]} */ ...given) => {
  nextDue = 0;
  timers.set((timerId -= 1), { run: () => run(...given), ms, due: world.monotonic + ms });
  return timerId;
};
const { clearInterval } = realm;
realm.clearInterval = (/** @type {number} */ id) => timers.delete(id) || clearInterval(id);

const isHidden = /** @type {any} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'hidden')).get;
/** Since when the tab is hidden, monotonic ms; undefined: it is not. @type {number | undefined} */
let hiddenSince;
Object.defineProperty(document, 'hidden', { get: () => hiddenSince !== undefined || isHidden.call(document) });

/** The wall clock is asked: what it is ahead by more than a little was sleep, or a clock that was set. */
function credit() {
  if (world.lead <= SLEEP_MS) return;
  world.leaps.push([world.visits, world.t, world.t + world.lead]);
  world.t += world.lead;
  world.lead = 0;
}

/** When the next is due; asked a thousand times a second. */
let nextDue = 0;
/** Runs the timers that are due; those of a hidden page seldom. */
function runTimers() {
  if (world.monotonic < nextDue) return;
  nextDue = Infinity;
  for (const timer of timers.values()) {
    nextDue = Math.min(nextDue, timer.due);
    if (world.monotonic < timer.due) continue;
    const hidden = hiddenSince === undefined ? 0 : world.monotonic - hiddenSince;
    const least = hiddenSince === undefined ? 0 : hidden >= INTENSIVE_AFTER_MS ? MINUTE_MS : SECOND_MS;
    if (least && world.monotonic % least) continue;
    timer.due = Math.max(timer.due + timer.ms, world.monotonic + 1);
    nextDue = Math.min(nextDue, timer.due);
    credit();
    timer.run();
  }
}

const memory = watchMemory(realm);
/** Whether it came back from the browser's memory just now. */
let isBack = false;
/** Whether what that one told as it went is here. */
let isWhole = true;
/**
 * It may tell so when this page is shown already. What this one heard until then is in no recording: falter goes on from what that
 * one left.
 */
function catchUp() {
  const { lines, isGoing } = /** @type {Kept} */ (kept());
  if (!isBack || isGoing) return;
  isWhole = true;
  world.stale += world.ticks.length;
  Object.assign(world, { lines, isGoing, ticks: [] });
}
const { instantiate } = WebAssembly;
/** What the engine takes in, where it hands it to a recorder. */
realm.WebAssembly.instantiate = async (/** @type {WebAssembly.Module} */ module, /** @type {any} */ { page }) => {
  const names = readNames(/** @type {any} */ (module));
  const forms = /** @type {any} */ (names);
  let numbers = new Float64Array();
  const record = (/** @type {number} */ kind, /** @type {number} */ at, /** @type {number} */ t) => {
    if (numbers.buffer !== exports.memory.buffer) numbers = new Float64Array(exports.memory.buffer, exports.numbers(), 64);
    world.heard = at;
    // a movement is of the very millisecond in which it was made
    if (kind === 0) world.drift = Math.max(world.drift, Math.abs(t - world.t + lag));
    // what nearly all of them are, written at once
    world.lines += kind === 0 && at === t ? `{"t":${t},"s":"move","x":${numbers[0]},"y":${numbers[1]}}\n` : toLine(forms, kind, at, t, numbers) + '\n';
  };
  const { exports } = /** @type {any} */ (await instantiate(module, { page: { ...page, record } }));
  const open = (/** @type {number} */ started, /** @type {number} */ from, /** @type {boolean} */ touch) => {
    const fault = exports.open(started, from, touch);
    exports.record();
    if (started !== world.started) {
      Object.assign(world, { started, t: world.wall - started, lead: 0, visits: world.visits + 1 });
      const header = { session: String(world.visits), format: 1, source: 'soak', device: 'mouse', w: page.width(), h: page.height(), docH: page.depth(), end: 0 };
      world.lines += JSON.stringify(header) + '\n';
    } else {
      // a page that loads asks the wall clock; one that was set back is not followed
      world.lead = world.wall - started - world.t;
      if (world.lead > 0) [world.t, world.lead] = [world.t + world.lead, 0];
    }
    return fault;
  };
  const restore = () => {
    catchUp();
    return exports.restore();
  };
  return { exports: { ...exports, open, restore } };
};

/** The tick that is due last by now: none is after half an hour without a signal. */
const lastDue = () => Math.floor(Math.min(world.t, world.heard + SILENCE_MS) / TICK_MS) * TICK_MS;

addEventListener('DOMContentLoaded', () => {
  const { falter } = realm;
  falter.on('decision', (/** @type {CustomEvent} */ { detail: { t, risk, show, hold, reason } }) => {
    world.ticks.push([world.visits, t, lastDue(), risk, show ? 'show' : hold, reason]);
  });
  for (const type of ['show', 'exposure']) falter.on(type, () => world.told.push([world.visits, type]));
  document.addEventListener('falter:error', (event) => world.told.push([world.visits, `error ${JSON.stringify(/** @type {any} */ (event).detail)}`]));
});
// what the shop itself must never see
addEventListener('error', ({ message }) => world.told.push([world.visits, `error ${message}`]));
addEventListener('unhandledrejection', ({ reason }) => world.told.push([world.visits, `error ${reason}`]));

const moves = makeMoves(realm);
let moved = 0;
/** @param {string} type @param {any} [more] @param {EventTarget} [target] */
const send = (type, more = {}, target = document.body) =>
  target.dispatchEvent(new (type.startsWith('pointer') || type === 'click' ? PointerEvent : type.startsWith('key') ? KeyboardEvent : Event)(type, { bubbles: true, ...more }));

/** @param {number} ms */
function pass(ms) {
  world.monotonic += ms;
  world.wall += ms;
  world.t += ms;
  setTime();
}

Object.assign(realm, {
  soak: {
    /** Moves the pointer a thousand times a second. @param {number} ms @param {number} [late] how old events are, ms */
    move: (ms, late = 0) => {
      for (let i = 0; i < ms; i += 1) {
        pass(1);
        lag = late && moved % late;
        document.body.dispatchEvent(moves[moved++ % moves.length][0]);
        lag = 0;
        runTimers();
      }
    },
    /** Nothing happens. @param {number} ms */
    rest: (ms) => {
      for (let i = 0; i < ms; i += 1) {
        pass(1);
        runTimers();
      }
    },
    send,
    /** The machine sleeps, or its clock is set: the one clock goes on, the other does not. @param {number} ms */
    shift: (ms) => {
      world.wall += ms;
      world.lead += ms;
    },
    /** @param {boolean} hidden */
    hide: (hidden) => {
      hiddenSince = hidden ? world.monotonic : undefined;
      send('visibilitychange', {}, document);
    },
    /** Goes to another page, or back; what is heard as this one goes is kept. @param {() => void} go */
    leave: (go) => {
      keep(true);
      // after falter has heard of it, and before it keeps the visit
      addEventListener('pagehide', () => keep(false), { once: true, capture: true });
      go();
    },
    /** Whether it waits for what the pages since it was left have to tell. */
    isWaiting: () => !isWhole,
    /** Hands out what was told. */
    take: () => {
      const { lines, ticks, leaps, told } = world;
      isBack = false;
      Object.assign(world, { lines: '', ticks: [], leaps: [], told: [] });
      return { lines, ticks, leaps, told, timers: timers.size, kib: (memory()?.buffer.byteLength ?? 0) / 1024, visit: world.visits, loads: world.loads, heard: world.heard, drift: world.drift };
    },
  },
});

// a page that comes back from the browser's memory finds the world as it is now
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  Object.assign(world, kept());
  isBack = true;
  isWhole = false;
  setTime();
});
