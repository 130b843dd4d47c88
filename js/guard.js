/**
 * The door: every listener, timer and call into the engine passes it.
 *
 * If anything behind it throws, a trap of the engine included, the door closes once: what it let in is taken away, the
 * fault is told, and nothing reaches the page's own error handler.
 */

/** Ticks are due this often, ms. */
const TICK_MS = 250;

/**
 * @typedef {import('falter-engine').Engine} Engine
 *
 * @typedef {object} Door
 * @property {(target: EventTarget, type: string, kind: number) => void} listen to the target and all inside it, before the page does
 * @property {(target: EventTarget, type: string, kind: number) => void} listenOwn to events of the target alone
 * @property {(selector: string, kind: number) => void} watch elements that match come into view and leave it, now and later
 * @property {(target: EventTarget, type: string, listener: (event: any) => void) => void} on listens for JavaScript's own sake
 * @property {<T>(use: () => T) => T | undefined} call undefined when the door is closed, or closes now
 * @property {(engine: Engine) => void} open lets events and ticks through to the engine
 * @property {() => void} close takes away every listener, timer and observer; idempotent
 */

/**
 * @param {(flags: number) => void} happened what a tick or an event came to, as bits; called behind the door
 * @param {(fault: unknown) => void} failed something threw; the door has closed
 * @returns {Door}
 */
export function openDoor(happened, failed) {
  const ears = new AbortController();
  const { signal } = ears;
  /** @type {Engine | undefined} */
  let engine;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  /** @type {{ disconnect: () => void }[]} */
  const watchers = [];

  const close = () => {
    ears.abort();
    clearInterval(timer);
    watchers.forEach((watcher) => watcher.disconnect());
    engine = undefined;
  };
  /** @type {Door['call']} */
  const call = (use) => {
    if (signal.aborted) return;
    try {
      return use();
    } catch (fault) {
      close();
      failed(fault);
    }
  };
  /** @param {number} kind @param {any} event */
  const handle = (kind, event) => {
    if (signal.aborted) return;
    // call() written out: a closure an event would be garbage, a thousand times a second
    try {
      const flags = engine?.handle(kind, event);
      if (flags) happened(flags);
    } catch (fault) {
      close();
      failed(fault);
    }
  };

  return {
    listen: (target, type, kind) =>
      target.addEventListener(type, (event) => handle(kind, event), { signal, capture: true, passive: true }),
    listenOwn: (target, type, kind) =>
      target.addEventListener(type, (event) => handle(kind, event), { signal, passive: true }),
    watch: (selector, kind) => {
      const seen = new IntersectionObserver((entries) => entries.forEach((entry) => handle(kind, entry)));
      const known = new WeakSet();
      const look = () => {
        for (const element of document.querySelectorAll(selector)) {
          if (known.has(element)) continue;
          known.add(element);
          seen.observe(element);
        }
      };
      const added = new MutationObserver(() => call(look));
      added.observe(document, { subtree: true, childList: true });
      watchers.push(seen, added);
      look();
    },
    on: (target, type, listener) =>
      target.addEventListener(type, (event) => call(() => listener(event)), { signal, passive: true }),
    call,
    open: (ready) => {
      engine = ready;
      timer = setInterval(() => {
        call(() => {
          const flags = engine?.tick(performance.now());
          if (flags) happened(flags);
        });
      }, TICK_MS);
    },
    close,
  };
}
