//! Time on a kind of page, and looks at a section.

mod support;

use falter::signal::{Cause, Device, PageKind, Section, SignalKind};
use falter::window::SignalWindow;
use support::{at, page, start};

#[test]
fn time_on_a_kind_of_page_is_presence_since_it_was_turned_to() {
    let kind = |kind| move |t| at(t, kind);
    let hidden = kind(SignalKind::Hidden);
    let visible = kind(SignalKind::Visible);
    let hide = kind(SignalKind::Pagehide { cause: Cause::Shop });
    let show = kind(SignalKind::Pageshow { cause: Cause::Shop });
    let cart = |t| page(t, PageKind::Cart);
    for (what, signals, wanted) in [
        ("from the turn on", vec![cart(2_000)], 8_000),
        ("another page of the kind goes on", vec![cart(2_000), cart(5_000)], 8_000),
        ("another kind begins anew", vec![cart(2_000), page(4_000, PageKind::Policy), cart(7_000)], 3_000),
        ("a reload goes on, but for the time between", vec![cart(2_000), hide(4_000), show(5_500), cart(5_600)], 6_500),
        ("away is not there", vec![cart(2_000), hidden(4_000), visible(9_000)], 3_000),
        ("away for good", vec![cart(2_000), hidden(4_000)], 2_000),
        ("turned while away", vec![cart(2_000), hidden(4_000), page(5_000, PageKind::Home), cart(6_000)], 0),
        ("gone without a hide", vec![cart(2_000), hidden(3_000), hide(3_000), show(6_000), cart(6_000)], 5_000),
        ("a page without a pageshow before it", vec![cart(2_000), hide(4_000), cart(6_000)], 6_000),
        (
            "looks at sections are part of it",
            {
                let hover = SignalKind::Hover { section: Section::Total };
                vec![cart(2_000), at(3_000, hover), at(5_000, SignalKind::Unhover { section: Section::Total })]
            },
            8_000,
        ),
    ] {
        let mut window = SignalWindow::new(&start(Device::Mouse));
        window.push(&at(0, SignalKind::Zoom));
        signals.iter().for_each(|signal| window.push(signal));
        assert_eq!((window.page(), window.stay_ms(10_000)), (PageKind::Cart, wanted), "{what}");
    }
}

#[test]
fn looks_at_a_section_are_counted_after_2_s_away() {
    let mut window = SignalWindow::new(&start(Device::Mouse));
    let section = Section::Shipping;
    for (enter, leave) in [(0, 1_000), (2_999, 4_000), (6_000, 7_000), (9_500, 9_600)] {
        window.push(&at(enter, SignalKind::Hover { section }));
        window.push(&at(leave, SignalKind::Unhover { section }));
    }
    for (&other, &looks) in Section::ALL.iter().zip(window.looks()) {
        assert_eq!(looks, if other == section { 3 } else { 0 }, "{other:?}");
    }
}
