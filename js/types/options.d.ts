/** What a shop says of itself. */

import type { Consent, Layout, Message, Reason, Section, Sensitivity, Shop } from './names.js';
import type { EventName, EventOf } from './events.js';

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
  /** view_promotion and select_promotion, in the dataLayer */
  ga4?: boolean;
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
  /** no card before so many seconds of the visit, 0 to 60; default 5 */
  arming?: number;
  /**
   * reason → how sure of it falter has to be for a card that answers it, 0..1; less sure, the card says what is true in general.
   * As text: `"shipping_cost 0.5, returns 0.4"`
   */
  confidence?: string | { [Name in Reason]?: number };
  /** attributes of the script tag by their names: `'data-returns-days': '30'` */
  [attribute: `data-${string}`]: string | undefined;
}

/** Options as they are in force, defaults included. */
export type OptionsInForce = Required<
  Omit<Options, 'facts' | 'shareOfVisits' | 'consentFrom' | 'plays' | 'arming' | 'confidence' | `data-${string}`>
> & {
  facts: FactsInForce;
  arming?: number;
  confidence?: { [Name in Reason]?: number };
  shareOfVisits: number | undefined;
  consentFrom?: 'shopify' | 'google' | 'tcf';
  plays?: Play[];
};
