/**
 * The traps: what fools exit-intent tools, each done by a buyer, who must see no card during the whole visit, and by a twin who really
 * leaves, before whom a card must come. docs/traps.md tells of them all, with the peers beside: `./build.sh traps` makes it again.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { TRAPS } from './index.js';
import { judge } from './judge.js';
import { runTraps } from './run.js';

/** Of the twins, so many are caught. */
const CAUGHT = 0.9;

/** @typedef {import('./run.js').Result} Result */

/** As soon as it is through. @type {Record<string, (result: Result) => void>} */
const done = {};
const results = TRAPS.map(({ name }) => new Promise((through) => (done[name] = through)));
const whole = runTraps({ traps: TRAPS, seed: 1, done: (result) => done[result.trap.name](result) });

for (const [place, { name, what }] of TRAPS.entries())
  test(`${name}: ${what}`, async () => {
    const { buyer, twin } = /** @type {Result} */ (await Promise.race([results[place], whole.then((all) => all[place])]));
    const { quiet, early } = judge({ buyer, twin }, 'falter');
    assert.deepEqual([buyer.faults, twin.faults], [[], []], `${buyer.trail}\n\nand the one who leaves\n${twin.trail}`);
    assert.ok(buyer.ended - buyer.acted >= 10_000, 'a buyer goes on for ten seconds more');
    assert.ok(quiet, `a buyer saw a card\n${buyer.trail}`);
    assert.ok(!early, `one who had no doubt yet saw a card\n${twin.trail}`);
  });

test(`of those who leave at least ${100 * CAUGHT} % saw a card before`, async () => {
  const all = (await whole).map((visits) => ({ ...visits, ...judge(visits, 'falter') }));
  const missed = all.filter(({ caught }) => !caught);
  assert.ok(missed.length <= (1 - CAUGHT) * all.length, missed.map(({ trap, twin }) => `${trap.name}\n${twin.trail}`).join('\n\n'));
});

test('docs/traps.md tells every trap there is, and what of it was simulated', async () => {
  const text = await readFile(new URL('../../../docs/traps.md', import.meta.url), 'utf8');
  const told = [...text.matchAll(/^\| `([\w-]+)` \| ([^|]+) \|/gm)].map(([, name, what]) => [name, what]);
  assert.deepEqual(told, TRAPS.map(({ name, what }) => [name, what]));
  for (const { simulated } of TRAPS) assert.ok(!simulated || text.includes(simulated), simulated);
});
