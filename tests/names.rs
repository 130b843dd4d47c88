//! What JavaScript knows of this library's tables is what they say, so that nothing is written twice.
//!
//! After a change of them: `FALTER_WRITE=1 cargo test --test names`, and commit the files.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use falter::boundary::{COPIES, FIELDS, Heard, PATHS, SELECTORS, Setting, TARGETS, Told};
use falter::policy::{HoldReason, Message, Offer, Values};
use falter::reason::{EVIDENCE, Evidence, Reason};
use falter::recording::{Content, Field, Kind};
use falter::signal::{Cause, PageKind, Section};
use serde_json::{Map, Value, json};

fn content(content: Content) -> Value {
    match content {
        Content::Name(names) => json!(names),
        Content::Px | Content::Amount => json!("number"),
        Content::Truth => json!("truth"),
        Content::Item => json!("item"),
        Content::Fact => json!("fact"),
        Content::Promise => json!("promise"),
        Content::Flag => json!("flag"),
        other => panic!("{other:?} has no name in JavaScript"),
    }
}

/// Key, what it may be, and what stands in for it: null for "not known"; nothing where it must be there.
fn field(field: &Field) -> Value {
    match field.otherwise {
        Some(number) if number.is_nan() => json!([field.key, content(field.content), null]),
        Some(number) => json!([field.key, content(field.content), number as u8]),
        None => json!([field.key, content(field.content)]),
    }
}

fn pairs<T: Copy>(table: &[(&str, T)], place: impl Fn(T) -> u8) -> Value {
    table.iter().map(|&(pattern, sort)| json!([pattern, place(sort)])).collect()
}

/// All that JavaScript needs in texts. Objects are in the order of the tables.
fn names() -> String {
    let evidence = |input| {
        let evidence = Evidence { input, value: 0.0, weight: 0.0 };
        json!([evidence.name(), evidence.unit()])
    };
    let parts = [
        ("kinds", json!(Kind::NAMES)),
        ("fields", Kind::ALL.iter().map(|kind| kind.fields().iter().map(field).collect::<Value>()).collect()),
        ("sections", json!(Section::NAMES)),
        ("pages", json!(PageKind::NAMES)),
        ("causes", json!(Cause::NAMES)),
        ("reasons", json!(Reason::NAMES)),
        ("holds", json!(HoldReason::NAMES)),
        ("messages", json!(Message::NAMES)),
        ("offers", json!(Offer::NAMES)),
        ("values", json!(Values::NAMES)),
        ("settings", json!(Setting::NAMES)),
        ("evidence", (0..EVIDENCE.len()).map(evidence).collect()),
        ("targets", pairs(&TARGETS, |sort| sort as u8)),
        ("copies", pairs(&COPIES, |sort| sort as u8)),
        ("types", pairs(&FIELDS, |sort| sort as u8)),
        ("paths", pairs(&PATHS, |sort| sort as u8)),
        (
            "selectors",
            SELECTORS.iter().map(|&(name, selector)| (name.to_owned(), json!(selector))).collect::<Map<_, _>>().into(),
        ),
    ];
    let parts = parts.map(|(name, part)| format!("\"{name}\":{part}"));
    format!("{{{}}}", parts.join(","))
}

/// Places, which the bundler puts in as plain numbers.
fn places() -> String {
    let mut out = String::from(
        "/**
 * The places of what crosses into the engine and back: src/boundary.rs. Its names come with the module.
 *
 * Made by `FALTER_WRITE=1 cargo test --test names`; not to be edited.
 */

",
    );
    for heard in Heard::ALL {
        writeln!(out, "export const HEARD_{} = {};", heard.name().to_uppercase(), *heard as u8).unwrap();
    }
    for told in Told::ALL {
        writeln!(out, "export const TOLD_{} = {};", told.name().to_uppercase(), told.place()).unwrap();
    }
    out
}

#[test]
fn javascript_knows_the_tables_of_this_version() {
    for (path, wanted) in [("js/names.js", places()), ("src/web/names.json", names())] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("FALTER_WRITE").is_some() {
            fs::write(&file, &wanted).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default().replace('\r', "");
        assert!(found == wanted, "{path} is of another version: FALTER_WRITE=1 cargo test --test names");
    }
}
