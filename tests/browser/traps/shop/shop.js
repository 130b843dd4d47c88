/** What a shop's own script does: it tells falter of the cart and of the order, and knows the addresses of others. */

const { falter } = window;
const { falterPage } = document.body.dataset;
document.querySelector('#add')?.addEventListener('click', ({ currentTarget }) => {
  currentTarget.textContent = 'In your cart';
  falter.signal({ s: 'cart', op: 'add', item: 'blanket', qty: 1, value: 42.6 });
});
// as carts and checkouts do when they are looked at
if (falterPage === 'cart' || falterPage === 'checkout') falter.signal({ s: 'cart', op: 'quantity', item: 'blanket', qty: 1, value: 42.6 });
if (falterPage === 'thanks') falter.signal({ s: 'purchase', value: 47.5 });
// the bank, the chat: on another site
for (const part of document.querySelectorAll('[data-elsewhere]')) {
  const url = new URL(part.dataset.elsewhere, location.origin.replace('//', '//elsewhere-'));
  url.searchParams.set('shop', location.href);
  part[part.localName === 'a' ? 'href' : 'src'] = url;
}
