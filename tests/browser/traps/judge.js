/**
 * What counts, for falter and for those beside it alike: the one place where it is said.
 *
 * - **Quiet**: nothing came up during the whole visit of a buyer.
 * - **Caught**: with a person who leaves, the first alarm came after the doubt had set in and before the leave. One that came before the
 *   doubt was about the trap; each of the three speaks once a visit, so it is spent.
 * - **In time**: caught, 2–10 s ahead of the leave: time to read a line and to act on it.
 */

const IN_TIME_S = [2, 10];

/**
 * @typedef {object} Visit
 * @property {string} role buyer, or twin: the one who leaves
 * @property {number} began wall ms, when the page was asked for
 * @property {number} acted when what the trap is about was done
 * @property {number} [doubted] since when there was a doubt
 * @property {number} ended when the person left, or, who bought, was looked at no longer
 * @property {Record<string, number | undefined>} alarms wall ms of each one's first, by name
 * @property {string} trail what falter said, for the one who has to find out why
 * @property {string[]} faults what went wrong in the page, and what a script could not do
 *
 * @typedef {{ quiet: boolean, early: boolean, caught: boolean, ahead: number | undefined, inTime: boolean }} Verdict ahead: s
 */

/** @param {{ buyer: Visit, twin: Visit }} visits @param {string} name whose alarms @returns {Verdict} */
export function judge({ buyer, twin }, name) {
  const alarm = twin.alarms[name];
  const early = alarm !== undefined && !(alarm >= /** @type {number} */ (twin.doubted));
  const caught = alarm !== undefined && !early && alarm < twin.ended;
  const ahead = caught ? (twin.ended - alarm) / 1000 : undefined;
  return {
    quiet: buyer.alarms[name] === undefined,
    early,
    caught,
    ahead,
    inTime: ahead !== undefined && ahead >= IN_TIME_S[0] && ahead <= IN_TIME_S[1],
  };
}
