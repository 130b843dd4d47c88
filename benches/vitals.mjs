/**
 * What a shopper feels of falter: `./build.sh bench vitals`, Google's web-vitals over the demo shop with and without the tag.
 *
 *     RUNS=… pairs of visits (10)
 *
 * The same scripted visit with real input, a fresh browser each, with and without in turns. Told are the mean differences of
 * the pairs with their 90 % interval (bootstrap), against the bounds. The demo's own panel is left out of both.
 */

import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { serve } from '../xtask/serve.mjs';
import { openBrowser } from '../tests/browser/support/browser.js';
import { boxOf, hand, middleOf } from '../tests/browser/support/hand.js';
import { interval, table, tell } from './page/figures.mjs';

const HOME = new URL('../', import.meta.url);
const SHOPS = new URL('target/bench/vitals/', HOME);
const RUNS = Number(process.env.RUNS ?? 10);
const SIDES = ['with', 'without'];
/**
 * No more than this later, slower or less steady than the page without falter: the whole interval lies under it. The long
 * tasks of falter's own script are bounded; the page's are told for comparison, for the page has some without it.
 * @type {Record<string, number>}
 */
const BOUNDS = { INP: 8, LCP: 20, CLS: 0.001, "falter's long tasks": 0, 'all long tasks': Infinity, 'blocking time': Infinity };
/** A slow phone against this machine. */
const THROTTLE = 4;
/** Over this a task is long, ms (Long Tasks API), and what is over it blocks. */
const LONG_MS = 50;

/** @typedef {Record<string, number>} Vitals by the names of BOUNDS: ms; CLS without a unit; long tasks: how many */

/** The demo's pages without its panel, and with or without falter. @param {string} side */
async function makeShop(side) {
  const folder = new URL(`${side}/`, SHOPS);
  await rm(folder, { recursive: true, force: true });
  await cp(new URL('demo/', HOME), folder, { recursive: true });
  const pages = (await readdir(folder)).filter((file) => file.endsWith('.html'));
  if (!pages.length) throw new Error('the demo has no pages');
  for (const page of pages) {
    const file = new URL(page, folder);
    const whole = await readFile(file, 'utf8');
    const bare = whole.replace(/\s*<(link|script)[^>]*panel\/[^>]*>(<\/script>)?/g, '');
    const changed = side === 'with' ? bare : bare.replace(/\s*<script\s[^>]*\/dist\/falter\.js[^>]*><\/script>/, '');
    if (/panel\//.test(changed) || (side === 'with') !== changed.includes('/dist/falter.js')) throw new Error(`${page} is not what it was`);
    await writeFile(file, changed);
  }
}

/** Two pages, a cart, reading and wavering; nobody waits for a card. @param {import('playwright-core').Page} page @param {string} url */
async function visit(page, url) {
  await page.goto(`${url}/index.html`);
  const { rest, click, read, wheel } = hand(page, { seed: 5, at: { x: 700, y: 460 } });
  await rest(1200);
  await wheel(3);
  await rest(400);
  await click(middleOf(await boxOf(page, 'a[href*="item=lantern"]')), 700);
  await page.waitForURL(/item=lantern/);
  await rest(1500);
  // both pages have loaded; what follows is answered as on a slow phone, or too soon to be told apart
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  await click(middleOf(await boxOf(page, '#add .primary')), 700);
  await rest(600);
  await read(await boxOf(page, '.terms [data-falter=shipping]'), 1500);
  await wheel(2);
  await rest(400);
  await wheel(-2);
  await click({ x: 30, y: 400 }, 500);
  await rest(600);
}

/** @param {string} url @param {string} library the text of web-vitals @returns {Promise<Vitals>} */
async function measure(url, library) {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    /** @type {Record<string, Record<string, number>>} page → metric → value */
    const seen = {};
    let [ours, longTasks, blocking] = [0, 0, 0];
    await page.exposeBinding('ownTask', (_, ms) => (ours += Number(ms > LONG_MS)));
    await page.exposeBinding('vital', (_, name, value) => ((seen[page.url().replace(/.*\//, '')] ??= {})[name] = value));
    await page.exposeBinding('longTask', (_, ms) => {
      longTasks += 1;
      blocking += ms - LONG_MS;
    });
    await page.addInitScript(`${library};
      for (const name of ['INP', 'LCP', 'CLS'])
        webVitals['on' + name](({ value }) => vital(name, value), { reportAllChanges: true, durationThreshold: 16 });
      new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => longTask(duration))).observe({ type: 'longtask', buffered: true });
      new PerformanceObserver((list) => {
        for (const { scripts } of list.getEntries())
          for (const { sourceURL, duration } of scripts) if (sourceURL.includes('/falter.js')) ownTask(duration);
      }).observe({ type: 'long-animation-frame', buffered: true });`);
    await visit(page, url);
    const pages = Object.values(seen);
    const of = (/** @type {string} */ name) => pages.map((metrics) => metrics[name] ?? 0);
    // what is answered within 16 ms has no duration in any browser: its INP is told as 0
    const interactions = await page.evaluate(() => /** @type {any} */ (performance).interactionCount);
    if (!of('LCP').every(Boolean) || !interactions) throw new Error(`not all was measured: ${JSON.stringify(seen)}`);
    return {
      INP: Math.max(...of('INP')),
      LCP: of('LCP').reduce((all, one) => all + one, 0) / pages.length,
      CLS: Math.max(...of('CLS')),
      "falter's long tasks": ours,
      'all long tasks': longTasks,
      'blocking time': blocking,
    };
  } finally {
    await browser.close();
  }
}

await Promise.all(SIDES.map(makeShop));
const library = await readFile(new URL('node_modules/web-vitals/dist/web-vitals.iife.js', import.meta.url), 'utf8');
const servers = await Promise.all(
  SIDES.map((side) => serve({ root: new URL(`${side}/`, SHOPS), mounts: { '/dist/': new URL('dist/', HOME) } })),
);
try {
  /** @type {Vitals[][]} */
  const seen = [[], []];
  for (let run = 0; run < RUNS; run++) {
    // who goes first finds the colder machine
    for (const side of run % 2 ? [0, 1] : [1, 0]) seen[side].push(await measure(servers[side].url, library));
    process.stderr.write(`visit ${run + 1} of ${RUNS}\n`);
  }
  const [on, off] = seen;
  const results = Object.entries(BOUNDS).map(([name, bound]) => {
    const values = (/** @type {Vitals[]} */ visits) => visits.map((visit) => visit[name]);
    const difference = interval(values(on).map((value, i) => value - values(off)[i]));
    return { name, bound, on: interval(values(on)).mean, off: interval(values(off)).mean, ...difference, isWithin: difference.high <= bound };
  });
  const rows = results.map(({ name, bound, on: mean, off: without, mean: more, low, high, isWithin }) => [
    name,
    tell(mean),
    tell(without),
    `${tell(more)} (${tell(low)} to ${tell(high)})`,
    ...(Number.isFinite(bound) ? [tell(bound), isWithin ? 'within' : '**not within**'] : ['', '']),
  ]);
  const date = new Date().toISOString().slice(0, 10);
  const text =
    `# What a shopper feels\n\nMade by \`./build.sh bench vitals\` on ${date}: ${RUNS} visits to the demo shop with falter's tag and ${RUNS} without, in ` +
    'turns, a fresh browser each, the processor slowed down four times once the pages have loaded. Means; ms, but for CLS and the number of tasks over 50 ms. Difference of the pairs, with its 90 % interval.\n\n' +
    table([['', 'with', 'without', 'difference', 'at most', ''], ...rows]);
  console.log(text);
  if (RUNS >= 10) {
    await writeFile(new URL(`benches/record/${date}-vitals.json`, HOME), `${JSON.stringify({ date, runs: RUNS, with: on, without: off })}\n`);
    await writeFile(new URL('docs/vitals.md', HOME), `${text}\n`);
  }
  if (!results.every(({ isWithin }) => isWithin)) process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => server.close()));
}
