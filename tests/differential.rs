//! The fast ways against the slow ones: the window and the kernel beside a recomputation from the raw signals and a walk over the
//! file, on random, hostile, simulated and recorded visits.
//!
//! `./build.sh differential SECONDS` goes on with fresh seeds for a time (`FALTER_DIFFERENTIAL_SECONDS`), and says how far it got.
//! `FALTER_RECORDINGS` names a folder of recordings to compare on besides.
#![cfg(feature = "train")]

mod support;

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow};
use falter::model::{MAX_BINS, MAX_DEPTH, MAX_TREES, Model, Parts, Split, Tree, from_bf16, leaf, to_bf16};
use falter::signal::{Device, Signal};
use falter::train::Visit as Recorded;
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::visit::VisitReader;
use falter::window::SessionStart;
use support::hostile::{Hostile, Order};
use support::naive::model::NaiveModel;
use support::naive::stream::{Compared, replay};
use support::{Rng, Visit, parts, start};

/// Seeds: those of every run, or fresh ones for a time.
fn seeds(count: u64) -> Box<dyn Iterator<Item = u64>> {
    let Ok(seconds) = std::env::var("FALTER_DIFFERENTIAL_SECONDS") else { return Box::new(0..count) };
    let first = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos() as u64;
    let until =
        Instant::now() + Duration::from_secs(seconds.parse().expect("FALTER_DIFFERENTIAL_SECONDS is a whole number"));
    Box::new((first..).take_while(move |_| Instant::now() < until))
}

/// The slow way is slow: ticks of a silence are looked at ever more seldom.
fn now_and_then(number: u64) -> bool {
    number < 3 || number.is_multiple_of(7) && number < 100 || number.is_multiple_of(211)
}

fn compare_recorded(visit: &Recorded, compared: &mut Compared) {
    let start = SessionStart::from(&visit.header);
    replay(&start, &visit.signals, visit.header.end, |number| number.is_multiple_of(5), compared)
        .unwrap_or_else(|differs| panic!("{}: {differs}", visit.header.session));
}

/// Runs hostile visits through both ways; `length` by the seed.
fn compare_hostile(order: Order, visits: u64, compared: &mut Compared) -> u64 {
    let mut count = 0;
    for seed in seeds(visits) {
        let visit = Hostile::visit(seed, 40 + seed as usize % 140, order);
        replay(&visit.start, &visit.signals, visit.end, now_and_then, compared)
            .unwrap_or_else(|differs| panic!("seed {seed}: {differs}"));
        count += 1;
    }
    count
}

#[test]
fn hostile_visits_have_the_features_that_their_naive_twin_finds() {
    let mut compared = Compared::default();
    let visits = compare_hostile(Order::Kept, 60, &mut compared);
    println!("hostile: {visits} visits, {} ticks, {} signals dropped, no difference", compared.ticks, compared.dropped);
    assert!(compared.ticks > 100 * visits && compared.dropped > visits, "{compared:?}");
    let same: Vec<&str> =
        (0..FEATURE_COUNT).filter(|&at| !compared.varied.contains(&at)).map(|at| FEATURES[at].name).collect();
    assert!(same.is_empty(), "always the same, so never compared: {same:?}");
}

/// What fresh seeds found: 89.891 beside 89.901 px/s2, where the speeds lie over the 20,000 px/s that are told; sums of such ways in 32 bits
/// have no more digits.
#[test]
fn speeds_that_no_hand_has_differ_by_the_digits_of_their_sums() {
    for seed in [1_795_350_298_557_308_393, 1_795_350_298_721_462_795] {
        let visit = Hostile::visit(seed, 40 + seed as usize % 140, Order::Kept);
        let compared = &mut Compared::default();
        replay(&visit.start, &visit.signals, visit.end, now_and_then, compared)
            .unwrap_or_else(|differs| panic!("seed {seed}: {differs}"));
        assert!(compared.ticks > 10, "{compared:?}");
    }
}

/// What fresh seeds found, and what was made of it.
#[test]
fn a_section_that_was_left_at_the_very_moment_of_coming_back_was_looked_at_until_then() {
    let seed = 1_795_321_756_533_746_791;
    let visit = Hostile::visit(seed, 40 + seed as usize % 140, Order::Kept);
    let compared = &mut Compared::default();
    replay(&visit.start, &visit.signals, visit.end, |_| true, compared).unwrap_or_else(|differs| panic!("{differs}"));
}

#[test]
fn a_change_told_out_of_order_is_off_by_no_more_than_it_came_late() {
    let mut compared = Compared { is_loose: true, ..Compared::default() };
    let visits = compare_hostile(Order::Broken, 25, &mut compared);
    println!("out of order: {visits} visits, {} ticks, no difference but what came late explains", compared.ticks);
    assert!(compared.excused > 0, "{compared:?}");
}

#[test]
fn random_visits_have_the_features_that_their_naive_twin_finds() {
    let (mut compared, mut visits) = (Compared::default(), 0);
    for seed in seeds(12) {
        let device = Device::ALL[seed as usize % Device::ALL.len()];
        let signals: Vec<(u32, Signal)> = in_order(Visit::random(seed, 150));
        let end = signals.last().map_or(0, |(at, _)| at + 9_000);
        replay(&start(device), &signals, end, |number| number.is_multiple_of(3), &mut compared)
            .unwrap_or_else(|differs| panic!("seed {seed}: {differs}"));
        visits += 1;
    }
    println!("random: {visits} visits, {} ticks, no difference", compared.ticks);
    assert_eq!(compared.dropped, 0, "these are made so that nothing is too late");
}

/// Signals with the times of the stream they come at.
fn in_order(signals: Vec<Signal>) -> Vec<(u32, Signal)> {
    let mut stream = 0;
    let at = |signal: Signal| {
        stream = signal.t.max(stream);
        (stream, signal)
    };
    signals.into_iter().map(at).collect()
}

#[test]
fn simulated_visits_have_the_features_that_their_naive_twin_finds() {
    let mut compared = Compared::default();
    for seed in seeds(1) {
        let options = SimulateOptions { sessions: 3, seed, ..SimulateOptions::default() };
        simulate(&options).map(Recorded::from).for_each(|visit| compare_recorded(&visit, &mut compared));
    }
    println!("simulated: {} ticks, no difference", compared.ticks);
    assert!(compared.ticks > 100, "{compared:?}");
}

fn compare_folder(folder: &Path) -> Compared {
    let mut compared = Compared::default();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "ndjson") {
            continue;
        }
        for visit in VisitReader::new(BufReader::new(File::open(&path).expect("a file"))) {
            compare_recorded(&visit.unwrap_or_else(|error| panic!("{}: {error}", path.display())), &mut compared);
        }
    }
    compared
}

#[test]
fn recorded_visits_have_the_features_that_their_naive_twin_finds() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions");
    let compared = compare_folder(&home);
    assert!(compared.ticks > 2_000, "{compared:?}");
    if let Ok(folder) = std::env::var("FALTER_RECORDINGS") {
        let compared = compare_folder(Path::new(&folder));
        println!("recordings in {folder}: {} ticks, no difference", compared.ticks);
    }
}

/// A model anywhere in its bounds: depth, trees and edges at their least and most, values far and near.
fn wild_parts(rng: &mut Rng) -> Parts {
    let mut parts = parts(rng.next());
    let bf16 = |value: f64| from_bf16(to_bf16(value as f32));
    for edges in &mut parts.edges {
        let count = rng.pick(&[0, 1, 2, 7, 33, MAX_BINS - 1]);
        let span = rng.pick(&[1e-3, 1.0, 60.0, 1e6, 1e38]);
        *edges = (0..count).map(|_| bf16(rng.between(-span, span))).collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|a, b| a == b);
    }
    // one has them all, so that there is something to ask
    parts.edges[3] = (0..MAX_BINS - 1).map(|n| n as f32 - 20.0).collect();
    let used: Vec<u8> = (0..FEATURE_COUNT as u8).filter(|&f| !parts.edges[usize::from(f)].is_empty()).collect();
    let depth = 1 + rng.below(MAX_DEPTH as u32) as usize;
    let trees = match rng.below(20) {
        0 => MAX_TREES as u32,
        1 => 0,
        _ => 1 + rng.below(60),
    };
    parts.trees = (0..trees)
        .map(|_| Tree {
            splits: (0..depth)
                .map(|_| {
                    let feature = rng.pick(&used);
                    Split { feature, bin: rng.below(parts.edges[usize::from(feature)].len() as u32) as u8 }
                })
                .collect(),
            leaves: (0..1 << depth).map(|_| rng.below(256) as u8 as i8).collect(),
            scale: bf16(rng.pick(&[0.0, 1e-3, 0.5, 7e5])),
        })
        .collect();
    parts.base = rng.pick(&[-1e6, -0.5, -0.0, 0.0, 3.25, 1e6]);
    parts
}

/// Anything a float can be: not known, beyond all, on an edge, next to one.
fn wild_row(rng: &mut Rng, parts: &Parts) -> FeatureRow {
    let mut row = [f32::NAN; FEATURE_COUNT];
    for (slot, edges) in row.iter_mut().zip(&parts.edges) {
        let edge = if edges.is_empty() { 1.0 } else { rng.pick(edges) };
        *slot = match rng.below(8) {
            0 => rng.pick(&[f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN]),
            1 => rng.pick(&[0.0, -0.0, f32::MIN_POSITIVE, f32::from_bits(1), -f32::from_bits(1)]),
            2 => edge.next_up(),
            3 => edge.next_down(),
            4 | 5 => edge,
            6 => f32::from_bits(rng.next() as u32),
            _ => rng.between(-30.0, 70.0) as f32,
        };
    }
    row
}

#[test]
fn the_kernel_says_what_a_walk_over_the_bytes_of_the_file_says() {
    let (mut models, mut rows) = (0u64, 0u64);
    let (mut depths, mut leaves) = (vec![0; MAX_DEPTH + 1], 0u64);
    for seed in seeds(40) {
        let mut rng = Rng(seed ^ 0x5eed);
        let parts = wild_parts(&mut rng);
        let model = Model::new(parts.clone()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let bytes = model.to_bytes();
        let slow = NaiveModel::new(&bytes);
        for _ in 0..10 {
            let row = wild_row(&mut rng, &parts);
            // leaf by leaf first: so it is known where they part
            let bins = model.bins(&row);
            for (number, tree) in parts.trees.iter().enumerate() {
                assert_eq!(leaf(tree, &bins), slow.leaf(number, &row), "seed {seed}: leaf of tree {number}");
                leaves += 1;
            }
            assert_eq!(model.margin(&row).to_bits(), slow.margin(&row).to_bits(), "seed {seed}: the margin");
            let (risk, wanted) = (f64::from(model.risk(&row)), slow.risk(&row));
            assert!((risk - wanted).abs() < 1e-5, "seed {seed}: the risk is {risk}, the slow way {wanted}");
            rows += 1;
        }
        depths[model.depth()] += 1;
        models += 1;
    }
    println!("kernel: {models} models, {rows} rows, {leaves} leaves, no difference");
    assert!(depths[1..].iter().all(|&count| count > 0), "every depth: {depths:?}");
}
