/**
 * The policy's shared cases again, through the engine as it ships and its texts: each case is brought about by signals
 * and settings, as on a page, and decided by the tick at its time.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { openInstance, readNames } from '../../js/instance.js';
import { putPlays } from '../../js/plays.js';
import { MEASURES } from '../../js/plays/measures.js';
import { givenOf, openLanguage, readGiven } from '../cases/say.js';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, root));
const module = await WebAssembly.compile(await read('dist/falter.wasm'));
const names = readNames(module);
const model = await read('dist/exit.falter');
const { base, cases } = JSON.parse(String(await read('tests/cases/policy.json')));
const page = { width: () => 1280, height: () => 720, depth: () => 3000, section: () => -1, path: () => 7, kind: () => 0, item: () => NaN, dialog: () => 0 };
const english = await openLanguage('en', async (path) => JSON.parse(String(await read(path.replace('lang/', 'js/messages/')))));

const TICK_MS = 250;
const REASONS = 13;
/** A measure that is known from the start, and how it is compared (src/plays.rs). */
const SESSION_S = MEASURES.indexOf('session_s');
const FROM = 1;
/** Inputs of the reason head, and the bias. */
const WEIGHTS = names.evidence.length + 1;
/** Where the format (src/model/format.rs) has them: the number of presets, and the checksum. */
const [PRESETS_AT, CHECKSUM_AT] = [8, 24];

/** The shipped model, but sure of a reason whatever the evidence. @param {string} reason */
function sureOf(reason) {
  const bytes = Buffer.from(model);
  const head = bytes.length - 8 * bytes[PRESETS_AT] - REASONS * WEIGHTS;
  for (let place = 0; place < REASONS; place += 1)
    bytes.fill(reason === names.reasons[place] ? 127 : -100, head + place * WEIGHTS, head + (place + 1) * WEIGHTS);
  bytes.writeFloatLE(1, head - 4);
  bytes.writeUInt32LE(crc32(bytes.subarray(CHECKSUM_AT + 4), crc32(bytes.subarray(0, CHECKSUM_AT))), CHECKSUM_AT);
  return bytes;
}

/** What the engine decides in a case. @param {any} given */
async function decided(given) {
  const engine = await openInstance(module, sureOf(given.reason), names, page, { started: 1e12, origin: 1e12, touch: false });
  const { play } = given;
  // its condition always holds
  const program = play && [names.reasons.indexOf(play.reason), names.messages.indexOf(play.message), SESSION_S, FROM, 0];
  putPlays(engine, names, play ? [program] : [[]], ['cue']);
  const at = Math.floor(given.t / TICK_MS) * TICK_MS;
  const settings = {
    threshold: given.is_over ? 0 : 1,
    arming_ms: given.arming_ms,
    consent: ['required', 'memory', 'granted'].indexOf(given.consent),
    dismissals: given.dismissals,
    left_and_returned: given.left_and_returned,
    held_out: given.held_out,
    // an age is that at the session's start, and the tick may be a little before the case's time
    shown_ago_ms: given.shown_ago_ms === null ? undefined : given.shown_ago_ms + given.t - at,
    purchased_ago_ms: given.purchased_ago_ms === null ? undefined : given.purchased_ago_ms + given.t - at,
    play_shown_ago_ms: given.play_shown_ago_ms === null ? undefined : given.play_shown_ago_ms + given.t - at,
    visits: given.visits,
    orders: given.orders,
    left_cart: given.left_cart,
  };
  const signals = [
    // evidence, without which no reason is given
    { s: 'hover', section: 'shipping' },
    ...(given.cart === null ? [] : [{ s: 'cart', op: 'quantity', value: given.cart }]),
    ...(given.has_purchased ? [{ s: 'purchase', value: 42.6 }] : []),
  ];
  while (signals.length < given.signals) signals.push({ s: 'select' });

  let flags = 0;
  if (given.was_shown) {
    engine.setup({ ...settings, threshold: 0, arming_ms: 0, consent: 2, held_out: false, shown_ago_ms: undefined, purchased_ago_ms: undefined });
    engine.signal({ s: 'facts', returns_days: 30, guest_checkout: 1, delivery_days: 3, t: 0 });
    engine.signal({ s: 'cart', op: 'quantity', value: 42.6, t: 0 });
    for (let t = 0; t <= 1000; t += 50) flags |= engine.signal({ s: 'hover', section: 'shipping', t });
    assert.ok(flags & 2, 'a card before the case');
    engine.signal({ s: 'cart', op: 'quantity', value: given.cart, t: 1000 });
  }
  const begin = given.was_shown ? 1000 : 0;
  engine.setup(settings);
  // whatever could be said is held back until the case's tick
  engine.signal({ s: 'state', typing: true, t: begin });
  engine.signal({ s: 'facts', ...given.facts, t: begin });
  for (const signal of signals) engine.signal({ ...signal, t: begin });
  engine.signal({ s: 'state', typing: given.is_busy, t: at - 1 });
  flags = engine.tick(at + 1, 1e12 + at + 1);
  const decision = engine.decision();
  assert.equal(decision?.t, at);
  assert.equal(Boolean(flags & 2), Boolean(decision.show), 'the page is told of a card');
  assert.equal(Boolean(flags & 4), decision.hold === 'holdout', 'and of one that is held out');
  assert.ok([null, 'cue'].includes(decision.play));
  const played = decision.play === null ? {} : { played: true };
  if (!decision.show) return { hold: decision.hold, ...played };
  const { cart, ...show } = decision.show;
  assert.equal(cart, given.cart);
  return { show, ...played };
}

for (const { name, with: changes, ...wanted } of cases)
  test(name, async () => {
    assert.deepEqual(await decided({ ...base, ...changes }), wanted);
  });

test('whatever the engine wants to say, there are words for', () => {
  for (const { name, with: changes, show } of cases) {
    const { facts } = { ...base, ...changes };
    // options make free shipping of it (js/options.js)
    if (!show || facts.shipping_price === 0) continue;
    const { options, faults } = readGiven(givenOf(facts));
    assert.deepEqual(faults, [], name);
    assert.ok(english.say({ message: show.message, options, cart: { ...base, ...changes }.cart }), name);
  }
});
