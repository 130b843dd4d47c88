//! Facts as they come over the boundary, and what is said of them.

use falter::features::{FEATURES, UNKNOWN, extract};
use falter::observer::Observer;
use falter::policy::{Ground, History, Message, Offer, speak};
use falter::reason::Reason;
use falter::recording::{Kind, Line, PLACES, read_line, write_signal};
use falter::signal::{CartOp, Device, Facts, Signal, SignalKind};
use falter::window::SessionStart;

use super::bytes::Bytes;

/// Facts signals one after the other, as the engine takes them: numbers in shared memory, any of them.
pub(crate) fn facts(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let start = SessionStart { device: Device::Mouse, w: 1280.0, h: 720.0, doc_h: 2400.0, visits: 0, orders: 0 };
    let mut observer = Observer::new(&start);
    let mut known = Facts::NONE;
    let mut t = 0;
    // the last of the bytes are as good as any
    for _ in 0..64 {
        t += 100;
        told(&mut observer, &mut known, t, &mut bytes);
        let op = bytes.pick(CartOp::ALL);
        let cart = SignalKind::Cart { op, item: None, qty: 1.0, value: bytes.number() };
        observer.push(&Signal { t, kind: cart });
        let mut row = UNKNOWN;
        extract(observer.window(), t, &mut row);
        for (value, feature) in row.iter().zip(&FEATURES) {
            assert!(value.is_nan() || (feature.min..=feature.max).contains(value), "{} is {value}", feature.name);
        }
        let history = history(&mut bytes);
        let cart = observer.window().cart_value().unwrap_or(f64::NAN);
        for &reason in Reason::ALL {
            let first = bytes.is_so().then(|| bytes.pick(Message::ALL));
            let ground = Ground { facts: observer.window().facts(), history: &history, cart };
            if let Some(show) = speak(reason, first, &ground) {
                assert_eq!((show.reason, show.cart.to_bits()), (reason, cart.to_bits()));
                borne_out(show.message, show.offer, &ground);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
}

/// One facts signal: kept whole or refused whole, and a recording of it holds the same.
fn told(observer: &mut Observer, known: &mut Facts, t: u32, bytes: &mut Bytes) {
    let mut numbers = [f64::NAN; PLACES];
    for _ in 0..bytes.below(PLACES + 1) {
        let place = bytes.below(PLACES);
        numbers[place] = bytes.number();
        if Facts::NAMES[place] == "segment" {
            // an id, whoever makes it
            numbers[place] = f64::from(numbers[place] as u32);
        }
    }
    Kind::Facts.round(&mut numbers);
    let Some(kind) = SignalKind::from_numbers(Kind::Facts, &numbers) else { panic!("{numbers:?} are no facts") };
    let signal = Signal { t, kind };
    let is_kept = observer.push(&signal).is_some();
    assert_eq!(is_kept, !numbers.iter().any(|number| number.is_infinite()), "{numbers:?}");
    if is_kept {
        for (mine, theirs) in known.values_mut().iter_mut().zip(&numbers) {
            *mine = if theirs.is_nan() { *mine } else { *theirs };
        }
        let mut line = String::new();
        write_signal(t, &signal, &mut line);
        let Ok(Line::Signal { signal: again, .. }) = read_line(&line) else { panic!("{line}") };
        let again = again.kind.to_numbers();
        for (place, (wrote, read)) in numbers.iter().zip(&again).enumerate() {
            assert!(wrote == read || wrote.is_nan() && read.is_nan(), "{} of {line}: {wrote}", Facts::NAMES[place]);
        }
    }
    let held = observer.window().facts().values();
    assert_eq!(held.map(f64::to_bits), known.values().map(f64::to_bits));
    assert!(!held.iter().any(|fact| fact.is_infinite()));
}

/// As JavaScript sets it.
pub(super) fn history(bytes: &mut Bytes) -> History {
    let [shown_ago_ms, purchased_ago_ms, play_shown_ago_ms, left_cart] = std::array::from_fn(|_| bytes.number());
    let [dismissals, left_and_returned, visits, orders] = std::array::from_fn(|_| bytes.number() as u32);
    let held_out = bytes.is_so();
    History {
        shown_ago_ms,
        purchased_ago_ms,
        dismissals,
        left_and_returned,
        held_out,
        play_shown_ago_ms,
        visits,
        orders,
        left_cart,
    }
}

/// What a message says is so: no figure in it is missing or out of its bounds.
pub(super) fn borne_out(message: Message, offer: Offer, ground: &Ground) {
    let Ground { facts, history, cart } = *ground;
    let free = facts.free_shipping_from;
    let promised = [facts.delivery_days, facts.returns_days].iter().any(|&days| days > 0.0)
        || facts.instalments >= 2.0
        || facts.price_promise >= 0.0
        || free >= 0.0;
    // to four decimals, and at most nine hundred thousand millions, as recordings hold amounts
    let left = (facts.margin - facts.discount).clamp(-9e11, 9e11);
    let bears_discount = left > facts.margin_floor - 1e-4 && history.left_and_returned < 2;
    let (is_so, wanted) = match message {
        Message::FreeShippingLeft => (cart > 0.0 && free - cart > 0.0, Offer::Service),
        Message::FreeShippingReached => (cart > 0.0 && free <= cart, Offer::Reassurance),
        Message::ShippingPrice => (facts.shipping_price >= 0.0, Offer::Reassurance),
        Message::DeliveryDays => (facts.delivery_days > 0.0, Offer::Reassurance),
        Message::ReturnsDays => (facts.returns_days > 0.0, Offer::Reassurance),
        Message::Instalments => (cart > 0.0 && facts.instalments >= 2.0, Offer::Service),
        Message::PricePromise => (facts.price_promise >= 0.0, Offer::Reassurance),
        Message::GuestCheckout => (facts.guest_checkout > 0.0, Offer::Reassurance),
        Message::Help => (promised, Offer::Reassurance),
        Message::PaymentMethods => (facts.payment_methods > 0.0, Offer::Reassurance),
        Message::StockLeft => ((1.0..=10.0).contains(&facts.stock), Offer::Reassurance),
        Message::SoldRecently => (facts.sold >= 2.0, Offer::Reassurance),
        Message::LoyaltyPoints => (facts.loyalty_points > 0.0, Offer::Service),
        Message::Alternatives => (facts.alternatives > 0.0, Offer::Service),
        Message::Chat => (facts.chat > 0.0, Offer::Service),
        Message::SaveCart => (facts.save_cart > 0.0, Offer::Service),
        Message::Discount => (cart > 0.0 && facts.discount > 0.0 && bears_discount, Offer::Discount),
        Message::WelcomeBack => (cart > 0.0 && history.left_cart > 0.0, Offer::Reassurance),
    };
    assert!(is_so, "{message:?} of {facts:?}, cart {cart}, {history:?}");
    assert_eq!(offer, wanted, "{message:?}");
    assert!(cart.is_nan() || cart.is_finite());
}
