/** When the shop of these tests counted its shelf; its clock stands still then. */
export const NOW = '2026-11-21T14:05:00Z';
/** A shop that gives every fact. Each figure is another, so that a figure in a text tells the fact it is of. */
export const GIVEN = {
  currency: 'EUR',
  freeShippingFrom: 61,
  shippingPrice: 4.9,
  deliveryDays: 3,
  returnsDays: 30,
  instalments: '4 Klarna, 12 PayPal',
  pricePromise: 14,
  guestCheckout: true,
  paymentMethods: 'Visa, PayPal, Bancontact',
  stock: `7 ${NOW}`,
  sold: '19 24',
  loyaltyPoints: 340,
  cartUrl: '/cart',
  helpUrl: '/help',
};
/** And every offer. */
export const OFFERS = {
  discount: { percent: 10, code: 'TARN10', marginFloor: 0.2 },
  alternatives: [
    { title: 'Fell wool blanket', url: '/blanket', price: 89 },
    { title: 'Trefot camp stool', url: '/stool', price: 74.5 },
  ],
  chat: () => {},
  saveCart: () => {},
};
/** What the cart of its shopper comes to. */
export const CART = 52.6;
