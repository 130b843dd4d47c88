import { placeOrder, readCart, sumsOf } from '../cart.js';
import { productOf } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { sumRows } from '../sums.js';
import { arrival, cents, instalment, INSTALMENTS, money } from '../terms.js';
import { tell } from '../tell.js';

/** Price of delivery by tomorrow, EUR, in place of the usual shipping. */
const EXPRESS = 9.9;

frame();
const cart = readCart();
const form = /** @type {HTMLFormElement} */ (document.querySelector('#checkout'));
const usual = sumsOf(cart);
/** @type {import('../cart.js').Sums} */
let sums = usual;

if (!cart.lines.length) location.replace('cart.html');
fill('#usual', html`<b>By ${arrival(3)}</b><span>${usual.shipping ? money(usual.shipping) : 'Free'}</span>`);
fill('#express', html`<b>By ${arrival(1)}</b><span>${money(EXPRESS)}</span>`);
summary();

function summary() {
  const shipping = new FormData(form).get('delivery') === 'express' ? EXPRESS : usual.shipping;
  sums = { ...usual, shipping, total: cents(usual.goods - usual.off + shipping) };
  fill(
    '#summary',
    html`<h2>Your order</h2>
      <ul class="mini">
        ${cart.lines.map(
          ({ id, size, qty }) => html`<li>
            <img src="images/${id}.svg" alt="" width="800" height="800" />
            <span>${qty} × ${productOf(id)?.name}${size && html`<br /><span class="small">Size ${size}</span>`}</span>
          </li>`,
        )}
      </ul>
      ${sumRows(sums)}
      <p class="note" data-falter="returns"><b>30 days to change your mind.</b> Returns are free.</p>`,
  );
  fill('#parts', html`${INSTALMENTS} × ${money(instalment(sums.total))} without interest`);
}

/** Card fields are asked for only when they are needed. */
function payment() {
  const card = new FormData(form).get('pay') === 'card';
  const fields = /** @type {HTMLFieldSetElement} */ (document.querySelector('#card'));
  fields.disabled = fields.hidden = !card;
}

/** @param {HTMLInputElement} field @returns {boolean} */
function check(field) {
  const wrong = field.validity.valid ? '' : (field.dataset.error ?? 'Please fill this in.');
  const said = /** @type {HTMLElement} */ (document.querySelector(`#${field.id}-error`));
  const was = field.getAttribute('aria-invalid') === 'true';
  field.setAttribute('aria-invalid', String(!!wrong));
  said.textContent = wrong;
  if (wrong && !was) tell({ s: 'field', what: 'error', type: typeOf(field) });
  return !wrong;
}

/** The kind of field as falter names it. @param {HTMLInputElement} field */
function typeOf({ autocomplete }) {
  if (autocomplete === 'email') return 'email';
  return autocomplete.startsWith('cc-') ? 'card' : 'address';
}

const fields = () =>
  /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input[id]')]).filter((field) => !field.matches(':disabled'));

form.addEventListener('change', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.name === 'delivery') summary();
  if (field.name === 'pay') payment();
  if (field.id) check(field);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const wrong = fields().filter((field) => !check(field));
  if (wrong.length) return wrong[0].focus();
  placeOrder(sums);
  location.assign('thanks.html');
});
payment();
