/** What a shop tells as it happens. */

import type { PageKind, Reason, Section } from './names.js';

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
