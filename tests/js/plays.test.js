/** Plays as texts: the shared cases, and that no text of a shop does more than be a fault. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readPlays } from '../../js/plays.js';
import { MEASURES } from '../../js/plays/measures.js';

const root = new URL('../../', import.meta.url);
const read = async (/** @type {string} */ path) => String(await readFile(new URL(path, root)));
const { cases } = JSON.parse(await read('tests/cases/plays.json'));
/** A list of names, as it travels with the engine. */
const lists = Object.fromEntries((await read('src/web/names.txt')).split('\n').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));

/** What is read of plays, as the cases write it. @param {any[]} plays */
const told = (plays) => {
  const { programs, names, faults } = readPlays(plays, lists);
  return { programs, names, faults: faults.map(({ where, message }) => `${where}: ${message}`) };
};

for (const { name, plays, programs, names, faults } of cases)
  test(name, () => {
    const numbers = programs.map((program) => program.map((number) => number ?? NaN));
    assert.deepEqual(told(plays), { programs: numbers, names, faults });
  });

test('the published plays are plays', async () => {
  const published = JSON.parse(await read('models/plays.json'));
  const { programs, names, faults } = told(published);
  assert.deepEqual(faults, []);
  assert.equal(programs.length, 6);
  assert.deepEqual(names, published.map(({ name }) => name));
});

test('a measure has one number', () => {
  assert.equal(new Set(MEASURES).size, MEASURES.length);
});

test('a key that is undefined was left out', () => {
  assert.deepEqual(told([{ name: 'a', when: 'risk > 0', reason: undefined, message: undefined }]).faults, []);
});

test('whatever stands in place of a part of a play, there is one fault, and it names the place', () => {
  const good = { name: 'good', when: 'visits > 1 and segment = "vip"', reason: 'fit', message: 'help' };
  const junk = [null, 0, NaN, true, '', '💥', '"', ' or ', '> > >', '<script>', [], {}, () => 1, Symbol.iterator, 10n];
  for (const value of junk)
    for (const bad of [value, ...Object.keys(good).map((key) => ({ ...good, [key]: value }))]) {
      const { names, faults } = told([bad, { ...good, name: 'other' }]);
      assert.deepEqual(names, ['other']);
      assert.equal(faults.length, 1);
      assert.match(faults[0], /^plays\[0\](\.\w+)?: ./);
    }
});

test('a getter of the shop’s that throws is a fault of its play', () => {
  const bad = { name: 'bad', get when() { throw new Error('the page’s own'); } };
  assert.deepEqual(told([bad, { name: 'good', when: 'risk > 0' }]).faults, ['plays[0]: throws']);
});

test('a text cut anywhere is a play or a fault', () => {
  const when = 'visits >= 1 and segment != "v-i_p" or risk > -0.5';
  for (let end = 0; end <= when.length; end += 1) {
    const { names, faults } = told([{ name: 'a', when: when.slice(0, end) }]);
    assert.equal(names.length + faults.length, 1, when.slice(0, end));
  }
});
