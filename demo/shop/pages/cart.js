import { changeQty, readCart, redeem, sumsOf } from '../cart.js';
import { productOf } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { picture } from '../lists.js';
import { sumRows } from '../sums.js';
import { instalment, INSTALMENTS, money } from '../terms.js';

/** @typedef {import('../catalogue.js').Product} Product */

frame();
show();
addEventListener('pageshow', (event) => event.persisted && show());

/** @param {string} [said] what the coupon box answers @param {boolean} [bad] */
function show(said = '', bad = false) {
  const cart = readCart();
  const sums = sumsOf(cart);
  if (!cart.lines.length) {
    fill(
      '#cart',
      html`<div class="empty">
        <h1>Your cart is empty</h1>
        <p class="lead">The fire is lit, but there is nothing in the kettle.</p>
        <a class="primary" href="category.html">See everything</a>
      </div>`,
    );
    return;
  }
  fill(
    '#cart',
    html`<h1>Your cart</h1>
      <div class="two">
        <ul class="lines">
          ${cart.lines.map((line, i) => {
            const product = /** @type {Product} */ (productOf(line.id));
            return html`<li>
              <a href="product.html?item=${line.id}" tabindex="-1" aria-hidden="true">${picture(product)}</a>
              <div>
                <h2><a href="product.html?item=${line.id}">${product.name}</a></h2>
                <p class="small">${line.size && `Size ${line.size} · `}${money(product.price)}</p>
                <div class="row">
                  <label
                    ><span class="hidden">Quantity of ${product.name}</span>
                    <select data-line="${i}">
                      ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => html`<option ${n === line.qty && 'selected'}>${n}</option>`)}
                    </select></label
                  >
                  <button class="quiet" data-remove="${i}" aria-label="Remove ${product.name}">Remove</button>
                </div>
              </div>
              <b class="sum">${money(product.price * line.qty)}</b>
            </li>`;
          })}
        </ul>
        <aside class="box" aria-label="Sum">
          <h2>Sum</h2>
          ${sumRows(sums)}
          <p class="pay" data-falter="payment">
            <span class="badge">Klarna</span> or ${INSTALMENTS} × ${money(instalment(sums.total))} without interest
          </p>
          <a class="primary" href="checkout.html">Check out</a>
          <form id="coupon" data-falter="coupon" novalidate>
            <label for="code">Coupon</label>
            <div class="row">
              <input id="code" name="code" autocomplete="off" autocapitalize="characters" aria-describedby="said" ${bad && 'aria-invalid="true"'} />
              <button class="second">Apply</button>
            </div>
            <p id="said" class="${bad ? 'error' : 'ok'}" role="status">${said}</p>
          </form>
          <p class="note" data-falter="returns">
            <b>30 days to change your mind.</b> Returns are free. <a href="returns.html">How it works</a>
          </p>
        </aside>
      </div>`,
  );
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll('[data-line]')))
    select.addEventListener('change', () => {
      changeQty(Number(select.dataset.line), Number(select.value));
      show();
    });
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-remove]')))
    button.addEventListener('click', () => {
      changeQty(Number(button.dataset.remove), 0);
      show();
    });
  document.querySelector('#coupon')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const { value } = /** @type {HTMLInputElement} */ (document.querySelector('#code'));
    if (!value.trim()) return;
    const taken = redeem(value);
    show(taken ? 'Ten percent off. Enjoy.' : `We don’t know the code “${value.trim()}”.`, !taken);
  });
}
