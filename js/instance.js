/**
 * One engine: an instance of the module, and what it says as objects. Numbers alone cross (src/boundary.rs), over memory
 * that both sides know; an instance has memory of its own, which goes with it.
 */

import {
  TOLD_CART, TOLD_CONFIDENCE, TOLD_DOUBT, TOLD_EVIDENCE, TOLD_HOLD, TOLD_LEAVE_CART, TOLD_LEAVE_REASON, TOLD_LEAVE_RISK, TOLD_LEAVE_T,
  TOLD_MESSAGE, TOLD_NOW, TOLD_OFFER, TOLD_PLAY, TOLD_REASON, TOLD_RISK, TOLD_T, TOLD_THRESHOLD,
} from './names.js';
import { writeSignal } from './signals.js';

/** Numbers that are shared: the features are the most that cross. */
export const NUMBERS = 64;
/** Three numbers each: place in the list, value, weight. */
const EVIDENCE_AT = [TOLD_EVIDENCE, TOLD_EVIDENCE + 3, TOLD_EVIDENCE + 6];

/**
 * What the module exports (src/web/exports.rs). Flags are bits: 1 a tick ran, 2 show a card, 4 held out, 8 a leave, 16 the
 * session is over.
 *
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => number} numbers
 * @property {(length: number) => number} bytes
 * @property {(started: number, origin: number, touch: boolean) => number} open
 * @property {() => void} setup
 * @property {(place: number) => void} play
 * @property {() => number} restore
 * @property {(now: number) => void} listen
 * @property {(heard: number, time: number, x: number, y: number, what: number) => number} hear
 * @property {(now: number, wall: number) => number} tick
 * @property {(kind: number, t: number, late: number, now: number) => number} signal
 * @property {() => void} tell
 * @property {() => void} features
 * @property {() => number} save
 * @property {() => void} record
 *
 * @typedef {object} Told names of what is told
 * @property {string[]} reasons
 * @property {string[]} holds
 * @property {string[]} messages
 * @property {string[]} offers
 * @property {string[]} settings
 * @property {string[]} plays those in force: at first those that come with the engine (js/plays.js puts a shop's own in their place)
 * @property {string[]} evidence name:unit, or a name alone where it has none
 *
 * @typedef {WebAssembly.Module & Partial<import('./assets/given.js').Plain>} Module
 *
 * @typedef {Told & import('./page.js').Marks & import('./signals.js').Forms} Names
 *
 * @typedef {(kind: number, at: number, t: number, numbers: Float64Array) => void} Take a signal, at the stream's time and of
 *   its own; the numbers are good until it returns
 *
 * @typedef {Awaited<ReturnType<typeof openInstance>>} Engine
 */

/**
 * The texts that travel with the module (tests/names.rs): a list a line, its name first.
 * @param {Module} module
 * @returns {Names}
 */
export function readNames(module) {
  /** @type {any} */
  const names = {};
  for (const line of new TextDecoder().decode(module.names ?? WebAssembly.Module.customSections(module, 'names')[0]).split('\n')) {
    const [name, ...words] = line.split(' ');
    names[name] = words;
  }
  return names;
}

/** What is not known is null to the page, as in JSON. @param {number} number */
const known = (number) => (isNaN(number) ? null : number);

/**
 * @param {Module} module
 * @param {Uint8Array} model
 * @param {Names} names
 * @param {import('./page.js').Page} page what it reads of the page
 * @param {{ started: number, origin: number, touch: boolean }} session started: wall ms; origin: wall ms of the page's time 0
 * @throws {import('./engine.js').EngineError} the bytes are not a model, or there is no room for an engine
 */
export async function openInstance(module, model, names, page, { started, origin, touch }) {
  /** @type {Take | undefined} */
  let take;
  /** @param {number} kind @param {number} at @param {number} t */
  const record = (kind, at, t) => take?.(kind, at, t, numbers());
  const { exports } = await (module.instantiate ?? WebAssembly.instantiate)(module, { page: { ...page, record } });
  const wasm = /** @type {Exports} */ (/** @type {unknown} */ (exports));
  /** @type {Float64Array<ArrayBuffer> | undefined} */
  let shared;
  /** The shared numbers; memory that grew is another buffer. */
  const numbers = () =>
    shared?.buffer === wasm.memory.buffer ? shared : (shared = new Float64Array(wasm.memory.buffer, wasm.numbers(), NUMBERS));
  /** @param {number} length */
  const room = (length) => {
    const at = wasm.bytes(length);
    return new Uint8Array(wasm.memory.buffer, at, length);
  };

  room(model.length).set(model);
  const offset = wasm.open(started, origin, touch);
  // src/model/format.rs: 4 and 16 are versions, 24 the checksum
  if (offset >= 0) throw Object.assign(Error(`no model of this version (at byte ${offset})`), { kind: 'model_failed' });

  /** All there is to tell. */
  const told = () => {
    wasm.tell();
    return numbers();
  };
  return {
    // What is called as it is, without a function between that an event would have to pass: hear(), an event of `js/capture.js`
    // → flags; tick(), page time and wall time → flags; listen() tells the page that is shown, and looks at it from then on.
    ...wasm,
    /**
     * Takes a signal; without a `t` it happens now.
     * @param {import('./signals.js').PlainSignal} what
     * @returns {number} flags
     * @throws an Error that names what is wrong with it
     */
    signal: (what) => {
      const { kind, t, late } = writeSignal(names, what, numbers());
      return wasm.signal(kind, t, late, performance.now());
    },
    /** @param {Record<string, number | boolean | undefined>} given by name; what is undefined is kept */
    setup: (given) => {
      names.settings.forEach((name, place) => (numbers()[place] = Number(given[name])));
      wasm.setup();
    },
    /** Goes on with a saved session. @param {Uint8Array} state @returns {boolean} false: it is none */
    restore: (state) => {
      room(state.length).set(state);
      return Boolean(wasm.restore());
    },
    /** @returns {Uint8Array} the session's state, for the next page */
    save: () => room(wasm.save()).slice(),
    /** Time and risk of the last tick, 0 before the first. */
    risk: () => {
      const now = told();
      return { t: now[TOLD_T] || 0, risk: now[TOLD_RISK] || 0 };
    },
    /** Risk from which a leave counts as likely. */
    threshold: () => told()[TOLD_THRESHOLD],
    /** The detail of `falter:decision`; null before the first. */
    decision: () => {
      const now = told();
      if (isNaN(now[TOLD_T])) return null;
      const reason = names.reasons[now[TOLD_REASON]];
      const hold = names.holds[now[TOLD_HOLD]] ?? null;
      const evidence = EVIDENCE_AT.filter((at) => now[at + 2] > 0).map((at) => {
        const [name, unit = ''] = names.evidence[now[at]].split(':');
        return { name, value: now[at + 1], unit, weight: now[at + 2] };
      });
      const play = names.plays[now[TOLD_PLAY]] ?? null;
      const show = hold
        ? null
        : {
            reason: names.reasons[now[TOLD_DOUBT]],
            message: names.messages[now[TOLD_MESSAGE]],
            offer: names.offers[now[TOLD_OFFER]],
            cart: known(now[TOLD_CART]),
          };
      return { t: now[TOLD_T], risk: now[TOLD_RISK], reason, confidence: now[TOLD_CONFIDENCE], evidence, show, hold, play };
    },
    /** The detail of `falter:leave`. */
    leave: () => {
      const now = told();
      return { t: now[TOLD_LEAVE_T], reason: names.reasons[now[TOLD_LEAVE_REASON]], risk: now[TOLD_LEAVE_RISK], cart: known(now[TOLD_LEAVE_CART]) };
    },
    /** The features of the last tick. */
    features: () => {
      wasm.features();
      return numbers().slice();
    },
    /** Tells every signal from now on. @param {Take} given */
    record: (given) => {
      take = given;
      wasm.record();
    },
    /** Session time, ms. */
    now: () => told()[TOLD_NOW],
  };
}
