/**
 * How sure of its reason the engine has to be for a card that answers it. Under that the card says what is true in general, as one
 * for `unsure` does. Where nothing is, there is no card; since it was due, there is none later in the visit.
 */

import { SHARE, quoted, read, refusal } from '../options.js';

/** A card is shown, or held out: bits of what the engine says comes of a tick or an event, as in src/web/session.rs. */
const DUE = 2 | 4;

/**
 * @typedef {import('../options.js').Fault} Fault
 * @typedef {import('../options.js').Options} Options
 * @typedef {Record<string, number>} Floors reason → posterior, 0..1
 *
 * @typedef {object} Engine what is replaced of js/instance.js
 * @property {() => any} decision
 * @property {(now: number, wall: number) => number} tick
 * @property {import('../instance.js').Exports['hear']} hear
 * @property {(what: import('../signals.js').PlainSignal) => number} signal
 */

/**
 * @param {import('../options.js').Further} further what was given; what is at fault is taken out of it, so that it is told once
 *   however often falter starts
 * @param {string[]} reasons the last is `unsure`, which there is no being sure of
 * @returns {{ confidence: Floors | undefined, faults: Fault[] }} undefined: none was given
 */
export function readConfidence({ confidence }, reasons) {
  /** @type {Fault[]} */
  const faults = [];
  if (!confidence) return { confidence, faults };
  /** @type {Floors} */
  const floors = {};
  const { raw, where } = confidence;
  const given =
    raw && typeof raw === 'object'
      ? Object.entries(raw)
      : quoted(raw)
          .split(/ *, */)
          .map((one) => one.split(/ (.*)/));
  for (const [reason, value] of given) {
    const isReason = reasons.slice(0, -1).includes(reason);
    const floor = read(value, SHARE);
    if (isReason && floor !== undefined) floors[reason] = floor;
    else {
      const message = isReason ? refusal(value, `${SHARE} for ${reason}`) : `"${reason.slice(0, 40)}" is no reason`;
      faults.push({ code: 'bad_option', where, message });
    }
  }
  confidence.raw = floors;
  return { confidence: floors, faults };
}

/**
 * Puts the floors between the engine and who hears it.
 * @param {Engine} engine
 * @param {Floors} floors
 * @param {Pick<Options, 'facts' | 'offers'>} options
 */
export function demand(engine, floors, { facts, offers }) {
  const { decision, tick, hear, signal } = engine;
  const general = generalOf(facts, offers);
  /** A play is the shop's own word. @param {{ reason: string, confidence: number, play: string | null }} decided */
  const isGuess = ({ reason, confidence, play }) => !play && confidence < floors[reason];
  engine.decision = () => {
    const decided = decision();
    if (!decided?.show || !isGuess(decided)) return decided;
    return general ? { ...decided, show: { ...decided.show, reason: 'unsure', ...general } } : { ...decided, show: null, hold: 'nothing_to_say' };
  };
  // What has nothing to say is not due, on either side of the holdout.
  /** @param {number} flags */
  const heeded = (flags) => (flags & DUE && !general && isGuess(decision()) ? flags & ~DUE : flags);
  engine.tick = (now, wall) => heeded(tick(now, wall));
  engine.hear = (heard, time, x, y, what) => heeded(hear(heard, time, x, y, what));
  engine.signal = (what) => heeded(signal(what));
}

/**
 * What is true whatever the doubt: the engine's own answers to `unsure` (src/policy/message.rs; tests/js/further.test.js holds
 * this to them).
 * @param {Partial<Options['facts']>} facts
 * @param {Options['offers']} offers
 * @returns {{ message: string, offer: string } | undefined}
 */
function generalOf({ freeShippingFrom, deliveryDays, returnsDays, instalments, pricePromise }, { chat }) {
  const promises = [freeShippingFrom, deliveryDays, returnsDays, instalments, pricePromise];
  if (promises.some((promise) => promise !== undefined)) return { message: 'help', offer: 'reassurance' };
  if (chat) return { message: 'chat', offer: 'service' };
}
