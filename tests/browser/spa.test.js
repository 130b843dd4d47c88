/**
 * A shop that turns its pages without loading a document: by pushState and by hash, with the Navigation API and without, in a
 * frame, and prerendered.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './support/browser.js';
import { html, idOf, openShop, runs, tag, visit } from './support/shops.js';

/** What has no event of its own is looked for once a second. */
const LOOKED_MS = 1500;

const ROUTER = `<main></main><script>
  const pages = {
    '/': '<h1>Home</h1>',
    '/products/lamp': '<div data-falter-page="product" data-falter-item="LAMP-1"><p data-falter="shipping">Shipping 4.90</p></div>',
    '/products/stool': '<p data-falter="shipping">Shipping 4.90</p><p data-falter="returns">30 days</p>',
    '/cart': '<h1>Cart</h1>',
  };
  const draw = () => { document.querySelector('main').innerHTML = pages[location.hash.slice(1) || location.pathname] ?? ''; };
  go = (path) => { history.pushState(null, '', path); draw(); };
  addEventListener('popstate', draw);
  addEventListener('hashchange', draw);
  own = [history.pushState, history.replaceState];
  draw();
</script>`;
/** @type {import('./support/shops.js').Shop} */
const shop = ({ path }) => {
  if (path === '/frame') return html('<button id="inside" onclick="clicks = 1">A payment button</button>');
  if (path === '/framed') return html('<h1>Outside</h1><iframe src="/products/lamp" width="600" height="400"></iframe>');
  return html(`${ROUTER}<iframe src="/frame" width="300" height="100"></iframe>${tag({ 'data-shop': 'none' })}`);
};

/** @type {Awaited<ReturnType<typeof openShop>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  server = await openShop(shop);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});

/** @param {import('playwright-core').Page | import('playwright-core').Frame} page */
async function recorded(page) {
  const text = /** @type {string} */ (await page.evaluate('falter.record()'));
  const all = text.trim().split('\n').slice(1).map((line) => JSON.parse(line));
  return (/** @type {string[]} */ ...kinds) => all.filter(({ s }) => kinds.includes(s)).map(({ t: _t, late: _late, ...signal }) => signal);
}

for (const has of [true, false])
  test(`pages that are turned are seen, with what they are about ${has ? 'and' : 'without'} the Navigation API`, async (t) => {
    const page = await visit(t, browser, server, '/');
    if (!has) {
      await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'));
      await page.reload();
      await runs(page);
      assert.equal(await page.evaluate('typeof navigation'), 'undefined');
    }
    const go = async (/** @type {string} */ path) => {
      await page.evaluate(`go('${path}')`);
      await page.waitForTimeout(LOOKED_MS);
    };
    await go('/products/lamp');
    await go('/products/stool');
    await go('/products/stool?size=l');
    await go('/cart');
    await page.goBack();
    await page.waitForTimeout(LOOKED_MS);
    const of = await recorded(page);
    assert.deepEqual(
      of('page').slice(-4).map(({ page, item, from }) => [from, page, item]),
      [
        ['home', 'product', idOf('LAMP-1')],
        ['product', 'product', idOf('/products/stool')],
        ['product', 'cart', undefined],
        ['cart', 'product', idOf('/products/stool')],
      ],
    );
    const sections = of('see').map(({ section }) => section);
    assert.deepEqual([...new Set(sections)].sort(), ['returns', 'shipping'], 'sections that come later are seen');
    const hides = of('pagehide').length;
    assert.equal(hides, has ? 0 : 1, 'but for the reload');
    assert.equal(await page.evaluate('own[0] === history.pushState && own[1] === history.replaceState'), true, 'nothing of history is replaced');

    // what turned a page explains no leave after it
    await page.evaluate('dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))');
    assert.deepEqual((await recorded(page))('pagehide').slice(hides), [{ s: 'pagehide', cause: 'unknown' }]);
  });

test('pages by hash are pages too', async (t) => {
  const page = await visit(t, browser, server, '/');
  await page.evaluate(`location.hash = '/products/stool'`);
  await page.waitForTimeout(LOOKED_MS);
  await page.evaluate(`location.hash = '/cart'`);
  await page.waitForTimeout(LOOKED_MS);
  await page.evaluate(`location.hash = 'reviews'`);
  await page.waitForTimeout(LOOKED_MS);
  const of = await recorded(page);
  assert.deepEqual(of('page').map(({ page }) => page), ['home', 'product', 'cart', 'home'], 'but for a place in a page');
});

test('a click into a frame is no leave, and falter in a frame sees what is in it', async (t) => {
  const page = await visit(t, browser, server, '/products/lamp');
  await page.evaluate(`void (leaves = 0, falter.on('leave', () => (leaves += 1)))`);
  await page.mouse.click(300, 200);
  await page.frameLocator('iframe').locator('#inside').click();
  await page.waitForTimeout(900);
  const of = await recorded(page);
  assert.deepEqual(of('blur').map(({ to }) => to), ['iframe']);
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate('leaves'), 0);

  await page.goto(`${server.url}/framed`);
  const frame = page.frames().find((one) => one.url().endsWith('/products/lamp'));
  assert.ok(frame);
  await frame.waitForFunction(() => /** @type {any} */ (window).falter?.snapshot?.().running);
  const box = await page.locator('iframe').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 50, (box?.y ?? 0) + 60, { steps: 5 });
  await page.waitForTimeout(300);
  const inside = await recorded(frame);
  assert.equal(inside('page').at(-1)?.page, 'product');
  assert.ok(inside('move').length > 0);
});

test('a page that is prerendered waits until it is asked for', async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${server.url}/blank`);
  await page.evaluate('localStorage.clear(), sessionStorage.clear()');
  // Driven as it is here, Chromium fetched a page of speculation rules but did not activate it (2026-11). So a document is made
  // to say what theirs do (Prerendering Revamped: hidden, until it is activated).
  await page.addInitScript(() => {
    let isPrerendering = true;
    for (const [name, value] of /** @type {const} */ ([['prerendering', () => isPrerendering], ['hidden', () => isPrerendering], ['visibilityState', () => (isPrerendering ? 'hidden' : 'visible')]]))
      Object.defineProperty(document, name, { get: value });
    /** @type {any} */ (window).activate = () => {
      isPrerendering = false;
      for (const type of ['prerenderingchange', 'visibilitychange']) document.dispatchEvent(new Event(type));
    };
  });
  await page.goto(`${server.url}/products/lamp`);
  await page.waitForFunction(() => /** @type {any} */ (window).falter?.version);
  await page.waitForTimeout(1500);
  assert.deepEqual(await page.evaluate('[sessionStorage.length + localStorage.length, falter.snapshot().running]'), [0, false], 'nothing has run');
  const fetched = () => page.evaluate(`performance.getEntriesByType('resource').filter(({ name }) => /wasm|exit/.test(name)).length`);
  assert.equal(await fetched(), 0, 'nor was it fetched');
  await page.evaluate('activate()');
  await runs(page);
  await page.waitForTimeout(LOOKED_MS);
  const text = /** @type {string} */ (await page.evaluate('falter.record()'));
  const first = JSON.parse(text.split('\n')[1]);
  assert.ok(first.t < 1000, `its time begins when it is seen: ${first.t}`);
});
