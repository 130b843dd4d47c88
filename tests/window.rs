//! The window: the same hand looks the same however often it is sampled, and the ring forgets what is over.

mod support;

use falter::features::{FEATURES, FeatureRow, Index as F};
use falter::observer::Observer;
use falter::signal::{CartOp, Device, ItemId, PageKind, Section, Signal, SignalKind, half_px};
use falter::window::SignalWindow;
use support::{at, moved, page, start};

/// Where a hand is that makes one minimum-jerk movement (Flash and Hogan 1985) after the other: (from ms, to ms, x, y).
const MOVEMENTS: [(f64, f64, f64, f64); 6] = [
    (500.0, 1_300.0, 900.0, 420.0),
    (2_100.0, 2_700.0, 500.0, 180.0),
    (2_700.0, 3_300.0, 260.0, 460.0),
    (5_000.0, 6_400.0, 640.0, 600.0),
    (7_000.0, 7_900.0, 600.0, 20.0),
    (9_300.0, 9_800.0, 140.0, 24.0),
];

fn hand(t: f64) -> (f64, f64) {
    let (mut x, mut y) = (200.0, 300.0);
    for (from, to, next_x, next_y) in MOVEMENTS {
        if t <= from {
            break;
        }
        let s = ((t - from) / (to - from)).min(1.0);
        let part = s * s * s * (10.0 - 15.0 * s + 6.0 * s * s);
        (x, y) = (x + (next_x - x) * part, y + (next_y - y) * part);
    }
    (x, y)
}

/// The hand as a mouse of this rate tells it: only where it moved, rounded as capture rounds.
fn sampled(every_ms: f64) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    for number in 0..(10_400.0 / every_ms) as u32 {
        let t = f64::from(number) * every_ms;
        let (x, y) = hand(t);
        let kind = SignalKind::Move { x: half_px(x), y: half_px(y) };
        if signals.last().is_none_or(|last| last.kind != kind) {
            signals.push(at((t + 0.5) as u32, kind));
        }
    }
    signals
}

fn rows(signals: &[Signal]) -> Vec<(u32, FeatureRow)> {
    let mut observer = Observer::new(&start(Device::Mouse));
    let mut rows = Vec::new();
    for signal in signals.iter().copied().chain([at(10_500, SignalKind::Zoom)]) {
        while let Some(t) = observer.tick(signal.t) {
            rows.push((t, *observer.row()));
        }
        observer.push(&signal);
    }
    rows
}

#[test]
fn probe() {
    let base = rows(&sampled(1.0));
    for rate in [0.125, 1000.0 / 60.0, 8.0, 150.0, 161.0] {
        let other = rows(&sampled(rate));
        assert_eq!(base.len(), other.len());
        println!("rate {rate}");
        for (f, feature) in FEATURES.iter().enumerate().take(26) {
            let (mut worst, mut at_t, mut pair, mut settled) = (0.0f32, 0, (0.0, 0.0), 0.0f32);
            for ((t, a), (_, b)) in base.iter().zip(&other) {
                let d = (a[f] - b[f]).abs();
                let still = MOVEMENTS.iter().all(|m| f64::from(*t) < m.0 + 0.0 || f64::from(*t) > m.1 + 200.0);
                if d > worst { (worst, at_t, pair) = (d, *t, (a[f], b[f])); }
                if still && d > settled { settled = d; }
            }
            let top = base.iter().map(|(_, a)| a[f].abs()).fold(0.0, f32::max);
            println!("{:18} worst {worst:10.3} at {at_t} {pair:?} settled {settled:.3} of {top:.2}", feature.name);
        }
    }
}
