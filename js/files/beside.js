/** Texts, the card's style sheet and what not every page needs, as files beside the script. */

/**
 * @param {() => string} base folder, ending in '/'
 * @param {string} name
 * @param {'text' | 'arrayBuffer'} form
 * @returns {Promise<any>} rejects with an Error that names the file
 */
export async function read(base, name, form) {
  const address = base() + name;
  // the browser's own fault names no file, and a CDN without CORS headers is like one that cannot be reached
  const response = /** @type {Response} */ (await fetch(address).catch((fault) => ({ status: fault + ' (CORS?)' })));
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response[form]();
}

/**
 * @param {() => string} base folder, ending in '/'
 * @param {string} name
 * @returns {Promise<string>} rejects with an Error that names the file
 */
export const readText = (base, name) => read(base, name, 'text');

/**
 * A module of js/ that not every page needs.
 * @param {() => string} base folder, ending in '/'
 * @param {string} name without its .js
 * @returns {Promise<any>} rejects with an Error that names the file
 */
export const loadPart = (base, name) => import(new URL(`${base()}${name}.js`, document.baseURI).href);
