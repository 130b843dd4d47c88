/**
 * The one place where the shop talks to falter: plain calls, as any shop would make them. The shop does not need
 * falter: where its script is missing or blocked, nothing here happens and everything else works.
 */

/** @typedef {{ s: string } & Record<string, unknown>} ShopSignal a signal of the recording format, without its time */

/** @param {ShopSignal} signal */
export function tell(signal) {
  /** @type {any} */ (window).falter?.signal(signal);
}

/** What the shop says of itself is another from now on. @param {Record<string, unknown>} options */
export function change(options) {
  /** @type {any} */ (window).falter?.init?.(options);
}
