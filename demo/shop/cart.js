/** The cart: the shop's own, in the shop's own storage. */

import { productOf } from './catalogue.js';
import { cents, COUPON, FREE_SHIPPING_FROM, SHIPPING_PRICE } from './terms.js';
import { change, tell } from './tell.js';

/**
 * @typedef {{ id: string, size?: string, qty: number }} Line
 * @typedef {{ lines: Line[], coupon?: string }} Cart
 * @typedef {{ goods: number, off: number, shipping: number, total: number, count: number }} Sums EUR, and how many things
 */

const KEY = 'osterlo-cart';
const ORDER = 'osterlo-order';
/** More of one thing than anybody carries home. */
const QTY_MAX = 9;

/** @returns {Cart} */
export function readCart() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const lines = Array.isArray(stored.lines) ? stored.lines : [];
    return { lines: lines.filter((/** @type {Line} */ line) => productOf(line.id) && line.qty > 0), coupon: stored.coupon };
  } catch {
    return { lines: [] };
  }
}

/** @param {Cart} cart @returns {Sums} */
export function sumsOf(cart) {
  const goods = cents(cart.lines.reduce((sum, { id, qty }) => sum + (productOf(id)?.price ?? 0) * qty, 0));
  const off = cart.coupon === COUPON.code ? cents(goods * COUPON.off) : 0;
  const shipping = goods === 0 || goods - off >= FREE_SHIPPING_FROM ? 0 : SHIPPING_PRICE;
  const count = cart.lines.reduce((sum, { qty }) => sum + qty, 0);
  return { goods, off, shipping, total: cents(goods - off + shipping), count };
}

/** What falter compares with the free-shipping threshold. @param {Cart} cart */
const valueOf = (cart) => {
  const { goods, off } = sumsOf(cart);
  return cents(goods - off);
};

/** @param {Cart} cart */
function write(cart) {
  try {
    localStorage.setItem(KEY, JSON.stringify(cart));
  } catch {
    // Without storage the cart lasts as long as the page; the shop says so nowhere, as most shops.
  }
  document.dispatchEvent(new CustomEvent('osterlo:cart', { detail: cart }));
}

/** @param {string} id @param {string | undefined} size @param {number} qty */
export function addToCart(id, size, qty) {
  const cart = readCart();
  const line = cart.lines.find((other) => other.id === id && other.size === size);
  if (line) line.qty = Math.min(QTY_MAX, line.qty + qty);
  else cart.lines.push({ id, size, qty: Math.min(QTY_MAX, qty) });
  write(cart);
  tell({ s: 'cart', op: 'add', item: id, qty: line?.qty ?? qty, value: valueOf(cart) });
}

/** @param {number} index @param {number} qty 0 takes the line out */
export function changeQty(index, qty) {
  const cart = readCart();
  const line = cart.lines[index];
  if (!line) return;
  line.qty = Math.min(QTY_MAX, qty);
  cart.lines = cart.lines.filter((other) => other.qty > 0);
  write(cart);
  tell({ s: 'cart', op: qty > 0 ? 'quantity' : 'remove', item: line.id, qty: line.qty, value: valueOf(cart) });
}

/** @param {string} code @returns {boolean} whether the shop takes it */
export function redeem(code) {
  const cart = readCart();
  const known = code.trim().toUpperCase() === COUPON.code;
  if (known) {
    write({ ...cart, coupon: COUPON.code });
    change({ offers: { discount: undefined } });
  }
  tell({ s: 'cart', op: known ? 'coupon' : 'coupon_failed', value: valueOf(readCart()) });
  return known;
}

/** Places the order: the cart is emptied, and the thanks page finds what was bought. @param {Sums} sums */
export function placeOrder(sums) {
  const cart = readCart();
  const number = `OS-${Date.now().toString(36).toUpperCase()}`;
  sessionStorage.setItem(ORDER, JSON.stringify({ ...cart, ...sums, number }));
  write({ lines: [] });
  tell({ s: 'purchase', value: sums.total });
}

/** @returns {(Cart & Sums & { number: string }) | null} what was bought last in this tab */
export function lastOrder() {
  try {
    return JSON.parse(sessionStorage.getItem(ORDER) ?? 'null');
  } catch {
    return null;
  }
}

/** Forgets cart and order. */
export function emptyCart() {
  write({ lines: [] });
  try {
    sessionStorage.removeItem(ORDER);
  } catch {
    // Nothing was kept then.
  }
}
