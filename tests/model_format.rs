//! Model bytes: what is written is read back the same, and bytes that are no model are refused.

mod support;

use falter::features::FEATURE_COUNT;
use falter::model::{Fault, FormatError, Model, Parts, Split, Tree, from_bf16, to_bf16};
use falter::reason::{INPUTS, REASONS};
use support::{Rng, constant, crc, model, parts, row};

const CHECKSUM: std::ops::Range<usize> = 24..28;

/// The shipped model. It is committed, so that it must be there.
fn shipped() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/models/exit.falter");
    std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}; `./build.sh train` makes it"))
}

/// The bytes with the checksum they ought to have.
fn mended(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = crc(bytes[..CHECKSUM.start].iter().chain(&bytes[CHECKSUM.end..]).copied());
    bytes[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn refused(bytes: &[u8]) -> FormatError {
    match Model::from_bytes(bytes) {
        Ok(_) => panic!("{} bytes were let in", bytes.len()),
        Err(error) => error,
    }
}

#[test]
fn a_model_comes_back_as_it_was_written() {
    for seed in 0..300 {
        let model = model(seed);
        let bytes = model.to_bytes();
        let again = Model::from_bytes(&bytes).expect("a model");
        assert_eq!(again, model, "seed {seed}");
        assert_eq!(again.to_bytes(), bytes, "seed {seed}");
        assert_eq!(Model::new(model.parts()).as_ref(), Ok(&model), "seed {seed}: taken apart and put together");
    }
    let empty = constant(-1.5);
    assert_eq!(Model::from_bytes(&empty.to_bytes()), Ok(empty), "a model without trees");
    let bytes = shipped();
    assert_eq!(Model::from_bytes(&bytes).expect("the shipped model").to_bytes(), bytes);
}

#[test]
fn every_changed_byte_is_noticed() {
    for (bytes, masks) in [(model(3).to_bytes(), &[0x01, 0x80, 0xff][..]), (shipped(), &[0x10])] {
        let mut changed = bytes.clone();
        for place in 0..bytes.len() {
            for mask in masks {
                changed[place] ^= mask;
                refused(&changed);
                changed[place] = bytes[place];
            }
        }
        Model::from_bytes(&changed).expect("unchanged again");
    }
}

#[test]
fn every_truncation_is_noticed() {
    for bytes in [model(4).to_bytes(), shipped()] {
        for end in 0..bytes.len() {
            let error = refused(&bytes[..end]);
            assert!(error.offset <= bytes.len() && error.fault.text().contains("short"), "{end}: {error}");
        }
        refused(&[&bytes[..], &[0]].concat());
    }
}

/// A changed byte under a checksum that fits reaches the checks behind it.
#[test]
fn a_changed_byte_changes_what_it_says_and_nothing_else() {
    let (mut accepted, mut rejected) = (0, 0);
    let bytes = model(5).to_bytes();
    for place in (0..bytes.len()).filter(|place| !CHECKSUM.contains(place)) {
        for mask in [0x01, 0x40, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[place] ^= mask;
            let changed = mended(changed);
            match Model::from_bytes(&changed) {
                Ok(model) => {
                    assert_eq!(model.to_bytes(), changed, "byte {place}");
                    sound(&model, place as u64);
                    accepted += 1;
                }
                Err(error) => {
                    assert!(error.fault != Fault::Checksum && error.offset <= changed.len(), "{place}: {error}");
                    rejected += 1;
                }
            }
        }
    }
    for end in 28..bytes.len() {
        refused(&mended(bytes[..end].to_vec()));
    }
    assert_eq!(refused(&mended([&bytes[..], &[0]].concat())).fault, Fault::Longer);
    assert!(accepted > 1_000 && rejected > 1_000, "{accepted} and {rejected}: both sides are to be tested");
}

/// A model that was let in gives risks.
fn sound(model: &Model, seed: u64) {
    let mut rng = Rng(seed);
    for _ in 0..3 {
        let row = row(&mut rng, model);
        assert!((0.0..=1.0).contains(&model.risk(&row)), "{}", model.margin(&row));
        let posterior = falter::reason::explain(model.head(), &row).posterior;
        assert!((posterior.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{posterior:?}");
    }
}

#[test]
fn random_bytes_are_refused() {
    let mut rng = Rng(7);
    for _ in 0..3_000 {
        let mut bytes: Vec<u8> = (0..rng.below(200)).map(|_| rng.next() as u8).collect();
        // half of them look like a model at first
        if rng.one_in(2) && bytes.len() > 28 {
            bytes[..8].copy_from_slice(&[b'F', b'L', b'T', b'R', 1, 5, FEATURE_COUNT as u8, 4]);
            bytes = mended(bytes);
        }
        refused(&bytes);
    }
}

/// What is wrong with the parts after a change.
fn wrong(change: impl FnOnce(&mut Parts)) -> &'static str {
    let mut parts = parts(8);
    change(&mut parts);
    Model::new(parts).map_or_else(|error| error.fault.text(), |_| "let in")
}

#[test]
fn bad_parts_are_refused_by_name() {
    let edges = |list: Vec<f32>| move |parts: &mut Parts| parts.edges[9] = list;
    let split = |feature, bin| move |parts: &mut Parts| parts.trees[0].splits[0] = Split { feature, bin };
    let scale = |value| move |parts: &mut Parts| parts.trees[0].scale = value;
    let knots = |list: Vec<(f32, f32)>| move |parts: &mut Parts| parts.calibration = list;
    let presets = |list: Vec<(f32, f32)>| move |parts: &mut Parts| parts.presets = list;
    let head = |value| move |parts: &mut Parts| parts.head.scale = value;
    let far = f32::MAX;
    let cases: Vec<(&str, &'static str)> = vec![
        ("base", wrong(|parts| parts.base = f32::NAN)),
        ("base", wrong(|parts| parts.base = far)),
        ("edges", wrong(|parts| parts.edges.truncate(63))),
        ("edges", wrong(edges((0..64u16).map(|bits| from_bf16(0x3f80 + bits)).collect()))),
        ("edges", wrong(edges(vec![2.0, 1.0]))),
        ("edges", wrong(edges(vec![1.0, 1.0]))),
        ("edge", wrong(edges(vec![1.001]))),
        ("edge", wrong(edges(vec![f32::INFINITY]))),
        ("edge", wrong(edges(vec![f32::NAN]))),
        ("split", wrong(split(FEATURE_COUNT as u8, 0))),
        ("split", wrong(split(0, 62))),
        ("depth", wrong(|parts| parts.trees[0].splits.clear())),
        ("depth", wrong(|parts| parts.trees[0].leaves.push(0))),
        ("levels", wrong(|parts| parts.trees = vec![Tree { splits: vec![], leaves: vec![0], scale: 1.0 }])),
        ("depth", wrong(|parts| parts.trees[0].splits = vec![parts.trees[0].splits[0]; 9])),
        ("trees", wrong(|parts| parts.trees = vec![parts.trees[0].clone(); 2_001])),
        ("scale", wrong(scale(-1.0))),
        ("scale", wrong(scale(1.001))),
        ("scale", wrong(scale(f32::INFINITY))),
        ("scale", wrong(scale(from_bf16(to_bf16(1e37))))),
        ("calibration", wrong(knots(vec![]))),
        ("calibration", wrong(knots(vec![(0.0, 0.0)]))),
        ("calibration", wrong(knots(vec![(0.0, 0.0), (1.0, 0.0)]))),
        ("calibration", wrong(knots(vec![(1.0, 0.0), (0.0, 1.0)]))),
        ("calibration", wrong(knots(vec![(0.0, 0.0), (1.0, f32::NAN)]))),
        ("calibration", wrong(knots(vec![(-far, -far), (far, far)]))),
        ("calibration", wrong(knots((0..65).map(|n| (n as f32, n as f32)).collect()))),
        ("calibration", wrong(knots(vec![(0.0, 0.0), (far, 1.0)]))),
        ("calibration", wrong(knots(vec![(0.0, 0.0), (1.0, far)]))),
        ("calibration", wrong(knots(vec![(-far, 0.0), (1.0, 1.0)]))),
        ("calibration", wrong(knots(vec![(0.0, -far), (1.0, 1.0)]))),
        ("presets", wrong(presets(vec![(0.1, 0.5), (0.2, 0.5)]))),
        ("presets", wrong(presets(vec![(0.2, 0.5), (0.1, 0.4)]))),
        ("presets", wrong(presets(vec![(0.2, 1.5)]))),
        ("presets", wrong(presets(vec![(1.5, 0.5)]))),
        ("presets", wrong(presets(vec![(-0.1, 0.5)]))),
        ("presets", wrong(presets(vec![(0.2, -0.5)]))),
        ("presets", wrong(presets(vec![(f32::NAN, 0.5)]))),
        ("reason head", wrong(head(-1.0))),
        ("reason head", wrong(head(f32::NAN))),
        ("reason head", wrong(head(far))),
    ];
    for (number, (name, what)) in cases.into_iter().enumerate() {
        assert!(what.contains(name), "case {number}: {what:?} does not name {name:?}");
    }
}

#[test]
fn the_error_says_where() {
    let bytes = model(9).to_bytes();
    let set = |place: usize, byte: u8| {
        let mut changed = bytes.clone();
        changed[place] = byte;
        refused(&mended(changed)).to_string()
    };
    assert_eq!(refused(b"").to_string(), "the file is cut short (at byte 0)");
    assert_eq!(set(0, b'f'), "not a falter model (at byte 0)");
    assert_eq!(set(4, 2), "model of another format version (at byte 4)");
    assert_eq!(set(6, 63), "model was trained on another feature table (at byte 16)");
    assert_eq!(set(16, !bytes[16]), "model was trained on another feature table (at byte 16)");
    assert_eq!(set(10, 1), "reserved bytes are not 0 (at byte 9)");
    assert_eq!(set(13, 8), "not up to 2000 trees of one depth of up to 8 levels (at byte 5)", "2048 or more");
    assert_eq!(set(5, 9), "not up to 2000 trees of one depth of up to 8 levels (at byte 5)");
    // as many edges in all, so that only the feature with too many of them is wrong
    let parts = Parts { edges: small().edges.into_iter().map(|_| vec![1.0]).collect(), ..small() };
    let mut crowded = Model::new(Parts { trees: vec![], ..parts }).expect("a model").to_bytes();
    crowded[28..28 + FEATURE_COUNT].fill(0);
    crowded[28 + 3] = FEATURE_COUNT as u8;
    assert_eq!(
        refused(&mended(crowded)).to_string(),
        "not up to 63 rising bf16 numbers as edges of each feature (at byte 31)"
    );
    let mut unmended = bytes.clone();
    unmended[40] ^= 1;
    let text = refused(&unmended).to_string();
    assert_eq!(text, "checksum does not match: the file is cut short or changed (at byte 24)");
}

/// Two trees of one level over two edges of feature 0 and two of feature 9.
fn small() -> Parts {
    let mut parts = constant(0.0).parts();
    parts.edges[0] = vec![0.0, 1.0];
    parts.edges[9] = vec![1.0, 2.0];
    let tree = Tree { splits: vec![Split { feature: 9, bin: 1 }], leaves: vec![-1, 1], scale: 1.0 };
    parts.trees = vec![tree.clone(), tree];
    parts
}

#[test]
fn a_plane_that_is_refused_is_named_by_its_place_in_the_file() {
    let refused = |change: fn(&mut Parts)| {
        let mut parts = small();
        change(&mut parts);
        let error = Model::new(parts).expect_err("a bad part");
        (error.fault, error.offset)
    };
    let edges = 28 + FEATURE_COUNT;
    let splits = edges + 2 * 4;
    let scales = splits + 2 * 2 + 4;
    let (calibration, head) = (scales + 2 * 2, scales + 2 * 2 + 2 * 8);
    let presets = head + 4 + REASONS * (INPUTS + 1);
    assert_eq!(refused(|parts| parts.edges[9] = vec![2.0, 1.0]), (Fault::Edges, edges + 3));
    assert_eq!(refused(|parts| parts.trees[1].splits[0].feature = 8), (Fault::Split, splits + 1));
    assert_eq!(refused(|parts| parts.trees[1].scale = -1.0), (Fault::Scale, scales + 1));
    assert_eq!(refused(|parts| parts.base = f32::NAN), (Fault::Base, 20));
    assert_eq!(refused(|parts| parts.calibration[1].0 = -1.0), (Fault::Calibration, calibration));
    assert_eq!(refused(|parts| parts.head.scale = -1.0), (Fault::Head, head));
    assert_eq!(refused(|parts| parts.presets = vec![(2.0, 0.5)]), (Fault::Presets, presets));
}

#[test]
fn the_most_that_a_model_may_hold_is_let_in_and_one_more_is_not() {
    let rising = |count: u16| (0..count).map(|bits| from_bf16(0x3f80 + bits)).collect::<Vec<f32>>();
    let trees = |count: usize| vec![small().trees.swap_remove(0); count];
    let deep = |levels: usize| {
        let splits = vec![Split { feature: 9, bin: 1 }; levels];
        vec![Tree { splits, leaves: vec![1; 1 << levels], scale: 1.0 }]
    };
    let knots = |count: u8| (0..count).map(|n| (f32::from(n), f32::from(n))).collect();
    let presets = |count: u8| (1..=count).map(|n| (f32::from(n) / 100.0, 1.0 - f32::from(n) / 100.0)).collect();
    let most = [
        Parts { trees: trees(2_000), ..small() },
        Parts { trees: deep(8), calibration: knots(64), presets: presets(64), ..small() },
        Parts { edges: vec![rising(63); FEATURE_COUNT], ..small() },
    ];
    for parts in most {
        let model = Model::new(parts.clone()).expect("within the bounds");
        assert_eq!((model.trees(), model.depth()), (parts.trees.len(), parts.trees[0].splits.len()));
        assert_eq!(model.parts(), parts);
    }
    let more = [
        (Parts { trees: trees(2_001), ..small() }, Fault::Trees),
        (Parts { trees: deep(9), ..small() }, Fault::Trees),
        (Parts { edges: vec![rising(64); FEATURE_COUNT], ..small() }, Fault::Edges),
    ];
    for (parts, fault) in more {
        let error = Model::new(parts).expect_err("too much");
        assert_eq!((error.fault, error.offset), (fault, 0), "no file is made of it");
    }
}

#[test]
fn bf16_is_the_nearest_with_ties_to_even() {
    for bits in (0..=u16::MAX).filter(|bits| from_bf16(*bits).is_finite()) {
        assert_eq!(to_bf16(from_bf16(bits)), bits);
    }
    let mut rng = Rng(10);
    for _ in 0..10_000 {
        let value = rng.between(-1e4, 1e4) as f32;
        let near = from_bf16(to_bf16(value));
        let (low, high) = (from_bf16((near.to_bits() >> 16) as u16 - 1), from_bf16((near.to_bits() >> 16) as u16 + 1));
        assert!((value - near).abs() <= (value - low).abs().min((value - high).abs()), "{value} {near}");
    }
    assert_eq!([1.003_906_2, 1.011_718_8].map(|v| from_bf16(to_bf16(v))), [1.0, 1.015_625]);
}

#[cfg(feature = "train")]
#[test]
fn a_model_is_named_by_the_checksum_of_its_file() {
    let bytes = shipped();
    let sum = crc(bytes.iter().copied());
    assert_eq!(Model::from_bytes(&bytes).expect("a model").checksum(), format!("{sum:08x}"));
}

#[test]
fn the_shipped_model_is_whole() {
    let model = Model::from_bytes(&shipped()).expect("a model");
    assert!(model.trees() > 20 && model.parts().edges.iter().filter(|edges| !edges.is_empty()).count() > 10);
    let head = model.head();
    assert!(head.scale > 0.0 && head.weights.len() == REASONS);
    for share in [0.02, 0.05, 0.1] {
        assert!((0.0..1.0).contains(&model.threshold_for_share(share)), "a preset for {share}");
    }
    assert!(model.threshold_for_share(0.02) > model.threshold_for_share(0.1), "who shows less waits for more risk");
    sound(&model, 11);
}
