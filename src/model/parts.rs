//! What a model is made of, for those who make one or look into one.

use super::format::{CHECKSUM_AT, Fault, FormatError, HEADER, MAGIC, VERSION, crc32, to_bf16};
use super::{FEATURE_COUNT, MAX_BINS, MAX_DEPTH, MAX_TREES, Model};
use crate::features::TABLE_HASH;
use crate::reason::ReasonHead;

/// A question asked of a whole level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Place of the feature in [`FEATURES`](crate::features::FEATURES).
    pub feature: u8,
    /// Which of the feature's edges: the answer is `value > edge`; not known means no.
    pub bin: u8,
}

/// One oblivious tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// One split a level; the answer of level `i` is bit `i` of the leaf's number.
    pub splits: Vec<Split>,
    /// A value a leaf, in steps of `scale`; 2^depth of them.
    pub leaves: Vec<i8>,
    /// What one step is worth in margin; a bf16 number.
    pub scale: f32,
}

/// What a model is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Margin before any tree. It, the scales and the knots are within ± a million.
    pub base: f32,
    /// Edges of each feature's bins, strictly rising bf16 numbers; at most 63.
    pub edges: Vec<Vec<f32>>,
    /// The trees, all of one depth.
    pub trees: Vec<Tree>,
    /// Margin → logit of the probability: knots of a strictly rising, piecewise linear map; two at least. Goes on
    /// straight beyond its ends.
    pub calibration: Vec<(f32, f32)>,
    /// The reason head.
    pub head: ReasonHead,
    /// Share of visits without a leave that see a card → threshold; shares rise, thresholds fall.
    pub presets: Vec<(f32, f32)>,
}

impl Model {
    /// A model from its parts.
    ///
    /// # Errors
    /// When a part is out of the bounds named at [`Parts`]; the offset is that in the file they would make, or 0 where
    /// none can be made of them.
    pub fn new(parts: Parts) -> Result<Model, FormatError> {
        Model::from_vec(write(&parts).map_err(|fault| FormatError { fault, offset: 0 })?)
    }

    /// What the model is made of.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let layout = self.layout;
        let mut places = 0..;
        let edges = self
            .counts()
            .iter()
            .map(|&count| places.by_ref().take(count.into()).map(|place| self.edge(place)).collect());
        let edges = edges.collect();
        let splits = self.bytes[layout.features..layout.bins].iter().zip(&self.bytes[layout.bins..layout.leaves]);
        let splits: Vec<Split> = splits.map(|(&feature, &bin)| Split { feature, bin }).collect();
        let leaves = self.bytes[layout.leaves..layout.scales].chunks_exact(1 << layout.depth);
        let trees = splits.chunks_exact(layout.depth).zip(leaves).enumerate().map(|(tree, (splits, leaves))| Tree {
            splits: splits.to_vec(),
            leaves: leaves.iter().map(|&leaf| leaf as i8).collect(),
            scale: self.scale(tree),
        });
        let pairs = |at, count| (0..count).map(|place| self.pair(at, place)).collect();
        Parts {
            base: self.base(),
            edges,
            trees: trees.collect(),
            calibration: pairs(layout.calibration, layout.knots),
            head: self.head.clone(),
            presets: pairs(layout.presets, layout.rows),
        }
    }

    /// The model as bytes of the current version.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}

/// The parts as a file. Refuses what a file cannot say; the rest is checked where it is read.
fn write(parts: &Parts) -> Result<Vec<u8>, Fault> {
    let depth = parts.trees.first().map_or(1, |tree| tree.splits.len());
    let is_whole = |tree: &Tree| tree.splits.len() == depth && tree.leaves.len() == 1 << depth;
    if depth > MAX_DEPTH || parts.trees.len() > MAX_TREES || !parts.trees.iter().all(is_whole) {
        return Err(Fault::Trees);
    }
    let fits = |edges: &Vec<f32>| edges.len() < MAX_BINS && edges.iter().copied().all(is_bf16);
    if parts.edges.len() != FEATURE_COUNT || !parts.edges.iter().all(fits) {
        return Err(Fault::Edges);
    }
    if !parts.trees.iter().all(|tree| is_bf16(tree.scale)) {
        return Err(Fault::Scale);
    }
    let knots = u8::try_from(parts.calibration.len()).map_err(|_| Fault::Calibration)?;
    let presets = u8::try_from(parts.presets.len()).map_err(|_| Fault::Presets)?;
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend([VERSION, depth as u8, FEATURE_COUNT as u8, knots, presets, 0, 0, 0]);
    out.extend((parts.trees.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out.extend(TABLE_HASH.to_le_bytes());
    out.extend(parts.base.to_le_bytes());
    out.extend([0; 4]);
    out.extend(parts.edges.iter().map(|edges| edges.len() as u8));
    planes(parts.edges.iter().flatten(), &mut out);
    let splits = || parts.trees.iter().flat_map(|tree| &tree.splits);
    out.extend(splits().map(|split| split.feature));
    out.extend(splits().map(|split| split.bin));
    out.extend(parts.trees.iter().flat_map(|tree| &tree.leaves).map(|&leaf| leaf as u8));
    planes(parts.trees.iter().map(|tree| &tree.scale), &mut out);
    pairs(&parts.calibration, &mut out);
    out.extend(parts.head.scale.to_le_bytes());
    out.extend(parts.head.weights.iter().flatten().map(|&weight| weight as u8));
    pairs(&parts.presets, &mut out);
    let checksum = crc32([&out[..CHECKSUM_AT], &out[HEADER..]]);
    out[CHECKSUM_AT..HEADER].copy_from_slice(&checksum.to_le_bytes());
    Ok(out)
}

fn is_bf16(value: f32) -> bool {
    value.to_bits() & 0xffff == 0
}

/// Appends bf16 numbers, high bytes first, then low bytes.
fn planes<'a>(values: impl Iterator<Item = &'a f32> + Clone, out: &mut Vec<u8>) {
    out.extend(values.clone().map(|&value| (to_bf16(value) >> 8) as u8));
    out.extend(values.map(|&value| to_bf16(value) as u8));
}

fn pairs(pairs: &[(f32, f32)], out: &mut Vec<u8>) {
    out.extend(pairs.iter().flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()]).flatten());
}

/// The number of the leaf a row falls in.
#[must_use]
pub fn leaf(tree: &Tree, bins: &[u8; FEATURE_COUNT]) -> usize {
    tree.splits.iter().enumerate().fold(0, |leaf, (level, split)| {
        leaf | usize::from(bins.get(usize::from(split.feature)).is_some_and(|&bin| bin > split.bin)) << level
    })
}
