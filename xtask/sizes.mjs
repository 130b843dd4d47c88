/**
 * What the shipped files weigh: prints the table, writes dist/sizes.json, fails over a limit.
 *
 *     node xtask/sizes.mjs [--no-limits]   dev builds are not held to the limits
 */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
/** What every visitor of a storefront page fetches; shops, sinks and the card's code are in falter.js. */
const STOREFRONT = ['falter.js', 'card.css', 'lang/en.json', 'falter.wasm', 'exit.falter'];
const OTHERS = ['falter.all.js', 'npm/index.js', 'npm/slim.js'];

/** What the page may weigh in the end, bytes: told in the table until it is reached. */
const BUDGET = { storefrontBrotli: 26_000, scriptGzip: 10_000 };
/**
 * Over these the build fails, bytes: a ratchet. What was measured on 2026-11-21 and a hundredth, to be lowered with every
 * saving until it stands at the budget, never to be raised.
 */
const LIMITS = { storefrontBrotli: 49_300, scriptGzip: 13_600 };
/** What we try for, bytes of brotli. @type {Record<string, number>} */
const AIMS = { 'falter.js': 6_000, 'falter.wasm': 11_500, 'exit.falter': 6_500, storefront: 24_000 };

/** @typedef {{ raw: number, gzip: number, brotli: number }} Sizes */

/** @param {string} file @returns {Promise<Sizes>} as servers compress at their best */
async function weigh(file) {
  const bytes = await readFile(new URL(file, DIST));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length };
}

/** @param {Sizes[]} all @returns {Sizes} */
const sum = (all) =>
  all.reduce((a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }), { raw: 0, gzip: 0, brotli: 0 });

const languages = (await readdir(new URL('lang/', DIST)))
  .sort()
  .map((file) => `lang/${file}`)
  .filter((file) => !STOREFRONT.includes(file));
/** @type {Record<string, Sizes>} */
const files = {};
for (const file of [...STOREFRONT, ...OTHERS, ...languages]) files[file] = await weigh(file);
const storefront = sum(STOREFRONT.map((file) => files[file]));

/** @param {(string | number)[]} cells */
const line = ([name, ...rest]) =>
  console.log([String(name).padEnd(14), ...rest.map((cell) => (typeof cell == 'number' ? cell.toLocaleString('en') : cell).padStart(9))].join(''));
/** @param {string} name @param {Sizes} sizes */
const row = (name, { raw, gzip, brotli }) => {
  const limit = name == 'storefront' ? LIMITS.storefrontBrotli : name == 'falter.js' ? `${LIMITS.scriptGzip.toLocaleString('en')} gz` : '';
  line([name, raw, gzip, brotli, AIMS[name] ?? '', limit]);
};
line(['bytes', 'raw', 'gzip', 'brotli', 'aim', 'limit']);
for (const file of STOREFRONT) row(file, files[file]);
row('storefront', storefront);
for (const file of [...OTHERS, ...languages]) row(file, files[file]);

await writeFile(new URL('sizes.json', DIST), `${JSON.stringify({ files, storefront, budget: BUDGET, limits: LIMITS, aims: AIMS }, null, 2)}\n`);

const over = [
  storefront.brotli > LIMITS.storefrontBrotli && `the storefront page: ${storefront.brotli} B of brotli, limit ${LIMITS.storefrontBrotli}`,
  files['falter.js'].gzip > LIMITS.scriptGzip && `falter.js: ${files['falter.js'].gzip} B of gzip, limit ${LIMITS.scriptGzip}`,
].filter(Boolean);
for (const [name, most] of Object.entries(BUDGET)) {
  const now = name === 'scriptGzip' ? files['falter.js'].gzip : storefront.brotli;
  if (now > most) console.log(`over budget: ${name} ${now.toLocaleString('en')} B of ${most.toLocaleString('en')}`);
}
if (process.argv.includes('--no-limits')) {
  console.log('dev build: no limit enforced');
} else if (over.length) {
  console.error(`too large: ${over.join('; ')}`);
  process.exitCode = 1;
}
