//! Kinds of leaves, and signs of them.
#![cfg(feature = "train")]

use falter::train::leave::{LeaveKind, has_sign, kind};
use falter::train::presence::presence;
use falter::train::visit::VisitReader;

/// Kind and sign of the first leave of a visit made of these signals.
fn first(device: &str, lines: &[&str]) -> (Option<LeaveKind>, bool) {
    let text = format!(
        "{{\"session\":\"a\",\"format\":1,\"device\":\"{device}\",\"w\":1000,\"h\":600,\"docH\":2000,\"end\":30000}}\n{}\n",
        lines.join("\n")
    );
    let visit = VisitReader::new(text.as_bytes()).next().unwrap().unwrap();
    let stretches = presence(&visit);
    (kind(&visit, &stretches[0]), has_sign(&visit, &stretches[0]))
}

#[test]
fn a_leave_is_of_the_first_kind_that_fits() {
    use LeaveKind::{App, Back, Closed, Keyboard, Silent, Tab, Top, Window};
    const MID: &str = r#"{"t":9000,"s":"move","x":500,"y":300}"#;
    const HIGH: &str = r#"{"t":9000,"s":"move","x":500,"y":20}"#;
    const OUT: &str = r#"{"t":9500,"s":"out","edge":"top"}"#;
    const KEY: &str = r#"{"t":9600,"s":"key","k":"shortcut"}"#;
    const BLUR: &str = r#"{"t":10000,"s":"blur"}"#;
    const HIDDEN: &str = r#"{"t":10020,"s":"hidden"}"#;
    const UNLOAD: &str = r#"{"t":10000,"s":"unload"}"#;
    const EARLY: &str = r#"{"t":5000,"s":"move","x":500,"y":10}"#;
    const SCROLL: &str = r#"{"t":9700,"s":"scroll","y":40}"#;
    type Case = (&'static str, &'static [&'static str], LeaveKind, bool);
    let cases: [Case; 14] = [
        ("mouse", &[HIGH, BLUR], Top, true),
        ("mouse", &[MID, OUT, UNLOAD], Top, true),
        ("mouse", &[MID, OUT, SCROLL, BLUR], Top, true),
        ("pen", &[MID, KEY, BLUR, HIDDEN], Keyboard, true),
        // the pointer went on after the key: it was not the key
        ("mouse", &[r#"{"t":8000,"s":"key","k":"char"}"#, MID, BLUR], Window, true),
        ("mouse", &[EARLY, BLUR], Silent, false),
        ("mouse", &[EARLY, SCROLL, BLUR, HIDDEN], Silent, true),
        ("mouse", &[MID, BLUR, HIDDEN], Tab, true),
        ("mouse", &[MID, BLUR], Window, true),
        ("mouse", &[MID, r#"{"t":9500,"s":"out","edge":"bottom"}"#, BLUR], Window, true),
        ("mouse", &[MID, UNLOAD], Closed, true),
        ("touch", &[MID, UNLOAD], Back, true),
        ("touch", &[EARLY, r#"{"t":10000,"s":"hidden"}"#], App, false),
        ("touch", &[HIGH, BLUR], App, true),
    ];
    for (device, lines, wanted, sign) in cases {
        assert_eq!(first(device, lines), (Some(wanted), sign), "{device} {lines:?}");
    }
    assert_eq!(first("mouse", &[MID, r#"{"t":9500,"s":"blur","to":"dialog"}"#]).0, None);
    assert_eq!(first("mouse", &[MID]).0, None);
}
