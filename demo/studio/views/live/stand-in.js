/**
 * Stands where falter's handle will be, in a page whose model is another: the script tag finds it and leaves the page to it, and
 * what the shop tells until the handle is there is told again.
 */

/** @returns {Record<string, any>} in the form of falter's handle */
export function standIn() {
  /** @type {[method: string, args: any[]][]} */
  const waiting = [];
  /** @type {any} */
  let handle;
  /** @param {string} method @param {any} [answer] until then */
  const later =
    (method, answer) =>
    (/** @type {any[]} */ ...args) =>
      handle ? handle[method](...args) : (waiting.push([method, args]), answer);
  return {
    version: 'studio',
    init: later('init', Promise.resolve()),
    start: async () => {},
    stop: () => handle?.stop(),
    signal: later('signal'),
    consent: later('consent', 'granted'),
    options: () => handle?.options() ?? {},
    snapshot: () => handle?.snapshot() ?? { running: false, consent: 'granted', t: 0, risk: 0 },
    record: () => handle?.record() ?? '',
    forget: () => handle?.forget(),
    on: later('on'),
    off: later('off'),
    addEventListener: later('addEventListener'),
    removeEventListener: later('removeEventListener'),
    /** @param {any} now the handle */
    become: (now) => {
      handle = now;
      for (const [method, args] of waiting.splice(0)) handle[method](...args);
    },
  };
}
