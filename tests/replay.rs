//! A session tick by tick: read as a whole, fed as it comes, and settled under floors.
#![cfg(feature = "train")]

mod support;

use falter::detector::{self, Detector};
use falter::features::FEATURE_COUNT;
use falter::plays;
use falter::policy::{History, HoldReason, Message, Verdict};
use falter::reason::{REASONS, Reason};
use falter::recording::write_signal;
use falter::signal::{Facts, SignalKind};
use falter::train::Visit;
use falter::train::kept::{self, Kept};
use falter::train::loaded::Loaded;
use falter::train::replay::{NONE, Player, Ticks};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::tuning::Settings;
use falter::window::SessionStart;
use support::{Rng, bits};

fn visits(sessions: u32, seed: u64) -> Vec<Visit> {
    let options = SimulateOptions { sessions, seed, ..SimulateOptions::default() };
    simulate(&options).map(Visit::from).collect()
}

/// Columns by their bits: NaN equals nothing.
fn columns(ticks: &Ticks) -> [Vec<u32>; 13] {
    let wide = |column: &[u8]| column.iter().map(|&byte| byte.into()).collect();
    [
        ticks.t.clone(),
        bits(&ticks.risk),
        bits(&ticks.margin),
        wide(&ticks.reason),
        bits(&ticks.confidence),
        wide(&ticks.hold),
        wide(&ticks.message),
        wide(&ticks.answers),
        wide(&ticks.play),
        bits(&ticks.features),
        bits(&ticks.contributions),
        bits(&ticks.posterior),
        bits(&ticks.evidence),
    ]
}

#[test]
fn ticks_are_those_of_a_detector() {
    let loaded = Loaded::shipped().unwrap();
    let threshold = loaded.model().threshold_for_share(0.3);
    let (mut shown, mut held) = (0, 0);
    for visit in visits(12, 5) {
        let ticks = Player::replay(&loaded, &visit, &Settings::new(threshold.into()));
        let settings =
            detector::Settings { history: History::from(&visit.header), ..detector::Settings::new(threshold) };
        let mut detector = Detector::new(loaded.model().clone(), &SessionStart::from(&visit.header), settings);
        let mut place = 0;
        let mut compare = |detector: &mut Detector, until: u32| {
            while let Some(decision) = detector.tick(until) {
                assert_eq!((ticks.t[place], ticks.risk[place].to_bits()), (decision.t, decision.risk.to_bits()));
                let why = &decision.explanation;
                assert_eq!((ticks.reason[place], ticks.confidence[place]), (why.reason as u8, why.confidence));
                assert_eq!(ticks.posterior[place * REASONS..][..REASONS], why.posterior);
                assert_eq!(ticks.play[place], decision.play.unwrap_or(NONE));
                let said = (ticks.hold[place], ticks.message[place], ticks.answers[place]);
                match decision.verdict {
                    Verdict::Hold(hold) => assert_eq!(said, (hold as u8, NONE, NONE)),
                    Verdict::Show(show) => assert_eq!(said, (NONE, show.message as u8, show.reason as u8)),
                }
                shown += usize::from(ticks.hold[place] == NONE);
                held += usize::from(ticks.hold[place] == HoldReason::Risk as u8);
                let row = &ticks.features[place * FEATURE_COUNT..][..FEATURE_COUNT];
                assert_eq!(bits(row), bits(detector.features()));
                let parts = &ticks.contributions[place * FEATURE_COUNT..][..FEATURE_COUNT];
                let sum = ticks.bias + parts.iter().copied().map(f64::from).sum::<f64>();
                assert!((sum - f64::from(ticks.margin[place])).abs() < 1e-5);
                for (evidence, told) in why.evidence.iter().zip(ticks.evidence[place * 9..][..9].chunks(3)) {
                    let input = if evidence.weight > 0.0 { evidence.input as f32 } else { 255.0 };
                    assert_eq!(bits(told), bits(&[input, evidence.value, evidence.weight]));
                }
                place += 1;
            }
        };
        for (at, signal) in &visit.signals {
            compare(&mut detector, *at);
            detector.push(signal);
        }
        compare(&mut detector, visit.header.end);
        assert_eq!(place, ticks.len());
    }
    assert!(shown > 2 && held > 1_000, "{shown} cards, {held} holds for risk");
}

#[test]
fn a_session_fed_in_pieces_comes_to_the_same_bits() {
    let loaded = Loaded::shipped().unwrap();
    let mut rng = Rng(9);
    for visit in visits(6, 8) {
        let settings = Settings::new(0.3);
        let whole = Player::replay(&loaded, &visit, &settings);
        let mut player = Player::new(&loaded, &visit.header, &settings);
        let (mut ticks, mut rest) = (player.no_ticks(), visit.signals.as_slice());
        while !rest.is_empty() {
            let (fed, later) = rest.split_at(1 + rng.below(rest.len().min(40) as u32) as usize);
            rest = later;
            let mut lines = String::new();
            for (at, signal) in fed {
                write_signal(*at, signal, &mut lines);
                lines.push('\n');
            }
            // whoever feeds it looks at the clock somewhere between these lines and the next
            let (last, next) = (fed[fed.len() - 1].0, rest.first().map_or(visit.header.end, |(at, _)| *at));
            player.feed(&lines, last + rng.below(next - last + 1), &mut ticks).unwrap();
        }
        player.feed("", visit.header.end, &mut ticks).unwrap();
        assert_eq!(columns(&ticks), columns(&whole));
    }
}

#[test]
fn a_bad_line_is_told_and_what_ran_before_it_stays() {
    let loaded = Loaded::shipped().unwrap();
    let [visit] = &visits(1, 2)[..] else { panic!("one visit") };
    let mut player = Player::new(&loaded, &visit.header, &Settings::new(0.5));
    let mut ticks = player.no_ticks();
    let lines = "{\"t\":0,\"s\":\"page\",\"page\":\"product\"}\n\n{\"t\":1100,\"s\":\"focus\"}\nnonsense\n{\"t\":1200,\"s\":\"focus\"}";
    let error = player.feed(lines, 5_000, &mut ticks).unwrap_err();
    assert_eq!(error.to_string(), "line 4: expected { at byte 0");
    assert_eq!(ticks.t, [250, 500, 750, 1_000]);
    let header = "{\"session\":\"b\",\"format\":1,\"w\":9,\"h\":9,\"docH\":9,\"end\":9}";
    let error = player.feed(header, 5_000, &mut ticks).unwrap_err();
    assert_eq!(error.to_string(), "line 1: opens a session while another goes on");
    player.feed("{\"t\":1200,\"s\":\"sneeze\"}", 1_500, &mut ticks).unwrap();
    assert_eq!(ticks.t, [250, 500, 750, 1_000, 1_250, 1_500]);
}

/// The first card of a visit: its tick, what it says and what it answers.
fn card(ticks: &Ticks) -> Option<(u32, u8, u8)> {
    let place = ticks.hold.iter().position(|&hold| hold == NONE)?;
    Some((ticks.t[place], ticks.message[place], ticks.answers[place]))
}

#[test]
fn under_its_floor_a_card_says_nothing_specific() {
    let loaded = Loaded::shipped().unwrap();
    let usual = Settings::new(0.2);
    let sure = Settings { floors: [1.0; REASONS], ..usual };
    let (mut general, mut silent) = (0, 0);
    // facts that answer some doubts, and promise nothing in general
    let facts = Facts { alternatives: 3.0, save_cart: 1.0, payment_methods: 4.0, loyalty_points: 80.0, ..Facts::NONE };
    for (number, mut visit) in visits(80, 4).into_iter().enumerate() {
        if number % 2 == 0 {
            let kinds = visit.signals.iter_mut().map(|(_, signal)| &mut signal.kind);
            kinds.filter(|kind| matches!(kind, SignalKind::Facts(_))).for_each(|kind| *kind = SignalKind::Facts(facts));
        }
        let (before, ticks) = (Player::replay(&loaded, &visit, &usual), Player::replay(&loaded, &visit, &sure));
        let Some((t, ..)) = card(&before) else {
            assert_eq!(columns(&ticks), columns(&before));
            continue;
        };
        let place = ticks.t.iter().position(|&tick| tick == t).unwrap();
        if ticks.hold[place] == NONE {
            general += 1;
            let (_, said, answers) = card(&ticks).unwrap();
            assert_eq!(answers, Reason::Unsure as u8);
            assert!([Message::Help as u8, Message::Chat as u8].contains(&said));
        } else {
            silent += 1;
            assert_eq!(ticks.hold[place], HoldReason::NothingToSay as u8);
            assert_eq!(card(&ticks), None, "the visit's one chance is gone");
        }
        // the reason that the model sees, and all else, is what it was
        assert_eq!((&ticks.reason, bits(&ticks.risk)), (&before.reason, bits(&before.risk)));
    }
    assert!(general > 2 && silent > 2, "{general} general, {silent} silent");
}

#[test]
fn a_play_guesses_nothing_and_has_no_floor() {
    let loaded = Loaded::shipped().unwrap();
    let visit = kept::visit(include_str!("sessions/plays/deal_seeker.ndjson")).unwrap();
    let ticks = Player::replay(&loaded, &visit, &Settings { floors: [1.0; REASONS], ..Settings::new(0.99) });
    let place = ticks.hold.iter().position(|&hold| hold == NONE).expect("a card");
    assert_eq!(plays::NAMES[usize::from(ticks.play[place])], "deal_seeker");
    assert_eq!(ticks.answers[place], Reason::Comparison as u8);
    assert_ne!(ticks.reason[place], ticks.answers[place], "it is not what the model sees");
}

#[test]
fn cards_are_those_that_tuning_counts() {
    let loaded = Loaded::shipped().unwrap();
    let mut floors = [0.25; REASONS];
    floors.iter_mut().step_by(2).for_each(|floor| *floor = 0.6);
    let settings = Settings { arming_ms: 12_000, floors, ..Settings::new(0.18) };
    let mut kept = Kept::default();
    let visits = visits(60, 6);
    for (number, visit) in visits.iter().enumerate() {
        let mut text = String::new();
        visit.write(&mut text);
        kept.put(loaded.model(), number.to_string(), text).unwrap();
    }
    let tuned = kept.tune(&settings);
    let (mut compared, mut cards) = (0, 0);
    for (place, visit) in visits.iter().enumerate() {
        let ticks = Player::replay(&loaded, visit, &settings);
        // plays are none of tuning's business
        if ticks.play.iter().all(|&play| play == NONE) {
            let expected = card(&ticks).map(|(t, _, answers)| (t, answers));
            let found = tuned.outcomes.card[place].map(|t| (t, tuned.outcomes.card_reason[place]));
            assert_eq!(found, expected, "visit {place}");
            compared += 1;
            cards += usize::from(found.is_some());
        }
    }
    assert!(compared > 40 && cards > 5, "{compared} visits, {cards} cards");
}
