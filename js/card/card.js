/**
 * The card: one custom element, `<falter-card>`, that says one thing and goes away when told to.
 *
 * Not modal unless asked for: it takes no focus, blocks no scroll and is announced politely. All that comes from
 * outside is set as text, all style comes from a constructed style sheet, so it works under a strict CSP and with
 * Trusted Types.
 */

import { listen } from '../guard.js';
import { viewport } from '../page.js';
import { CHECK, CROSS, PARCEL } from './icons.js';
import { barsAt, clearOf, focusedField } from './place.js';

/**
 * @typedef {'button' | 'link' | 'no' | 'close' | 'escape'} How
 *
 * @typedef {object} CardContext
 * @property {import('../options.js').Layout} layout `inline` needs an element [data-falter-card], else it is `corner`
 * @property {string} message the engine's message; chooses the drawing
 * @property {import('../messages/index.js').Text} text
 * @property {string} style the style sheet
 * @property {(what: 'act' | 'dismiss', how: How) => void} onEnd the shopper follows or waves it away; the card goes by itself
 *
 * @typedef {typeof make} Make
 * @typedef {(what: 'act' | 'dismiss', how: How) => () => void} End the card leaves, and tells it once
 */

/** A live region is heard only when its text comes after itself; screen readers need about this long to see it. */
const ANNOUNCE_MS = 100;
/** Then the announcement is taken away again, so that nobody reads the same words twice. */
const ANNOUNCED_MS = 4000;
/** The transition out in style.js, and a little. */
const LEAVE_MS = 200;

/**
 * Shows the card.
 * @param {CardContext} context
 * @returns {() => void} closes it at once and silently, also when it is gone already
 */
export function showCard({ layout, message, text, style, onEnd }) {
  const slot = layout === 'inline' && document.querySelector('[data-falter-card]');
  const shape = slot === null ? 'corner' : layout;
  const modal = shape === 'modal';
  const { lang, dir, note, title, points, body, progress, act } = text;
  const ears = new AbortController();
  const { signal } = ears;
  /** @type {any} */
  let before;

  const close = () => {
    ears.abort();
    // The focus was in the card only if the shopper moved it there, and goes back to where it came from.
    if (document.activeElement === host) before?.focus({ preventScroll: true });
    // A dialog gives it back by itself, if it is closed before it goes.
    card.close?.();
    host.remove();
  };
  /** @type {End} */
  const end = (what, how) => () => {
    if (signal.aborted) return;
    ears.abort();
    card.classList.add('out');
    setTimeout(close, LEAVE_MS);
    onEnd(what, how);
  };
  /** @param {string} d */
  const drawing = (d) => make('svg', { viewBox: '0 0 24 24' }, make('path', { d }));

  const heard = make('div.heard', { role: 'status' });
  /** @type {any} a dialog or not */
  const card = make(
    `${modal ? 'dialog' : 'div'}.card ${shape}`,
    { lang, dir, role: modal ? undefined : 'complementary', 'aria-label': note },
    make('div.icon', drawing(/ship/.test(message) ? PARCEL : CHECK)),
    make(
      'div.say',
      make('p.title', title),
      points[0] && make('ul.points', ...points.map((point) => make('li', drawing(CHECK), point))),
      body && make('p.body', body),
    ),
    progress !== undefined && make('svg.progress', make('rect', { width: progress * 100 + '%', height: '8' })),
    make(
      'div.act',
      act.href
        ? make('a.accept', { href: act.href }, act.label, end('act', 'link'))
        : make('button.accept', act.label, end('act', 'button')),
      make('button.dismiss', text.dismiss, end('dismiss', 'no')),
    ),
    make('button.close', { 'aria-label': text.close }, drawing(CROSS), end('dismiss', 'close')),
    heard,
  );
  text.draw?.(card, make, end);
  const host = make('falter-card');
  const shadow = host.attachShadow({ mode: 'open' });
  const place = make('section', { class: shape, dir }, card);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(slot ? card : place);
  (slot || document.body).append(host);

  if (modal) {
    card.addEventListener('cancel', end('dismiss', 'escape'));
    card.showModal();
    return close;
  }
  host.addEventListener('focusin', (/** @type {FocusEvent} */ event) => (before ??= event.relatedTarget));
  // Heard last and never cancelled: Esc stays the page's own key.
  listen(document, 'keydown', ({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && end('dismiss', 'escape')(), signal);
  setTimeout(() => (heard.textContent = [title, ...points, body].join('. ')), ANNOUNCE_MS);
  setTimeout(() => (heard.textContent = ''), ANNOUNCED_MS);
  const stand = () => {
    place.style.translate = '';
    const box = place.getBoundingClientRect();
    const screen = viewport();
    const [x, y] = clearOf(box, focusedField(), screen, barsAt(box, screen));
    place.style.translate = `${x}px ${y}px`;
  };
  if (!slot) {
    stand();
    for (const type of ['focusin', 'focusout', 'scroll', 'resize']) listen(window, type, stand, signal, true);
  }
  return close;
}

/**
 * @param {string} kind of element; after a dot its classes, which are its parts, too
 * @param {...(Node | string | false | undefined | (() => void) | Record<string, any>)} given text is text,
 *   a function is called on a click, an object has attributes, of which those that are undefined are left out
 * @returns {any} Element
 */
function make(kind, ...given) {
  const [tag, part] = kind.split('.');
  const drawn = /svg|path|rect/.test(tag);
  const made = document.createElementNS(`http://www.w3.org/${drawn ? '2000/svg' : '1999/xhtml'}`, tag);
  /** @type {any[]} */
  const all = [{ class: part, part, 'aria-hidden': drawn && 'true' }, ...given];
  for (const one of all) {
    if (typeof one === 'function') made.addEventListener('click', one);
    else if (typeof one === 'string' || one instanceof Node) made.append(one);
    else for (const [name, value] of Object.entries(one || 0)) if (value) made.setAttribute(name, value);
  }
  return made;
}
