//! What a card can say, and whether it would be true.

use bytemuck::{Pod, Zeroable};

use super::History;
use crate::reason::Reason;
use crate::recording::json::rounded;
use crate::signal::{Facts, named};

/// What help in general can be made of: any one of these.
const PROMISES: [Message; 5] = [
    Message::FreeShippingReached,
    Message::DeliveryDays,
    Message::ReturnsDays,
    Message::Instalments,
    Message::PricePromise,
];
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
    fn none() -> [f64; VALUES] {
        [f64::NAN; VALUES]
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

/// Places of the values.
const CART: u8 = 0;
const FROM: u8 = 1;
const LEFT: u8 = 2;
const PRICE: u8 = 3;
const DAYS: u8 = 4;
const COUNT: u8 = 5;
const EACH: u8 = 6;
const PERCENT: u8 = 7;

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
    let mut said = first.and_then(|message| say(message, ground));
    for &message in &ANSWERS[reason as usize] {
        if said.is_none() {
            said = message.and_then(|message| say(message, ground));
        }
    }
    said.map(|(message, offer, values)| Show { reason, message, offer, values })
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
        Alternatives, Chat, DeliveryDays, Discount, FreeShippingLeft, FreeShippingReached, GuestCheckout, Help, Instalments,
        LoyaltyPoints, PaymentMethods, PricePromise, ReturnsDays, SaveCart, ShippingPrice, SoldRecently, StockLeft,
        WelcomeBack,
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

/// What a message is made of.
struct Rule {
    /// Place of the fact it speaks of; [`NONE`]: of none.
    fact: u8,
    /// The fact is at least this.
    least: u8,
    /// Place of the number that the fact is in it; [`NONE`]: it is not said.
    value: u8,
    /// It takes goods in the cart to be true.
    needs_cart: bool,
    offer: Offer,
}

/// No place.
const NONE: u8 = u8::MAX;

/// What each message is made of: a table is less code than as many conditions.
static RULES: [Rule; Message::ALL.len()] = {
    let (mut all, mut place) = ([const { rule(Message::Help) }; Message::ALL.len()], 0);
    while place < all.len() {
        all[place] = rule(Message::ALL[place]);
        place += 1;
    }
    all
};

const fn rule(message: Message) -> Rule {
    use Offer::{Discount, Reassurance, Service};
    const fn of(fact: &str, least: u8, value: u8, offer: Offer) -> Rule {
        Rule { fact: Facts::place(fact), least, value, needs_cart: false, offer }
    }
    const fn of_cart(fact: &str, least: u8, value: u8, offer: Offer) -> Rule {
        Rule { needs_cart: true, ..of(fact, least, value, offer) }
    }
    match message {
        Message::FreeShippingLeft => of_cart("free_shipping_from", 0, FROM, Service),
        Message::FreeShippingReached => of_cart("free_shipping_from", 0, FROM, Reassurance),
        Message::ShippingPrice => of("shipping_price", 0, PRICE, Reassurance),
        Message::DeliveryDays => of("delivery_days", 1, DAYS, Reassurance),
        Message::ReturnsDays => of("returns_days", 1, DAYS, Reassurance),
        Message::Instalments => of_cart("instalments", 2, COUNT, Service),
        Message::PricePromise => of("price_promise", 0, DAYS, Reassurance),
        Message::GuestCheckout => of("guest_checkout", 1, NONE, Reassurance),
        Message::Help => of("", 0, NONE, Reassurance),
        Message::PaymentMethods => of("payment_methods", 1, NONE, Reassurance),
        Message::StockLeft => of("stock", 1, COUNT, Reassurance),
        Message::SoldRecently => of("sold", 2, COUNT, Reassurance),
        Message::LoyaltyPoints => of("loyalty_points", 1, COUNT, Service),
        Message::Alternatives => of("alternatives", 1, NONE, Service),
        Message::Chat => of("chat", 1, NONE, Service),
        Message::SaveCart => of("save_cart", 1, NONE, Service),
        Message::Discount => of_cart("discount", 0, NONE, Discount),
        Message::WelcomeBack => of_cart("", 0, NONE, Reassurance),
    }
}

// not inlined into the loop over candidates, before which every fact would be looked up
#[inline(never)]
fn say(message: Message, ground: &Ground) -> Option<(Message, Offer, Values)> {
    let &Ground { facts, history, cart } = ground;
    let rule = &RULES[message as usize];
    let fact = given(message, facts);
    let is_true = match message {
        Message::FreeShippingReached => cart >= fact,
        Message::FreeShippingLeft => cart < fact,
        Message::StockLeft => fact <= FEW,
        Message::Help => PROMISES.iter().any(|&promise| !given(promise, facts).is_nan()),
        Message::Discount => may_discount(facts, history),
        Message::WelcomeBack => history.left_cart > 0.0,
        _ => !fact.is_nan(),
    };
    let has_cart = cart > 0.0;
    if !is_true || rule.needs_cart && !has_cart {
        return None;
    }
    let mut numbers = Values::none();
    if let Some(number) = numbers.get_mut(usize::from(rule.value)) {
        *number = fact;
    }
    if rule.needs_cart && message != Message::FreeShippingReached {
        numbers[CART as usize] = cart;
    }
    match message {
        Message::FreeShippingLeft => numbers[LEFT as usize] = rounded(fact - cart),
        Message::ShippingPrice => numbers[FROM as usize] = facts.free_shipping_from,
        Message::Instalments => numbers[EACH as usize] = cents_up(cart / fact),
        Message::Discount => numbers[PERCENT as usize] = rounded(fact * 100.0),
        _ => {}
    }
    Some((message, rule.offer, bytemuck::cast(numbers)))
}

/// The fact that a message speaks of, where it is enough to speak of; else NaN.
fn given(message: Message, facts: &Facts) -> f64 {
    let rule = &RULES[message as usize];
    match facts.values().get(usize::from(rule.fact)) {
        Some(&fact) if fact >= rule.least.into() => fact,
        _ => f64::NAN,
    }
}

/// Whether the shop allows a discount, its margin bears it, and the shopper is not one who leaves carts to be paid for it.
fn may_discount(facts: &Facts, history: &History) -> bool {
    facts.discount > 0.0
        // in ten-thousandths: 0.3 less 0.1 is a little under 0.2 in binary
        && rounded(facts.margin - facts.discount) >= facts.margin_floor
        && history.left_and_returned < LEAVERS
}

/// An amount rounded up to a hundredth.
fn cents_up(amount: f64) -> f64 {
    let cents = (amount * 100.0).clamp(0.0, 9e15);
    let whole = cents as i64;
    // a thousandth of a cent is the division's own error, not a cent more to pay
    let up = if cents - whole as f64 > 0.001 { whole + 1 } else { whole };
    up as f64 / 100.0
}
