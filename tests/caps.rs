//! What no shopper may ever meet, over many odd visits, held out or not, with plays and without; against a diary that is kept
//! by hand.
#![cfg(feature = "train")]

mod support;

use std::collections::BTreeSet;

use falter::detector::{Decision, Detector, Settings};
use falter::plays::{Plays, parse};
use falter::policy::{ARMING_SIGNALS, History, HoldReason, Verdict};
use falter::signal::{Consent, Device, Facts, PageKind, PageState, Signal, SignalKind};
use support::{Rng, Visit, at, is_shown, nervous, start};

const DAY_MS: f64 = 86_400_000.0;
const VISITS: usize = 8;

/// Shown, or held out at the very moment it would have been.
fn is_counted(decision: &Decision) -> bool {
    is_shown(decision) || decision.verdict == Verdict::Hold(HoldReason::Holdout)
}

/// Plays that fire often: one that nearly always holds, and two that come and go.
fn eager_plays() -> Plays {
    let list = serde_json::json!([
        { "name": "flips", "when": "cart_flips >= 1 or field_trouble > 0", "reason": "returns" },
        { "name": "lingers", "when": "product_dwell_s > 4 and visits > 0" },
        { "name": "any", "when": "session_s > 20", "message": "returns_days" },
    ]);
    let (book, faults) = parse(&list);
    assert_eq!(faults, []);
    book.plays
}

/// What happened to a shopper so far; times on one clock, ms, `None`: never.
#[derive(Debug, Default)]
struct Diary {
    counted_at: Option<f64>,
    purchased_at: Option<f64>,
    /// A play's card, shown or held out.
    played_at: Option<f64>,
    dismissals: u32,
    held_out: bool,
}

impl Diary {
    /// What the page would tell the engine at the start of a visit.
    fn history(&self, now: f64) -> History {
        let ago = |at: Option<f64>| at.map_or(f64::INFINITY, |at| now - at);
        History {
            shown_ago_ms: ago(self.counted_at),
            purchased_ago_ms: ago(self.purchased_at),
            dismissals: self.dismissals,
            left_and_returned: 0,
            held_out: self.held_out,
            play_shown_ago_ms: ago(self.played_at),
            ..History::NONE
        }
    }

    /// Whether the plays' own cap is over.
    fn may_play(&self, now: f64) -> bool {
        self.played_at.is_none_or(|last| now - last >= 14.0 * DAY_MS)
    }

    fn cooldown_ms(&self) -> f64 {
        DAY_MS * [3.0, 6.0, 12.0, 24.0].get(self.dismissals as usize).copied().unwrap_or(30.0)
    }
}

/// A random visit in which consent is given and taken back, and something may be bought.
fn visit(rng: &mut Rng) -> Vec<Signal> {
    let mut signals = vec![at(0, SignalKind::Facts(Facts { returns_days: 30.0, ..Facts::NONE }))];
    if rng.one_in(4) {
        signals.clear();
    }
    let has_order = rng.one_in(6);
    for signal in Visit::random(rng.next(), 160) {
        signals.push(signal);
        if rng.one_in(60) {
            let consent = Some(rng.pick(Consent::ALL));
            signals.push(at(signal.t, SignalKind::State(PageState { consent, ..PageState::default() })));
        }
        if has_order && rng.one_in(80) {
            signals.push(at(signal.t, SignalKind::Purchase { value: 20.0 }));
        }
    }
    signals
}

/// What the page is in, as the policy may not disturb it.
#[derive(Debug)]
struct Page {
    state: PageState,
    is_payment: bool,
    consent: Consent,
    has_purchased: bool,
    signals: u32,
}

impl Page {
    fn see(&mut self, kind: &SignalKind) {
        let old = self.state;
        match *kind {
            SignalKind::State(new) => {
                self.state =
                    PageState { typing: new.typing.or(old.typing), dialog: new.dialog.or(old.dialog), consent: None };
                self.consent = new.consent.unwrap_or(self.consent);
            }
            SignalKind::Pageshow { .. } => self.state = PageState::default(),
            SignalKind::Page { page, .. } => self.is_payment = page == PageKind::Payment,
            SignalKind::Purchase { .. } => self.has_purchased = true,
            _ => {}
        }
        self.signals += u32::from(!matches!(kind, SignalKind::State(_) | SignalKind::Facts(_)));
    }

    /// Holds for every decision that counts as a card.
    fn must_allow_a_card(&self, t: u32) {
        assert!(self.consent != Consent::Required, "no consent: {self:?}");
        assert!(t >= 5_000 && self.signals >= ARMING_SIGNALS, "arming at {t}: {self:?}");
        assert!(self.state.typing != Some(true) && self.state.dialog != Some(true), "busy: {self:?}");
        assert!(!self.is_payment, "paying: {self:?}");
        assert!(!self.has_purchased, "just bought: {self:?}");
    }
}

/// One visit on one side; now and then the page is loaded anew. Gives every decision.
fn live(
    rng: &mut Rng,
    model: u64,
    signals: &[Signal],
    settings: Settings,
    plays: &Plays,
    diary: &mut Diary,
    now: f64,
) -> Vec<Decision> {
    let fresh = |settings: Settings| {
        let mut detector = Detector::new(nervous(model), &start(Device::Mouse), settings);
        detector.plays_mut().clone_from(plays);
        detector
    };
    let mut detector = fresh(settings);
    let (consent, state) = (settings.consent, PageState::default());
    let mut page = Page { state, is_payment: false, consent, has_purchased: false, signals: 0 };
    let (mut decisions, mut counted) = (Vec::new(), 0);
    for signal in signals {
        while let Some(decision) = detector.tick(signal.t) {
            if is_counted(&decision) {
                let at = now + f64::from(decision.t);
                counted += 1;
                assert_eq!(counted, 1, "a second card in one session");
                page.must_allow_a_card(decision.t);
                assert!(
                    diary.counted_at.is_none_or(|last| at - last >= diary.cooldown_ms()),
                    "in a cool-down: {diary:?}"
                );
                assert!(diary.purchased_at.is_none_or(|last| at - last >= 30.0 * DAY_MS), "after an order: {diary:?}");
                if decision.play.is_some() {
                    assert!(diary.may_play(at), "a second play within its cap: {diary:?}");
                    diary.played_at = Some(at);
                } else {
                    assert!(decision.risk >= settings.threshold * 0.8, "no risk: {decision:?}");
                }
                assert_eq!(is_shown(&decision), !diary.held_out, "the holdout sees nothing, all others do");
                diary.counted_at = Some(at);
            }
            decisions.push(decision);
        }
        detector.push(signal);
        page.see(&signal.kind);
        if rng.one_in(40) {
            let saved = detector.save();
            let settings = *detector.settings();
            detector = fresh(settings);
            detector.restore(&saved).expect("its own state");
        }
        if matches!(signal.kind, SignalKind::Purchase { .. }) {
            diary.purchased_at = Some(now + f64::from(signal.t));
        }
    }
    decisions
}

/// The visits of one shopper: their signals, when they begin, and what the shopper has allowed by then.
fn visits(rng: &mut Rng) -> Vec<(Vec<Signal>, f64, Consent)> {
    let mut now = 0.0;
    (0..VISITS)
        .map(|_| {
            now += DAY_MS * rng.pick(&[0.1, 1.0, 2.99, 3.01, 6.5, 13.0, 31.0]);
            (visit(rng), now, rng.pick(&[Consent::Granted, Consent::Granted, Consent::Memory, Consent::Required]))
        })
        .collect()
}

/// Without plays, with those that ship, and with many; the thresholds that each is tried at.
fn plays() -> [(Plays, [f32; 3]); 3] {
    let rare = [0.5, 0.8, 1.1];
    [(Plays::none(), [0.2, 0.5, 0.8]), (Plays::shipped(), rare), (eager_plays(), rare)]
}

#[test]
fn no_shopper_sees_a_card_when_they_must_not() {
    let mut played_in_all = 0;
    for (plays, thresholds) in plays() {
        let (mut shown, mut held_out, mut holds) = (0, 0, BTreeSet::new());
        for seed in 0..60 {
            let mut rng = Rng(seed ^ 0x5eed);
            let mut diary = Diary { held_out: rng.one_in(3), ..Diary::default() };
            for (signals, now, consent) in visits(&mut rng) {
                let history = diary.history(now);
                let settings = Settings { consent, history, ..Settings::new(rng.pick(&thresholds)) };
                for decision in live(&mut rng, seed, &signals, settings, &plays, &mut diary, now) {
                    played_in_all += u32::from(is_counted(&decision) && decision.play.is_some());
                    match decision.verdict {
                        Verdict::Show(_) => {
                            shown += 1;
                            diary.dismissals += u32::from(rng.one_in(2));
                        }
                        Verdict::Hold(hold) => {
                            held_out += u32::from(hold == HoldReason::Holdout);
                            holds.insert(hold);
                        }
                    }
                }
            }
        }
        assert!(shown > 50 && held_out > 20, "{shown} cards and {held_out} held out: too few to say anything");
        assert_eq!(holds, HoldReason::ALL.iter().copied().collect(), "every hold has happened");
    }
    assert!(played_in_all > 50, "{played_in_all} cards of plays: too few to say anything");
}

#[test]
fn both_sides_of_the_holdout_meet_the_same_caps() {
    for (plays, thresholds) in plays() {
        let mut counted = 0;
        for seed in 0..30 {
            let mut sides = [false, true].map(|held_out| Diary { held_out, ..Diary::default() });
            let mut rng = Rng(seed ^ 0x51de);
            let threshold = rng.pick(&thresholds);
            for (signals, now, consent) in visits(&mut rng) {
                let [shown, held] = sides.each_mut().map(|diary| {
                    let settings = Settings { consent, history: diary.history(now), ..Settings::new(threshold) };
                    live(&mut rng.clone(), seed, &signals, settings, &plays, diary, now)
                });
                assert_eq!(shown.len(), held.len());
                for (shown, held) in shown.iter().zip(&held) {
                    assert_eq!((shown.t, shown.risk.to_bits(), shown.play), (held.t, held.risk.to_bits(), held.play));
                    if is_shown(shown) {
                        counted += 1;
                        assert_eq!(held.verdict, Verdict::Hold(HoldReason::Holdout), "counted at the same tick");
                    } else {
                        assert_eq!(shown.verdict, held.verdict, "and otherwise alike");
                    }
                }
            }
            let [shown, held] = &sides;
            assert_eq!((shown.counted_at, shown.played_at), (held.counted_at, held.played_at));
        }
        assert!(counted > 25, "{counted} cards: too few to say anything");
    }
}
