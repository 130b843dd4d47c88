/** What is packed: every file of it, what it weighs, and how it resolves; as npm, publint and "are the types wrong" see it. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { LANGUAGES } from '../../js/messages/load.js';
import { ROOT, WORKSHOP, command, openWorkshop, tool } from './support/workshop.js';

const MODULES = ['.', './slim', './react', './vue', './nowasm', './script'];
/** Bytes, about a tenth over what was measured (2026-11-21: 166,825; 15,470 and 18,301 of brotli). */
const TARBALL_MAX = 183_000;
const MAIN_MAX = 17_000;
const BYTES_MAX = 20_500;

/** @type {Awaited<ReturnType<typeof openWorkshop>>} */
let packed;
/** @type {string[]} */
let paths = [];
/** @type {Record<string, any>} */
let exports = {};
const folder = join(WORKSHOP, 'node_modules/falter');
before(async () => {
  packed = await openWorkshop();
  paths = packed.files.map(({ path }) => path);
  ({ exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
});

/** The files that the script tag is made of, in dist/. */
async function tagFiles() {
  const all = await readdir(join(ROOT, 'dist'), { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(ROOT.length + 'dist/'.length));
  return files.filter((file) => !/^(npm|studio)\/|^falter\.all\.js$|^sizes\.json$|^shops\/(shopify|woocommerce)\//.test(file.replaceAll('\\', '/')));
}

test('all that is promised is packed, and nothing else', async () => {
  const tag = await tagFiles();
  // what the tag loads on need is a chunk here, named after its module
  const parts = tag.filter((file) => file.endsWith('.js') && !/^falter\./.test(file)).map((file) => file.replace(/.*\/|\.js$/g, ''));
  const languages = LANGUAGES.split(' ');
  const chunks = ['bytes', ...parts, ...languages, ...languages.filter((code) => code !== 'en')];
  const entries = ['index', 'slim', 'react', 'vue', 'falter.nowasm'].flatMap((name) => [`${name}.js`, `${name}.d.ts`]);
  const about = ['package.json', 'README.md', 'LICENSE-MIT', 'LICENSE-APACHE'];
  const shapes = ['names', 'options', 'signals', 'events'].map((name) => `types/${name}.d.ts`);
  const types = ['types.d.ts', ...shapes, 'script.d.ts', 'assets/given.d.ts'];
  const expected = [...entries, ...types, ...about, ...tag.map((file) => `script/${file}`), ...chunks.map((name) => `chunks/${name}.js`)];
  const shared = /^chunks\/chunk-[\dA-Z]{8}\.js$/;
  const found = paths.filter((path) => !shared.test(path)).map((path) => path.replace(/^(chunks\/.+)-[\dA-Z]{8}\.js$/, '$1.js'));
  assert.deepEqual(found.sort(), expected.sort());
});

test('nothing in it tells where it was made', async () => {
  for (const path of paths.filter((path) => /\.(js|ts|json|css)$/.test(path))) {
    const text = await readFile(join(folder, path), 'utf8');
    assert.ok(!text.includes('file:') && !text.includes(ROOT), path);
  }
});

test('it weighs no more than it may', async (t) => {
  assert.ok(packed.bytes < TARBALL_MAX, `${packed.bytes} B packed`);
  /** What comes with an import of the main entry. @type {Set<string>} */
  const main = new Set();
  const waiting = [join(folder, 'index.js')];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (main.has(file)) continue;
    main.add(file);
    for (const [, path] of (await readFile(file, 'utf8')).matchAll(/(?:import|from) ?"(\..+?)"/g)) waiting.push(join(dirname(file), path));
  }
  /** @param {string[]} files @returns {Promise<number>} brotli, bytes */
  const weigh = async (files) =>
    (await Promise.all(files.map(async (file) => brotliCompressSync(await readFile(file)).length))).reduce((sum, bytes) => sum + bytes, 0);
  const bytes = paths.filter((path) => path.startsWith('chunks/bytes-')).map((path) => join(folder, path));
  const [light, engine] = await Promise.all([weigh([...main]), weigh(bytes)]);
  t.diagnostic(`${packed.bytes} B packed; brotli: ${light} B come with the import, ${engine} B with the start`);
  assert.ok(light > 1000 && light < MAIN_MAX, `${light} B come with the import`);
  assert.ok(engine > 1000 && engine < BYTES_MAX, `${engine} B come with the start`);
});

test('every entry resolves, types first', async () => {
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === 'object') assert.deepEqual(Object.keys(target), ['types', 'default'], entry);
    for (const path of typeof target === 'object' ? Object.values(target) : [target])
      assert.ok(paths.some((file) => `./${file}` === path || (path.includes('*') && `./${file}`.startsWith(path.split('*')[0]))), path);
  }
  const named = Object.keys(exports).filter((entry) => !entry.includes('*'));
  const wild = ['./lang/de.json', './lang/more/de.json', './shops/marks.js', './card/more.js', './card/layouts.css'];
  const names = [...named, ...wild].map((entry) => entry.replace('.', 'falter'));
  const code = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => import.meta.resolve(name))))`;
  const found = JSON.parse(await command(process.execPath, ['--input-type=module', '-e', code]));
  assert.equal(found.length, names.length);
  for (const address of found) assert.ok((await readFile(new URL(address))).length, address);
});

test('the module is WebAssembly, the model is the one of the repository, and both are inside as they are beside', async () => {
  const [wasm, model] = await Promise.all(['falter.wasm', 'exit.falter'].map((file) => readFile(join(folder, 'script', file))));
  assert.ok(WebAssembly.validate(wasm));
  assert.deepEqual(model, await readFile(join(ROOT, 'models/exit.falter')));
  const chunk = paths.find((path) => path.startsWith('chunks/bytes-')) ?? '';
  const inside = await import(pathToFileURL(join(folder, chunk)).href);
  assert.deepEqual(Buffer.from(inside.wasm), wasm);
  assert.deepEqual(Buffer.from(inside.model), model);
});

test('publint finds nothing', async () => {
  assert.match(await tool('publint/src/cli.js', ['run', packed.tarball, '--strict']), /All good!/);
});

test('"are the types wrong" finds nothing in how modules are imported', async () => {
  // ESM alone: `require` of it is for Node 22 and newer, and is not what we promise. It ends with an error where it finds anything.
  // files that a page loads, not modules that anybody imports, have no types
  const served = Object.keys(exports).filter((entry) => typeof exports[entry] === 'string' && !/\*|json$/.test(entry));
  const args = [packed.tarball, '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...served.map((entry) => entry.slice(2))];
  const { analysis } = JSON.parse(await tool('@arethetypeswrong/cli/dist/index.js', args));
  for (const entry of MODULES)
    for (const how of ['node16-esm', 'bundler'])
      assert.ok(analysis.entrypoints[entry].resolutions[how].resolution.isTypeScript, `${entry}, ${how}`);
});
