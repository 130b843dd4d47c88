/**
 * Whatever a page hands over as options, facts, plays and signals: nothing is thrown into it, each fault is told once by a documented
 * code and a path, and what was right stays. fast-check draws it; `FUZZ_SECONDS=1800` draws for so long, from a seed that is
 * printed (`./build.sh fuzz options`), `FUZZ_SEED` from that one again.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConfidence } from '../../js/further/confidence.js';
import { factsSignal, parseOptions, reach } from '../../js/options.js';
import { readPlays } from '../../js/plays.js';
import { writeSignal } from '../../js/signals.js';
import { GOOD, GOOD_FACTS, anything, bad, good } from './support/anything.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? (SECONDS ? Date.now() % 2 ** 31 : 8));
/** How many properties share the time. */
const PROPERTIES = 5;
/** Of each, where there is no time to keep to; of whole handles fewer, since each is made and told eight times. */
const [RUNS, HANDLES] = [300, 50];

/** @param {string} name @param {fc.IAsyncProperty<any> | fc.IProperty<any>} property @param {number} [runs] */
const holds = (name, property, runs = RUNS) =>
  test(name, async (t) => {
    const limit = { interruptAfterTimeLimit: (SECONDS * 1000) / PROPERTIES, markInterruptAsFailure: false };
    const { failed, numRuns, ...details } = await fc.check(/** @type {any} */ (property), { seed, ...(SECONDS ? { numRuns: 1e9, ...limit } : { numRuns: runs }) });
    t.diagnostic(`seed ${seed}, ${numRuns} runs`);
    assert.ok(!failed, fc.defaultReportMessage(/** @type {any} */ ({ failed, numRuns, ...details })) ?? name);
  });

const forms = Object.fromEntries(
  String(await readFile(new URL('../../src/web/names.txt', import.meta.url)))
    .split('\n')
    .map((line) => [line.split(' ')[0], line.split(' ').slice(1)]),
);
const CODES = ['bad_option', 'bad_fact', 'bad_play', 'bad_signal'];
const NAMES = ['facts', 'messages', 'sections', 'sinks', 'on', 'offers', 'plays', 'base', 'confidence', 'consentFrom', ...Object.keys(GOOD)];
const FACTS = ['currency', 'freeShippingFrom', 'instalments', 'stock', 'segment', 'pricePromise', 'cartUrl', ...Object.keys(GOOD_FACTS)];

/** A page as far as createFalter looks at it before anybody has agreed to anything. */
function openPage() {
  const document = Object.assign(new EventTarget(), { documentElement: { lang: 'en' }, hidden: false, referrer: '' });
  /** @type {any[]} */
  const told = [];
  document.addEventListener('falter:error', (/** @type {any} */ event) => void told.push(event.detail));
  Object.assign(globalThis, { document });
  if (!globalThis.navigator) Object.assign(globalThis, { navigator: {} });
  return { told };
}
const { told } = openPage();
const { createFalter } = await import('../../dist/npm/index.js');
/** @type {unknown[]} */
const unheard = [];
process.on('unhandledRejection', (fault) => unheard.push(fault));

/** @param {{ code: string, where: string, message: string }[]} faults */
function sound(faults) {
  for (const { code, where, message } of faults) {
    assert.ok(CODES.includes(code), code);
    assert.equal(typeof where, 'string');
    assert.ok(typeof message === 'string' && message.length > 0 && message.length < 200, message);
  }
  const places = faults.map(({ code, where }) => `${code} ${where}`);
  assert.equal(new Set(places).size, places.length, `each once: ${places}`);
}

/** Whether all that JavaScript's options may be is there, and of its kind. @param {import('../../js/options.js').Options} options */
function usable(options) {
  assert.ok(['required', 'granted', 'memory'].includes(options.consent));
  assert.ok(options.holdout >= 0 && options.holdout <= 1);
  for (const group of ['messages', 'sections', 'sinks', 'on', 'offers', 'facts']) {
    const value = /** @type {any} */ (options)[group];
    assert.ok(value && typeof value === 'object' && !Array.isArray(value), group);
  }
  const { share, threshold, arming_ms } = reach(options);
  assert.ok((share === undefined || (share >= 0 && share <= 1)) && !(threshold < 0 || threshold > 1) && !(arming_ms < 0));
  for (const number of Object.values(factsSignal(options.facts)).slice(1)) assert.ok(Number.isFinite(number) && number >= 0);
}

holds(
  'createFalter and init throw nothing, tell each fault once, and keep what was right',
  fc.asyncProperty(good(GOOD), good(GOOD_FACTS), bad(NAMES), bad(FACTS), anything(), async (right, facts, ...makers) => {
    told.length = 0;
    const [wrong, wrongFacts, more] = makers.map((make) => make());
    const falter = createFalter({ ...right, consent: 'required', facts });
    await Promise.resolve();
    assert.deepEqual(told.filter(({ where }) => where !== 'options'), [], 'nothing is wrong with what is right');
    const before = falter.options();
    for (const given of [{ facts: wrongFacts }, wrong, more, { consent: 'required' }]) {
      told.length = 0;
      await falter.init(given);
      falter.stop();
      sound(told);
      usable(falter.options());
    }
    // what was given rightly and not again is as it was
    const after = falter.options();
    for (const name of Object.keys(right))
      if (name !== 'consent' && !(name in wrong) && !isNamed(more, name)) assert.equal(after[name], before[name], name);
    for (const given of [wrong, wrongFacts, more]) {
      told.length = 0;
      createFalter(given).stop();
      await Promise.resolve();
      sound(told);
    }
    assert.deepEqual(unheard.splice(0), []);
  }),
  HANDLES,
);

/** Whether it says anything of the option, as far as it can be asked. @param {any} more @param {string} name */
function isNamed(more, name) {
  try {
    return Object.keys(more ?? {}).includes(name);
  } catch {
    return false;
  }
}

holds(
  'one thing that is wrong has its own fault, beside whatever is right',
  fc.property(good(GOOD), fc.constantFrom('holdout', 'sensitivity', 'layout', 'messages', 'plays', 'lang'), anything(), (right, name, make) => {
    const value = make();
    const alone = attempt(() => parseOptions({ [name]: value }));
    const beside = attempt(() => parseOptions({ ...right, [name]: value }));
    assert.equal(Boolean(alone), Boolean(beside));
    if (!alone || !beside) return;
    assert.deepEqual(beside.faults, alone.faults);
    for (const other of Object.keys(right)) if (other !== name) assert.equal(/** @type {any} */ (beside.options)[other], right[other]);
    for (const { message } of beside.faults) assert.ok(message.length < 200);
  }),
);

/** @template T @param {() => T} use @returns {T | undefined} undefined: the page's own value threw */
function attempt(use) {
  try {
    return use();
  } catch {
    return undefined;
  }
}

holds(
  'plays: each is read or has one fault, at its place',
  fc.property(fc.array(fc.oneof(anything(), bad(['name', 'when', 'reason', 'message', 'default'])), { maxLength: 20 }), (makers) => {
    const plays = makers.map((make) => make());
    const { programs, names, faults } = readPlays(plays, /** @type {any} */ (forms));
    assert.equal(programs.length, names.length);
    assert.equal(programs.length + faults.length, Math.min(plays.length, 17));
    for (const { where, message } of faults) {
      assert.match(where, /^plays\[\d+\]/);
      assert.equal(typeof message, 'string');
    }
  }),
);

holds(
  'confidence: reasons and shares, or faults',
  fc.property(anything(), (make) => {
    const raw = make();
    const read = attempt(() => readConfidence(/** @type {any} */ ({ confidence: { raw, where: 'confidence' } }), forms.reasons));
    for (const floor of Object.values(read?.confidence ?? {})) assert.ok(floor >= 0 && floor <= 1);
    for (const { code, message } of read?.faults ?? []) assert.ok(code === 'bad_option' && message.length < 200);
  }),
);

holds(
  'signals: numbers, or an error that names the key',
  fc.property(fc.constantFrom(...Object.keys(forms)), bad(['t', 'late', 'x', 'y', 'op', 'item', 'qty', 'value', 'segment', 'on', 'w', 'h', 'docH']), (s, make) => {
    const numbers = new Float64Array(64);
    try {
      const { kind, t, late } = writeSignal(/** @type {any} */ (forms), Object.assign(make(), { s }), numbers);
      // NaN is none to the engine, of either
      assert.ok(kind >= 0 && (isNaN(t) || t >= 0) && (isNaN(late) || late >= 0));
      assert.ok(numbers.every((number) => isNaN(number) || Number.isFinite(number)));
    } catch (fault) {
      // what the page's own getters throw goes on to the door's `bad_signal`, too
      if (fault instanceof Error && fault.name === 'AssertionError') throw fault;
    }
  }),
);
