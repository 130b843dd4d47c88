/** What a soak must hold to. */

/** Memory of the engine's module, KiB (DESIGN, section 9). */
const MODULE_KIB = 512;
/**
 * Of JavaScript's heap, bytes an hour on one page, after what code learns of itself in its first minutes. A thousandth of what
 * one object kept an event would be; measured 29 to 56 kB an hour, 2026-11-22.
 */
const GROWTH_AN_HOUR = 128 << 10;
/** And from hour to hour, with page loads between: documents that the browser keeps for the way back are as many each hour. */
const GROWTH_ALL = 256 << 10;
/** On a page of a few minutes the same, code's learning included. */
const GROWTH_AT_FIRST = 512 << 10;

/**
 * @param {import('./soak.js').Soaked} soaked
 * @returns {string[]} what is wrong
 */
export function judge({ faults, measured, ticks, compared, visits, told }) {
  const wrong = faults.slice(0, 20);
  if (faults.length > 20) wrong.push(`and ${faults.length - 20} more`);
  const at = (/** @type {number} */ minute) => measured.find((one) => one.minute === minute);
  /** @param {number} from @param {number} to @param {number} most */
  const flat = (from, to, most) => {
    const [before, after] = [at(from), at(to)];
    if (!before || !after) return;
    const grown = after.heap - before.heap;
    if (grown > most) wrong.push(`the heap grew by ${grown} B from minute ${from} to ${to}`);
    if (before.loads !== after.loads) return;
    for (const what of /** @type {const} */ (['listeners', 'nodes']))
      if (after[what] > before[what]) wrong.push(`${what}: ${before[what]} at minute ${from}, ${after[what]} at ${to}`);
  };
  flat(0, 3, GROWTH_AT_FIRST);
  const last = measured[measured.length - 1].minute;
  for (let hour = 0; hour < last; hour += 60) flat(hour + 15, hour + 60, GROWTH_AN_HOUR);
  // by then the browser keeps as many pages as it will
  for (let hour = 180; hour < last; hour += 60) flat(hour, hour + 60, GROWTH_ALL);
  for (const { minute, kib, timers } of measured) {
    // room for a saved state is made at the first
    if (minute > 3 && kib !== at(3)?.kib) wrong.push(`the module has ${at(3)?.kib} KiB at minute 3, ${kib} at ${minute}`);
    if (kib > MODULE_KIB) wrong.push(`the module has ${kib} KiB at minute ${minute}`);
    if (timers !== 1) wrong.push(`${timers} timers at minute ${minute}`);
  }
  for (const [what, count] of Object.entries(told)) if (count > 1) wrong.push(`${what}: ${count} times in one visit`);
  // what ticks after a visit's last signal is in no recording
  if (ticks - compared > 8 * visits) wrong.push(`${ticks} ticks, ${compared} of them compared`);
  if (ticks < last * 200) wrong.push(`only ${ticks} ticks in ${last} minutes`);
  return wrong;
}
