/**
 * The engine's bytes, inside the one-file script; as plain JavaScript a file beside it, for shops that need it.
 */

import { loadPart } from '../files/beside.js';
import { load as loadInlined } from './inlined.js';

/**
 * @param {() => string} base folder, ending in '/', of the file that is not inside
 * @returns {import('./given.js').Assets}
 */
export function load(base) {
  return { ...loadInlined(base), nowasm: () => loadPart(base, 'falter.nowasm') };
}
