/** What js/options.js does not read because few shops give it: lists, counts of something, times, functions, further words. */

import { quoted, read } from '../options.js';

/** An older figure is not shown, ms; nor is one of a clock that is ahead by more than the other. */
const STALE_MS = 3_600_000;
const AHEAD_MS = 60_000;

/** @type {Record<string, RegExp>} */
const SHAPES = {
  'a name': /^[^<>]{1,40}$/,
  'a title': /^[^<>]{1,120}$/,
  'a word': /^[a-z0-9_-]{1,40}$/,
  // may be left out
  'a provider': /^[^<>]{0,40}$/,
};

/** A time within the last hour. @param {string} text @returns {number | undefined} wall ms */
function readTime(text) {
  // ISO 8601, with its zone: a shop's clock is not the shopper's
  const at = Date.parse(text);
  const age = Date.now() - at;
  return /^\d{4}-.+T.+(Z|[+-]\d\d:\d\d)$/.test(text) && age < STALE_MS && age > -AHEAD_MS ? at : undefined;
}

/**
 * @param {any} raw
 * @param {string} expected as in the tables of js/options.js, and: a count "and" something about it, "the" time of
 *   something, or "up to" so many "of" these
 * @returns {any} undefined: it is not what was expected
 */
export function readMore(raw, expected) {
  if (raw == null) return;
  const text = quoted(raw);
  const [most, each] = expected.split(' of ');
  if (each) {
    const all = (Array.isArray(raw) ? raw : text.split(/ *, */)).map((one) => readMore(one, each));
    return all.length > +most.slice(-1) || all.includes(undefined) ? undefined : all;
  }
  const [counted, about] = expected.split(' and ');
  if (about) {
    const [number, words = ''] = text.split(/ (.*)/);
    const count = read(number, counted);
    const detail = readMore(words, about);
    return count && detail !== undefined ? { count, [String(about.split(' ').pop())]: detail || undefined } : undefined;
  }
  if (/^the /.test(expected)) return readTime(text);
  if (expected === 'a function') return typeof raw === 'function' ? raw : undefined;
  const shape = SHAPES[expected];
  return shape ? (shape.test(text) ? text : undefined) : read(raw, expected);
}
