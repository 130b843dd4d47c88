/** What users of the package meet: options, signals, events and the handle. tests/js/types.test.js holds it to the code. */

/** What the shopper allowed: nothing yet, everything, or all that needs no storage and leaves the page with it. */
export type Consent = 'required' | 'granted' | 'memory';
export type Sensitivity = 'calm' | 'balanced' | 'eager';
export type Shop = 'shopify' | 'woocommerce' | 'datalayer' | 'none' | 'auto';
export type Layout = 'corner' | 'bar' | 'inline' | 'modal';

/** Why a shopper may be about to leave; `unsure` where nothing speaks for one doubt. */
export type Reason =
  | 'shipping_cost'
  | 'total_cost'
  | 'delivery_time'
  | 'returns'
  | 'fit'
  | 'affordability'
  | 'comparison'
  | 'payment_trust'
  | 'account_required'
  | 'checkout_friction'
  | 'technical'
  | 'indecision'
  | 'distraction'
  | 'unsure';

/** Why the policy shows no card; the first that holds, in this order of checks. */
export type Hold = 'consent' | 'arming' | 'risk' | 'busy' | 'shown' | 'cooldown' | 'purchased' | 'nothing_to_say' | 'holdout';

/** What a card says. */
export type Message =
  | 'free_shipping_left'
  | 'free_shipping_reached'
  | 'shipping_price'
  | 'delivery_days'
  | 'returns_days'
  | 'instalments'
  | 'price_promise'
  | 'guest_checkout'
  | 'help'
  | 'payment_methods'
  | 'stock_left'
  | 'sold_recently'
  | 'loyalty_points'
  | 'alternatives'
  | 'chat'
  | 'save_cart'
  | 'discount'
  | 'welcome_back';

/** What kind of answer a message is, from the mildest. */
export type Offer = 'reassurance' | 'service' | 'discount';

/** Parts of a page where doubts live; `data-falter` marks them. */
export type Section =
  | 'price'
  | 'shipping'
  | 'delivery'
  | 'returns'
  | 'payment'
  | 'size'
  | 'reviews'
  | 'coupon'
  | 'total'
  | 'account';

export type PageKind =
  | 'home'
  | 'category'
  | 'product'
  | 'cart'
  | 'checkout'
  | 'payment'
  | 'policy'
  | 'search'
  | 'account'
  | 'thanks';

/** What is true of the shop. A message is shown only where the fact it speaks of was given. */
export interface Facts {
  /** ISO 4217; every amount needs it */
  currency?: string;
  /** cart total from which shipping is free, 0 to 1,000,000; 0: always */
  freeShippingFrom?: number;
  /** price of shipping below that */
  shippingPrice?: number;
  /** days until delivery, at most: 1 to 180 */
  deliveryDays?: number;
  /** days within which goods can be returned, 1 to 730 */
  returnsDays?: number;
  /** how the cart can be paid in parts: `"3 Klarna"`, or up to four, `"3 Klarna, 12 PayPal"`; the first is broken down */
  instalments?: string | string[];
  /** days for which a lower price elsewhere is refunded, 1 to 366; true: without an end */
  pricePromise?: number | boolean;
  /** whether one can order without an account */
  guestCheckout?: boolean;
  /** the shopper's usual order value, an amount */
  usualOrder?: number;
  /** address of the cart page */
  cartUrl?: string;
  /** address where a person answers */
  helpUrl?: string;
  /** `"Visa, PayPal"`, up to eight */
  paymentMethods?: string | string[];
  /** pieces left of what is shown and when they were counted, within an hour: `"4 2026-11-21T10:00Z"` */
  stock?: string;
  /** pieces sold in the last so many hours: `"12 24"` */
  sold?: string;
  /** the shopper's own, 1 to 10,000,000 */
  loyaltyPoints?: number;
  /** the shopper's orders so far, 0 to 9,999 */
  orderCount?: number;
  /** days since the last of them, 0 to 3,650 */
  lastOrderDays?: number;
  /** the cart's margin as a share of its total, 0..1 */
  margin?: number;
  /** of shoppers, a word of the shop's own: `[a-z0-9_-]{1,40}` */
  segment?: string;
}

/** Facts as they are in force. */
export type FactsInForce = Omit<Facts, 'instalments' | 'pricePromise' | 'paymentMethods' | 'stock' | 'sold'> & {
  instalments?: { count: number; provider?: string }[];
  /** days; 0: without an end */
  pricePromise?: number;
  paymentMethods?: string[];
  /** at: wall ms */
  stock?: { count: number; at: number };
  sold?: { count: number; hours: number };
};

/** What a card may offer; nothing is unless it is given. */
export interface Offers {
  /** percent: 1 to 50 of the cart; marginFloor: the margin that has to be left, 0..1 */
  discount?: { percent: number; code: string; marginFloor: number };
  /** what else the shop would show, at most three */
  alternatives?: { title: string; url: string; price?: number }[];
  /** opens the shop's chat */
  chat?: () => void;
  /** keeps the cart for later, as the shop does */
  saveCart?: () => void;
}

/** A rule of the shop's own that speaks where the model would not. */
export interface Play {
  /** `[a-z][a-z0-9_]{0,39}` */
  name: string;
  /** such as `checkout_dwell_s > 45 and segment = "vip"` */
  when: string;
  /** left out: the model's own */
  reason?: Reason;
  /** left out: the first that answers the reason */
  message?: Message;
  /** in the published list alone */
  default?: boolean;
}

/** Sinks; webhook: the address that events are posted to, of the shop's own. */
export interface Sinks {
  datalayer?: boolean;
  segment?: boolean;
  klaviyo?: boolean;
  braze?: boolean;
  webhook?: { url: string };
}

/** Listeners by event: `{ show: (event) => … }`. */
export type Listeners = { [Name in EventName]?: (event: EventOf<Name>) => void };

/** What a shop says to falter. What cannot be read is left out, and told by one `falter:error` each. */
export interface Options {
  /** default `required`: nothing runs until it is given */
  consent?: Consent;
  /** the platform that says what the shopper allows, in place of calls of `consent()` */
  consentFrom?: 'shopify' | 'google' | 'tcf';
  /** a preset, or 0..1 where 1 shows the most cards; default `balanced` */
  sensitivity?: Sensitivity | number;
  /** 0..1: the share of visits without a leave that may see a card; goes before `sensitivity` */
  shareOfVisits?: number;
  /** 0..1: the share of shoppers who see no card, so that the effect can be measured; default 0.1 */
  holdout?: number;
  /** BCP 47; default: the page's own */
  lang?: string;
  /** what tells falter of cart and orders; default `auto` */
  shop?: Shop;
  /** default `corner` */
  layout?: Layout;
  /** whether the card ends with "what's missing?" */
  ask?: boolean;
  /** faults are written to the console too */
  debug?: boolean;
  /** events are sent on `document` too */
  publicEvents?: boolean;
  /** folder, ending in '/', of falter's files where they are not part of the bundle */
  base?: string;
  facts?: Facts;
  /** own words: language → message → its texts */
  messages?: Record<string, Record<string, unknown>>;
  /** section → CSS selector, for pages that do not mark them */
  sections?: { [Name in Section]?: string };
  offers?: Offers;
  /** where what happened is sent to, with consent; all are off by default */
  sinks?: Sinks;
  on?: Listeners;
  /** the shop's own, in place of those that come with falter; `[]` turns all off */
  plays?: Play[];
  /** attributes of the script tag by their names: `'data-returns-days': '30'` */
  [attribute: `data-${string}`]: string | undefined;
}

/** Options as they are in force, defaults included. */
export type OptionsInForce = Required<Omit<Options, 'facts' | 'shareOfVisits' | 'consentFrom' | 'plays' | `data-${string}`>> & {
  facts: FactsInForce;
  shareOfVisits: number | undefined;
  consentFrom?: 'shopify' | 'google' | 'tcf';
  plays?: Play[];
};

/**
 * What a shop tells falter. `item` is any id; it is hashed and never leaves the page as it was.
 */
export type PlainSignal =
  /** value: the cart's total after it */
  | { s: 'cart'; op: 'add' | 'remove' | 'quantity' | 'coupon' | 'coupon_failed'; item?: string | number; qty?: number; value?: number }
  /** value: of the order */
  | { s: 'purchase'; value?: number }
  /** another page without another document */
  | { s: 'page'; page: PageKind; item?: string | number; from?: PageKind }
  | { s: 'problem'; what: 'page_error' | 'payment_failed' | 'out_of_stock' | 'slow' }
  | { s: 'field'; what: 'focus' | 'leave' | 'error'; type?: 'email' | 'address' | 'card' | 'account' | 'other' }
  | { s: 'see' | 'unsee' | 'hover' | 'unhover'; section: Section }
  | { s: 'copy'; what?: 'product' | 'price' | 'coupon' | 'other' }
  | { s: 'zoom' | 'select' }
  /** typing, dialog: whether now is no time to speak */
  | { s: 'state'; typing?: boolean; dialog?: boolean }
  /** what the shopper says is missing */
  | { s: 'answer'; reason: Reason };

/** One thing that speaks for a reason. */
export interface Evidence {
  name: string;
  value: number;
  /** such as `s`; '' where there is none */
  unit: string;
  weight: number;
}

export interface RiskDetail {
  /** ms since the visit began */
  t: number;
  /** that the shopper leaves within 4 s, 0..1 */
  risk: number;
}

export interface Decision extends RiskDetail {
  reason: Reason;
  /** 0..1 */
  confidence: number;
  /** at most three, what weighs most first */
  evidence: Evidence[];
  /** null: no card, see `hold` */
  show: { reason: Reason; message: Message; offer: Offer; cart: number | null } | null;
  hold: Hold | null;
  /** the play that spoke, if one did */
  play: string | null;
}

export interface ShowDetail {
  reason: Reason;
  message: Message;
  offer: Offer;
  /** of the message's texts; '' where it has none */
  variant: string;
  play: string | null;
  tone: 'gentle' | 'plain' | 'brief';
}

export interface EndDetail {
  reason: Reason;
  message: Message;
  how: 'button' | 'link' | 'no' | 'close' | 'escape';
}

export interface ExposureDetail {
  side: 'shown' | 'holdout';
  /** a card was drawn */
  rendered: boolean;
  /** a listener of `show` cancelled it */
  vetoed: boolean;
  /** of the decision, ms since the visit began */
  t: number;
  reason: Reason;
  /** the play that spoke, if one did */
  play: string | null;
  /** its total, where it is known */
  cart?: number;
}

export interface LeaveDetail extends RiskDetail {
  reason: Reason;
  /** its total; null where it is not known */
  cart: number | null;
}

export type ErrorCode =
  | 'wasm_blocked'
  | 'wasm_failed'
  | 'model_failed'
  | 'bad_option'
  | 'bad_fact'
  | 'bad_play'
  | 'bad_signal'
  | 'storage'
  | 'sink'
  | 'internal';

export interface ErrorDetail {
  code: ErrorCode;
  /** the option by its path, or the part of falter */
  where: string;
  message: string;
}

/** falter's events by their names; on the handle, and on `document` with `publicEvents` (`falter:error` always). */
export interface FalterEventMap {
  /** after every tick, four times a second */
  'falter:risk': CustomEvent<RiskDetail>;
  /** after every tick */
  'falter:decision': CustomEvent<Decision>;
  /** before a card is drawn; `preventDefault()` keeps it away */
  'falter:show': CustomEvent<ShowDetail>;
  /** the shopper followed the card */
  'falter:act': CustomEvent<EndDetail>;
  /** the shopper waved it away */
  'falter:dismiss': CustomEvent<EndDetail>;
  /** the shopper said what is missing */
  'falter:answer': CustomEvent<{ reason: Reason }>;
  /** a card would have been due, on either side of the holdout */
  'falter:exposure': CustomEvent<ExposureDetail>;
  /** an order was placed; value: as the shop told it */
  'falter:purchase': CustomEvent<{ value?: number }>;
  /** the shopper left */
  'falter:leave': CustomEvent<LeaveDetail>;
  'falter:error': CustomEvent<ErrorDetail>;
}

type ShortName = keyof FalterEventMap extends `falter:${infer Name}` ? Name : never;
/** `show` or `falter:show`. */
export type EventName = ShortName | keyof FalterEventMap;
/** The event of that name. */
export type EventOf<Name extends EventName> = Name extends keyof FalterEventMap
  ? FalterEventMap[Name]
  : Name extends ShortName
    ? FalterEventMap[`falter:${Name}`]
    : never;

export interface Snapshot extends RiskDetail {
  running: boolean;
  consent: Consent;
  /** the risk from which a card may be shown; while it runs */
  threshold?: number;
  /** the last; null before the first tick; while it runs */
  decision?: Decision | null;
}

/** The handle: starts and stops falter, tells it of the shop, hears what it says. */
export interface Falter extends EventTarget {
  /** Lays options over those given before, and starts; anew if it was running. */
  init(more?: Options): Promise<void>;
  /** Idempotent; never rejects, tells `falter:error` instead. Without consent, and where there is no page, it does nothing. */
  start(): Promise<void>;
  /** Idempotent: removes every listener, takes a card away, and frees the engine. */
  stop(): void;
  /** Tells what the page cannot: cart, purchase, problem, answer … Before the start it is kept until then. */
  signal(signal: PlainSignal): void;
  /** Says what the shopper allowed, or asks what is known. */
  consent(consent?: Consent): Consent;
  /** Options as they are in force. */
  options(): OptionsInForce;
  snapshot(): Snapshot;
  /** Begins a recording if there is none, and returns it so far (NDJSON); '' until it has begun. */
  record(): string;
  /** Removes all that is stored of the shopper. */
  forget(): void;
  on<Name extends EventName>(type: Name, listener: (event: EventOf<Name>) => void): void;
  off<Name extends EventName>(type: Name, listener: (event: EventOf<Name>) => void): void;
  addEventListener<Name extends keyof FalterEventMap>(
    type: Name,
    listener: (this: Falter, event: FalterEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof FalterEventMap>(
    type: Name,
    listener: (this: Falter, event: FalterEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
  readonly version: string;
}

declare global {
  interface DocumentEventMap extends FalterEventMap {}
}
