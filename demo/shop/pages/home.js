import { CATEGORIES, PRODUCTS } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { grid } from '../lists.js';

/** The first things one sees: one of each kind. */
const SHOWN = ['lantern', 'sweater', 'kettle', 'pack'];

frame();
fill('#loved', grid(PRODUCTS.filter(({ id }) => SHOWN.includes(id))));
fill(
  '#rooms',
  html`<ul class="rooms">
    ${CATEGORIES.map(({ id, name, line }) => {
      const first = PRODUCTS.filter(({ category }) => category === id)[1];
      return html`<li>
        <a href="category.html?c=${id}">
          <img src="images/${first.id}.svg" alt="" width="800" height="800" />
          <span><b>${name}</b>${line}</span>
        </a>
      </li>`;
    })}
  </ul>`,
);
