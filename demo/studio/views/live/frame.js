/**
 * The shop in its frame: a real visit by the person's own hand. The demo's pages let the studio in before falter's script is
 * there (panel/early.js); any other page of the same origin gets its bridge once it is loaded.
 */

import { standIn } from './stand-in.js';

const HOME = '../index.html';
/** Put into the shop's page, whose address is not the studio's. */
const BRIDGE = new URL('/dist/studio/bridge.js', location.href).href;

/** @typedef {import('../../bridge.js').Said} Said @typedef {import('../../bridge.js').Begin} Begin */

/**
 * @param {object} host
 * @param {() => Omit<Begin, 'kind'>} host.begin how a page is to go on
 * @param {() => boolean} host.hasModel whether the page's own script stands back
 * @param {(said: Said) => void} host.hear
 */
export function openFrame({ begin, hasModel, hear }) {
  const frame = document.createElement('iframe');
  frame.title = 'The demo shop';
  frame.className = 'shop-frame';

  /** Before falter's script runs. @param {any} page the shop's window */
  const enter = (page) => {
    if (page !== frame.contentWindow || page.document.documentElement.dataset.falterStudio !== undefined) return;
    page.document.documentElement.dataset.falterStudio = '';
    if (hasModel() && !page.falter?.version) page.falter = standIn();
    const script = page.document.createElement('script');
    script.type = 'module';
    script.src = BRIDGE;
    page.document.head.append(script);
  };
  /** @type {any} */ (window).falterStudio = enter;
  frame.addEventListener('load', () => {
    try {
      if (frame.contentWindow?.location.origin === location.origin) enter(frame.contentWindow);
    } catch {
      // it went to another origin, which the studio may not look into
    }
  });
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== location.origin || data?.falter !== 'bridge') return;
    if (data.kind === 'hello') frame.contentWindow?.postMessage({ falter: 'studio', kind: 'begin', ...begin() }, origin);
    else hear(data);
  });

  return {
    element: frame,
    /** To the shop's first page, whatever is open. */
    home: () => {
      if (frame.getAttribute('src')) frame.contentWindow?.location.replace(new URL(HOME, location.href));
      else frame.src = HOME;
    },
    focus: () => frame.contentWindow?.focus(),
  };
}
