/**
 * Signals as shops write them and as recordings hold them, and the numbers that cross into the engine and back.
 */

/**
 * @typedef {import('./shops/index.js').PlainSignal} PlainSignal
 * @typedef {Record<string, string[]>} Forms the fields of each kind, the kinds in their order; then lists of names
 */

import { KINDS } from './names.js';

/** Times are less than this, ms: 2^31, about 25 days. */
const NO_TIME = 2 ** 31;

/**
 * An opaque id: eight lower-case hex digits are one, anything else is hashed (FNV-1a, 32 bit; RFC 9923).
 * @param {string} text
 * @returns {number} unsigned
 */
export function itemId(text) {
  if (/^[\da-f]{8}$/.test(text)) return parseInt(text, 16);
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x1000193);
  return hash >>> 0;
}

/**
 * A field is written key:content:otherwise. It is a number unless told, and may be one of a list of names.
 * @param {Forms} forms
 * @param {string} field
 * @returns {[key: string, content: string | string[], otherwise?: string]} otherwise: what stands in for it where it was left
 *   out, NaN for "not known"; undefined where it must be there
 */
function readField(forms, field) {
  const [key, content = 'number', otherwise] = field.split(':');
  return [key, forms[content] ?? content, otherwise];
}

/**
 * What a shop wrote, as a number.
 * @param {string | string[]} content
 * @param {any} value neither null nor undefined
 * @returns {number | undefined} NaN: nothing known; undefined: it is not what it may be
 */
function toNumber(content, value) {
  const type = typeof value;
  if (Array.isArray(content)) return content.includes(value) ? content.indexOf(value) : undefined;
  if (content === 'item') return type === 'string' || type === 'number' ? itemId(String(value)) : undefined;
  if (content === 'truth') return type === 'boolean' ? +value : undefined;
  if (type === 'number') return isFinite(value) ? value : NaN;
  if (content === 'number') return;
  // of facts, what says nothing in numbers is passed over
  if (type === 'boolean' && content === 'flag') return +value;
  return value === true && content === 'promise' ? 0 : NaN;
}

/**
 * Writes a signal's numbers, from the first place on.
 * @param {Forms} forms
 * @param {PlainSignal} signal in the form of recordings; `t` and `late` may be left out
 * @param {Float64Array} numbers
 * @returns {{ kind: number, t: number, late: number }} t: NaN where it was left out
 * @throws an Error that names the key and what it may be
 */
export function writeSignal(forms, signal, numbers) {
  /** @param {string} key @param {string} what */
  const refuse = (key, what) => {
    throw new Error(`"${key}" is not ${what}`);
  };
  const kinds = Object.keys(forms).slice(0, KINDS);
  const kind = kinds.indexOf(signal?.s);
  if (kind < 0) refuse('s', kinds.join('|'));
  const { t = NaN, late = 0 } = signal;
  for (const [key, time] of Object.entries({ t, late }))
    if (typeof time !== 'number' || time < 0 || time >= NO_TIME) refuse(key, 'a time in ms');
  numbers.fill(NaN);
  forms[signal.s].forEach((field, place) => {
    const [key, content, otherwise] = readField(forms, field);
    const value = signal[key] ?? undefined;
    const number = value === undefined ? NaN : toNumber(content, value);
    const known = number !== undefined && isNaN(number) ? otherwise : number;
    if (known === undefined) refuse(key, Array.isArray(content) ? content.join('|') : `a ${content}`);
    numbers[place] = Number(known);
  });
  return { kind, t: Math.round(t), late: Math.round(late) };
}

/**
 * A signal's line in a recording.
 * @param {Forms} forms
 * @param {number} kind
 * @param {number} at the stream's time, ms
 * @param {number} t its own; earlier where it came late
 * @param {Float64Array} numbers rounded as recordings hold them
 * @returns {string} without its newline
 */
export function toLine(forms, kind, at, t, numbers) {
  const s = Object.keys(forms)[kind];
  /** @type {Record<string, any>} */
  const line = { t: at, late: at > t ? at - t : undefined, s };
  forms[s].forEach((field, place) => {
    const [key, content] = readField(forms, field);
    const number = numbers[place];
    // an amount that is not known is told so: null; what else is not known is left out
    if (content === 'number') line[key] = number;
    else if (!isNaN(number)) {
      if (Array.isArray(content)) line[key] = content[number];
      else if (content === 'truth') line[key] = Boolean(number);
      else line[key] = content === 'item' ? number.toString(16).padStart(8, '0') : number;
    }
  });
  return JSON.stringify(line);
}
