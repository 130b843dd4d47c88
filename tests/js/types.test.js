/** js/types/ is written by hand: what it names is what the code, the engine and the contract name. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseOptions } from '../../js/options.js';

const files = ['names', 'options', 'signals', 'events'].map((name) => readFile(new URL(`../../js/types/${name}.d.ts`, import.meta.url), 'utf8'));
const types = (await Promise.all(files)).join('\n');
const engine = new Map(
  (await readFile(new URL('../../src/web/names.txt', import.meta.url), 'utf8')).split('\n').map((line) => {
    const [name, ...words] = line.split(' ');
    return [name, words];
  }),
);

/** Names of a union of texts. @param {string} name */
function union(name) {
  const text = new RegExp(`export type ${name} =([^;]+);`).exec(types)?.[1] ?? '';
  return [...text.matchAll(/'([\w-]+)'/g)].map(([, word]) => word);
}

/** Keys of an interface, without its own documentation. @param {string} name */
function keys(name) {
  const text = new RegExp(`export interface ${name} [^{]*{\n(.+?)\n}`, 's').exec(types)?.[1] ?? '';
  return [...text.matchAll(/^ {2}(\w+)\??:/gm)].map(([, key]) => key);
}

test('options and facts are those that are read', () => {
  const { options, further } = parseOptions({ facts: Object.fromEntries(keys('Facts').map((fact) => [fact, {}])) });
  assert.deepEqual(keys('Options').sort(), Object.keys(options).sort());
  assert.deepEqual(keys('Facts').sort(), Object.keys(options.facts).sort());
  assert.ok(Object.keys(further).length > 5);
});

test('lists of names are the engine’s', () => {
  const lists = { Reason: 'reasons', Hold: 'holds', Message: 'messages', Offer: 'offers', Section: 'sections', PageKind: 'pages' };
  for (const [type, list] of Object.entries(lists)) assert.deepEqual(union(type), engine.get(list), type);
});

test('signals have the words of recordings', () => {
  const signals = /export type PlainSignal =(.+?);\n\n/s.exec(types)?.[1] ?? '';
  for (const list of ['op', 'trouble', 'action', 'type', 'copied'])
    for (const word of engine.get(list) ?? []) assert.ok(signals.includes(`'${word}'`), `${list}: ${word}`);
});

test('events are those that are told, and no other', async () => {
  const names = [...types.matchAll(/^ {2}'falter:(\w+)':/gm)].map(([, name]) => name);
  const read = (/** @type {string} */ name) => readFile(new URL(`../../js/${name}.js`, import.meta.url), 'utf8');
  const sources = (await Promise.all(['run', 'start', 'show', 'card/card'].map(read))).join('');
  // how a card ends is told by the name that it ends by
  const told = [...sources.matchAll(/\b(?:tell|emit|end)\('(\w+)'/g)].map(([, name]) => name);
  assert.deepEqual(names.sort(), [...new Set(told)].sort());
});
