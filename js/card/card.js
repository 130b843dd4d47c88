/**
 * The card: one custom element, `<falter-card>`, that says one thing and goes away when told to.
 *
 * Not modal unless asked for: it takes no focus, blocks no scroll and is announced politely. All that comes from
 * outside is set as text, all style comes from a constructed style sheet, so it works under a strict CSP and with
 * Trusted Types.
 */

import { CHECK, CROSS, ICONS } from './icons.js';
import { clearOf, focusedField } from './place.js';
import { STYLE } from './style.js';

/**
 * @typedef {object} CardContext
 * @property {import('../options.js').Layout} layout `inline` needs an element [data-falter-card], else it is `corner`
 * @property {string} message the engine's message; chooses the drawing
 * @property {import('../messages/index.js').Text} text
 * @property {(how: 'button' | 'link') => void} onAct the shopper follows; the card goes by itself
 * @property {(how: 'no' | 'close' | 'escape') => void} onDismiss the shopper waves it away; the card goes by itself
 */

/** A live region is heard only when its text comes after itself; screen readers need about this long to see it. */
const ANNOUNCE_MS = 100;
/** Then the announcement is taken away again, so that nobody reads the same words twice. */
const ANNOUNCED_MS = 4000;
/** The transition out in style.js, and a little. */
const LEAVE_MS = 200;

/** @type {CSSStyleSheet | undefined} one for all cards of a page */
let sheet;

/**
 * Shows the card.
 * @param {CardContext} context
 * @returns {{ element: Element, close: () => void }} close: at once and silently, also when it is gone already
 */
export function showCard({ layout, message, text, onAct, onDismiss }) {
  const slot = layout === 'inline' && document.querySelector('[data-falter-card]');
  const shape = layout === 'inline' && !slot ? 'corner' : layout;
  const modal = shape === 'modal';
  const { lang, dir, title, points, body, progress, steps, act } = text;
  const ears = new AbortController();
  const { signal } = ears;
  /** @type {ReturnType<typeof setTimeout>[]} */
  const timers = [];
  /** @type {any} */
  let before;

  const close = () => {
    ears.abort();
    timers.forEach(clearTimeout);
    // The focus was in the card only if the shopper moved it there, and goes back to where it came from.
    if (document.activeElement === host) before?.focus({ preventScroll: true });
    // A dialog gives it back by itself, if it is closed before it goes.
    card.close?.();
    host.remove();
  };
  /** @param {() => void} tell the card is leaving, once */
  const leave = (tell) => {
    if (signal.aborted) return;
    ears.abort();
    card.classList.add('out');
    timers.push(setTimeout(close, LEAVE_MS));
    tell();
  };
  /** @param {'no' | 'close' | 'escape'} how */
  const dismiss = (how) => () => leave(() => onDismiss(how));
  /** @param {string} path */
  const drawing = (path) => make('svg', '', { viewBox: '0 0 24 24' }, make('path', '', { d: path }));

  const heard = make('div', 'heard', { role: 'status' });
  /** @type {any} a dialog or not */
  const card = make(
    modal ? 'dialog' : 'div',
    'card ' + shape,
    { dir, role: modal ? undefined : 'complementary', 'aria-label': text.note },
    make('div', 'icon', {}, drawing(ICONS[message] ?? CHECK)),
    make(
      'div',
      'say',
      {},
      make('p', 'title', {}, title),
      points[0] && make('ul', 'points', {}, ...points.map((point) => make('li', '', {}, drawing(CHECK), point))),
      body && make('p', 'body', {}, body),
    ),
    progress !== undefined &&
      make('svg', 'progress', {}, make('rect', '', { width: progress * 100 + '%', height: '8' })),
    steps[0] && make('ol', 'steps', {}, ...steps.map((step) => make('li', '', {}, step))),
    make(
      'div',
      'act',
      {},
      make(act.href ? 'a' : 'button', 'accept', { href: act.href }, act.label, () =>
        leave(() => onAct(act.href ? 'link' : 'button')),
      ),
      make('button', 'dismiss', {}, text.dismiss, dismiss('no')),
    ),
    make('button', 'close', { 'aria-label': text.close }, drawing(CROSS), dismiss('close')),
    heard,
  );

  const name = 'falter-card';
  // Once, also when two copies of falter are on a page.
  if (!customElements.get(name)) customElements.define(name, class extends HTMLElement {});
  const host = make(name, '', { layout: shape, lang, dir });
  const shadow = host.attachShadow({ mode: 'open' });
  const placed = new CSSStyleSheet();
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet, placed];
  shadow.append(card);
  (slot || document.body).append(host);

  if (modal) {
    card.addEventListener('cancel', dismiss('escape'));
    card.showModal();
    return { element: host, close };
  }
  host.addEventListener('focusin', (event) => (before ??= /** @type {FocusEvent} */ (event).relatedTarget));
  // Heard last and never cancelled: Esc stays the page's own key.
  document.addEventListener(
    'keydown',
    ({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && dismiss('escape')(),
    { signal },
  );
  timers.push(
    setTimeout(() => (heard.textContent = [title, ...points, body].join('. ')), ANNOUNCE_MS),
    setTimeout(() => (heard.textContent = ''), ANNOUNCED_MS),
  );
  let [x, y] = [0, 0];
  const place = () => {
    const now = host.getBoundingClientRect();
    const home = new DOMRect(now.x - x, now.y - y, now.width, now.height);
    [x, y] = clearOf(home, focusedField(), document.documentElement);
    placed.replaceSync(`:host{translate:${x}px ${y}px!important}`);
  };
  if (!slot) {
    place();
    for (const type of ['focusin', 'focusout', 'scroll', 'resize'])
      addEventListener(type, place, { signal, capture: true, passive: true });
  }
  return { element: host, close };
}

/**
 * @param {string} tag of HTML, or one of the drawing's
 * @param {string} name class and part; '' for none
 * @param {Record<string, string | undefined>} attributes those that are undefined are left out
 * @param {...(Node | string | false | undefined | (() => void))} children text is text; a function is called on a click
 * @returns {Element}
 */
function make(tag, name, attributes, ...children) {
  const drawn = /svg|path|rect/.test(tag);
  const made = document.createElementNS(`http://www.w3.org/${drawn ? '2000/svg' : '1999/xhtml'}`, tag);
  const all = { class: name, part: name, 'aria-hidden': drawn && 'true', ...attributes };
  for (const [key, value] of Object.entries(all)) if (value) made.setAttribute(key, value);
  for (const child of children) {
    if (typeof child === 'function') made.addEventListener('click', child);
    else if (child) made.append(child);
  }
  return made;
}
