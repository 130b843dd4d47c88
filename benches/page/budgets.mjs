/** The budgets: what is promised of a page with falter in it, each with what was measured. */

/**
 * @typedef {object} Budget
 * @property {string} what
 * @property {number} most
 * @property {string} unit
 * @property {number} measured
 *
 * @typedef {object} Measured medians over the runs
 * @property {number} brotli bytes of the storefront page
 * @property {number} scriptGzip bytes
 * @property {number} load ms
 * @property {number} first ms
 * @property {number} warm µs
 * @property {number} event ns, at the rate where it costs more
 * @property {number} kib
 * @property {number} grownKib over an hour
 */

/** @param {Measured} measured @returns {Budget[]} */
export const budgets = ({ brotli, scriptGzip, load, first, warm, event, kib, grownKib }) => [
  { what: 'the storefront page, brotli', most: 26_000, unit: 'B', measured: brotli },
  { what: 'its JavaScript, gzip', most: 10_000, unit: 'B', measured: scriptGzip },
  { what: 'load to ready, bytes there', most: 5, unit: 'ms', measured: load },
  { what: 'first tick', most: 0.5, unit: 'ms', measured: first },
  { what: 'one tick, warm', most: 5, unit: 'µs', measured: warm },
  { what: 'one pointer event over an empty listener', most: 150, unit: 'ns', measured: event },
  { what: 'memory of the module', most: 512, unit: 'KiB', measured: kib },
  { what: 'its growth over an hour of 1 kHz input', most: 0, unit: 'KiB', measured: grownKib },
];

/** @param {Budget} budget */
export const isMet = ({ most, measured }) => measured <= most;
