/**
 * The English texts, and the form of every language's.
 *
 * A text is a string with placeholders, or an object from plural category (Intl.PluralRules of `days` or `count`) to
 * string, or a list of alternatives of which the first that can be said truly is said. `act` names a label or is one.
 * `short` is the same thing said in a list. A text speaks to the doubt, and claims only what the shop gave as a fact.
 */
export default {
  labels: {
    keep: 'Keep shopping',
    cart: 'See my cart',
    help: 'Ask us',
    no: 'No, thanks',
    close: 'Close',
    note: 'A note from the shop',
  },
  free_shipping_left: {
    title: '{left} to go to free shipping',
    body: 'From {from}, shipping is on us. Your cart is at {cart}.',
    act: 'keep',
  },
  free_shipping_reached: {
    title: 'Shipping is on us',
    body: ['Your order ships free, as every order from {from} does.', 'Your order ships free.'],
    short: ['Free shipping from {from}', 'Free shipping'],
    act: 'cart',
  },
  shipping_price: {
    title: 'Shipping is {price}',
    body: ['And it’s free from {from}.', 'So you know before you get to the checkout.'],
    short: 'Shipping for {price}',
    act: 'cart',
  },
  delivery_days: {
    title: { one: 'At your door within a day', other: 'At your door within {days} days' },
    body: 'Counted from the day you order.',
    short: { one: 'Delivered within a day', other: 'Delivered within {days} days' },
    act: 'cart',
  },
  returns_days: {
    title: { one: 'A day to change your mind', other: '{days} days to change your mind' },
    body: 'Not quite right once you have it in your hands? Just send it back.',
    short: { one: 'Returns within a day', other: 'Returns within {days} days' },
    act: 'keep',
  },
  instalments: {
    title: ['Pay in {count} with {provider}', 'Pay in {count}'],
    body: 'Spread {cart} over {count} payments.',
    short: ['Pay in {count} with {provider}', 'Pay in {count}'],
    act: 'cart',
  },
  price_promise: {
    title: 'Found it cheaper elsewhere?',
    body: [
      {
        one: 'Tell us within a day and we refund the difference.',
        other: 'Tell us within {days} days and we refund the difference.',
      },
      'Tell us and we refund the difference.',
    ],
    short: 'Cheaper elsewhere? We refund the difference',
    act: 'keep',
  },
  guest_checkout: {
    title: 'No account needed',
    body: 'You can order as a guest.',
    short: 'Order as a guest, no account needed',
    act: 'cart',
  },
  help: { title: 'Good to know', body: 'Anything still open? Just ask.', act: 'help' },
};
