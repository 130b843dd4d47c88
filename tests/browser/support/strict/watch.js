/** What falter leaves in the page: its listeners, timers and observers, as long as they are there. Before all other scripts. */

/** @type {any} */ (window).held = (() => {
  const isOurs = () => /\/falter[\w.]*\.js/.test(String(new Error().stack));
  /** @type {{ target: EventTarget, type: string, listener: any, capture: boolean, signal?: AbortSignal }[]} */
  let listeners = [];
  /** @param {any} options */
  const captures = (options) => Boolean(typeof options === 'object' ? options?.capture : options);
  const timers = new Set();
  let observers = 0;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    // of what falter made itself, and goes with it: its handle, its signals, its card
    const isPage = target === window || target === document || target === document.documentElement || target === window.visualViewport || target === window.navigation;
    if (isPage && isOurs()) listeners.push({ target, type, listener, capture: captures(options), signal: options?.signal });
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? window;
    const isIt = (one) => one.target === target && one.type === type && one.listener === listener && one.capture === captures(options);
    listeners = listeners.filter((one) => !isIt(one));
    return removeEventListener.call(target, type, listener, options);
  };
  const { setInterval, clearInterval } = window;
  window.setInterval = (...given) => {
    const timer = setInterval(...given);
    if (isOurs()) timers.add(timer);
    return timer;
  };
  window.clearInterval = (timer) => {
    timers.delete(timer);
    clearInterval(timer);
  };
  window.IntersectionObserver = class extends IntersectionObserver {
    constructor(...given) {
      super(...given);
      observers += 1;
    }
    disconnect() {
      observers -= 1;
      super.disconnect();
    }
  };
  return () => ({ listeners: listeners.filter(({ signal }) => !signal?.aborted).map(({ type }) => type), timers: timers.size, observers });
})();
