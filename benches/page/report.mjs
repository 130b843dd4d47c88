/** The tables that people read. */

import { isMet } from './budgets.mjs';
import { table, tell } from './figures.mjs';

/**
 * @typedef {import('./figures.mjs').Spread} Spread
 * @typedef {import('./contenders.mjs').Bundled} Bundled
 * @typedef {{ date: string, machine: string, runs: number, off: Record<string, number>, figures: Record<string, Record<string, Spread>>, budgets: import('./budgets.mjs').Budget[] }} Told
 */

/** Median, and least to most. @param {Spread | undefined} of @param {number} [by] */
const cell = (of, by = 1) => (of ? `${tell(of.median * by)} (${tell(of.min * by)}–${tell(of.max * by)})` : '');
/** @param {number} one @param {number} falters */
const ratio = (one, falters) => `${tell(one / falters)} ×`;
const percent = (/** @type {number} */ share) => `${tell(share * 100)} %`;

/**
 * @param {Told} record
 * @param {Bundled[]} contenders falter first
 * @returns {string} Markdown
 */
export function report({ date, machine, runs, figures, budgets }, contenders) {
  const of = (/** @type {string} */ name) => figures[name];
  const parts = [
    `# Speed\n\nMade by \`./build.sh bench page\` on ${date}: ${machine}; ${runs} fresh browsers a figure, in shuffled order. ` +
      'Median (least–most). Every peer runs the very trees that falter ships, and was checked to give the same risk to 1e-4 first.',
  ];
  const inferring = contenders.filter(({ name }) => of(name).load);
  if (inferring.length) {
    const [falter] = inferring.map(({ name }) => of(name));
    const rows = inferring.map(({ name, is, sizes }) => {
      const { script, load, first, cold, warm } = of(name);
      return [
        is,
        `${tell(sizes.brotli)} B`,
        ratio(sizes.brotli, contenders[0].sizes.brotli),
        `${cell(load)} ms`,
        `${tell(script.median)} ms`,
        ratio(load.median, falter.load.median),
        `${cell(first)} ms`,
        `${cell(cold, 1000)} µs`,
        `${cell(warm)} µs`,
      ];
    });
    parts.push(
      '## Answering\n\nFor falter an answer is a whole tick: features, risk, reason and decision; for the others it is the sum of the ' +
        'trees alone, from a row of features that something else has made. Load is from bytes in memory (scripts included) to the ' +
        'first answer being possible. Cold: four answers a second, as pages ask. Warm: one after the other.',
      table([['', 'brotli', '', 'load to ready', 'of it the script', '', 'first', 'cold', 'warm'], ...rows]),
    );
  }
  const listening = contenders.filter(({ name }) => of(name).event120);
  if (listening.length) {
    const rows = listening.map(({ name, is, sizes }) => {
      const { event120, event1000 } = of(name);
      return [is, `${tell(sizes.brotli)} B`, `${cell(event120)} ns`, `${cell(event1000)} ns`];
    });
    const { dispatch120 } = of(listening[0].name);
    parts.push(
      '## Listening\n\nWhat a movement of the pointer costs over an empty listener of the same kind, which itself takes ' +
        `${tell(dispatch120.median)} ns. js.foresight puts its work off to the next frame, which is counted. ouibounce and ` +
        'use-exit-intent do not look at movement at all: they wait for the pointer to be gone.',
      table([['', 'brotli', 'at 120 Hz', 'at 1 kHz'], ...rows]),
    );
  }
  const { nothing } = figures;
  if (nothing.task) {
    const rows = ['nothing', 'falter', 'foresight'].map((name) => {
      const { task, busyScript } = of(name);
      const is = contenders.find((one) => one.name === name)?.is ?? 'the page alone';
      return [is, cell(task, 100), cell(busyScript, 100), name === 'nothing' ? '' : percent(busyScript.median - nothing.busyScript.median)];
    });
    parts.push(
      '## A slow phone\n\nThe main thread while a pointer moves at 120 Hz, the processor slowed down four times: % of the time in ' +
        'any task, and in scripts.',
      table([['', 'tasks', 'scripts', 'more than the page alone'], ...rows]),
    );
  }
  const { hourKib, grownKib, heapGrown, lived } = of('falter');
  if (hourKib) {
    parts.push(
      `## An hour of 1 kHz input\n\n${tell(lived.median / 60_000)} minutes of falter's own time: the module has ${cell(hourKib)} KiB, ` +
        `grew by ${cell(grownKib)} KiB; JavaScript's heap by ${cell(heapGrown, 1 / 1024)} KiB.`,
    );
  }
  if (budgets.length) {
    const rows = budgets.map((budget) => [
      budget.what,
      `${tell(budget.measured)} ${budget.unit}`,
      `${tell(budget.most)} ${budget.unit}`,
      isMet(budget) ? 'met' : '**not met**',
    ]);
    parts.push('## Budgets', table([['', 'measured', 'at most', ''], ...rows]));
  }
  return parts.join('\n\n');
}
