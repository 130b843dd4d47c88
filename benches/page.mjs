/**
 * What falter costs a page, in Chromium: `./build.sh bench`, on what is in dist/.
 *
 * Synthetic events are used on purpose: only their cost is measured, and they can be sent thousands at a time.
 */

import { serve } from '../xtask/serve.mjs';
import { openBrowser } from '../tests/browser/support/browser.js';

const HOME = new URL('../', import.meta.url);
/** A fresh document each. */
const PAGES = 15;
const EVENTS = 20_000;

/** Runs in the page: starts falter with the bytes there, then sends it pointer events. */
async function measure(/** @type {number} */ events) {
  const { createFalter, provide } = await import(/** @type {any} */ ('/npm/slim.js'));
  const read = async (/** @type {string} */ path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const [wasm, model] = await Promise.all(['/npm/script/falter.wasm', '/npm/script/exit.falter'].map(read));
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  for (const name of /** @type {const} */ (['instantiate', 'Instance'])) {
    const real = /** @type {any} */ (WebAssembly)[name];
    /** @type {any} */ (WebAssembly)[name] = function (/** @type {any[]} */ ...given) {
      const keep = (/** @type {any} */ made) => {
        memory = Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
        return made;
      };
      return name == 'Instance' ? keep(Reflect.construct(real, given)) : real.apply(WebAssembly, given).then(keep);
    };
  }
  /** ns an event, with whatever listens now */
  const send = () => {
    const all = Array.from({ length: events }, (_, i) => new PointerEvent('pointermove', { clientX: i % 1000, clientY: i % 700, pointerType: 'mouse' }));
    const began = performance.now();
    for (const event of all) document.body.dispatchEvent(event);
    return ((performance.now() - began) / events) * 1e6;
  };
  const empty = () => {};
  addEventListener('pointermove', empty, { capture: true, passive: true });
  send();
  const before = send();
  removeEventListener('pointermove', empty, { capture: true });
  provide({ wasm, model });
  let fault = '';
  document.addEventListener('falter:error', (event) => (fault = /** @type {CustomEvent} */ (event).detail.message));
  const falter = createFalter({ consent: 'memory', holdout: 0 });
  const began = performance.now();
  await falter.start();
  const ready = performance.now() - began;
  if (!falter.snapshot().running) throw new Error(`falter did not start: ${fault}`);
  send();
  const event = send() - before;
  const kib = (memory?.buffer.byteLength ?? NaN) / 1024;
  falter.stop();
  return { ready, event, kib };
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const server = await serve({ root: new URL('tests/browser/', HOME), mounts: { '/npm/': new URL('dist/npm/', HOME) } });
const browser = await openBrowser();
try {
  /** @type {Awaited<ReturnType<typeof measure>>[]} */
  const seen = [];
  for (let i = 0; i < PAGES; i++) {
    const page = await browser.newPage();
    await page.goto(`${server.url}/blank.html`);
    seen.push(await page.evaluate(measure, EVENTS));
    await page.close();
  }
  /** @param {string} what @param {number} value @param {string} unit @param {number} budget */
  const say = (what, value, unit, budget) => console.log(`${what.padEnd(46)} ${value.toFixed(1).padStart(7)} ${unit}, budget ${budget}`);
  say('load to ready, bytes there', median(seen.map(({ ready }) => ready)), 'ms', 5);
  say('one pointer event, over an empty listener', median(seen.map(({ event }) => event)), 'ns', 150);
  say('memory of the module', Math.max(...seen.map(({ kib }) => kib)), 'KiB', 512);
} finally {
  await browser.close();
  await server.close();
}
