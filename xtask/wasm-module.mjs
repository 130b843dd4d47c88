/**
 * Reads a WebAssembly module as far as its sizes go: sections, functions by name, data.
 * https://webassembly.github.io/spec/core/binary/
 */

/** Section numbers, in the order of the specification. */
const SECTIONS = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data', 'data count', 'tag'];
const HEADER_BYTES = 8;
/** The part of the name section that holds the functions' names. */
const FUNCTION_NAMES = 1;

/**
 * @typedef {{ name: string, bytes: number }} Part
 * @typedef {object} Module
 * @property {Part[]} sections a custom section by its name, bytes without their headers
 * @property {Part[]} functions those of the module's own, each with its body's bytes; by number where names are missing
 * @property {Uint8Array[]} data the initial contents of memory, a segment each
 */

/** Reads forward through bytes. */
class Cursor {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get isAtEnd() {
    return this.at >= this.bytes.length;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      more = byte > 0x7f;
    }
    return value;
  }
  /** @param {number} count */
  take(count) {
    return this.bytes.subarray(this.at, (this.at += count));
  }
  /** What is told with its length before it. */
  part() {
    return this.take(this.number());
  }
  text() {
    return new TextDecoder().decode(this.part());
  }
  /** @template T @param {() => T} read @returns {T[]} */
  list(read) {
    return Array.from({ length: this.number() }, read);
  }
  /** Minimum, and maximum where there is one. */
  skipLimits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }
}

/** @param {Uint8Array} bytes @returns {Module} */
export function readModule(bytes) {
  const cursor = new Cursor(bytes.subarray(HEADER_BYTES));
  /** @type {Part[]} */
  const sections = [];
  /** @type {Map<number, string>} */
  let names = new Map();
  let imported = 0;
  /** @type {number[]} */
  let bodies = [];
  /** @type {Uint8Array[]} */
  let data = [];
  while (!cursor.isAtEnd) {
    const kind = SECTIONS[cursor.byte()];
    const content = cursor.part();
    const inner = new Cursor(content);
    const name = kind === 'custom' ? inner.text() : kind;
    sections.push({ name, bytes: content.length });
    if (kind === 'import') imported = countFunctions(inner);
    if (kind === 'code') bodies = inner.list(() => inner.part().length);
    if (kind === 'data') data = inner.list(() => readSegment(inner));
    if (kind === 'custom' && name === 'name') names = readNames(inner);
  }
  const functions = bodies.map((size, i) => ({ name: names.get(imported + i) ?? `function ${imported + i}`, bytes: size }));
  return { sections, functions, data };
}

/** How many of the imports are functions: they come first in the numbering. @param {Cursor} cursor */
function countFunctions(cursor) {
  const kinds = cursor.list(() => {
    cursor.part();
    cursor.part();
    const kind = cursor.byte();
    if (kind === 0) cursor.number();
    if (kind === 1) cursor.byte();
    if (kind === 1 || kind === 2) cursor.skipLimits();
    if (kind === 3) cursor.take(2);
    if (kind === 4) cursor.number(), cursor.number();
    return kind;
  });
  return kinds.filter((kind) => kind === 0).length;
}

/** Active segments of memory 0 tell where they go, by one constant. @param {Cursor} cursor */
function readSegment(cursor) {
  if (cursor.number() === 0) {
    cursor.byte();
    cursor.number();
    cursor.byte();
  }
  return cursor.part();
}

/** @param {Cursor} cursor @returns {Map<number, string>} */
function readNames(cursor) {
  while (!cursor.isAtEnd) {
    const kind = cursor.byte();
    const inner = new Cursor(cursor.part());
    if (kind === FUNCTION_NAMES) return new Map(inner.list(() => [inner.number(), inner.text()]));
  }
  return new Map();
}
