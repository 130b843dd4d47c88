//! Clicks: quick ones are rage where something is pressed, and select text everywhere else.

mod support;

use falter::features::Index as F;
use falter::observer::Observer;
use falter::signal::{Device, SignalKind, Target};
use support::{at, start};

/// Problems after three clicks at one spot within half a second, on this.
fn problems(on: Target) -> f32 {
    let mut observer = Observer::new(&start(Device::Mouse));
    for t in [1_000, 1_150, 1_300] {
        while observer.tick(t).is_some() {}
        observer.push(&at(t, SignalKind::Click { x: 400.0, y: 300.0, on }));
    }
    while observer.tick(2_000).is_some() {}
    observer.row()[F::Problems as usize]
}

#[test]
fn three_quick_clicks_are_rage_on_what_is_pressed() {
    for on in [Target::Link, Target::Button, Target::Media] {
        assert_eq!(problems(on), 1.0, "{on:?}");
    }
}

/// A line of an address or of a code is copied so: much of what shops write is in elements that are no paragraph.
#[test]
fn three_quick_clicks_select_everywhere_else() {
    for on in [Target::Text, Target::Field, Target::Other] {
        assert_eq!(problems(on), 0.0, "{on:?}");
    }
}
