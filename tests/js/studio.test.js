/**
 * The studio's engine as it ships, asked as the studio's views ask it.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { NodeWorker, openStudio } from './support/studio.js';

const root = new URL('../../', import.meta.url);
const engine = openStudio();
after(() => engine.close());

/** @type {import('../../demo/studio/engine/types.d.ts').Settings} */
const SETTINGS = { threshold: 0.3, armingMs: 5000, cooldownMs: 10_000, confidence: {} };
/** Simulated visits, and the same in one file. @type {{ texts: string[], file: string }} */
const visits = { texts: [], file: '' };
/** @type {string} */
let folder;
before(async () => {
  visits.texts = await engine.simulate({ sessions: 12, seed: 5 });
  folder = await mkdtemp(join(tmpdir(), 'falter-studio-'));
  visits.file = join(folder, 'visits.ndjson');
  await writeFile(visits.file, visits.texts.join(''));
});
after(() => rm(folder, { recursive: true, force: true }));

/** What the command line prints. @param {string[]} flags */
async function falter(...flags) {
  const command = ['run', '--quiet', '--locked', '--features', 'cli', '--', ...flags];
  return (await promisify(execFile)('cargo', command, { cwd: root, maxBuffer: 1 << 28 })).stdout;
}
/** NaN is null in JSON; numbers are written as the shortest that reads back the same. @param {ArrayLike<number>} column */
const asJson = (column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value));
/** @param {(number | null)[]} numbers */
const as32 = (numbers) => numbers.map((value) => (value === null ? null : Math.fround(value)));
/** The part of a column that is about these ticks. @template {{ slice(from: number, to: number): T }} T @param {T} column @param {number} tick */
const row = (column, tick, width = 64) => column.slice(tick * width, (tick + 1) * width);

test('the model it opens with is the one that ships', async () => {
  const manifest = JSON.parse(await readFile(new URL('models/exit.json', root), 'utf8'));
  const { checksum, trees, depth, bytes, presets, hasShares } = await engine.model();
  assert.deepEqual(
    { checksum, trees, depth, bytes, presets },
    { checksum: manifest.checksum, trees: manifest.trees, depth: manifest.depth, bytes: manifest.bytes, presets: manifest.presets },
  );
  assert.equal(hasShares, true);
});

test('a model that is none is refused with what is wrong, and the one before stays', async () => {
  const before = await engine.model();
  await assert.rejects(engine.setModel(new Uint8Array(4)), { message: 'not a model of this version: the file is cut short (at byte 4)' });
  assert.deepEqual(await engine.model(), before);
});

test('simulated visits are those of the seed, however many are made', async () => {
  const [few, more] = await Promise.all([engine.simulate({ sessions: 2, seed: 7 }), engine.simulate({ sessions: 3, seed: 7 })]);
  assert.deepEqual(more.slice(0, 2), few);
  assert.match(few[1], /^\{"session":"sim-7-000002",/);
});

test('simulated visits are those of the command line', async () => {
  assert.equal(visits.texts.join(''), await falter('simulate', '--sessions', '12', '--seed', '5'));
});

test('a replay is that of the command line, bit for bit', async () => {
  const { presets } = await engine.model();
  const [, threshold] = presets.find(([share]) => share == 0.2) ?? assert.fail('a preset');
  const lines = (await falter('replay', visits.file, '--features', '--share', '0.2')).split('\n').filter(Boolean);
  const names = await engine.names();
  let cards = 0;
  for (const text of visits.texts) {
    const { session, ticks } = await engine.replay(text, { ...SETTINGS, threshold });
    for (const [i, t] of ticks.t.entries()) {
      const native = JSON.parse(lines.shift() ?? 'null');
      const { hold } = ticks;
      cards += Number(hold[i] == 255);
      assert.deepEqual(
        [session.session, t, ticks.risk[i], names.reasons[ticks.reason[i]], hold[i] == 255 ? 'show' : names.holds[hold[i]], names.plays[ticks.play[i]]],
        [native.session, native.t, Math.fround(native.risk), native.reason, native.decision, native.play],
      );
      assert.deepEqual(asJson(row(ticks.features, i)), as32(native.features));
    }
  }
  assert.equal(lines.length, 0, 'as many ticks');
  assert.ok(cards > 1, `${cards} cards`);
});

test('contributions and bias sum to the margin', async () => {
  const { ticks } = await engine.replay(visits.texts[1], SETTINGS);
  for (const [i, margin] of ticks.margin.entries()) {
    const sum = row(ticks.contributions, i).reduce((a, b) => a + b, ticks.bias);
    assert.ok(Math.abs(sum - margin) < 1e-5, `${sum} and ${margin} at ${ticks.t[i]}`);
  }
});

test('a session fed as it goes on comes to the bits of its replay', async () => {
  const [header, ...lines] = visits.texts[2].trim().split('\n');
  const { session, ticks } = await engine.replay(visits.texts[2], SETTINGS);
  await engine.live(header, SETTINGS);
  const fed = [];
  while (lines.length) {
    const some = lines.splice(0, 1 + (lines.length % 7));
    fed.push(await engine.feed(some.join('\n'), JSON.parse(some.at(-1) ?? '').t));
  }
  fed.push(await engine.feed('', session.end));
  for (const column of /** @type {const} */ (['t', 'risk', 'reason', 'hold', 'message', 'answers', 'play', 'features', 'contributions', 'posterior', 'evidence']))
    assert.deepEqual(fed.flatMap((part) => [...part[column]]), [...ticks[column]], column);
  assert.ok(engine.cost() > 0, 'it says what a tick costs');
  await engine.live(null, SETTINGS);
  await assert.rejects(engine.feed('', 0), { message: 'no session goes on: begin one with live()' });
});

test('figures are what the command line prints of the same file', async () => {
  await engine.put(visits.texts.map((text, i) => ({ id: `${i}`, text })));
  const printed = JSON.parse(await falter('evaluate', visits.file, '--json'));
  assert.deepEqual(await engine.figures('visits.ndjson'), printed);
  const { presets } = await engine.model();
  // balanced
  const [, threshold] = presets.find(([share]) => share == 0.05) ?? assert.fail('a preset');
  const tuned = await engine.tune({ ...SETTINGS, threshold });
  assert.deepEqual([tuned.visits, tuned.ids.length, tuned.outcomes.card.length], [12, 12, 12]);
  assert.equal(tuned.leaves, printed.leaves);
  await engine.drop(['0', '1', 'none']);
  assert.deepEqual((await engine.tune(SETTINGS)).ids, visits.texts.map((_, i) => `${i}`).slice(2));
});

test('recordings that cannot be read are told and keep none of the others out', async () => {
  const put = engine.put([{ id: 'bad', text: 'oops' }, { id: 'good', text: visits.texts[0] }]);
  await assert.rejects(put, { message: 'bad: line 1: expected { at byte 0' });
  assert.equal((await engine.tune(SETTINGS)).ids.at(-1), 'good');
});

test('settings that make no sense are refused', async () => {
  const refused = (/** @type {object} */ part, /** @type {RegExp} */ message) =>
    assert.rejects(engine.tune({ ...SETTINGS, ...part }), { message });
  await refused({ threshold: 2 }, /the threshold is a risk, from 0 to 1/);
  await refused({ threshold: undefined }, /settings: threshold is not a number/);
  await refused({ confidence: { hunger: 0.5 } }, /no reason is called "hunger"/);
});

test('a file is read as it comes, packed or not', async () => {
  const whole = visits.texts.join('');
  for (const [file, bytes] of /** @type {[Blob, number][]} */ ([
    [new Blob([whole]), whole.length],
    [new Blob([gzipSync(whole)]), gzipSync(whole).length],
  ])) {
    /** @type {number[]} */
    const told = [];
    const { texts, sessions, aside } = await engine.read(file, { onProgress: (read) => told.push(read) });
    assert.deepEqual(texts, visits.texts);
    assert.deepEqual(aside, []);
    assert.equal(told.at(-1), bytes, 'all of the file');
    for (const [i, text] of texts.entries()) assert.deepEqual(sessions[i], (await engine.replay(text, SETTINGS)).session);
  }
});

test('files that are something else are answered with what they are', async () => {
  const refused = (/** @type {BlobPart} */ part, /** @type {RegExp} */ message) => assert.rejects(engine.read(new Blob([part])), { message });
  await refused('', /^no session in it: a recording begins with/);
  await refused('PK\x03\x04', /a zip archive/);
  await refused(await readFile(new URL('dist/studio/studio.wasm', root)), /^no session in it; line 1: not UTF-8/);
  await refused(gzipSync(visits.texts[0]).subarray(0, 900), /the gzip file is damaged or cut short/);
  await refused(gzipSync('not a recording'), /^no session in it; line 1: expected \{/);
  const { texts, aside } = await engine.read(new Blob([`${visits.texts[0]}oops\n`]));
  assert.deepEqual([texts, aside.length], [[visits.texts[0]], 1]);
});

test('reading ends when it is told to, and the engine goes on', async () => {
  const abort = new AbortController();
  const file = new Blob(Array(200).fill(visits.texts.join('')));
  const read = engine.read(file, { signal: abort.signal, onProgress: () => abort.abort() });
  await assert.rejects(read, { name: 'AbortError' });
  const start = performance.now();
  await engine.model();
  assert.ok(performance.now() - start < 2000, 'the rest is not read first');
  await assert.rejects(engine.read(file, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});

/** A worker whose first simulation traps; the one after it does not. */
const TRAP = `
  const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
  ))).exports.t;
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => {
    const { instance, module } = await instantiateStreaming(...given);
    return { instance: { exports: { ...instance.exports, studio_simulate: trap } }, module };
  };
`;

test('after a trap a new worker answers, with the model that was set, and says so', async () => {
  const model = new Uint8Array(await readFile(new URL('models/exit.falter', root)));
  NodeWorker.before = TRAP;
  /** @type {Error[]} */
  const restarts = [];
  const studio = openStudio();
  studio.onRestart = (why) => restarts.push(why);
  try {
    // without its manifest it has no shares, by which it is known again
    assert.equal((await studio.setModel(model)).hasShares, false);
    await studio.put([{ id: 'a', text: visits.texts[0] }]);
    NodeWorker.before = '';
    const calls = [studio.simulate({ sessions: 1, seed: 1 }), studio.model()];
    const settled = await Promise.allSettled(calls);
    for (const result of settled) assert.equal(result.status == 'rejected' && result.reason.name, 'Died');
    assert.equal(restarts.length, 1);
    assert.match(restarts[0].message, /unreachable/);
    assert.equal((await studio.model()).hasShares, false);
    assert.deepEqual((await studio.tune(SETTINGS)).ids, [], 'whoever holds the recordings puts them again');
    assert.deepEqual(await studio.simulate({ sessions: 1, seed: 5 }), visits.texts.slice(0, 1));
  } finally {
    NodeWorker.before = '';
    studio.close();
  }
});

/** A worker's death and start take some tens of ms. */
const [WAITS, WAIT_MS] = [400, 25];

test('what kills every worker is not tried for ever', async () => {
  NodeWorker.before = TRAP;
  const studio = openStudio();
  /** @type {Promise<unknown>[]} */
  const tried = [];
  studio.onRestart = () => {
    tried.push(studio.model().then(() => studio.simulate({ sessions: 1, seed: 1 })).catch((why) => why));
  };
  try {
    await studio.model();
    await assert.rejects(studio.simulate({ sessions: 1, seed: 1 }), { name: 'Died' });
    for (let i = 0; i < WAITS && tried.length < 3; i++) await wait(WAIT_MS);
    assert.equal(tried.length, 3);
    assert.ok((await tried[2]) instanceof Error);
    const started = NodeWorker.started;
    assert.equal((await studio.model()).trees, 100, 'asked again, it is started again');
    assert.equal(NodeWorker.started, started + 1);
    assert.equal(tried.length, 4, 'and whoever put something to it is told that it is empty');
    assert.ok((await tried[3]) instanceof Error);
  } finally {
    NodeWorker.before = '';
    studio.close();
  }
});

test('a worker that never comes up is told, and not started again and again', async () => {
  NodeWorker.before = "throw new Error('blocked');";
  const started = NodeWorker.started;
  const studio = openStudio();
  studio.onRestart = () => assert.fail('nothing was running');
  try {
    await assert.rejects(studio.names(), { name: 'Died', message: /blocked/ });
    assert.equal(NodeWorker.started, started + 1);
    NodeWorker.before = '';
    assert.equal((await studio.names()).reasons.length, 14);
    assert.equal(NodeWorker.started, started + 2);
  } finally {
    NodeWorker.before = '';
    studio.close();
  }
});
