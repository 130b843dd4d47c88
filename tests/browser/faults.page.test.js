/** Pages that changed what belongs to the language and the browser, before falter's tag or after it: old libraries, polyfills, fakes. */

import assert from 'node:assert/strict';
import { faulty } from './support/faulty.js';

/** @typedef {import('./support/faulty.js').Case} Case */

/** @param {string} code @returns {string} */
const script = (code) => `<script>${code}</script>`;

/** Of the kind that Prototype.js 1.6 and MooTools 1.2 were: whatever they add can be seen by for-in, and some of it has names of today. */
const LIBRARY = `
  Array.prototype.each = function (use) { for (var i = 0; i < this.length; i++) use(this[i], i); return this; };
  Array.prototype.toArray = Array.prototype.entries = function () { return this.slice(); };
  Array.prototype.toJSON = function () { return '[' + this.map(function (one) { return JSON.stringify(one); }).join(', ') + ']'; };
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
  Array.prototype.remove = function (one) { return this.filter(function (other) { return other !== one; }); };
  Array.from = function (given) { return given && given.length !== undefined ? Array.prototype.slice.call(given) : [given]; };
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  String.prototype.startsWith = function (start) { return this.lastIndexOf(start, 0) === 0; };
  String.prototype.strip = function () { return this.replace(/^\\s+|\\s+$/g, ''); };
  Function.prototype.bind = function (to) { var call = this; return function () { return call.apply(to, arguments); }; };
  Object.keys = function (of) { var all = []; for (var name in of) if (Object.prototype.hasOwnProperty.call(of, name)) all.push(name); return all; };
  Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); return this; };
  Element.prototype.hide = function () { this.style.display = 'none'; return this; };
  Object.defineProperty(window, 'Element', { value: function () {}, writable: true });
  window.Event = function () {};
  window.$ = function (id) { return document.getElementById(id); };`;

/** As zone.js 0.13 has it: one listener of the browser's for all of a type and phase, with the options that came first; a signal ends that one. */
const ZONE = `
  (function () {
    var add = EventTarget.prototype.addEventListener, remove = EventTarget.prototype.removeEventListener;
    EventTarget.prototype.addEventListener = function (type, use, options) {
      var target = this || window, capture = Boolean(options && (options === true || options.capture));
      var zone = target.__zone || Object.defineProperty(target, '__zone', { value: {} }).__zone;
      var key = type + capture, tasks = zone[key];
      if (!tasks) {
        tasks = zone[key] = [];
        tasks.heard = function (event) {
          tasks.slice().forEach(function (task) { if (tasks.indexOf(task) >= 0) typeof task === 'function' ? task.call(target, event) : task.handleEvent(event); });
        };
        add.call(target, type, tasks.heard, options);
      }
      if (use && tasks.indexOf(use) < 0) tasks.push(use);
    };
    EventTarget.prototype.removeEventListener = function (type, use, options) {
      var target = this || window, capture = Boolean(options && (options === true || options.capture)), key = type + capture;
      var tasks = target.__zone && target.__zone[key];
      if (!tasks || tasks.indexOf(use) < 0) return remove.call(target, type, use, options);
      tasks.splice(tasks.indexOf(use), 1);
      if (!tasks.length) { remove.call(target, type, tasks.heard, options); delete target.__zone[key]; }
    };
  })();`;

/** A promise of 2014: then and catch, all and race. */
const PROMISE = `
  (function () {
    var Real = Promise;
    function Old(run) { this.real = new Real(run); }
    Old.prototype.then = function (done, failed) { var real = this.real; return new Old(function (ok, no) { real.then(done, failed).then(ok, no); }); };
    Old.prototype['catch'] = function (failed) { return this.then(undefined, failed); };
    Old.resolve = function (value) { return new Old(function (ok) { ok(value); }); };
    Old.reject = function (value) { return new Old(function (_, no) { no(value); }); };
    Old.all = function (list) { return new Old(function (ok, no) { Real.all(list).then(ok, no); }); };
    Old.race = function (list) { return new Old(function (ok, no) { Real.race(list).then(ok, no); }); };
    window.Promise = Old;
  })();`;

/** What can be done to a page without making it useless. @type {Record<string, string>} */
const CHANGES = {
  'a library of 2009': LIBRARY,
  'listeners as zone.js has them': ZONE,
  'an old promise': PROMISE,
  'things added to every object': `Object.prototype.extend = function (more) { for (var name in more) this[name] = more[name]; return this; };
    Object.prototype.$owner = 'shop'; Object.prototype.empty = ''; Object.prototype.Version = 0;`,
  'a CustomEvent of old': `window.CustomEvent = function (type, given) {
      var event = document.createEvent('CustomEvent');
      event.initCustomEvent(type, Boolean(given && given.bubbles), Boolean(given && given.cancelable), given && given.detail);
      return event;
    };`,
  'shadow roots are patched': `var attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (given) { var root = attach.call(this, given); root.appendChild(document.createElement('slot')); return root; };`,
  'fetch goes through a wrapper': `var real = window.fetch; window.fetch = function () { return real.apply(this, arguments).then(function (response) { return response; }); };`,
  'storage is wrapped, and throws what is no Error': `Storage.prototype.setItem = function () { throw 'no'; };`,
  'chance is none': `Math.random = function () { return 0; };`,
  'replace is another': `var replace = String.prototype.replace; String.prototype.replace = function () { return replace.apply(String(this), arguments); };`,
  'elements may not be defined': `customElements.define = function () { throw new Error('not here'); };`,
  'JSON of 2008': `JSON.parse = (function (real) { return function (text) { return real(String(text)); }; })(JSON.parse); Date.prototype.toJSON = function () { return 0; };`,
};

const GRANTED = { 'data-consent': 'granted', 'data-instalments': '3 Klarna, 12 PayPal' };
/** What few pages give, so that every part is loaded. */
const GIVEN = `falter = {
  plays: [{ name: 'patient', when: 'session_s > 600' }],
  sinks: { datalayer: true, webhook: { url: '/hook' } },
  offers: { alternatives: [{ title: 'Torch', url: '/torch' }] },
  sections: { price: 'h1' },
};`;

/** @type {Record<string, Case>} */
const table = {};
for (const [name, code] of Object.entries(CHANGES)) {
  const storage = /^storage/.test(name);
  table[`${name}, before the tag`] = {
    head: script(code) + script(GIVEN),
    tag: GRANTED,
    card: !storage,
    // each store of its own, and again after the start anew
    faults: storage ? ['storage in outbox', 'storage in history', 'storage in outbox'] : [],
    then: (page) => page.evaluate('falter.record(), falter.stop(), falter.start()'),
  };
  table[`${name}, after it`] = { tail: script(code), then: (page) => page.evaluate('falter.stop(), falter.start()') };
}

/** Its own listeners, of every type that falter hears, and of those its card does. */
const LISTENING = `
  heard = {};
  ['keydown', 'click', 'pointerdown', 'focusin', 'scroll', 'blur', 'pagehide'].forEach(function (type) {
    [window, document].forEach(function (target) {
      [true, false].forEach(function (capture) {
        var key = type + (target === window ? ' of the window' : ' of the document') + (capture ? ', first' : '');
        heard[key] = 0;
        target.addEventListener(type, function () { heard[key] += 1; }, capture);
      });
    });
  });`;

faulty({
  ...table,
  "under zone.js the page's own listeners hear on when falter stops, and falter does not": {
    head: script(ZONE),
    tail: script(`addEventListener('load', function () { falter.start().then(function () { ${LISTENING} ready = true; }); });`),
    act: (page) => page.waitForFunction('window.ready'),
    then: async (page) => {
      // the card's listeners go first
      await page.keyboard.press('Escape');
      await page.evaluate('falter.stop(), falter.on("risk", () => (late = true)), falter.on("show", () => (late = true)), late = false, Object.keys(heard).forEach((key) => (heard[key] = 0))');
      await page.keyboard.press('a');
      await page.mouse.click(700, 500);
      const heard = await page.evaluate('heard');
      for (const [key, times] of Object.entries(/** @type {any} */ (heard)))
        if (/keydown|click|pointerdown/.test(key)) assert.ok(times > 0, `${key}: ${JSON.stringify(heard)}`);
      await page.mouse.move(300, 10);
      await page.mouse.move(300, 400);
      assert.equal(await page.evaluate('late'), false, 'it hears no more');
      await page.evaluate('falter.start()');
    },
  },
  'the clock of a test: nothing ticks, and nothing breaks': {
    head: script(`window.setTimeout = window.setInterval = window.requestIdleCallback = function () { return 1; }; Date.now = function () { return 1000; };`),
    runs: false,
    // the tag waits for an idle page that never is
    then: (page) => page.evaluate('falter.stop()'),
  },
  'fetch throws': { head: script(`window.fetch = function () { throw new Error('offline by policy'); };`), faults: ['model_failed in start'], runs: false },
  'fetch gives nothing': { head: script(`window.fetch = function () {};`), faults: ['model_failed in start'], runs: false },
  'shadow roots are forbidden: no card, and the rest goes on': {
    head: script(`Element.prototype.attachShadow = function () { throw new Error('no shadows here'); };`),
    faults: ['internal in card'],
    card: false,
  },
  'there are no constructed style sheets, as in older browsers: no card, and the rest goes on': {
    head: script(`window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor'); };`),
    faults: ['internal in card'],
    card: false,
  },
  'the browser has no more memory for an engine': {
    head: script(`WebAssembly.instantiate = function () { return Promise.reject(new RangeError('WebAssembly.Memory(): could not allocate memory')); };`),
    faults: ['wasm_failed in start'],
    runs: false,
  },
  'WebAssembly may be seen and not used: the stand-in comes': {
    head: script(`WebAssembly.Module = function () { throw new RangeError('no'); };`),
    then: (page) => page.evaluate('undefined'),
  },
});
