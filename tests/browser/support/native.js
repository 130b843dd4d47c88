/** The command line, as the other side of a comparison. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

const root = new URL('../../../', import.meta.url);

/** The command, as `FALTER` names it or else as cargo makes it. */
export const falter = () => (process.env.FALTER ? [process.env.FALTER] : ['cargo', 'run', '--quiet', '--locked', '--features', 'cli', '--']);

/**
 * @typedef {{ session: string, t: number, risk: number, features?: (number | null)[] }} Tick
 *
 * @param {string} recording NDJSON
 * @param {string[]} [flags]
 * @returns {Promise<Tick[]>} every tick of it
 */
export async function replay(recording, flags = []) {
  const [command, ...first] = falter();
  const child = spawn(command, [...first, 'replay', '-', ...flags], { cwd: root });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  child.stdin.end(recording);
  const code = await new Promise((done) => child.once('close', done));
  if (code) throw new Error(`falter replay: ${err}`);
  return out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** JSON has no NaN, and the native side writes its 32 bits in the shortest form. @param {any} ours @param {any} theirs */
export const same = (ours, theirs) => (Number.isNaN(ours) ? theirs === null : Object.is(ours, Math.fround(theirs)));

/**
 * The same ticks, risks and features, bit for bit.
 * @param {import('./feed.js').Fed['ticks']} ticks
 * @param {Tick[]} native
 */
export function assertSame(ticks, native) {
  assert.deepEqual(ticks.map(([time]) => time), native.map((tick) => tick.t), 'the same ticks');
  for (const [i, [time, risk, features]] of ticks.entries()) {
    assert.ok(same(risk, native[i].risk), `risk at ${time}: ${risk} and ${native[i].risk}`);
    for (const [place, value] of features.entries())
      assert.ok(same(value, native[i].features?.[place]), `feature ${place} at ${time}: ${value} and ${native[i].features?.[place]}`);
  }
}

/**
 * What a page recorded of itself comes to the risks that it told, bit for bit.
 * @param {string} recording NDJSON
 * @param {{ t: number, risk: number }[]} live
 */
export async function assertReplays(recording, live) {
  const native = new Map((await replay(recording)).map((tick) => [tick.t, tick.risk]));
  const end = Math.max(...native.keys());
  for (const { t, risk } of live.filter((tick) => tick.t <= end)) {
    assert.ok(native.has(t), `a tick at ${t}`);
    assert.ok(same(risk, native.get(t)), `risk at ${t}: ${risk} and ${native.get(t)}`);
  }
}
