//! Signals in any order and of any values.

use std::sync::OnceLock;

use falter::detector::{Decision, Detector, SAVED_BYTES, Settings};
use falter::features::{FEATURE_COUNT, FEATURES};
use falter::model::{Model, Parts};
use falter::observer::{LATEST_MS, TICK_MS};
use falter::plays::Plays;
use falter::policy::{Ground, History, HoldReason, Verdict};
use falter::reason::{INPUTS, REASONS, Reason, ReasonHead};
use falter::recording::{Header, Line, read_line, write_header, write_signal};
use falter::signal::{Consent, Device, Signal, SignalKind};

use super::bytes::Bytes;
use super::facts::{borne_out, history};
use super::memory::held;
use super::model::crc;
use super::visit::{Step, Steps, Visitor};

/// A visit ends here.
const TICKS: usize = 400;
/// Times from here on are none, ms.
const NO_TIME: u32 = 1 << 31;
/// Ticks that are looked at after saved state was forged.
const FORGED_TICKS: usize = 60;
/// Where the checksum of saved state is, and the state.
const CHECKSUM: std::ops::Range<usize> = 5..9;

/// The four models a visit can be judged by.
fn model(which: usize) -> Model {
    static MODELS: OnceLock<[Model; 4]> = OnceLock::new();
    let made = MODELS.get_or_init(|| {
        let shipped = Model::from_bytes(include_bytes!("../../../models/exit.falter")).expect("a model");
        let mut nervous = shipped.parts();
        nervous.base += 4.0;
        nervous.head.weights[Reason::Returns as usize] = [127; INPUTS + 1];
        let constant = |logit: f32| {
            let head = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
            let edges = vec![vec![]; FEATURE_COUNT];
            Model::new(Parts {
                base: logit,
                edges,
                trees: vec![],
                calibration: vec![(-1.0, -1.0), (1.0, 1.0)],
                head,
                presets: vec![],
            })
        };
        let nervous = Model::new(nervous).expect("a model");
        [shipped, nervous, constant(9.0).expect("a model"), constant(-9.0).expect("a model")]
    });
    made[which].clone()
}

/// A visit: one detector that goes on, another that is cut wherever the bytes say, a third that replays what was recorded.
pub(crate) fn signals(bytes: &[u8]) {
    recorded("fuzz", bytes);
}

/// The same, and the signals that were taken in as a recording of a session of this name.
pub(crate) fn recorded(session: &str, bytes: &[u8]) -> String {
    let mut bytes = Bytes(bytes);
    let visitor = Visitor::of(&mut bytes);
    let past = if visitor.has_history { history(&mut bytes) } else { History::NONE };
    let settings = Settings {
        threshold: visitor.threshold,
        arming_ms: visitor.arming_ms,
        consent: visitor.consent,
        history: History { held_out: visitor.held_out, ..past },
    };
    let fresh = |settings: &Settings| {
        let mut detector = Detector::new(model(visitor.model), &visitor.start(), *settings);
        if !visitor.has_plays {
            *detector.plays_mut() = Plays::none();
        }
        detector
    };
    let mut witness =
        Witness { straight: fresh(&settings), cut: fresh(&settings), log: vec![], text: String::new(), cards: 0 };
    let mut now = 0;
    let mut steps = Steps::new(bytes);
    while let Some(step) = steps.next() {
        match step {
            Step::Signal(signal) => {
                witness.tick(signal.t);
                witness.push(&signal);
            }
            Step::None => {}
            Step::Tick(t) => witness.tick(t),
            Step::Cut => {
                let saved = witness.cut.save();
                let mut next = fresh(witness.cut.settings());
                next.restore(&saved).expect("what was saved");
                witness.cut = next;
                let mut changed = saved;
                changed[usize::from(steps.bytes.byte()) * SAVED_BYTES / 256] ^= 1 | steps.bytes.byte();
                assert!(witness.cut.restore(&changed).is_err(), "a changed byte is noticed");
            }
            Step::Forge => forged(fresh(&settings), witness.straight.save(), &mut steps),
            Step::Leave(t) => {
                let leaves = [witness.straight.take_leave(t), witness.cut.take_leave(t)];
                assert_eq!(format!("{:?}", leaves[0]), format!("{:?}", leaves[1]));
                if let Some(leave) = leaves[0] {
                    assert!((0.0..=1.0).contains(&leave.risk) && leave.t < NO_TIME, "{leave:?}");
                    assert!(leave.cart.is_nan() || leave.cart.is_finite());
                }
            }
        }
        now = witness.straight.observer().now();
        if witness.log.len() > TICKS {
            break;
        }
    }
    assert_eq!(witness.straight.save(), witness.cut.save(), "the same state, however often it was cut");
    let text = header(session, &visitor, now) + &witness.text;
    let replayed = replay(&text, fresh(&settings));
    assert!(
        witness.log.len() >= replayed.len() && witness.log[..replayed.len()] == replayed[..],
        "replayed, not the same"
    );
    text
}

fn header(session: &str, visitor: &Visitor, end: u32) -> String {
    let device = if visitor.is_touch { Device::Touch } else { Device::Mouse };
    let (session, source) = (session.to_owned(), "fuzz".to_owned());
    let header = Header {
        session,
        source,
        device,
        w: 1280.0,
        h: 720.0,
        doc_h: 2400.0,
        end,
        visits: 0,
        orders: 0,
        left_cart: 0.0,
        reason: None,
    };
    let mut text = String::new();
    write_header(&header, &mut text);
    text.push('\n');
    text
}

/// Two detectors that are told the same, and what has to be true of it.
struct Witness {
    straight: Detector,
    cut: Detector,
    /// Time and risk of every tick, to the bit, and whether there was a card.
    log: Vec<(u32, u32, bool)>,
    /// Signals as a recording has them.
    text: String,
    cards: u32,
}

impl Witness {
    fn tick(&mut self, now: u32) {
        while let Some(decision) = self.straight.tick(now) {
            let other = self.cut.tick(now).expect("the same tick");
            // as text where they are not equal: a cart that is not known is NaN
            assert!(decision == other || format!("{decision:?}") == format!("{other:?}"), "{decision:?} {other:?}");
            assert!(decision.t <= now && decision.t % TICK_MS == 0 && now < NO_TIME);
            assert!(self.log.last().is_none_or(|last| last.0 < decision.t), "ticks go on");
            self.judge(&decision);
            if self.log.len() > TICKS {
                return;
            }
        }
        assert_eq!(self.cut.tick(now), None);
    }

    fn judge(&mut self, decision: &Decision) {
        let detector = &self.straight;
        in_range(detector);
        let why = &decision.explanation;
        assert!((0.0..=1.0).contains(&decision.risk) && (0.0..=1.0).contains(&why.confidence), "{decision:?}");
        assert!((why.posterior.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{why:?}");
        for evidence in &why.evidence {
            assert!(evidence.value.is_finite() && (0.0..=1.0).contains(&evidence.weight), "{why:?}");
        }
        assert_eq!(decision.play.is_some(), decision.play.is_some_and(|play| usize::from(play) < 16));
        let settings = detector.settings();
        let card = match decision.verdict {
            Verdict::Show(show) => {
                assert!(!settings.history.held_out, "the holdout sees none");
                let facts = detector.observer().window().facts();
                let ground = Ground { facts, history: &settings.history, cart: show.cart };
                borne_out(show.message, show.offer, &ground);
                true
            }
            Verdict::Hold(hold) => hold == HoldReason::Holdout,
        };
        if card {
            self.cards += 1;
            assert_eq!(self.cards, 1, "one card a session");
            assert_ne!(settings.consent, Consent::Required, "none without consent");
            assert!(decision.t >= settings.arming_ms && !detector.observer().window().has_purchased());
        }
        self.log.push((decision.t, decision.risk.to_bits(), matches!(decision.verdict, Verdict::Show(_))));
    }

    fn push(&mut self, signal: &Signal) {
        let before = self.straight.observer().now();
        if self.log.len() > TICKS {
            return;
        }
        let (at, most) = held(|| self.straight.push(signal));
        assert_eq!(most, 0, "no signal takes memory");
        assert_eq!(at, self.cut.push(signal));
        let in_time = signal.t < NO_TIME && before.saturating_sub(signal.t) < LATEST_MS;
        assert_eq!(at.is_some(), in_time && is_finite(&signal.kind), "{signal:?} at {before}");
        if let Some(at) = at {
            assert!(at >= signal.t && at == self.straight.observer().now());
            write_signal(at, signal, &mut self.text);
            self.text.push('\n');
        }
        if let SignalKind::State(state) = signal.kind
            && let (Some(consent), true) = (state.consent, at.is_some())
        {
            assert_eq!(self.straight.settings().consent, consent);
        }
    }
}

/// Whether it is a signal at all: every place and length is a number, and no amount or fact without end.
fn is_finite(kind: &SignalKind) -> bool {
    let numbers = kind.to_numbers();
    match kind {
        SignalKind::Cart { .. } => numbers[2].is_finite() && !numbers[3].is_infinite(),
        SignalKind::Facts(_) => !numbers.iter().any(|number| number.is_infinite()),
        SignalKind::Move { .. } | SignalKind::Down { .. } | SignalKind::Up { .. } | SignalKind::Click { .. } => {
            numbers[0].is_finite() && numbers[1].is_finite()
        }
        SignalKind::Scroll { .. } => numbers[0].is_finite(),
        SignalKind::Resize { .. } => numbers[..3].iter().all(|number| number.is_finite()),
        _ => true,
    }
}

fn in_range(detector: &Detector) {
    for (value, feature) in detector.features().iter().zip(&FEATURES) {
        assert!(value.is_nan() || (feature.min..=feature.max).contains(value), "{} is {value}", feature.name);
    }
}

/// Runs a recording through a detector, as `falter replay` does.
fn replay(text: &str, mut detector: Detector) -> Vec<(u32, u32, bool)> {
    let mut log = vec![];
    let mut end = 0;
    let mut run = |detector: &mut Detector, until: u32| {
        while log.len() <= TICKS
            && let Some(decision) = detector.tick(until)
        {
            log.push((decision.t, decision.risk.to_bits(), matches!(decision.verdict, Verdict::Show(_))));
        }
    };
    for line in text.lines() {
        match read_line(line) {
            Ok(Line::Header(header)) => end = header.end,
            Ok(Line::Signal { at, signal }) => {
                run(&mut detector, at);
                detector.push(&signal);
            }
            other => panic!("{line}: {other:?}"),
        }
    }
    run(&mut detector, end);
    log
}

/// Saved state of which anything may be changed, under a checksum that fits: it goes on as something, and nothing breaks.
fn forged(mut detector: Detector, mut saved: Vec<u8>, steps: &mut Steps) {
    for _ in 0..1 + steps.bytes.below(16) {
        let place = CHECKSUM.end + usize::from(u16::from_le_bytes(steps.bytes.take())) % (SAVED_BYTES - CHECKSUM.end);
        let end = (place + 1 + steps.bytes.below(8)).min(SAVED_BYTES);
        saved[place..end].iter_mut().for_each(|byte| *byte = steps.bytes.byte());
    }
    let sum = crc(saved[CHECKSUM.end..].iter());
    saved[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    detector.restore(&saved).expect("a checksum that fits");
    assert_eq!(detector.save(), saved);
    let mut ticks = 0;
    let mut t = detector.observer().now() % NO_TIME;
    let mut rest = Steps::new(steps.bytes.clone());
    for _ in 0..64 {
        t = t.saturating_add(100);
        while ticks < FORGED_TICKS
            && let Some(decision) = detector.tick(t)
        {
            ticks += 1;
            assert!((0.0..=1.0).contains(&decision.risk), "{decision:?}");
            in_range(&detector);
        }
        match rest.next() {
            // pushing makes up for all the ticks there are, and a forged clock can be 25 days behind
            Some(Step::Signal(signal)) if ticks < FORGED_TICKS => detector.push(&Signal { t, ..signal }),
            Some(_) => continue,
            None => break,
        };
    }
    let _ = detector.take_leave(t);
}
