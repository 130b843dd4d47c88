/** Everything that is built with, or shipped, may be: its licence is on the list in deny.toml. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const home = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, home), 'utf8');
const [, list] = /allow = \[([^\]]*)\]/.exec(await read('deny.toml')) ?? [];
const allowed = new Set([...list.matchAll(/"([^"]+)"/g)].map(([, licence]) => licence));
/** Where falter is built for. */
const PLATFORMS = ['x86_64-unknown-linux-gnu', 'wasm32-unknown-unknown'];

/** Of alternatives one has to be on the list, of several together all; `/` is an old "or". @param {string | undefined | null} licence */
function isAllowed(licence) {
  if (!licence) return false;
  /** @param {string} text @returns {boolean} */
  const holds = (text) => {
    // what is in parentheses first, as what it comes to
    const simple = text.replace(/\(([^()]*)\)/g, (_, inner) => (holds(inner) ? 'YES' : 'NO'));
    if (simple !== text) return holds(simple);
    return text.split(/ OR |\//).some((one) => one.split(' AND ').every((part) => part === 'YES' || allowed.has(part.trim())));
  };
  return holds(licence);
}

test('expressions are read as SPDX means them', () => {
  for (const [licence, may] of /** @type {const} */ ([
    ['MIT', true], ['GPL-3.0-only', false], ['GPL-3.0-only OR MIT', true], ['GPL-3.0-only AND MIT', false], ['MIT/Apache-2.0', true],
    ['(MIT OR GPL-3.0-only) AND Unicode-3.0', true], ['(MIT AND GPL-3.0-only) OR LGPL-3.0', false], ['', false], [undefined, false],
  ]))
    assert.equal(isAllowed(licence), may, licence);
});

test('crates', async () => {
  for (const platform of PLATFORMS) {
    const given = ['metadata', '--format-version', '1', '--locked', '--all-features', '--filter-platform', platform];
    const { stdout } = await promisify(execFile)('cargo', given, { cwd: fileURLToPath(home), maxBuffer: 1 << 26 });
    const { packages } = JSON.parse(stdout);
    assert.ok(packages.length > 50, `${packages.length} crates`);
    const others = packages.filter((/** @type {any} */ { source, license }) => source && !isAllowed(license));
    assert.deepEqual(others.map((/** @type {any} */ { name, license }) => `${name}: ${license}`), []);
    const sources = new Set(packages.map((/** @type {any} */ { source }) => source).filter(Boolean));
    assert.deepEqual([...sources], ['registry+https://github.com/rust-lang/crates.io-index'], 'all from the registry');
  }
});

test('npm packages of the build; the package that ships brings none', async () => {
  const { packages } = JSON.parse(await read('package-lock.json'));
  const all = Object.entries(packages).filter(([path]) => path);
  assert.ok(all.length > 50, `${all.length} packages`);
  assert.deepEqual(all.filter(([, { license }]) => !isAllowed(license)).map(([path, { license }]) => `${path}: ${license}`), []);
  for (const [path, { integrity }] of all) assert.match(integrity ?? '', /^sha512-/, `${path} is pinned`);
  const about = JSON.parse(await read('dist/npm/package.json'));
  assert.deepEqual([about.dependencies, about.scripts, about.license], [undefined, undefined, 'MIT OR Apache-2.0']);
});
