//! What JavaScript knows of this library's tables is what they say, so that nothing is written twice.
//!
//! After a change of them: `FALTER_WRITE=1 cargo test --test names`, and commit the files.

use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use falter::boundary::{COPIES, FIELDS, Heard, PATHS, SELECTORS, Setting, TARGETS, Told};
use falter::plays;
use falter::policy::{HoldReason, Message, Offer};
use falter::reason::{EVIDENCE, Evidence, Reason};
use falter::recording::{Content, Field, Kind};
use falter::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Edge, FieldAction, FieldType, KeyClass, PageKind, Section, Target, Trouble,
};

/// Lists of names that fields refer to.
const LISTS: [(&str, &[&str]); 14] = [
    ("sections", Section::NAMES),
    ("pages", PageKind::NAMES),
    ("causes", Cause::NAMES),
    ("reasons", Reason::NAMES),
    ("target", Target::NAMES),
    ("edge", Edge::NAMES),
    ("class", KeyClass::NAMES),
    ("to", BlurTo::NAMES),
    ("op", CartOp::NAMES),
    ("action", FieldAction::NAMES),
    ("type", FieldType::NAMES),
    ("copied", Copied::NAMES),
    ("trouble", Trouble::NAMES),
    ("consent", Consent::NAMES),
];

fn content(content: Content) -> &'static str {
    match content {
        Content::Name(names) => LISTS.iter().find(|list| list.1 == names).expect("a list of LISTS").0,
        Content::Px | Content::Amount => "number",
        Content::Truth => "truth",
        Content::Item => "item",
        Content::Fact => "fact",
        Content::Promise => "promise",
        Content::Flag => "flag",
        other => panic!("{other:?} has no name in JavaScript"),
    }
}

/// Key, what it may be, and what stands in for it, NaN for "not known"; nothing where it must be there.
fn field(field: &Field) -> String {
    match (content(field.content), field.otherwise) {
        ("number", None) => field.key.to_owned(),
        (content, None) => format!("{}:{content}", field.key),
        (content, Some(number)) => format!("{}:{content}:{number}", field.key),
    }
}

/// Each pattern behind the digit of its sort.
fn sorts<T: Copy>(table: &[(&str, T)], place: impl Fn(T) -> u8) -> Vec<String> {
    let digit = |sort| char::from_digit(place(sort).into(), 10).expect("a place below ten");
    table.iter().map(|&(pattern, sort)| format!("{}{pattern}", digit(sort))).collect()
}

fn evidence(input: usize) -> String {
    let evidence = Evidence { input, value: 0.0, weight: 0.0 };
    match evidence.unit() {
        "" => evidence.name().to_owned(),
        unit => format!("{}:{unit}", evidence.name()),
    }
}

/// All that JavaScript needs in texts: a list a line, its name first; those of the kinds' fields before all others. Words
/// and lines compress better than JSON.
fn names() -> String {
    let fields = |kind: &Kind| kind.fields().iter().map(field).collect();
    let mut lists: Vec<(&str, Vec<String>)> = Kind::ALL.iter().map(|kind| (kind.name(), fields(kind))).collect();
    let all = [
        ("holds", HoldReason::NAMES),
        ("messages", Message::NAMES),
        ("offers", Offer::NAMES),
        ("settings", Setting::NAMES),
        ("plays", &plays::NAMES),
    ];
    for (name, words) in LISTS.into_iter().chain(all) {
        lists.push((name, words.iter().map(|&word| word.to_owned()).collect()));
    }
    lists.extend([
        ("evidence", (0..EVIDENCE.len()).map(evidence).collect()),
        ("targets", sorts(&TARGETS, |sort| sort as u8)),
        ("copies", sorts(&COPIES, |sort| sort as u8)),
        ("types", sorts(&FIELDS, |sort| sort as u8)),
        ("paths", sorts(&PATHS, |sort| sort as u8)),
        ("selectors", SELECTORS.iter().map(|&(_, selector)| selector.to_owned()).collect()),
    ]);
    assert!(lists.iter().flat_map(|list| &list.1).all(|word| !word.contains([' ', '\n'])), "a word has no blanks");
    assert_eq!(lists.iter().map(|list| list.0).collect::<HashSet<_>>().len(), lists.len(), "each name is one list's");
    let line = |(name, words): &(&str, Vec<String>)| [&[(*name).to_owned()], &words[..]].concat().join(" ");
    lists.iter().map(line).collect::<Vec<_>>().join("\n")
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
    writeln!(out, "export const KINDS = {};", Kind::ALL.len()).unwrap();
    for (place, (name, _)) in SELECTORS.iter().enumerate() {
        writeln!(out, "export const SELECTOR_{} = {place};", name.to_uppercase()).unwrap();
    }
    out
}

/// Measures of plays, which only those who write plays load.
fn measures() -> String {
    let names = plays::measure_names();
    assert_eq!(
        (names.len(), names.iter().collect::<HashSet<_>>().len()),
        (plays::MEASURES, names.len()),
        "each has its own"
    );
    format!(
        "/**
 * What plays compare, by name; a measure's number is its place (src/plays/measures.rs).
 *
 * Made by `FALTER_WRITE=1 cargo test --test names`; not to be edited.
 */

export const MEASURES =
  '{}'.split(' ');
",
        names.join(" ")
    )
}

#[test]
fn javascript_knows_the_tables_of_this_version() {
    for (path, wanted) in
        [("js/names.js", places()), ("js/plays/measures.js", measures()), ("src/web/names.txt", names())]
    {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("FALTER_WRITE").is_some() {
            fs::write(&file, &wanted).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default().replace('\r', "");
        assert!(found == wanted, "{path} is of another version: FALTER_WRITE=1 cargo test --test names");
    }
}
