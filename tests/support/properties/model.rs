//! Model files: refused, or whole and harmless.

use falter::features::{FEATURE_COUNT, FeatureRow, TABLE_HASH};
use falter::model::{Fault, MAGIC, MAX_BINS, MAX_DEPTH, Model, Parts, Split, Tree, VERSION, from_bf16, leaf};
use falter::reason::{INPUTS, REASONS, ReasonHead, explain};

use super::bytes::Bytes;
use super::memory::held;

const HEADER: usize = 28;
const CHECKSUM: std::ops::Range<usize> = 24..28;
/// What the loader may take beside a copy of the file.
const BESIDE: usize = 256;
/// The bound of base, scales and knots.
const LARGEST: f32 = 1e6;

/// The bytes as they are; the same made to fit wherever that is no part of the model itself (magic, table, length, checksum); and
/// a model that keeps to every bound, its numbers taken from the bytes.
pub(crate) fn model(bytes: &[u8]) {
    load(bytes, bytes);
    load(&fitted(bytes), bytes);
    let parts = parts(&mut Bytes(bytes));
    let model = Model::new(parts.clone()).expect("what keeps to the bounds is a model");
    assert_eq!(model.parts(), parts);
    sound(&model, &mut Bytes(bytes));
}

fn load(file: &[u8], rows: &[u8]) {
    let (made, most) = held(|| Model::from_bytes(file));
    assert!(most <= file.len() + BESIDE, "{most} bytes held for a file of {}", file.len());
    match made {
        Ok(model) => {
            assert!(model.to_bytes() == file, "it is written as it was read");
            assert_eq!(Model::new(model.parts()).as_ref(), Ok(&model), "taken apart and put together");
            sound(&model, &mut Bytes(rows));
        }
        Err(error) => {
            assert!(error.offset <= file.len() && !error.fault.text().is_empty(), "{error}");
            assert!(error.fault != Fault::CutShort || error.offset == file.len(), "{error}");
        }
    }
}

/// The bytes under a header that is right, as long as it says, and with the checksum they ought to have.
fn fitted(bytes: &[u8]) -> Vec<u8> {
    let mut file = bytes.to_vec();
    file.resize(file.len().max(HEADER + FEATURE_COUNT), 0);
    file[..4].copy_from_slice(&MAGIC);
    file[4] = VERSION;
    file[6] = FEATURE_COUNT as u8;
    file[9..12].fill(0);
    // more trees are no other trees, and take longer
    (file[12], file[13]) = (file[12] % 48, 0);
    file[14..16].fill(0);
    file[16..20].copy_from_slice(&TABLE_HASH.to_le_bytes());
    let (depth, knots, rows) = (u32::from(file[5]), usize::from(file[7]), usize::from(file[8]));
    let trees = usize::from(u16::from_le_bytes([file[12], file[13]]));
    let edges: usize = file[HEADER..HEADER + FEATURE_COUNT].iter().map(|&count| usize::from(count)).sum();
    let leaves = trees.checked_shl(depth.min(MAX_DEPTH as u32)).unwrap_or(0);
    let planes = 2 * edges + 2 * trees * depth as usize + leaves + 2 * trees;
    let tables = 8 * knots + 4 + REASONS * (INPUTS + 1) + 8 * rows;
    file.resize(HEADER + FEATURE_COUNT + planes + tables, 0);
    let sum = crc(file[..CHECKSUM.start].iter().chain(&file[CHECKSUM.end..]));
    file[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    file
}

/// CRC-32, written down once more.
pub(super) fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// Parts within every bound, as near to them as the bytes want it.
fn parts(bytes: &mut Bytes) -> Parts {
    let within = |value: f32| if value.is_nan() { 0.0 } else { value.clamp(-LARGEST, LARGEST) };
    let bf16 = |bytes: &mut Bytes| from_bf16(u16::from_le_bytes(bytes.take()));
    let depth = 1 + bytes.below(MAX_DEPTH);
    let count = bytes.below(24);
    let edges: Vec<Vec<f32>> = (0..FEATURE_COUNT)
        .map(|_| {
            let most = if bytes.is_empty() { 0 } else { bytes.below(MAX_BINS) };
            rising((0..most).map(|_| bf16(bytes)).filter(|edge| edge.is_finite()).map(|edge| edge + 0.0).collect())
        })
        .collect();
    let used: Vec<u8> = (0..FEATURE_COUNT as u8).filter(|&feature| !edges[usize::from(feature)].is_empty()).collect();
    let trees = (0..if used.is_empty() { 0 } else { count })
        .map(|_| Tree {
            splits: (0..depth)
                .map(|_| {
                    let feature = bytes.pick(&used);
                    Split { feature, bin: bytes.below(edges[usize::from(feature)].len()) as u8 }
                })
                .collect(),
            leaves: (0..1 << depth).map(|_| bytes.byte() as i8).collect(),
            scale: Some(bf16(bytes)).filter(|scale| (0.0..=LARGEST).contains(scale)).unwrap_or(0.5),
        })
        .collect();
    let knots = 2 + bytes.below(63);
    let x = rising((0..knots).map(|_| within(bytes.bits())).collect());
    let y = rising((0..knots).map(|_| within(bytes.bits())).collect());
    let mut calibration: Vec<(f32, f32)> = x.into_iter().zip(y).collect();
    if calibration.len() < 2 {
        calibration = vec![(-1.0, -1.0), (1.0, 1.0)];
    }
    let rows = bytes.below(65);
    let share = |bytes: &mut Bytes| Some(bytes.bits().abs()).filter(|share| *share <= 1.0).unwrap_or(0.25);
    let shares = rising((0..rows).map(|_| share(bytes)).collect());
    let thresholds = rising((0..rows).map(|_| share(bytes)).collect());
    let presets = shares.into_iter().zip(thresholds.into_iter().rev()).collect();
    let mut weights = [[0; INPUTS + 1]; REASONS];
    weights.iter_mut().flatten().for_each(|weight| *weight = bytes.byte() as i8);
    let head = ReasonHead { scale: within(bytes.bits()).abs(), weights };
    Parts { base: within(bytes.bits()), edges, trees, calibration, head, presets }
}

/// Rising strictly; 0 has two forms, which are one number.
fn rising(mut list: Vec<f32>) -> Vec<f32> {
    list.iter_mut().for_each(|value| *value += 0.0);
    list.sort_by(f32::total_cmp);
    list.dedup();
    list
}

/// A model that was let in can't be made to give anything but risks.
fn sound(model: &Model, bytes: &mut Bytes) {
    let parts = model.parts();
    let knots = &parts.calibration;
    assert!(
        knots.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1),
        "strictly monotone: {knots:?}"
    );
    let edges: Vec<f32> = parts.edges.iter().flatten().copied().collect();
    for seed in 0..6 {
        let row: FeatureRow = std::array::from_fn(|place| match seed {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => f32::NEG_INFINITY,
            3 => parts.edges[place].first().copied().unwrap_or(0.0),
            4 if !edges.is_empty() => bytes.pick(&edges),
            _ => bytes.number() as f32,
        });
        let margin = model.margin(&row);
        assert_eq!(margin.to_bits(), naive(&parts, &row).to_bits(), "the margin is that of a naive walk");
        let risk = model.risk(&row);
        assert!((0.0..=1.0).contains(&risk), "{risk} of {margin}");
        if row.iter().all(|value| !value.is_infinite()) {
            // features are never infinite
            let posterior = explain(model.head(), &row).posterior;
            assert!((posterior.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{posterior:?}");
        }
    }
    calibrates(model, knots);
    let thresholds = parts.presets.iter().map(|row| row.1);
    let (least, most) = (thresholds.clone().fold(1.0, f32::min), thresholds.fold(0.0, f32::max));
    for share in [f64::NAN, f64::INFINITY, -1.0, 0.0, 0.05, 1.0, bytes.number()] {
        let threshold = model.threshold_for_share(share as f32);
        // the last bit of a sum may be off
        let is_within = threshold >= least - f32::EPSILON && threshold <= most + f32::EPSILON;
        assert!(if parts.presets.is_empty() { threshold == 1.0 } else { is_within }, "{threshold}");
    }
}

/// A larger margin never has a smaller risk, as far as f32 can tell the numbers between two knots apart.
fn calibrates(model: &Model, knots: &[(f32, f32)]) {
    let between = knots.windows(2).flat_map(|pair| [pair[0].0, pair[0].0 / 2.0 + pair[1].0 / 2.0]);
    let ends = [f32::NEG_INFINITY, f32::MIN, knots[0].0 - 1.0, knots[knots.len() - 1].0, f32::MAX, f32::INFINITY];
    let mut margins: Vec<f32> = between.chain(ends).collect();
    margins.sort_by(f32::total_cmp);
    let blur = 4.0 * f32::EPSILON * knots.iter().map(|knot| knot.1.abs()).fold(0.0, f32::max);
    let mut before = f32::NEG_INFINITY;
    for margin in margins {
        let logit = model.logit(margin);
        assert!(logit >= before - blur, "{logit} at {margin} after {before}");
        before = before.max(logit);
    }
}

/// The margin, tree by tree and node by node.
fn naive(parts: &Parts, row: &FeatureRow) -> f32 {
    let mut bins = [0u8; FEATURE_COUNT];
    for ((bin, value), edges) in bins.iter_mut().zip(row).zip(&parts.edges) {
        *bin = edges.iter().filter(|&edge| value > edge).count() as u8;
    }
    parts.trees.iter().fold(parts.base, |sum, tree| sum + f32::from(tree.leaves[leaf(tree, &bins)]) * tree.scale)
}
