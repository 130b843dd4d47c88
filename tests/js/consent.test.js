import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { followGoogle } from '../../js/consent/google.js';
import { followShopify } from '../../js/consent/shopify.js';
import { followTcf } from '../../js/consent/tcf.js';
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

afterEach(() => {
  for (const name of ['window', 'document', 'addEventListener']) delete globalThis[name];
});

/** What a platform says, as falter hears it, until `end`. @param {import('../../js/consent/bridges.js').Follow} follow */
function hear(follow) {
  const said = [];
  const life = new AbortController();
  follow((consent, chosen) => said.push([consent, chosen]), life.signal);
  return { said, end: () => (life.abort(), Promise.resolve()) };
}

test('Consent Mode: what a default denies in some regions only an update grants', async () => {
  const region = ['DE', 'FR'];
  for (const [told, consent] of [
    [[['default', { analytics_storage: 'denied', region }], ['default', { analytics_storage: 'granted' }]], 'required'],
    [[['default', { analytics_storage: 'granted' }], ['default', { analytics_storage: 'denied', region }]], 'required'],
    [[['default', { analytics_storage: 'denied' }], ['default', { analytics_storage: 'granted', region }]], 'required'],
    [[['default', { analytics_storage: 'denied' }], ['default', { analytics_storage: 'granted' }]], 'granted'],
    [[['default', { analytics_storage: 'denied', region }], ['update', { analytics_storage: 'granted' }]], 'granted'],
    [[['default', { ad_storage: 'denied', region }], ['default', { analytics_storage: 'granted' }]], 'granted'],
    [
      [
        ['default', { analytics_storage: 'denied', region }],
        ['update', { analytics_storage: 'granted' }],
        ['update', { analytics_storage: 'denied' }],
      ],
      'required',
    ],
  ]) {
    globalThis.window = { dataLayer: [] };
    const { said, end } = hear(followGoogle);
    for (const [kind, state] of told) window.dataLayer.push(['consent', kind, state]);
    assert.equal(said.at(-1)[0], consent, JSON.stringify(told));
    await end();
    globalThis.window = { dataLayer: told.map(([kind, state]) => ['consent', kind, state]) };
    const late = hear(followGoogle);
    assert.equal(late.said.at(-1)[0], consent, 'told before');
    await late.end();
  }
});

test('Consent Mode: a page that starts often wraps its dataLayer once, and a stop leaves nothing', async () => {
  const layer = [];
  globalThis.window = { dataLayer: layer };
  const own = layer.push;
  let depth = 0;
  for (let start = 0; start < 20; start++) {
    const { said, end } = hear(followGoogle);
    layer.push(['consent', 'update', { analytics_storage: 'granted' }]);
    assert.deepEqual(said.at(-1), ['granted', true]);
    if (start % 2) await end();
    else {
      // a restart of the same moment
      end();
      await hear(followGoogle).end();
    }
    assert.equal(layer.push, own);
  }

  // a tag that came later, and stays
  const first = hear(followGoogle);
  const ours = layer.push;
  const tag = function (...entries) {
    depth += 1;
    return ours.apply(this, entries);
  };
  layer.push = tag;
  await first.end();
  for (let start = 0; start < 20; start++) {
    const { said, end } = hear(followGoogle);
    const length = said.length;
    assert.equal(layer.push, tag);
    assert.equal(layer.push({ event: 'x' }), layer.length);
    layer.push(['consent', 'update', { analytics_storage: 'denied' }]);
    assert.equal(said.length, length + 1);
    await end();
  }
  assert.equal(depth, 40);
  layer.push(null, 0, { get 0() { throw new Error('of the page'); } });
});

test("Shopify: what was said elsewhere is noticed when the page comes back, until falter stops", async () => {
  const page = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.addEventListener = page.addEventListener.bind(page);
  let fits = true;
  const customerPrivacy = { analyticsProcessingAllowed: () => true, preferencesProcessingAllowed: () => fits };
  globalThis.window = { Shopify: { customerPrivacy } };
  const { said, end } = hear(followShopify);
  const last = () => said.at(-1)[0];
  assert.equal(last(), 'granted');
  fits = false;
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  assert.equal(last(), 'granted', 'that is a load, which looks anyway');
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  assert.equal(last(), 'required');
  fits = true;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(last(), 'granted');
  await end();
  const { length } = said;
  document.dispatchEvent(new Event('visibilitychange'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  assert.equal(said.length, length);
});

test('TCF: the platform that took its stub\'s place is told that nobody listens any more', async () => {
  const told = [];
  let heard;
  globalThis.window = { __tcfapi: (_command, _version, callback) => (heard = callback) };
  const { said, end } = hear(followTcf);
  window.__tcfapi = (command, _version, _callback, id) => told.push([command, id]);
  heard({ gdprApplies: false, listenerId: 7 }, true);
  assert.deepEqual(said, [['granted', true]]);
  await end();
  assert.deepEqual(told, [['removeEventListener', 7]]);
});
