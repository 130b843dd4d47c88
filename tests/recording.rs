//! Recordings: what is written is read back the same, and no line, however hostile, is more than an error.

mod support;

use falter::reason::Reason;
use falter::recording::{Header, Line, LineError, read_line, write_header, write_signal};
use falter::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Device, Edge, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind,
    PageState, Section, Signal, SignalKind, Target, Trouble, half_px,
};
use proptest::prelude::*;
use support::Visit;

fn written(at: u32, signal: &Signal) -> String {
    let mut line = String::new();
    write_signal(at, signal, &mut line);
    line
}

fn read(line: &str) -> (u32, Signal) {
    match read_line(line) {
        Ok(Line::Signal { at, signal }) => (at, signal),
        other => panic!("{line}: {other:?}"),
    }
}

fn error(line: &str) -> LineError {
    read_line(line).expect_err(line)
}

/// Every kind, with every name that its keys can have.
fn every_kind() -> Vec<SignalKind> {
    use SignalKind as K;
    fn each<T: Copy>(all: &[T], kind: impl Fn(T) -> SignalKind) -> Vec<SignalKind> {
        all.iter().map(|&one| kind(one)).collect()
    }
    let (x, y, item) = (12.5, -300.0, Some(ItemId(0x00ab_cdef)));
    let mut kinds = vec![
        K::Move { x, y },
        K::Down { x, y },
        K::Up { x, y },
        K::Scroll { y: 1_234.5 },
        K::Resize { w: 1278.0, h: 595.5, doc_h: 2811.0 },
        K::Focus,
        K::Hidden,
        K::Visible,
        K::Zoom,
        K::Select,
        K::Unload,
        K::Purchase { value: 99.95 },
        K::Purchase { value: f64::NAN },
        K::Facts(Facts::NONE),
        K::Facts(Facts {
            free_shipping_from: 50.0,
            shipping_price: 4.9,
            delivery_days: 3.0,
            returns_days: 30.0,
            instalments: 3.0,
            price_promise: 0.0,
            guest_checkout: 1.0,
            usual_order: 61.2345,
            order_count: 4.0,
            last_order_days: 90.0,
            margin: 0.35,
            segment: f64::from(u32::MAX),
            discount: 0.1,
            margin_floor: 0.2,
            payment_methods: 3.0,
            stock: 4.0,
            sold: 12.0,
            loyalty_points: 10_000_000.0,
            alternatives: 3.0,
            chat: 1.0,
            save_cart: 0.0,
        }),
        K::State(PageState::default()),
        K::State(PageState { typing: Some(true), dialog: Some(false), consent: Some(Consent::Memory) }),
    ];
    kinds.extend(each(Target::ALL, |on| K::Click { x, y, on }));
    kinds.extend(each(Edge::ALL, |edge| K::Out { edge }));
    kinds.extend(each(Edge::ALL, |edge| K::In { edge }));
    kinds.extend(each(KeyClass::ALL, |class| K::Key { class }));
    kinds.extend(each(BlurTo::ALL, |to| K::Blur { to }));
    kinds.extend(each(Section::ALL, |section| K::See { section }));
    kinds.extend(each(Section::ALL, |section| K::Unsee { section }));
    kinds.extend(each(Section::ALL, |section| K::Hover { section }));
    kinds.extend(each(Section::ALL, |section| K::Unhover { section }));
    kinds.extend(each(PageKind::ALL, |page| K::Page { page, item: None, from: None }));
    kinds.extend(each(PageKind::ALL, |from| K::Page { page: PageKind::Product, item, from: Some(from) }));
    kinds.extend(each(CartOp::ALL, |op| K::Cart { op, item, qty: 2.0, value: 42.6 }));
    kinds.extend(each(CartOp::ALL, |op| K::Cart { op, item: None, qty: 0.3, value: f64::NAN }));
    kinds.extend(each(FieldAction::ALL, |what| K::Field { what, field: FieldType::Email }));
    kinds.extend(each(FieldType::ALL, |field| K::Field { what: FieldAction::Error, field }));
    kinds.extend(each(Copied::ALL, |what| K::Copy { what }));
    kinds.extend(each(Trouble::ALL, |what| K::Problem { what }));
    kinds.extend(each(Reason::ALL, |reason| K::Answer { reason }));
    kinds.extend(each(Cause::ALL, |cause| K::Pagehide { cause }));
    kinds.extend(each(Cause::ALL, |cause| K::Pageshow { cause }));
    kinds
}

fn header() -> Header {
    Header {
        session: "a \"b\" \\ ü 😀 \u{1}".into(),
        source: "test".into(),
        device: Device::Touch,
        w: 390.0,
        h: 663.5,
        doc_h: 5120.0,
        end: 61_000,
        visits: 3,
        orders: 1,
        left_cart: 42.6,
        reason: Some(Reason::ShippingCost),
    }
}

#[test]
fn every_kind_is_read_as_it_was_written() {
    for kind in every_kind() {
        let line = written(1250, &Signal { t: 1250, kind });
        let (at, signal) = read(&line);
        // as text, because a value that is not known is NaN, which equals nothing
        assert_eq!(format!("{signal:?}"), format!("{:?}", Signal { t: 1250, kind }), "{line}");
        assert_eq!(at, 1250);
        assert_eq!(written(at, &signal), line);
        let json: serde_json::Value = serde_json::from_str(&line).expect(&line);
        assert_eq!(json["t"], 1250, "another reader sees the same line");
    }
}

/// JavaScript's recorder is held to the same lines (`tests/js/engine.test.js`).
#[test]
fn the_lines_shared_with_javascript_are_written_as_they_were_read() {
    for line in include_str!("cases/signals.ndjson").lines() {
        let (at, signal) = read(line);
        assert_eq!(written(at, &signal), line);
    }
    assert_eq!(read(r#"{"t":0,"s":"page","page":"home","item":"foobar"}"#).1.kind, {
        let item = Some(ItemId(0xbf9c_f968));
        SignalKind::Page { page: PageKind::Home, item, from: None }
    });
    let id = |item: &str| read(&format!(r#"{{"t":0,"s":"cart","op":"add","item":{item}}}"#)).1.to_owned();
    assert_eq!(format!("{:?}", id("39312345678901")), format!("{:?}", id(r#""39312345678901""#)), "no id is cut");
}

#[test]
fn random_visits_are_read_as_they_were_written() {
    for seed in 0..40 {
        for signal in Visit::random(seed, 150) {
            let line = written(signal.t, &signal);
            let (at, again) = read(&line);
            assert_eq!((at, format!("{again:?}")), (signal.t, format!("{signal:?}")), "{line}");
        }
    }
}

#[test]
fn a_header_is_read_as_it_was_written() {
    for header in
        [header(), Header { visits: 0, orders: 0, left_cart: 0.0, reason: None, device: Device::Mouse, ..header() }]
    {
        let mut line = String::new();
        write_header(&header, &mut line);
        assert_eq!(read_line(&line), Ok(Line::Header(header.clone())), "{line}");
        let json: serde_json::Value = serde_json::from_str(&line).expect(&line);
        assert_eq!(json["session"], header.session, "another reader sees the same text");
    }
}

#[test]
fn a_late_signal_keeps_its_own_time() {
    let signal = Signal { t: 900, kind: SignalKind::Zoom };
    let line = written(1000, &signal);
    assert_eq!(line, r#"{"t":1000,"late":100,"s":"zoom"}"#);
    assert_eq!(read(&line), (1000, signal));
    assert_eq!(read(r#"{"t":10,"late":100,"s":"zoom"}"#), (10, Signal { t: 0, kind: SignalKind::Zoom }));
    assert_eq!(written(800, &signal), r#"{"t":900,"s":"zoom"}"#, "the stream is never behind a signal");
}

#[test]
fn numbers_are_rounded_to_what_a_recording_holds() {
    let cases =
        [("1.26", 1.5), ("1.2", 1.0), ("-1.25", -1.0), ("0.25e1", 2.5), ("1e2", 100.0), ("-0", 0.0), ("1e15", 2e6)];
    for (text, px) in cases {
        let (_, signal) = read(&format!(r#"{{"t":0,"s":"scroll","y":{text}}}"#));
        assert_eq!(signal.kind, SignalKind::Scroll { y: px }, "{text}");
    }
    let cases = [("42.6", 42.6), ("0.00004", 0.0), ("0.00005", 0.0001), ("1999.99995", 2000.0), ("1e300", 9e11)];
    for (text, amount) in cases {
        let (_, signal) = read(&format!(r#"{{"t":0.4,"s":"purchase","value":{text}}}"#));
        assert_eq!(signal, Signal { t: 0, kind: SignalKind::Purchase { value: amount } }, "{text}");
    }
    assert_eq!(read(r#"{"t":1.5,"s":"zoom"}"#).0, 2, "times are rounded to 1 ms");
    assert_eq!((half_px(10.24), half_px(10.25), half_px(-0.3)), (10.0, 10.5, -0.5));
    assert!(half_px(f64::NAN).is_nan() && half_px(f64::INFINITY).is_nan());
}

#[test]
fn what_may_be_left_out_has_its_default() {
    let kind = |keys: &str| read(&format!(r#"{{"t":0,{keys}}}"#)).1.kind;
    assert_eq!(kind(r#""s":"blur""#), SignalKind::Blur { to: BlurTo::Outside });
    assert_eq!(kind(r#""s":"blur","to":null,"why":{"a":[1,"]}"]}"#), SignalKind::Blur { to: BlurTo::Outside });
    assert_eq!(kind(r#""s":"pagehide""#), SignalKind::Pagehide { cause: Cause::Unknown });
    assert_eq!(kind(r#""s":"click","x":1,"y":2"#), SignalKind::Click { x: 1.0, y: 2.0, on: Target::Other });
    assert_eq!(kind(r#""s":"zoom","s":"select""#), SignalKind::Select, "the last of two wins, as in JavaScript");
    let SignalKind::Cart { qty, value, item, .. } = kind(r#""s":"cart","op":"add","item":12"#) else { panic!() };
    assert!(qty == 1.0 && value.is_nan() && item == Some(ItemId::from_text("12")));
    assert_eq!(read_line(r#"{"t":0,"s":"telepathy","x":{}}"#), Ok(Line::Unknown));
}

#[test]
fn facts_that_are_no_numbers_are_facts_only_where_that_says_something() {
    let facts = |keys: &str| match read(&format!(r#"{{"t":0,"s":"facts",{keys}}}"#)).1.kind {
        SignalKind::Facts(facts) => facts,
        other => panic!("{other:?}"),
    };
    let given = facts(r#""guest_checkout":true,"price_promise":true,"segment":"vip","returns_days":"30""#);
    assert_eq!((given.guest_checkout, given.price_promise), (1.0, 0.0), "a promise without an end has 0 days");
    assert!(given.returns_days.is_nan());
    let denied = facts(r#""guest_checkout":false,"price_promise":false,"returns_days":true,"instalments":false"#);
    assert_eq!(denied.guest_checkout, 0.0);
    assert!(denied.price_promise.is_nan() && denied.returns_days.is_nan() && denied.instalments.is_nan());
}

#[test]
fn texts_are_unescaped_as_json_says() {
    let cases = [
        (r#"a\"\\\/\b\f\n\r\tz"#, "a\"\\/\u{8}\u{c}\n\r\tz"),
        (r"\u0041\u00e9\u20ac", "Aé€"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ud83d", "\u{fffd}"),
        (r"\ud83dx\ude00", "\u{fffd}x\u{fffd}"),
        (r"\ude00\ud83d\ud83d\ude00", "\u{fffd}\u{fffd}😀"),
    ];
    for (raw, text) in cases {
        let line = format!(r#"{{"session":"{raw}","format":1,"w":1,"h":1,"docH":1,"end":0}}"#);
        let Ok(Line::Header(header)) = read_line(&line) else { panic!("{line}") };
        assert_eq!(header.session, text, "{raw}");
    }
}

#[test]
fn an_error_names_the_key_or_the_place() {
    for (line, message) in [
        ("", "expected { at byte 0"),
        ("[]", "expected { at byte 0"),
        (r#"{"t":1"#, "expected , or } at byte 6"),
        (r#"{"t":1,}"#, "expected a text in quotes at byte 7"),
        (r#"{"t" 1}"#, "expected : at byte 5"),
        (r#"{"t":01,"s":"zoom"}"#, "number with a leading zero at byte 7"),
        (r#"{"t":1.,"s":"zoom"}"#, "expected a digit at byte 7"),
        (r#"{"t":1e999,"s":"zoom"}"#, "number too large at byte 10"),
        (r#"{"t":NaN,"s":"zoom"}"#, "expected a value at byte 5"),
        (r#"{"t":1,"s":"zo"#, "text without its closing quote at byte 14"),
        (r#"{"t":1,"s":"\x"}"#, "bad escape at byte 13"),
        (r#"{"t":1,"s":"zoom"} {"#, "text after the object at byte 19"),
        ("{\"t\":1,\"s\":\"zoom\"}\0", "text after the object at byte 18"),
        (r#"{"s":"zoom"}"#, r#""t": missing"#),
        (r#"{"t":1}"#, r#""s": missing"#),
        (r#"{"t":"1","s":"zoom"}"#, r#""t": not a number"#),
        (r#"{"t":-1,"s":"zoom"}"#, r#""t": not a time in ms"#),
        (r#"{"t":2147483648,"s":"zoom"}"#, r#""t": not a time in ms"#),
        (r#"{"t":1,"late":-1,"s":"zoom"}"#, r#""late": not a time in ms"#),
        (r#"{"t":1,"s":null}"#, r#""s": missing"#),
        (r#"{"session":null,"format":1,"w":9,"h":9,"docH":9,"end":1}"#, r#""session": missing"#),
        (r#"{"t":1,"s":7}"#, r#""s": not a text"#),
        (r#"{"t":1,"s":"move","x":1}"#, r#""y": missing"#),
        (r#"{"t":1,"s":"move","x":null,"y":1}"#, r#""x": missing"#),
        (r#"{"t":1,"s":"see","section":"sea"}"#, r#""section": not one of the names it can be"#),
        (r#"{"t":1,"s":"cart","op":"add","item":true}"#, r#""item": not a text"#),
        (r#"{"t":1,"s":"state","typing":1}"#, r#""typing": not true or false"#),
        (r#"{"session":"a","format":2}"#, r#""format": only format 1 is known"#),
        (r#"{"session":"a","format":1,"w":0}"#, r#""w": not a length in px"#),
        (r#"{"session":"a","format":1,"w":9,"h":9,"docH":9}"#, r#""end": missing"#),
    ] {
        assert_eq!(error(line).to_string(), message, "{line}");
    }
    let deep = format!(r#"{{"t":1,"s":"zoom","a":{}"#, "[".repeat(100_000));
    assert_eq!(error(&deep).what, "nested too deep", "and not a stack that overflows");
    let keys: Vec<String> = (0..40).map(|n| format!(r#""k{n}":0"#)).collect();
    assert_eq!(error(&format!("{{{}}}", keys.join(","))).what, "too many keys");
}

#[test]
fn every_line_cut_short_is_an_error() {
    let mut opening = String::new();
    write_header(&header(), &mut opening);
    let lines = every_kind().into_iter().map(|kind| written(77, &Signal { t: 7, kind })).chain([opening]);
    for line in lines {
        for cut in (0..line.len()).filter(|&cut| line.is_char_boundary(cut)) {
            assert!(error(&line[..cut]).offset <= cut, "{}", &line[..cut]);
        }
    }
}

#[test]
fn every_line_with_one_byte_changed_is_read_or_refused() {
    for kind in every_kind() {
        let line = written(77, &Signal { t: 7, kind });
        for place in 0..line.len() {
            for byte in [0, b'"', b'\\', b'{', b'}', b',', b'-', b'.', b'e', b'9', b' ', 0x7f] {
                let mut bytes = line.clone().into_bytes();
                bytes[place] = byte;
                if let Ok(Ok(Line::Signal { at, signal })) = std::str::from_utf8(&bytes).map(read_line) {
                    assert!(signal.t <= at && signal.kind.is_finite(), "{signal:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = read_line(&text);
    }

    #[test]
    fn no_text_of_json_parts_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"t\"", "\"s\"", "\"move\"", "\"x\"", "1", "-", "1e9", "0.", "null", "true", "\"",
        "\\", "\\u12", " ", "\"session\"", "\"format\"", "ü", "\"late\"",
    ]), 0..24)) {
        let text = parts.concat();
        // what we read is JSON to another reader too
        if read_line(&text).is_ok() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn a_number_comes_back_as_it_was_written(ten_thousandths in -9_000_000_000_000i64..9_000_000_000_000) {
        let value = ten_thousandths as f64 / 10_000.0;
        let line = written(0, &Signal { t: 0, kind: SignalKind::Purchase { value } });
        prop_assert_eq!(read(&line).1.kind, SignalKind::Purchase { value });
        let json: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        prop_assert_eq!(json["value"].as_f64(), Some(value));
    }

    #[test]
    fn any_name_of_a_session_comes_back(session in any::<String>()) {
        let header = Header { session, ..header() };
        let mut line = String::new();
        write_header(&header, &mut line);
        prop_assert!(!line.contains('\n'), "one line");
        prop_assert_eq!(read_line(&line), Ok(Line::Header(header)));
    }
}
