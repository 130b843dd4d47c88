/** What came of the traps, as tables: on the screen as they run, and in docs/traps.md. */

import { judge } from './judge.js';

/**
 * @typedef {import('./run.js').Result} Result
 * @typedef {object} Round
 * @property {string} name
 * @property {number} seed of the hands
 * @property {string} sensitivity of falter
 * @property {string} date
 * @property {number} took s
 * @property {string} browser
 * @property {Result[]} results
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
const words = ({ quiet, early, ahead }) => [
  quiet ? 'quiet' : '**alarm**',
  early ? '**too soon**' : ahead === undefined ? 'missed' : `${ahead.toFixed(1)} s`,
];

/** One line for the screen. @param {Result} result @param {string[]} names */
export const line = (result, names) =>
  [result.trap.name.padEnd(20), ...names.map((name) => words(judge(result, name)).join(', ').replaceAll('**', '').padEnd(18))].join(' | ');

/** @param {Result[]} results @param {string} name */
export function total(results, name) {
  const all = results.map((result) => judge(result, name));
  const count = (/** @type {(verdict: import('./judge.js').Verdict) => boolean} */ of) => share(all.filter(of).length, all.length);
  return {
    quiet: count(({ quiet }) => quiet),
    early: count(({ early }) => early),
    caught: count(({ caught }) => caught),
    inTime: count(({ inTime }) => inTime),
  };
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
  const lines = results.map((result) => {
    const { name, what } = result.trap;
    return row([`\`${name}\``, what, ...NAMES.flatMap((one) => words(judge(result, one)))]);
  });
  return head(['trap', 'what is done', ...NAMES.flatMap((name) => [`${name}: buyer`, 'twin'])]) + lines.join('');
}

/** @param {Round} round of the other ways out */
function ways({ results }) {
  const lines = [...new Set(results.map(({ trap }) => String(trap.way)))].map((way) => {
    const all = results.filter(({ trap }) => trap.way === way);
    return row([way, ...NAMES.map((name) => total(all, name).caught)]);
  });
  return `Other ways out, on the page of \`${results[0].trap.name}\`:\n\n${head(['way out', ...NAMES])}${lines.join('')}`;
}

/** How many of the buyers saw a card. @param {Round} round */
const shown = ({ results }) => share(results.filter((result) => !judge(result, 'falter').quiet).length, results.length);

/**
 * @param {object} told
 * @param {Round[]} told.rounds with hands of different seeds, and one that is eager
 * @param {Round} [told.others] the other ways out, if they were tried
 * @param {Round} [told.flung] what falter takes for a leave, if it was
 * @param {string} told.engines what Firefox and WebKit came to, as a table
 * @param {Record<string, string>} told.peers versions and settings, by name
 */
export function page({ rounds, others, flung, engines, peers }) {
  const [first] = rounds;
  const simulated = first.results.filter(({ trap }) => trap.simulated).map(({ trap }) => `- \`${trap.name}\`: ${trap.simulated}\n`);
  const dates = [...new Set(rounds.map(({ date }) => date))].join(', ');
  const minutes = rounds.map(({ took }) => (took / 60).toFixed(1)).join(', ');
  const beside = Object.entries(peers).map(([name, about]) => `${name} (${about})`);
  return `# Traps

False alarms are what kills exit-intent tools. Here are ${first.results.length} situations that look like leaving and are none, each on a page
of its own (\`tests/browser/traps/pages/\`), done twice with trusted input: by a buyer, who does it and goes on buying for at least ten
seconds, and by a twin, who does it too, then doubts and really leaves. Made by \`./build.sh traps\` on ${dates}, in
${first.browser}; the runs took ${minutes} min. \`tests/browser/traps/traps.test.js\` does the first
run without the peers; it is no part of \`./build.sh test\` yet (see Known).

**Quiet**: nothing came up during a buyer's whole visit. **Caught**: a twin's first alarm came after the doubt had set in and
before the leave. **Too soon**: it came before there was a doubt, over the trap; each of the three speaks once a visit, so it is
spent. No script's timing looks at falter; runs differ by the seed of the hands (paths, tremor, times of looking, what is hit).
Facts as a real shop gives them (free shipping, price of shipping, delivery, returns, instalments), consent granted, no holdout.

Beside falter, in the same page loads: ${beside.join('; ')}.
They show nothing here, and only tell that they would have.

${totals(rounds)}
## Trap by trap

Run ${first.name}. Seconds are those from the alarm to the leave.

${each(first)}
Twins with a mouse go to the cart, look at the total and at what shipping costs, waver, and leave by the top: the
commonest way, and the one that all three listen for. From the pointer's way out to the other tab they take 2.9 s, to find it.
falter's card mostly comes as the pointer goes out.

${others ? ways(others) : ''}
## Known

On a phone, a page flung to its top by one hard flick (420 px in 110 ms) is how leaves on phones begin, as far as
falter knows, and a buyer who does just that sees a card${flung ? `: ${shown(flung)}` : ''}. The trap \`momentum-phone\`
is the same way back at the pace of most flicks (350 px in 220 ms), which is near the limit: where a flick's samples come late and in lumps,
as on a busy machine, it is heard as a harder one, and a card comes there, too, now and then. That is a trap not passed. People who
fling a page up and stay were given to the model in seven ways, and none told the two apart without losing the leaves on phones
(\`models/training/LOG.md\`).

## Firefox and WebKit

The traps that differ by engine. The pointer and the keys are the X server's (XTEST), in a real window, so leaving the window is
really leaving it.

${engines}
## What was simulated

${simulated.join('')}
Real phones, screen readers, screen locks and print dialogs were not driven. All people here are scripts; how falter does on
recordings of real ones is in [the model card](../models/MODEL_CARD.md).
`;
}
