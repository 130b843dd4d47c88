/**
 * The door: every listener, timer and call into the engine passes it.
 *
 * If anything behind it throws, a trap of the engine included, the door closes once: what it let in is taken away, the
 * fault is told, and nothing reaches the page's own error handler.
 */

/** Ticks are due this often, ms. */
const TICK_MS = 250;
/** New elements to watch are looked for every so many ticks: a query each, and sections don't come and go in a hurry. */
const LOOK_TICKS = 4;

/**
 * @typedef {import('falter-engine').Engine} Engine
 *
 * @typedef {object} Door
 * @property {(target: EventTarget, type: string, kind: number) => void} listen to the target and all inside it, before the page does
 * @property {(target: EventTarget, type: string, kind: number) => void} listenOwn to events of the target alone
 * @property {(selector: string, kind: number) => void} watch elements that match come into view and leave it, now and later; each change is told once
 * @property {(target: EventTarget, type: string, listener: (event: any) => void) => void} on listens for JavaScript's own sake
 * @property {<T>(use: () => T) => T | undefined} call undefined when the door is closed, or closes now
 * @property {(engine: Engine) => void} open lets events and ticks through to the engine
 * @property {() => void} close takes away every listener, timer and observer; idempotent
 *
 * @typedef {object} Host
 * @property {(flags: number) => void} happened what a tick or an event came to, as bits; called behind the door
 * @property {() => void} mark called before elements are looked for, behind the door
 * @property {(fault: unknown) => void} failed something threw; the door has closed
 */

/**
 * @param {Host} host
 * @returns {Door}
 */
export function openDoor({ happened, mark, failed }) {
  const ears = new AbortController();
  const { signal } = ears;
  /** @type {Engine | undefined} */
  let engine;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  /** @type {IntersectionObserver | undefined} */
  let watcher;
  let look = () => {};
  let ticks = 0;

  const close = () => {
    ears.abort();
    clearInterval(timer);
    watcher?.disconnect();
    engine = undefined;
  };
  /** @param {unknown} fault */
  const shut = (fault) => {
    close();
    failed(fault);
  };
  /** @type {Door['call']} */
  const call = (use) => {
    if (signal.aborted) return;
    try {
      return use();
    } catch (fault) {
      shut(fault);
    }
  };
  /** @param {number} kind @param {any} event */
  const handle = (kind, event) => {
    // call() written out: a closure an event would be garbage, a thousand times a second
    try {
      const flags = engine?.handle(kind, event);
      if (flags) happened(flags);
    } catch (fault) {
      shut(fault);
    }
  };
  const tick = () => {
    const flags = engine?.tick(performance.now());
    if (flags) happened(flags);
    if (++ticks % LOOK_TICKS === 0) look();
  };

  return {
    listen: (target, type, kind) =>
      target.addEventListener(type, (event) => handle(kind, event), { signal, capture: true, passive: true }),
    listenOwn: (target, type, kind) =>
      target.addEventListener(type, (event) => handle(kind, event), { signal, passive: true }),
    watch: (selector, kind) => {
      /** Whether it is in view, of all that are watched. @type {WeakMap<Element, boolean>} */
      const seen = new WeakMap();
      const eye = new IntersectionObserver((entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting === seen.get(entry.target)) continue;
          seen.set(entry.target, entry.isIntersecting);
          handle(kind, entry);
        }
      });
      watcher = eye;
      look = () => {
        mark();
        for (const element of document.querySelectorAll(selector)) {
          if (seen.has(element)) continue;
          seen.set(element, false);
          eye.observe(element);
        }
      };
      look();
    },
    on: (target, type, listener) =>
      target.addEventListener(type, (event) => call(() => listener(event)), { signal, passive: true }),
    call,
    open: (ready) => {
      engine = ready;
      timer = setInterval(() => call(tick), TICK_MS);
    },
    close,
  };
}
