/**
 * Runs the traps with the peers beside, prints what comes of each, and writes docs/traps.md: `./build.sh traps`.
 *
 *     node tests/browser/traps/main.mjs          every round
 *     node tests/browser/traps/main.mjs 2 eager  these; of the others what was kept in target/traps/
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { openBrowser } from '../support/browser.js';
import { openWebKit } from '../support/webkit.js';
import { onScreen, runEngine, tableOf } from './engines.js';
import { FLUNG } from './header.js';
import { TRAPS } from './index.js';
import { bundlePeers, PEERS } from './peers/bundle.js';
import { line, NAMES, page, total } from './report.js';
import { runTraps } from './run.js';
import { WAYS } from './stories.js';

const HOME = new URL('../../../', import.meta.url);
const KEPT = new URL('target/traps/', HOME);
/** Where the other ways out are tried. */
const ANY = 'scrollbar-drag';
const SEEDS = [1, 2, 3];

/** @typedef {Pick<Parameters<typeof runTraps>[0], 'traps' | 'seed' | 'sensitivity'>} What */

/** @type {Record<string, What[]>} */
const ROUNDS = {
  ...Object.fromEntries(SEEDS.map((seed) => [String(seed), [{ traps: TRAPS, seed }]])),
  ways: SEEDS.map((seed) => ({
    traps: Object.keys(WAYS).map((way) => ({ .../** @type {typeof TRAPS[0]} */ (TRAPS.find(({ name }) => name === ANY)), way })),
    seed,
  })),
  flung: SEEDS.map((seed) => ({ traps: [FLUNG], seed })),
  eager: [{ traps: TRAPS, seed: 1, sensitivity: 'eager' }],
};
const ENGINES = { firefox: onScreen, webkit: openWebKit };

const today = () => new Date().toISOString().slice(0, 10);
/** @param {string} name @param {unknown} what */
const keep = (name, what) => writeFile(new URL(`${name}.json`, KEPT), JSON.stringify(what));
/** What was kept of these, in their order; those that were not run yet are not among them. @param {string[]} names */
async function kept(...names) {
  const texts = await Promise.all(names.map((name) => readFile(new URL(`${name}.json`, KEPT), 'utf8').catch(() => '')));
  return texts.filter(Boolean).map((text) => JSON.parse(text));
}

async function version() {
  const browser = await openBrowser();
  const agent = await (await browser.newPage()).evaluate('navigator.userAgent');
  await browser.close();
  return `Chromium ${/Chrome\/(\d+)/.exec(String(agent))?.[1]}`;
}

await mkdir(KEPT, { recursive: true });
const { folder: peers, versions } = await bundlePeers();
const browser = await version();
const wanted = process.argv.slice(2);
for (const [name, parts] of Object.entries(ROUNDS)) {
  if (wanted.length && !wanted.includes(name)) continue;
  console.log(`\nrun ${name}: ${NAMES.join(' | ')}, each: buyer, twin`);
  const start = Date.now();
  const results = [];
  /** @param {import('./run.js').Result} result */
  const tell = (result) => console.log(line(result, NAMES), ...result.buyer.faults, ...result.twin.faults);
  for (const part of parts) results.push(...(await runTraps({ ...part, peers, done: tell })));
  const { seed, sensitivity = 'balanced' } = parts[0];
  for (const one of NAMES) console.log(one, total(results, one));
  await keep(name, { name, seed, sensitivity, date: today(), took: (Date.now() - start) / 1000, browser, results });
}
for (const [name, open] of Object.entries(ENGINES))
  if (!wanted.length || wanted.includes(name)) await keep(name, await runEngine(open, (told) => console.log(told)));

const rounds = await kept(...SEEDS.map(String), 'eager');
const about = Object.entries(PEERS).map(([name, settings]) => [`${name} ${versions[name]}`, `its default settings: ${settings}`]);
const [[others], [flung], engines] = await Promise.all([kept('ways'), kept('flung'), kept(...Object.keys(ENGINES))]);
const told = { rounds, others, flung, engines: tableOf(engines), peers: Object.fromEntries(about) };
await writeFile(new URL('docs/traps.md', HOME), page(told));
console.log('\nwritten: docs/traps.md');
