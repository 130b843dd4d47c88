/** Files of falter's that are missing, wrong, cut short or late: one error with its code, and all that can go on does. */

import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { faulty } from './support/faulty.js';

/** What a host answers with for what it does not have, and says that it was found. */
const APP = { type: 'text/html', text: '<!doctype html><style>body{margin:0} .a{color:red}</style><div id="root"></div>' };
const GRANTED = { 'data-consent': 'granted' };

faulty({
  'the engine is not there': { files: { 'falter.wasm': { status: 404 } }, faults: ['wasm_failed in start'], runs: false },
  'the engine is the page of an app': { files: { 'falter.wasm': APP }, faults: ['wasm_failed in start'], runs: false },
  'the engine is cut short': { files: { 'falter.wasm': { cut: 9000 } }, faults: ['wasm_failed in start'], runs: false },
  'the engine is half there, and said to be whole': { files: { 'falter.wasm': { text: '\0asm\x01\0\0\0\x01' } }, faults: ['wasm_failed in start'], runs: false },
  'the connection breaks under the engine': { files: { 'falter.wasm': { closed: true } }, faults: ['wasm_failed in start'], runs: false },
  'the engine has another type': { files: { 'falter.wasm': { type: 'text/plain' } } },
  'the model is not there': { files: { 'exit.falter': { status: 404 } }, faults: ['model_failed in start'], runs: false },
  'the model is the page of an app': { files: { 'exit.falter': APP }, faults: ['model_failed in start'], runs: false },
  'the model is cut short': { files: { 'exit.falter': { cut: 900 } }, faults: ['model_failed in start'], runs: false },
  'the model is empty': { files: { 'exit.falter': { text: '' } }, faults: ['model_failed in start'], runs: false },
  'the server is down, and so is every file': {
    files: { 'falter.wasm': { status: 503 }, 'exit.falter': { status: 503 } },
    faults: ['_failed in start'],
    runs: false,
    // and a start once it is back is one
    then: async (page) => {
      await page.route('**/dist/{falter.wasm,exit.falter}', (route) =>
        route.fulfill({ path: fileURLToPath(new URL(`../..${new URL(route.request().url()).pathname}`, import.meta.url)) }),
      );
      await page.evaluate('falter.start()');
      assert.equal(await page.evaluate('falter.snapshot().running'), true);
      await page.evaluate('falter.stop()');
    },
  },
  'the style sheet is not there': { files: { 'card.css': { status: 404 } }, faults: ['internal in card'], card: false },
  'the style sheet is the page of an app': { files: { 'card.css': APP }, faults: ['internal in card'], card: false },
  'the words are not there': { files: { 'lang/en.json': { status: 404 } }, faults: ['internal in card'], card: false },
  'the words of the language are the page of an app: English': {
    tag: { 'data-lang': 'de' },
    files: { 'lang/de.json': APP },
    faults: ['bad_option in lang'],
  },
  'what is drawn besides is not there: the card comes without': {
    tag: { 'data-ask': '' },
    files: { 'card/more.js': { status: 404 } },
    faults: ['internal in card'],
  },
  'the search for the shop is not there': { tag: { 'data-shop': 'auto' }, files: { 'shops/auto.js': { status: 404 } }, faults: ['internal in shop'] },
  'a part has a type that no module may have': { tag: { 'data-shop': 'auto' }, files: { 'shops/auto.js': { type: 'text/plain' } }, faults: ['internal in shop'] },
  'further facts are not there: the others are said': { tag: { 'data-stock': '4' }, files: { 'further.js': { status: 404 } }, faults: ['internal in further'] },
  'sinks are not there': {
    head: `<script>falter = { sinks: { segment: true } };</script>`,
    tag: GRANTED,
    files: { 'sinks.js': { status: 404 } },
    faults: ['internal in sinks'],
  },
  'the part of several tabs is not there': {
    tag: GRANTED,
    store: `localStorage.falter = JSON.stringify({ v: 2, visits: 3 })`,
    files: { 'tabs.js': { closed: true } },
    faults: ['internal in tabs'],
  },
  'the consent platform is not there: nothing runs': {
    tag: { 'data-consent': null, 'data-consent-from': 'tcf' },
    files: { 'consent/bridges.js': { status: 500 } },
    faults: ['internal in consent/bridges'],
    runs: false,
  },
  'the stand-in for WebAssembly is not there': {
    headers: { 'content-security-policy': "script-src 'self' 'unsafe-inline'" },
    files: { 'falter.nowasm.js': { status: 404 } },
    faults: ['wasm_blocked in start'],
    runs: false,
  },
  'a policy keeps every fetch away': {
    headers: { 'content-security-policy': "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'none'" },
    faults: ['_failed in start'],
    runs: false,
  },
  'the engine comes after 3 s: the page waits for nothing, and then it is there': {
    files: { 'falter.wasm': { late: 3000 } },
    act: async (page) => {
      const at = await page.evaluate(`performance.getEntriesByType('navigation')[0].loadEventEnd`);
      assert.ok(Number(at) > 0 && Number(at) < 2500, `loaded at ${at} ms`);
      assert.equal(await page.evaluate('falter.snapshot().running'), false);
      // what is told meanwhile is not lost
      await page.evaluate(`carts = [], falter.on('exposure', ({ detail }) => carts.push(detail.cart)), falter.signal({ s: 'cart', op: 'add', qty: 1, value: 42.6 })`);
    },
    then: async (page) => assert.equal(await page.evaluate('carts[0]'), 42.6),
  },
  'a stop while the engine is on its way holds, whenever it comes': {
    files: { 'falter.wasm': { late: 2000 }, 'exit.falter': { late: 1500 } },
    act: async (page) => {
      await wait(300);
      await page.evaluate('falter.stop()');
      await wait(2500);
    },
    runs: false,
  },
  'no engine ever comes: the page does not wait, and a stop is one': {
    files: { 'falter.wasm': { late: 600_000 } },
    act: (page) => page.evaluate('falter.stop(), falter.start(), falter.stop(), undefined'),
    runs: false,
  },
  'the style sheet comes after 3 s: the card waits for it': {
    files: { 'card.css': { late: 3000 } },
    then: async (page) => {
      const width = await page.evaluate(`document.querySelector('falter-card').shadowRoot.querySelector('.card').offsetWidth`);
      assert.ok(Number(width) > 200 && Number(width) < 500, `${width} px`);
    },
  },
});
