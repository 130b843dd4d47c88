//! `js/names.js` says what the tables of this library say, so that nothing is written twice.
//!
//! After a change of them: `FALTER_WRITE=1 cargo test --test names`, and commit the file.

use std::fmt::Write;
use std::path::Path;

use falter::boundary::{Heard, Setting, Told};
use falter::policy::{HoldReason, Message, Offer, Values};
use falter::reason::{EVIDENCE, Evidence, Reason};
use falter::recording::{Content, Kind};
use falter::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Device, Edge, FieldAction, FieldType, KeyClass, PageKind, Section, Target,
    Trouble,
};

const LISTS: [(&str, &[&str]); 18] = [
    ("DEVICE", Device::NAMES),
    ("TARGET", Target::NAMES),
    ("EDGE", Edge::NAMES),
    ("KEY_CLASS", KeyClass::NAMES),
    ("BLUR_TO", BlurTo::NAMES),
    ("SECTION", Section::NAMES),
    ("PAGE_KIND", PageKind::NAMES),
    ("CART_OP", CartOp::NAMES),
    ("FIELD_ACTION", FieldAction::NAMES),
    ("FIELD_TYPE", FieldType::NAMES),
    ("COPIED", Copied::NAMES),
    ("TROUBLE", Trouble::NAMES),
    ("CAUSE", Cause::NAMES),
    ("CONSENT", Consent::NAMES),
    ("REASON", Reason::NAMES),
    ("HOLD", HoldReason::NAMES),
    ("MESSAGE", Message::NAMES),
    ("OFFER", Offer::NAMES),
];

fn list(names: &[&str]) -> String {
    format!("['{}']", names.join("', '"))
}

fn content(content: Content) -> String {
    let name = match content {
        Content::Name(names) => match LISTS.iter().find(|(_, other)| *other == names) {
            Some((name, _)) => return (*name).into(),
            None => return list(names),
        },
        Content::Px | Content::Amount => "number",
        Content::Truth => "truth",
        Content::Item => "item",
        Content::Fact => "fact",
        Content::Promise => "promise",
        Content::Flag => "flag",
        other => panic!("{other:?} has no name in JavaScript"),
    };
    format!("'{name}'")
}

fn javascript() -> String {
    let mut out = String::from(
        "/**
 * Names and places of all that crosses into the engine and back: see src/boundary.rs and src/recording/form.rs.
 *
 * Made by `FALTER_WRITE=1 cargo test --test names`; not to be edited.
 */

",
    );
    for (name, names) in LISTS {
        writeln!(out, "export const {name} = {};", list(names)).unwrap();
    }
    writeln!(out, "export const VALUE = {};", list(&Values::NAMES)).unwrap();
    writeln!(out, "export const SETTING = {};", list(Setting::NAMES)).unwrap();
    out.push_str("/** Name and unit. */\nexport const EVIDENCE = [\n");
    for input in 0..EVIDENCE.len() {
        let evidence = Evidence { input, value: 0.0, weight: 0.0 };
        writeln!(out, "  ['{}', '{}'],", evidence.name(), evidence.unit()).unwrap();
    }
    out.push_str("];\n");
    out.push_str(
        "
/**
 * Every kind of signal, in the order of its number, and of each key what it may be and the number that stands in for it
 * where it was left out; without one it must be there.
 * @type {Record<string, Record<string, [content: string | string[], otherwise?: number]>>}
 */
export const SIGNALS = {
",
    );
    for kind in Kind::ALL {
        let fields: Vec<String> = kind
            .fields()
            .iter()
            .map(|field| {
                let otherwise = field.otherwise.map_or(String::new(), |number| format!(", {number}"));
                format!("{}: [{}{otherwise}]", field.key, content(field.content))
            })
            .collect();
        let fields = if fields.is_empty() { "{}".into() } else { format!("{{ {} }}", fields.join(", ")) };
        writeln!(out, "  {}: {fields},", kind.name()).unwrap();
    }
    out.push_str("};\n\n");
    for heard in Heard::ALL {
        writeln!(out, "export const HEARD_{} = {};", heard.name().to_uppercase(), *heard as u8).unwrap();
    }
    out.push('\n');
    for told in Told::ALL {
        writeln!(out, "export const TOLD_{} = {};", told.name().to_uppercase(), told.place()).unwrap();
    }
    out
}

#[test]
fn javascript_knows_the_names_of_this_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/names.js");
    let wanted = javascript();
    if std::env::var_os("FALTER_WRITE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default().replace('\r', "");
    assert!(found == wanted, "js/names.js is of another version: FALTER_WRITE=1 cargo test --test names");
}
