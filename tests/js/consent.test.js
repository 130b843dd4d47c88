import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from '../../js/consent.js';

/** The table of CONTRACT.md: listen, card, session, local, sinks. */
const TABLE = {
  required: [false, false, false, false, false],
  memory: [true, true, false, false, false],
  granted: [true, true, true, true, true],
};
for (const [consent, expected] of Object.entries(TABLE)) {
  test(`${consent} allows what the contract says`, () => {
    const { listen, card, session, local, sinks } = capabilities(consent);
    assert.deepEqual([listen, card, session, local, sinks], expected);
  });
}

test('Global Privacy Control stops sinks and nothing else', () => {
  assert.deepEqual(capabilities('granted', true), { ...capabilities('granted'), sinks: false });
});

test('anything else allows nothing', () => {
  assert.ok(Object.values(capabilities('yes')).every((allowed) => !allowed));
});
