//! The policy: whether to speak now, and with which words.
//!
//! [`decide`] is a pure function: everything it weighs is in [`PolicyInput`]. Every hold has a name, and the first that
//! applies, in the order of [`HoldReason`], is the one given.

use crate::reason::Reason;
use crate::signal::{Consent, Facts, named};

/// No card before this much of the visit, ms: a shopper who has just come in is not leaving a cart behind.
pub const ARMING_MS: u32 = 5_000;
/// Nor before this many signals: less is not enough to judge anybody by.
pub const ARMING_SIGNALS: u32 = 10;
/// Once over the threshold, risk counts as over it until it falls under this part of it.
pub const HYSTERESIS: f32 = 0.8;
/// Ticks in a row over the threshold before a card: one is often noise.
pub const TICKS_OVER: u32 = 2;
/// Days without a card after one was shown; doubled by every dismissal.
pub const COOLDOWN_DAYS: f64 = 3.0;
/// At most so many days.
pub const COOLDOWN_MAX_DAYS: f64 = 30.0;
/// Days without a card after an order.
pub const QUIET_DAYS: f64 = 30.0;
const DAY_MS: f64 = 86_400_000.0;

named! {
    /// Why there is no card, in the order they are looked at.
    HoldReason {
        /// The shopper has not agreed.
        Consent = "consent",
        /// The visit is too young.
        Arming = "arming",
        /// A leave is not likely enough.
        Risk = "risk",
        /// The shopper is typing, paying or in another dialog.
        Busy = "busy",
        /// A card was shown this session.
        Shown = "shown",
        /// A card was shown in the last days.
        Cooldown = "cooldown",
        /// The shopper has ordered in the last days.
        Purchased = "purchased",
        /// The shop gave no fact that answers the doubt.
        NothingToSay = "nothing_to_say",
        /// This shopper is in the group that sees no cards, so that the effect can be measured.
        Holdout = "holdout",
    }
}

named! {
    /// What a card says; the words are in the page.
    Message {
        /// How much is left to free shipping.
        FreeShippingLeft = "free_shipping_left",
        /// Shipping is free already.
        FreeShippingReached = "free_shipping_reached",
        /// What shipping costs.
        ShippingPrice = "shipping_price",
        /// When it comes.
        DeliveryDays = "delivery_days",
        /// How long it can be returned.
        ReturnsDays = "returns_days",
        /// What one instalment of the cart is.
        Instalments = "instalments",
        /// A lower price elsewhere is refunded.
        PricePromise = "price_promise",
        /// No account is needed.
        GuestCheckout = "guest_checkout",
        /// Help in general: what the shop promises, at a glance.
        Help = "help",
    }
}

named! {
    /// What kind of offer a message is, mildest first.
    Offer { Reassurance = "reassurance", Service = "service" }
}

/// Numbers a message speaks of. NaN: not part of this message. Money in the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values {
    /// The cart's total.
    pub cart: f64,
    /// Total from which shipping is free.
    pub from: f64,
    /// What the cart lacks to that.
    pub left: f64,
    /// Price of shipping.
    pub price: f64,
    /// Days, of delivery, returns or price promise.
    pub days: f64,
    /// Number of instalments.
    pub count: f64,
    /// One instalment, rounded up to a hundredth: what is asked for is never more than what was said.
    pub each: f64,
}

impl Values {
    // not inlined: every message would write its own seven NaN
    #[inline(never)]
    fn none() -> Values {
        Values {
            cart: f64::NAN,
            from: f64::NAN,
            left: f64::NAN,
            price: f64::NAN,
            days: f64::NAN,
            count: f64::NAN,
            each: f64::NAN,
        }
    }

    /// Their names, in the order of [`Values::numbers`].
    pub const NAMES: [&'static str; 7] = ["cart", "from", "left", "price", "days", "count", "each"];

    /// All of them, in the order of [`Values::NAMES`].
    #[must_use]
    pub fn numbers(&self) -> [f64; 7] {
        let Values { cart, from, left, price, days, count, each } = *self;
        [cart, from, left, price, days, count, each]
    }

    /// Names and values of those that are part of the message.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, f64)> {
        Values::NAMES.into_iter().zip(self.numbers()).filter(|(_, value)| !value.is_nan())
    }
}

/// What a card would say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Show {
    /// The doubt it answers.
    pub reason: Reason,
    /// What it says.
    pub message: Message,
    /// What kind of offer that is.
    pub offer: Offer,
    /// The numbers in it.
    pub values: Values,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// A card.
    Show(Show),
    /// No card, because.
    Hold(HoldReason),
}

/// What the shop remembers of the shopper from earlier visits. Ages are at the session's start, ms; infinite: never.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Since a card was last shown, or held back for the holdout.
    pub shown_ago_ms: f64,
    /// Since the last order.
    pub purchased_ago_ms: f64,
    /// Cards dismissed, in all.
    pub dismissals: u32,
    /// Visits that left a cart behind and came back without an order.
    pub left_and_returned: u32,
    /// The shopper is in the holdout.
    pub held_out: bool,
}

impl History {
    /// A shopper never seen before.
    pub const NONE: History = History {
        shown_ago_ms: f64::INFINITY,
        purchased_ago_ms: f64::INFINITY,
        dismissals: 0,
        left_and_returned: 0,
        held_out: false,
    };
}

/// Everything the policy weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolicyInput {
    /// Milliseconds since the session began.
    pub t: u32,
    /// What the shopper has allowed.
    pub consent: Consent,
    /// Signals so far.
    pub signals: u32,
    /// Until then, ms, no card.
    pub arming_ms: u32,
    /// Risk has been over the threshold for [`TICKS_OVER`] ticks, and not fallen under [`HYSTERESIS`] of it since.
    pub is_over: bool,
    /// The shopper is typing, paying, or in another dialog.
    pub is_busy: bool,
    /// A card was shown, or held out, this session.
    pub was_shown: bool,
    /// An order was placed this session.
    pub has_purchased: bool,
    /// Earlier visits.
    pub history: History,
    /// Why the shopper would leave.
    pub reason: Reason,
    /// What the shop said of itself.
    pub facts: Facts,
    /// The cart's total; NaN where not known.
    pub cart: f64,
}

/// Decides. Pure; the holds in their order, the holdout last, so that both sides of it are counted at the same moment.
#[must_use]
pub fn decide(input: &PolicyInput) -> Verdict {
    let history = &input.history;
    let cooldown = (0..history.dismissals.min(8)).fold(COOLDOWN_DAYS, |days, _| days * 2.0).min(COOLDOWN_MAX_DAYS);
    let t = f64::from(input.t);
    let hold = if input.consent == Consent::Required {
        HoldReason::Consent
    } else if input.t < input.arming_ms || input.signals < ARMING_SIGNALS {
        HoldReason::Arming
    } else if !input.is_over {
        HoldReason::Risk
    } else if input.is_busy {
        HoldReason::Busy
    } else if input.was_shown {
        HoldReason::Shown
    } else if history.shown_ago_ms + t < cooldown * DAY_MS {
        HoldReason::Cooldown
    } else if input.has_purchased || history.purchased_ago_ms + t < QUIET_DAYS * DAY_MS {
        HoldReason::Purchased
    } else {
        return match speak(input.reason, &input.facts, input.cart) {
            None => Verdict::Hold(HoldReason::NothingToSay),
            Some(_) if history.held_out => Verdict::Hold(HoldReason::Holdout),
            Some(show) => Verdict::Show(show),
        };
    };
    Verdict::Hold(hold)
}

/// The mildest true thing the shop can say to this doubt; `None` where it gave no fact for it.
#[must_use]
pub fn speak(reason: Reason, facts: &Facts, cart: f64) -> Option<Show> {
    let candidates: &[Message] = match reason {
        Reason::ShippingCost => {
            &[Message::FreeShippingReached, Message::FreeShippingLeft, Message::ShippingPrice, Message::Help]
        }
        Reason::TotalCost => {
            &[Message::FreeShippingReached, Message::FreeShippingLeft, Message::Instalments, Message::Help]
        }
        Reason::DeliveryTime => &[Message::DeliveryDays],
        Reason::Returns | Reason::Fit => &[Message::ReturnsDays],
        Reason::Affordability => &[Message::Instalments],
        Reason::Comparison => &[Message::PricePromise, Message::ReturnsDays],
        Reason::AccountRequired => &[Message::GuestCheckout],
        // nothing said on a card mends a page that does not work
        Reason::Technical | Reason::Distraction => &[],
        Reason::PaymentTrust | Reason::CheckoutFriction | Reason::Indecision | Reason::Unsure => &[Message::Help],
    };
    candidates.iter().find_map(|&message| say(reason, message, facts, cart))
}

// not inlined into the loop over candidates, before which every fact would be looked up
#[inline(never)]
fn say(reason: Reason, message: Message, facts: &Facts, cart: f64) -> Option<Show> {
    let mut values = Values::none();
    let mut offer = Offer::Reassurance;
    match message {
        Message::FreeShippingReached if cart > 0.0 && cart >= facts.free_shipping_from => {
            values.from = facts.free_shipping_from;
        }
        Message::FreeShippingLeft if cart > 0.0 && cart < facts.free_shipping_from => {
            (values.cart, values.from) = (cart, facts.free_shipping_from);
            values.left = crate::recording::json::rounded(facts.free_shipping_from - cart);
            offer = Offer::Service;
        }
        Message::ShippingPrice if facts.shipping_price >= 0.0 => {
            (values.price, values.from) = (facts.shipping_price, facts.free_shipping_from);
        }
        Message::DeliveryDays if facts.delivery_days > 0.0 => values.days = facts.delivery_days,
        Message::ReturnsDays if facts.returns_days > 0.0 => values.days = facts.returns_days,
        Message::Instalments if facts.instalments >= 2.0 && cart > 0.0 => {
            (values.cart, values.count) = (cart, facts.instalments);
            values.each = cents_up(cart / facts.instalments);
            offer = Offer::Service;
        }
        Message::PricePromise if facts.price_promise >= 0.0 => values.days = facts.price_promise,
        Message::GuestCheckout if facts.guest_checkout > 0.0 => {}
        Message::Help if has_promise(facts) => {}
        _ => return None,
    }
    Some(Show { reason, message, offer, values })
}

/// Whether the shop gave anything that help in general can be made of.
fn has_promise(facts: &Facts) -> bool {
    facts.free_shipping_from >= 0.0
        || facts.delivery_days > 0.0
        || facts.returns_days > 0.0
        || facts.instalments >= 2.0
        || facts.price_promise >= 0.0
}

/// An amount rounded up to a hundredth.
fn cents_up(amount: f64) -> f64 {
    let cents = (amount * 100.0).clamp(0.0, 9e15);
    let whole = cents as i64;
    // a thousandth of a cent is the division's own error, not a cent more to pay
    let up = if cents - whole as f64 > 0.001 { whole + 1 } else { whole };
    up as f64 / 100.0
}
