/**
 * Twelve minutes of a shopper at 1 kHz, with all that pages, tabs, timers and clocks do in between, in half a minute; hours of it are
 * `./build.sh soak`.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './soak/judge.js';
import { PERIOD, soak } from './soak/soak.js';

test(`${PERIOD} minutes at 1 kHz: nothing is held on to, no tick is lost or late, and the command line thinks the same`, async (t) => {
  const soaked = await soak({ minutes: PERIOD });
  t.diagnostic(`${soaked.signals} signals, ${soaked.ticks} ticks, ${soaked.compared} compared, ${soaked.caught} made up for`);
  assert.deepEqual(judge(soaked), []);
  assert.ok(soaked.caught > 1000, 'time leapt');
});
