/** The player's marks and the engine's counts: an alert is marked as it is judged. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { judgeAlerts, Track } from '../../demo/studio/player/track.js';
import { openStudio } from './support/studio.js';

const engine = openStudio();
after(() => engine.close());

test('alerts of the player are those that the engine counts, at any threshold and cool-down', async () => {
  const texts = await engine.simulate({ sessions: 30, seed: 3 });
  await engine.put(texts.map((text, i) => ({ id: String(i), text })));
  let seen = 0;
  for (const threshold of [0.08, 0.3, 0.62])
    for (const cooldownMs of [0, 10_000, 30_000]) {
      const settings = { threshold, armingMs: 5000, cooldownMs, confidence: {} };
      const { falseAlerts } = await engine.tune(settings);
      let own = 0;
      for (const text of texts) {
        const { session, ticks } = await engine.replay(text, settings);
        own += judgeAlerts(new Track(ticks), settings, session.presence).filter(({ lead }) => lead === null).length;
      }
      assert.equal(own, falseAlerts, `over ${threshold}, ${cooldownMs} ms apart`);
      seen += own;
    }
  assert.ok(seen > 50, `${seen} false alerts were looked at`);
});

test('a track that grows tick by tick is the one that came at once', async () => {
  const [text] = await engine.simulate({ sessions: 1, seed: 5 });
  const settings = { threshold: 0.3, armingMs: 5000, cooldownMs: 10_000, confidence: {} };
  const { ticks } = await engine.replay(text, settings);
  const whole = new Track(ticks);
  const grown = new Track();
  const [header, ...lines] = text.trimEnd().split('\n');
  await engine.live(header, settings);
  for (const line of lines) grown.append(await engine.feed(`${line}\n`, JSON.parse(line).t));
  assert.ok(grown.length > 20 && grown.length <= whole.length);
  for (let i = 0; i < grown.length; i += 1) {
    assert.equal(grown.t[i], whole.t[i]);
    assert.equal(grown.risk[i], whole.risk[i]);
    assert.deepEqual(grown.row('contributions', i), whole.row('contributions', i));
    const sum = whole.row('contributions', i).reduce((all, part) => all + part, whole.bias);
    assert.ok(Math.abs(sum - whole.margin[i]) < 1e-4, `${sum} is the margin ${whole.margin[i]}`);
  }
  const spans = whole.spans.filter(({ from }) => from <= grown.end).length;
  assert.equal(grown.spans.length, spans);
  assert.equal(whole.at(-1), -1);
  assert.equal(whole.at(whole.t[7]), 7);
  assert.equal(whole.at(whole.t[7] + 100), 7);
});
