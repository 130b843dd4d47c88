/**
 * The script tag: reads its own attributes, makes `window.falter` and starts it.
 *
 * What an attribute can't hold goes to `falter.init({ … })`, or into an object `window.falter = { … }` set before
 * the tag, which also serves a tag that is loaded `async`.
 */

import { createFalter } from './start.js';

/** The page gets so long to be done with what it has to draw, ms. */
const IDLE_MS = 1000;
/** And where the browser does not tell when it is (Safari): most have drawn their first picture by then, ms. */
const DRAWN_MS = 200;

const tag = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const page = /** @type {any} */ (window);

// A second tag on the page is the first one's guest: two starts are one.
if (!page.falter?.version) {
  /** @type {Record<string, any>} */
  const given = { ...page.falter };
  for (const { name, value } of tag?.attributes ?? []) if (name.startsWith('data-')) given[name] = value;
  given.base ??= tag?.src.match(/^[^?#]*\//)?.[0];
  // What the shopper waits for goes first: loaded at once, falter would make the page's first picture late.
  page.falter = createFalter(given, () => new Promise((ready) => page.requestIdleCallback ? requestIdleCallback(ready, { timeout: IDLE_MS }) : setTimeout(ready, DRAWN_MS)));
  page.falter.start();
}
