/**
 * The script tag: reads its own attributes, makes `window.falter` and starts it.
 *
 * What an attribute can't hold goes to `falter.init({ … })`, or into an object `window.falter = { … }` set before
 * the tag, which also serves a tag that is loaded `async`.
 */

import { createFalter } from './start.js';

const tag = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const page = /** @type {any} */ (window);

// A second tag on the page is the first one's guest: two starts are one.
if (!page.falter?.version) {
  /** @type {Record<string, any>} */
  const given = { ...page.falter };
  for (const { name, value } of tag?.attributes ?? []) if (name.startsWith('data-')) given[name] = value;
  given.base ??= tag?.src.match(/^[^?#]*\//)?.[0];
  page.falter = createFalter(given);
  page.falter.start();
}
