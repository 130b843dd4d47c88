//! The window: the same hand looks the same however often it is sampled, and the ring forgets what is over.

mod support;

use falter::features::{FeatureRow, Index as F, UNKNOWN, extract};
use falter::observer::Observer;
use falter::signal::{CartOp, Device, ItemId, PageKind, Section, Signal, SignalKind, half_px};
use falter::window::{BUCKET_MS, SignalWindow};
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

type Rows = Vec<(u32, FeatureRow)>;

fn rows(signals: &[Signal]) -> Rows {
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

/// The greatest difference of a feature between this rate and 1 kHz at the ticks that are wanted, and the greatest value
/// it has at any.
fn difference(other: &Rows, feature: F, wanted: fn(u32) -> bool) -> (f32, f32) {
    let one = rows(&sampled(1.0));
    assert!(one.iter().zip(other).all(|(a, b)| a.0 == b.0) && one.len() == other.len(), "the same ticks");
    one.iter().zip(other).fold((0.0f32, 0.0f32), |(worst, most), ((t, a), (_, b))| {
        let [a, b] = [a, b].map(|row| row[feature as usize]);
        (if wanted(*t) { worst.max((a - b).abs()) } else { worst }, most.max(a.abs()))
    })
}

/// 200 ms after a movement and later, when the slowest recorder has told the end of it.
fn is_settled(t: u32) -> bool {
    MOVEMENTS.iter().all(|&(from, to, ..)| f64::from(t) < from || f64::from(t) > to + 200.0)
}

const KINEMATIC: [F; 19] = [
    F::Speed05,
    F::Speed2,
    F::PeakSpeed2,
    F::Acceleration1,
    F::Jerk2,
    F::Turns2,
    F::Turns8,
    F::Straightness2,
    F::Curvature8,
    F::Rise2,
    F::Rise8,
    F::HeadingTop2,
    F::TimeToTop,
    F::PointerY,
    F::EdgeDistance,
    F::HeaderShare8,
    F::StillShare8,
    F::Pauses8,
    F::Spread8,
];

#[test]
fn a_hand_looks_the_same_at_60_hz_1_khz_and_8_khz() {
    for every_ms in [0.125, 4.0, 8.0, 1000.0 / 60.0] {
        let other = rows(&sampled(every_ms));
        for feature in KINEMATIC {
            let (worst, most) = difference(&other, feature, is_settled);
            assert!(most > 0.0, "{feature:?} says nothing of this hand");
            assert!(worst <= 0.01 * most, "{feature:?} at {every_ms} ms: off by {worst} of {most}");
        }
        let (worst, _) = difference(&other, F::Pause, is_settled);
        assert!(worst < 0.035, "a rest begins within two samples: {worst} s");
    }
}

/// In the midst of a movement the last sample is up to one interval old, and so is what can be known.
#[test]
fn a_moving_hand_looks_much_the_same_at_60_hz_and_1_khz() {
    let other = rows(&sampled(1000.0 / 60.0));
    use F::{Acceleration1, EdgeDistance, Jerk2, PeakSpeed2, PointerY, Rise2, Rise8, Speed2, Speed05};
    for feature in [Speed05, Speed2, PeakSpeed2, Acceleration1, Jerk2, Rise2, Rise8, PointerY, EdgeDistance] {
        let (worst, most) = difference(&other, feature, |_| true);
        assert!(worst <= 0.1 * most, "{feature:?}: off by {worst} of {most}");
    }
}

#[test]
fn a_hand_looks_much_the_same_to_recorders_that_sample_slowly() {
    for every_ms in [150.0, 161.0] {
        let other = rows(&sampled(every_ms));
        for (feature, part) in [
            (F::Speed05, 0.06),
            (F::Speed2, 0.03),
            (F::PeakSpeed2, 0.15),
            (F::Acceleration1, 0.12),
            (F::Jerk2, 0.2),
            (F::Straightness2, 0.03),
            (F::Curvature8, 0.2),
            (F::Rise2, 0.05),
            (F::Rise8, 0.05),
            (F::HeadingTop2, 0.05),
            (F::TimeToTop, 0.03),
            (F::PointerY, 0.001),
            (F::EdgeDistance, 0.001),
            (F::HeaderShare8, 0.01),
            (F::StillShare8, 0.2),
            (F::Spread8, 0.01),
        ] {
            let (worst, most) = difference(&other, feature, is_settled);
            assert!(worst <= part * most, "{feature:?} at {every_ms} ms: off by {worst} of {most}");
        }
        let (worst, _) = difference(&other, F::Turns8, is_settled);
        assert!(worst <= 1.0, "a turn more or less");
    }
}

/// The window at `now` after these signals, by its features.
fn row(signals: &[Signal], now: u32) -> FeatureRow {
    let mut observer = Observer::new(&start(Device::Mouse));
    for signal in signals {
        while observer.tick(signal.t).is_some() {}
        observer.push(signal);
    }
    while observer.tick(now).is_some() {}
    *observer.row()
}

#[test]
fn a_window_is_as_large_after_an_hour_as_at_first() {
    // no list, no map, no box: what it is it is by value, and a copy of it owns nothing
    fn is_flat<T: Copy>() -> usize {
        assert!(!std::mem::needs_drop::<T>());
        std::mem::size_of::<T>()
    }
    assert!(is_flat::<SignalWindow>() < 4_096 && is_flat::<Observer>() < 4_608, "{}", is_flat::<Observer>());
}

#[test]
fn what_is_older_than_the_ring_is_forgotten() {
    let cart = SignalKind::Cart { op: CartOp::Add, item: None, qty: 1.0, value: 10.0 };
    let signals = [at(1_000, cart), at(2_000, SignalKind::Scroll { y: 350.5 })];
    for (now, steps, scrolled) in [(2_250, 1.0, true), (33_000, 1.0, true), (33_250, 0.0, true), (34_250, 0.0, false)] {
        let row = row(&signals, now);
        assert_eq!(row[F::Momentum32 as usize], steps, "at {now}");
        assert_eq!(row[F::ReadingPace32 as usize] > 0.0, scrolled, "at {now}");
        assert_eq!(row[F::CartAdds as usize], 1.0, "sums are of the whole session");
    }
    let far = row(&signals, 1_700_000);
    assert_eq!((far[F::Momentum32 as usize], far[F::ActiveShare32 as usize]), (0.0, 0.0), "however long the silence");
}

#[test]
fn what_is_told_after_its_bucket_was_forgotten_is_in_none() {
    let (now, seen) = (40_000, 40_000 + BUCKET_MS);
    for (buckets, is_kept) in [(255, true), (256, false), (257, false)] {
        let (mut window, mut row) = (SignalWindow::new(&start(Device::Mouse)), UNKNOWN);
        let then = now - buckets * BUCKET_MS;
        window.push(&at(now, SignalKind::Zoom));
        window.push(&at(then, SignalKind::Cart { op: CartOp::Add, item: None, qty: 1.0, value: 10.0 }));
        window.push(&moved(then, 400.0, 300.0));
        window.advance(seen);
        extract(&window, seen, &mut row);
        assert_eq!(row[F::Momentum32 as usize], if is_kept { 1.0 } else { 0.0 }, "{buckets} buckets late");
        assert_eq!(!row[F::PointerY as usize].is_nan(), is_kept, "{buckets} buckets late");
    }
}

#[test]
fn a_button_held_for_more_than_12_px_selects() {
    let press = at(1_000, SignalKind::Down { x: 400.0, y: 300.0 });
    let since = |signals: &[Signal]| row(signals, 2_000)[F::SinceSelect as usize];
    for (x, y) in [(412.0, 300.0), (388.0, 300.0), (400.0, 312.0), (408.0, 308.0)] {
        assert_eq!(since(&[press, moved(1_100, x, y)]), 60.0, "({x}, {y}) is a click of a hand that trembles");
    }
    for (x, y) in [(412.5, 300.0), (387.5, 300.0), (400.0, 312.5), (409.0, 309.0)] {
        assert_eq!(since(&[press, moved(1_100, x, y)]), 0.9, "({x}, {y})");
    }
    let release = at(1_050, SignalKind::Up { x: 400.0, y: 300.0 });
    assert_eq!(since(&[press, release, moved(1_100, 600.0, 300.0)]), 60.0, "no button is held");
}

/// A drag is told from beyond the edges too.
#[test]
fn a_way_out_over_the_top_is_as_long_as_one_within() {
    let up = |from: f32| {
        let way = [moved(1_000, 200.0, from), moved(2_000, 200.0, from), moved(2_100, 200.0, from - 15.0)];
        let row = row(&way, 2_250);
        [F::Rise2, F::Spread8, F::PeakSpeed2].map(|feature| row[feature as usize])
    };
    assert!((up(300.0)[0] - 15.0 / support::H).abs() < 1e-6);
    for from in [7.5, 0.0, -100.5] {
        assert_eq!(up(from), up(300.0), "from {from} px");
    }
}

#[test]
fn a_late_offset_does_not_scroll_back() {
    let scroll = |t, y| at(t, SignalKind::Scroll { y });
    let in_order = row(&[scroll(1_000, 100.0), scroll(1_100, 400.0), scroll(1_300, 500.0)], 1_500);
    let late = row(&[scroll(1_100, 400.0), scroll(1_000, 100.0), scroll(1_300, 500.0)], 1_500);
    for feature in [F::ScrollUp2, F::ScrollDown8, F::ScrollReversals8, F::ScrollDepth, F::SinceScroll] {
        assert_eq!(late[feature as usize], in_order[feature as usize], "{feature:?}");
    }
}

#[test]
fn a_link_to_the_top_is_no_hand_that_scrolls() {
    let scroll = |t, y| at(t, SignalKind::Scroll { y });
    let row = row(&[scroll(1_000, 400.0), scroll(2_000, 9_000.0), scroll(3_000, 0.0)], 3_250);
    assert_eq!((row[F::ScrollUp2 as usize], row[F::ScrollBurst2 as usize]), (0.0, 0.0));
    assert!((row[F::ScrollDown8 as usize] - 400.0 / support::H).abs() < 1e-6);
    assert_eq!(row[F::SinceScroll as usize], 2.25);
}

#[test]
fn products_are_remembered_until_eight_others_came() {
    let cart = |t, op, id| at(t, SignalKind::Cart { op, item: Some(ItemId(id)), qty: 1.0, value: f64::NAN });
    let mut signals = vec![cart(0, CartOp::Add, 1), cart(100, CartOp::Remove, 1)];
    // a changed amount says nothing of a product and takes nobody's place
    signals.extend((2..40).map(|id| cart(100 + id, CartOp::Quantity, id)));
    signals.extend((2..40).map(|id| cart(200 + id, CartOp::Coupon, id)));
    signals.extend([cart(300, CartOp::Add, 1), cart(400, CartOp::Remove, 1)]);
    assert_eq!(row(&signals, 500)[F::CartFlips as usize], 2.0);
    signals.extend((50..57).map(|id| cart(500, CartOp::Add, id)));
    assert_eq!(row(&signals, 750)[F::CartFlips as usize], 2.0, "seven others");
    signals.push(cart(750, CartOp::Add, 57));
    assert_eq!(row(&signals, 1_000)[F::CartFlips as usize], 0.0, "the eighth takes the place of the first");
    let view = |t, id| at(t, SignalKind::Page { page: PageKind::Product, item: Some(ItemId(id)), from: None });
    let views = [view(0, 1), view(10, 2), view(20, 1), view(30, 1), page(40, PageKind::Cart), view(50, 0)];
    assert_eq!(row(&views, 250)[F::ItemViews as usize], 3.0);
    let put_in: Vec<Signal> = views.into_iter().chain([cart(300, CartOp::Add, 1)]).collect();
    assert_eq!(row(&put_in, 500)[F::ItemViews as usize], 1.0, "what is in the cart is not put off any more");
    let taken_out: Vec<Signal> = put_in.into_iter().chain([cart(500, CartOp::Remove, 1)]).collect();
    assert_eq!(row(&taken_out, 750)[F::ItemViews as usize], 3.0, "and out of it again it is");
}

#[test]
fn time_out_of_sight_is_no_time_on_a_section() {
    let hover = |t| at(t, SignalKind::Hover { section: Section::Shipping });
    let signals = [moved(0, 1.0, 1.0), hover(1_000), at(3_000, SignalKind::Hidden), at(9_000, SignalKind::Visible)];
    assert_eq!(row(&signals, 10_000)[F::ShippingDwell as usize], 3.0);
    let told_while_away = [
        moved(0, 1.0, 1.0),
        at(1_000, SignalKind::Hidden),
        hover(2_000),
        at(9_000, SignalKind::Unhover { section: Section::Shipping }),
        at(9_500, SignalKind::Visible),
    ];
    assert_eq!(row(&told_while_away, 10_000)[F::ShippingDwell as usize], 0.0);
}

#[test]
fn products_taken_out_of_the_cart_are_counted() {
    let mut window = SignalWindow::new(&start(Device::Mouse));
    let ops = [CartOp::Add, CartOp::Remove, CartOp::Remove, CartOp::Quantity, CartOp::CouponFailed, CartOp::Remove];
    for (t, op) in (0..).zip(ops) {
        window.push(&at(t, SignalKind::Cart { op, item: None, qty: 1.0, value: 10.0 }));
    }
    assert_eq!(window.cart_removes(), 3);
}
