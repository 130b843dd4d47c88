//! What has to hold whatever bytes come (support/properties/), for bytes that are drawn, for valid ones that were changed, for all
//! that the fuzzer found worth keeping (fuzz/corpus/), and for all that ever broke something (fuzz/regressions/).
#![cfg(feature = "train")]

#[path = "support/properties/mod.rs"]
mod properties;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use falter::recording::{Kind, Line, read_line};
use proptest::prelude::*;
use proptest::sample::select;

type Property = fn(&[u8]);

/// Every property, by the name of its fuzz target.
const PROPERTIES: [(&str, Property); 6] = [
    ("model", properties::model),
    ("recording", properties::recording),
    ("facts", properties::facts),
    ("plays", properties::plays),
    ("catboost", properties::catboost),
    ("signals", properties::signals),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(name)
}

/// The files of a folder of tests/fuzz/, by their names.
fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder(name)).unwrap_or_else(|error| panic!("tests/fuzz/{name}: {error}"));
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("a file"))
        .map(|entry| (entry.file_name().into_string().expect("a name"), fs::read(entry.path()).expect("bytes")))
        .collect();
    files.sort();
    files
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    files(&format!("corpus/{target}")).into_iter().map(|(_, bytes)| bytes).collect()
}

/// What is laid over bytes now and then: what means something in one format or another.
const WORDS: [&[u8]; 16] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"null",
    b"-1",
    b"1e999",
    b"\"s\":",
    b"\n",
    b"\\u0000",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"NaN",
];

/// One change of bytes: what, where and with what.
type Change = (u8, u16, Vec<u8>);

fn changed(mut bytes: Vec<u8>, changes: &[Change], other: &[u8]) -> Vec<u8> {
    for (what, place, with) in changes {
        let place = usize::from(*place) % (bytes.len() + 1);
        let end = (place + with.len()).min(bytes.len());
        match what % 7 {
            0 => drop(bytes.splice(place..end, with.iter().copied())),
            1 => drop(bytes.splice(place..place, with.iter().copied())),
            2 => drop(bytes.drain(place..end)),
            3 => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= 1 << (what / 7 % 8)),
            4 => drop(bytes.splice(place..place, WORDS[usize::from(what / 7) % WORDS.len()].iter().copied())),
            5 => bytes.truncate(place.max(1)),
            _ => drop(bytes.splice(place.., other[place.min(other.len())..].iter().copied())),
        }
    }
    bytes
}

/// Bytes of the corpus with a few changes.
fn mutant(target: &str) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<u8>(), any::<u16>(), prop::collection::vec(any::<u8>(), 0..10));
    let seeds = corpus(target);
    (select(seeds.clone()), prop::collection::vec(change, 1..6), select(seeds))
        .prop_map(|(bytes, changes, other)| changed(bytes, &changes, &other))
}

fn anything() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..700)
}

macro_rules! properties {
    ($($target:ident $cases:literal;)+) => {$(
        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases($cases) })]
            #[test]
            fn $target(bytes in prop_oneof![1 => anything(), 3 => mutant(stringify!($target))]) {
                properties::$target(&bytes);
            }
        }
    )+};
}
// as many as take a few seconds each without optimisation
properties! {
    model 150;
    recording 400;
    facts 400;
    plays 400;
    catboost 500;
    signals 60;
}

#[test]
fn what_the_fuzzer_kept_holds() {
    for (target, property) in PROPERTIES {
        let corpus = corpus(target);
        assert!(corpus.len() > 20, "{target} has {} in its corpus", corpus.len());
        corpus.iter().for_each(|bytes| property(bytes));
    }
}

/// What broke something once: its target, and what it was, which is its file's name too.
const REGRESSIONS: [(&str, &str); 4] = [
    // the check of an import saw a leaf that differs: a border of f32, written in other digits, was compared in f64
    ("catboost", "border-of-other-digits"),
    // that check made a list with a place for each number up to the greatest index
    ("catboost", "feature-index-without-end"),
    // shares of the rows in a leaf that were infinite, or none, came into the manifest
    ("catboost", "leaf-weights-under-nothing"),
    ("catboost", "leaf-weights-without-end"),
];

#[test]
fn what_broke_something_once_holds() {
    let mut there: BTreeMap<String, Vec<u8>> = files("regressions").into_iter().collect();
    let mut broken = vec![];
    for (target, name) in REGRESSIONS {
        let bytes = there.remove(&format!("{target}-{name}")).expect("its bytes");
        let (_, property) = PROPERTIES.iter().find(|(known, _)| *known == target).expect("a target");
        if catch_unwind(|| property(&bytes)).is_err() {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
    assert!(there.is_empty(), "each has its name and its reason: {:?}", there.keys());
}

/// The corpus goes where it is meant to go: every kind of signal is taken in, and cards are shown.
#[test]
fn the_corpus_is_not_shallow() {
    let mut kinds = BTreeSet::new();
    let mut late = 0;
    for bytes in corpus("signals") {
        for line in properties::recorded("fuzz", &bytes).lines() {
            if let Ok(Line::Signal { at, signal }) = read_line(line) {
                kinds.insert(signal.kind.kind());
                late += u32::from(at > signal.t);
            }
        }
    }
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
    assert!(late > 20, "{late} came late");
}
