/** The card in a real browser, under the strictest CSP, driven by real keys and clicks. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './support/browser.js';

const ROOT = new URL('../../', import.meta.url);
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Blanket</title><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>
<main><h1>Blanket</h1><div data-falter-card></div><input id="near"><input id="far">
<button data-falter-add="SKU1">Add</button>
<span data-falter-cart="0">0</span></main></html>`;
const FILES = {
  '/': ['text/html', PAGE],
  '/page.css': [
    'text/css',
    ':root{color-scheme:light dark}body{margin:0;height:3000px;font-family:sans-serif}' +
      'falter-card{display:none;position:static}' +
      '#near{position:fixed;right:60px;bottom:60px}#far{position:fixed;left:60px;bottom:60px}',
  ],
  '/page.js': [
    'text/javascript',
    `import { showCard } from '/js/card/card.js';
     import { STYLE as LAYOUTS } from '/js/card/layout-style.js';
     import { STYLE } from '/js/card/style.js';
     const style = STYLE + LAYOUTS;
     import { connectDataLayer } from '/js/shops/datalayer.js';
     import { connect as connectMarks } from '/js/shops/marks.js';
     window.told = [];
     window.connect = (shop, send) => {
       const ears = new AbortController();
       window.stop = () => ears.abort();
       let total;
       const heard = (signal) => {
         if (signal.s === 'cart') total = signal.value;
         send(signal);
       };
       (shop === 'marks' ? connectMarks : connectDataLayer)(heard, ears.signal, () => total);
     };
     window.show = (text = {}, layout = 'corner', message = 'free_shipping_left') => {
       window.card = showCard({ layout, message, style,
         text: { lang: 'en', dir: 'ltr', note: 'A note from the shop', title: '€7.40 to go',
           body: 'From €50, shipping is on us.', points: [], progress: 0.85, steps: [],
           act: { label: 'Keep shopping' },
           dismiss: 'No, thanks', close: 'Close', ...text },
         onEnd: (what, how) => window.told.push(what + ' ' + how) });
     };
     window.part = (name) => document.querySelector('falter-card')?.shadowRoot.querySelector('[part~=' + name + ']');
     window.shifted = 0;
     new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifted += entry.value)))
       .observe({ type: 'layout-shift', buffered: true });
     window.ready = true;`,
  ],
};

let browser;
let server;
let page;
let context;
const complaints = [];

before(async () => {
  server = createServer(async ({ url }, response) => {
    const [type, body] = FILES[url] ?? ['text/javascript', await readFile(new URL('.' + url, ROOT)).catch(() => null)];
    response.writeHead(body === null ? 404 : 200, { 'content-type': type, 'content-security-policy': CSP });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
});
after(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(() => open());

async function open(options = {}) {
  await context?.close();
  complaints.length = 0;
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'console',
    (message) =>
      message.type() === 'error' && !/favicon/.test(message.location().url) && complaints.push(message.text()),
  );
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => window.ready);
}
const show = (...given) => page.evaluate((given) => window.show(...given), given);
const told = () => page.evaluate('window.told');
const gone = () => page.waitForFunction(() => !document.querySelector('falter-card'));
const boxOf = (name) => page.evaluate((name) => window.part(name).getBoundingClientRect().toJSON(), name);
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test('shows under a strict CSP and Trusted Types: no complaint, no style attribute, no layout shift', async () => {
  await show();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate("window.part('card').querySelectorAll('[style]').length"), 0);
  const { right, bottom, width } = await boxOf('card');
  assert.deepEqual([right, bottom, width], [1260, 780, 384], 'rules of the page do not reach it');
  await page.keyboard.press('Escape');
  await gone();
  assert.equal(await page.evaluate('window.shifted'), 0);
  assert.deepEqual(complaints, []);
});

test('what comes from outside is text', async () => {
  await show({ title: '<img src=x onerror=alert(1)>', points: ['<b>bold</b>'], body: '<script>1</script>' });
  assert.equal(await page.evaluate("window.part('title').textContent"), '<img src=x onerror=alert(1)>');
  assert.equal(await page.evaluate("window.part('card').querySelectorAll('img,b,script').length"), 0);
});

test('leaves the focus alone, can be reached by keyboard, and gives the focus back', async () => {
  await page.focus('#far');
  await show();
  assert.equal(await page.evaluate('document.activeElement.id'), 'far');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate("document.querySelector('falter-card').shadowRoot.activeElement?.textContent"),
    'Keep shopping',
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await gone();
  assert.deepEqual(await told(), ['dismiss no']);
  assert.equal(await page.evaluate('document.activeElement.matches("[data-falter-add]")'), true);
});

test("Esc closes it once and stays the page's own key", async () => {
  await show();
  await page.evaluate(() =>
    addEventListener('keydown', (event) => window.told.push(`page ${event.key} ${event.defaultPrevented}`)),
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await gone();
  assert.deepEqual(await told(), ['dismiss escape', 'page Escape false', 'page Escape false']);
});

test('an Esc that the page used up for its own dialog leaves the card', async () => {
  await page.evaluate(() => document.body.addEventListener('keydown', (event) => event.preventDefault()));
  await show();
  await page.keyboard.press('Escape');
  assert.deepEqual(await told(), []);
});

for (const [name, selector, expected] of [
  ['the action', 'accept', 'act button'],
  ['No, thanks', 'dismiss', 'dismiss no'],
  ['the close button', 'close', 'dismiss close'],
]) {
  test(`${name} tells it once, however often it is pressed`, async () => {
    await show();
    const { left, top, width, height } = await boxOf(selector);
    await page.mouse.click(left + width / 2, top + height / 2, { clickCount: 2 });
    await gone();
    assert.deepEqual(await told(), [expected]);
  });
}

test('an action with an address is a link', async () => {
  await show({ act: { label: 'See my cart', href: '#cart' } });
  const { left, top } = await boxOf('accept');
  await page.mouse.click(left + 9, top + 9);
  await gone();
  assert.deepEqual(await told(), ['act link']);
  assert.match(page.url(), /#cart$/);
});

test('saying no is as easy as following, closing is big enough', async () => {
  await show();
  const [accept, dismiss, close] = [await boxOf('accept'), await boxOf('dismiss'), await boxOf('close')];
  assert.deepEqual([accept.width, accept.height], [dismiss.width, dismiss.height]);
  assert.ok(close.width >= 32 && close.height >= 32);
});

for (const [field, viewport] of [
  ['near', { width: 1280, height: 800 }],
  ['far', { width: 1280, height: 800 }],
  ['near', { width: 390, height: 700 }],
  ['far', { width: 320, height: 568 }],
]) {
  test(`never covers the focused field: ${field} at ${viewport.width} px`, async () => {
    await open({ viewport });
    const fieldBox = () => page.evaluate((id) => document.getElementById(id).getBoundingClientRect().toJSON(), field);
    await page.focus('#' + field);
    await show();
    assert.ok(!overlap(await boxOf('card'), await fieldBox()), 'focused before');
    await page.evaluate('card()');
    await page.evaluate('document.activeElement.blur()');
    await show();
    await page.focus('#' + field);
    assert.ok(!overlap(await boxOf('card'), await fieldBox()), 'focused after');
  });
}

test('is announced politely, and only for a while', async () => {
  await show();
  const heard = () => page.evaluate("window.part('heard').textContent");
  assert.equal(await heard(), '', 'first the region, then the words');
  await page.waitForTimeout(250);
  assert.match(await heard(), /€7\.40 to go.*shipping is on us/);
  assert.deepEqual(
    await page.evaluate("[window.part('card').getAttribute('role'), window.part('heard').getAttribute('role')]"),
    ['complementary', 'status'],
  );
  await page.waitForTimeout(4000);
  assert.equal(await heard(), '');
});

test('close() takes every listener, timer and element with it', async () => {
  const session = await context.newCDPSession(page);
  const listeners = async () => {
    let count = 0;
    for (const expression of ['document', 'window']) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      count += (await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId })).listeners.length;
    }
    return count;
  };
  const atFirst = await listeners();
  await show();
  assert.ok((await listeners()) > atFirst);
  await page.evaluate('card(), card()');
  assert.equal(await listeners(), atFirst);
  assert.equal(await page.evaluate("document.querySelector('falter-card')"), null);
  assert.deepEqual(await told(), []);
});

test('modal on request: a native dialog that Esc closes', async () => {
  await page.focus('#far');
  await show({}, 'modal');
  assert.equal(await page.evaluate("window.part('card').matches('dialog:modal')"), true);
  await page.keyboard.press('Escape');
  await gone();
  assert.deepEqual(await told(), ['dismiss escape']);
  assert.equal(await page.evaluate('document.activeElement.id'), 'far');
  await show({}, 'modal');
  await page.keyboard.press('Enter');
  await gone();
  assert.deepEqual(await told(), ['dismiss escape', 'act button']);
  assert.equal(await page.evaluate('document.activeElement.id'), 'far');
});

test('inline stands in its slot, and in the corner where there is none', async () => {
  await show({}, 'inline');
  assert.equal(await page.evaluate("document.querySelectorAll('[data-falter-card] > falter-card').length === 1"), true);
  await page.evaluate("card(), document.querySelector('[data-falter-card]').remove()");
  await show({}, 'inline');
  assert.equal((await boxOf('card')).right, 1260);
});

test('right to left it stands in the left corner, its bar grows from the right', async () => {
  await show({ dir: 'rtl', lang: 'ar' });
  assert.equal((await boxOf('card')).left, 20);
  const [bar, grown] = await page.evaluate(() => {
    const bar = window.part('progress');
    return [bar, bar.firstChild].map((element) => element.getBoundingClientRect().toJSON());
  });
  assert.ok(Math.abs(grown.right - bar.right) < 1 && grown.left > bar.left + 20);
});

for (const layout of ['corner', 'bar', 'modal', 'inline']) {
  for (const given of [{ colorScheme: 'dark' }, { colorScheme: 'light' }, { forcedColors: 'active' }]) {
    test(`${layout} can be read at 320 px with ${Object.values(given)}`, async () => {
      await open({ viewport: { width: 320, height: 568 }, ...given });
      const long = 'Fortsetzungsbestellungen ansehen';
      await show(
        { points: ['Free shipping from €50'], act: { label: long }, steps: ['€14.21', '€14.20', '€14.20'] },
        layout,
      );
      const seen = await page.evaluate(() => {
        const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const light = (colour) => {
          paint.fillStyle = colour;
          paint.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((part) => {
            const c = part / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (name, on) => {
          const [ink, paper] = [
            getComputedStyle(window.part(name)).color,
            getComputedStyle(window.part(on)).backgroundColor,
          ];
          const [high, low] = [light(ink), light(paper)].sort((a, b) => b - a);
          return (high + 0.05) / (low + 0.05);
        };
        return {
          contrasts: [
            contrast('title', 'card'),
            contrast('body', 'card'),
            contrast('accept', 'accept'),
            contrast('dismiss', 'dismiss'),
          ],
          overflow:
            document.documentElement.scrollWidth > 320 ||
            window.part('card').scrollWidth > window.part('card').clientWidth,
        };
      });
      assert.ok(
        seen.contrasts.every((ratio) => ratio >= 4.5),
        `contrast ${seen.contrasts}`,
      );
      assert.equal(seen.overflow, false);
    });
  }
}

test('moves only for those who like it', async () => {
  await show();
  const running = () => page.evaluate("window.part('card').getAnimations({ subtree: true }).length");
  assert.equal(await running(), 0);
  await open({ reducedMotion: 'no-preference' });
  await show();
  assert.ok((await running()) > 0);
});

test('marks of the shop become cart signals', async () => {
  await page.evaluate(() => {
    window.connect('marks', (signal) => window.told.push(signal));
    const button = document.querySelector('[data-falter-add]');
    const cart = document.querySelector('[data-falter-cart]');
    button.addEventListener('click', () => setTimeout(() => (cart.dataset.falterCart = '42.60'), 50));
    window.setCart = (total) => (cart.dataset.falterCart = total);
  });
  await page.click('[data-falter-add]');
  await page.waitForFunction(() => window.told.length === 1);
  await page.evaluate("window.setCart('42.60'), window.setCart('x')");
  await page.evaluate("window.setCart('20')");
  await page.waitForFunction(() => window.told.length === 2);
  await page.evaluate("window.stop(), window.setCart('99')");
  await page.waitForTimeout(50);
  assert.deepEqual(await told(), [
    { s: 'cart', op: 'add', item: 'SKU1', qty: 1, value: 42.6 },
    { s: 'cart', op: 'remove', item: undefined, qty: 1, value: 20 },
  ]);
});

test('a cart that is drawn later is known, and was not added now', async () => {
  await page.evaluate(() => {
    document.querySelector('[data-falter-cart]').remove();
    window.connect('marks', (signal) => window.told.push(signal));
    const cart = document.createElement('span');
    cart.dataset.falterCart = '19.90';
    document.body.append(cart);
  });
  await page.waitForFunction(() => window.told.length === 1);
  await page.evaluate("window.stop()");
  assert.deepEqual(await told(), [{ s: 'cart', op: 'quantity', item: undefined, qty: 1, value: 19.9 }]);
});

test('the dataLayer is read from its first entry, and given back', async () => {
  const told = await page.evaluate(() => {
    const layer = (window.dataLayer = [{ event: 'view_cart', ecommerce: { value: 10 } }]);
    const { push } = layer;
    const signals = [];
    window.connect('datalayer', (signal) =>
      signals.push(signal.s + ' ' + (signal.value ?? signal.page)),
    );
    const length = layer.push(
      { event: 'add_to_cart', ecommerce: { value: 5, items: [{ item_id: 'a' }] } },
      { event: 'other' },
    );
    window.stop();
    layer.push({ event: 'purchase', ecommerce: { value: 15 } });
    return { signals, length, restored: layer.push === push, entries: layer.length };
  });
  assert.deepEqual(told, { signals: ['page cart', 'cart 10', 'cart 15'], length: 3, restored: true, entries: 4 });
});
