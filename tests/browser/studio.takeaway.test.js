/** The studio's Take away: what it hands over is run, and falter starts with just these options; and the studio over a shop's page. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { demo, serve } from '../../xtask/serve.mjs';
import { hand } from './support/hand.js';
import { stand } from './support/stand.js';
import { assertAccessible, openStudio } from './support/studio.js';

const home = new URL('../../', import.meta.url);
const dist = new URL('dist/', home);
// the shop has dist/ in the folder that the tag names
const here = stand(() => serve({ ...demo(), mounts: { '/dist/': dist, '/falter/': dist } }));

/** Everything that can be set, some of it with signs that HTML and JavaScript care about. */
const OWN = {
  messages: { en: { returns_days: { title: 'Don’t "rush" </script> it: {days} days', dismiss: "It's fine" } } },
  offers: { discount: { percent: '10', code: 'STAY10', marginFloor: '0.3' }, alternatives: [{ title: 'Glim', url: '/p/glim', price: '29.90' }], chat: true },
  style: { '--falter-accent': '#c2255c' },
};
const PLAYS = [{ name: 'slow', when: 'checkout_dwell_s > 60 and segment = "vip"', reason: 'checkout_friction' }];
const ALL = new URLSearchParams({
  share: '0.034', arming: '8', 'confidence.shipping_cost': '0.5', 'confidence.returns': '0.4',
  'returns-days': '60', 'guest-checkout': '-', instalments: '3 Klarna & Co, 12 PayPal', 'payment-methods': 'Visa, PayPal', layout: 'bar', ask: 'true',
  consent: 'granted', holdout: '0', own: JSON.stringify(OWN), plays: JSON.stringify(PLAYS),
});
/** What falter has in force by it. */
const IN_FORCE = {
  consent: 'granted', sensitivity: 'balanced', shareOfVisits: 0.034, holdout: 0, lang: '', shop: 'auto', layout: 'bar', ask: true, debug: false, publicEvents: false,
  arming: 8, confidence: { shipping_cost: 0.5, returns: 0.4 }, plays: PLAYS, messages: OWN.messages, sections: {}, sinks: {}, on: {},
  offers: { discount: { percent: 10, code: 'STAY10', marginFloor: 0.3 }, alternatives: [{ title: 'Glim', url: '/p/glim', price: 29.9 }] },
  facts: {
    currency: 'EUR', freeShippingFrom: 50, shippingPrice: 4.9, deliveryDays: 3, returnsDays: 60, pricePromise: 14,
    instalments: [{ count: 3, provider: 'Klarna & Co' }, { count: 12, provider: 'PayPal' }], paymentMethods: ['Visa', 'PayPal'],
  },
};

/** @param {import('playwright-core').Page} page @param {string} form @returns {Promise<string>} */
async function taken(page, form) {
  await page.locator('.takeaway label', { has: page.locator(`input[value=${form}]`) }).click();
  return page.locator(`[data-what=${form}] pre code`).innerText();
}

/** Runs it in a page of a shop. @param {string} head @param {string[]} [asked] paths that it asks for @returns {Promise<{ options: any, faults: any[], running: boolean, threshold: number, accent: string, hasChat: string }>} */
async function run(head, asked = []) {
  const page = await here.browser.newPage();
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route('**/shop.html', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><script>faults = []; addEventListener('falter:error', ({ detail }) => faults.push(detail), true)</script>${head}</head><body><h1>A shop</h1></body></html>` }));
  await page.goto(`${here.server.url}/shop.html`);
  await page.waitForFunction(() => /** @type {any} */ (window).falter?.snapshot?.().running, undefined, { timeout: 8000 });
  const found = await page.evaluate(() => {
    const { falter, faults } = /** @type {any} */ (window);
    const options = { ...falter.options() };
    delete options.base;
    const { running, threshold } = falter.snapshot();
    // functions are none in JSON
    return { options: JSON.parse(JSON.stringify(options)), hasChat: typeof options.offers.chat, faults, running, threshold, accent: getComputedStyle(document.documentElement).getPropertyValue('--falter-accent').trim() };
  });
  await page.close();
  return found;
}

test('the script tag and the package’s options start falter with just what was set', async () => {
  const page = await openStudio(here, `takeaway?${ALL}`);
  const tag = await taken(page, 'tag');
  const style = await page.locator('[data-what=style] pre code').innerText();
  const byTag = await run(`<style>${style}</style>${tag}`);
  const expected = { ...IN_FORCE };
  assert.deepEqual(byTag.options, expected);
  assert.deepEqual([byTag.faults, byTag.hasChat, byTag.accent], [[], 'function', '#c2255c']);

  const code = await taken(page, 'npm');
  const imports = JSON.stringify({ imports: { falter: '/dist/npm/index.js', 'falter/slim': '/dist/npm/slim.js' } });
  const inHtml = code.replaceAll('</', '<\\/');
  const byNpm = await run(`<script type="importmap">${imports}</script><script type="module">${inHtml}\nwindow.falter = falter;</script>`);
  assert.deepEqual(byNpm.options, expected);
  assert.equal(byNpm.threshold, byTag.threshold);
  assert.deepEqual(byNpm.faults, []);
  assert.deepEqual(JSON.parse(await taken(page, 'plays')), PLAYS);
  await assertAccessible(page);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('what is as falter has it is left out, and what is shown changes with what is set', async () => {
  const page = await openStudio(here, 'takeaway');
  const tag = await taken(page, 'tag');
  const names = [...tag.matchAll(/ (data-[\w-]+)=/g)].map(([, name]) => name);
  assert.deepEqual(names, ['currency', 'free-shipping', 'shipping-price', 'delivery-days', 'returns-days', 'instalments', 'price-promise', 'guest-checkout'].map((name) => `data-${name}`));
  assert.equal(await page.locator('section[data-what=style]').isVisible(), false);
  const { threshold } = await run(tag.replace('defer', 'defer data-consent="granted"'));
  assert.match(await page.locator('.tuned').innerText(), new RegExp(threshold.toFixed(3)), 'the studio’s threshold is falter’s');

  assert.match(await page.locator('.plays .published').innerText(), /Deal seeker → Comparing prices/, 'doubts have one name');
  await page.locator('[name=holdout]').selectOption('0.2');
  await page.locator('[data-what=tag] pre', { hasText: 'data-holdout="0.2"' }).waitFor();
  await page.locator('.plays [name=deal_seeker]').uncheck();
  await page.locator('.plays .add').click();
  await page.locator('.own [name=when]').fill('segment > 3');
  const published = JSON.parse(await readFile(new URL('plays.json', dist), 'utf8'));
  await page.locator('.own .fault', { hasText: 'when: ">" cannot compare a segment: = !=' }).waitFor();
  const plays = JSON.parse(await taken(page, 'plays'));
  assert.deepEqual(plays.map(({ name }) => name), [...published.filter((play) => play.default !== false && play.name !== 'deal_seeker').map(({ name }) => name), 'own_play_1']);
  const faulty = await run((await taken(page, 'tag')).replace('defer', 'defer data-consent="granted" data-public-events'));
  assert.deepEqual(faulty.options.plays, plays);
  await assertAccessible(page);

  await page.getByRole('button', { name: 'Remove this play' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.own [name=when]').waitFor();
  await page.getByRole('button', { name: 'Back to the beginning' }).click();
  await page.waitForFunction(() => location.hash === '#takeaway');
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('copying is confirmed, the link carries everything, and the shop tries it', async () => {
  const page = await openStudio(here, `takeaway?${ALL}`);
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'writeText', { value: async (/** @type {string} */ text) => void (/** @type {any} */ (window).copied = text) }));
  await page.locator('[data-what=tag] .copy').click();
  await page.locator('[data-what=tag] .copy', { hasText: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).copied), await taken(page, 'tag'));
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => /** @type {any} */ (window).copied);
  const other = await here.browser.newPage();
  await other.goto(link);
  assert.equal(await taken(other, 'tag'), await page.locator('[data-what=tag] pre code').innerText());
  await other.close();
  await page.bringToFront();

  await page.getByRole('button', { name: 'Try it in the shop' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('.shop-frame'))?.contentWindow.falter?.snapshot().running && /** @type {any} */ (document.querySelector('.shop-frame')).contentWindow.falter.options().arming === 8);
  const options = await page.evaluate(() => JSON.parse(JSON.stringify(/** @type {any} */ (document.querySelector('.shop-frame')).contentWindow.falter.options())));
  assert.deepEqual([options.shareOfVisits, options.layout, options.facts.returnsDays, options.confidence, options.plays], [0.034, 'bar', 60, IN_FORCE.confidence, PLAYS]);
  assert.deepEqual(options.messages.en, OWN.messages.en);
  await page.close();
});

test('a model of one’s own comes as a file, with the lines that put it in place', async () => {
  const page = await openStudio(here, 'takeaway?consent=granted');
  await page.evaluate(async () => {
    const model = await fetch('/dist/exit.falter').then((answer) => answer.arrayBuffer());
    // as the library keeps one that was retrained
    await new Promise((done, failed) => {
      const request = indexedDB.open('falter-studio');
      request.onerror = failed;
      request.onsuccess = () => {
        const kept = request.result.transaction('kept', 'readwrite').objectStore('kept');
        kept.put({ bytes: new Uint8Array(model), manifest: null, name: 'Own model' }, 'model').onsuccess = done;
      };
    });
  });
  await page.reload();
  await page.locator('.about', { hasText: 'Own model' }).waitFor({ timeout: 20_000 });
  const code = await taken(page, 'npm');
  const imports = JSON.stringify({ imports: { 'falter/slim': '/dist/npm/slim.js' } });
  /** @type {string[]} */
  const asked = [];
  const { running } = await run(`<script type="importmap">${imports}</script><script type="module">${code}\nwindow.falter = falter;</script>`, asked);
  assert.equal(running, true);
  assert.ok(asked.includes('/falter/exit.falter'), asked.join());

  await page.locator('.takeaway label', { has: page.locator('input[value=model]') }).click();
  const saved = await page.evaluate(async () => {
    let name = '';
    /** @type {Blob[]} */
    const made = [];
    const before = URL.createObjectURL;
    URL.createObjectURL = (blob) => (made.push(/** @type {Blob} */ (blob)), before(blob));
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    /** @type {HTMLElement} */ (document.querySelector('.save-model')).click();
    const shipped = await fetch('/dist/exit.falter').then((answer) => answer.arrayBuffer());
    const [one, other] = [await made[0].arrayBuffer(), shipped].map((bytes) => [...new Uint8Array(bytes)].join());
    return [name, one === other];
  });
  assert.deepEqual(saved, ['exit.falter', true]);
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Back to the shipped model' }).click();
  await page.locator('.model h2', { hasText: 'Shipped model' }).waitFor();
  await page.close();
});

test('over a shop’s page it hears that page, moves nothing, and goes by Esc', async () => {
  const page = await here.browser.newPage();
  await page.goto(`${here.server.url}/product.html?item=lantern`);
  await page.waitForFunction(() => /** @type {any} */ (window).falter?.version);
  const boxes = () => page.evaluate(() => JSON.stringify([...document.querySelectorAll('main *')].slice(0, 60).map((element) => element.getBoundingClientRect().toJSON())));
  const before = await boxes();
  await page.evaluate((url) => import(url), `${here.server.url}/falter/studio/over.js`);
  await page.waitForFunction(() => document.querySelector('falter-studio'));
  assert.equal(await boxes(), before);
  const studio = page.frameLocator('falter-studio iframe');
  await studio.locator('.live.over .readout').waitFor({ timeout: 20_000 });
  await hand(page, { at: { x: 600, y: 200 } }).waver(2500);
  await studio.locator('.same', { hasText: /\d/ }).waitFor();
  assert.equal(await studio.locator('.same').evaluate((chip) => chip.classList.contains('bad')), false);
  // what is done in the drawer is none of the shopper's doing
  const clicks = () => page.evaluate(() => /** @type {any} */ (window).falter.record().split('\n').filter((/** @type {string} */ line) => line.includes('"s":"click"')).length);
  const heard = await clicks();
  const grip = page.locator('falter-studio .grip');
  await grip.click();
  assert.equal(await clicks(), heard);
  const height = Number(await grip.getAttribute('aria-valuenow'));
  await grip.press('ArrowUp');
  assert.equal(Number(await grip.getAttribute('aria-valuenow')), height + 24);
  // out of dist/ alone, the rest of the studio is there, too
  await studio.locator('a[data-view=messages]').click();
  await studio.frameLocator('.device iframe').locator('falter-card .title', { hasText: '€7.40 away' }).waitFor();
  await page.reload();
  await page.evaluate((url) => import(url), `${here.server.url}/falter/studio/over.js`);
  assert.equal(Number(await grip.getAttribute('aria-valuenow')), height + 24, 'it is as high as it was');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('falter-studio'));
  await page.close();
});

test('over a shop of another origin', async (t) => {
  const shop = await serve({ root: new URL('tests/browser/', home), mounts: { '/dist/': dist } });
  t.after(shop.close);
  const page = await here.browser.newPage();
  await page.goto(`${shop.url}/blank.html`);
  await page.addScriptTag({ url: '/dist/falter.js' });
  await page.evaluate(() => /** @type {any} */ (window).falter.init({ consent: 'granted', shop: 'none', facts: { currency: 'EUR', returnsDays: 30 } }));
  await page.evaluate((url) => import(url), `${here.server.url}/studio/over.js`);
  const studio = page.frameLocator('falter-studio iframe');
  await studio.locator('.live.over .readout').waitFor({ timeout: 20_000 });
  await hand(page, { at: { x: 600, y: 200 } }).waver(2500);
  await studio.locator('.same', { hasText: /\d/ }).waitFor();
  assert.equal(await studio.locator('.same').evaluate((chip) => chip.classList.contains('bad')), false);
  await page.close();
});

test('over a page without falter, or whose policy keeps frames out, it says so', async () => {
  const page = await here.browser.newPage();
  await page.route('**/bare.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bare</title><h1>A shop</h1>' }));
  await page.route('**/strict.html', (route) => route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': "default-src 'self'; frame-src 'none'" }, body: '<!doctype html><title>strict</title><h1>A shop</h1>' }));
  for (const [name, text] of [['bare', 'There is no falter on this page'], ['strict', 'frame-src']]) {
    await page.goto(`${here.server.url}/${name}.html`);
    await page.evaluate((url) => import(url), `${here.server.url}/falter/studio/over.js`);
    await page.locator('falter-studio .says', { hasText: text }).waitFor({ timeout: 8000 });
  }
  await page.getByRole('button', { name: 'Close the studio' }).click();
  assert.equal(await page.locator('falter-studio').count(), 0);
  await page.close();
});
