/**
 * Names and places of all that crosses into the engine and back: see src/boundary.rs and src/recording/form.rs.
 *
 * Made by `FALTER_WRITE=1 cargo test --test names`; not to be edited.
 */

export const DEVICE = ['mouse', 'touch', 'pen'];
export const TARGET = ['link', 'button', 'field', 'media', 'text', 'other'];
export const EDGE = ['top', 'right', 'bottom', 'left'];
export const KEY_CLASS = ['char', 'nav', 'shortcut'];
export const BLUR_TO = ['outside', 'iframe', 'dialog'];
export const SECTION = ['price', 'shipping', 'delivery', 'returns', 'payment', 'size', 'reviews', 'coupon', 'total', 'account'];
export const PAGE_KIND = ['home', 'category', 'product', 'cart', 'checkout', 'payment', 'policy', 'search', 'account', 'thanks'];
export const CART_OP = ['add', 'remove', 'quantity', 'coupon', 'coupon_failed'];
export const FIELD_ACTION = ['focus', 'leave', 'error'];
export const FIELD_TYPE = ['email', 'address', 'card', 'account', 'other'];
export const COPIED = ['product', 'price', 'coupon', 'other'];
export const TROUBLE = ['page_error', 'payment_failed', 'out_of_stock', 'slow'];
export const CAUSE = ['shop', 'payment', 'checkout', 'unknown', 'bfcache'];
export const CONSENT = ['required', 'memory', 'granted'];
export const REASON = ['shipping_cost', 'total_cost', 'delivery_time', 'returns', 'fit', 'affordability', 'comparison', 'payment_trust', 'account_required', 'checkout_friction', 'technical', 'indecision', 'distraction', 'unsure'];
export const HOLD = ['consent', 'arming', 'risk', 'busy', 'shown', 'cooldown', 'purchased', 'nothing_to_say', 'holdout'];
export const MESSAGE = ['free_shipping_left', 'free_shipping_reached', 'shipping_price', 'delivery_days', 'returns_days', 'instalments', 'price_promise', 'guest_checkout', 'help'];
export const OFFER = ['reassurance', 'service'];
export const VALUE = ['cart', 'from', 'left', 'price', 'days', 'count', 'each'];
export const SETTING = ['share', 'threshold', 'arming_ms', 'shown_ago_ms', 'purchased_ago_ms', 'dismissals', 'left_and_returned', 'held_out', 'consent'];
/** Name and unit. */
export const EVIDENCE = [
  ['shipping_dwell_s', 's'],
  ['returns_dwell_s', 's'],
  ['price_dwell_s', 's'],
  ['payment_dwell_s', 's'],
  ['size_dwell_s', 's'],
  ['delivery_dwell_s', 's'],
  ['total_dwell_s', 's'],
  ['account_dwell_s', 's'],
  ['shipping_gap', ''],
  ['usual_ratio', ''],
  ['coupons_failed', ''],
  ['cart_flips', ''],
  ['item_views', ''],
  ['policy_views', ''],
  ['away_count', ''],
  ['field_trouble', ''],
  ['copies', ''],
  ['problems', ''],
  ['section_revisits', ''],
];

/**
 * Every kind of signal, in the order of its number, and of each key what it may be and the number that stands in for it
 * where it was left out; without one it must be there.
 * @type {Record<string, Record<string, [content: string | string[], otherwise?: number]>>}
 */
export const SIGNALS = {
  move: { x: ['number'], y: ['number'] },
  down: { x: ['number'], y: ['number'] },
  up: { x: ['number'], y: ['number'] },
  click: { x: ['number'], y: ['number'], on: [TARGET, 5] },
  out: { edge: [EDGE] },
  in: { edge: [EDGE] },
  scroll: { y: ['number'] },
  resize: { w: ['number'], h: ['number'], docH: ['number'] },
  key: { k: [KEY_CLASS, 0] },
  blur: { to: [BLUR_TO, 0] },
  focus: {},
  hidden: {},
  visible: {},
  see: { section: [SECTION] },
  unsee: { section: [SECTION] },
  hover: { section: [SECTION] },
  unhover: { section: [SECTION] },
  page: { page: [PAGE_KIND], item: ['item', NaN], from: [PAGE_KIND, NaN] },
  cart: { op: [CART_OP], item: ['item', NaN], qty: ['number', 1], value: ['number', NaN] },
  field: { what: [FIELD_ACTION], type: [FIELD_TYPE, 4] },
  copy: { what: [COPIED, 3] },
  zoom: {},
  select: {},
  problem: { what: [TROUBLE, 0] },
  facts: { free_shipping_from: ['fact', NaN], shipping_price: ['fact', NaN], delivery_days: ['fact', NaN], returns_days: ['fact', NaN], instalments: ['fact', NaN], price_promise: ['promise', NaN], guest_checkout: ['flag', NaN], usual_order: ['fact', NaN] },
  state: { typing: ['truth', NaN], dialog: ['truth', NaN], consent: [CONSENT, NaN] },
  answer: { reason: [REASON] },
  pagehide: { cause: [CAUSE, 3] },
  pageshow: { cause: [CAUSE, 3] },
  unload: {},
  purchase: { value: ['number', NaN] },
};

export const HEARD_MOVE = 0;
export const HEARD_DOWN = 1;
export const HEARD_UP = 2;
export const HEARD_LEAVE = 3;
export const HEARD_ENTER = 4;
export const HEARD_CLICK = 5;
export const HEARD_DRAG = 6;
export const HEARD_LIFT = 7;
export const HEARD_SCROLL = 8;
export const HEARD_RESIZE = 9;
export const HEARD_OVER = 10;
export const HEARD_SEE = 11;
export const HEARD_UNSEE = 12;
export const HEARD_BLUR = 13;
export const HEARD_FOCUS = 14;
export const HEARD_VISIBILITY = 15;
export const HEARD_DIALOG = 16;
export const HEARD_HIDE = 17;
export const HEARD_LOAD = 18;
export const HEARD_BROKEN = 19;
export const HEARD_FOLLOW = 20;
export const HEARD_NAVIGATE = 21;
export const HEARD_KEY = 22;
export const HEARD_TYPING = 23;
export const HEARD_FIELD_FOCUS = 24;
export const HEARD_FIELD_LEAVE = 25;
export const HEARD_FIELD_ERROR = 26;
export const HEARD_COPY = 27;
export const HEARD_SELECT = 28;
export const HEARD_ZOOM = 29;
export const HEARD_PINCH = 30;

export const TOLD_NOW = 0;
export const TOLD_THRESHOLD = 1;
export const TOLD_LEAVE_T = 2;
export const TOLD_LEAVE_REASON = 3;
export const TOLD_LEAVE_RISK = 4;
export const TOLD_LEAVE_CART = 5;
export const TOLD_T = 6;
export const TOLD_RISK = 7;
export const TOLD_REASON = 8;
export const TOLD_CONFIDENCE = 9;
export const TOLD_EVIDENCE = 10;
export const TOLD_HOLD = 19;
export const TOLD_MESSAGE = 20;
export const TOLD_OFFER = 21;
export const TOLD_VALUES = 22;
