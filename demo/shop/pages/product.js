import { addToCart } from '../cart.js';
import { CATEGORIES, PRODUCTS, productOf, starsOf } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { grid, picture, starRow } from '../lists.js';
import { arrival, FREE_SHIPPING_FROM, instalment, INSTALMENTS, money, SHIPPING_PRICE } from '../terms.js';

frame();
const product = productOf(new URLSearchParams(location.search).get('item'));
if (product) show(product);
else location.replace('category.html');

/** @param {import('../catalogue.js').Product} product */
function show(product) {
  document.title = `${product.name} · Osterlo`;
  const category = CATEGORIES.find(({ id }) => id === product.category);
  const { id, name, sizes, reviews } = product;
  const stars = starsOf(product);
  const views = ['', ...product.closeups.map(([x, y, side]) => `#svgView(viewBox(${x},${y},${side},${side}))`)];

  fill(
    '#product',
    html`<nav class="crumbs" aria-label="You are here">
        <a href="index.html">Osterlo</a> / <a href="category.html?c=${category?.id}">${category?.name}</a>
      </nav>
      <div class="gallery">
        <button class="main" aria-label="Enlarge the picture">${picture(product)}</button>
        <ul>
          ${views.map(
            (view, i) => html`<li>
              <button data-view="${view}" aria-pressed="${i === 0}" aria-label="Picture ${i + 1} of ${views.length}">
                <img src="images/${id}.svg${view}" alt="" width="800" height="800" />
              </button>
            </li>`,
          )}
        </ul>
      </div>
      <div class="buy">
        <h1>${name}</h1>
        <p class="rated">${starRow(stars)} <a href="#reviews">${reviews.length} reviews</a></p>
        <p class="price" data-falter="price"><b>${money(product.price)}</b> <span class="small">VAT included</span></p>
        <p class="pay" data-falter="payment">
          <span class="badge">Klarna</span> or ${INSTALMENTS} × ${money(instalment(product.price))} without interest
        </p>
        <form id="add">
          ${sizes &&
          html`<fieldset class="sizes" data-falter="size">
            <legend>Size</legend>
            ${sizes.map((size) => html`<label><input type="radio" name="size" value="${size}" required /><span>${size}</span></label>`)}
            <p class="small">${product.fit}</p>
          </fieldset>`}
          <div class="row">
            <label class="qty"
              ><span class="hidden">Quantity</span>
              <select name="qty">
                ${[1, 2, 3, 4, 5].map((n) => html`<option>${n}</option>`)}
              </select></label
            >
            <button class="primary">Add to cart</button>
          </div>
          <p class="done" role="status" id="done"></p>
        </form>
        <ul class="terms">
          <li data-falter="shipping">
            <svg viewBox="0 0 24 24" class="icon" aria-hidden="true">
              <path d="M2 6h12v11H2zM14 10h4l4 4v3h-8zM6.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z" />
            </svg>
            <span><b>Shipping ${money(SHIPPING_PRICE)}</b>, free from ${money(FREE_SHIPPING_FROM)}. <a href="shipping.html">Details</a></span>
          </li>
          <li data-falter="delivery">
            <svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2" /></svg>
            <span><b>There by ${arrival(3)}</b>, tracked, in three working days at most.</span>
          </li>
          <li data-falter="returns">
            <svg viewBox="0 0 24 24" class="icon" aria-hidden="true"><path d="M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10H8" /></svg>
            <span><b>Returns: 30 days, free.</b> The label is in the parcel. <a href="returns.html">Details</a></span>
          </li>
        </ul>
        <p class="about">${product.about}</p>
        <dl class="facts">${product.facts.map(([what, how]) => html`<div><dt>${what}</dt><dd>${how}</dd></div>`)}</dl>
      </div>
      <section class="reviews" id="reviews" data-falter="reviews" aria-labelledby="reviews-title">
        <h2 id="reviews-title">What others say</h2>
        <p class="mean"><b>${stars.toFixed(1)}</b>${starRow(stars)}<span class="small">${reviews.length} reviews</span></p>
        <ul>
          ${reviews.map((review) => html`<li>${starRow(review.stars)}<p>${review.text}</p><p class="small">${review.by}</p></li>`)}
        </ul>
      </section>
      <section class="more" aria-labelledby="more-title">
        <h2 id="more-title">Goes well with it</h2>
        ${grid(PRODUCTS.filter((other) => other !== product).slice(-3))}
      </section>
      <dialog id="large" aria-label="${name}, enlarged">
        <form method="dialog"><button class="quiet">Close</button></form>
        ${picture(product)}
      </dialog>`,
  );

  const form = /** @type {HTMLFormElement} */ (document.querySelector('#add'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = new FormData(form);
    const size = /** @type {string | null} */ (chosen.get('size'));
    addToCart(id, size ?? undefined, Number(chosen.get('qty')));
    fill('#done', html`In your cart. <a href="cart.html">View cart</a>`);
  });

  const [main, dialog] = ['.gallery .main', '#large'].map((part) => /** @type {HTMLElement} */ (document.querySelector(part)));
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('.gallery [data-view]'));
  for (const button of buttons)
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      for (const image of document.querySelectorAll('.gallery .main img, #large img'))
        image.setAttribute('src', `images/${id}.svg${button.dataset.view}`);
    });
  main.addEventListener('click', () => /** @type {HTMLDialogElement} */ (dialog).showModal());
}
