//! What every simulated visit must hold to, and what must be true of many together.
#![cfg(feature = "train")]

use std::collections::BTreeMap;

use falter::reason::Reason;
use falter::recording::{Line, read_line, write_header, write_signal};
use falter::signal::{BlurTo, Device, PageKind, Section, Signal, SignalKind};
use falter::train::simulate::{Layout, SimulateOptions, Visit, simulate};

fn visits(sessions: u32, seed: u64, devices: &[Device]) -> impl Iterator<Item = Visit> {
    simulate(&SimulateOptions { sessions, seed, devices: devices.to_vec(), ..SimulateOptions::default() })
}

fn text(visit: &Visit) -> String {
    let mut out = String::new();
    write_header(&visit.header, &mut out);
    for signal in &visit.signals {
        out.push('\n');
        write_signal(signal.t, signal, &mut out);
    }
    out
}

fn is_pointer(signal: &Signal) -> bool {
    matches!(signal.kind, SignalKind::Move { .. } | SignalKind::Down { .. } | SignalKind::Up { .. })
}

/// Presence segments as the reference judges them: start, end, whether a leave ended it.
fn segments(visit: &Visit) -> Vec<(u32, u32, bool)> {
    let (mut out, mut present, mut start) = (Vec::new(), true, 0);
    for (index, signal) in visit.signals.iter().enumerate() {
        match signal.kind {
            SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden if present => {
                let back = visit.signals[index + 1..].iter().find(|later| {
                    matches!(later.kind, SignalKind::Focus | SignalKind::Visible | SignalKind::Move { .. })
                });
                if back.is_none_or(|back| back.t - signal.t > 500) {
                    out.push((start, signal.t, true));
                    present = false;
                }
            }
            SignalKind::Unload => {
                if present {
                    out.push((start, signal.t, true));
                }
                return out;
            }
            SignalKind::Focus | SignalKind::Visible | SignalKind::Move { .. } | SignalKind::Scroll { .. }
                if !present =>
            {
                (present, start) = (true, signal.t);
            }
            _ => {}
        }
    }
    if present {
        out.push((start, visit.header.end, false));
    }
    out
}

#[test]
fn same_seed_same_bytes_whatever_the_number() {
    let few: Vec<String> = visits(5, 9, &[]).map(|visit| text(&visit)).collect();
    let many: Vec<String> = visits(12, 9, &[]).map(|visit| text(&visit)).collect();
    assert_eq!(few, many[..5]);
    assert!(visits(5, 10, &[]).zip(&few).all(|(visit, other)| text(&visit) != *other));
}

#[test]
fn every_visit_is_a_valid_recording() {
    for visit in visits(200, 2, &[]) {
        let mut last = 0;
        for signal in &visit.signals {
            assert!(signal.t >= last && signal.t <= visit.header.end, "{} at {}", visit.header.session, signal.t);
            assert!(signal.kind.is_finite());
            last = signal.t;
            if let SignalKind::Move { x, y } = signal.kind {
                assert!((0.0..visit.header.w).contains(&x) && (0.0..visit.header.h).contains(&y));
                assert!((x * 2.0).fract() == 0.0 && (y * 2.0).fract() == 0.0);
            }
        }
        let lines = text(&visit);
        let mut lines = lines.lines();
        assert_eq!(read_line(lines.next().unwrap()), Ok(Line::Header(visit.header.clone())));
        for (line, signal) in lines.zip(&visit.signals) {
            // NaN is not equal to itself, so facts are compared by their text
            let Ok(Line::Signal { at, signal: read }) = read_line(line) else { panic!("{line}") };
            let mut again = String::new();
            write_signal(at, &read, &mut again);
            assert_eq!(again, line);
            assert_eq!(at, signal.t);
        }
    }
}

#[test]
fn a_finger_moves_only_while_it_is_down() {
    for visit in visits(120, 3, &[Device::Touch]) {
        let mut down = false;
        for signal in &visit.signals {
            match signal.kind {
                SignalKind::Down { .. } => {
                    assert!(!down);
                    down = true;
                }
                SignalKind::Up { .. } => {
                    assert!(down);
                    down = false;
                }
                SignalKind::Move { .. } => assert!(down, "{} at {}", visit.header.session, signal.t),
                SignalKind::In { .. } | SignalKind::Out { .. } => panic!("a finger crosses no edge"),
                _ => {}
            }
        }
    }
}

#[test]
fn pointer_is_recorded_at_the_pages_rate_or_slowly() {
    let mut slow = 0;
    let mut all = 0;
    for visit in visits(150, 4, &[Device::Mouse]) {
        let times: Vec<u32> =
            visit.signals.iter().filter(|s| matches!(s.kind, SignalKind::Move { .. })).map(|s| s.t).collect();
        let mut gaps: Vec<u32> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if gaps.len() < 50 {
            continue;
        }
        gaps.sort_unstable();
        let median = gaps[gaps.len() / 2];
        assert!((7..=40).contains(&median) || (100..=260).contains(&median), "median gap {median} ms");
        slow += u32::from(median >= 100);
        all += 1;
    }
    let share = f64::from(slow) / f64::from(all);
    assert!((0.38..0.62).contains(&share), "{share} recorded slowly");
}

#[test]
fn leaves_are_of_the_measured_kinds() {
    // measured on 280 leaves (Brückner et al. 2020): 45 % silent for 4 s; in half of them, 20 % of those that came after
    // 4 s of presence or more
    let (mut leaves, mut silent, mut eligible, mut eligible_silent, mut top) = (0, 0, 0, 0, 0);
    for visit in visits(800, 5, &[Device::Mouse]) {
        for (start, end, left) in segments(&visit) {
            if !left {
                continue;
            }
            let last = visit.signals.iter().rev().find(|s| s.t <= end && s.t >= start && is_pointer(s));
            let still = last.is_none_or(|last| end - last.t > 4_000);
            leaves += 1;
            silent += u32::from(still);
            if end - start >= 4_000 {
                eligible += 1;
                eligible_silent += u32::from(still);
                let high = |s: &Signal| matches!(s.kind, SignalKind::Move { y, .. } if y < 0.15 * visit.header.h);
                top += u32::from(!still && last.is_some_and(high));
            }
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    assert!((0.36..0.54).contains(&share(silent, leaves)), "silent {}", share(silent, leaves));
    assert!((0.12..0.28).contains(&share(eligible_silent, eligible)), "{}", share(eligible_silent, eligible));
    assert!((0.35..0.60).contains(&share(top, eligible)), "top {}", share(top, eligible));
}

#[test]
fn away_times_have_the_measured_quantiles() {
    let mut away = Vec::new();
    for visit in visits(800, 6, &[Device::Mouse]) {
        let parts = segments(&visit);
        away.extend(parts.windows(2).map(|pair| pair[1].0 - pair[0].1));
    }
    away.sort_unstable();
    let quantile = |q: usize| f64::from(away[away.len() * q / 100]) / 1000.0;
    assert!((quantile(10) / 4.1 - 1.0).abs() < 0.35, "p10 {}", quantile(10));
    assert!((quantile(50) / 13.6 - 1.0).abs() < 0.3, "p50 {}", quantile(50));
    assert!((quantile(90) / 149.0 - 1.0).abs() < 0.4, "p90 {}", quantile(90));
}

#[test]
fn every_reason_comes_up_and_many_visits_have_no_leave() {
    let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
    let (mut clean, mut bought, mut all) = (0, 0, 0);
    for visit in visits(1_000, 7, &[]) {
        all += 1;
        if let Some(reason) = visit.header.reason {
            *reasons.entry(reason).or_default() += 1;
        }
        let order = visit.signals.iter().find(|s| matches!(s.kind, SignalKind::Purchase { .. })).map(|s| s.t);
        bought += u32::from(order.is_some());
        let until = order.unwrap_or(u32::MAX);
        clean += u32::from(!segments(&visit).iter().any(|(_, end, left)| *left && *end < until));
    }
    for reason in Reason::ALL {
        let count = reasons.get(reason).copied().unwrap_or(0);
        assert_eq!(count >= 5, *reason != Reason::Unsure, "{} × {}", count, reason.name());
    }
    let share = f64::from(clean) / f64::from(all);
    assert!((0.36..0.55).contains(&share), "{share} without a leave before an order");
    assert!(bought > 120);
}

#[test]
fn devices_are_drawn_from_those_asked_for() {
    assert!(visits(30, 8, &[Device::Touch]).all(|visit| visit.header.device == Device::Touch));
    let mouse = visits(400, 8, &[]).filter(|visit| visit.header.device == Device::Mouse).count();
    assert!((220..300).contains(&mouse), "{mouse} of 400 with a mouse");
    assert_eq!(visits(0, 8, &[]).count(), 0);
}

#[test]
fn header_trips_of_shoppers_who_stay_are_there_to_learn_from() {
    // moving to the top without leaving must be frequent, or a model learns that the top means leaving
    let (mut trips, mut ended) = (0, 0);
    for visit in visits(300, 11, &[Device::Mouse]) {
        let parts = segments(&visit);
        let mut high = false;
        for signal in &visit.signals {
            let SignalKind::Move { y, .. } = signal.kind else { continue };
            let now_high = y < 60.0;
            if now_high && !high {
                trips += 1;
                let soon = |(_, end, left): &(u32, u32, bool)| *left && *end >= signal.t && *end - signal.t < 4_000;
                ended += u32::from(parts.iter().any(soon));
            }
            high = now_high;
        }
    }
    assert!(trips > 600 && ended * 3 < trips, "{ended} of {trips} trips to the top ended in a leave");
}

/// Where the pointer was, part of the viewport's width from the left, when it came to rest on the price of a product.
fn price_places(layout: Layout) -> Vec<f32> {
    let options = SimulateOptions { sessions: 120, seed: 9, devices: vec![Device::Mouse], layout };
    let mut places = Vec::new();
    for visit in simulate(&options) {
        let (mut x, mut on_product) = (None, false);
        for signal in &visit.signals {
            match signal.kind {
                SignalKind::Move { x: here, .. } => x = Some(here / visit.header.w),
                SignalKind::Page { page, .. } => on_product = page == PageKind::Product,
                SignalKind::Hover { section: Section::Price } if on_product => places.extend(x),
                _ => {}
            }
        }
    }
    places.sort_unstable_by(f32::total_cmp);
    places
}

#[test]
fn the_held_out_layout_has_the_price_on_the_other_side() {
    let (usual, held_out) = (price_places(Layout::Usual), price_places(Layout::HeldOut));
    assert!(usual.len() > 50 && held_out.len() > 50, "{} {}", usual.len(), held_out.len());
    assert!(usual[usual.len() / 2] > 0.5 && held_out[held_out.len() / 2] < 0.5);
}
