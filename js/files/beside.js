/** Texts and the card's style sheet, as files beside the script. */

/**
 * @param {string} base folder, ending in '/'
 * @param {string} name
 * @returns {Promise<string>} rejects with an Error that names the file
 */
export async function readText(base, name) {
  const response = await fetch(base + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}
