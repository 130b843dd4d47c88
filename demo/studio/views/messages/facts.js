/** What a shop says of itself, as fields: attributes of the script tag, offers, and what this shopper and page bring. */

import { fill, html } from '../../../shop/html.js';

/**
 * @typedef {object} Field
 * @property {string} name attribute without `data-`; of offers and samples a path
 * @property {string} label
 * @property {string} [hint] stands in the empty field
 * @property {'check'} [kind]
 *
 * @typedef {{ title: string, about?: string, fields: Field[] }} Group
 */

/** @type {Group[]} */
export const GROUPS = [
  {
    title: 'Shipping',
    fields: [
      { name: 'currency', label: 'Currency', hint: 'EUR' },
      { name: 'free-shipping', label: 'Free from', hint: '50' },
      { name: 'shipping-price', label: 'Price', hint: '4.90' },
      { name: 'delivery-days', label: 'Days, at most', hint: '3' },
    ],
  },
  {
    title: 'Promises',
    fields: [
      { name: 'returns-days', label: 'Returns, days', hint: '30' },
      { name: 'price-promise', label: 'Price promise, days', hint: '14' },
      { name: 'guest-checkout', label: 'Ordering without an account', kind: 'check' },
    ],
  },
  {
    title: 'Paying',
    fields: [
      { name: 'instalments', label: 'Instalments', hint: '3 Klarna' },
      { name: 'payment-methods', label: 'Ways to pay', hint: 'Visa, PayPal' },
    ],
  },
  {
    title: 'Addresses',
    fields: [
      { name: 'cart-url', label: 'Cart', hint: '/cart' },
      { name: 'help-url', label: 'Help', hint: '/contact' },
    ],
  },
  {
    title: 'Offers',
    fields: [
      { name: 'offers.discount.percent', label: 'Discount, percent', hint: '10' },
      { name: 'offers.discount.code', label: 'Its code', hint: 'STAY10' },
      { name: 'offers.discount.marginFloor', label: 'Margin left, 0–1', hint: '0.3' },
      { name: 'offers.alternatives.0.title', label: 'Alternative', hint: 'Glim, the small lantern' },
      { name: 'offers.alternatives.0.url', label: 'Its address', hint: '/p/glim' },
      { name: 'offers.alternatives.0.price', label: 'Its price', hint: '29.90' },
      { name: 'offers.chat', label: 'A chat', kind: 'check' },
      { name: 'offers.saveCart', label: 'Keeping the cart for later', kind: 'check' },
    ],
  },
  {
    title: 'This shopper, this page',
    about: 'Stands here for what the shop’s pages write into theirs.',
    fields: [
      { name: 'sample.cart', label: 'Cart', hint: '42.60' },
      { name: 'sample.leftCart', label: 'Cart left last time', hint: '42.60' },
      { name: 'sample.stock', label: 'Pieces left', hint: '4' },
      { name: 'sample.sold', label: 'Sold, and hours', hint: '12 24' },
      { name: 'sample.loyalty-points', label: 'Loyalty points', hint: '250' },
      { name: 'sample.margin', label: 'Cart’s margin, 0–1', hint: '0.45' },
    ],
  },
];

/** @param {string} name @returns {string} as falter's faults and names spell it, without dashes */
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** The field that a fault is about. @param {string} where @returns {string | undefined} */
export function fieldOf(where) {
  const spelt = where.replace(/^data-/, '').replace(/\[(\d)\]/, '.$1');
  const names = GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name));
  const short = (/** @type {string} */ name) => camel(name.replace('sample.', ''));
  return names.find((name) => [name, short(name), name.replace('sample.', '')].includes(spelt) || (name === 'free-shipping' && spelt === 'freeShippingFrom'));
}

/** The field where a fact of the engine is given. @param {string} fact @returns {Field | undefined} */
export function fieldFor(fact) {
  const fields = GROUPS.flatMap((group) => group.fields);
  const name = fact.replace('_from', '').replaceAll('_', '-');
  const own = { stock: 'sample.stock', sold: 'sample.sold', discount: 'offers.discount.percent', alternatives: 'offers.alternatives.0.title', chat: 'offers.chat', 'save-cart': 'offers.saveCart', 'loyalty-points': 'sample.loyalty-points' };
  return fields.find((field) => field.name === (/** @type {Record<string, string>} */ (own)[name] ?? name));
}

/** @param {any} from @param {string} path */
const at = (from, path) => path.split('.').reduce((part, key) => part?.[key], from);

/** A copy with one thing set; what is emptied goes, and what it leaves empty. @param {any} from @param {string[]} path @param {any} value @returns {any} */
function put(from, [key, ...rest], value) {
  const next = Array.isArray(from) ? [...from] : { ...from };
  const inner = rest.length ? put(from?.[key] ?? (/^\d/.test(rest[0]) ? [] : {}), rest, value) : value;
  const isEmpty = inner === undefined || inner === '' || inner === false || (typeof inner === 'object' && !Object.values(inner).length);
  if (isEmpty) delete next[key];
  else next[key] = inner;
  return Array.isArray(next) ? next.filter(Boolean) : next;
}

/**
 * @param {HTMLElement} root
 * @param {import('../../app.d.ts').App} app
 * @param {{ sample: Record<string, string> }} state
 * @param {() => void} changed of what this shopper and page bring
 */
export function openFacts(root, app, state, changed) {
  const { settings } = app;
  /** @param {string} name @returns {any} */
  const valueOf = (name) => {
    if (name.startsWith('sample.')) return state.sample[name.slice(7)];
    return name.startsWith('offers.') ? at(settings.own, name) : settings.attributes[name];
  };
  /** @param {string} name @param {string | boolean} value */
  const set = (name, value) => {
    if (name.startsWith('sample.')) {
      state.sample = put(state.sample, [name.slice(7)], value);
      changed();
    } else if (name.startsWith('offers.')) settings.set({ own: put(settings.own, name.split('.'), value) });
    else settings.set({ attributes: { [name]: value === true ? 'true' : value || null } });
  };
  fill(
    root,
    html`${GROUPS.map(
      ({ title, about, fields }) =>
        html`<fieldset>
          <legend>${title}</legend>
          ${about && html`<p class="soft">${about}</p>`}
          ${fields.map(({ name, label, hint, kind }) =>
            kind
              ? html`<label class="row"><input type="checkbox" name="${name}" /> <span>${label}</span></label>`
              : html`<label class="field"
                  ><span>${label}</span><input name="${name}" placeholder="${hint}" autocomplete="off" spellcheck="false" aria-describedby="fault-${name}" /></label>`,
          )}
          ${fields.some(({ kind }) => !kind) && html`<p class="faults">${fields.filter(({ kind }) => !kind).map(({ name }) => html`<span class="fault" id="fault-${name}"></span>`)}</p>`}
        </fieldset>`,
    )}`,
  );
  const inputs = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('input')]);
  root.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) set(target.name, target.type === 'checkbox' ? target.checked : target.value.trim());
  });
  return {
    /** Shows what is set, but for the field that is typed in; and what falter says to it. @param {{ where: string, message: string }[]} faults */
    show(faults) {
      const said = new Map(faults.map(({ where, message }) => [fieldOf(where), message]));
      for (const input of inputs) {
        const value = valueOf(input.name);
        const message = said.get(input.name);
        if (input.type === 'checkbox') input.checked = value === true || value === 'true';
        else if (document.activeElement !== input) input.value = value ?? '';
        input.toggleAttribute('aria-invalid', message !== undefined);
        if (message !== undefined) input.setAttribute('aria-invalid', 'true');
        const place = /** @type {HTMLElement | null} */ (root.querySelector(`[id="fault-${input.name}"]`));
        if (!place) continue;
        place.textContent = place.title = message ?? '';
        place.classList.toggle('first', document.activeElement === input);
      }
    },
    /** @param {string} name */
    focus: (name) => inputs.find((input) => input.name === name)?.focus(),
  };
}
