/**
 * Marks the sections that the shop names by selector as others are marked by hand.
 * @param {Record<string, string>} sections section → CSS selector; one that is none is taken out
 * @param {(code: 'bad_option', where: string, fault: unknown) => void} fail
 */
export function markSections(sections, fail) {
  for (const [name, selector] of Object.entries(sections)) {
    try {
      for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))) element.dataset.falter ??= name;
    } catch (fault) {
      delete sections[name];
      fail('bad_option', `sections.${name}`, fault);
    }
  }
}
