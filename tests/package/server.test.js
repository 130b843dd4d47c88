/** Where there is no page: a server that renders one, a worker of Node's. All is there, and nothing runs. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { WORKSHOP, command, openWorkshop } from './support/workshop.js';

before(() => openWorkshop());

/** Runs a module in the workshop; it has to end by itself, and may say nothing but what it prints. @param {string} code */
const inNode = async (code) => JSON.parse(await command(process.execPath, ['--input-type=module', '-e', code], WORKSHOP));

/** Uses all that a handle has, options at fault included; prints what came of it. */
const USE = `
  // Node has some of a page's names, from version to version others: none is to be asked
  delete globalThis.navigator;
  const { createFalter } = await import('falter');
  const told = [];
  process.on('uncaughtException', (fault) => told.push(String(fault)));
  const falter = createFalter({ consent: 'granted', layout: 'round', facts: { currency: 'EUR', returnsDays: -1 }, on: { error: () => told.push('error') } });
  falter.on('risk', () => told.push('risk'));
  falter.addEventListener('falter:error', () => told.push('falter:error'));
  const started = [await falter.start(), await falter.init({ facts: { deliveryDays: 3 } })];
  falter.signal({ s: 'cart', op: 'add', value: 3 });
  const consent = [falter.consent(), falter.consent('memory')];
  falter.forget();
  falter.off('risk', () => {});
  falter.stop();
  await new Promise((done) => setTimeout(done, 50));
  const { facts, holdout } = falter.options();
  const seen = { told, started, consent, record: falter.record(), snapshot: falter.snapshot(), facts, holdout, version: typeof falter.version };
`;
const STILL = {
  told: [],
  started: [null, null],
  consent: ['granted', 'memory'],
  record: '',
  snapshot: { running: false, consent: 'memory', t: 0, risk: 0 },
  facts: { currency: 'EUR', deliveryDays: 3 },
  holdout: 0.1,
  version: 'string',
};

test('a handle on a server answers as one that was never started', async () => {
  assert.deepEqual(await inNode(`${USE} console.log(JSON.stringify(seen));`), STILL);
});

test('so it does in a worker', async () => {
  const code = `import { Worker } from 'node:worker_threads';
    const inside = \`(async () => { ${USE.replaceAll('`', '\\`')} (await import('node:worker_threads')).parentPort.postMessage(seen); })()\`;
    new Worker(inside, { eval: true }).on('message', (seen) => console.log(JSON.stringify(seen)));`;
  assert.deepEqual(await inNode(code), STILL);
});

test('every module is imported without a page', async () => {
  const entries = ['falter', 'falter/slim', 'falter/react', 'falter/vue'];
  const code = `const all = await Promise.all(${JSON.stringify(entries)}.map((entry) => import(entry)));
    console.log(JSON.stringify(all.map((module) => Object.keys(module).sort())));`;
  assert.deepEqual(await inNode(code), [
    ['createFalter'],
    ['createFalter', 'provide'],
    ['FalterProvider', 'useFalter', 'useFalterEvent', 'useRisk'],
    ['falter', 'useFalter', 'useFalterEvent', 'useRisk'],
  ]);
});

test('React renders with it on a server', async () => {
  const code = `import { FalterProvider, useFalter, useFalterEvent, useRisk } from 'falter/react';
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    const Risk = () => (useFalterEvent('show', () => {}), useFalter().signal({ s: 'purchase' }), createElement('b', {}, useRisk()));
    const shop = createElement(FalterProvider, { options: { consent: 'granted' } }, createElement(Risk));
    const alone = () => useFalter({ consent: 'granted' }).version && null;
    let refused;
    try { renderToString(createElement(Risk)); } catch (fault) { refused = fault.message; }
    console.log(JSON.stringify([renderToString(shop), renderToString(createElement(alone)), refused]));`;
  const [shop, alone, refused] = await inNode(code);
  assert.deepEqual([shop, alone], ['<b>0</b>', '']);
  assert.match(refused, /FalterProvider/);
});

test('Vue renders with it on a server', async () => {
  const code = `import { falter, useFalter, useFalterEvent, useRisk } from 'falter/vue';
    import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    const Risk = { setup() { const risk = useRisk(); useFalterEvent('show', () => {}); useFalter().signal({ s: 'purchase' }); return () => h('b', risk.value); } };
    const app = createSSRApp(Risk).use(falter, { consent: 'granted' });
    const alone = createSSRApp({ setup() { useFalter({ consent: 'granted' }); return () => h('i'); } });
    console.log(JSON.stringify([await renderToString(app), await renderToString(alone)]));`;
  assert.deepEqual(await inNode(code), ['<b>0</b>', '<i></i>']);
});
