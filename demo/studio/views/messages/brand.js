/** A brand's own look, by the custom properties that the card knows (js/card/style.js). */

import { fill, html } from '../../../shop/html.js';
import { laid } from './laid.js';

/** @type {{ name: string, label: string, kind: 'color' | 'text' | 'px', hint: string, note?: string }[]} */
const PROPERTIES = [
  { name: '--falter-accent', label: 'Accent', kind: 'color', hint: '#12b886', note: 'falter’s own is this, mixed with the text’s colour; yours is taken as it is' },
  { name: '--falter-on-accent', label: 'Text on it', kind: 'color', hint: '#ffffff' },
  { name: '--falter-surface', label: 'Surface', kind: 'color', hint: '#ffffff' },
  { name: '--falter-text', label: 'Text', kind: 'color', hint: '#14161c' },
  { name: '--falter-radius', label: 'Corners', kind: 'px', hint: '18px' },
  { name: '--falter-width', label: 'Width', kind: 'px', hint: '384px' },
  { name: '--falter-gap', label: 'Distance to the edge', kind: 'px', hint: '20px' },
  { name: '--falter-font', label: 'Typeface', kind: 'text', hint: 'Georgia, serif' },
];
/** What CSS takes as a colour; a colour field knows six digits alone. */
const HEX = /^#[\da-f]{6}$/i;

/**
 * @param {HTMLElement} root
 * @param {import('../../app.d.ts').App} app
 */
export function openBrand(root, app) {
  const { settings } = app;
  fill(
    root,
    html`<p class="soft">Set on <code>:root</code> of the shop’s style sheet; the take away has the lines. Empty fields keep falter’s look.</p>
      ${PROPERTIES.map(
        ({ name, label, kind, hint, note }) =>
          html`<label class="field"
            ><span>${label}</span><span class="pair">${kind === 'color' && html`<input type="color" data-for="${name}" aria-label="${label}: choose" />`}<input name="${name}" placeholder="${hint}" autocomplete="off" spellcheck="false" aria-label="${label}" /></span
            >${note && html`<span class="soft">${note}</span>`}</label
          >`,
      )}
      <div class="row"><button class="reset">Back to falter’s look</button></div>`,
  );
  const inputs = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('input[name]')]);
  const colours = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('input[type=color]')]);
  const reset = /** @type {HTMLButtonElement} */ (root.querySelector('.reset'));
  /** @param {Record<string, string>} style */
  const keep = (style) => settings.set({ own: laid(settings.own, 'style', style) });
  root.addEventListener('input', ({ target }) => {
    const { name, value, dataset } = /** @type {HTMLInputElement} */ (target);
    keep(laid(settings.own.style ?? {}, name || String(dataset.for), value.trim()));
  });
  reset.addEventListener('click', () => keep({}));
  return {
    show() {
      const style = settings.own.style ?? {};
      for (const input of inputs) {
        const value = style[input.name] ?? '';
        if (document.activeElement !== input) input.value = value;
        const isRefused = value !== '' && !CSS.supports(property(input.name), value);
        if (isRefused) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
      }
      for (const colour of colours) {
        const value = style[String(colour.dataset.for)] ?? '';
        colour.value = HEX.test(value) ? value : /** @type {string} */ (PROPERTIES.find(({ name }) => name === colour.dataset.for)?.hint);
      }
      reset.disabled = !Object.keys(style).length;
    },
  };
}

/** What a custom property is used as. @param {string} name */
const property = (name) => (/radius|width|gap/.test(name) ? 'width' : /font/.test(name) ? 'font-family' : 'color');
