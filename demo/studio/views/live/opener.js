/** The page that the studio was opened over (over.js): it is the parent, or the opener, and tells by messages alone. */

/** @typedef {Parameters<typeof import('./frame.js').openFrame>[0]} Host */

/** Whether the studio was opened over a page. */
export const isOver = new URLSearchParams(location.search).has('over') && (window.opener ?? parent) !== window;

/**
 * The same as openFrame(), for a page that is there already.
 * @param {Host} host
 * @returns {ReturnType<typeof import('./frame.js').openFrame>}
 */
export function openOpener({ begin, hear }) {
  /** @type {Window} */
  const page = window.opener ?? parent;
  /** Of the page; known once it speaks. */
  let origin = '';
  addEventListener('message', ({ source, origin: from, data }) => {
    if (source !== page || data?.falter !== 'bridge' || (origin && origin !== from)) return;
    origin = from;
    // a retrained model is its owner's: a page of another origin keeps the one it has
    const kept = origin === location.origin ? {} : { model: null };
    if (data.kind === 'hello') page.postMessage({ falter: 'studio', kind: 'begin', ...begin(), ...kept }, origin);
    else hear(data);
  });
  // Nothing in these two is anybody's secret, and the page's origin is not known before it answers.
  const say = (/** @type {'ready' | 'close'} */ kind) => page.postMessage({ falter: 'studio', kind }, origin || '*');
  addEventListener('keydown', ({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && !document.querySelector('dialog[open]') && say('close'));
  // the way to the demo shop leads nowhere from here
  document.documentElement.dataset.over = '';
  const element = document.createElement('iframe');
  element.hidden = true;
  return { element, home: () => say('ready'), focus: () => {} };
}
