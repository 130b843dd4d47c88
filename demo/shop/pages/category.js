import { CATEGORIES, PRODUCTS, starsOf } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill } from '../html.js';
import { grid } from '../lists.js';

/** @typedef {import('../catalogue.js').Product} Product */

/** @type {Record<string, (a: Product, b: Product) => number>} */
const ORDERS = {
  shop: () => 0,
  cheap: (a, b) => a.price - b.price,
  dear: (a, b) => b.price - a.price,
  loved: (a, b) => starsOf(b) - starsOf(a),
};

frame();
const asked = new URLSearchParams(location.search).get('c');
const category = CATEGORIES.find(({ id }) => id === asked);
const products = PRODUCTS.filter(({ category: its }) => !category || its === category.id);
const name = category?.name ?? 'Everything';
document.title = `${name} · Osterlo`;
const [title, line] = ['#title', '#line'].map((part) => /** @type {HTMLElement} */ (document.querySelector(part)));
title.textContent = name;
line.textContent = category?.line ?? 'All we make, on one page.';

const order = /** @type {HTMLSelectElement} */ (document.querySelector('#order'));
const show = () => fill('#products', grid([...products].sort(ORDERS[order.value] ?? ORDERS.shop), true));
order.addEventListener('change', show);
show();
