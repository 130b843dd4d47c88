import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from '../../js/consent.js';

/** The contract's table: listen (and show a card), store (of the session and local), sinks. */
const TABLE = {
  required: [false, false, false],
  memory: [true, false, false],
  granted: [true, true, true],
};
for (const [consent, expected] of Object.entries(TABLE)) {
  test(`${consent} allows what the contract says`, () => {
    const { listen, store, sinks } = capabilities(consent);
    assert.deepEqual([listen, store, sinks], expected);
  });
}

test('Global Privacy Control stops sinks and nothing else', () => {
  assert.deepEqual(capabilities('granted', true), { ...capabilities('granted'), sinks: false });
});

test('anything else allows nothing', () => {
  assert.ok(Object.values(capabilities('yes')).every((allowed) => !allowed));
});
