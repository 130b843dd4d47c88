/** What a visit looked like at a moment: read of its recording, line by line, as it grows. */

/** Lines read in one go: some 2 ms. */
const PART = 2000;

/**
 * @typedef {{ t: number, w: number, h: number, docH: number }} Size
 * @typedef {{ from: number, to: number, how: 'hidden' | 'blur' | 'gone' }} Away to: Infinity while it lasts
 * @typedef {object} Moment
 * @property {Size} size
 * @property {number} scroll px
 * @property {string} page '' where it is not known
 * @property {Away | undefined} away
 * @property {string} out the edge the pointer left through; '' inside
 * @property {Set<string>} seen sections in view
 * @property {Set<string>} hovered sections the pointer rests in
 * @property {number | null} cart its total
 */

/** The last place whose time is not after `t`; -1: none. @param {ArrayLike<number>} times @param {number} t */
export function lastAt(times, t) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const EDGES = ['', 'top', 'right', 'bottom', 'left'];

export class Scene {
  /** @type {Record<string, any>} */
  header = {};
  signals = 0;
  end = 0;
  /** Where the pointer was; NaN: it had left. */
  pointer = { t: /** @type {number[]} */ ([]), x: /** @type {number[]} */ ([]), y: /** @type {number[]} */ ([]) };
  clicks = { t: /** @type {number[]} */ ([]), x: /** @type {number[]} */ ([]), y: /** @type {number[]} */ ([]) };
  #scroll = { t: /** @type {number[]} */ ([]), y: /** @type {number[]} */ ([]) };
  /** @type {Size[]} */
  #sizes = [];
  /** @type {Away[]} */
  aways = [];
  /** Everything that changes in steps. @type {{ t: number, what: 'page' | 'see' | 'unsee' | 'hover' | 'unhover' | 'out' | 'cart', value: any }[]} */
  #steps = [];
  /** The steps up to one place, so that playing on reads only what is new. */
  #state = { place: 0, page: '', seen: new Set(), hovered: new Set(), out: 0, cart: /** @type {number | null} */ (null) };
  /** A line that has not come whole yet. */
  #rest = '';

  /** @param {string} text lines of the recording that were not there before */
  read(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  /** All of a recording, without the page standing still. @param {string} text @returns {Promise<Scene>} */
  static async of(text) {
    const scene = new Scene();
    const lines = text.split('\n');
    for (let at = 0; at < lines.length; at += PART) {
      if (at) await new Promise((next) => setTimeout(next));
      for (const line of lines.slice(at, at + PART)) scene.#line(line);
    }
    return scene;
  }

  /** @param {string} line */
  #line(line) {
    if (!line.trim()) return;
    const signal = JSON.parse(line);
    if ('session' in signal) {
      this.header = signal;
      const { w = 1280, h = 720, docH = h } = signal;
      this.#sizes.push({ t: 0, w, h, docH });
      this.end = Math.max(this.end, signal.end ?? 0);
      return;
    }
    this.signals += 1;
    this.end = Math.max(this.end, signal.t);
    this.#signal(signal);
  }

  /** @param {Record<string, any>} signal */
  #signal({ t, s, x, y, ...more }) {
    const { pointer } = this;
    if (s === 'move' || s === 'down' || s === 'up' || s === 'click') {
      if (Number.isFinite(x)) pointer.t.push(t), pointer.x.push(x), pointer.y.push(y);
      if (s === 'click') this.clicks.t.push(t), this.clicks.x.push(x), this.clicks.y.push(y);
      if (this.#steps.length && this.#outNow) this.#step(t, 'out', 0);
    } else if (s === 'scroll') this.#scroll.t.push(t), this.#scroll.y.push(y);
    else if (s === 'resize') this.#sizes.push({ t, w: more.w, h: more.h, docH: more.docH });
    else if (s === 'out') {
      pointer.t.push(t), pointer.x.push(NaN), pointer.y.push(NaN);
      this.#step(t, 'out', Math.max(1, EDGES.indexOf(more.edge)));
    } else if (s === 'in') this.#step(t, 'out', 0);
    else if (s === 'see' || s === 'unsee' || s === 'hover' || s === 'unhover') this.#step(t, s, more.section);
    else if (s === 'page') {
      this.#step(t, 'page', more.page);
      // another document is at its top
      this.#scroll.t.push(t), this.#scroll.y.push(0);
    } else if (s === 'cart') this.#step(t, 'cart', more.value);
    else this.#presence(t, s, more);
  }

  /** @param {number} t @param {string} s @param {Record<string, any>} more */
  #presence(t, s, { to = 'outside' }) {
    const last = this.aways.at(-1);
    const isAway = last?.to === Infinity;
    const how = s === 'hidden' ? 'hidden' : s === 'unload' ? 'gone' : s === 'blur' && to === 'outside' ? 'blur' : undefined;
    if (how && isAway) {
      // a window that loses the focus as its tab is hidden
      if (how !== 'blur') last.how = how;
    } else if (how) this.aways.push({ from: t, to: Infinity, how });
    else if (isAway && (s === 'visible' || s === 'pageshow' || (s === 'focus' && last.how === 'blur'))) last.to = t;
  }

  #outNow = false;
  /** @param {number} t @param {'page' | 'see' | 'unsee' | 'hover' | 'unhover' | 'out' | 'cart'} what @param {any} value */
  #step(t, what, value) {
    if (what === 'out') this.#outNow = value > 0;
    this.#steps.push({ t, what, value });
  }

  /** @param {number} t */
  away(t) {
    const place = lastAt(this.aways.map(({ from }) => from), t);
    return place >= 0 && t < this.aways[place].to ? this.aways[place] : undefined;
  }

  /** @param {number} t @returns {Moment} */
  moment(t) {
    const state = this.#state;
    // back in time: from the beginning
    if (state.place > 0 && this.#steps[state.place - 1].t > t) {
      state.seen.clear();
      state.hovered.clear();
      Object.assign(state, { place: 0, page: '', out: 0, cart: null });
    }
    for (; state.place < this.#steps.length && this.#steps[state.place].t <= t; state.place += 1) this.#take(this.#steps[state.place]);
    const scroll = lastAt(this.#scroll.t, t);
    const size = lastAt(this.#sizes.map((one) => one.t), t);
    return {
      size: this.#sizes[Math.max(0, size)] ?? { t: 0, w: 1280, h: 720, docH: 720 },
      scroll: scroll < 0 ? 0 : this.#scroll.y[scroll],
      page: state.page,
      away: this.away(t),
      out: EDGES[state.out],
      seen: state.seen,
      hovered: state.hovered,
      cart: state.cart,
    };
  }

  /** @param {{ what: string, value: any }} step */
  #take({ what, value }) {
    const state = this.#state;
    if (what === 'page') {
      state.page = value;
      state.seen.clear();
      state.hovered.clear();
    } else if (what === 'see') state.seen.add(value);
    else if (what === 'unsee') state.seen.delete(value);
    else if (what === 'hover') state.hovered.add(value);
    else if (what === 'unhover') state.hovered.delete(value);
    else if (what === 'out') state.out = value;
    else if (what === 'cart') state.cart = value ?? state.cart;
  }
}
