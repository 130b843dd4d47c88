//! What a card can say, and whether it would be true.

use super::History;
use crate::reason::Reason;
use crate::recording::json::rounded;
use crate::signal::{Facts, named};

/// Pieces left that are few; more are not worth a word, and no hurry is made of them.
const FEW: f32 = 10.0;
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

/// What a card would say. The words, and the amounts in them, are made of the facts and the cart in the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Show {
    /// The doubt it answers.
    pub reason: Reason,
    /// What it says.
    pub message: Message,
    /// What kind of offer that is.
    pub offer: Offer,
    /// The cart's total that it is true of, in the shop's currency; NaN where not known.
    pub cart: f64,
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

/// The same as lists, to be read; the table of them is less code than a match.
#[must_use]
pub const fn answers(reason: Reason) -> &'static [Message] {
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

/// What has to be so for a message to be true.
#[derive(Debug, Clone, Copy)]
struct Claim {
    /// Place of the fact that it speaks of; past them all: the cart that was left.
    fact: u8,
    offer: Offer,
    /// It is about a cart with something in it.
    needs_cart: bool,
    /// The bounds are for what the fact is over the cart.
    is_beside_cart: bool,
    /// The fact lies within these.
    least: f32,
    most: f32,
}

impl Claim {
    const fn is_within(&self, value: f64) -> bool {
        value >= self.least as f64 && value <= self.most as f64
    }
}

/// The least number over 0.
const MORE: f32 = f32::MIN_POSITIVE;
/// Any number.
const ANY: f32 = f32::MAX;

const fn claim(message: Message) -> Claim {
    let (fact, offer, (least, most)) = match message {
        Message::FreeShippingLeft => ("free_shipping_from", Offer::Service, (MORE, ANY)),
        Message::FreeShippingReached => ("free_shipping_from", Offer::Reassurance, (-ANY, 0.0)),
        Message::ShippingPrice => ("shipping_price", Offer::Reassurance, (0.0, ANY)),
        Message::DeliveryDays => ("delivery_days", Offer::Reassurance, (MORE, ANY)),
        Message::ReturnsDays => ("returns_days", Offer::Reassurance, (MORE, ANY)),
        Message::Instalments => ("instalments", Offer::Service, (2.0, ANY)),
        Message::PricePromise => ("price_promise", Offer::Reassurance, (0.0, ANY)),
        Message::GuestCheckout => ("guest_checkout", Offer::Reassurance, (MORE, ANY)),
        // any promise will do
        Message::Help => ("free_shipping_from", Offer::Reassurance, (0.0, ANY)),
        Message::PaymentMethods => ("payment_methods", Offer::Reassurance, (MORE, ANY)),
        Message::StockLeft => ("stock", Offer::Reassurance, (1.0, FEW)),
        Message::SoldRecently => ("sold", Offer::Reassurance, (2.0, ANY)),
        Message::LoyaltyPoints => ("loyalty_points", Offer::Service, (MORE, ANY)),
        Message::Alternatives => ("alternatives", Offer::Service, (MORE, ANY)),
        Message::Chat => ("chat", Offer::Service, (MORE, ANY)),
        Message::SaveCart => ("save_cart", Offer::Service, (MORE, ANY)),
        Message::Discount => ("discount", Offer::Discount, (MORE, ANY)),
        Message::WelcomeBack => ("", Offer::Reassurance, (MORE, ANY)),
    };
    let is_beside_cart = matches!(message, Message::FreeShippingLeft | Message::FreeShippingReached);
    let needs_cart =
        is_beside_cart || matches!(message, Message::Instalments | Message::Discount | Message::WelcomeBack);
    Claim { fact: Facts::place(fact), offer, needs_cart, is_beside_cart, least, most }
}

/// What a shop has to give for a message, in the words of its own options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// What kind of offer it is.
    pub offer: Offer,
    /// The fact it speaks of, as [`Facts::NAMES`] has it; `None`: the cart that an earlier visit left.
    pub fact: Option<&'static str>,
    /// Facts that do as well.
    pub others: &'static [&'static str],
    /// It is about a cart with something in it.
    pub cart: bool,
}

impl Message {
    /// What a shop has to give for it.
    #[must_use]
    pub fn needs(self) -> Needs {
        let Claim { fact, offer, needs_cart: cart, .. } = claim(self);
        let fact = Facts::NAMES.get(usize::from(fact)).copied();
        let others: &[&str] = if self == Message::Help {
            &["delivery_days", "returns_days", "instalments", "price_promise"]
        } else {
            &[]
        };
        Needs { offer, fact, others, cart }
    }
}

/// The same as a table, which is less code than a match.
static CLAIMS: [Claim; Message::ALL.len()] = {
    let (mut all, mut place) = ([claim(Message::Help); Message::ALL.len()], 0);
    while place < all.len() {
        all[place] = claim(Message::ALL[place]);
        place += 1;
    }
    all
};

/// The promises of which one is enough to help in general, free shipping beside them: neighbours in the list of messages.
const PROMISES: core::ops::RangeInclusive<usize> = Message::DeliveryDays as usize..=Message::PricePromise as usize;

// not inlined into the loop over candidates, before which every fact would be looked up
#[inline(never)]
fn say(reason: Reason, message: Message, ground: &Ground) -> Option<Show> {
    let &Ground { facts, history, cart } = ground;
    let fact_of = |claim: &Claim| *facts.values().get(usize::from(claim.fact)).unwrap_or(&history.left_cart);
    let claim = &CLAIMS[message as usize];
    let mut value = fact_of(claim);
    if claim.is_beside_cart {
        value -= cart;
    }
    let mut is_true = claim.is_within(value) && (!claim.needs_cart || cart > 0.0);
    if message == Message::Help {
        for promise in &CLAIMS[PROMISES] {
            is_true |= promise.is_within(fact_of(promise));
        }
    }
    if message == Message::Discount {
        is_true &= may_discount(facts, history);
    }
    is_true.then_some(Show { reason, message, offer: claim.offer, cart })
}

/// Whether the shop allows a discount, its margin bears it, and the shopper is not one who leaves carts to be paid for it.
fn may_discount(facts: &Facts, history: &History) -> bool {
    // in ten-thousandths: 0.3 less 0.1 is a little under 0.2 in binary
    rounded(facts.margin - facts.discount) >= facts.margin_floor && history.left_and_returned < LEAVERS
}
