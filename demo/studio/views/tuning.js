import { fill, html } from '../../shop/html.js';

/** @type {import('../app.d.ts').View} */
export const view = {
  mount: (root) => (fill(root, html`<div class="empty"><h2>On its way</h2></div>`), {}),
};
