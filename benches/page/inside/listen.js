/**
 * Runs in the page: what a movement of the pointer costs with a contender listening, over an empty listener.
 *
 * Two frames of the page: the contender is in one, the other has empty listeners of the same types at the same targets with
 * the same options. Both are sent the same events in turns, a few hundred microseconds each, so that whatever else the
 * machine does falls on both. What a contender puts off to the next frame is run after each event: browsers send one
 * movement a frame. falter's ticks run between the blocks, as its timer would: what one takes is a figure of its own.
 *
 * The clock of both frames is ours, and reading an event's time from it costs less than from the browser. Two more frames
 * say how much less: listeners that read it and nothing else, one on our clock, one on the browser's.
 */

import { TICK_MS, fetchContender, makeMoves, takeClock, takeTicks, wait } from './host.js';

const MOVES = ['pointermove', 'mousemove', 'pointerrawupdate'];
const EVENTS = 60_000;
const WARM_UP_EVENTS = 12_000;
/** Late starters: use-exit-intent listens after five seconds. */
const SETTLE_MS = 500;

/** Without the fifth at either end, where the machine did something else. @param {number[]} values */
function middleMean(values) {
  const cut = Math.floor(values.length / 5);
  const middle = values.sort((one, other) => one - other).slice(cut, values.length - cut);
  return middle.reduce((all, one) => all + one, 0) / middle.length;
}

async function openFrame() {
  const frame = document.createElement('iframe');
  frame.width = '1000';
  frame.height = '700';
  frame.src = '/page/blank.html';
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  document.body.append(frame);
  await loaded;
  return /** @type {any} */ (frame.contentWindow);
}

/** Frames' callbacks run when asked. @param {any} realm a window */
function takeFrames(realm) {
  /** @type {((at: number) => void)[]} */
  let due = [];
  realm.requestAnimationFrame = (/** @type {(at: number) => void} */ run) => due.push(run);
  realm.cancelAnimationFrame = () => {};
  return () => {
    if (!due.length) return;
    const now = due;
    due = [];
    for (const run of now) run(realm.performance.now());
  };
}

/** Headless Chromium has no mouse, and libraries ask. @param {any} realm a window */
function giveMouse(realm) {
  const real = realm.matchMedia.bind(realm);
  realm.matchMedia = (/** @type {string} */ query) => real(query.replace(/hover: ?none/, 'width: 0px'));
}

/** Listeners to movement, as they are added. @param {any} realm a window */
function spy(realm) {
  /** @type {{ target: string, type: string, options: any }[]} */
  const seen = [];
  const add = realm.EventTarget.prototype.addEventListener;
  const { document } = realm;
  const targets = new Map([[realm, 'window'], [document, 'document'], [document.documentElement, 'root'], [document.body, 'body']]);
  realm.EventTarget.prototype.addEventListener = function (/** @type {string} */ type, /** @type {any} */ listener, /** @type {any} */ options) {
    const target = targets.get(this ?? realm);
    if (target && MOVES.includes(type)) seen.push({ target, type, options: typeof options === 'object' ? { ...options, signal: undefined } : options });
    return add.call(this ?? realm, type, listener, options);
  };
  return seen;
}

/**
 * @param {{ name: string, files: string[], hz: number }} given hz: of the pointer
 * @returns {Promise<{ ns: number, dispatch: number, listeners: string[] }>} ns: an event over the empty listener;
 *   dispatch: an event in all, with the empty listener
 */
export async function listen({ name, files, hz }) {
  const { script, bytes } = await fetchContender(name, files);
  const [busy, idle, ours, theirs] = [await openFrame(), await openFrame(), await openFrame(), await openFrame()];
  const seen = spy(busy);
  giveMouse(busy);
  const sides = [busy, idle, ours, theirs].map((realm) => ({
    /** Of the browser's own one there is no setting. */
    clock: realm === theirs ? { at: 0, reads: 0 } : takeClock(realm),
    tick: takeTicks(realm),
    frame: takeFrames(realm),
    moves: makeMoves(realm),
    body: realm.document.body,
    moved: 0,
    /** Times of the blocks, ms. @type {number[]} */
    blocks: [],
  }));
  busy.eval(script);
  const made = await busy.contender.load(bytes);
  await wait(SETTLE_MS);
  for (const { target, type, options } of seen) {
    const on = { window: idle, document: idle.document, root: idle.document.documentElement, body: idle.document.body }[target];
    on.addEventListener(type, idle.eval('() => {}'), options);
  }
  for (const realm of [ours, theirs])
    realm.addEventListener('pointermove', realm.eval('let sum = 0; ({ timeStamp }) => { sum += timeStamp }'), { passive: true });

  const step = 1000 / hz;
  const real = performance.now.bind(performance);
  const [{ clock, tick }] = sides;
  let at = busy.performance.now();
  if (made?.snapshot) for (const { t } = made.snapshot(); made.snapshot().t === t; tick()) clock.at = at += 1;
  // a tick has just been: the next is due after each block's last event
  const events = Math.floor((TICK_MS - 1) / step);
  const rounds = Math.ceil(EVENTS / events);
  /** @param {typeof sides[number]} side */
  const send = ({ clock, moves, body, frame, blocks, moved }) => {
    const start = real();
    for (let i = 1; i <= events; i++) {
      clock.at = at + i * step;
      const [pointer, mouse] = moves[(moved + i) % moves.length];
      body.dispatchEvent(pointer);
      body.dispatchEvent(mouse);
      frame();
    }
    blocks.push(real() - start);
  };
  let reads = 0;
  for (let round = -Math.ceil(WARM_UP_EVENTS / events); round < rounds; round++) {
    if (round === 0) {
      for (const side of sides) side.blocks.length = 0;
      reads = clock.reads;
    }
    for (let i = 0; i < sides.length; i++) {
      const side = sides[(i + Math.abs(round)) % sides.length];
      send(side);
      side.moved += events;
    }
    at += TICK_MS;
    for (const { clock, tick } of sides) {
      clock.at = at;
      tick();
    }
  }
  const readsEach = (clock.reads - reads) / (rounds * events);
  const [full, empty, ourRead, theirRead] = sides.map(({ blocks }) => (middleMean(blocks) * 1e6) / events);
  const ns = full - empty + readsEach * (theirRead - ourRead);
  return { ns, dispatch: empty, listeners: seen.map(({ target, type }) => `${target} ${type}`) };
}
