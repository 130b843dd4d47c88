//! The features against their naive twin, on random visits and on visits whose features are known by thought.

mod support;

use std::collections::BTreeSet;

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow, Index, UNKNOWN, extract, table_hash};
use falter::observer::{Observer, TICK_MS};
use falter::signal::{CartOp, Device, Edge, Facts, ItemId, PageKind, Section, Signal, SignalKind};
use falter::window::SignalWindow;
use support::{H, Visit, at, moved, naive, page, start};

/// Feeds the signals and compares every tick with the twin. Gives the number of ticks.
fn compare(seed: u64, device: Device, signals: &[Signal]) -> usize {
    let mut observer = Observer::new(&start(device));
    let mut ticks = 0;
    for (number, signal) in signals.iter().enumerate() {
        while let Some(now) = observer.tick(signal.t) {
            ticks += 1;
            // the twin is slow: look at every third tick, wherever that falls
            if (u64::from(now / TICK_MS) + seed).is_multiple_of(3) {
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
    for seed in 0..90 {
        let device = Device::ALL[seed as usize % 3];
        ticks += compare(seed, device, &Visit::random(seed, 220));
    }
    assert!(ticks > 10_000, "only {ticks} ticks: the visits are too short to say anything");
}

/// The features at `now`, and the same by the twin.
fn row(device: Device, signals: &[Signal], now: u32) -> impl Fn(Index) -> f32 + use<> {
    let mut observer = Observer::new(&start(device));
    for signal in signals {
        while observer.tick(signal.t).is_some() {}
        observer.push(signal);
    }
    while observer.tick(now).is_some() {}
    let row = *observer.row();
    same(0, now, &row, &naive::features(&start(device), signals, now));
    move |index| row[index as usize]
}

fn line(from: u32, to: u32, a: (f32, f32), b: (f32, f32)) -> impl Iterator<Item = Signal> {
    (from..=to).step_by(25).map(move |t| {
        let part = (t - from) as f32 / (to - from) as f32;
        moved(t, a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
    })
}

fn near(found: f32, wanted: f32) {
    assert!((found - wanted).abs() <= 0.01 * wanted.abs().max(0.1), "{found}, not {wanted}");
}

#[test]
fn a_way_straight_up_heads_for_the_top() {
    let signals: Vec<Signal> = line(0, 2_000, (600.0, 650.0), (600.0, 50.0)).collect();
    let row = row(Device::Mouse, &signals, 2_000);
    for index in [Index::HeadingTop2, Index::Straightness2] {
        near(row(index), 1.0);
    }
    // 300 px/s, the last sample 7.5 px short of the end
    near(row(Index::PeakSpeed2), 300.0);
    near(row(Index::PointerY), 57.5 / H);
    near(row(Index::EdgeDistance), 57.5 / H);
    assert!((row(Index::TimeToTop) - 57.5 / 285.0).abs() < 0.01);
    assert!((row(Index::Rise2) - 592.5 / H).abs() < 0.06, "{}", row(Index::Rise2));
    assert_eq!((row(Index::Turns8), row(Index::Curvature8), row(Index::Out)), (0.0, 0.0, 0.0));
}

#[test]
fn a_wavering_hand_turns() {
    let mut signals: Vec<Signal> = Vec::new();
    for n in 0..8 {
        let (a, b) = if n % 2 == 0 { (200.0, 600.0) } else { (600.0, 200.0) };
        signals.extend(line(n * 250, n * 250 + 250, (a, 300.0), (b, 300.0)));
    }
    let row = row(Device::Mouse, &signals, 2_250);
    assert_eq!((row(Index::Turns2), row(Index::Turns8)), (6.0, 7.0), "there and back again; the first time is 2 s ago");
    assert!(row(Index::Straightness2) < 0.2 && row(Index::Curvature8) > 0.4);
    near(row(Index::Speed2), 7.0 * 400.0 / 2.0);
}

#[test]
fn a_way_of_3_px_has_a_direction_and_a_shorter_one_has_none() {
    for (way, directed) in [(3.0, 1.0), (2.5, 0.0)] {
        let up = [moved(1_000, 600.0, 300.0), moved(2_000, 600.0, 300.0), moved(2_100, 600.0, 300.0 - way)];
        let row = row(Device::Mouse, &up, 2_250);
        assert_eq!([Index::Straightness2, Index::HeadingTop2].map(&row), [directed; 2], "{way} px");
    }
}

#[test]
fn a_change_of_45_degrees_is_no_turn_and_a_sharper_one_is() {
    for (x, turns) in [(280.0, 0.0), (279.0, 1.0)] {
        let steps = [(200.0, 300.0), (200.0, 300.0), (240.0, 300.0), (x, 340.0)];
        // one step a bucket
        let way = steps.iter().zip(8..).map(|(&(x, y), bucket)| moved(bucket * 125, x, y));
        let row = row(Device::Mouse, &way.collect::<Vec<Signal>>(), 1_500);
        assert_eq!(row(Index::Turns2), turns, "to {x}");
    }
}

#[test]
fn a_hand_heads_for_the_top_from_1_px_a_second_on() {
    let up = |way: f32| [moved(1_000, 600.0, 5.5), moved(2_000, 600.0, 5.5), moved(2_100, 600.0, 5.5 - way)];
    assert_eq!(row(Device::Mouse, &up(0.5), 2_250)(Index::TimeToTop), 5.0);
    assert_eq!(row(Device::Mouse, &up(0.0), 2_250)(Index::TimeToTop), 10.0, "as good as never");
}

#[test]
fn the_header_is_what_lies_above_15_percent() {
    let resized = at(0, SignalKind::Resize { w: 1_200.0, h: 1_000.0, doc_h: 3_000.0 });
    for (y, share) in [(149.5, 1.0), (150.0, 0.0)] {
        assert_eq!(row(Device::Mouse, &[resized, moved(0, 600.0, y)], 1_000)(Index::HeaderShare8), share, "{y} px");
    }
}

#[test]
fn where_nobody_was_there_is_no_pace_and_no_share() {
    let mut window = SignalWindow::new(&start(Device::Mouse));
    for signal in [at(10, SignalKind::Scroll { y: 100.0 }), at(50, SignalKind::Hidden)] {
        window.push(&signal);
    }
    let mut row = UNKNOWN;
    window.advance(250);
    extract(&window, 250, &mut row);
    for index in [Index::ReadingPace32, Index::ActiveShare8, Index::ActiveShare32] {
        assert!(row[index as usize].is_nan(), "{index:?}: gone in the eighth of a second it began in");
    }
}

#[test]
fn a_finger_that_comes_down_elsewhere_did_not_travel_there() {
    let touch = |t, x, y| at(t, SignalKind::Down { x, y });
    let signals = [touch(0, 100.0, 600.0), moved(100, 100.0, 600.0), touch(1_000, 300.0, 20.0)];
    assert_eq!(row(Device::Touch, &signals, 1_250)(Index::Speed2), 0.0);
    assert!(row(Device::Mouse, &signals, 1_250)(Index::Speed2) > 300.0, "a mouse did");
}

#[test]
fn a_pointer_that_came_back_elsewhere_did_not_travel_there() {
    let out = at(500, SignalKind::Out { edge: Edge::Top });
    let signals = [moved(0, 600.0, 10.0), out, moved(3_000, 20.0, 650.0)];
    let while_out = row(Device::Mouse, &signals[..2], 2_000);
    assert_eq!((while_out(Index::Out), while_out(Index::HeaderShare8)), (1.5, 4.0 / 16.0), "the first half second");
    let back = row(Device::Mouse, &signals, 3_250);
    assert_eq!((back(Index::Out), back(Index::Speed2), back(Index::Pause)), (0.0, 0.0, 0.25));
}

#[test]
fn a_burst_up_and_a_wavering_scroll_are_seen() {
    let scroll = |t, y| at(t, SignalKind::Scroll { y });
    let signals = [scroll(0, 1_402.0), scroll(1_000, 1_402.0 - 350.5), scroll(1_100, 701.0), scroll(1_200, 1_051.5)];
    let row = row(Device::Touch, &signals, 2_000);
    near(row(Index::ScrollUp2), 1.0);
    near(row(Index::ScrollBurst2), 4.0);
    near(row(Index::ScrollDown8), 2.5);
    assert_eq!(row(Index::ScrollReversals8), 2.0);
    near(row(Index::ScrollDepth), (1_402.0 + H) / 2_811.0);
    near(row(Index::ReadingPace32), 2.5 / 2.0);
}

#[test]
fn the_way_to_an_order_has_momentum_and_a_gap() {
    let cart = |t, op, value| at(t, SignalKind::Cart { op, item: Some(ItemId(7)), qty: 1.0, value });
    let facts = Facts { free_shipping_from: 50.0, usual_order: 20.0, ..Facts::NONE };
    let way = [
        at(0, SignalKind::Facts(facts)),
        page(100, PageKind::Product),
        cart(1_000, CartOp::Add, 40.0),
        page(2_000, PageKind::Policy),
        page(3_000, PageKind::Product),
        page(4_000, PageKind::Cart),
        cart(5_000, CartOp::Remove, 0.0),
        cart(6_000, CartOp::CouponFailed, f64::NAN),
    ];
    let bought = row(Device::Mouse, &way[..6], 4_250);
    assert_eq!(bought(Index::Momentum32), 2.0, "in the cart and to the cart; reading a policy is no step");
    near(bought(Index::ShippingGap), 0.2);
    near(bought(Index::UsualRatio), 2.0);
    assert_eq!((bought(Index::FunnelStep), bought(Index::PageViews), bought(Index::PolicyViews)), (3.0, 4.0, 1.0));
    let lost = row(Device::Mouse, &way, 6_250);
    assert_eq!((lost(Index::Momentum32), lost(Index::CartFlips), lost(Index::CouponsFailed)), (0.0, 1.0, 1.0));
    assert_eq!((lost(Index::ShippingGap), lost(Index::CartAdds)), (1.0, 1.0));
    let untold = row(Device::Mouse, &way[1..2], 250);
    assert!(untold(Index::ShippingGap).is_nan() && untold(Index::UsualRatio).is_nan(), "what is not known is NaN");
}

/// A shop that always ships free has no amount that a cart could lack, and nobody's usual order is 0.
#[test]
fn amounts_of_0_have_no_gap_and_no_ratio() {
    let facts = Facts { free_shipping_from: 0.0, usual_order: 0.0, ..Facts::NONE };
    for value in [0.0, 40.0] {
        let cart = SignalKind::Cart { op: CartOp::Add, item: None, qty: 1.0, value };
        let row = row(Device::Mouse, &[at(0, SignalKind::Facts(facts)), at(100, cart)], 250);
        assert!(row(Index::ShippingGap).is_nan() && row(Index::UsualRatio).is_nan(), "a cart of {value}");
    }
}

#[test]
fn sections_are_dwelt_on_and_returned_to() {
    let hover = |t, section| at(t, SignalKind::Hover { section });
    let unhover = |t, section| at(t, SignalKind::Unhover { section });
    let signals = [
        hover(0, Section::Shipping),
        hover(2_000, Section::Price),
        unhover(2_500, Section::Price),
        unhover(2_600, Section::Returns),
        hover(3_000, Section::Price),
        hover(4_000, Section::Shipping),
    ];
    let row = row(Device::Mouse, &signals, 5_500);
    assert_eq!((row(Index::ShippingDwell), row(Index::PriceDwell), row(Index::ReturnsDwell)), (3.5, 1.5, 0.0));
    assert_eq!(row(Index::Revisits), 1.0, "half a second away is the same look");
}

#[test]
fn the_table_names_each_feature_once_and_its_hash_names_the_table() {
    let names: BTreeSet<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    assert_eq!(names.len(), FEATURE_COUNT);
    assert!((40..=64).contains(&FEATURE_COUNT));
    for feature in &FEATURES {
        assert!(feature.min < feature.max && !feature.meaning.is_empty(), "{}", feature.name);
        assert!(feature.name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase() || b.is_ascii_digit()));
    }
    let fnv = |name: &str| name.bytes().fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let hash = FEATURES.iter().fold(0u32, |hash, feature| hash.rotate_left(5) ^ fnv(feature.name));
    assert_eq!(hash, table_hash(), "the same wherever it is worked out");
}
