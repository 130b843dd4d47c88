/** Those that run beside falter, with their default settings: they show nothing, and only say that they would have. */

import ouibounce from 'ouibounce';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { useExitIntent } from 'use-exit-intent';

/** Told the way falter's own events are (support/heard.js). @param {string} type */
const fired = (type) => window.falterHeard({ type, detail: null, at: Date.now() });

ouibounce(null, { callback: () => fired('ouibounce') });

function App() {
  const { registerHandler } = useExitIntent();
  registerHandler({ id: 'fired', handler: () => fired('use-exit-intent') });
  return null;
}

createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(App));
