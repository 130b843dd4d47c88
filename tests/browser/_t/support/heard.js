/** Everything falter says in a tab, over all the pages of a visit. */

/**
 * @typedef {{ type: string, detail: any, at: number }} Heard at: wall ms, when the page said it
 * @typedef {Heard[] & { of: (type: string) => Heard[], trail: () => string }} Log
 */

const TYPES = ['risk', 'decision', 'show', 'act', 'dismiss', 'exposure', 'leave'];

/**
 * Listens from the next page on, through the public API.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Log>}
 */
export async function listen(page) {
  /** @type {Heard[]} */
  const heard = [];
  await page.exposeBinding('falterHeard', (_, one) => heard.push(one));
  await page.addInitScript((types) => {
    const tell = (/** @type {Event} */ event) =>
      /** @type {any} */ (window).falterHeard({
        type: event.type.replace('falter:', ''),
        detail: /** @type {CustomEvent} */ (event).detail,
        at: Date.now(),
      });
    document.addEventListener('falter:error', tell);
    // The leave as the browser has it, whatever falter makes of it.
    document.addEventListener('visibilitychange', () => document.hidden && tell(new CustomEvent('hidden')));
    // The tag is deferred: by now it has run, and nothing has been decided yet.
    document.addEventListener('DOMContentLoaded', () => {
      for (const type of types) /** @type {any} */ (window).falter?.on(`falter:${type}`, tell);
    });
  }, TYPES);
  return Object.assign(heard, {
    of: (/** @type {string} */ type) => heard.filter((one) => one.type === type),
    /** Tick by tick, for the one who has to find out why. */
    trail: () =>
      heard
        .filter(({ type }) => type !== 'risk')
        .map(({ type, detail, at }) =>
          type === 'decision'
            ? `${at} t=${detail.t} risk=${detail.risk.toFixed(3)} ${detail.reason} ${detail.confidence?.toFixed(2)} ` +
              `${detail.show ? `SHOW ${detail.show.message}` : `hold ${detail.hold}`}`
            : `${at} ${type} ${JSON.stringify(detail)}`,
        )
        .join('\n'),
  });
}
