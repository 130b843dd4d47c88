/**
 * The handle where there is no page: on a server that renders one, in a worker, in a test without a DOM. It answers as one that
 * was never started, so that the same code runs on both sides; faults in options are told in the browser, to who can see them.
 */

import { parseOptions } from './options.js';

/**
 * @param {Record<string, any>} [first]
 * @returns {import('./types.js').Falter}
 */
export function createStill(first) {
  let { given, options } = parseOptions();
  /** @param {Record<string, any>} [more] */
  const lay = (more) => {
    try {
      ({ given, options } = parseOptions(given, more));
    } catch {
      // told in the browser, as other faults
    }
  };
  lay(first);
  const nothing = () => {};
  return Object.assign(new EventTarget(), {
    init: async (/** @type {Record<string, any> | undefined} */ more) => lay(more),
    start: async () => {},
    stop: nothing,
    signal: nothing,
    consent: (/** @type {import('./types.js').Consent | undefined} */ now) => {
      if (now) lay({ consent: now });
      return options.consent;
    },
    options: () => options,
    snapshot: () => ({ running: false, consent: options.consent, t: 0, risk: 0 }),
    record: () => '',
    forget: nothing,
    // nothing is ever told
    on: nothing,
    off: nothing,
    version: FALTER_VERSION,
  });
}
