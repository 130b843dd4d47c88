import { lastOrder } from '../cart.js';
import { productOf } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { sumRows } from '../sums.js';
import { arrival } from '../terms.js';

frame();
const order = lastOrder();
fill(
  '#thanks',
  order
    ? html`<h1>Thank you</h1>
        <p class="lead">Order ${order.number} is on its way into a box. It’s with you by ${arrival(3)}. (It isn’t: this is a demo.)</p>
        <div class="box">
          <ul class="mini">
            ${order.lines.map(
              ({ id, qty }) => html`<li>
                <img src="images/${id}.svg" alt="" width="800" height="800" /><span>${qty} × ${productOf(id)?.name}</span>
              </li>`,
            )}
          </ul>
          ${sumRows(order)}
        </div>
        <a class="primary" href="index.html">Back to the shop</a>`
    : html`<h1>No order here</h1>
        <p class="lead">Nothing was ordered in this tab.</p>
        <a class="primary" href="index.html">To the shop</a>`,
);
