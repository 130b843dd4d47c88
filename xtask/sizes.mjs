/**
 * What the shipped files weigh: prints the table, writes dist/sizes.json, fails over a limit.
 *
 *     node xtask/sizes.mjs [--no-limits]   dev builds are not held to the limits
 *
 * The storefront page is the one of xtask/weighed/. It is opened in Chromium, and what it fetches of falter has to be
 * what is weighed here, file for file.
 */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fetchedFiles } from './fetched.mjs';

const DIST = new URL('../dist/', import.meta.url);
/** What a storefront page fetches until a card is on the screen; shops, sinks and the card's code are in the script. */
const STOREFRONT = { script: ['falter.js'], card: ['card.css', 'lang/en.json'], wasm: ['falter.wasm'], model: ['exit.falter'] };
const OTHERS = [
  'recorder.js', 'further.js', 'plays.js', 'sinks.js', 'tabs.js', 'consent/bridges.js', 'shops/auto.js', 'shops/marks.js', 'shops/schema.js', 'shops/shopify.js',
  'shops/woocommerce.js', 'card/more.js', 'card/layouts.css', 'falter.nowasm.js', 'falter.all.js',
];

/** @typedef {{ script: number, card: number, wasm: number, model: number, page: number, scriptGzip: number }} Bounds bytes: of brotli, of gzip */

/** What we try for. @type {Bounds} */
const AIM = { script: 8_000, card: 1_700, wasm: 11_500, model: 2_800, page: 24_000, scriptGzip: 9_000 };
/** What the page may weigh in the end; its parts fill the whole. @type {Bounds} */
const BUDGET = { script: 8_700, card: 1_800, wasm: 12_500, model: 3_000, page: 26_000, scriptGzip: 10_000 };
/**
 * Over these the build fails: the page's budget, and for its parts a ratchet: what was measured on 2026-11-21 and a little, to
 * be lowered with every saving, and for the script until it is BUDGET itself. Where a file gives what another takes the two move
 * together, and never the page's: facts, offers and plays came in so (script 10,190, wasm 11,500 before; the model gave 820), and
 * shops, tabs, sinks and consent platforms (script 10,530, its gzip 11,680; the card gave 180), and what traps and soak found in the
 * engine (wasm 12,290; the script gave 10).
 * @type {Bounds}
 */
const LIMITS = { script: 10_710, card: 1_530, wasm: 12_300, model: 1_500, page: 26_000, scriptGzip: 11_850 };

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

// a reader that has seen enough (`| head`) is no fault
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error;
});

const languages = (await readdir(new URL('lang/', DIST), { recursive: true }))
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => `lang/${file}`)
  .filter((file) => !STOREFRONT.card.includes(file));
/** @type {Record<string, Sizes>} */
const files = {};
for (const file of [...Object.values(STOREFRONT).flat(), ...OTHERS, ...languages]) files[file] = await weigh(file);
const parts = Object.entries(STOREFRONT).map(([part, names]) => ({ part, names, sizes: sum(names.map((name) => files[name])) }));
const page = sum(parts.map(({ sizes }) => sizes));
const scriptGzip = files['falter.js'].gzip;
/** @type {Bounds} */
const measured = Object.assign(Object.fromEntries(parts.map(({ part, sizes }) => [part, sizes.brotli])), { page: page.brotli, scriptGzip });

const count = (/** @type {number} */ bytes) => bytes.toLocaleString('en');
/** @param {(string | number)[]} cells */
const line = ([name, ...rest]) =>
  console.log([String(name).padEnd(22), ...rest.map((cell) => (typeof cell === 'number' ? count(cell) : cell).padStart(9))].join(''));
/** @param {string} name @param {Sizes} sizes @param {keyof Bounds} [bound] */
const row = (name, { raw, gzip, brotli }, bound) =>
  line([name, raw, gzip, brotli, ...(bound ? [AIM[bound], BUDGET[bound], LIMITS[bound]] : [])]);

line(['bytes', 'raw', 'gzip', 'brotli', 'aim', 'budget', 'limit']);
for (const { part, names, sizes } of parts) row(names.join(' '), sizes, /** @type {keyof Bounds} */ (part));
row('the storefront page', page, 'page');
line(['  its script, gzip', '', scriptGzip, '', AIM.scriptGzip, BUDGET.scriptGzip, LIMITS.scriptGzip]);
for (const file of [...OTHERS, ...languages]) row(file, files[file]);

await writeFile(new URL('sizes.json', DIST), `${JSON.stringify({ files, measured, aims: AIM, budget: BUDGET, limits: LIMITS }, null, 2)}\n`);

/** @param {Bounds} bounds @returns {string[]} */
const over = (bounds) =>
  Object.entries(bounds)
    .map(([name, most]) => ({ name, most, now: measured[/** @type {keyof Bounds} */ (name)] }))
    .filter(({ most, now }) => now > most)
    .map(({ name, most, now }) => `${name} ${count(now)} B of ${count(most)}`);

const beyond = over(BUDGET);
console.log(beyond.length ? `over budget: ${beyond.join('; ')}` : 'within budget');

const fetched = await fetchedFiles(DIST);
const weighed = Object.values(STOREFRONT).flat().sort();
const isSame = fetched.join() === weighed.join();
if (isSame) console.log(`the page fetches these ${fetched.length} files and no other: ${fetched.join(', ')}`);
else console.error(`the page fetches ${fetched.join(', ')}, but what is weighed is ${weighed.join(', ')}: mend STOREFRONT in xtask/sizes.mjs`);

const tooLarge = process.argv.includes('--no-limits') ? [] : over(LIMITS);
if (process.argv.includes('--no-limits')) console.log('dev build: no limit enforced');
if (tooLarge.length) console.error(`too large: ${tooLarge.join('; ')}`);
if (tooLarge.length || !isSame) process.exitCode = 1;
