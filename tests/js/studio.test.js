/**
 * The studio's engine as it ships, asked as the studio's views ask it.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { openStudio } from './support/studio.js';

const root = new URL('../../', import.meta.url);
const engine = openStudio();
after(() => engine.close());

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
