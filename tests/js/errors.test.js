import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = (/** @type {string} */ path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
/** As they are told to who uses TypeScript. */
const types = await read('js/types/events.d.ts');
const [, list] = /type ErrorCode =([^;]*);/.exec(types) ?? [];
const codes = [...list.matchAll(/'(\w+)'/g)].map(([, code]) => code);

test('each code of an error is in the documentation, with what goes on and what to do', async () => {
  const rows = [...(await read('docs/errors.md')).matchAll(/^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$/gm)].map(([, code]) => code);
  assert.deepEqual(rows, codes);
});

test('no other code is told', async () => {
  const files = (await readdir(new URL('../../js/', import.meta.url), { recursive: true })).filter((file) => file.endsWith('.js'));
  const texts = await Promise.all(files.map((file) => read(`js/${file}`)));
  const told = texts.flatMap((text) => [...text.matchAll(/\b(?:fail|failing)\([^;]*?'([a-z_]+)'/g)].map(([, code]) => code));
  assert.deepEqual(told.filter((code) => !codes.includes(code) && /^(wasm|model|bad)_|^(storage|sink|internal)$/.test(code)), []);
  for (const code of codes) assert.ok(texts.some((text) => text.includes(`'${code}'`)), `${code} is told somewhere`);
});
