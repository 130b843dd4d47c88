/**
 * The door: every listener, timer and call into the engine passes it.
 *
 * If anything behind it throws, a trap of the engine included, the door closes once: what it let in is taken away, the
 * fault is told, and nothing reaches the page's own error handler.
 */

/**
 * @typedef {object} Door
 * @property {AbortSignal} signal aborted once the door is closed
 * @property {(target: EventTarget | null | undefined, type: string, listener: (event: any) => void, capture?: boolean) => void} on
 *   listens passively; capture: to all inside the target, before the page does; no target: to nothing
 * @property {(ms: number, use: () => void) => void} every again and again
 * @property {(fault: unknown) => void} shut something threw
 * @property {<T>(use: () => T) => T | undefined} call undefined when the door is closed, or closes now
 */

/**
 * Listens passively until a signal. Not by the listener's own `signal`: where zone.js (up to 0.14) stands between, the page's listeners
 * of that type would go with it (https://github.com/angular/angular/issues/49591).
 * @param {EventTarget} target
 * @param {string} type
 * @param {(event: any) => void} listener
 * @param {AbortSignal} signal
 * @param {boolean} [capture]
 */
export function listen(target, type, listener, signal, capture) {
  target.addEventListener(type, listener, { capture, passive: true });
  signal.addEventListener('abort', () => target.removeEventListener(type, listener, capture));
}

/**
 * @param {AbortController} life whoever aborts it closes the door, which takes away every listener and timer
 * @param {(fault: unknown) => void} failed something threw; the door has closed
 * @returns {Door}
 */
export function openDoor(life, failed) {
  const { signal } = life;
  /** @param {unknown} fault */
  const shut = (fault) => {
    life.abort();
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

  return {
    signal,
    on: (target, type, listener, capture) =>
      target &&
      listen(
        target,
        type,
        (event) => {
          // call() written out: a closure an event would be garbage, a thousand times a second
          try {
            listener(event);
          } catch (fault) {
            shut(fault);
          }
        },
        signal,
        capture,
      ),
    every: (ms, use) => {
      const timer = setInterval(call, ms, use);
      signal.addEventListener('abort', () => clearInterval(timer));
    },
    shut,
    call,
  };
}
