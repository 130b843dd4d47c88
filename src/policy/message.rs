//! What a card can say, and whether it would be true.

use bytemuck::{Pod, Zeroable};

use super::History;
use crate::reason::Reason;
use crate::recording::json::rounded;
use crate::signal::{Facts, named};

/// Pieces left that are few; more are not worth a word, and no hurry is made of them.
const FEW: f64 = 10.0;
/// From so many carts left and come back to without an order, they may be left for what it brings.
const LEAVERS: u32 = 2;

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
        /// How it can be paid.
        PaymentMethods = "payment_methods",
        /// How few are left of what is shown.
        StockLeft = "stock_left",
        /// How many of it were sold lately.
        SoldRecently = "sold_recently",
        /// The shopper's loyalty points.
        LoyaltyPoints = "loyalty_points",
        /// What else there is.
        Alternatives = "alternatives",
        /// Somebody to talk to.
        Chat = "chat",
        /// The cart can be kept for later.
        SaveCart = "save_cart",
        /// A lower price, once.
        Discount = "discount",
        /// The cart of the last visit is still here.
        WelcomeBack = "welcome_back",
    }
}

named! {
    /// What kind of offer a message is, mildest first.
    Offer { Reassurance = "reassurance", Service = "service", Discount = "discount" }
}

/// How many numbers there are to speak of.
const VALUES: usize = 8;

/// Numbers a message speaks of. NaN: not part of this message. Money in the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
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
    /// How many: instalments, pieces, points.
    pub count: f64,
    /// One instalment, rounded up to a hundredth: what is asked for is never more than what was said.
    pub each: f64,
    /// Percent of the cart.
    pub percent: f64,
}

impl Values {
    fn none() -> Values {
        bytemuck::cast([f64::NAN; VALUES])
    }

    /// Their names, in the order of [`Values::numbers`].
    pub const NAMES: [&'static str; VALUES] = ["cart", "from", "left", "price", "days", "count", "each", "percent"];

    /// All of them, in the order of [`Values::NAMES`].
    #[must_use]
    pub fn numbers(&self) -> [f64; VALUES] {
        bytemuck::cast(*self)
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

/// What anything said has to be true of.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What the shop said of itself.
    pub facts: &'a Facts,
    /// Earlier visits.
    pub history: &'a History,
    /// The cart's total; NaN where not known.
    pub cart: f64,
}

/// The mildest true thing the shop can say to this doubt, `first` before all; `None` where it gave no fact for any.
#[must_use]
pub fn speak(reason: Reason, first: Option<Message>, ground: &Ground) -> Option<Show> {
    let answers = &ANSWERS[reason as usize];
    let mut said = first.and_then(|message| say(reason, message, ground));
    for &message in answers {
        if said.is_none()
            && let Some(message) = message
        {
            said = say(reason, message, ground);
        }
    }
    said
}

/// Answers that a reason has at most.
const MOST_ANSWERS: usize = 6;

/// What may be said to each reason, mildest first, the discount last.
static ANSWERS: [[Option<Message>; MOST_ANSWERS]; Reason::ALL.len()] = {
    let (mut all, mut place) = ([[None; MOST_ANSWERS]; Reason::ALL.len()], 0);
    while place < all.len() {
        let answers = answers(Reason::ALL[place]);
        let mut next = 0;
        while next < answers.len() {
            all[place][next] = Some(answers[next]);
            next += 1;
        }
        place += 1;
    }
    all
};

/// The same as lists; the table of them is less code than a match.
const fn answers(reason: Reason) -> &'static [Message] {
    use Message::{
        Alternatives, Chat, DeliveryDays, Discount, FreeShippingLeft, FreeShippingReached, GuestCheckout, Help,
        Instalments, LoyaltyPoints, PaymentMethods, PricePromise, ReturnsDays, SaveCart, ShippingPrice, SoldRecently,
        StockLeft, WelcomeBack,
    };
    match reason {
        Reason::ShippingCost => &[FreeShippingReached, FreeShippingLeft, ShippingPrice, Help, Discount],
        Reason::TotalCost => &[FreeShippingReached, FreeShippingLeft, Instalments, LoyaltyPoints, Help, Discount],
        Reason::DeliveryTime => &[DeliveryDays],
        Reason::Returns => &[ReturnsDays],
        Reason::Fit => &[ReturnsDays, Alternatives, Chat],
        Reason::Affordability => &[Instalments, LoyaltyPoints, Discount],
        Reason::Comparison => &[PricePromise, ReturnsDays, Alternatives, Discount],
        Reason::PaymentTrust => &[PaymentMethods, Help, Chat],
        Reason::AccountRequired => &[GuestCheckout],
        Reason::CheckoutFriction => &[Chat, Help],
        // nothing said on a card mends a page that does not work, but somebody may help
        Reason::Technical => &[Chat],
        Reason::Indecision => &[SoldRecently, StockLeft, Alternatives, Help, SaveCart],
        Reason::Distraction => &[WelcomeBack, SaveCart],
        Reason::Unsure => &[Help, Chat],
    }
}

// not inlined into the loop over candidates, before which every fact would be looked up
#[inline(never)]
fn say(reason: Reason, message: Message, ground: &Ground) -> Option<Show> {
    let &Ground { facts, history, cart } = ground;
    let has_cart = cart > 0.0;
    let fact = facts.values().get(usize::from(FACTS[message as usize])).copied().unwrap_or(f64::NAN);
    let (is_true, offer) = match message {
        Message::FreeShippingReached => (has_cart && cart >= fact, Offer::Reassurance),
        Message::FreeShippingLeft => (has_cart && cart < fact, Offer::Service),
        Message::ShippingPrice | Message::PricePromise => (fact >= 0.0, Offer::Reassurance),
        Message::DeliveryDays | Message::ReturnsDays | Message::GuestCheckout | Message::PaymentMethods => {
            (fact > 0.0, Offer::Reassurance)
        }
        Message::Instalments => (has_cart && fact >= 2.0, Offer::Service),
        Message::Help => (has_promise(facts), Offer::Reassurance),
        Message::StockLeft => ((1.0..=FEW).contains(&fact), Offer::Reassurance),
        Message::SoldRecently => (fact >= 2.0, Offer::Reassurance),
        Message::LoyaltyPoints | Message::Alternatives | Message::Chat | Message::SaveCart => {
            (fact > 0.0, Offer::Service)
        }
        Message::Discount => (has_cart && may_discount(facts, history), Offer::Discount),
        Message::WelcomeBack => (has_cart && history.left_cart > 0.0, Offer::Reassurance),
    };
    if !is_true {
        return None;
    }
    let mut values = Values::none();
    match message {
        Message::FreeShippingReached => values.from = fact,
        Message::FreeShippingLeft => {
            (values.cart, values.from) = (cart, fact);
            values.left = rounded(fact - cart);
        }
        Message::ShippingPrice => (values.price, values.from) = (fact, facts.free_shipping_from),
        Message::DeliveryDays | Message::ReturnsDays | Message::PricePromise => values.days = fact,
        Message::Instalments => {
            (values.cart, values.count) = (cart, fact);
            values.each = cents_up(cart / fact);
        }
        Message::StockLeft | Message::SoldRecently | Message::LoyaltyPoints => values.count = fact,
        Message::Discount => (values.cart, values.percent) = (cart, rounded(fact * 100.0)),
        Message::WelcomeBack => values.cart = cart,
        Message::GuestCheckout | Message::Help | Message::PaymentMethods => {}
        Message::Alternatives | Message::Chat | Message::SaveCart => {}
    }
    Some(Show { reason, message, offer, values })
}

/// The place of the fact that each message speaks of; of none, where there is no such place.
static FACTS: [u8; Message::ALL.len()] = {
    let (mut all, mut place) = ([0; Message::ALL.len()], 0);
    while place < all.len() {
        all[place] = Facts::place(fact_of(Message::ALL[place]));
        place += 1;
    }
    all
};

const fn fact_of(message: Message) -> &'static str {
    match message {
        Message::FreeShippingLeft | Message::FreeShippingReached => "free_shipping_from",
        Message::ShippingPrice => "shipping_price",
        Message::DeliveryDays => "delivery_days",
        Message::ReturnsDays => "returns_days",
        Message::Instalments => "instalments",
        Message::PricePromise => "price_promise",
        Message::GuestCheckout => "guest_checkout",
        Message::PaymentMethods => "payment_methods",
        Message::StockLeft => "stock",
        Message::SoldRecently => "sold",
        Message::LoyaltyPoints => "loyalty_points",
        Message::Alternatives => "alternatives",
        Message::Chat => "chat",
        Message::SaveCart => "save_cart",
        Message::Discount => "discount",
        Message::Help | Message::WelcomeBack => "",
    }
}

/// Whether the shop allows a discount, its margin bears it, and the shopper is not one who leaves carts to be paid for it.
fn may_discount(facts: &Facts, history: &History) -> bool {
    facts.discount > 0.0
        // in ten-thousandths: 0.3 less 0.1 is a little under 0.2 in binary
        && rounded(facts.margin - facts.discount) >= facts.margin_floor
        && history.left_and_returned < LEAVERS
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
