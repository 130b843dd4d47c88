/**
 * What the shop lets falter's card offer, for which an attribute has no room. It is set before falter's script runs,
 * which reads it as it starts.
 */

import { readCart } from './cart.js';
import { PRODUCTS, productOf } from './catalogue.js';
import { fill, html } from './html.js';
import { COUPON, MARGIN, MARGIN_FLOOR } from './terms.js';

/** More are not read. */
const ALTERNATIVES_MAX = 3;

/** @typedef {import('./html.js').Markup} Markup */

/** A small dialog of the shop's own. @param {string} title @param {Markup} text */
function tellVisitor(title, text) {
  const dialog = document.createElement('dialog');
  dialog.className = 'told';
  dialog.setAttribute('aria-label', title);
  fill(dialog, html`<h2>${title}</h2>${text}<form method="dialog"><button class="primary">Close</button></form>`);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Nobody sits behind this shop, and the visitor is told so. */
const chat = () =>
  tellVisitor(
    'Here the chat opens',
    html`<p>In a real shop its own chat would be here now. This one is made up: nobody answers, and nothing is sent.</p>`,
  );

const saveCart = () =>
  tellVisitor(
    'Your cart is kept',
    html`<p>It stays in this browser until you empty it. A real shop would keep it in the account, or send it by mail.</p>`,
  );

/** Of the same kind as what is looked at. */
function alternatives() {
  const product = productOf(new URLSearchParams(location.search).get('item'));
  return PRODUCTS.filter((other) => other !== product && other.category === product?.category)
    .slice(0, ALTERNATIVES_MAX)
    .map(({ id, name, price }) => ({ title: name, url: `./product.html?item=${id}`, price }));
}

export function makeOffers() {
  const others = alternatives();
  const cart = readCart();
  /** @type {any} */ (window).falter ??= {
    facts: { margin: MARGIN },
    offers: {
      chat,
      ...(cart.lines.length && { saveCart }),
      ...(others.length && { alternatives: others }),
      // the code is good once
      ...(!cart.coupon && { discount: { percent: COUPON.off * 100, code: COUPON.code, marginFloor: MARGIN_FLOOR } }),
    },
  };
}
