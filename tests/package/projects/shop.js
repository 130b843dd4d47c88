/** The page of the projects without a framework: consent by a button, the end by another. */

import { options } from './options.js';

/** @param {typeof import('falter').createFalter} createFalter */
export function openShop(createFalter) {
  const falter = createFalter(options);
  document.getElementById('accept').onclick = () => falter.consent('memory');
  document.getElementById('end').onclick = () => falter.stop();
  falter.start();
  window.falter = falter;
}
