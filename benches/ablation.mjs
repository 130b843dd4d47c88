/**
 * What each group of features, the depth and number of trees and the bins are worth, against the model's bytes: trains every
 * variant on the same simulated visits and writes models/training/ABLATION.md. `./build.sh bench ablation [RECORDINGS]`; takes about a
 * quarter of an hour. Recordings, where given, are judged on beside the simulated people.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const FALTER = process.env.FALTER ?? 'target/release/falter';
const VISITS = 6000;
const SEED = 1;
/** As trained by default: the shop's own habits are never split on. */
const SITE = ['away_count', 'last_away_s', 'session_s'];
/** First and last feature of each group, in the order of the table. */
const GROUPS = {
  pointer: ['speed_05s', 'out_s'],
  scroll: ['scroll_depth', 'since_scroll_s'],
  dwell: ['shipping_dwell_s', 'section_revisits'],
  'tab (presence)': ['presence_s', 'presence_s'],
  'cart and funnel': ['cart_adds', 'item_views'],
  momentum: ['momentum_32s', 'momentum_32s'],
  'select and copy': ['since_select_s', 'since_copy_s'],
};
const SHIPPED = { depth: 3, trees: 100, bins: 32 };
const DEPTHS = [3, 4, 5, 6];
const TREES = [100, 200, 250, 300, 400];

const recordings = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'falter-ablation-'));

/** @param {string[]} args */
function falter(args) {
  return execFileSync(FALTER, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
}

/**
 * @typedef {{ name: string, raw: number, brotli: number, skill: number, onTime: number, signOnTime: number, signAhead: number,
 *   answered: number, heldOut: number, real?: number }} Row
 */

/**
 * @param {string} name
 * @param {{ depth?: number, trees?: number, bins?: number, without?: string[] }} variant
 * @returns {Row}
 */
function measure(name, { depth = SHIPPED.depth, trees = SHIPPED.trees, bins = SHIPPED.bins, without = [] }) {
  const model = join(folder, 'variant.falter');
  // fewer trees take larger steps, so that each variant gets about as far
  const rate = Math.min(0.3, (0.16 * SHIPPED.trees) / trees);
  const settings = ['--depth', depth, '--trees', trees, '--bins', bins, '--learning-rate', rate].map(String);
  const people = ['--simulate', String(VISITS), '--seed', String(SEED)];
  const text = falter(['train', ...people, ...settings, '--without', [...SITE, ...without].join(), '-o', model, '--json']);
  const [usual, heldOut] = JSON.parse(text).figures;
  const sign = usual.groups.find((/** @type {any} */ group) => group.by === 'sign' && group.name === 'with a sign').alerts[1];
  const bytes = readFileSync(model);
  const row = {
    name,
    raw: bytes.length,
    brotli: brotliCompressSync(bytes).length,
    skill: usual.risks.brier_skill,
    onTime: usual.mean.on_time.value,
    signOnTime: sign.on_time.share,
    signAhead: sign.ahead.share,
    answered: usual.policy[1].answered.share,
    heldOut: heldOut.mean.on_time.value,
    real: recordings.length
      ? JSON.parse(falter(['evaluate', ...recordings, '--model', model, '--json'])).mean.on_time.value
      : undefined,
  };
  console.error(line(row));
  return row;
}

const percent = (/** @type {number} */ share) => (100 * share).toFixed(1);

/** @param {Row} row */
function line(row) {
  const real = row.real === undefined ? '' : ` ${percent(row.real)} |`;
  const shares = [row.onTime, row.heldOut, row.signOnTime, row.signAhead, row.answered].map(percent).join(' | ');
  return `| ${row.name} | ${row.raw} | ${row.brotli} | ${row.skill.toFixed(4)} | ${shares} |${real}`;
}

/** @param {Row[]} rows */
function table(rows) {
  const real = recordings.length ? [' real, mean on time |', '---|'] : ['', ''];
  return [
    '| variant | bytes | brotli | Brier skill | mean on time | held-out layout | with a sign, 0.5/min: on time | ahead | answered, balanced |' +
      real[0],
    '|---|---|---|---|---|---|---|---|---|' + real[1],
    ...rows.map(line),
  ].join('\n');
}

const names = JSON.parse(readFileSync('models/exit.json', 'utf8')).features.map((/** @type {any} */ feature) => feature.name);
const groups = [measure('all', {})];
for (const [group, [first, last]] of Object.entries(GROUPS))
  groups.push(measure(`without ${group}`, { without: names.slice(names.indexOf(first), names.indexOf(last) + 1) }));

const shapes = [];
for (const depth of DEPTHS) for (const trees of TREES) shapes.push(measure(`depth ${depth}, ${trees} trees`, { depth, trees }));
const bins = [16, 32, 64].map((count) => measure(`${count} bins`, { bins: count }));
rmSync(folder, { recursive: true });

const head = `# What is worth its bytes

<!-- made by \`./build.sh bench ablation\`; the reading at the end is written by hand in models/training/LOG.md -->

Every variant is trained on the same ${VISITS} simulated visits (seed ${SEED}) and judged on 2,000 others, and on 2,000 in a page layout it
has never seen. Shares in %. Mean on time: leaves with an alert 2–4 s before, mean over 0.2, 0.5, 1 and 2 false alerts a minute.
Answered: leaves that the whole policy, balanced, answers 2–10 s ahead. Bytes include calibration, reason head and presets. Fewer trees
take larger steps (0.16 × 200 over their number, at most 0.3).
${recordings.length ? 'Real: half of two public sets of real people (models/training/LOG.md says who they are), one seed, ± 2.\n' : ''}`;
writeFileSync(
  'models/training/ABLATION.md',
  `${head}
## Features

${table(groups)}

## Trees

${table(shapes)}

## Bins (depth ${SHIPPED.depth}, ${SHIPPED.trees} trees)

${table(bins)}
`,
);
console.log('written: models/training/ABLATION.md');
