//! The features against their naive twin, on random visits and on visits whose features are known by thought.

mod support;

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow, Index};
use falter::observer::{Observer, TICK_MS};
use falter::signal::{CartOp, Device, Edge, Facts, ItemId, PageKind, Section, Signal, SignalKind};
use support::{Visit, at, moved, naive, page, start};

/// Feeds the signals and compares every tick with the twin. Gives the number of ticks.
fn compare(seed: u64, device: Device, signals: &[Signal]) -> usize {
    let mut observer = Observer::new(&start(device));
    let mut ticks = 0;
    for (number, signal) in signals.iter().enumerate() {
        while let Some(now) = observer.tick(signal.t) {
            ticks += 1;
            // the twin is slow: look at every third tick, wherever that falls
            if (u64::from(now / TICK_MS) + seed) % 3 == 0 {
                same(seed, now, observer.row(), &naive::features(&start(device), &signals[..number], now));
            }
        }
        observer.push(signal);
    }
    assert_eq!(observer.dropped(), 0, "seed {seed}: the visit is made so that nothing is too late");
    ticks
}

fn same(seed: u64, now: u32, fast: &FeatureRow, slow: &[f64; FEATURE_COUNT]) {
    for ((feature, &fast), &slow) in FEATURES.iter().zip(fast).zip(slow) {
        let fast = f64::from(fast);
        let is_near = (fast - slow).abs() <= 1e-4 * slow.abs().max(1.0) || (fast.is_nan() && slow.is_nan());
        assert!(is_near, "seed {seed}, {now} ms: {} is {fast}, the slow way {slow}", feature.name);
    }
}

#[test]
fn random_visits_have_the_features_that_their_naive_twin_finds() {
    let mut ticks = 0;
    for seed in 0..120 {
        let device = Device::ALL[seed as usize % 3];
        ticks += compare(seed, device, &Visit::random(seed, 220));
    }
    assert!(ticks > 10_000, "only {ticks} ticks: the visits are too short to say anything");
}
