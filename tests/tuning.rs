//! Tuning says what the protocol, the policy and a detector with these very settings say.
#![cfg(feature = "train")]

use falter::detector::{Detector, Settings as DetectorSettings};
use falter::model::Model;
use falter::plays::Plays;
use falter::policy::{ARMING_MS, Verdict};
use falter::reason::{REASONS, Reason};
use falter::signal::{Signal, SignalKind};
use falter::train::Visit;
use falter::train::digest::{Judgement, judge};
use falter::train::evaluate::COOL_MS;
use falter::train::presence::{Ending, presence};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::survey::Survey;
use falter::train::tuning::{Kind, NO_REASON, Settings, Sheet, Tuned, tune};
use falter::window::SessionStart;

fn model() -> Model {
    Model::from_bytes(include_bytes!("../models/exit.falter")).unwrap()
}

fn visits(sessions: u32) -> Vec<Visit> {
    let options = SimulateOptions { sessions, seed: 12, ..SimulateOptions::default() };
    simulate(&options).map(Visit::from).collect()
}

fn sheets(model: &Model, visits: &[Visit]) -> Vec<Sheet> {
    visits.iter().map(|visit| Sheet::of(model, visit)).collect()
}

/// The alerts of a visit as the protocol's text has them: ticks and risks from a detector of its own.
fn risks(model: &Model, visit: &Visit) -> Vec<(u32, f32)> {
    let mut detector = Detector::new(model.clone(), &SessionStart::from(&visit.header), DetectorSettings::new(2.0));
    let mut risks = vec![];
    for (at, signal) in &visit.signals {
        while let Some(decision) = detector.tick(*at) {
            risks.push((decision.t, decision.risk));
        }
        detector.push(signal);
    }
    while let Some(decision) = detector.tick(visit.header.end) {
        risks.push((decision.t, decision.risk));
    }
    risks
}

/// When a detector with these settings shows its first card, and what that answers. Plays are none of tuning's business.
fn card(model: &Model, visit: &Visit, settings: &Settings) -> Option<(u32, Reason)> {
    let set = DetectorSettings { arming_ms: settings.arming_ms, ..DetectorSettings::new(settings.threshold as f32) };
    let mut detector = Detector::new(model.clone(), &SessionStart::from(&visit.header), set);
    *detector.plays_mut() = Plays::none();
    let mut shown = None;
    let mut see = |detector: &mut Detector, until: u32| {
        while let Some(decision) = detector.tick(until) {
            if let Verdict::Show(show) = decision.verdict {
                assert!(shown.is_none());
                shown = Some((decision.t, show.reason));
            }
        }
    };
    for (at, signal) in &visit.signals {
        see(&mut detector, *at);
        detector.push(signal);
    }
    see(&mut detector, visit.header.end);
    shown
}

#[test]
fn at_the_presets_and_at_the_rates_the_numbers_are_those_of_evaluate() {
    let (model, visits) = (model(), visits(80));
    let judgements: Vec<Judgement> = visits.iter().zip(0..).map(|(visit, n)| judge(&model, n, visit)).collect();
    let mut survey = Survey::default();
    judgements.iter().for_each(|judgement| survey.add(judgement));
    let mut contest = survey.settle(&model);
    judgements.iter().for_each(|judgement| contest.add(&judgement.digest));
    let figures = contest.figures("people");
    let sheets = sheets(&model, &visits);
    for policy in &figures.policy {
        let tuned = tune(sheets.iter(), &Settings::new(policy.threshold.into()));
        assert_eq!((tuned.saw_card, tuned.visits_without_leave), (policy.saw_card.count, policy.saw_card.of));
        assert_eq!((tuned.answered, tuned.policy_leaves), (policy.answered.count, policy.answered.of));
    }
    let eager = figures.policy.last().unwrap();
    assert!(eager.answered.count > 0 && eager.saw_card.count > 0);
    for row in &figures.alerts {
        let tuned = tune(sheets.iter(), &Settings::new(row.threshold));
        assert_eq!((tuned.on_time, tuned.leaves), (row.found.on_time.count, row.found.on_time.of));
        assert_eq!(tuned.ahead, row.found.ahead.count);
        assert_eq!(tuned.false_alerts, row.found.false_alerts.count);
        assert!((tuned.minutes - figures.minutes).abs() < 1e-4);
        let lead = figures.lead_times.iter().find(|lead| lead.rate == row.rate).unwrap();
        assert_eq!(tuned.missed, lead.unseen);
    }
    assert_eq!(figures.alerts.len(), 4);
    assert_eq!(figures.visits, tune(sheets.iter(), &Settings::new(0.5)).visits);
}

#[test]
fn cards_come_when_a_detector_with_these_settings_shows_them() {
    let (model, visits) = (model(), visits(25));
    let sheets = sheets(&model, &visits);
    for arming_ms in [0, ARMING_MS, 40_000] {
        for threshold in [0.02, 0.1, 0.2, 0.35] {
            let settings = Settings { arming_ms, ..Settings::new(threshold) };
            let tuned = tune(sheets.iter(), &settings);
            let shown: Vec<_> = visits.iter().map(|visit| card(&model, visit, &settings)).collect();
            let outcomes = &tuned.outcomes;
            assert_eq!(outcomes.card, shown.iter().map(|card| card.map(|(t, _)| t)).collect::<Vec<_>>());
            let reasons: Vec<u8> = shown.iter().map(|card| card.map_or(NO_REASON, |(_, said)| said as u8)).collect();
            assert_eq!(outcomes.card_reason, reasons);
            for &reason in Reason::ALL {
                let cards = shown.iter().filter(|card| card.is_some_and(|(_, said)| said == reason)).count();
                assert_eq!(tuned.cards[reason as usize] as usize, cards);
            }
        }
    }
}

#[test]
fn alerts_are_those_of_the_protocol_at_any_cool_down() {
    let (model, visits) = (model(), visits(30));
    let sheets = sheets(&model, &visits);
    for (threshold, cooldown_ms) in [(0.05, 10_000), (0.2, 10_000), (0.2, 0), (0.1, 3_000), (0.1, 60_000)] {
        let tuned = tune(sheets.iter(), &Settings { cooldown_ms, ..Settings::new(threshold) });
        let (mut on_time, mut late, mut missed, mut wrong) = (0, 0, 0, 0);
        for (place, visit) in visits.iter().enumerate() {
            let risks = risks(&model, visit);
            let before = (on_time, late, missed, wrong);
            for stretch in presence(visit) {
                let mut fired: Vec<u32> = vec![];
                for &(t, risk) in risks.iter().filter(|(t, _)| stretch.holds(*t)) {
                    let has_cooled = fired.last().is_none_or(|last| t - last >= cooldown_ms);
                    if has_cooled && f64::from(risk) >= threshold {
                        fired.push(t);
                    }
                }
                let is_end = stretch.ending != Ending::Open;
                let leads: Vec<u32> = fired.iter().map(|t| stretch.end - t).collect();
                wrong += leads.iter().filter(|&&lead| !is_end || lead > 10_000).count();
                if is_end && stretch.end - stretch.start >= 4_000 {
                    on_time += usize::from(leads.iter().any(|lead| (2_000..=4_000).contains(lead)));
                    let last: Vec<u32> = leads.into_iter().filter(|&lead| lead <= 10_000).collect();
                    missed += usize::from(last.is_empty());
                    late += usize::from(!last.is_empty() && last.iter().all(|&lead| lead < 2_000));
                }
            }
            let o = &tuned.outcomes;
            let found = [o.on_time[place], o.late[place], o.missed[place], o.false_alerts[place]].map(usize::from);
            assert_eq!(found, [on_time - before.0, late - before.1, missed - before.2, wrong - before.3]);
            let moments =
                tuned.moments.visit.iter().zip(&tuned.moments.kind).filter(|(visit, _)| **visit == place as u32);
            let of = |kind| moments.clone().filter(|(_, found)| **found == kind).count();
            let found = [Kind::OnTime, Kind::Late, Kind::Missed, Kind::False].map(of);
            assert_eq!(found, [on_time - before.0, late - before.1, missed - before.2, wrong - before.3]);
            assert_eq!(of(Kind::Ahead) + of(Kind::OnTime), usize::from(o.ahead[place]));
            assert_eq!(o.leaves[place], o.ahead[place] + o.late[place] + o.missed[place]);
            let peak = risks.iter().fold((0, 0.0), |peak, &(t, risk)| if risk > peak.1 { (t, risk) } else { peak });
            assert_eq!((o.peak_t[place], o.peak[place]), peak);
        }
        let sums = [tuned.on_time, tuned.late, tuned.missed, tuned.false_alerts];
        assert_eq!(sums, [on_time, late, missed, wrong].map(|count| count as u64));
    }
}

/// Every point of a curve is what tuning says at its threshold.
fn assert_curve_holds(sheets: &[Sheet], settings: &Settings) -> Tuned {
    let tuned = tune(sheets.iter(), settings);
    let curve = &tuned.curve;
    assert!(curve.threshold.windows(2).all(|pair| pair[0] > pair[1]));
    for (place, &threshold) in curve.threshold.iter().enumerate() {
        let there = tune(sheets.iter(), &Settings { threshold, ..*settings });
        let found = [curve.on_time[place], curve.ahead[place], curve.false_alerts[place]];
        assert_eq!(found.map(u64::from), [there.on_time, there.ahead, there.false_alerts], "{threshold}");
        let found = [curve.saw_card[place], curve.answered[place]];
        assert_eq!(found.map(u64::from), [there.saw_card, there.answered], "{threshold}");
    }
    tuned
}

#[test]
fn curves_hold_what_each_threshold_alone_gives() {
    let (model, visits) = (model(), visits(20));
    let sheets = sheets(&model, &visits);
    let tuned = assert_curve_holds(&sheets, &Settings::new(0.3));
    assert_eq!(tuned.curve.threshold.len(), 80);
    let floors = [0.6; REASONS];
    assert_curve_holds(&sheets, &Settings { threshold: 0.3, arming_ms: 0, cooldown_ms: 2_000, floors });
}

#[test]
fn a_reason_under_its_floor_is_answered_in_general_or_not_at_all() {
    let (model, visits) = (model(), visits(60));
    let sure = Settings::new(0.1);
    let careful = Settings { floors: [0.9; REASONS], ..sure };
    let sheets_of_all = sheets(&model, &visits);
    let (before, after) = (tune(sheets_of_all.iter(), &sure), tune(sheets_of_all.iter(), &careful));
    let named = |tuned: &Tuned| tuned.cards[..REASONS].iter().sum::<u32>();
    let all = |tuned: &Tuned| tuned.cards.iter().sum::<u32>();
    assert!(named(&after) < named(&before) && all(&after) <= all(&before));
    for (before, after) in before.outcomes.card.iter().zip(&after.outcomes.card) {
        assert!(after == before || after.is_none());
    }
    // without a promise that helps in general, or somebody to chat with, a reason that is not sure gets no card
    let silent: Vec<Visit> = visits.iter().cloned().map(without_general_facts).collect();
    let sheets = sheets(&model, &silent);
    let (before, after) = (tune(sheets.iter(), &sure), tune(sheets.iter(), &careful));
    assert_eq!((before.cards[REASONS], after.cards[REASONS]), (0, 0));
    assert!(all(&after) < all(&before));
    // one floor moves one reason's cards alone
    let (reason, _) = before.cards.iter().enumerate().max_by_key(|(_, cards)| **cards).unwrap();
    let mut floors = sure.floors;
    floors[reason] = 1.0;
    let one = tune(sheets.iter(), &Settings { floors, ..sure });
    for place in 0..REASONS {
        assert_eq!(one.cards[place] == before.cards[place], place != reason || before.cards[place] == 0, "{place}");
    }
}

/// The visit in a shop that promises nothing a card could say in general.
fn without_general_facts(mut visit: Visit) -> Visit {
    for (_, Signal { kind, .. }) in &mut visit.signals {
        if let SignalKind::Facts(facts) = kind {
            let unknown = f64::NAN;
            (facts.free_shipping_from, facts.returns_days, facts.delivery_days) = (unknown, unknown, unknown);
            (facts.chat, facts.price_promise, facts.instalments) = (unknown, unknown, unknown);
        }
    }
    visit
}

#[test]
fn edges_of_the_settings() {
    let (model, visits) = (model(), visits(20));
    let sheets = sheets(&model, &visits);
    let never = tune(sheets.iter(), &Settings::new(1.0));
    assert_eq!((never.false_alerts, never.missed, never.saw_card), (0, never.leaves, 0));
    let always = tune(sheets.iter(), &Settings { arming_ms: 0, ..Settings::new(0.0) });
    assert_eq!(always.missed, 0);
    assert!(always.outcomes.card.iter().flatten().count() >= 15);
    let late = tune(sheets.iter(), &Settings { arming_ms: u32::MAX, ..Settings::new(0.0) });
    assert!(late.outcomes.card.iter().all(Option::is_none));
    assert_eq!(late.on_time, always.on_time, "alerts know no arming");
    let nobody = tune([].iter(), &Settings::new(0.5));
    assert_eq!(nobody, Tuned::default());
    assert_eq!(Settings::new(0.5).cooldown_ms, COOL_MS);
}
