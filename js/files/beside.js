/** Texts, the card's style sheet and what not every page needs, as files beside the script. */

/**
 * @param {() => string} base folder, ending in '/'
 * @param {string} name
 * @returns {Promise<Response>} rejects with an Error that names the file
 */
export async function fetchFile(base, name) {
  const response = await fetch(base() + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

/**
 * @param {() => string} base folder, ending in '/'
 * @param {string} name
 * @returns {Promise<string>} rejects with an Error that names the file
 */
export const readText = async (base, name) => (await fetchFile(base, name)).text();

/**
 * A module of js/ that not every page needs.
 * @param {() => string} base folder, ending in '/'
 * @param {'recorder' | 'plays' | 'further' | 'sinks' | 'consent/bridges' | 'shops/marks' | 'card/more'} name
 * @returns {Promise<any>} rejects with an Error that names the file
 */
export const loadPart = (base, name) => import(new URL(`${base()}${name}.js`, document.baseURI).href);
