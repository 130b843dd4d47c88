/**
 * A copy without one thing, or with another in its place.
 * @template {Record<string, any>} T
 * @param {T} from @param {string} name @param {any} [value] one that is undefined or has nothing in it is none
 * @returns {T}
 */
export function laid(from, name, value) {
  const isNone = value === undefined || value === '' || (typeof value === 'object' && !Object.keys(value).length);
  const rest = Object.entries(from).filter(([other]) => other !== name);
  return /** @type {T} */ (Object.fromEntries(isNone ? rest : [...rest, [name, value]]));
}
