/** What the names of falter mean, in plain words. */

/** The policy's questions, in its order: what is asked, and what a no means. @type {[hold: string, asked: string, means: string][]} */
export const HOLDS = [
  ['consent', 'Agreed', 'The visitor has not agreed, so falter does not run.'],
  ['arming', 'Settled in', 'Too early in the visit: a card waits a moment, and for ten signals.'],
  ['risk', 'Likely to leave', 'Leaving is not likely enough. Two readings in a row must be over the line.'],
  ['busy', 'Hands free', 'The visitor is typing, paying or in a dialog. Nobody is interrupted.'],
  ['shown', 'First card', 'This visit has had its card. One is enough.'],
  ['cooldown', 'Rested', 'A card was shown in the last days. Three days of quiet, more after every no.'],
  ['purchased', 'No order yet', 'An order was placed in the last 30 days. Thanks is all there is to say.'],
  ['nothing_to_say', 'Something true', 'The shop gave no fact that answers this doubt, and falter makes nothing up.'],
  ['holdout', 'Not held out', 'This visitor is in the group without cards, so that the effect can be measured.'],
];

/** @type {Record<string, string>} */
const REASONS = {
  shipping_cost: 'Shipping cost',
  total_cost: 'The total',
  delivery_time: 'Delivery time',
  returns: 'Returns',
  fit: 'Size and fit',
  affordability: 'Affordability',
  comparison: 'Comparing prices',
  payment_trust: 'Trust in paying',
  account_required: 'Having to sign up',
  checkout_friction: 'A clumsy checkout',
  technical: 'Something broke',
  indecision: 'Undecided',
  distraction: 'Called away',
  unsure: 'Unsure',
};

/** @type {Record<string, string>} */
const MESSAGES = {
  free_shipping_left: 'money left to free shipping',
  free_shipping_reached: 'shipping is free already',
  shipping_price: 'what shipping costs',
  delivery_days: 'when it comes',
  returns_days: 'how long it can be returned',
  instalments: 'the cart in instalments',
  price_promise: 'the price promise',
  guest_checkout: 'no account needed',
  help: 'help in general',
  payment_methods: 'the ways to pay',
  stock_left: 'how many are left',
  sold_recently: 'how many were sold',
  loyalty_points: 'the points on the account',
  alternatives: 'others of its kind',
  chat: 'a chat with the shop',
  save_cart: 'the cart, kept for later',
  discount: 'a code',
  welcome_back: 'the cart that was left',
};

/** A name that is new here is shown as it is. @param {string} name */
const spaced = (name) => name.replaceAll('_', ' ');

/** @param {string} name */
export const reasonName = (name) => REASONS[name] ?? spaced(name);
/** @param {string} name */
export const messageName = (name) => MESSAGES[name] ?? spaced(name);

/** @param {'plain' | 'gentle' | 'brief'} tone */
export const toneName = (tone) => ({ plain: 'plainly', gentle: 'gently', brief: 'briefly' })[tone];

/**
 * A feature's name and the span it looks at, both of which its technical name holds.
 * @param {string} name such as `rise_05s` or `shipping_dwell_s`
 */
export function featureName(name) {
  const [, what, digits] = /^(.*?)(?:_(\d*)s)?$/.exec(name) ?? [];
  const span = digits && (digits.startsWith('0') ? `0.${digits.slice(1)}` : digits);
  return spaced(what ?? name) + (span ? `, ${span} s` : '');
}

/** @param {number} value @param {string} unit */
export function quantity(value, unit) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2).replace(/\.?0+$/, '');
  return unit === 'viewports' ? `${text} screens` : `${text} ${unit}`.trim();
}

/** @param {number} part 0..1 */
export const percent = (part) => (Number.isFinite(part) ? `${part < 0.0995 ? (part * 100).toFixed(1) : Math.round(part * 100)} %` : '–');

/** @param {number} t ms since the session began */
export const clock = (t) => `${Math.floor(t / 60_000)}:${String(Math.floor(t / 1000) % 60).padStart(2, '0')}`;
