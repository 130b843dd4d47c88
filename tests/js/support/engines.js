/** The engine as WebAssembly and as plain JavaScript, without a page, and everything that either says. */

import { readFile } from 'node:fs/promises';
import { openInstance, readNames } from '../../../js/instance.js';
import { openRecorder } from '../../../js/recorder.js';

const root = new URL('../../../', import.meta.url);
/** @param {string} path */
export const read = (path) => readFile(new URL(path, root));

export const wasm = await WebAssembly.compile(await read('dist/falter.wasm'));
export const plain = await import(new URL('dist/falter.nowasm.js', root).href);
export const model = new Uint8Array(await read('dist/exit.falter'));
export const names = readNames(wasm);
/** Wall time at which sessions begin, ms. */
export const STARTED = 1e12;
const TICK_MS = 250;
/** Longer than a session's silence may be: no tick is due from here on. */
const SILENCE_MS = 31 * 60_000;

/** @typedef {{ w?: number, h?: number, docH?: number, device?: string }} Header */

/** @param {Header} header */
export const pageOf = ({ w = 1280, h = 720, docH = 3000 }) => ({
  width: () => w,
  height: () => h,
  depth: () => docH,
  section: (/** @type {number} */ x) => (x > 700 ? 2 : -1),
  path: () => 7,
  kind: () => 1,
  item: () => NaN,
  dialog: () => 0,
});

/** @param {any} module @param {Header} header */
export const open = (module, header) =>
  openInstance(module, model, names, pageOf(header), { started: STARTED, origin: STARTED, touch: header.device === 'touch' });

/** Numbers as the bits they are, so that -0 is not 0; any NaN is NaN. @param {Float64Array} numbers */
export const bits = (numbers) => Buffer.from(numbers.map((number) => (isNaN(number) ? NaN : number)).buffer).toString('hex');

/** What comes of it; of what is refused its text. A trap is no answer. @param {() => any} ask */
const answer = (ask) => {
  try {
    return ask();
  } catch (fault) {
    const { name, message } = /** @type {Error} */ (fault);
    if (name === 'RuntimeError') throw fault;
    return message;
  }
};

/**
 * Everything an engine says, tick by tick.
 * @param {any} module @param {Header} header @param {any[]} signals @param {number} end
 * @param {{ setup?: Record<string, number>, session?: string }} [how]
 */
export async function told(module, header, signals, end, { setup = { threshold: 0.01, arming_ms: 2000 }, session = 'x' } = {}) {
  const engine = await open(module, header);
  engine.setup({ consent: 2, visits: 2, orders: 1, ...setup });
  const past = { visits: 2, orders: 1 };
  const recorded = openRecorder({ engine, names, page: /** @type {any} */ (pageOf(header)), session, touch: header.device === 'touch', past, earlier: () => undefined });
  /** @type {any[]} */
  const made = [];
  /** @type {{ t: number, risk: number, features: Float64Array, decision: any }[]} */
  const ticks = [];
  /** @param {number} flags */
  const note = (flags) => {
    if (!flags) return;
    const decision = engine.decision();
    made.push([flags, engine.risk(), bits(engine.features()), decision, engine.leave()]);
    if (flags & 1) ticks.push({ ...engine.risk(), features: engine.features(), decision });
  };
  let ticked = 0;
  const run = (/** @type {number} */ until) => {
    for (const from = ticked; ticked + TICK_MS <= until && ticked < from + SILENCE_MS; ticked += TICK_MS) {
      note(engine.tick(ticked + TICK_MS, STARTED + ticked + TICK_MS));
    }
    ticked = Math.max(ticked, Math.floor(until / TICK_MS) * TICK_MS);
  };
  for (const signal of signals) {
    run(signal.t);
    const said = answer(() => engine.signal(signal));
    // who is said to be back late has a tick that is due already
    if (typeof said === 'number') note(said);
    else made.push(said);
  }
  run(end);
  return { made, ticks, saved: [...engine.save()], recording: recorded() };
}
