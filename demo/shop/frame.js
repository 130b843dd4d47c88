/** What every page has around it: the demo's strip, header and footer. */

import { CATEGORIES } from './catalogue.js';
import { readCart, sumsOf } from './cart.js';
import { fill, html } from './html.js';
import { makeOffers } from './offers.js';

const CONSENT = 'osterlo-consent';

/** Drawn on 24 × 24. @param {string} path */
const icon = (path) => html`<svg viewBox="0 0 24 24" aria-hidden="true" class="icon"><path d="${path}" /></svg>`;

const ACCOUNT = 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6';
const CART = 'M4 7h16l-1.5 13H5.500zM8.5 9.500V6.500a3.5 3.5 0 0 1 7 0v3';
const SEARCH = 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5';
const MENU = 'M4 7h16M4 12h16M4 17h16';

const here = new URL(location.href);
/** @param {string} id */
const current = (id) => here.pathname.endsWith('/category.html') && here.searchParams.get('c') === id;

const strip = html`<p>
    <b>Demo shop.</b> <span class="wide">Nothing here is sold. falter listens inside this page, and nothing leaves it.</span>
  </p>
  <label
    >falter may
    <select id="consent">
      <option value="granted">run and remember</option>
      <option value="memory">run, remember nothing</option>
      <option value="required">not run</option>
    </select></label
  >`;

const links = CATEGORIES.map(
  ({ id, name }) => html`<li><a href="category.html?c=${id}" ${current(id) && html`aria-current="page"`}>${name}</a></li>`,
);

const header = html`<a class="logo" href="index.html" aria-label="Osterlo, home">
    <svg viewBox="0 0 48 32" aria-hidden="true"><path d="M2 30 18 6l8 12 5-7 15 19z" /><path d="m18 6 8 12-3 5-9-5z" /></svg>
    Osterlo
  </a>
  <nav class="menu" aria-label="Shop">
    <ul>
      ${links}
    </ul>
  </nav>
  <form class="search" role="search" action="search.html">
    <label class="hidden" for="q">Search the shop</label>
    <input id="q" name="q" type="search" placeholder="Search" autocomplete="off" required value="${here.searchParams.get('q')}" />
    <button aria-label="Search">${icon(SEARCH)}</button>
  </form>
  <a class="tool" href="account.html">${icon(ACCOUNT)}<span>Account</span></a>
  <a class="tool" href="cart.html">${icon(CART)}<span>Cart</span><b class="count" id="count"></b></a>
  <details class="fold">
    <summary class="tool" aria-label="Menu">${icon(MENU)}</summary>
    <nav aria-label="Shop, folded">
      <ul>
        ${links}
      </ul>
    </nav>
  </details>`;

const footer = html`<div class="wrap columns">
    <section>
      <h2>Osterlo</h2>
      <p>Goods for cold mornings. Made in small runs, mended for as long as you own them.</p>
    </section>
    <nav aria-label="Help">
      <h2>Help</h2>
      <ul>
        <li><a href="shipping.html">Shipping and delivery</a></li>
        <li><a href="returns.html">Returns</a></li>
        <li><a href="shipping.html#pay">Ways to pay</a></li>
        <li><a href="returns.html#price">Price promise</a></li>
      </ul>
    </nav>
    <nav aria-label="Shop by room">
      <h2>Shop</h2>
      <ul>
        ${links}
      </ul>
    </nav>
    <section>
      <h2>Ask us</h2>
      <p>Weekdays 9 to 17<br /><a href="mailto:hello@osterlo.example">hello@osterlo.example</a></p>
    </section>
  </div>
  <p class="wrap small">A made-up shop: goods, prices and reviews are invented. It shows falter at work.</p>`;

/** Shows how many things are in the cart. */
function count() {
  const { count: things } = sumsOf(readCart());
  fill('#count', html`${things || ''}${things > 0 && html`<span class="hidden"> ${things === 1 ? 'thing' : 'things'}</span>`}`);
}

/** The visitor's choice: kept by the shop, told to falter at once. */
function consentSwitch() {
  const select = /** @type {HTMLSelectElement} */ (document.querySelector('#consent'));
  select.value = document.querySelector('script[data-consent]')?.getAttribute('data-consent') ?? 'granted';
  select.addEventListener('change', () => {
    try {
      localStorage.setItem(CONSENT, select.value);
    } catch {
      // The choice holds for this page then.
    }
    /** @type {any} */ (window).falter?.consent(select.value);
  });
}

export function frame() {
  makeOffers();
  fill('.strip', strip);
  fill('.header', header);
  fill('.footer', footer);
  count();
  consentSwitch();
  document.addEventListener('osterlo:cart', count);
  // A page out of the back-forward cache shows the cart of its own time.
  addEventListener('pageshow', (event) => event.persisted && count());
}
