/** Products as lists show them. */

import { starsOf } from './catalogue.js';
import { html } from './html.js';
import { money } from './terms.js';

/** @typedef {import('./catalogue.js').Product} Product */

/** @param {Product} product */
export const picture = ({ id, name }) => html`<img src="images/${id}.svg" alt="${name}" width="800" height="800" />`;

/** @param {number} stars 1–5 */
export const starRow = (stars) =>
  html`<span class="stars" role="img" aria-label="${stars.toFixed(1)} of 5 stars">
    ${[1, 2, 3, 4, 5].map(
      (n) => html`<svg viewBox="0 0 20 20" class="${stars >= n - 0.25 ? 'full' : stars >= n - 0.75 ? 'half' : ''}" aria-hidden="true">
        <path d="m10 1.8 2.5 5.3 5.8.7-4.3 4 1.1 5.7-5.1-2.8-5.1 2.8 1.1-5.7-4.3-4 5.8-.7z" />
      </svg>`,
    )}
  </span>`;

/** @param {Product[]} products @param {boolean} [alone] whether no heading stands between them and the page's own */
export const grid = (products, alone) =>
  html`<ul class="grid">
    ${products.map(
      (product) =>
        html`<li class="tile">
          <a href="product.html?item=${product.id}">
            ${picture(product)}
            ${alone ? html`<h2 class="name">${product.name}</h2>` : html`<h3 class="name">${product.name}</h3>`}
            <p class="line">${product.line}</p>
            <p class="foot">
              <b>${money(product.price)}</b>${starRow(starsOf(product))}<span class="small">${product.reviews.length}</span>
            </p>
          </a>
        </li>`,
    )}
  </ul>`;
