/**
 * The published plays, through the engine as it ships: the same card at the same tick as natively (tests/plays.rs).
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openInstance, readNames } from '../../js/instance.js';
import { putPlays, readPlays } from '../../js/plays.js';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, root));
const module = await WebAssembly.compile(await read('dist/falter.wasm'));
const names = readNames(module);
const model = new Uint8Array(await read('dist/exit.falter'));
const { plays: expected } = JSON.parse(String(await read('tests/sessions/plays/expected.json')));
/** @type {any[]} */
const published = JSON.parse(String(await read('models/plays.json')));
/** A tick ran. */
const TICKED = 1;

/** Every decision of a recording. @param {string} name @param {any[]} [own] a shop's own list; undefined: those in force by default */
async function decisions(name, own) {
  const [header, ...signals] = String(await read(`tests/sessions/plays/${name}.ndjson`)).trim().split('\n').map((line) => JSON.parse(line));
  const { w, h, docH, visits = 0, orders = 0, left_cart = 0, end } = header;
  const page = { width: () => w, height: () => h, depth: () => docH, section: () => -1, path: () => 7, kind: () => 0, item: () => NaN, dialog: () => 0 };
  // putPlays() changes them
  const mine = { ...names };
  const engine = await openInstance(module, model, mine, page, { started: 1e12, origin: 1e12, touch: false });
  engine.setup({ consent: 2, visits: visits + 1, orders, left_cart });
  if (own) {
    const { programs, names: called } = readPlays(own, names);
    putPlays(engine, mine, programs[0] ? programs : [[]], called);
  }
  /** @type {any[]} */
  const made = [];
  let ticked = 0;
  /** One tick at a time, so that none is missed. @param {number} until */
  const run = (until) => {
    for (; ticked + 250 <= until; ticked += 250) if (engine.tick(ticked + 250, 1e12 + ticked + 250) & TICKED) made.push(engine.decision());
  };
  for (const signal of signals) {
    run(signal.t);
    engine.signal(signal);
  }
  run(end);
  return made;
}

test('each published play has its recording, and those that are in force by default are', () => {
  const called = (/** @type {any[]} */ plays) => plays.map(({ name }) => name);
  assert.deepEqual(Object.keys(expected).sort(), called(published).sort());
  assert.deepEqual(names.plays, called(published.filter((play) => play.default !== false)));
});

for (const [name, { t, message }] of Object.entries(expected)) {
  test(`${name} shows its card at ${t} ms`, async () => {
    const made = await decisions(name, published);
    const cued = made.filter(({ play }) => play !== null);
    assert.ok(cued.every(({ play }) => play === name));
    assert.equal(cued[0].t, t);
    assert.deepEqual([cued[0].show.message, cued[0].play], [message, name]);
    assert.equal(made.filter(({ show }) => show).length, 1);
    const byDefault = (await decisions(name)).filter(({ play }) => play !== null);
    assert.equal(byDefault[0]?.t, names.plays.includes(name) ? t : undefined);
  });
  test(`${name} just misses`, async () => {
    const made = await decisions(`${name}.miss`, published);
    assert.ok(made.length > 30 && made.every(({ play }) => play === null));
  });
  test(`${name} is no play of a shop that has none`, async () => {
    assert.ok((await decisions(name, [])).every(({ play, show }) => play === null && !show));
  });
}
