/** The package, packed and installed, in its users' projects: each built by its own tool, and used by a shopper in Chromium. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serve } from '../../xtask/serve.mjs';
import { openBrowser } from '../browser/support/browser.js';
import { buildWithEsbuild, buildWithRollup, buildWithVite, buildWithWebpack, serveWithNext, serveWithVite } from './support/build.js';
import { ask, open, shop, until } from './support/shopper.js';
import { WORKSHOP, openWorkshop } from './support/workshop.js';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  await openWorkshop();
  server = await serve({ root: WORKSHOP });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A whole visit to a page, after which nothing may have gone wrong. @param {string} url */
async function visit(url) {
  const { page, wrong } = await open(browser, url);
  await shop(page);
  assert.deepEqual(wrong, []);
  await page.close();
}

/** @param {string} path in the projects */
const visitBuilt = (path) => visit(`${server.url}/projects/${path}`);

/** Starts, stops, and starts again, which needs no more bytes. @param {string} path in the projects */
async function startBuilt(path) {
  const { page, wrong } = await open(browser, `${server.url}/projects/${path}`);
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => void fetched.push(request.url()));
  for (let start = 0; start < 2; start += 1) {
    await ask(page, "falter.consent('memory'), falter.start()");
    await until(page, 'falter.snapshot().running');
    await ask(page, 'falter.stop()');
  }
  assert.equal(fetched.filter((url) => /\.wasm$/.test(url)).length, 1, 'the file was fetched once');
  assert.equal(fetched.filter((url) => /bytes/.test(url)).length, 0, 'and no chunk with the same');
  assert.deepEqual([await ask(page, 'faults'), wrong], [[], []]);
  await page.close();
}

test('a page of plain modules, with an import map', () => visitBuilt('page/index.html'));

test('the same page, where a policy forbids WebAssembly: the chunk with plain JavaScript comes by itself', async () => {
  // the import map is inside the page
  const headers = { 'content-security-policy': "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'; img-src data:" };
  const strict = await serve({ root: WORKSHOP, headers });
  try {
    const { page, wrong } = await open(browser, `${strict.url}/projects/page/index.html`);
    await shop(page, 0);
    assert.deepEqual(wrong.filter((text) => !/wasm-(unsafe-)?eval|WebAssembly/.test(text)), []);
    await page.close();
  } finally {
    await strict.close();
  }
});

test('slim, given bytes, addresses, or answers', async (t) => {
  await t.test('bytes', () => visitBuilt('slim/index.html?by=bytes'));
  for (const how of ['url', 'answer']) await t.test(how, () => startBuilt(`slim/index.html?by=${how}`));
});

test('a worker of the page imports it, and nothing runs there', async () => {
  const { page, wrong } = await open(browser, `${server.url}/projects/page/index.html`);
  const seen = await page.evaluate(async () => {
    const code = `import { createFalter } from '${location.origin}/node_modules/falter/index.js';
      const falter = createFalter({ consent: 'granted' });
      await falter.start();
      postMessage(falter.snapshot());`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
    return new Promise((done, failed) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => failed(new Error(message));
    });
  });
  assert.deepEqual(seen, { running: false, consent: 'granted', t: 0, risk: 0 });
  assert.deepEqual(wrong, []);
  await page.close();
});

test('Vite', async (t) => {
  await buildWithVite('vite');
  await t.test('the main entry', () => visitBuilt('vite/dist/index.html'));
  await t.test('slim, with the addresses of files that Vite copies', () => startBuilt('vite/dist/slim.html'));
});

test('webpack', async (t) => {
  await buildWithWebpack();
  await t.test('the main entry', () => visitBuilt('webpack/dist/index.html'));
  await t.test('slim, with the addresses of files that webpack copies', () => startBuilt('webpack/dist/slim.html'));
});

test('esbuild', async () => {
  await buildWithEsbuild();
  await visitBuilt('esbuild/dist/index.html');
});

test('Rollup', async () => {
  await buildWithRollup();
  await visitBuilt('rollup/dist/index.html');
});

/** A component that runs falter by itself, without a provider or a plugin. @param {string} url */
async function mountAlone(url) {
  const { page, wrong } = await open(browser, url);
  await until(page, 'falter.snapshot().running');
  await page.mouse.move(300, 300);
  await until(page, 'window.told > 0 && Number(document.querySelector("output").textContent) > 0');
  await ask(page, 'unmount()');
  assert.deepEqual(await ask(page, '[falter.snapshot().running, engines, faults]'), [false, 1, []]);
  assert.deepEqual(wrong, []);
  await page.close();
}

test('Vue', async (t) => {
  await buildWithVite('vue');
  await t.test('the plugin', () => visitBuilt('vue/dist/index.html'));
  await t.test('options that change', async () => {
    const { page, wrong } = await open(browser, `${server.url}/projects/vue/dist/index.html`);
    await ask(page, "given.consent = 'memory'");
    await until(page, 'engines === 1 && falter.snapshot().running');
    await ask(page, 'given.facts = { ...given.facts }, new Promise((done) => setTimeout(done, 100))');
    assert.equal(await ask(page, 'engines'), 1, 'what says the same starts nothing');
    await ask(page, 'given.facts.returnsDays = 14');
    await until(page, 'engines === 2 && falter.snapshot().running');
    assert.equal(await ask(page, 'falter.options().facts.returnsDays'), 14);
    await ask(page, "given.consent = 'required'");
    await until(page, '!falter.snapshot().running');
    assert.deepEqual([await ask(page, 'faults'), wrong], [[], []]);
    await page.close();
  });
  await t.test('a component alone', () => mountAlone(`${server.url}/projects/vue/dist/index.html#alone`));
});

test('Next.js, rendered on its server', async () => {
  const next = await serveWithNext();
  try {
    const html = await (await fetch(next.url)).text();
    assert.match(html, /<output id="risk">0\.000000<\/output>/, 'the server renders what hooks say where nothing runs');
    await visit(next.url);
  } finally {
    await next.close();
  }
});

test('React in strict mode, in development', async (t) => {
  const vite = await serveWithVite('react');
  try {
    await t.test('consent comes later', () => visit(vite.url));
    await t.test('consent was there before: mounted twice, one engine runs', async () => {
      const { page, wrong } = await open(browser, `${vite.url}?consent=memory`);
      await until(page, 'falter.snapshot().running');
      assert.equal(await ask(page, 'engines'), 1);
      await page.mouse.move(300, 300);
      for (const turn of [1, 2, 3]) {
        await ask(page, `setTurn(${turn})`);
        // the listener of that render hears it
        await until(page, `window.heardIn === ${turn}`);
      }
      assert.equal(await ask(page, 'engines'), 1, 'options that say the same start nothing');
      await ask(page, 'setDays(14)');
      await until(page, 'engines === 2 && falter.snapshot().running');
      assert.equal(await ask(page, 'falter.options().facts.returnsDays'), 14, 'and one that says something else is taken over');
      assert.deepEqual([await ask(page, 'faults'), wrong], [[], []]);
      await page.close();
    });
    await t.test('a component alone', () => mountAlone(`${vite.url}?consent=memory#alone`));
  } finally {
    await vite.close();
  }
});
