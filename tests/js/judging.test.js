/** What the studio's engine knows of the library: also after it died, and whatever it refuses. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judging } from '../../demo/studio/judging.js';

/** @param {number} count of recordings @param {(ids: string[], call: number) => void} [put] throws as the engine would */
function makeApp(count, put = () => {}) {
  /** @type {Set<string>} */
  const held = new Set();
  /** @type {string[]} */
  const toasts = [];
  let calls = 0;
  const library = Object.assign(new EventTarget(), {
    ids: Array.from({ length: count }, (_, i) => `r${i}`),
    list: () => library.ids.map((id) => ({ id })),
    texts: async (/** @type {string[]} */ ids) => ids.map((id) => ({ id, text: '' })),
  });
  const engine = {
    put: async (/** @type {{ id: string }[]} */ recordings) => {
      const ids = recordings.map(({ id }) => id);
      put(ids, ++calls);
      for (const id of ids) held.add(id);
    },
    drop: async (/** @type {string[]} */ ids) => ids.forEach((id) => held.delete(id)),
  };
  const app = /** @type {any} */ (Object.assign(new EventTarget(), { library, engine, toast: (/** @type {string} */ text) => toasts.push(text) }));
  return { app, held, library, toasts };
}
const died = () => Object.assign(new Error('gone'), { name: 'Died' });

test('the engine knows what is in the library, and forgets what is not', async () => {
  const { app, held, library } = makeApp(25);
  const { judged } = judging(app);
  await judged();
  assert.equal(held.size, 25);
  library.ids = ['r3', 'new'];
  library.dispatchEvent(new Event('change'));
  await judged();
  assert.deepEqual([...held].sort(), ['new', 'r3']);
});

test('an engine that dies under a recording is told all of them again', async () => {
  let again = () => {};
  const { app, held } = makeApp(25, (_, call) => {
    if (call !== 2) return;
    held.clear();
    // as the client does it: the restart is told before the call that was under way is rejected
    again();
    throw died();
  });
  const { judged, again: restarted } = judging(app);
  again = restarted;
  await assert.rejects(judged(), { name: 'Died' });
  await new Promise((ready) => app.addEventListener('judged', ready, { once: true }));
  assert.equal(held.size, 25);
});

test('what the engine refuses is told, and keeps none of the others out', async () => {
  const { app, held, toasts } = makeApp(25, (ids) => {
    if (ids.includes('r4')) throw new Error('r4: no session in it');
  });
  await judging(app).judged();
  assert.equal(held.size, 15);
  assert.deepEqual(toasts, ['Not judged: r4: no session in it']);
});
