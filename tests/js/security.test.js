/** What SECURITY.md claims, as far as it takes no browser; and that each test that it names is there. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readFurther } from '../../js/further.js';
import { openInstance, readNames } from '../../js/instance.js';
import { parseOptions } from '../../js/options.js';
import { readPlays } from '../../js/plays.js';

const home = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, home));

test('SECURITY.md names tests that are there', async () => {
  const text = String(await read('SECURITY.md'));
  const named = [...text.matchAll(/`(tests\/[\w./]+)`(?:: “([^”]+)”)?/g)];
  assert.ok(named.length > 20, `${named.length} named`);
  for (const [, file, name] of named) {
    const code = String(await read(file).catch(() => assert.fail(`there is no ${file}`)));
    if (name) assert.ok(code.includes(name), `${file} has no “${name}”`);
  }
  assert.ok(!/@[\w.-]+\.\w+/.test(text), 'nobody’s address is made up');
});

/** Each would run, were it followed. */
const RUNS = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '\tjavascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'blob:https://x/y', 'filesystem:x', 'view-source:x', 'https://x/"onclick="alert(1)', 'https://x/ y', '<a>',
];

test('an address that could run is no address', () => {
  for (const url of RUNS) {
    const { options, further, faults } = parseOptions({ facts: { cartUrl: url, helpUrl: url }, offers: { alternatives: [{ title: 'x', url }] }, sinks: {} });
    assert.deepEqual([options.facts.cartUrl, options.facts.helpUrl, faults.length], [undefined, undefined, 2], url);
    const { offers } = readFurther(options, further);
    assert.deepEqual(offers.alternatives, [], url);
  }
});

test('nothing that is given reaches a prototype', () => {
  const evil = () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"data-__proto__":"x"}');
  const { given } = parseOptions({ facts: evil(), ...evil() }, { facts: evil(), offers: evil(), messages: evil(), sections: evil(), on: evil(), sinks: evil(), ...evil() });
  const { options, further } = parseOptions({ ...given, ...evil() });
  readFurther(options, { ...further, ...evil() });
  readPlays([evil(), { ...evil(), name: 'a', when: '__proto__ > 1' }, { name: '__proto__', when: 'session_s > 1', reason: '__proto__', message: 'constructor' }], { reasons: [], messages: [] });
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(/** @type {any} */ (Object.prototype).polluted, undefined);
});

test('a model that says it is huge takes no memory', async () => {
  const module = await WebAssembly.compile(await read('dist/falter.wasm'));
  const names = readNames(module);
  const page = { width: () => 1000, height: () => 600, depth: () => 2000, section: () => -1, path: () => 1, kind: () => 1, item: () => NaN, dialog: () => 0 };
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const plain = /** @type {any} */ ({
    names: new Uint8Array(WebAssembly.Module.customSections(module, 'names')[0]),
    instantiate: async (/** @type {any} */ _, /** @type {any} */ imports) => {
      const made = await WebAssembly.instantiate(module, imports);
      memory = /** @type {any} */ (made.exports.memory);
      return made;
    },
  });
  const shipped = await read('models/exit.falter');
  for (const [at, value] of [[5, 255], [7, 255], [8, 255], [12, 65535]]) {
    const bytes = Buffer.from(shipped);
    if (value > 255) bytes.writeUInt16LE(value, at);
    else bytes[at] = value;
    bytes.writeUInt32LE(crc32(Buffer.concat([bytes.subarray(0, 24), bytes.subarray(28)])), 24);
    await assert.rejects(openInstance(plain, bytes, names, page, { started: 1e12, origin: 1e12, touch: false }), { kind: 'model_failed' });
    assert.ok(Number(memory?.buffer.byteLength) <= 512 * 1024, `${memory?.buffer.byteLength} bytes`);
  }
});

test('the module can call what gives and takes numbers, and nothing else', async () => {
  const asked = WebAssembly.Module.imports(await WebAssembly.compile(await read('dist/falter.wasm')));
  assert.deepEqual(asked.map(({ module, name, kind }) => `${module}.${name} ${kind}`).sort(),
    ['depth', 'dialog', 'height', 'item', 'kind', 'path', 'record', 'section', 'width'].map((name) => `page.${name} function`));
});

/** As src/model/format.rs has it. @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

test("the studio's bridge hears its studio, of its origin, and nobody else", async () => {
  const page = /** @type {any} */ (new EventTarget());
  const asked = /** @type {string[]} */ ([]);
  const handle = Object.assign(new EventTarget(), { version: '1', stop: () => asked.push('stop'), forget: () => asked.push('forget') });
  const [to, other] = [1, 2].map(() => ({ postMessage: () => {} }));
  Object.assign(page, { falter: handle, document: { readyState: 'complete' }, parent: other });
  // in no frame
  globalThis.window = /** @type {any} */ ({});
  window.parent = /** @type {any} */ (window);
  const { openBridge } = await import('../../demo/studio/bridge.js');
  const end = openBridge({ to: /** @type {any} */ (to), origin: 'https://studio.example', page });
  const begin = { falter: 'studio', kind: 'begin', isAnew: true, session: '', known: 0, options: {}, model: null };
  const say = async (/** @type {any} */ source, /** @type {string} */ origin, /** @type {any} */ data) => {
    page.dispatchEvent(Object.assign(new Event('message'), { source, origin, data }));
    await new Promise((turn) => setTimeout(turn, 5));
  };
  await say(other, 'https://studio.example', begin);
  await say(to, 'https://evil.example', begin);
  await say(to, 'https://studio.example', { ...begin, falter: 'bridge' });
  assert.deepEqual(asked, []);
  // and it would be heard
  Object.assign(handle, { record: () => '', on: () => {}, off: () => {}, start: async () => {}, snapshot: () => ({}) });
  Object.assign(page, { setInterval: () => 1, clearInterval: () => {}, location: { href: '' } });
  await say(to, 'https://studio.example', begin);
  assert.deepEqual(asked, ['stop', 'forget']);
  end();
});
