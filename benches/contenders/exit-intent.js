/** use-exit-intent with its defaults, in the smallest React application there is. */

import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { useExitIntent } from 'use-exit-intent';

function App() {
  useExitIntent();
  return null;
}

export async function load() {
  createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(App));
}
