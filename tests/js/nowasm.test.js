/**
 * The engine as plain JavaScript beside the one as WebAssembly: the same features, risks, decisions and saved state, bit for
 * bit, over recorded sessions and over random ones. And the casts that binaryen would lower to others.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openInstance, readNames } from '../../js/instance.js';
import { toJavaScript } from '../../xtask/nowasm.mjs';
import { dice } from './support/dice.js';
import { STARTED, bits, model, names, open, plain, read, told, wasm } from './support/engines.js';

const root = new URL('../../', import.meta.url);
const RANDOM_SESSIONS = 12;

/** @param {string} folder */
const recordings = async (folder) => (await readdir(new URL(folder, root))).filter((file) => file.endsWith('.ndjson')).map((file) => folder + file);

test('the same names travel with both', () => assert.deepEqual(readNames(plain), names));

for (const file of [...(await recordings('tests/sessions/')), ...(await recordings('tests/sessions/plays/'))])
  test(`${file}: the same as WebAssembly`, async () => {
    const [header, ...signals] = (await read(file)).toString().trim().split('\n').map((line) => JSON.parse(line));
    const ours = await told(plain, header, signals, header.end);
    assert.ok(ours.made.length > 30);
    assert.deepEqual(ours, await told(wasm, header, signals, header.end));
  });

/** Signals of every kind with whatever their fields may hold and some of what they may not. @param {number} seed */
function randomSignals(seed) {
  const roll = dice(seed);
  const kinds = Object.keys(names).slice(0, 31);
  const strange = [0, -0, 1e-9, -1, 0.49999, 65535.6, 1e6, 1e9, 4e9, -4e9, 1e300, -1e300, 5e-324];
  const number = () => (roll() < 0.1 ? strange[Math.floor(roll() * strange.length)] : (roll() - 0.2) * 10 ** Math.floor(roll() * 5));
  let t = 0;
  return Array.from({ length: 1200 }, () => {
    t += Math.floor(roll() < 0.02 ? roll() * 9000 : roll() * 120);
    const s = roll() < 0.6 ? 'move' : kinds[Math.floor(roll() * kinds.length)];
    /** @type {Record<string, any>} */
    const signal = { t, s };
    if (roll() < 0.02) Object.assign(signal, { late: Math.floor(roll() * 400) });
    for (const field of /** @type {any} */ (names)[s]) {
      const [key, content = 'number', otherwise] = field.split(':');
      const list = /** @type {any} */ (names)[content];
      if (otherwise !== undefined && roll() < 0.3) continue;
      if (Array.isArray(list)) signal[key] = list[Math.floor(roll() * list.length)];
      else if (content === 'truth') signal[key] = roll() < 0.5;
      else if (content === 'item') signal[key] = `item ${Math.floor(roll() * 4)}`;
      else signal[key] = number();
    }
    return signal;
  });
}

test(`${RANDOM_SESSIONS} random sessions: the same as WebAssembly`, async () => {
  let [ticks, shows, leaves] = [0, 0, 0];
  for (let seed = 1; seed <= RANDOM_SESSIONS; seed += 1) {
    const signals = randomSignals(seed);
    const end = /** @type {any} */ (signals.at(-1)).t + 2000;
    const ours = await told(plain, {}, signals, end);
    const theirs = await told(wasm, {}, signals, end);
    for (const [flags] of ours.made.filter(Array.isArray)) {
      ticks += flags & 1;
      shows += flags & 2;
      leaves += flags & 8;
    }
    assert.deepEqual(ours, theirs, `seed ${seed}`);
  }
  assert.ok(ticks > 200 * RANDOM_SESSIONS && shows && leaves, `${ticks} ticks, ${shows} shows, ${leaves} leaves`);
});

/** What an engine makes of events, as js/capture.js hands them on. @param {any} module @param {number} seed */
async function heard(module, seed) {
  const roll = dice(seed);
  const engine = await open(module, {});
  /** @type {any[]} */
  const made = [];
  engine.record((kind, at, t, numbers) => made.push([kind, at, t, bits(numbers.slice(0, 5))]));
  engine.setup({ consent: 2 });
  engine.listen(30);
  let [time, x, y] = [40, 640, 400];
  for (let i = 0; i < 1500; i += 1) {
    time += seed % 2 ? Math.floor(roll() * 40) : roll() * 40;
    [x, y] = [x + roll() * 30 - 15, y + roll() * 30 - 15];
    made.push(engine.hear(roll() < 0.7 ? 0 : Math.floor(roll() * 31), time, x, y, roll() < 0.2 ? NaN : Math.floor(roll() * 5) - 1));
    if (i % 5 === 0) made.push([engine.tick(time + 5, STARTED + time + 5), engine.risk(), bits(engine.features())]);
  }
  return made;
}

test('what is heard of a page: the same as WebAssembly', async () => {
  for (let seed = 1; seed <= RANDOM_SESSIONS; seed += 1) assert.deepEqual(await heard(plain, seed), await heard(wasm, seed), `seed ${seed}`);
});

test('a session goes on from one engine to the other', async () => {
  const signals = randomSignals(99);
  const [one, other] = [await open(plain, {}), await open(wasm, {})];
  for (const signal of signals) one.signal(signal);
  assert.equal(other.restore(one.save()), true);
  assert.deepEqual(other.save(), one.save());
  assert.equal(one.restore(new Uint8Array(10)), false);
});

test('a model that is none says so, and a trap is a RuntimeError', async () => {
  const page = { width: () => 1, height: () => 1, depth: () => 1, section: () => -1, path: () => 7, kind: () => 0, item: () => NaN, dialog: () => 0 };
  await assert.rejects(openInstance(plain, model.slice(0, -1), names, page, { started: 0, origin: 0, touch: false }), /at byte 24/);
  const { exports } = plain.instantiate(undefined, { page: { ...page, record: () => assert.fail('the page is broken') } });
  const at = exports.bytes(model.length);
  new Uint8Array(exports.memory.buffer, at, model.length).set(model);
  assert.equal(exports.open(STARTED, STARTED, 0), -1);
  exports.record();
  assert.throws(() => exports.listen(0), { name: 'RuntimeError', message: /the page is broken/ });
});

/**
 * A module of a text, as WebAssembly and as plain JavaScript.
 * @param {import('node:test').TestContext} t
 * @param {string} text
 */
async function both(t, text) {
  const folder = await mkdtemp(join(tmpdir(), 'falter-nowasm-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const [given, module, out] = ['given.wat', 'given.wasm', 'made.mjs'].map((name) => join(folder, name));
  await writeFile(given, text);
  execFileSync(fileURLToPath(new URL('node_modules/.bin/wasm-as', root)), [given, '-o', module, '--enable-nontrapping-float-to-int']);
  const code = await toJavaScript(module);
  await writeFile(out, code);
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(await readFile(module)), {});
  return { code, ours: (await import(pathToFileURL(out).href)).instantiate({}), theirs: /** @type {any} */ (exports) };
}

test('what is only moved keeps its bits, and is no float on its way', async (t) => {
  // loaded as a float, for the one branch that takes it for one; the other has halves of something else there
  const { code, ours, theirs } = await both(
    t,
    `(module (memory (export "memory") 1)
      (func (export "move") (param $long i32) (result f64) (local $a f64) (local $b f64) (local $c f32)
        (local.set $a (f64.load (i32.const 8)))
        (local.set $b (select (local.get $a) (f64.load (i32.const 16)) (local.get $long)))
        (local.set $c (f32.load (i32.const 24)))
        (f64.store (i32.const 32) (local.get $b))
        (f32.store (i32.const 40) (local.get $c))
        (i32.store (i32.const 44) (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 (local.get $a)) (i64.const 1))))
        (if (local.get $long) (then (return (f64.mul (local.get $a) (f64.const 2)))))
        (f64.const 0)))`,
  );
  const kept = [7, 0x7ff00001, 0x12345678, 0xfff12345, 0x7f800001, 5, 0, 0, 0, 0];
  for (const long of [0, 1])
    for (const word of [kept, [...new Uint32Array(new Float64Array([21, 4, 0, 0, 0]).buffer)]]) {
      const [one, other] = [ours, theirs].map(({ memory, move }) => {
        const words = new Uint32Array(memory.buffer);
        words.set(word, 2);
        const made = move(long);
        return [made, ...words.slice(0, 14)];
      });
      assert.deepEqual(one, other);
    }
  // V8 would keep the bits of such a copy, others don't
  assert.doesNotMatch(code, /HEAPF(32|64)\[[^\]]*\] = \+?(Math_fround\()?HEAPF/);
  assert.doesNotMatch(code, /scratch_store_f64\(\+?HEAPF64/);
});

test('casts that saturate do so in plain JavaScript', async (t) => {
  const kinds = ['i32', 'i64'].flatMap((to) => ['f32', 'f64'].flatMap((from) => ['s', 'u'].map((sign) => ({ to, from, sign, name: `${to}_${from}_${sign}` }))));
  // 64 bits don't cross to JavaScript: in two halves
  const halves = kinds.flatMap(({ to, from, sign, name }) =>
    [0, 32].filter((shift) => to === 'i64' || !shift).map((shift) => {
      const made = `(${to}.trunc_sat_${from}_${sign} (local.get 0))`;
      const half = to === 'i64' ? `(i32.wrap_i64 (i64.shr_u ${made} (i64.const ${shift})))` : made;
      return { from, name: name + shift, text: `(func (export "${name}${shift}") (param ${from}) (result i32) ${half})` };
    }),
  );
  const { ours, theirs } = await both(t, `(module ${halves.map((half) => half.text).join('\n')})`);
  const edges = [31, 32, 63, 64].flatMap((power) => [-1, 0, 1].flatMap((off) => [2 ** power + off, -(2 ** power) + off, 2 ** power * (1 - 2 ** -24), 2 ** power * (1 - 2 ** -53)]));
  for (const number of [NaN, Infinity, -Infinity, 0, -0, 0.5, -0.5, 0.99, -0.99, 1, -1, -1.5, 1e300, -1e300, 123456.789, 1e15 + 0.5, ...edges])
    for (const { name } of halves)
      assert.equal(ours[name](number), theirs[name](number), `${name} of ${number}`);
});
