/**
 * Events on the handle, and on `document` where the shop asked for it.
 */

/**
 * @typedef {object} Events
 * @property {(type: string, listener: (event: any) => void) => void} on `decision` or `falter:decision`
 * @property {(type: string, listener: (event: any) => void) => void} off
 * @property {(type: string) => boolean} wanted whether anybody ever listened, so that nothing is made for nobody
 * @property {(type: string, detail: any) => boolean} emit false: a listener cancelled it
 */

export const PREFIX = 'falter:';

/** @param {string} type */
const full = (type) => PREFIX + type.replace(PREFIX, '');

/**
 * @param {EventTarget} handle
 * @param {() => boolean} isPublic whether events are sent on `document` too
 * @returns {Events}
 */
export function openEvents(handle, isPublic) {
  /** @type {Set<string>} */
  const heard = new Set();
  const listen = handle.addEventListener;
  /** @type {typeof listen} */
  handle.addEventListener = (type, ...rest) => {
    heard.add(type.replace(PREFIX, ''));
    listen.call(handle, type, ...rest);
  };

  return {
    on: (type, listener) => handle.addEventListener(full(type), listener),
    off: (type, listener) => handle.removeEventListener(full(type), listener),
    // asked on every tick, so it makes no text
    wanted: (type) => isPublic() || heard.has(type),
    emit: (type, detail) => {
      const init = { detail, cancelable: type === 'show' };
      const targets = isPublic() || type === 'error' ? [handle, document] : [handle];
      // each event is dispatched once: a second target gets its own
      return targets.map((target) => target.dispatchEvent(new CustomEvent(PREFIX + type, init))).every(Boolean);
    },
  };
}
