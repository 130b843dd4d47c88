/** What came of the traps, as tables: on the screen as they run, and in docs/traps.md. */

import { judge } from './judge.js';

/**
 * @typedef {import('./run.js').Result} Result
 * @typedef {{ name: string, seed: number, sensitivity: string, date: string, took: number, browser: string, results: Result[] }} Round
 */

/** Whose alarms are told of, in the table's order. */
export const NAMES = ['falter', 'ouibounce', 'use-exit-intent'];

/** @param {number} part @param {number} whole */
const share = (part, whole) => `${part} of ${whole} (${Math.round((100 * part) / whole)} %)`;
/** @param {string[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |\n`;
/** @param {string[]} heads */
const head = (heads) => row(heads) + row(heads.map(() => '---'));

/** What one trap came to for one of them. @param {import('./judge.js').Verdict} verdict @returns {[buyer: string, twin: string]} */
const words = ({ quiet, early, caught, ahead }) => [quiet ? 'quiet' : '**alarm**', early ? '**too soon**' : caught ? `${Number(ahead).toFixed(1)} s` : 'missed'];

/** One line for the screen. @param {Result} result @param {string[]} names */
export const line = (result, names) =>
  [result.trap.name.padEnd(20), ...names.map((name) => words(judge(result, name)).join(', ').replaceAll('**', '').padEnd(18))].join(' | ');

/** @param {Result[]} results @param {string} name */
export function total(results, name) {
  const all = results.map((result) => judge(result, name));
  const count = (/** @type {(verdict: import('./judge.js').Verdict) => boolean} */ of) => share(all.filter(of).length, all.length);
  return { quiet: count(({ quiet }) => quiet), early: count(({ early }) => early), caught: count(({ caught }) => caught), inTime: count(({ inTime }) => inTime) };
}

/** @param {Round[]} rounds */
function totals(rounds) {
  const lines = rounds.flatMap((round) =>
    NAMES.map((name) => {
      const { quiet, early, caught, inTime } = total(round.results, name);
      return row([round.name, name === 'falter' ? `**falter**, ${round.sensitivity}` : name, quiet, early, caught, inTime]);
    }),
  );
  return head(['run', '', 'buyers in quiet', 'twins warned too soon', 'twins caught', 'caught 2–10 s ahead']) + lines.join('');
}

/** @param {Round} round */
function each({ results }) {
  const lines = results.map((result) => row([`\`${result.trap.name}\``, result.trap.what, ...NAMES.flatMap((name) => words(judge(result, name)))]));
  return head(['trap', 'what is done', ...NAMES.flatMap((name) => [`${name}: buyer`, 'twin'])]) + lines.join('');
}

/** @param {Round} round of the other ways out */
function ways({ results }) {
  const by = Map.groupBy(results, ({ trap }) => String(trap.way));
  const lines = [...by].map(([way, all]) => row([way, ...NAMES.map((name) => total(all, name).caught)]));
  return head(['way out', ...NAMES]) + lines.join('');
}

/**
 * @param {object} told
 * @param {Round[]} told.rounds with hands of different seeds, and one that is eager
 * @param {Round} told.others the other ways out
 * @param {string} told.engines what Firefox and WebKit came to, as a table
 * @param {Record<string, string>} told.peers versions and settings, by name
 */
export function page({ rounds, others, engines, peers }) {
  const [first] = rounds;
  const simulated = first.results.filter(({ trap }) => trap.simulated).map(({ trap }) => `- \`${trap.name}\`: ${trap.simulated}\n`);
  const dates = [...new Set(rounds.map(({ date }) => date))].join(', ');
  const minutes = rounds.map(({ took }) => (took / 60).toFixed(1)).join(', ');
  return `# Traps

False alarms are what kills exit-intent tools. Here are ${first.results.length} situations that look like leaving and are none, each on a page of its own
(\`tests/browser/traps/pages/\`), done twice with trusted input: by a buyer, who does it and goes on buying for at least ten seconds, and by a
twin, who does it too, then doubts and really leaves. Made by \`./build.sh traps\` on ${dates}, in ${first.browser}; runs took ${minutes} min.
The tests run the first of them without the peers (\`tests/browser/traps.test.js\`).

**Quiet**: nothing came up during a buyer's whole visit. **Caught**: a twin's first alarm came after the doubt had set in and before the leave.
**Too soon**: it came before there was a doubt, over the trap; each of the three speaks once a visit. Nobody's timing looks at falter: scripts are
fixed, and runs differ by the seed of the hands (paths, tremor, times of looking, what is hit). Shops' facts as in a real shop (free shipping, price of
shipping, delivery, returns, instalments), consent granted, no holdout.

Beside falter, in the same page loads: ${Object.entries(peers)
    .map(([name, about]) => `${name} (${about})`)
    .join('; ')}. They show nothing here, and only tell that they would have.

${totals(rounds)}
## Trap by trap

Run ${first.name}. Seconds are those from the alarm to the leave.

${each(first)}
Twins with a mouse read the line about shipping, look for more further down, go back up, waver, and leave by the top: the commonest way, and the
one that all three listen for. From the pointer's way out to the other tab they take 2.9 s, to find it. Other ways out, on the page of
\`${others.results[0].trap.name}\`, tell less before they happen:

${ways(others)}
## Firefox and WebKit

The traps that differ by engine. The pointer and the keys are the X server's (XTEST), in a real window, so leaving the window is really leaving it.

${engines}
## What was simulated

${simulated.join('')}
Real phones, screen readers, screen locks and print dialogs were not driven. All people here are scripts; how falter does on recordings of real ones is
in [the model card](../models/MODEL_CARD.md).
`;
}
