/**
 * What falter costs a page, beside its peers, in Chromium: `./build.sh bench page`, on what is in dist/.
 *
 *     node benches/page.mjs [--only load,listen,busy,hour]     RUNS=… fresh browsers each, 7 or more for the record
 *
 * Prints the tables, and one line a budget. A whole run of 7 or more is kept: benches/record/DATE.json, docs/speed.md.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { openBrowser } from '../tests/browser/support/browser.js';
import { serve } from '../xtask/serve.mjs';
import { budgets, isMet } from './page/budgets.mjs';
import { checkMargins, readRows } from './page/check.mjs';
import { OUT, bundleAll } from './page/contenders.mjs';
import { shuffled, spread } from './page/figures.mjs';
import { answers, busy, hour, infer, listen } from './page/measure.mjs';
import { report } from './page/report.mjs';

const HOME = new URL('../', import.meta.url);
/** Fewer are tried out, not recorded. */
const RUNS_FOR_THE_RECORD = 7;
const RUNS = Number(process.env.RUNS ?? RUNS_FOR_THE_RECORD);
/** Displays and mice; and those who play with them. */
const RATES_HZ = [120, 1000];
const PARTS = ['load', 'listen', 'busy', 'hour'];

const asked = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1].split(',') : PARTS;
const does = (/** @type {string} */ part) => asked.includes(part);

const contenders = await bundleAll();
const [falter] = contenders;
const inferring = contenders.filter((one) => one.does !== 'listens');
const listening = contenders.filter((one) => one.does !== 'infers');
const watched = contenders.filter(({ name }) => name === 'falter' || name === 'foresight');

const server = await serve({
  root: new URL('benches/', HOME),
  mounts: { '/contenders/': OUT },
  // timers of 5 µs rather than 100
  headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
});

/** @type {Record<string, Record<string, number[]>>} contender → figure → a value a run */
const seen = Object.fromEntries([...contenders.map(({ name }) => name), 'nothing'].map((name) => [name, {}]));
/** @param {string} name @param {Record<string, number>} figures */
const keep = (name, figures) => {
  for (const [figure, value] of Object.entries(figures)) (seen[name][figure] ??= []).push(value);
};
const middle = (/** @type {number[]} */ values) => spread(values).median;
/** @param {string} text */
const progress = (text) => process.stderr.write(`${text}\n`);

try {
  const { rows, risks } = await readRows();
  /** @type {Record<string, number>} */
  const off = {};
  for (const peer of does('load') ? inferring : []) {
    if (peer !== falter) off[peer.name] = await checkMargins(peer.name, await answers(server.url, peer, rows), risks);
  }
  if (does('load')) progress(`every peer gives falter's risk on ${rows.length} rows, to ${Math.max(...Object.values(off)).toExponential(1)}`);

  for (let run = 1; run <= RUNS; run++) {
    for (const one of does('load') ? shuffled(inferring) : []) {
      const { script, load, first, cold, warm, kib } = await infer(server.url, one, rows);
      keep(one.name, { script, load, first, cold: middle(cold), warm: middle(warm), kib });
    }
    for (const one of does('listen') ? shuffled(listening) : []) {
      for (const hz of RATES_HZ) {
        const { ns, dispatch } = await listen(server.url, one, hz);
        keep(one.name, { [`event${hz}`]: ns, [`dispatch${hz}`]: dispatch });
      }
    }
    for (const one of does('busy') ? shuffled([undefined, ...watched]) : []) {
      const { task, script } = await busy(server.url, one);
      keep(one?.name ?? 'nothing', { task, busyScript: script });
    }
    if (does('hour')) {
      const { kib, grownKib, heapGrown, t } = await hour(server.url, falter);
      keep('falter', { hourKib: kib, grownKib, heapGrown, lived: t });
    }
    progress(`run ${run} of ${RUNS}`);
  }

  const figures = Object.fromEntries(
    Object.entries(seen).map(([name, by]) => [name, Object.fromEntries(Object.entries(by).map(([figure, values]) => [figure, spread(values)]))]),
  );
  const version = await chromiumVersion();
  const record = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0].model}, ${version}, load average ${loadavg()[1].toFixed(1)}`,
    runs: RUNS,
    sizes: Object.fromEntries(contenders.map(({ name, sizes }) => [name, sizes])),
    off,
    figures,
    values: seen,
    budgets: /** @type {ReturnType<typeof budgets>} */ ([]),
  };
  const isWhole = PARTS.every(does);
  if (isWhole) {
    const { load, first, warm, event120, event1000, hourKib, grownKib } = figures.falter;
    const weights = JSON.parse(await readFile(new URL('dist/sizes.json', HOME), 'utf8')).measured;
    record.budgets = budgets({
      brotli: weights.page,
      scriptGzip: weights.scriptGzip,
      load: load.median,
      first: first.median,
      warm: warm.median,
      event: Math.max(event120.median, event1000.median),
      kib: hourKib.max,
      grownKib: grownKib.max,
    });
  }
  const text = report(record, contenders);
  console.log(text);
  if (isWhole && RUNS >= RUNS_FOR_THE_RECORD) {
    await writeFile(new URL(`benches/record/${record.date}.json`, HOME), `${JSON.stringify(record, rounded)}\n`);
    await writeFile(new URL('docs/speed.md', HOME), `${text}\n`);
  }
  if (!record.budgets.every(isMet)) process.exitCode = 1;
} finally {
  await server.close();
}

/** Four digits are more than any of it is worth. @param {string} _name @param {unknown} value */
function rounded(_name, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

async function chromiumVersion() {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    return await page.evaluate(() => navigator.userAgent.replace(/.*(Chrome\/\d+).*/, '$1'));
  } finally {
    await browser.close();
  }
}
