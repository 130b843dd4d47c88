/** Numbers of several runs, and how they are told. */

/** @typedef {{ median: number, min: number, max: number }} Spread */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} values @returns {Spread} */
export const spread = (values) => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) });

/** Three digits that matter, no more. @param {number} value */
export function tell(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** In another order each time. @template T @param {T[]} items @returns {T[]} */
export function shuffled(items) {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * The middle 90 % of the means that samples of the same size, drawn with replacement, would have (Efron 1979).
 * @param {number[]} values
 * @returns {{ mean: number, low: number, high: number }}
 */
export function interval(values, draws = 10_000) {
  const mean = (/** @type {number[]} */ of) => of.reduce((all, one) => all + one, 0) / of.length;
  const means = Array.from({ length: draws }, () => mean(values.map(() => values[Math.floor(Math.random() * values.length)])));
  means.sort((one, other) => one - other);
  return { mean: mean(values), low: means[Math.floor(draws * 0.05)], high: means[Math.floor(draws * 0.95)] };
}

/** @param {string[][]} rows the first is the heading; all but the first column are figures @returns {string} Markdown */
export function table(rows) {
  const [heading, ...rest] = rows;
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map((_, i) => (i ? '---:' : '---'))), ...rest.map(line)].join('\n');
}
