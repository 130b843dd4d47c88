//! The detector: ticks, late and bad signals, leaves, and a session cut into page loads.

mod support;

use falter::detector::{Decision, Detector, Leave, Settings, TICK_MS};
use falter::features::{FeatureRow, Index};
use falter::observer::SESSION_GAP_MS;
use falter::policy::History;
use falter::reason::Reason;
use falter::signal::{BlurTo, CartOp, Cause, Consent, Device, Facts, PageKind, Section, Signal, SignalKind};
use support::{Rng, Visit, at, bits, constant, crc, drive, model, moved, page, start};

fn fresh(seed: u64) -> Detector {
    Detector::new(model(seed), &start(Device::Mouse), Settings::new(0.3))
}

fn calm() -> Detector {
    Detector::new(constant(0.0), &start(Device::Mouse), Settings::new(0.5))
}

/// All of a decision, down to the bit.
fn exact(decisions: &[Decision]) -> Vec<String> {
    let text = |d: &Decision| {
        let evidence = d.explanation.evidence.map(|item| (item.input, item.value.to_bits(), item.weight.to_bits()));
        let posterior = bits(&d.explanation.posterior);
        format!("{} {:x} {posterior:x?} {evidence:x?} {:?}", d.t, d.risk.to_bits(), d.verdict)
    };
    decisions.iter().map(text).collect()
}

fn times(decisions: &[Decision]) -> Vec<u32> {
    decisions.iter().map(|decision| decision.t).collect()
}

fn ticks_until(detector: &mut Detector, now: u32) -> Vec<u32> {
    times(&std::iter::from_fn(|| detector.tick(now)).collect::<Vec<_>>())
}

/// Goes on with a new detector, as the next page load does.
fn reload(detector: &Detector, seed: u64) -> Detector {
    let mut next = fresh(seed);
    next.settings_mut().consent = detector.settings().consent;
    next.restore(&detector.save()).expect("what was saved is restored");
    next
}

#[test]
fn a_session_cut_into_five_page_loads_gives_the_same_bits() {
    for seed in 0..40 {
        let visit = Visit::random(seed, 300);
        let mut whole = fresh(seed);
        let wanted = exact(&drive(&mut whole, &visit));
        let mut part = fresh(seed);
        let mut found = Vec::new();
        for (load, signals) in visit.chunks(60).enumerate() {
            if load > 0 {
                part = reload(&part, seed);
            }
            found.extend(exact(&drive(&mut part, signals)));
            assert_eq!(bits(part.features()), bits(&part.observer().row()[..]));
        }
        assert_eq!(found, wanted, "seed {seed}");
        assert_eq!(part.save(), whole.save(), "seed {seed}: the state too");
        assert_eq!(bits(part.features()), bits(whole.features()));
    }
}

#[test]
fn a_session_may_be_cut_at_any_signal() {
    let visit = Visit::random(1_000, 160);
    let mut whole = fresh(1);
    let wanted = exact(&drive(&mut whole, &visit));
    for cut in 0..=visit.len() {
        let mut first = fresh(1);
        let mut found = exact(&drive(&mut first, &visit[..cut]));
        let mut second = reload(&first, 1);
        assert_eq!(second.save(), first.save());
        found.extend(exact(&drive(&mut second, &visit[cut..])));
        assert_eq!(found, wanted, "cut after {cut} signals");
    }
}

#[test]
fn saved_state_that_was_changed_is_refused_and_changes_nothing() {
    let mut detector = fresh(2);
    drive(&mut detector, &Visit::random(2, 200));
    let saved = detector.save();
    let mut other = fresh(2);
    drive(&mut other, &Visit::random(3, 50));
    let before = other.save();
    let mut changed = saved.clone();
    for place in 0..saved.len() {
        changed[place] ^= 1 << (place % 8);
        let error = other.restore(&changed).expect_err("changed");
        changed[place] = saved[place];
        assert_eq!(error.to_string(), "not a saved state of this version");
    }
    for end in (0..saved.len()).step_by(3) {
        other.restore(&saved[..end]).expect_err("cut short");
    }
    for longer in [[&saved[..], &[0]].concat(), [&saved[..], &saved].concat()] {
        other.restore(&longer).expect_err("too long");
    }
    for body in [saved[9..saved.len() - 1].to_vec(), [&saved[9..], &[0]].concat()] {
        let sum = crc(body.iter().copied()).to_le_bytes();
        other
            .restore(&[&saved[..5], &sum, &body].concat())
            .expect_err("a byte too few or too many, its checksum right");
    }
    assert_eq!(other.save(), before, "as it was");
    other.restore(&saved).expect("unchanged");
    assert_eq!(other.save(), saved);
    assert!(saved.len() <= 4_096, "{} bytes: for sessionStorage at every page load", saved.len());
}

/// Whoever can write to sessionStorage can also write a checksum that fits.
fn forge(detector: &mut Detector, mut bytes: Vec<u8>) {
    let sum = crc(bytes[9..].iter().copied());
    bytes[5..9].copy_from_slice(&sum.to_le_bytes());
    detector.restore(&bytes).expect("a checksum that fits");
}

#[test]
fn a_saved_section_that_there_is_not_never_panics() {
    let mut detector = calm();
    detector.push(&moved(0, 1.0, 1.0));
    let saved = detector.save();
    for place in 9..saved.len() {
        let mut bytes = saved.clone();
        // the pointer's section is kept as its number + 1
        bytes[place] = Section::ALL.len() as u8 + 1;
        let mut detector = calm();
        forge(&mut detector, bytes);
        detector.push(&at(100, SignalKind::Hover { section: Section::Price }));
    }
}

#[test]
fn saved_state_with_any_values_in_it_never_panics() {
    let mut rng = Rng(4);
    for seed in 0..60 {
        let mut detector = fresh(seed);
        drive(&mut detector, &Visit::random(seed, 60));
        let mut bytes = detector.save();
        for _ in 0..rng.pick(&[1, 20, 4_000]) {
            let place = 9 + rng.below(bytes.len() as u32 - 9) as usize;
            let any = rng.next() as u8;
            bytes[place] = rng.pick(&[0, 1, 0x7f, 0x80, 0xff, any]);
        }
        let mut detector = fresh(seed);
        forge(&mut detector, bytes);
        for signal in Visit::random(seed + 1, 60) {
            for _ in 0..50 {
                if detector.tick(signal.t).is_none() {
                    break;
                }
            }
            detector.push(&signal);
            let _ = detector.take_leave(signal.t);
        }
    }
}

#[test]
fn ticks_come_at_every_multiple_of_250_while_the_shopper_is_here() {
    for seed in 0..40 {
        let (mut detector, visit) = (fresh(seed), Visit::random(seed, 250));
        for (number, signal) in visit.iter().enumerate() {
            let (observer, now) = (detector.observer(), detector.observer().now());
            let is_here = observer.window().is_present() && observer.window().last_signal().is_some();
            let due = (now / TICK_MS + 1..=signal.t / TICK_MS).map(|tick| tick * TICK_MS);
            let due: Vec<u32> = due.filter(|_| is_here).collect();
            assert_eq!(ticks_until(&mut detector, signal.t), due, "seed {seed}, before signal {number}");
            detector.push(signal);
        }
    }
}

#[test]
fn a_tick_at_the_time_of_a_signal_has_not_seen_it() {
    let mut detector = calm();
    assert_eq!(ticks_until(&mut detector, 10_000), [0; 0], "nobody is here before the first signal");
    detector.push(&moved(700, 5.0, 5.0));
    assert_eq!(ticks_until(&mut detector, 700), [0; 0]);
    assert_eq!(ticks_until(&mut detector, 1_000), [750, 1_000]);
    let click = at(1_250, SignalKind::Zoom);
    detector.push(&click);
    assert_eq!(detector.observer().now(), 1_250, "the tick at 1250 ran before it");
    assert_eq!(detector.features()[Index::SinceSignal as usize], 0.55);
    assert_eq!(ticks_until(&mut detector, 1_499), [0; 0]);
    assert_eq!(ticks_until(&mut detector, 1_500), [1_500]);
    assert_eq!(detector.features()[Index::SinceSignal as usize], 0.25);
}

#[test]
fn nobody_is_judged_while_away_and_a_silence_is_made_up_for() {
    for (gone, back) in [
        (SignalKind::Hidden, SignalKind::Visible),
        (SignalKind::Blur { to: BlurTo::Outside }, SignalKind::Focus),
        (SignalKind::Blur { to: BlurTo::Outside }, SignalKind::Move { x: 1.0, y: 1.0 }),
    ] {
        let mut detector = calm();
        let signals = [moved(0, 1.0, 1.0), at(1_100, gone), at(9_000, back), at(9_600, SignalKind::Zoom)];
        assert_eq!(times(&drive(&mut detector, &signals)), [250, 500, 750, 1_000, 9_250, 9_500], "{gone:?} {back:?}");
        assert_eq!(ticks_until(&mut detector, 10_100), [9_750, 10_000]);
        let late = ticks_until(&mut detector, 70_000);
        assert_eq!((late.len(), late[0], late[239]), (240, 10_250, 70_000), "a minute's silence, tick by tick");
    }
    for stays in [BlurTo::Iframe, BlurTo::Dialog] {
        let mut detector = calm();
        drive(&mut detector, &[moved(0, 1.0, 1.0), at(100, SignalKind::Blur { to: stays })]);
        assert_eq!(ticks_until(&mut detector, 500), [250, 500], "{stays:?} is still on the page");
    }
}

#[test]
fn a_session_is_over_after_half_an_hour_without_a_signal() {
    let mut detector = calm();
    assert!(!detector.observer().is_over(u32::MAX), "one that never began");
    detector.push(&moved(1_000, 1.0, 1.0));
    detector.push(&at(1_100, SignalKind::Facts(Facts::NONE)));
    let end = 1_000 + SESSION_GAP_MS;
    assert_eq!(SESSION_GAP_MS, 1_800_000);
    assert!(!detector.observer().is_over(end) && detector.observer().is_over(end + 1));
    let ticks = ticks_until(&mut detector, end + 3_600_000);
    assert_eq!((ticks.len(), ticks.last().copied()), (7_200, Some(end)), "and no tick is run beyond it");
}

#[test]
fn a_signal_under_250_ms_late_counts_at_its_own_time() {
    let mut detector = calm();
    drive(&mut detector, &[moved(0, 1.0, 1.0), moved(1_010, 2.0, 2.0)]);
    assert_eq!(detector.push(&at(800, SignalKind::Zoom)), Some(1_010), "recorded at the stream's time");
    assert_eq!(detector.push(&at(761, SignalKind::Zoom)), Some(1_010));
    assert_eq!(detector.push(&at(760, SignalKind::Zoom)), None);
    assert_eq!(detector.observer().dropped(), 1);
    assert_eq!(detector.observer().window().signals(), 4);
    assert_eq!(ticks_until(&mut detector, 1_250), [1_250]);
    assert_eq!(detector.push(&at(1_001, SignalKind::Zoom)), Some(1_250), "late after a tick, not after a signal");
    assert_eq!(detector.push(&at(1_000, SignalKind::Zoom)), None);
    assert_eq!(detector.push(&moved(1_300, 2.0, 2.0)), Some(1_300));
}

#[test]
fn a_signal_that_was_dropped_changes_nothing_but_the_count() {
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    let cart = |qty, value| SignalKind::Cart { op: CartOp::Add, item: None, qty, value };
    let bad = [
        SignalKind::Move { x: nan, y: 0.0 },
        SignalKind::Down { x: 0.0, y: inf },
        SignalKind::Up { x: -inf, y: 0.0 },
        SignalKind::Click { x: 0.0, y: nan, on: falter::signal::Target::Link },
        SignalKind::Scroll { y: nan },
        SignalKind::Resize { w: inf, h: 1.0, doc_h: 1.0 },
        SignalKind::Resize { w: 1.0, h: 1.0, doc_h: nan },
        cart(nan, 1.0),
        cart(1.0, f64::INFINITY),
        SignalKind::Facts(Facts { usual_order: f64::NEG_INFINITY, ..Facts::NONE }),
    ];
    let visit = Visit::random(5, 120);
    let (mut clean, mut dirty) = (fresh(5), fresh(5));
    let mut dropped = 0;
    for (number, signal) in visit.iter().enumerate() {
        let wanted = exact(&drive(&mut clean, &[*signal]));
        assert_eq!(exact(&drive(&mut dirty, &[*signal])), wanted, "signal {number}");
        let now = dirty.observer().now();
        for junk in [at(now, bad[number % bad.len()]), at(1 << 31, SignalKind::Zoom), at(u32::MAX, SignalKind::Hidden)]
        {
            assert_eq!(dirty.push(&junk), None, "{junk:?}");
            dropped += 1;
        }
        assert_eq!(dirty.observer().now(), now, "and no time passed");
    }
    assert_eq!(dirty.observer().dropped(), dropped);
    assert_eq!(clean.observer().dropped(), 0);
}

#[test]
fn extreme_numbers_and_times_do_no_harm() {
    let mut rng = Rng(6);
    for seed in 0..30 {
        let mut detector = fresh(seed);
        let mut t = rng.pick(&[0, 1, 1 << 20, (1 << 31) - 100_000]);
        for _ in 0..300 {
            t = (t + rng.below(400)).saturating_sub(rng.below(300));
            let mut wild = || rng.pick(&[f32::MAX, f32::MIN, 0.0, -0.0, 1e-40, 16_383.0, -16_384.0, 1e9]);
            let (x, y) = (wild(), wild());
            let kinds = [
                SignalKind::Move { x, y },
                SignalKind::Scroll { y },
                SignalKind::Resize { w: x, h: y, doc_h: wild() },
                SignalKind::Cart { op: CartOp::Add, item: None, qty: x, value: f64::from(y) * f64::from(x) },
            ];
            drive(&mut detector, &[at(t, rng.pick(&kinds))]);
        }
        let in_range = |row: &FeatureRow| {
            row.iter().zip(&falter::features::FEATURES).all(|(v, f)| v.is_nan() || (f.min..=f.max).contains(v))
        };
        assert!(in_range(detector.features()), "{:?}", detector.features());
    }
    let mut detector = calm();
    detector.push(&moved((1 << 31) - 1, 1.0, 1.0));
    assert_eq!(ticks_until(&mut detector, u32::MAX), [0; 0], "time ends, and so do the ticks");
}

#[test]
fn ticks_that_were_not_drained_are_run_by_the_push() {
    for seed in 0..40 {
        let visit = Visit::random(seed, 150);
        let (mut drained, mut lazy) = (fresh(seed), fresh(seed));
        drive(&mut drained, &visit);
        for signal in &visit {
            lazy.push(signal);
        }
        assert_eq!(drained.save(), lazy.save(), "seed {seed}");
    }
}

/// The leaves of a visit, asked for after each signal and at the end.
fn leaves(signals: &[Signal], end: u32) -> Vec<u32> {
    let mut detector = calm();
    let mut found = Vec::new();
    for signal in signals {
        drive(&mut detector, &[*signal]);
        found.extend(detector.take_leave(signal.t));
    }
    found.extend(detector.take_leave(end));
    assert_eq!(detector.take_leave(end), None, "each is told once");
    found.iter().map(|leave: &Leave| leave.t).collect()
}

#[test]
fn a_leave_is_what_the_format_says() {
    use SignalKind as K;
    let (first, blur) = (moved(0, 1.0, 1.0), K::Blur { to: BlurTo::Outside });
    let after = |kinds: &[(u32, SignalKind)]| -> Vec<u32> {
        let rest = kinds.iter().map(|&(t, kind)| at(t, kind));
        leaves(&[first].into_iter().chain(rest).collect::<Vec<_>>(), 60_000)
    };
    assert_eq!(after(&[(5_000, K::Hidden)]), [5_000]);
    assert_eq!(after(&[(5_000, K::Hidden), (6_000, K::Hidden)]), [5_000], "who is gone can't leave");
    assert_eq!(after(&[(5_000, K::Hidden), (8_000, K::Visible), (9_000, K::Hidden)]), [5_000, 9_000]);
    assert_eq!(after(&[(5_000, blur)]), [5_000]);
    assert_eq!(after(&[(5_000, blur), (5_500, K::Focus)]), [0; 0], "regained within 500 ms");
    assert_eq!(after(&[(5_000, blur), (5_400, K::Move { x: 0.0, y: 0.0 })]), [0; 0]);
    assert_eq!(after(&[(5_000, blur), (5_501, K::Focus)]), [5_000]);
    assert_eq!(after(&[(5_000, blur), (5_100, K::Hidden)]), [5_000], "one leave, not two");
    assert_eq!(after(&[(5_000, blur), (5_300, K::Focus), (5_400, blur), (5_800, K::Focus)]), [0; 0]);
    assert_eq!(after(&[(5_000, K::Blur { to: BlurTo::Iframe })]), [0; 0]);
    assert_eq!(after(&[(5_000, K::Blur { to: BlurTo::Dialog })]), [0; 0]);
    assert_eq!(after(&[(5_000, K::Out { edge: falter::signal::Edge::Top })]), [0; 0]);
    for &cause in Cause::ALL {
        let wanted: &[u32] = if cause == Cause::Unknown { &[5_000] } else { &[] };
        assert_eq!(after(&[(5_000, K::Pagehide { cause })]), wanted, "{cause:?}");
    }
    let purchase = (4_000, K::Purchase { value: 1.0 });
    assert_eq!(after(&[purchase, (5_000, K::Pagehide { cause: Cause::Unknown })]), [0; 0], "the order is placed");
}

#[test]
fn a_leave_carries_what_was_thought_before_it() {
    let mut detector = calm();
    let cart = SignalKind::Cart { op: CartOp::Add, item: None, qty: 1.0, value: 42.6 };
    drive(&mut detector, &[moved(0, 1.0, 1.0), at(100, cart), at(900, SignalKind::Hidden)]);
    let leave = detector.take_leave(900).expect("a leave");
    assert_eq!(leave, Leave { t: 900, reason: Reason::Unsure, risk: 0.5, cart: 42.6 });
}

#[test]
fn a_blur_is_confirmed_over_a_page_load() {
    let mut detector = fresh(7);
    drive(&mut detector, &[moved(0, 1.0, 1.0), at(5_000, SignalKind::Blur { to: BlurTo::Outside })]);
    assert_eq!(detector.take_leave(5_400), None, "not yet known");
    let mut next = reload(&detector, 7);
    assert_eq!(next.take_leave(5_400), None);
    assert_eq!(next.take_leave(5_501).map(|leave| leave.t), Some(5_000));
}

#[test]
fn what_was_shown_and_the_page_state_live_over_a_page_load_and_settings_do_not() {
    let shop = at(0, SignalKind::Facts(Facts { returns_days: 30.0, ..Facts::NONE }));
    let mut visit = vec![shop, page(0, PageKind::Product)];
    visit.extend((0..80).map(|n| moved(n * 100, n as f32, 9.0)));
    let settings = Settings::new(0.5);
    let mut detector = Detector::new(constant(3.0), &start(Device::Mouse), settings);
    let holds =
        |decisions: &[Decision]| decisions.iter().filter(|d| format!("{:?}", d.verdict).contains("Show(")).count();
    assert_eq!(holds(&drive(&mut detector, &visit)), 1);
    let held = History { held_out: true, ..History::NONE };
    let mut next = Detector::new(
        constant(3.0),
        &start(Device::Touch),
        Settings { history: held, consent: Consent::Memory, ..settings },
    );
    next.restore(&detector.save()).expect("ours");
    assert_eq!(
        (next.settings().consent, next.settings().history),
        (Consent::Memory, held),
        "settings are the new page's"
    );
    assert_eq!(next.observer().window().facts().returns_days, 30.0);
    assert_eq!(next.observer().window().page(), PageKind::Product);
    let later: Vec<Signal> = (80..160).map(|n| moved(n * 100, n as f32, 9.0)).collect();
    assert_eq!(holds(&drive(&mut next, &later)), 0, "one card a session, not a page");
}
