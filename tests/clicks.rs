//! Clicks: quick ones are rage where something is pressed, and select text everywhere else; one that nothing answers is dead.

mod support;

use falter::features::Index as F;
use falter::observer::Observer;
use falter::signal::{CartOp, Device, Edge, FieldAction, FieldType, KeyClass, Section, Signal, SignalKind, Target};
use support::{at, moved, start};

/// Problems after these signals.
fn problems(signals: &[Signal]) -> f32 {
    let mut observer = Observer::new(&start(Device::Mouse));
    for signal in signals {
        while observer.tick(signal.t).is_some() {}
        observer.push(signal);
    }
    while observer.tick(10_000).is_some() {}
    observer.row()[F::Problems as usize]
}

fn click(t: u32, (x, y): (f32, f32), on: Target) -> Signal {
    at(t, SignalKind::Click { x, y, on })
}

/// Three clicks at one spot within half a second.
fn quick(on: Target) -> [Signal; 3] {
    [1_000, 1_150, 1_300].map(|t| click(t, (400.0, 300.0), on))
}

#[test]
fn three_quick_clicks_are_rage_on_what_is_pressed() {
    for on in [Target::Link, Target::Button, Target::Media] {
        assert_eq!(problems(&quick(on)), 1.0, "{on:?}");
    }
}

/// A line of an address or of a code is copied so: much of what shops write is in elements that are no paragraph.
#[test]
fn three_quick_clicks_select_everywhere_else() {
    for on in [Target::Text, Target::Field, Target::Other] {
        assert_eq!(problems(&quick(on)), 0.0, "{on:?}");
    }
}

#[test]
fn a_spot_is_24_px_around_its_first_click() {
    let third = |first, third| {
        problems(&[
            click(1_000, first, Target::Media),
            click(1_150, first, Target::Media),
            click(1_300, third, Target::Media),
        ])
    };
    let middle = (400.0, 300.0);
    for near in [(424.0, 300.0), (376.0, 300.0), (400.0, 324.0), (400.0, 276.0), (416.5, 316.5)] {
        assert_eq!(third(middle, near), 1.0, "{near:?}");
    }
    for far in [(424.5, 300.0), (375.5, 300.0), (400.0, 324.5), (400.0, 275.5), (417.5, 317.5)] {
        assert_eq!(third(middle, far), 0.0, "{far:?}");
    }
    assert_eq!(third((10.0, 10.0), (30.0, 10.0)), 1.0, "near a corner it is around the click, too, and not the corner");
}

#[test]
fn a_link_clicked_again_after_a_wait_of_1_to_4_s_is_dead() {
    for on in [Target::Link, Target::Button] {
        for (wait, found) in [(999, 0.0), (1_000, 1.0), (4_000, 1.0), (4_001, 0.0)] {
            let spot = (400.0, 300.0);
            assert_eq!(problems(&[click(1_000, spot, on), click(1_000 + wait, spot, on)]), found, "{on:?} {wait} ms");
        }
    }
}

#[test]
fn whatever_does_not_come_of_the_hand_alone_answers_a_click() {
    let between = |kind| {
        let spot = (400.0, 300.0);
        problems(&[click(1_000, spot, Target::Link), at(1_500, kind), click(3_000, spot, Target::Link)])
    };
    let (x, y, edge, section) = (400.0, 300.0, Edge::Top, Section::Price);
    let of_hand = [
        moved(0, 300.0, 300.0).kind,
        SignalKind::Down { x, y },
        SignalKind::Up { x, y },
        SignalKind::Out { edge },
        SignalKind::In { edge },
        SignalKind::Key { class: KeyClass::Char },
        SignalKind::Focus,
        SignalKind::Hover { section },
        SignalKind::Unhover { section },
    ];
    for kind in of_hand {
        assert_eq!(between(kind), 1.0, "{kind:?}");
    }
    let answers = [
        SignalKind::Scroll { y: 200.0 },
        SignalKind::Resize { w: 800.0, h: 600.0, doc_h: 900.0 },
        SignalKind::Cart { op: CartOp::Add, item: None, qty: 1.0, value: 10.0 },
        SignalKind::Field { what: FieldAction::Focus, field: FieldType::Email },
        SignalKind::See { section },
    ];
    for kind in answers {
        assert_eq!(between(kind), 0.0, "{kind:?}");
    }
}
