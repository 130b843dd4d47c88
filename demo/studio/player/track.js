/** Ticks of one visit, column by column, as they come: all at once from a replay, four a second from a visit that goes on. */

/** Features a tick, reasons of a posterior, numbers of evidence. */
export const WIDTH = { features: 64, contributions: 64, posterior: 13, evidence: 9 };
/** No tick for longer than this: the shopper was away, ms. */
const GAP_MS = 600;
/** In `hold` and `message`: none. */
export const NONE = 255;

/** @typedef {import('../engine/types.js').Ticks} Ticks */
/** @typedef {'t' | 'risk' | 'margin' | 'reason' | 'confidence' | 'hold' | 'message' | 'answers' | 'play'} Column */
/** @typedef {{ from: number, to: number, hold: number }} Span hold: its place; a card is no hold */

/** @type {Column[]} */
const COLUMNS = ['t', 'risk', 'margin', 'reason', 'confidence', 'hold', 'message', 'answers', 'play'];
const ROWS = /** @type {(keyof typeof WIDTH)[]} */ (Object.keys(WIDTH));

/** @template {Uint32Array | Float32Array | Uint8Array} A @param {A} before @param {number} size @returns {A} */
function grown(before, size) {
  const after = new /** @type {any} */ (before.constructor)(size);
  after.set(before);
  return after;
}

export class Track {
  length = 0;
  bias = 0;
  t = new Uint32Array(0);
  risk = new Float32Array(0);
  margin = new Float32Array(0);
  reason = new Uint8Array(0);
  confidence = new Float32Array(0);
  hold = new Uint8Array(0);
  message = new Uint8Array(0);
  answers = new Uint8Array(0);
  play = new Uint8Array(0);
  features = new Float32Array(0);
  contributions = new Float32Array(0);
  posterior = new Float32Array(0);
  evidence = new Float32Array(0);
  /** Stretches of one hold, in order. @type {Span[]} */
  spans = [];
  /** Places of ticks at which a card comes. @type {number[]} */
  cards = [];
  /** The greatest risk so far. */
  peak = 0;

  /** @param {Ticks} [ticks] */
  constructor(ticks) {
    if (ticks) this.append(ticks);
  }

  /** @param {Ticks} ticks later than those that are there */
  append(ticks) {
    const [start, count] = [this.length, ticks.t.length];
    const room = start + count > this.t.length ? Math.max(start + count, this.t.length * 2) : 0;
    for (const name of COLUMNS) {
      if (room) /** @type {any} */ (this)[name] = grown(this[name], room);
      this[name].set(ticks[name], start);
    }
    for (const name of ROWS) {
      if (room) this[name] = grown(this[name], room * WIDTH[name]);
      this[name].set(ticks[name], start * WIDTH[name]);
    }
    // of a model without shares
    this.explains = count ? ticks.contributions.length > 0 : this.explains;
    this.bias = ticks.bias;
    this.length += count;
    for (let i = start; i < this.length; i += 1) this.#see(i);
  }

  /** Whether contributions are known. */
  explains = false;

  /** @param {number} i */
  #see(i) {
    const [t, hold, last] = [this.t[i], this.hold[i], this.spans.at(-1)];
    const isNear = last && t - last.to <= GAP_MS;
    if (isNear) last.to = t;
    if (!isNear || last.hold !== hold) this.spans.push({ from: t, to: t, hold });
    if (hold === NONE) this.cards.push(i);
    if (this.risk[i] > this.peak) this.peak = this.risk[i];
  }

  /** Place of the last tick not after `t`; -1: none. @param {number} t */
  at(t) {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] <= t) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** A tick's row. @param {keyof typeof WIDTH} name @param {number} i */
  row(name, i) {
    return this[name].subarray(i * WIDTH[name], (i + 1) * WIDTH[name]);
  }

  /** When the last tick was, ms; 0 before the first. */
  get end() {
    return this.length ? this.t[this.length - 1] : 0;
  }
}

/** An alert is right when the shopper leaves within so long, ms (src/train/dataset.rs, AHEAD_MS). */
const AHEAD_MS = 10_000;

/**
 * Alerts, as they are judged (src/train/evaluate.rs, which the tests hold this to): at or over the threshold, and not within the
 * cool-down of the last one of the same stretch of presence.
 * @param {Track} track
 * @param {{ threshold: number, cooldownMs: number }} settings
 * @param {import('../engine/types.js').Session['presence']} presence
 * @returns {{ t: number, risk: number, lead: number | null }[]} lead: ms until the shopper leaves; null: they do not within 10 s
 */
export function judgeAlerts(track, { threshold, cooldownMs }, presence) {
  return presence.flatMap(({ start, end, ending }) => {
    /** @type {ReturnType<typeof judgeAlerts>} */
    const found = [];
    for (let i = Math.max(0, track.at(start - 1) + 1); i < track.length && track.t[i] <= end; i += 1) {
      const [t, risk] = [track.t[i], track.risk[i]];
      if (risk < threshold || t < (found.at(-1)?.t ?? -Infinity) + cooldownMs) continue;
      found.push({ t, risk, lead: ending === 'open' || end - t > AHEAD_MS ? null : end - t });
    }
    return found;
  });
}
