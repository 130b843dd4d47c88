/**
 * The engine as it ships, in Node: it needs no page. What it is told comes back from its recorder in the very bytes that the
 * command line writes.
 */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { openInstance, readNames } from '../../js/instance.js';
import { openRecorder } from '../../js/recorder.js';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, root));
const module = await WebAssembly.compile(await read('dist/falter.wasm'));
const model = new Uint8Array(await read('dist/exit.falter'));
const page = { width: () => 1280, height: () => 720, depth: () => 3000, section: () => -1, path: () => 7, kind: () => 0, item: () => NaN, dialog: () => 0 };

const names = readNames(module);

/** An engine for a session that began with this page. */
const open = (bytes = model) => openInstance(module, bytes, names, page, { started: 1e12, origin: 1e12, touch: false });

/** What a recording of these lines says. @param {string[]} lines */
async function recorded(lines) {
  const engine = await open();
  const begun = { engine, names, page, session: 'here', touch: false, past: { visits: 1, orders: 0 } };
  const recording = openRecorder({ ...begun, earlier: () => undefined });
  for (const line of lines) engine.signal(JSON.parse(line));
  return recording().split('\n').slice(1, -1);
}

for (const name of (await readdir(new URL('tests/sessions/', root))).filter((file) => file.endsWith('.ndjson')))
  test(`${name} is recorded in the bytes it was told in`, async () => {
    const [, ...lines] = (await read(`tests/sessions/${name}`)).toString().trim().split('\n');
    assert.deepEqual(await recorded(lines), lines);
  });

test('every kind is recorded in the bytes that the command line writes', async () => {
  const lines = (await read('tests/cases/signals.ndjson')).toString().trim().split('\n');
  assert.deepEqual(await recorded(lines), lines);
});

test('what may be left out, rounded or written otherwise comes out as it does on the command line', async () => {
  for (const [told, line] of [
    ['"s":"blur","to":null', '"s":"blur","to":"outside"'],
    ['"s":"click","x":1.26,"y":-0.3', '"s":"click","x":1.5,"y":-0.5,"on":"other"'],
    ['"s":"cart","op":"add"', '"s":"cart","op":"add","qty":1,"value":null'],
    ['"s":"cart","op":"add","item":"foobar","qty":0.3,"value":42.60004', '"s":"cart","op":"add","item":"bf9cf968","qty":0.3,"value":42.6'],
    ['"s":"purchase","value":1999.99995', '"s":"purchase","value":2000'],
    ['"s":"facts","segment":"vip","guest_checkout":true,"price_promise":true,"returns_days":"30","instalments":false', '"s":"facts","price_promise":0,"guest_checkout":1,"segment":"781243b0"'],
    ['"s":"state","typing":true,"consent":"memory"', '"s":"state","typing":true,"consent":"memory"'],
  ])
    assert.deepEqual(await recorded([`{"t":5,${told}}`]), [`{"t":5,${line}}`]);
  assert.deepEqual(await recorded(['{"t":1000,"s":"zoom"}', '{"t":1000,"late":100,"s":"select"}', '{"t":900,"s":"copy"}']), [
    '{"t":1000,"s":"zoom"}',
    '{"t":1000,"late":100,"s":"select"}',
    '{"t":1000,"late":100,"s":"copy","what":"other"}',
  ]);
});

test('a signal that is none is an Error that names the key and what it may be', async () => {
  const engine = await open();
  for (const [signal, message] of /** @type {[any, RegExp][]} */ ([
    [null, /"s" is not move\|down/],
    [{ s: 'cart', op: 'eat' }, /"op" is not add\|remove\|quantity/],
    [{ s: 'move', x: {}, y: 1 }, /"x" is not a number/],
    [{ s: 'move', x: 1 }, /"y" is not a number/],
    [{ s: 'cart', op: 'add', item: true }, /"item" is not a/],
    [{ s: 'state', typing: 1 }, /"typing" is not/],
    [{ s: 'zoom', t: -1 }, /"t" is not a time/],
    [{ s: 'zoom', t: 2 ** 31 }, /"t" is not a time/],
    [{ s: 'zoom', t: 1, late: '1' }, /"late" is not a time/],
  ]))
    assert.throws(() => engine.signal(signal), message);
});

test('a model that is none says so', async () => {
  await assert.rejects(open(model.slice(0, 20)), { kind: 'model_failed' });
  await assert.rejects(open(model.slice(0, -1)), /no model of this version \(at byte 24\)/);
  const other = model.slice();
  other[4] = 99;
  await assert.rejects(open(other), /of this version \(at byte 4\)/);
});

test('a decision and a leave are told as objects', async () => {
  const engine = await open();
  engine.setup({ threshold: 0, arming_ms: 0, consent: 2, held_out: false });
  assert.equal(engine.decision(), null);
  engine.signal({ s: 'facts', free_shipping_from: 50, returns_days: 30, t: 0 });
  engine.signal({ s: 'page', page: 'product', item: 'a', t: 10 });
  engine.signal({ s: 'cart', op: 'add', item: 'a', value: 42.6, t: 20 });
  let flags = 0;
  for (let t = 100; t < 3000; t += 100) flags |= engine.signal({ s: 'hover', section: t % 200 ? 'shipping' : 'returns', t });
  assert.equal(flags & 3, 3, 'ticked, and a card');
  const decision = engine.decision();
  assert.ok(decision && decision.t > 0 && decision.risk > 0 && decision.risk < 1);
  assert.equal(engine.threshold(), 0);
  for (const { name, value, unit, weight } of decision.evidence) assert.ok(name && value > 0 && typeof unit === 'string' && weight > 0);
  assert.ok((decision.show === null) !== (decision.hold === null));
  engine.signal({ s: 'hidden', t: 3100 });
  assert.equal(engine.tick(3300, 1e12 + 3300) & 8, 8);
  const { t, cart } = engine.leave();
  assert.deepEqual([t, cart], [3100, 42.6]);
  assert.equal(engine.features().length, 64);
});

test('a saved session goes on, and what is none is refused', async () => {
  const [one, two] = [await open(), await open()];
  for (let t = 0; t < 5000; t += 50) one.signal({ s: 'move', x: t % 700, y: t % 300, t });
  assert.equal(two.restore(one.save()), true);
  assert.deepEqual(two.save(), one.save());
  assert.equal(two.restore(new Uint8Array(10)), false);
});
