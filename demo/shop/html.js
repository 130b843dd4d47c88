/** Markup from templates: what comes in is text, unless it came from here. */

export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {unknown} value @returns {string} */
const textOf = (value) => {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return value === undefined || value === null || value === false ? '' : String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
};

/** @param {TemplateStringsArray} strings @param {...unknown} values */
export const html = (strings, ...values) => new Markup(strings.reduce((out, part, i) => out + textOf(values[i - 1]) + part));

/**
 * Puts markup into an element of the page.
 * @param {string | Element} where
 * @param {Markup} markup
 */
export function fill(where, markup) {
  const element = typeof where === 'string' ? document.querySelector(where) : where;
  if (element) element.innerHTML = markup.text;
}
