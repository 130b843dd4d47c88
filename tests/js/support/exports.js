/** An instance by its bare exports, as no JavaScript of ours calls them. */

import { crc32 } from 'node:zlib';
import { STARTED, bits, model as shipped, pageOf } from './engines.js';

const NUMBERS = 64;
/** Of src/model/format.rs. */
const HEADER = 28;
const CHECKSUM_AT = 24;

/**
 * @typedef {{ name: string, given: number[], numbers?: number[], bytes?: number[] }} Call numbers, bytes: shared before it
 * @typedef {{ value?: any, trap?: boolean, told?: string, features?: string, saved?: string, recorded?: any[] }} Answer
 */

/**
 * @param {any} module
 * @param {Uint8Array} [model]
 * @returns {Promise<{ opened: number | 'trap', call: (call: Call, place: number) => Answer }>} opened: -1, or where the model is at fault
 */
export async function openModel(module, model = shipped) {
  /** @type {any[]} */
  let recorded = [];
  const page = { ...pageOf({}), record: (/** @type {number[]} */ ...given) => void recorded.push([...given, bits(numbers())]) };
  const { exports: wasm } = await (module.instantiate ?? WebAssembly.instantiate)(module, { page });
  const numbers = () => new Float64Array(wasm.memory.buffer, wasm.numbers(), NUMBERS);
  /** Room for so many bytes: what makes it may move the memory. @param {number} length */
  const room = (length) => {
    const at = wasm.bytes(length);
    return new Uint8Array(wasm.memory.buffer, at, length);
  };
  const share = (/** @type {ArrayLike<number>} */ bytes) => room(bytes.length).set(bytes);
  share(model);
  let trapped = false;
  /** What is no trap of the engine's is a fault of the test's. @template T @param {() => T} use */
  const caught = (use) => {
    try {
      return use();
    } catch (fault) {
      if (/** @type {Error} */ (fault).name !== 'RuntimeError') throw fault;
      trapped = true;
    }
  };
  const opened = caught(() => wasm.open(STARTED, STARTED, 0)) ?? 'trap';
  caught(() => wasm.record());
  /** What it says of itself. */
  const look = () => {
    wasm.tell();
    const told = bits(numbers());
    wasm.features();
    const features = bits(numbers());
    const saved = wasm.save();
    return { told, features, saved: Buffer.from(room(saved)).toString('latin1') };
  };
  return {
    opened,
    call: ({ name, given, numbers: put, bytes }, place) => {
      // the page's door closes at the first
      if (trapped) return { trap: true };
      recorded = [];
      if (put) numbers().set(put);
      if (bytes) share(bytes);
      const value = caught(() => wasm[name](...given));
      return trapped ? { trap: true } : { value, recorded, ...(place % 8 === 0 && caught(look)) };
    },
  };
}

/** Bytes under a header that is right, and with the checksum they ought to have. @param {Uint8Array} bytes */
export function fitted(bytes) {
  const made = new Uint8Array(Math.max(HEADER, bytes.length));
  made.set(bytes);
  made.set(shipped.subarray(0, 5));
  made.set(shipped.subarray(6, 7), 6);
  made.fill(0, 9, 12);
  made.fill(0, 14, 16);
  made.set(shipped.subarray(16, 20), 16);
  const rest = crc32(made.subarray(HEADER), crc32(made.subarray(0, CHECKSUM_AT)));
  new DataView(made.buffer).setUint32(CHECKSUM_AT, rest, true);
  return made;
}

/** Calls that bytes stand for: any bytes stand for some. @param {Uint8Array} bytes @returns {Call[]} */
export function callsOf(bytes) {
  let at = 0;
  const next = () => bytes[at++] ?? 0;
  /** A small whole number, or any bits of a float. */
  const number = () => {
    const first = next();
    if (first < 200) return first - 50;
    return new DataView(Uint8Array.from({ length: 8 }, next).buffer).getFloat64(0);
  };
  let now = 0;
  const time = () => (now += next());
  /** @type {Call[]} */
  const calls = [];
  while (at < bytes.length) {
    const what = next() % 8;
    if (what < 4) calls.push({ name: 'hear', given: [next() % 34, time(), number(), number(), number()] });
    else if (what < 6) calls.push({ name: 'signal', numbers: [number(), number(), number(), number()], given: [next() % 34, what === 4 ? NaN : time(), next() % 3 ? 0 : number(), now] });
    else if (what < 7) calls.push({ name: 'tick', given: [time(), STARTED + now + number()] });
    else calls.push({ name: 'setup', numbers: Array.from({ length: 13 }, number), given: [] });
  }
  return calls;
}
