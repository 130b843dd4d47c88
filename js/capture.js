/**
 * What is listened to, and what is read of each event: at most three numbers. What they mean is for the engine to say
 * (src/web/capture/): nothing here decides, counts or remembers.
 */

import {
  HEARD_BLUR, HEARD_BROKEN, HEARD_CLICK, HEARD_COPY, HEARD_DIALOG, HEARD_DOWN, HEARD_DRAG, HEARD_ENTER,
  HEARD_FIELD_ERROR, HEARD_FIELD_FOCUS, HEARD_FIELD_LEAVE, HEARD_FOCUS, HEARD_FOLLOW, HEARD_HIDE, HEARD_KEY, HEARD_LEAVE,
  HEARD_LIFT, HEARD_LOAD, HEARD_MOVE, HEARD_NAVIGATE, HEARD_OVER, HEARD_PINCH, HEARD_RESIZE, HEARD_SCROLL, HEARD_SEE,
  HEARD_SELECT, HEARD_TYPING, HEARD_UNSEE, HEARD_UP, HEARD_VISIBILITY, HEARD_ZOOM, SELECTOR_EDITABLE,
  SELECTOR_OURS, SELECTOR_PART,
} from './names.js';
import { listen as listenTo } from './guard.js';
import { sortOf } from './page.js';

/** Ticks are due this often, ms. */
const TICK_MS = 250;
/** New elements to watch are looked for every so many ticks: a query each, and sections don't come and go in a hurry. */
const LOOK_TICKS = 4;

/** The element an event is of, or one around it; events of the window or document have none. @param {Event} event @param {string} selector */
const around = ({ target }, selector) => /** @type {any} */ (target)?.closest?.(selector);
/** @param {Event} event @param {string} selector @returns {0 | undefined} undefined: not heard */
const isIn = (event, selector) => (around(event, selector) ? 0 : undefined);
/** @param {Event} event @param {import('./page.js').Sorts} sorts @returns {number} NaN: none of them */
const kindOf = (event, sorts) => sortOf(sorts, (selector) => around(event, selector));

/** Never which key: only whether it writes a sign, and what is held with it. @param {KeyboardEvent} event */
const keyOf = ({ key = '', metaKey, ctrlKey, altKey }) => {
  // A modifier alone is the beginning of a shortcut at most, and autofill's keydown has no key.
  if (/^(Control|Meta|Alt.*|Shift)?$/.test(key)) return;
  // Control and option together are AltGr, which writes what the plain key does not.
  const held = metaKey || ctrlKey !== altKey ? 8 : 0;
  if (/^(Unid|Proc)/.test(key)) return 0;
  if (/^.$/u.test(key)) return held + (key < '\x80' ? 1 : 2);
  return held + (/^F..?$/.test(key) ? 3 : 4);
};

/**
 * Listens to the page for an engine, until the door closes.
 * @param {import('./guard.js').Door} door
 * @param {import('./instance.js').Engine} engine
 * @param {object} host
 * @param {import('./page.js').Marks} host.names
 * @param {ReturnType<typeof import('./page.js').readPage>} host.page
 * @param {(flags: number) => void} host.happened what a tick or an event came to
 * @param {() => void} host.again another document took the place of this one
 */
export function capture({ on, every, signal, shut }, engine, { names, page: { section }, happened, again }) {
  const { causes, copies, selectors, targets, types } = names;
  /** Where a form or link leads: its mark's place, or else -1 inside the shop, -2 elsewhere. @param {Event} event @param {boolean} inside */
  const causeOf = (event, inside) => {
    const cause = causes.indexOf(around(event, '[data-falter-cause]')?.dataset.falterCause);
    return cause < 0 && !inside ? -2 : cause;
  };
  /** @param {Event} event @returns {number | undefined} undefined: it is no field */
  const fieldOf = (event) => {
    if (!around(event, 'input,select,textarea')) return;
    const field = /** @type {HTMLElement} */ (event.target);
    const hints = ['autocomplete', 'type', 'name'].map((name) => field.getAttribute(name)).join();
    return sortOf(types, (pattern) => RegExp(pattern, 'i').test(hints));
  };
  /** @type {import('./instance.js').Exports['hear']} */
  const hear = (heard, time, x, y, what) => {
    const flags = engine.hear(heard, time, x, y, what);
    if (flags) happened(flags);
    return flags;
  };
  /**
   * @param {EventTarget | null | undefined} target
   * @param {string} types with blanks between
   * @param {number} heard
   * @param {((event: any) => number | undefined) | null} [read] what is read; undefined: it is not heard
   * @param {boolean} [isOwn] only events of the target alone, not of what is inside it
   */
  const listen = (target, types, heard, read, isOwn) => {
    for (const type of types.split(' '))
      on(
        target,
        type,
        (event) => {
          const what = read ? read(event) : 0;
          if (what !== undefined) hear(heard, event.timeStamp, event.clientX, event.clientY, what);
        },
        !isOwn,
      );
  };
  const page = window;
  const root = document.documentElement;

  // By far the most frequent, so nothing lies between it and the engine: the door and `hear` were a quarter of its time.
  listenTo(
    page,
    'pointermove',
    ({ timeStamp, clientX, clientY }) => {
      try {
        const flags = engine.hear(HEARD_MOVE, timeStamp, clientX, clientY, 0);
        if (flags) happened(flags);
      } catch (fault) {
        shut(fault);
      }
    },
    signal,
    true,
  );
  listen(page, 'pointerdown', HEARD_DOWN);
  listen(page, 'pointerup', HEARD_UP);
  // Once the browser scrolls under a finger, its pointer events end with a pointercancel that has no place; the touch
  // events go on (Pointer Events, 10.3).
  on(page, 'touchmove', ({ timeStamp, touches: [finger] }) => finger && hear(HEARD_DRAG, timeStamp, finger.clientX, finger.clientY, 0), true);
  listen(page, 'touchend touchcancel', HEARD_LIFT);
  listen(page, 'click', HEARD_CLICK, (event) => (around(event, selectors[SELECTOR_OURS]) ? undefined : kindOf(event, targets)));
  listen(page, 'click', HEARD_FOLLOW, (event) => {
    const link = around(event, 'a[href]');
    return link && causeOf(event, link.origin === location.origin);
  });
  listen(page, 'click', HEARD_DIALOG, (event) => isIn(event, 'input[type=file]'));
  listen(page, 'click', HEARD_ZOOM, (event) => isIn(event, '[data-falter-zoom]'));
  // The root element's own: they tell the pointer crossing the viewport's edge, and nothing else. The mouse's rather
  // than any pointer's: a finger that lifts leaves the page by the letter, but nobody went anywhere.
  listen(root, 'mouseleave', HEARD_LEAVE, null, true);
  listen(root, 'mouseenter', HEARD_ENTER, null, true);

  // A box inside the page that scrolls is an element; the page itself is the document.
  listen(page, 'scroll', HEARD_SCROLL, ({ target }) => (target.closest ? undefined : scrollY));
  listen(page, 'resize', HEARD_RESIZE);
  listen(page, 'pointerover', HEARD_OVER, ({ target }) => section(target));

  listen(page, 'blur', HEARD_BLUR, () => +Boolean(document.activeElement?.closest('iframe')), true);
  listen(page, 'focus', HEARD_FOCUS, null, true);
  listen(document, 'visibilitychange', HEARD_VISIBILITY, () => +document.hidden);
  listen(page, 'beforeprint', HEARD_DIALOG);

  listen(page, 'pagehide', HEARD_HIDE);
  listen(page, 'load', HEARD_LOAD, () => +document.hidden, true);
  listen(page, 'submit', HEARD_FOLLOW, (event) => causeOf(event, true));
  listen(page, 'error', HEARD_BROKEN, (event) => (event.filename?.startsWith(location.origin + '/') ? 1 : isIn(event, selectors[SELECTOR_PART])));
  // The Navigation API (HTML standard, 7.2.6), where the browser has it.
  listen(/** @type {any} */ (page).navigation, 'navigate', HEARD_NAVIGATE, (event) => (event.destination.url.startsWith(location.origin) ? -1 : -2));

  listen(page, 'keydown', HEARD_KEY, keyOf);
  listen(page, 'focusin', HEARD_TYPING, (event) => around(event, selectors[SELECTOR_EDITABLE]) && 1);
  listen(page, 'focusout', HEARD_TYPING, (event) => isIn(event, selectors[SELECTOR_EDITABLE]));
  listen(page, 'focusin', HEARD_FIELD_FOCUS, fieldOf);
  listen(page, 'focusout', HEARD_FIELD_LEAVE, fieldOf);
  listen(page, 'invalid', HEARD_FIELD_ERROR, fieldOf);

  listen(page, 'copy', HEARD_COPY, (event) => kindOf(event, copies));
  listen(document, 'selectionchange', HEARD_SELECT, () => (getSelection()?.isCollapsed === false ? 0 : undefined));
  listen(page, 'dblclick', HEARD_ZOOM, (event) => isIn(event, 'img,picture,svg'));
  // The part of the page that is zoomed to by two fingers (CSSOM View).
  listen(page.visualViewport, 'resize', HEARD_PINCH, ({ target }) => target.scale);

  /** Whether it is in view, of all that are watched. @type {WeakMap<Element, boolean>} */
  const seen = new WeakMap();
  const eye = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting === seen.get(target)) continue;
      seen.set(target, isIntersecting);
      hear(isIntersecting ? HEARD_SEE : HEARD_UNSEE, performance.now(), 0, 0, section(target));
    }
  });
  signal.addEventListener('abort', () => eye.disconnect());
  const look = () => {
    for (const element of document.querySelectorAll('[data-falter]')) {
      if (seen.has(element)) continue;
      seen.set(element, false);
      eye.observe(element);
    }
  };
  look();
  let ticks = 0;
  every(TICK_MS, () => {
    // document.open(), or a page that was put together anew: what listened is gone
    if (!root.isConnected) return again();
    const flags = engine.tick(performance.now(), Date.now());
    if (flags) happened(flags);
    if (!(++ticks % LOOK_TICKS)) look();
  });
}
