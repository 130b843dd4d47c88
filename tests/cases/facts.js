/** A shop that gives every fact. Each figure is another, so that a figure in a text tells the fact it is of. */
export const GIVEN = {
  currency: 'EUR',
  freeShippingFrom: 61,
  shippingPrice: 4.9,
  deliveryDays: 3,
  returnsDays: 30,
  instalments: '4 Klarna',
  pricePromise: 14,
  guestCheckout: true,
  cartUrl: '/cart',
  helpUrl: '/help',
};
/** What the cart of its shopper comes to. */
export const CART = 52.6;
