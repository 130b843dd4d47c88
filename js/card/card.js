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
 *
 * @typedef {Record<string, string | undefined>} Attributes those that are undefined are left out
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
 * @returns {{ element: HTMLElement, close: () => void }} close: at once and silently, also when it is gone already
 */
export function showCard({ layout, message, text, onAct, onDismiss }) {
  const slot = layout === 'inline' && document.querySelector('[data-falter-card]');
  const shape = layout === 'inline' && !slot ? 'corner' : layout;
  const modal = shape === 'modal';
  const ears = new AbortController();
  const { signal } = ears;
  /** @type {ReturnType<typeof setTimeout>[]} */
  const timers = [];
  /** @type {EventTarget | null} */
  let before = null;

  const close = () => {
    ears.abort();
    timers.forEach(clearTimeout);
    // The focus was in the card only if the shopper moved it there, and goes back to where it came from.
    if (document.activeElement === host) /** @type {HTMLElement | null} */ (before)?.focus({ preventScroll: true });
    // A dialog gives it back by itself, if it is closed before it goes.
    /** @type {Partial<HTMLDialogElement>} */ (card).close?.();
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
  const { label, href } = text.act;

  const heard = part('div', 'heard', { role: 'status' });
  const card = part(
    modal ? 'dialog' : 'div',
    'card ' + shape,
    { dir: text.dir, role: modal ? 'dialog' : 'complementary', 'aria-label': text.note },
    part(
      'div',
      'say',
      {},
      drawing('icon', ICONS[message] ?? CHECK),
      part('p', 'title', {}, text.title),
      text.points.length &&
        part('ul', 'points', {}, ...text.points.map((point) => part('li', 'point', {}, drawing('', CHECK), point))),
      text.body && part('p', 'body', {}, text.body),
    ),
    text.progress !== undefined &&
      svg(
        'svg',
        { class: 'progress', part: 'progress', 'aria-hidden': 'true' },
        svg('rect', { width: text.progress * 100 + '%', height: '8' }),
      ),
    text.steps.length && part('ol', 'steps', {}, ...text.steps.map((step) => part('li', 'step', {}, step))),
    part(
      'div',
      'act',
      {},
      pressed(part(href ? 'a' : 'button', 'accept', { href }, label), () =>
        leave(() => onAct(href ? 'link' : 'button')),
      ),
      pressed(part('button', 'dismiss', {}, text.dismiss), dismiss('no')),
    ),
    pressed(part('button', 'close', { 'aria-label': text.close }, drawing('', CROSS)), dismiss('close')),
    heard,
  );

  const host = document.createElement(defined());
  const shadow = host.attachShadow({ mode: 'open' });
  const placed = new CSSStyleSheet();
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet, placed];
  shadow.append(card);
  furnish(host, { layout: shape, lang: text.lang, dir: text.dir });
  (slot || document.body).append(host);

  if (modal) {
    card.addEventListener('cancel', dismiss('escape'));
    /** @type {HTMLDialogElement} */ (card).showModal();
    return { element: host, close };
  }
  host.addEventListener('focusin', (event) => (before ??= event.relatedTarget));
  // Heard last and never cancelled: Esc stays the page's own key.
  document.addEventListener(
    'keydown',
    (event) => event.key === 'Escape' && !event.defaultPrevented && dismiss('escape')(),
    { signal },
  );
  timers.push(
    setTimeout(() => (heard.textContent = [text.title, ...text.points, text.body].join('. ')), ANNOUNCE_MS),
    setTimeout(() => (heard.textContent = ''), ANNOUNCED_MS),
  );
  let [x, y] = [0, 0];
  const place = () => {
    const now = host.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const home = new DOMRect(now.x - x, now.y - y, now.width, now.height);
    [x, y] = clearOf(home, focusedField(), clientWidth, clientHeight);
    placed.replaceSync(`:host{translate:${x}px ${y}px!important}`);
  };
  if (!slot) {
    place();
    for (const type of ['focusin', 'focusout', 'scroll', 'resize'])
      addEventListener(type, place, { signal, capture: true, passive: true });
  }
  return { element: host, close };
}

/** Registers the element once, also when two copies of falter are on a page. @returns {string} its name */
function defined() {
  const name = 'falter-card';
  if (!customElements.get(name)) customElements.define(name, class extends HTMLElement {});
  return name;
}

/**
 * @template {Element} T
 * @param {T} made
 * @param {Attributes} attributes
 * @param {...(Node | string | false | 0)} children strings become text, '' and 0 and false nothing
 * @returns {T}
 */
function furnish(made, attributes, ...children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  for (const child of children) if (child) made.append(child);
  return made;
}

/**
 * @param {string} tag
 * @param {string} name class and part
 * @param {Attributes} attributes
 * @param {...(Node | string | false | 0)} children
 */
const part = (tag, name, attributes, ...children) =>
  furnish(document.createElement(tag), { class: name, part: name, ...attributes }, ...children);

/**
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {...Node} children
 */
const svg = (tag, attributes, ...children) =>
  furnish(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, ...children);

/** A drawing that screen readers pass over. @param {string} name class and part @param {string} d */
const drawing = (name, d) =>
  svg('svg', { class: name, part: name, viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d }));

/** @param {HTMLElement} button @param {() => void} listener */
function pressed(button, listener) {
  button.addEventListener('click', listener);
  return button;
}
