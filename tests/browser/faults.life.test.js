/** What happens to a page while falter runs: storage that holds anything, nodes that go, documents written anew, callbacks that throw. */

import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { faulty } from './support/faulty.js';

/** @typedef {import('./support/faulty.js').Case} Case @typedef {import('./support/faulty.js').Page} Page */

const GRANTED = { 'data-consent': 'granted' };

/** What the two keys may hold that falter did not write. @type {Record<string, string>} */
const GARBAGE = {
  'nothing that could be read': `localStorage.falter = sessionStorage['falter.session'] = '{"v":2,'`,
  'wrong types throughout': `localStorage.falter = JSON.stringify({ v: 2, visits: {}, orders: 'x', bucket: [], shown: true, cart: { length: 9 } });
    sessionStorage['falter.session'] = JSON.stringify({ v: 2, id: {}, started: 'x', saved: Date.now(), state: { length: 1e9 }, cart: 'x', recording: { indexOf: 1 }, shared: 1 })`,
  'a state of 4 MB': `sessionStorage['falter.session'] = JSON.stringify({ v: 2, id: 'a', started: Date.now(), saved: Date.now(), state: '1' + ',7'.repeat(2e6) })`,
  'a state of another version': `sessionStorage['falter.session'] = JSON.stringify({ v: 1, id: 'a', started: Date.now(), saved: Date.now(), state: '1,2,3' });
    localStorage.falter = JSON.stringify({ v: 9, shown: Date.now() })`,
  'a recording that is none': `sessionStorage['falter.session'] = JSON.stringify({ v: 2, id: 'a', started: Date.now(), saved: Date.now(), state: '', recording: 'not a line\\n{"t":' })`,
  'names of prototypes': `localStorage.falter = sessionStorage['falter.session'] = '{"v":2,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"saved":' + Date.now() + '}'`,
  'a queue of anything': `localStorage['falter.sinks'] = '{"v":2,"events":{"length":1e9},"dropped":1e999,"told":"x"}'`,
};

/** @type {Record<string, Case>} */
const table = {};
for (const [name, store] of Object.entries(GARBAGE))
  table[`storage holds ${name}: a visit begins, and a card comes`] = {
    store,
    head: `<script>falter = { sinks: { webhook: { url: '/hook' } } };</script>`,
    tag: GRANTED,
    act: (page) => page.evaluate('falter.record(), undefined'),
    then: async (page) => {
      assert.equal(await page.evaluate('({}).polluted'), undefined);
      assert.match(String(await page.evaluate('falter.record()')), /^({.*}\n)*$/, 'each line is one');
    },
  };

/** @param {Page} page @param {(ms: number) => Promise<void>} browse @param {string} holds */
async function browseUntil(page, browse, holds) {
  for (let i = 0; i < 60 && !(await page.evaluate(holds)); i += 1) await browse(300);
  assert.ok(await page.evaluate(holds), holds);
}

const drop = (/** @type {string} */ code) => ({ then: async (/** @type {Page} */ page, /** @type {any} */ { browse }) => (await page.evaluate(code), await browse(600)) });

faulty({
  ...table,
  'the card is removed by the page': drop(`document.querySelector('falter-card').remove()`),
  'the card is moved by the page': drop(`document.body.prepend(document.querySelector('falter-card'))`),
  'the body is emptied, and filled again': drop(`{ const all = [...document.body.childNodes]; document.body.replaceChildren(); document.body.append(...all); }`),
  'the body is another': drop(`{ const body = document.createElement('body'); body.append(...document.body.childNodes); document.body.replaceWith(body); }`),
  'the root is another': {
    act: async (page) => {
      await page.evaluate(`{ const root = document.createElement('html'); root.append(...document.documentElement.childNodes); document.documentElement.replaceWith(root); undefined }`);
      await wait(600);
    },
  },
  'the document is written anew after it was loaded': {
    // on a slow machine a card may come first, go with the old document, and another is not due so soon
    tag: { 'data-arming': '8' },
    act: async (page, { browse }) => {
      await page.waitForFunction('falter.snapshot().running');
      await browse(300);
      // listeners of the document go with document.open(); what the page heard it hears by new ones
      await page.evaluate(`{
        const seen = window.seen;
        document.open();
        document.write('<!doctype html><html lang="en" data-falter-page="product"><body><button id="own">Buy</button></body></html>');
        document.close();
        window.seen = seen;
        document.addEventListener('falter:error', ({ detail }) => seen.faults.push(detail.code + ' in ' + detail.where));
        document.getElementById('own').onclick = () => (seen.clicks += 1);
        undefined;
      }`);
      await wait(1500);
    },
  },
  'a text is written into the document while it is read': { tail: `<script>document.write('<p>More</p>')</script>` },
  'callbacks throw, each time': {
    head: `<script>falter = { on: { risk() { throw Error('mine') }, decision() { throw Error('mine') }, show() { throw Error('mine') }, exposure() { throw Error('mine') }, error() { throw Error('mine') } } };</script>`,
    // they are the page's own, and its handler hears of them
    then: async (page) => {
      const errors = /** @type {string[]} */ (await page.evaluate('seen.pageErrors.splice(0)'));
      assert.ok(errors.length > 2 && errors.every((one) => /mine/.test(one)), String(errors));
      await page.evaluate(`falter.on('risk', () => {}), falter.init({ on: { risk: 0, decision: 0, show: 0, exposure: 0 } })`);
      await page.evaluate('seen.pageErrors.splice(0)');
    },
  },
  'a callback stops falter in the middle of a decision': {
    head: `<script>falter = { on: { decision() { falter.stop(); } } };</script>`,
    runs: false,
  },
  'a callback begins anew at every show': {
    head: `<script>falter = { on: { show() { if (!window.begun) { window.begun = 1; falter.init({ layout: 'bar' }); } } } };</script>`,
    // the card of the first run went with it, and another is not due so soon
    card: false,
    act: (page, { browse }) => browseUntil(page, browse, 'window.begun'),
  },
  'a callback forgets, and another takes consent back': {
    head: `<script>falter = { on: { decision() { falter.forget(); }, risk() { if (window.seen.timers > 20) falter.consent('required'); } } };</script>`,
    tag: GRANTED,
    card: false,
    act: (page) => page.waitForFunction('seen.timers > 30'),
    runs: false,
    then: async (page) => assert.deepEqual(await page.evaluate('Object.keys(localStorage).concat(Object.keys(sessionStorage))'), []),
  },
  'a listener vetoes and throws': {
    head: `<script>falter = { on: { show(event) { event.preventDefault(); throw Error('mine'); } } };</script>`,
    card: false,
    act: async (page, { browse }) => {
      await browseUntil(page, browse, 'seen.pageErrors.length');
      assert.deepEqual(await page.evaluate('seen.pageErrors.splice(0)'), ['Uncaught Error: mine']);
    },
  },
  'two tags, one falter: the second is the guest of the first': {
    tail: `<script src="/dist/falter.js" data-consent="granted" data-layout="bar"></script><script src="/dist/falter.all.js"></script>`,
    then: async (page) => {
      assert.deepEqual(await page.evaluate('[falter.options().layout, falter.consent(), document.querySelectorAll("falter-card").length]'), ['corner', 'memory', 1]);
    },
  },
  'another version was there before': {
    head: `<script>window.falter = { version: '0.0.1', snapshot: () => ({ running: false }), on() {} };</script>`,
    runs: false,
  },
  'a tag manager puts it in late, twice': {
    tag: { src: null },
    tail: `<script>addEventListener('load', () => { for (let i = 0; i < 2; i += 1) { const tag = document.createElement('script'); tag.src = '/dist/falter.js';
      Object.assign(tag.dataset, { consent: 'memory', sensitivity: '1', arming: '0', shop: 'none', holdout: '0', currency: 'EUR', freeShipping: '50' }); document.head.append(tag); } });</script>`,
  },
  'an iframe that falter runs in is removed': {
    tag: { src: null },
    runs: false,
    tail: `<iframe id="frame" src="/blank"></iframe>`,
    act: async (page) => {
      await page.evaluate(`new Promise((done) => { const tag = frame.contentDocument.createElement('script'); tag.src = '/dist/falter.js'; tag.dataset.consent = 'memory'; tag.onload = done; frame.contentDocument.body.append(tag); })`);
      await page.waitForFunction('frame.contentWindow.falter.snapshot().running');
      await page.evaluate('kept = frame.contentWindow.falter, frame.remove(), undefined');
      await wait(600);
      await page.evaluate('kept.stop()');
    },
  },
  'quirks mode: what the card and the engine take for the screen is the screen': {
    html: `<html><head>WATCH TAG</head><body><button id="own">Buy</button>OWN<div style="height: 4000px"></div></body></html>`,
    act: (page) => page.evaluate('falter.record(), undefined'),
    then: async (page) => {
      assert.equal(await page.evaluate('document.compatMode'), 'BackCompat');
      const header = JSON.parse(String(await page.evaluate('falter.record()')).split('\n')[0]);
      assert.deepEqual([header.h, header.docH > 3900], [await page.evaluate('innerHeight'), true]);
      const bottom = await page.evaluate(`document.querySelector('falter-card').shadowRoot.querySelector('.card').getBoundingClientRect().bottom`);
      assert.ok(Number(bottom) > 400 && Number(bottom) <= 800, `${bottom} px`);
    },
  },
  'a page of XML': {
    type: 'application/xhtml+xml',
    html: `<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="/watch.js"></script>TAG</head><body><button id="own">Buy</button><script src="/own.js"></script></body></html>`,
  },
  'a base address that leads elsewhere': { head: `<base href="/some/where/">`, tag: { src: '../../dist/falter.js', 'data-lang': 'de' } },
  'no head, no closing tags': { html: `<!doctype html>WATCH<p>A shop<button id="own">Buy</button>TAG OWN` },
});
