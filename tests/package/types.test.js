/** The package's types in strict projects: what is right compiles, and each slip is found where it is. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ROOT, WORKSHOP, command, openWorkshop } from './support/workshop.js';

const OURS = join(ROOT, 'node_modules/typescript/bin/tsc');
const OLDER = join(WORKSHOP, 'node_modules/typescript/bin/tsc');
const PROJECT = join(WORKSHOP, 'projects/typed');

before(() => openWorkshop());

/** The declarations are checked themselves, too: no skipLibCheck. @param {string} compiler @param {string[]} flags */
const compile = (compiler, flags) => command(process.execPath, [compiler, '--project', PROJECT, ...flags]);

test('a strict project compiles, with the resolution of Node', async () => {
  assert.equal(await compile(OURS, ['--module', 'nodenext']), '');
});

test('and with that of bundlers', async () => {
  assert.equal(await compile(OURS, ['--module', 'esnext', '--moduleResolution', 'bundler']), '');
});

test('and by TypeScript 5', async () => {
  assert.match(await command(process.execPath, [OLDER, '--version']), /Version 5/);
  assert.equal(await compile(OLDER, ['--module', 'esnext', '--moduleResolution', 'bundler']), '');
});

test('the adapters hold by the types of React and Vue', async () => {
  const project = join(ROOT, 'tests/package/tsconfig.adapters.json');
  assert.equal(await command(process.execPath, [OURS, '--project', project]), '');
});
