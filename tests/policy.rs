//! The policy: the shared cases, the order of the holds and of what is said, and its state from tick to tick.

mod support;

use std::collections::BTreeSet;

use falter::detector::{Detector, Settings};
use falter::features::Index;
use falter::model::{Model, Split, Tree};
use falter::policy::{
    ARMING_SIGNALS, Cue, Ground, History, HoldReason, Message, Offer, PolicyInput, Ruling, Show, TICKS_OVER, Verdict,
    answers, decide, speak,
};
use falter::reason::Reason;
use falter::recording::{Line, read_line};
use falter::signal::{Cause, Consent, Copied, Device, Facts, PageKind, PageState, Signal, SignalKind};
use serde_json::{Map, Value};
use support::{Rng, constant, drive, is_shown, moved, page, start};

const DAY_MS: f64 = 86_400_000.0;

fn cases() -> Value {
    serde_json::from_str(include_str!("cases/policy.json")).expect("JSON")
}

fn input(base: &Map<String, Value>, with: &Map<String, Value>) -> PolicyInput<'static> {
    assert!(with.keys().all(|key| base.contains_key(key)), "a key that the base does not have: {with:?}");
    let get = |key: &str| with.get(key).unwrap_or(&base[key]);
    let number = |key: &str, other: f64| if get(key).is_null() { other } else { get(key).as_f64().expect("a number") };
    let count = |key: &str| u32::try_from(get(key).as_u64().expect("a count")).expect("32 bits");
    let truth = |key: &str| get(key).as_bool().expect("true or false");
    let text = |key: &str| get(key).as_str().expect("a text");
    PolicyInput {
        t: count("t"),
        consent: Consent::from_name(text("consent")).expect("a consent"),
        signals: count("signals"),
        arming_ms: count("arming_ms"),
        is_over: truth("is_over"),
        is_busy: truth("is_busy"),
        was_shown: truth("was_shown"),
        has_purchased: truth("has_purchased"),
        history: kept(History {
            shown_ago_ms: number("shown_ago_ms", f64::INFINITY),
            purchased_ago_ms: number("purchased_ago_ms", f64::INFINITY),
            dismissals: count("dismissals"),
            left_and_returned: count("left_and_returned"),
            held_out: truth("held_out"),
            play_shown_ago_ms: number("play_shown_ago_ms", f64::INFINITY),
            visits: count("visits"),
            orders: count("orders"),
            left_cart: number("left_cart", f64::NAN),
        }),
        reason: Reason::from_name(text("reason")).expect("a reason"),
        facts: kept(facts(get("facts"))),
        cart: number("cart", f64::NAN),
        cue: get("play").as_object().map(|play| Cue {
            play: 0,
            reason: play["reason"].as_str().map(|name| Reason::from_name(name).expect("a reason")),
            message: play["message"].as_str().map(|name| Message::from_name(name).expect("a message")),
        }),
    }
}

/// For as long as the tests run: what an input looks at outlives it.
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn facts(given: &Value) -> Facts {
    let given = given.as_object().expect("facts");
    assert!(given.keys().all(|key| Facts::NAMES.contains(&key.as_str())), "{given:?}");
    let mut facts = Facts::NONE;
    for (name, slot) in Facts::NAMES.into_iter().zip(facts.values_mut()) {
        if let Some(value) = given.get(name) {
            *slot = value.as_f64().expect("a number");
        }
    }
    facts
}

/// The ruling as the cases write it.
fn ruled(ruling: &Ruling) -> Value {
    let mut found = written(&ruling.verdict);
    if ruling.play.is_some() {
        found["played"] = true.into();
    }
    found
}

fn written(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Hold(hold) => serde_json::json!({ "hold": hold.name() }),
        Verdict::Show(Show { reason, message, offer, .. }) => {
            let show = serde_json::json!({
                "reason": reason.name(), "message": message.name(), "offer": offer.name(),
            });
            serde_json::json!({ "show": show })
        }
    }
}

/// 7 and 7.0 are one number, as they are in JavaScript.
fn as_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), as_floats(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_shared_cases_come_out_as_they_say() {
    let cases = cases();
    let base = cases["base"].as_object().expect("a base");
    for case in cases["cases"].as_array().expect("cases") {
        let with = case["with"].as_object().expect("with");
        let found = ruled(&decide(&input(base, with)));
        let mut wanted = as_floats(case);
        wanted.as_object_mut().expect("an object").retain(|key, _| key != "name" && key != "with");
        assert_eq!(as_floats(&found), wanted, "{}", case["name"]);
    }
}

#[test]
fn every_hold_reason_message_and_offer_has_its_case() {
    let cases = cases();
    let list = cases["cases"].as_array().expect("cases");
    let all = |path: &str| -> BTreeSet<String> {
        list.iter().filter_map(|case| Some(case.pointer(path)?.as_str()?.to_owned())).collect()
    };
    let names = |names: Vec<&str>| -> BTreeSet<String> { names.into_iter().map(str::to_owned).collect() };
    assert_eq!(all("/hold"), names(HoldReason::ALL.iter().map(|hold| hold.name()).collect()));
    assert_eq!(all("/show/message"), names(Message::ALL.iter().map(|message| message.name()).collect()));
    assert_eq!(all("/show/offer"), names(Offer::ALL.iter().map(|offer| offer.name()).collect()));
    let without: BTreeSet<String> = list
        .iter()
        .filter(|case| case["hold"] == "nothing_to_say")
        .map(|case| case.pointer("/with/reason").unwrap_or(&cases["base"]["reason"]).as_str().expect("text").to_owned())
        .collect();
    assert_eq!(without, names(Reason::ALL.iter().map(|reason| reason.name()).collect()), "each without its facts");
    assert_eq!(all("/show/reason"), without, "each with its facts");
    assert_eq!(all("/name").len(), list.len(), "each case has a name of its own");
}

#[test]
fn holds_have_the_order_and_names_of_the_contract() {
    let names: Vec<&str> = HoldReason::ALL.iter().map(|hold| hold.name()).collect();
    assert_eq!(names.join(" "), "consent arming risk busy shown cooldown purchased nothing_to_say holdout");
}

/// Whether a play takes the place of a likely leave.
fn is_cued(input: &PolicyInput) -> bool {
    let is_capped = input.history.play_shown_ago_ms + f64::from(input.t) < 14.0 * DAY_MS;
    !input.is_over && input.cue.is_some() && !is_capped
}

/// What there is to say, on a play's cue or else to the doubt.
fn said(input: &PolicyInput) -> Option<Show> {
    let ground = Ground { facts: input.facts, history: input.history, cart: input.cart };
    match input.cue.filter(|_| is_cued(input)) {
        Some(cue) => speak(cue.reason.unwrap_or(input.reason), cue.message, &ground),
        None => speak(input.reason, None, &ground),
    }
}

/// Whether a hold applies, each looked at alone.
fn applies(hold: HoldReason, input: &PolicyInput) -> bool {
    let (t, history) = (f64::from(input.t), input.history);
    match hold {
        HoldReason::Consent => input.consent == Consent::Required,
        HoldReason::Arming => input.t < input.arming_ms || input.signals < ARMING_SIGNALS,
        HoldReason::Risk => !input.is_over && !is_cued(input),
        HoldReason::Busy => input.is_busy,
        HoldReason::Shown => input.was_shown,
        HoldReason::Cooldown => {
            let days = [3.0, 6.0, 12.0, 24.0].get(history.dismissals as usize).copied().unwrap_or(30.0);
            history.shown_ago_ms + t < days * DAY_MS
        }
        HoldReason::Purchased => input.has_purchased || history.purchased_ago_ms + t < 30.0 * DAY_MS,
        HoldReason::NothingToSay => said(input).is_none(),
        HoldReason::Holdout => history.held_out,
    }
}

fn random_input(rng: &mut Rng) -> PolicyInput<'static> {
    let mut facts = Facts::NONE;
    for slot in facts.values_mut() {
        *slot = rng.pick(&[f64::NAN, f64::NAN, 0.0, 0.2, 1.0, 3.0, 30.0, 49.95]);
    }
    let ago = [f64::INFINITY, f64::INFINITY, 0.0, 2.9 * DAY_MS, 4.0 * DAY_MS, 29.0 * DAY_MS, 31.0 * DAY_MS];
    PolicyInput {
        t: rng.pick(&[0, 4_999, 5_000, 60_000, 600_000]),
        consent: rng.pick(&[Consent::Granted, Consent::Granted, Consent::Memory, Consent::Required]),
        signals: rng.pick(&[0, 9, 10, 500]),
        arming_ms: 5_000,
        is_over: !rng.one_in(4),
        is_busy: rng.one_in(4),
        was_shown: rng.one_in(4),
        has_purchased: rng.one_in(8),
        history: kept(History {
            shown_ago_ms: rng.pick(&ago),
            purchased_ago_ms: rng.pick(&ago),
            dismissals: rng.below(7),
            left_and_returned: rng.below(4),
            held_out: rng.one_in(4),
            play_shown_ago_ms: rng.pick(&[f64::INFINITY, f64::INFINITY, 0.0, 13.9 * DAY_MS, 14.0 * DAY_MS]),
            visits: rng.below(3),
            orders: rng.below(3),
            left_cart: rng.pick(&[0.0, 20.0]),
        }),
        reason: rng.pick(Reason::ALL),
        facts: kept(facts),
        cart: rng.pick(&[f64::NAN, 0.0, 0.01, 20.0, 49.95, 333.33]),
        cue: rng.one_in(2).then(|| Cue {
            play: 3,
            reason: rng.one_in(2).then(|| rng.pick(Reason::ALL)),
            message: rng.one_in(2).then(|| rng.pick(Message::ALL)),
        }),
    }
}

#[test]
fn the_first_hold_that_applies_is_the_one_given() {
    let mut rng = Rng(1);
    for _ in 0..50_000 {
        let input = random_input(&mut rng);
        let Ruling { verdict, play } = decide(&input);
        let first = HoldReason::ALL.iter().find(|&&hold| applies(hold, &input));
        let is_asked = first.is_none_or(|&hold| hold > HoldReason::Risk);
        assert_eq!(play, (is_asked && is_cued(&input)).then_some(3), "{input:?}");
        match (verdict, first) {
            (Verdict::Hold(found), Some(&wanted)) => assert_eq!(found, wanted, "{input:?}"),
            (show, None) => {
                let said = said(&input).expect("something to say");
                assert_eq!(written(&show), written(&Verdict::Show(said)), "{input:?}");
            }
            (Verdict::Show(_), Some(hold)) => panic!("{hold:?} applies, and a card is shown: {input:?}"),
        }
    }
}

/// What is tried for each doubt, first to last, written down once more.
fn order(reason: Reason) -> &'static [Message] {
    use Message::*;
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
        Reason::Technical => &[Chat],
        Reason::Indecision => &[SoldRecently, StockLeft, Alternatives, Help, SaveCart],
        Reason::Distraction => &[WelcomeBack, SaveCart],
        Reason::Unsure => &[Help, Chat],
    }
}

/// Whether a message would be true, each looked at alone.
fn is_true(message: Message, input: &PolicyInput) -> bool {
    let PolicyInput { facts, cart, history, .. } = input;
    let is_there = |fact: f64| fact > 0.0;
    match message {
        Message::FreeShippingReached => *cart > 0.0 && *cart >= facts.free_shipping_from,
        Message::FreeShippingLeft => *cart > 0.0 && *cart < facts.free_shipping_from,
        Message::ShippingPrice => facts.shipping_price >= 0.0,
        Message::DeliveryDays => is_there(facts.delivery_days),
        Message::ReturnsDays => is_there(facts.returns_days),
        Message::Instalments => *cart > 0.0 && facts.instalments >= 2.0,
        Message::PricePromise => facts.price_promise >= 0.0,
        Message::GuestCheckout => is_there(facts.guest_checkout),
        Message::Help => {
            [facts.free_shipping_from, facts.price_promise].iter().any(|&fact| fact >= 0.0)
                || [facts.delivery_days, facts.returns_days].into_iter().any(is_there)
                || facts.instalments >= 2.0
        }
        Message::PaymentMethods => is_there(facts.payment_methods),
        Message::StockLeft => facts.stock >= 1.0 && facts.stock <= 10.0,
        Message::SoldRecently => facts.sold >= 2.0,
        Message::LoyaltyPoints => is_there(facts.loyalty_points),
        Message::Alternatives => is_there(facts.alternatives),
        Message::Chat => is_there(facts.chat),
        Message::SaveCart => is_there(facts.save_cart),
        Message::Discount => {
            let left = facts.margin - facts.discount - facts.margin_floor;
            is_there(facts.discount) && *cart > 0.0 && left > -1e-6 && history.left_and_returned < 2
        }
        Message::WelcomeBack => history.left_cart > 0.0 && *cart > 0.0,
    }
}

#[test]
fn the_first_that_is_true_is_said() {
    let mut rng = Rng(3);
    for _ in 0..50_000 {
        let input = PolicyInput { cue: None, ..random_input(&mut rng) };
        let wanted = order(input.reason).iter().copied().find(|&message| is_true(message, &input));
        assert_eq!(said(&input).map(|show| show.message), wanted, "{input:?}");
        let first = rng.pick(Message::ALL);
        let ground = Ground { facts: input.facts, history: input.history, cart: input.cart };
        let wanted = Some(first).filter(|&message| is_true(message, &input)).or(wanted);
        assert_eq!(speak(input.reason, Some(first), &ground).map(|show| show.message), wanted, "{first:?} {input:?}");
    }
}

#[test]
fn every_step_of_every_order_has_its_case() {
    let cases = cases();
    let base = cases["base"].as_object().expect("a base");
    let shown: Vec<(PolicyInput<'static>, Message)> = cases["cases"]
        .as_array()
        .expect("cases")
        .iter()
        .filter_map(|case| Some((case["with"].as_object()?, case.pointer("/show/message")?.as_str()?)))
        .map(|(with, message)| (input(base, with), Message::from_name(message).expect("a message")))
        .collect();
    for &reason in Reason::ALL {
        let order = order(reason);
        for (place, &message) in order.iter().enumerate() {
            let of_this = |(input, said): &&(PolicyInput<'static>, Message)| input.reason == reason && *said == message;
            let found: Vec<_> = shown.iter().filter(of_this).collect();
            assert!(!found.is_empty(), "{reason:?} is never answered with {message:?}");
            for &later in &order[place + 1..] {
                let are_exclusive = message == Message::FreeShippingReached && later == Message::FreeShippingLeft;
                assert!(
                    are_exclusive || found.iter().any(|(input, _)| is_true(later, input)),
                    "{reason:?}: {message:?} before {later:?}"
                );
            }
        }
    }
}

#[test]
fn what_is_said_is_true() {
    let mut rng = Rng(2);
    for _ in 0..50_000 {
        let input = random_input(&mut rng);
        let Some(show) = said(&input) else { continue };
        let Show { message, offer, cart, .. } = show;
        assert!(cart == input.cart || cart.is_nan() && input.cart.is_nan());
        assert_eq!(offer == Offer::Discount, message == Message::Discount);
        assert!(is_true(message, &input), "{message:?} of {input:?}");
    }
}

#[test]
fn a_recording_tells_of_visits_orders_and_a_left_cart_and_of_nothing_else() {
    let history = |told: &str| {
        let line = format!(r#"{{"session":"a","format":1,"w":1278,"h":701,"docH":2811,"end":0{told}}}"#);
        let Line::Header(header) = read_line(&line).expect("a header") else { panic!("{line}") };
        History::from(&header)
    };
    assert_eq!(history(""), History::NONE, "a shopper never seen before");
    let third = History { visits: 3, orders: 1, left_cart: 42.5, ..History::NONE };
    assert_eq!(history(r#","visits":2,"orders":1,"left_cart":42.5"#), third, "this visit is the third");
    let ground = Ground { facts: &Facts::NONE, history: &third, cart: 42.5 };
    let said = speak(Reason::Distraction, None, &ground).map(|show| show.message);
    assert_eq!(said, Some(Message::WelcomeBack), "the cart is what a card speaks of");
}

/// Moves every 100 ms, so that there is a tick every 250 and enough signals to judge by.
fn strolling(from: u32, to: u32) -> Vec<Signal> {
    (from..to).step_by(100).map(|t| moved(t, 600.0 + (t / 100 % 2) as f32 * 40.0, 300.0)).collect()
}

fn shop() -> Signal {
    Signal { t: 0, kind: SignalKind::Facts(Facts { returns_days: 30.0, ..Facts::NONE }) }
}

#[test]
fn a_card_waits_for_two_ticks_over_the_threshold_and_comes_once() {
    let mut visit = vec![shop()];
    visit.extend(strolling(0, 20_000));
    let risk = constant(0.0).risk(&falter::features::UNKNOWN);
    assert_eq!((risk, TICKS_OVER), (0.5, 2));
    for (threshold, arming_ms, shown_at) in [(0.5, 5_000, Some(5_000)), (0.5, 0, Some(1_000)), (0.500_1, 5_000, None)] {
        let settings = Settings { arming_ms, ..Settings::new(threshold) };
        let mut detector = Detector::new(constant(0.0), &start(Device::Mouse), settings);
        let decisions = drive(&mut detector, &visit);
        let shown: Vec<u32> = decisions.iter().filter(|d| is_shown(d)).map(|d| d.t).collect();
        // ten signals by 900 ms, so that without arming time the tick at 1000 ms is the first that may
        assert_eq!(shown, Vec::from_iter(shown_at), "{threshold} {arming_ms}");
        for decision in decisions.iter().filter(|d| shown_at.is_some_and(|at| d.t > at)) {
            assert_eq!(decision.verdict, Verdict::Hold(HoldReason::Shown));
        }
    }
    let settings = Settings { arming_ms: 0, ..Settings::new(0.5) };
    let mut detector = Detector::new(constant(0.0), &start(Device::Mouse), settings);
    let mut burst = vec![shop()];
    burst.extend((0..20).map(|t| moved(t, t as f32, 9.0)));
    burst.push(moved(1_000, 0.0, 0.0));
    let verdicts: Vec<bool> = drive(&mut detector, &burst).iter().map(is_shown).collect();
    assert_eq!(verdicts, [false, true, false, false], "one tick is often noise, the second shows");
}

#[test]
fn paying_typing_and_other_dialogs_are_not_disturbed() {
    let state = |typing, dialog| SignalKind::State(PageState { typing, dialog, consent: None });
    let busy = [
        (state(Some(true), None), state(Some(false), None)),
        (state(None, Some(true)), state(None, Some(false))),
        (page(0, PageKind::Payment).kind, page(0, PageKind::Cart).kind),
        (
            SignalKind::State(PageState { consent: Some(Consent::Required), ..PageState::default() }),
            SignalKind::State(PageState { consent: Some(Consent::Granted), ..PageState::default() }),
        ),
    ];
    // a new document has no field in which one could still be typing
    let reloads = [state(Some(true), None), state(None, Some(true))]
        .map(|begin| (begin, SignalKind::Pageshow { cause: Cause::Shop }));
    for (begin, end) in busy.into_iter().chain(reloads) {
        let mut detector = Detector::new(constant(3.0), &start(Device::Mouse), Settings::new(0.5));
        let mut visit = vec![shop(), Signal { t: 0, kind: begin }];
        visit.extend(strolling(0, 10_000));
        visit.push(Signal { t: 10_000, kind: end });
        visit.extend(strolling(10_000, 12_000));
        let shown: Vec<u32> = drive(&mut detector, &visit).iter().filter(|d| is_shown(d)).map(|d| d.t).collect();
        assert_eq!(shown, [10_250], "{begin:?}: as soon as it is over, and not before");
    }
}

/// Risk 0.73 at first, 0.62 after one copy, 0.5 after two.
fn falling() -> Model {
    let mut parts = constant(0.0).parts();
    parts.edges[Index::Copies as usize] = vec![0.5, 1.5];
    let splits = [0, 1].map(|bin| Split { feature: Index::Copies as u8, bin }).to_vec();
    parts.trees = vec![Tree { splits, leaves: vec![32, 16, 0, 0], scale: 1.0 / 32.0 }];
    Model::new(parts).expect("valid")
}

#[test]
fn once_over_the_threshold_risk_counts_as_over_until_well_under_it() {
    let copy = |t| Signal { t, kind: SignalKind::Copy { what: Copied::Product } };
    let typing = PageState { typing: Some(true), ..PageState::default() };
    for (threshold, holds) in [(0.7, ["busy", "busy", "risk"]), (0.75, ["risk", "risk", "risk"])] {
        let mut detector = Detector::new(falling(), &start(Device::Mouse), Settings::new(threshold));
        let mut visit = vec![shop(), Signal { t: 0, kind: SignalKind::State(typing) }];
        visit.extend(strolling(0, 6_000));
        visit.push(copy(6_000));
        visit.extend(strolling(6_000, 7_000));
        visit.push(copy(7_000));
        visit.extend(strolling(7_000, 8_000));
        let decisions = drive(&mut detector, &visit);
        let hold = |t: u32| {
            let decision = decisions.iter().find(|decision| decision.t == t).expect("a tick");
            written(&decision.verdict)["hold"].as_str().expect("a hold").to_owned()
        };
        assert_eq!([5_500, 6_500, 7_500].map(hold), holds, "0.73, 0.62 and 0.5 against {threshold}");
    }
}

#[test]
fn what_a_message_needs_is_enough_for_it_and_no_less_is() {
    let signal = |fact: &str, value: f64| {
        let mut facts = Facts::NONE;
        *facts.values_mut().get_mut(Facts::NAMES.iter().position(|&name| name == fact).unwrap()).unwrap() = value;
        facts
    };
    let history = History { left_cart: 42.6, ..History::NONE };
    for &reason in Reason::ALL {
        for &message in answers(reason) {
            let needs = message.needs();
            let says = |facts: Facts, cart| {
                let ground = Ground { facts: &facts, history: &history, cart };
                speak(reason, Some(message), &ground)
                    .is_some_and(|show| show.message == message && show.offer == needs.offer)
            };
            let cart = if needs.cart { 42.6 } else { f64::NAN };
            for &fact in needs.fact.iter().chain(needs.others) {
                // the cart stands between the two, as it has to for one of the messages about free shipping each
                let value = if message == Message::FreeShippingLeft { 50.0 } else { 2.0 };
                let mut facts = signal(fact, value);
                facts.margin = 3.0;
                facts.margin_floor = 0.3;
                assert!(says(facts, cart), "{message:?} of {fact}");
                assert_eq!(says(facts, f64::NAN), !needs.cart, "{message:?} without a cart");
            }
            assert_eq!(says(Facts::NONE, cart), needs.fact.is_none(), "{message:?} of nothing");
        }
    }
}
