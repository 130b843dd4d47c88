/** The sum of a cart, as cart, checkout and thanks show it. */

import { html } from './html.js';
import { money } from './terms.js';

/** @param {import('./cart.js').Sums} sums */
export const sumRows = ({ goods, off, shipping, total }) =>
  html`<dl class="sums">
    <div><dt>Goods</dt><dd>${money(goods)}</dd></div>
    ${off > 0 && html`<div><dt>Coupon</dt><dd>−${money(off)}</dd></div>`}
    <div data-falter="shipping"><dt>Shipping</dt><dd>${shipping ? money(shipping) : 'Free'}</dd></div>
    <div class="total" data-falter="total"><dt>Total <span class="small">VAT included</span></dt><dd>${money(total)}</dd></div>
  </dl>`;
