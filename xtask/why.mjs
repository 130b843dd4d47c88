/**
 * What the engine's bytes are spent on: `node xtask/why.mjs NAMED.wasm SHIPPED.wasm`, by `./build.sh sizes --why`.
 *
 * NAMED is the module as it ships but with the functions' names kept. Sizes are those of the uncompressed code: brotli
 * sees the module as a whole, so no function has a compressed size of its own.
 */

import { readFile } from 'node:fs/promises';
import { readModule } from './wasm-module.mjs';

/** Functions that are listed one by one. */
const LARGEST = 40;
/** A run of so many printable bytes is text rather than chance. */
const TEXT_RUN = 5;
const LONGEST_NAME = 110;

/** Whose code it is, by its name; the first that matches. @type {[RegExp, (found: RegExpMatchArray) => string][]} */
const OWNERS = [
  [/lol_alloc|__rdl|__rust_alloc|__rust_dealloc|__rust_realloc/, () => 'the allocator'],
  [/\bfalter::(\w+(?:::[a-z_]\w*)*?)(?:::(?:\{|[A-Z])|::\w+$|$|[ ,>])/, ([, path]) => `falter::${modules(path)}`],
  [/\blibm\b/, () => 'libm'],
  [/\b(?:alloc|raw_vec)::/, () => 'alloc'],
  [/\bcore::/, () => 'core'],
  [/\bstd::/, () => 'std'],
];

/** At most two levels: `web::capture`. @param {string} path */
const modules = (path) => path.split('::').slice(0, 2).join('::');

const [named, shipped] = await Promise.all(process.argv.slice(2, 4).map(async (file) => readModule(await readFile(file))));

process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error;
});

/** rustc's hash of the crate, and of the symbol. @param {string} name */
const plain = (name) => name.replace(/\[[0-9a-f]{8,}\]/g, '').replace(/::h[0-9a-f]{16}$/, '');

/** @param {string} name */
function ownerOf(name) {
  for (const [pattern, owner] of OWNERS) {
    const found = plain(name).match(pattern);
    if (found) return owner(found);
  }
  return 'other';
}

/** @param {{ bytes: number }[]} parts */
const sum = (parts) => parts.reduce((all, { bytes }) => all + bytes, 0);
/** @param {string} name @param {number} bytes @param {number} whole @param {string} [more] */
const row = (name, bytes, whole, more = '') =>
  console.log(`${bytes.toLocaleString('en').padStart(8)} ${((100 * bytes) / whole).toFixed(1).padStart(5)} %  ${name}${more}`);
/** @template {{ bytes: number }} T @param {T[]} parts */
const largestFirst = (parts) => [...parts].sort((one, other) => other.bytes - one.bytes);

const { functions } = named;
const code = sum(functions);
console.log('\nfalter.wasm by section');
for (const { name, bytes } of largestFirst(shipped.sections)) row(name, bytes, sum(shipped.sections));

console.log(`\ncode by module (${functions.length} functions; ${code - sum(shipped.functions)} B off what ships)`);
/** @type {Map<string, { name: string, bytes: number, count: number }>} */
const owners = new Map();
for (const { name, bytes } of functions) {
  const owner = ownerOf(name);
  const before = owners.get(owner) ?? { bytes: 0, count: 0 };
  owners.set(owner, { name: owner, bytes: before.bytes + bytes, count: before.count + 1 });
}
for (const { name, bytes, count } of largestFirst([...owners.values()])) row(name, bytes, code, ` (${count})`);

console.log(`\nthe ${LARGEST} largest functions`);
for (const { name, bytes } of largestFirst(functions).slice(0, LARGEST)) row(plain(name).slice(0, LONGEST_NAME), bytes, code);

const data = shipped.data.map((bytes) => new TextDecoder('latin1').decode(bytes));
const size = sum(shipped.data.map(({ length }) => ({ bytes: length })));
const texts = data.flatMap((segment) => segment.match(new RegExp(`[\\x20-\\x7e]{${TEXT_RUN},}`, 'g')) ?? []);
const text = sum(texts.map(({ length }) => ({ bytes: length })));
console.log(`\ndata (${data.length} segments; the linker leaves no names in it)`);
row('text: names and messages', text, size);
row('tables', size - text, size);
for (const longest of texts.sort((one, other) => other.length - one.length).slice(0, 5))
  row(JSON.stringify(longest.slice(0, LONGEST_NAME)), longest.length, size);
