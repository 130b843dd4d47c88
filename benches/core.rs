//! What falter costs natively, and how that grows: `./build.sh bench core`.
//!
//! On the recorded sessions of tests/sessions/, and on models and pointers made for the purpose. Criterion keeps its estimates
//! in target/criterion/; benches/growth.mjs draws the growing ones.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion};
use falter::detector::{Detector, Settings};
use falter::features::{FEATURE_COUNT, FeatureRow, UNKNOWN, extract};
use falter::model::{Model, Parts, Split, Tree, to_bf16};
use falter::observer::TICK_MS;
use falter::reason::explain;
use falter::signal::{Device, Signal, SignalKind};
use falter::window::SessionStart;

use support::{Session, read_sessions};

mod support;

const MODEL: &[u8] = include_bytes!("../models/exit.falter");
/// Rates of pointers, Hz: from a display's to the fastest mouse there is.
const RATES: [u32; 6] = [60, 125, 500, 1_000, 4_000, 8_000];
/// Long enough for every span of the window to be full, ms.
const POINTER_MS: u32 = 40_000;

fn model() -> Model {
    Model::from_bytes(MODEL).expect("the shipped model")
}

fn detector(start: &SessionStart) -> Detector {
    let model = model();
    let settings = Settings::new(model.threshold_for_share(0.05));
    Detector::new(model, start, settings)
}

/// What ticks and signals of a replay took, with how many there were of each; and the sum of its risks.
struct Replayed {
    ticks: (Duration, u32),
    signals: (Duration, u32),
    risks: f64,
}

fn replay(session: &Session) -> Replayed {
    let mut detector = detector(&session.start);
    let (mut ticks, mut signals, mut risks) = ((Duration::ZERO, 0), (Duration::ZERO, 0), 0.0);
    let mut rest = session.signals.as_slice();
    while let Some((first, _)) = rest.first() {
        let due = (first / TICK_MS + 1) * TICK_MS;
        let began = Instant::now();
        while let Some(decision) = black_box(detector.tick(*first)) {
            ticks.1 += 1;
            risks += f64::from(decision.risk);
        }
        ticks.0 += began.elapsed();
        // all signals until the next tick in one go: a clock costs as much as a signal
        let (now, later) = rest.split_at(rest.partition_point(|(at, _)| *at < due));
        let began = Instant::now();
        for (_, signal) in now {
            black_box(detector.push(black_box(signal)));
        }
        signals.0 += began.elapsed();
        signals.1 += now.len() as u32;
        rest = later;
    }
    Replayed { ticks, signals, risks }
}

/// The mean of a part of replays, as Criterion takes it: the time of so many of it.
fn mean_of(part: fn(&Replayed) -> (Duration, u32), sessions: &[Session], iterations: u64) -> Duration {
    let (mut time, mut count) = (Duration::ZERO, 0u64);
    while count < iterations {
        for session in sessions {
            let (one, of) = part(&replay(session));
            time += one;
            count += u64::from(of);
        }
    }
    time.mul_f64(iterations as f64 / count as f64)
}

fn parts(criterion: &mut Criterion) {
    let sessions = read_sessions().expect("tests/sessions/");
    for session in &sessions {
        let [one, other] = [replay(session).risks, replay(session).risks];
        assert!(one > 0.0 && one.to_bits() == other.to_bits(), "every run decides alike");
    }
    criterion.bench_function("load", |bench| bench.iter(|| Model::from_bytes(black_box(MODEL))));
    criterion.bench_function("tick", |bench| {
        bench.iter_custom(|iterations| mean_of(|all| all.ticks, &sessions, iterations))
    });
    criterion.bench_function("signal", |bench| {
        bench.iter_custom(|iterations| mean_of(|all| all.signals, &sessions, iterations))
    });

    let (window, row, now) = halfway(&sessions[0]);
    let model = model();
    let mut out: FeatureRow = UNKNOWN;
    criterion.bench_function("features", |bench| bench.iter(|| extract(black_box(&window), now, black_box(&mut out))));
    criterion.bench_function("model", |bench| bench.iter(|| model.risk(black_box(&row))));
    criterion.bench_function("reason", |bench| bench.iter(|| explain(model.head(), black_box(&row))));
}

/// The window and the features in the middle of a session.
fn halfway(session: &Session) -> (falter::window::SignalWindow, FeatureRow, u32) {
    let mut detector = detector(&session.start);
    for (at, signal) in &session.signals[..session.signals.len() / 2] {
        while detector.tick(*at).is_some() {}
        detector.push(signal);
    }
    (*detector.observer().window(), *detector.features(), detector.observer().now())
}

/// A pointer that goes about the page for 40 s, so many times a second.
fn pointer(hz: u32) -> Session {
    let signals = (0..u64::from(POINTER_MS) * u64::from(hz) / 1_000).map(|i| {
        let t = (i * 1_000 / u64::from(hz)) as u32;
        let angle = f64::from(t) / 400.0;
        let (x, y) = (640.0 + 500.0 * libm::sin(angle), 400.0 + 300.0 * libm::cos(1.3 * angle));
        (t, Signal { t, kind: SignalKind::Move { x: libm::round(x) as f32, y: libm::round(y) as f32 } })
    });
    let start = SessionStart { device: Device::Mouse, w: 1280.0, h: 800.0, doc_h: 3000.0, visits: 0, orders: 0 };
    Session { start, signals: signals.collect() }
}

/// A model of so many trees over so many features, each with as many edges as there may be.
fn forest(features: usize, trees: usize, depth: usize) -> Model {
    let bf16 = |value: f32| falter::model::from_bf16(to_bf16(value));
    let edges: Vec<f32> = (0..63u16).map(|i| bf16(f32::from(i) / 64.0)).collect();
    let edges = (0..FEATURE_COUNT).map(|place| if place < features { edges.clone() } else { vec![] });
    let tree = |number: usize| Tree {
        splits: (0..depth)
            .map(|level| {
                let place = number * depth + level;
                Split { feature: (place * 7 % features) as u8, bin: (place * 11 % 63) as u8 }
            })
            .collect(),
        leaves: (0..1 << depth).map(|leaf| (leaf % 5) as i8).collect(),
        scale: 0.0625,
    };
    let shipped = model().parts();
    let made = Parts { edges: edges.collect(), trees: (0..trees).map(tree).collect(), ..shipped };
    Model::new(made).expect("within the bounds")
}

fn growth(criterion: &mut Criterion) {
    let row: FeatureRow = std::array::from_fn(|place| (place * 37 % 64) as f32 / 64.0);
    let mut group = criterion.benchmark_group("trees");
    for features in [16, 32, 64] {
        for trees in [100, 200, 400, 800] {
            let model = forest(features, trees, 3);
            let id = BenchmarkId::new(format!("{features} features"), trees);
            group.bench_function(id, |bench| bench.iter(|| model.margin(black_box(&row))));
        }
    }
    group.finish();

    let mut group = criterion.benchmark_group("rate");
    for hz in RATES {
        let session = [pointer(hz)];
        let name = |what| BenchmarkId::new(what, hz);
        let signals = |count| mean_of(|all| all.signals, &session, count);
        let ticks = |count| mean_of(|all| all.ticks, &session, count);
        group.bench_function(name("a signal"), |bench| bench.iter_custom(signals));
        group.bench_function(name("a tick"), |bench| bench.iter_custom(ticks));
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .sample_size(30)
        .configure_from_args();
    parts(&mut criterion);
    growth(&mut criterion);
    criterion.final_summary();
}
