/**
 * The engine as it ships beside itself: WebAssembly beside the command line, and plain JavaScript beside WebAssembly, bit for bit,
 * on sessions and calls made to be hard to them.
 *
 * `./build.sh differential SECONDS` goes on with fresh seeds for a time (`FALTER_DIFFERENTIAL_SECONDS`), and says how far it got.
 */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { replay, same } from '../browser/support/native.js';
import { dice, seeds } from './support/dice.js';
import { model, plain, told, wasm } from './support/engines.js';
import { callsOf, fitted, openModel } from './support/exports.js';
import { hostileCalls, hostileSignals } from './support/hostile.js';

const home = new URL('../../', import.meta.url);
/** Signals of one hostile session. */
const LENGTH = 700;
/** Sessions that one native process is given. */
const BATCH = 20;
const TICK_MS = 250;
/** Of the visits without a leave; enough for cards to come. */
const SHARE = 0.5;

/** As a recording rounds it, and the engine what it tells (src/recording/json.rs). @param {number} number */
const rounded = (number) => Math.trunc(Math.min(9e11, Math.max(-9e11, number)) * 1e4 + (number < 0 ? -0.5 : 0.5)) / 1e4 + 0;

/**
 * A tick as both sides can tell it.
 * @param {any} decision the engine's
 */
const fromPage = ({ reason, confidence, evidence, show, hold, play }) => ({
  reason,
  confidence,
  evidence: evidence.map((/** @type {any} */ { name, value, weight }) => ({ name, value, weight })),
  decision: show ? 'show' : hold,
  play: play ?? undefined,
  show: show ? { reason: show.reason, message: show.message, offer: show.offer } : undefined,
});

/** @param {any} tick the command line's */
const fromNative = ({ reason, confidence, evidence, decision, play, show }) => ({
  reason,
  confidence: rounded(Math.fround(confidence)),
  evidence: evidence
    .map((/** @type {any} */ { name, value, weight }) => ({ name, value: rounded(Math.fround(value)), weight: rounded(Math.fround(weight)) }))
    .filter((/** @type {any} */ { weight }) => weight > 0),
  decision,
  play,
  show,
});

test('WebAssembly beside the command line: hostile sessions', async (t) => {
  let [sessions, ticks, shows] = [0, 0, 0];
  const reasons = new Set();
  /** @type {{ session: string, recording: string, ticks: any[] }[]} */
  let batch = [];
  const compare = async () => {
    const recording = batch.map((one) => one.recording).join('');
    /** @type {Record<string, any[]>} */
    const native = {};
    for (const tick of await replay(recording, ['--features', '--why', '--share', String(SHARE)])) (native[tick.session] ??= []).push(tick);
    for (const { session, ticks: ours } of batch) {
      const theirs = new Map((native[session] ?? []).map((tick) => [tick.t, tick]));
      for (const tick of ours) {
        const other = theirs.get(tick.t);
        theirs.delete(tick.t);
        assert.ok(other, `${session}: a tick at ${tick.t} ms`);
        const at = `${session}, ${tick.t} ms`;
        assert.ok(same(tick.risk, other.risk), `${at}: risk ${tick.risk} and ${other.risk}`);
        for (const [feature, value] of tick.features.entries()) assert.ok(same(value, other.features[feature]), `${at}: feature ${feature} ${value} and ${other.features[feature]}`);
        assert.deepEqual(fromPage(tick.decision), fromNative(other), at);
        reasons.add(other.reason);
        shows += Number(other.decision === 'show');
      }
      // who is said to be back late has two ticks at once then, of which the page tells the second
      const told = new Set(ours.map(({ t }) => t));
      for (const t of theirs.keys()) assert.ok(told.has(t + TICK_MS), `${session}: no tick at ${t} ms in the page`);
      ticks += ours.length;
      sessions += 1;
    }
    batch = [];
  };
  for (const seed of seeds(BATCH)) {
    const signals = hostileSignals(seed, LENGTH);
    const session = `seed ${seed}`;
    const header = { device: seed % 2 ? 'mouse' : 'touch', w: seed % 3 ? 1280 : 320.5, h: seed % 5 ? 720 : 1, docH: 3000 };
    const { recording, ticks } = await told(wasm, header, signals, signals[LENGTH - 1].t, { session, setup: { share: SHARE } });
    // a recording ends at its last signal or tick; what the page ticked after it is not in it
    batch.push({ session, recording, ticks });
    if (batch.length === BATCH) await compare();
  }
  await compare();
  t.diagnostic(`${sessions} sessions, ${ticks} ticks, ${shows} cards, ${reasons.size} reasons: no difference`);
  assert.ok(ticks > 100 * sessions && shows && reasons.size > 2, `${ticks} ticks, ${shows} cards, ${[...reasons]}`);
});

test('plain JavaScript beside WebAssembly: hostile sessions', async (t) => {
  let [sessions, ticks] = [0, 0];
  for (const seed of seeds(4)) {
    const signals = hostileSignals(seed, LENGTH);
    const end = signals[LENGTH - 1].t + 2000;
    const header = { device: seed % 2 ? 'mouse' : 'touch' };
    const [ours, theirs] = [await told(plain, header, signals, end), await told(wasm, header, signals, end)];
    assert.deepEqual(ours, theirs, `seed ${seed}`);
    ticks += ours.ticks.length;
    sessions += 1;
  }
  t.diagnostic(`${sessions} sessions, ${ticks} ticks: no difference`);
});

/** What both engines make of calls. @param {import('./support/exports.js').Call[]} calls */
const bothMake = async (calls) => (await Promise.all([openModel(plain), openModel(wasm)])).map(({ call }) => calls.map(call));

test('plain JavaScript beside WebAssembly: calls that no page makes', async (t) => {
  let [runs, calls, traps] = [0, 0, 0];
  for (const seed of seeds(12)) {
    const made = hostileCalls(seed);
    const [ours, theirs] = await bothMake(made);
    for (const [place, one] of ours.entries()) assert.deepEqual(one, theirs[place], `seed ${seed}, call ${place}: ${JSON.stringify(made[place])}`);
    calls += made.length;
    traps += theirs.filter(({ trap }) => trap).length;
    runs += 1;
  }
  t.diagnostic(`${runs} engines, ${calls} calls, ${traps} traps: no difference`);
});

/** What fuzzing found worth keeping. @param {string} name @returns {Promise<Uint8Array[]>} none where it was not run */
async function corpus(name) {
  const folder = new URL(`tests/fuzz/corpus/${name}/`, home);
  const files = await readdir(folder).catch(() => []);
  return Promise.all(files.sort().map(async (file) => new Uint8Array(await readFile(new URL(file, folder)))));
}

/** What both make of bytes as a model: where it is at fault, or what it does. @param {Uint8Array} bytes */
const bothOpen = (bytes) =>
  Promise.all(
    [plain, wasm].map(async (module) => {
      const { opened, call } = await openModel(module, bytes);
      return { opened, made: hostileCalls(5, 40).map(call) };
    }),
  );

test('plain JavaScript beside WebAssembly: models that are changed, and those of the fuzz corpus', async (t) => {
  const files = await corpus('model');
  let [models, sound] = [0, 0];
  /** @param {Uint8Array} bytes @param {string} what */
  const compare = async (bytes, what) => {
    for (const file of [bytes, fitted(bytes)]) {
      const [ours, theirs] = await bothOpen(file);
      assert.deepEqual(ours, theirs, what);
      models += 1;
      sound += Number(theirs.opened === -1);
    }
  };
  for (const [place, bytes] of files.entries()) await compare(bytes, `file ${place}`);
  // of the corpus most are at fault, and that is what it is for
  const [others, soundOthers] = [models, sound];
  for (const seed of seeds(60)) {
    const roll = dice(seed);
    const changed = roll.oneIn(6) ? model.slice(0, roll.below(model.length)) : model.slice();
    for (let i = roll.below(4); i >= 0 && changed.length; i -= 1) changed[roll.below(changed.length)] ^= 1 << roll.below(8);
    await compare(changed, `seed ${seed}`);
  }
  t.diagnostic(`${models} models, ${files.length} of the corpus, ${sound} of them opened: no difference`);
  assert.ok(sound - soundOthers > (models - others) / 8, `${sound - soundOthers} of ${models - others} are sound`);
});

test('plain JavaScript beside WebAssembly: the signals of the fuzz corpus', async (t) => {
  const files = await corpus('signals');
  for (const bytes of files) {
    const [ours, theirs] = await bothMake(callsOf(bytes));
    assert.deepEqual(ours, theirs);
  }
  t.diagnostic(`${files.length} files: no difference`);
});
