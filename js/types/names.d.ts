/** The names of the contract: what options may be, and what falter says. */

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
