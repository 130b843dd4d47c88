//! Plays: what is read of the shared cases, the published list, its recordings, and the evaluator against a naive twin.
#![cfg(feature = "train")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use falter::detector::{Decision, Detector, Settings};
use falter::model::Model;
use falter::plays::{MEASURES, MOST_NUMBERS, NAMES, OR, Playbook, Plays, Sight, measure_names, parse};
use falter::policy::{Cue, History, Verdict};
use falter::reason::Reason;
use falter::signal::{CartOp, Device, Facts, ItemId, PageKind, Section, SignalKind};
use falter::train::Visit;
use falter::train::visit::VisitReader;
use falter::window::{SessionStart, SignalWindow};
use serde_json::Value;
use support::{Rng, Visit as Random, at, page, start};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn cases() -> Vec<Value> {
    json(include_str!("cases/plays.json"))["cases"].as_array().expect("cases").clone()
}

/// Programs as the cases write them: null for NaN, numbers as floats.
fn written(programs: &[Vec<f64>]) -> Value {
    programs.iter().map(|program| program.iter().map(|&number| Value::from(number)).collect::<Value>()).collect()
}

fn as_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(list) => list.iter().map(as_floats).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_shared_cases_are_read_as_they_say() {
    for case in cases() {
        let (book, faults) = parse(&case["plays"]);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(Value::from(faults), case["faults"], "{}", case["name"]);
        assert_eq!(Value::from(book.names.clone()), case["names"], "{}", case["name"]);
        assert_eq!(written(&book.programs), as_floats(&case["programs"]), "{}", case["name"]);
        let held: Vec<&[f64]> = book.plays.programs().iter().map(|program| &program[..]).collect();
        assert_eq!(held.len(), book.programs.len());
        for (held, program) in held.iter().zip(&book.programs) {
            let (begin, rest) = held.split_at(program.len());
            assert!(begin.iter().zip(program).all(|(a, b)| a == b || a.is_nan() && b.is_nan()), "{}", case["name"]);
            assert!(rest.iter().all(|number| number.is_nan()));
        }
    }
    assert_eq!(parse(&json("{}")).1[0].to_string(), "plays: not a list");
}

/// The published plays, and those of them that are in force by default.
fn published() -> [Value; 2] {
    let all = json(include_str!("../models/plays.json"));
    let in_force = all.as_array().expect("a list").iter().filter(|play| play["default"] != false).cloned().collect();
    [all, in_force]
}

#[test]
fn the_published_list_is_what_ships() {
    let [_, in_force] = published();
    let (book, faults) = parse(&in_force);
    assert_eq!(faults, []);
    assert_eq!(book.names, NAMES);
    let bits = |plays: &Plays| -> Vec<Vec<u64>> {
        let number = |number: &f64| if number.is_nan() { u64::MAX } else { number.to_bits() };
        // what is no place of a list is none, however it is written
        let program = |program: &[f64; MOST_NUMBERS]| {
            let none = program.iter().take(2).map(|&place| if place == 255.0 { f64::NAN } else { place });
            none.chain(program.iter().copied().skip(2)).map(|n| number(&n)).collect()
        };
        plays.programs().iter().map(program).collect()
    };
    assert_eq!(bits(&book.plays), bits(&Plays::shipped()));
    assert_eq!(Playbook::shipped().names, NAMES);
}

fn recording(name: &str) -> Visit {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sessions/plays/{name}.ndjson"));
    let text = fs::read_to_string(path).expect("a recording");
    VisitReader::new(text.as_bytes()).next().expect("a visit").expect("one that can be read")
}

/// As `falter replay` decides.
fn decisions(visit: &Visit, plays: &Plays) -> Vec<Decision> {
    let model = Model::from_bytes(include_bytes!("../models/exit.falter")).expect("a model");
    let history = History::from(&visit.header);
    let settings = Settings { history, ..Settings::new(model.threshold_for_share(0.05)) };
    let mut detector = Detector::new(model, &SessionStart::from(&visit.header), settings);
    detector.plays_mut().clone_from(plays);
    let mut decisions = vec![];
    for (at, signal) in &visit.signals {
        decisions.extend(std::iter::from_fn(|| detector.tick(*at)));
        detector.push(signal);
    }
    decisions.extend(std::iter::from_fn(|| detector.tick(visit.header.end)));
    decisions
}

#[test]
fn each_published_play_fires_in_its_recording_and_not_in_its_near_miss() {
    let expected = &json(include_str!("sessions/plays/expected.json"))["plays"];
    let (all, faults) = parse(&published()[0]);
    assert_eq!(faults, []);
    for (place, name) in all.names.iter().enumerate() {
        let fired = decisions(&recording(name), &all.plays);
        let cued: Vec<&Decision> = fired.iter().filter(|decision| decision.play.is_some()).collect();
        assert_eq!(u64::from(cued[0].t), expected[name]["t"].as_u64().expect("a time"), "{name}");
        let Verdict::Show(show) = cued[0].verdict else { panic!("{name}: {:?}", cued[0]) };
        assert_eq!(show.message.name(), expected[name]["message"].as_str().expect("a message"), "{name}");
        assert!(cued.iter().all(|decision| decision.play == Some(place as u8)), "{name}");
        let shown = fired.iter().filter(|decision| matches!(decision.verdict, Verdict::Show(_)));
        assert_eq!(shown.count(), 1, "{name}");
        let missed = decisions(&recording(&format!("{name}.miss")), &all.plays);
        assert!(missed.len() > 30 && missed.iter().all(|decision| decision.play.is_none()), "{name}");
        let silent = decisions(&recording(name), &Plays::none());
        assert!(silent.iter().all(|decision| decision.play.is_none() && !matches!(decision.verdict, Verdict::Show(_))));
        let default = decisions(&recording(name), &Plays::shipped());
        let wanted = if NAMES.contains(&name.as_str()) { &fired } else { &silent };
        assert!(default.iter().zip(wanted).all(|(a, b)| (a.t, a.play) == (b.t, b.play)), "{name} by default");
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sessions/plays");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 2 * all.names.len() + 1, "each has a test");
}

/// A session in which every sort of measure is something.
fn session() -> SignalWindow {
    let mut window = SignalWindow::new(&start(Device::Mouse));
    let facts = Facts { stock: 4.0, segment: 7.0, free_shipping_from: 50.0, ..Facts::NONE };
    for signal in [at(0, SignalKind::Facts(facts)), page(500, PageKind::Cart)] {
        window.push(&signal);
    }
    for t in [1_000, 4_000] {
        window.push(&at(t, SignalKind::Hover { section: Section::Shipping }));
        window.push(&at(t + 500, SignalKind::Unhover { section: Section::Shipping }));
    }
    let item = Some(ItemId(1));
    for (op, value) in [(CartOp::Add, 20.0), (CartOp::Remove, 12.5)] {
        window.push(&at(5_000, SignalKind::Cart { op, item, qty: 1.0, value }));
    }
    window.advance(10_500);
    window
}

#[test]
fn measures_are_what_their_names_say() {
    let (window, names) = (session(), measure_names());
    let mut row = falter::features::UNKNOWN;
    falter::features::extract(&window, 10_500, &mut row);
    let history = History { visits: 3, orders: 2, left_and_returned: 1, left_cart: 42.6, ..History::NONE };
    let measures = Sight { t: 10_500, row: &row, risk: 0.25, window: &window, history: &history }.measures();
    assert_eq!(names.len(), MEASURES);
    let measure = |name: &str| measures[names.iter().position(|other| other == name).expect(name)];
    for (name, wanted) in [
        ("session_s", 10.5),
        ("shipping_gap", 0.75),
        ("stock", 4.0),
        ("segment", 7.0),
        ("shipping_looks", 2.0),
        ("returns_looks", 0.0),
        ("cart_dwell_s", 10.0),
        ("checkout_dwell_s", 0.0),
        ("risk", 0.25),
        ("cart_value", 12.5),
        ("cart_removes", 1.0),
        ("visits", 3.0),
        ("orders", 2.0),
        ("left_and_returned", 1.0),
        ("left_cart", 42.6),
    ] {
        assert_eq!(measure(name), wanted, "{name}");
    }
    for (name, &value) in names.iter().zip(&row) {
        let found = measure(name);
        assert!(found == f64::from(value) || found.is_nan() && value.is_nan(), "{name}");
    }
    assert!(measure("sold").is_nan(), "a fact that was not given is not known");
}

/// A condition, once more: any group of which all terms hold.
fn naive(program: &[f64], measures: &[f64]) -> bool {
    let mut groups: Vec<Vec<bool>> = vec![];
    for term in program[2..].chunks(3).take_while(|term| !term[0].is_nan()) {
        let (measured, value) = (measures[term[0] as usize], term[2]);
        let holds = match term[1] as u8 % OR {
            0 => measured > value,
            1 => measured >= value,
            2 => measured < value,
            3 => measured <= value,
            4 => measured == value,
            _ => measured != value && !measured.is_nan(),
        };
        if groups.is_empty() || term[1] as u8 >= OR {
            groups.push(vec![]);
        }
        groups.last_mut().expect("a group").push(holds);
    }
    groups.iter().any(|group| group.iter().all(|&holds| holds))
}

#[test]
fn the_first_play_that_a_naive_reading_finds_is_the_cue() {
    let mut rng = Rng(9);
    let (mut found, mut none) = (0, 0);
    for seed in 0..40 {
        let mut window = SignalWindow::new(&start(Device::Mouse));
        let signals = Random::random(seed, 200);
        signals.iter().for_each(|signal| window.push(signal));
        let t = signals.last().expect("a signal").t + 250;
        window.advance(t);
        let mut row = falter::features::UNKNOWN;
        falter::features::extract(&window, t, &mut row);
        let history = History { visits: rng.below(3), left_cart: rng.pick(&[0.0, 9.5]), ..History::NONE };
        let sight = Sight { t, row: &row, risk: 0.4, window: &window, history: &history };
        let measures = sight.measures();
        for _ in 0..500 {
            let mut plays = Plays::none();
            let count = rng.below(17) as usize;
            let mut wanted = None;
            for place in 0..count {
                let mut program = [f64::NAN; MOST_NUMBERS];
                program[0] = rng.pick(&[f64::NAN, 3.0]);
                for term in 0..rng.below(9) as usize {
                    let measure = rng.below(MEASURES as u32) as usize;
                    let value = rng.pick(&[0.0, 1.0, measures[measure], measures[measure]]);
                    let or = rng.pick(&[0.0, 0.0, f64::from(OR)]);
                    let operator = f64::from(rng.below(6)) + or;
                    program[2 + 3 * term..5 + 3 * term].copy_from_slice(&[measure as f64, operator, value]);
                }
                if naive(&program, &measures) && wanted.is_none() {
                    let reason = (!program[0].is_nan()).then_some(Reason::Returns);
                    wanted = Some(Cue { play: place as u8, reason, message: None });
                }
                *plays.program_mut(place).expect("room for sixteen") = program;
            }
            assert_eq!(plays.cue(&sight), wanted);
            if wanted.is_some() { found += 1 } else { none += 1 }
        }
    }
    assert!(found > 1_000 && none > 1_000, "{found} and {none}: too few of one");
}

#[test]
fn odd_programs_fire_nothing_and_break_nothing() {
    let (window, history) = (session(), History::NONE);
    let row = falter::features::UNKNOWN;
    let sight = Sight { t: 10_500, row: &row, risk: 0.5, window: &window, history: &history };
    for term in [
        [-1.0, 0.0, 0.0],
        [1e9, 1.0, 0.0],
        [f64::INFINITY, 1.0, -1.0],
        [105.0, 6.0, 0.5],
        [105.0, 7.0, 0.5],
        [105.0, f64::NAN, 0.5],
        [105.0, 5.0, f64::NAN],
        [105.0, 1e300, 0.5],
    ] {
        let mut plays = Plays::none();
        let program = plays.program_mut(0).expect("room");
        program.fill(f64::NAN);
        program[2..5].copy_from_slice(&term);
        assert_eq!(plays.cue(&sight), None, "{term:?}");
    }
    let mut plays = Plays::shipped();
    assert!(plays.program_mut(16).is_none() && plays.programs().len() == NAMES.len(), "sixteen are the most");
}
