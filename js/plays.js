/**
 * Plays: a shop's own rules over what the engine measures, from texts to the numbers it takes. Loaded by pages that have
 * some.
 *
 *     { "name": "stalled_vip", "when": "checkout_dwell_s > 45 and segment = \"vip\"", "reason": "checkout_friction" }
 *
 * `when` compares measures with numbers, `segment` with a word in quotes; `and` binds closer than `or`, and there are no
 * parentheses. What such a text may be is held against the command line's reader by tests/cases/plays.json.
 */

import { NUMBERS } from './instance.js';
import { MEASURES } from './plays/measures.js';
import { itemId } from './signals.js';

/** More are not read. */
const PLAYS_MAX = 16;
/** Of one play. */
const TERMS_MAX = 8;
/** In the order of their numbers. */
const COMPARISONS = ['>', '>=', '<', '<=', '=', '!='];
/** What has an order of size; a word has none. */
const ORDERED = 4;
/** Added to the comparison of a term that begins another group. */
const OR = 8;
/** Words, signs, and what is in quotes, the second of which has to be there. */
const TOKENS = /"([^"]*)("?)|[<>=!]+|[^ \t\r\n"<>=!]+/g;
const KEYS = ['name', 'when', 'reason', 'message', 'default'];
const SEGMENT = MEASURES.indexOf('segment');

/**
 * @typedef {{ name: string, when: string, reason?: string, message?: string, default?: boolean }} Play
 *   default: in the published list alone
 * @typedef {{ where: string, message: string }} Fault
 * @typedef {{ text: string, isQuoted: boolean }} Token
 */

/** What is wrong with a play, and where in it. */
class PlayError extends Error {
  /** @param {string} where of the play: a key behind its dot, or nothing @param {string} message */
  constructor(where, message) {
    super(message);
    this.where = where;
  }
}

/**
 * Reads a shop's plays. One that is at fault is left out, with its first fault; the others count.
 * @param {any[]} plays
 * @param {{ reasons: string[], messages: string[] }} known
 * @returns {{ programs: number[][], names: string[], faults: Fault[] }} a program, and a name, for each that was read: its
 *   reason and message (places; NaN: none), then measure, comparison and value of each term
 */
export function readPlays(plays, { reasons, messages }) {
  /** @type {number[][]} */
  const programs = [];
  /** @type {string[]} */
  const names = [];
  /** @type {Fault[]} */
  const faults = [];
  // by their places: old libraries have an `entries` of their own on lists
  for (let place = 0; place < plays.length && place <= PLAYS_MAX; place += 1) {
    const play = plays[place];
    try {
      if (place === PLAYS_MAX) throw new PlayError('', `at most ${PLAYS_MAX} plays`);
      if (!play || typeof play !== 'object' || Array.isArray(play)) throw new PlayError('', 'not an object');
      for (const key of Object.keys(play)) if (!KEYS.includes(key)) throw new PlayError(`.${key}`, 'unknown');
      if (play.default !== undefined && typeof play.default !== 'boolean') throw new PlayError('.default', 'neither true nor false');
      const name = readName(play.name, names);
      const terms = readTerms(play.when);
      programs.push([placeOf(play, 'reason', reasons), placeOf(play, 'message', messages), ...terms]);
      names.push(name);
    } catch (fault) {
      // whatever a getter or proxy of the shop's throws knows no place
      const { where, message } = fault instanceof PlayError ? fault : { where: '', message: 'throws' };
      faults.push({ where: `plays[${place}]${where}`, message });
    }
  }
  return { programs, names, faults };
}

/**
 * Puts a shop's plays in the place of those that are in force; what cannot be read is told.
 * @param {any[]} plays
 * @param {Pick<import('./instance.js').Engine, 'memory' | 'numbers' | 'play'>} engine
 * @param {import('./instance.js').Told} known
 * @param {(code: 'bad_play', where: string, fault: Fault) => void} fail
 */
export function usePlays(plays, engine, known, fail) {
  const { programs, names, faults } = readPlays(plays, known);
  putPlays(engine, known, programs[0] ? programs : [[]], names);
  for (const fault of faults) fail('bad_play', fault.where, fault);
}

/**
 * Puts programs in the place of the plays that are in force.
 * @param {Pick<import('./instance.js').Engine, 'memory' | 'numbers' | 'play'>} engine
 * @param {{ plays: string[] }} known what the engine's names are in
 * @param {number[][]} programs of src/plays.rs; one without terms never fires, and stands for none at all
 * @param {string[]} names theirs
 */
export function putPlays(engine, known, programs, names) {
  known.plays = names;
  for (let place = 0; place < programs.length; place += 1) {
    // memory that grew is another buffer
    new Float64Array(engine.memory.buffer, engine.numbers(), NUMBERS).fill(NaN).set(programs[place]);
    engine.play(place);
  }
}

/** @param {any} name @param {string[]} taken @returns {string} */
function readName(name, taken) {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_]{0,39}$/.test(name)) throw new PlayError('.name', 'not a name: [a-z][a-z0-9_]{0,39}');
  if (taken.includes(name)) throw new PlayError('.name', `"${name}" is there already`);
  return name;
}

/**
 * @param {any} play
 * @param {'reason' | 'message'} key
 * @param {string[]} known
 * @returns {number} NaN: it was left out
 */
function placeOf(play, key, known) {
  const name = play[key];
  if (name === undefined) return NaN;
  if (typeof name !== 'string') throw new PlayError(`.${key}`, 'not a text');
  if (!known.includes(name)) throw new PlayError(`.${key}`, `"${name}" is no ${key}`);
  return known.indexOf(name);
}

/** @param {any} when @returns {number[]} three numbers a term */
function readTerms(when) {
  /** @param {string} message @returns {never} */
  const refuse = (message) => {
    throw new PlayError('.when', message);
  };
  if (typeof when !== 'string') refuse('not a text');
  /** @type {Token[]} */
  const tokens = [];
  for (const [all, quote, end] of when.matchAll(TOKENS)) {
    if (quote !== undefined && !end) refuse('a quote is not closed');
    tokens.push({ text: quote ?? all, isQuoted: quote !== undefined });
  }
  /** @param {string} what @returns {Token} */
  const need = (what) => tokens.shift() ?? refuse(`ends before a ${what}`);

  /** @type {number[]} */
  const terms = [];
  for (let or = 0; ;) {
    const { text: name, isQuoted } = need('measure');
    const measure = isQuoted ? -1 : MEASURES.indexOf(name);
    if (measure < 0) refuse(`"${name}" is no measure`);
    const comparison = need('comparison');
    const op = comparison.isQuoted ? -1 : COMPARISONS.indexOf(comparison.text);
    if (op < 0) refuse(`"${comparison.text}" is no comparison: ${COMPARISONS.join(' ')}`);
    if (measure === SEGMENT && op < ORDERED) refuse(`"${comparison.text}" cannot compare a segment: = !=`);
    const value = measure === SEGMENT ? readWord(need('word in quotes'), refuse) : readNumber(need('number'), refuse);
    if (terms.length === 3 * TERMS_MAX) refuse(`at most ${TERMS_MAX} terms`);
    terms.push(measure, op + or, value);
    const link = tokens.shift();
    if (!link) return terms;
    or = link.text === 'or' ? OR : 0;
    if (link.isQuoted || !/^(and|or)$/.test(link.text)) refuse(`"${link.text}" is neither and nor or`);
  }
}

/** @param {Token} token @param {(message: string) => never} refuse */
function readNumber({ text, isQuoted }, refuse) {
  const isNumber = !isQuoted && /^-?\d+(\.\d+)?$/.test(text) && isFinite(+text);
  return isNumber ? +text : refuse(`"${text}" is no number`);
}

/** @param {Token} token @param {(message: string) => never} refuse @returns {number} the word's id */
function readWord({ text, isQuoted }, refuse) {
  if (!isQuoted) refuse(`"${text}" is no word in quotes`);
  if (!/^[a-z0-9_-]{1,40}$/.test(text)) refuse(`"${text}" is no word of [a-z0-9_-]{1,40}`);
  return itemId(text);
}
