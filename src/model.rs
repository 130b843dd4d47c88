//! [`Model`]: the probability that the shopper leaves within the next 4 s.
//!
//! Gradient-boosted oblivious trees (Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS
//! 2018): all nodes of a level share one split, so a leaf's number is made of the level's answers, one bit each.
//! Features are binned once a row; a split is one byte comparison.

mod format;

pub(crate) use format::crc32;
pub use format::{FormatError, MAGIC, VERSION, from_bf16, to_bf16};

use crate::features::{FEATURE_COUNT, FeatureRow};
use crate::reason::ReasonHead;

/// Bins a feature may have at most; one more than its edges.
pub const MAX_BINS: usize = 64;
/// Levels a tree may have at most.
pub const MAX_DEPTH: usize = 8;
/// Trees a model may have at most.
pub const MAX_TREES: usize = 2_000;

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

/// A validated model, laid out as in its file: one plane of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    base: f32,
    depth: usize,
    /// Number of edges of each feature.
    counts: [u8; FEATURE_COUNT],
    /// The edges of all features, one after the other.
    edges: Vec<f32>,
    /// The split's feature, level by level, tree by tree.
    features: Vec<u8>,
    /// The split's edge, alike.
    bins: Vec<u8>,
    /// The leaves of all trees.
    leaves: Vec<i8>,
    scales: Vec<f32>,
    calibration: Vec<(f32, f32)>,
    head: ReasonHead,
    presets: Vec<(f32, f32)>,
}

impl Model {
    /// A model from its parts.
    ///
    /// # Errors
    /// When a part is out of the bounds named at [`Parts`]; the offset is 0.
    pub fn new(parts: Parts) -> Result<Model, FormatError> {
        let depth = parts.trees.first().map_or(1, |tree| tree.splits.len());
        if parts.edges.len() != FEATURE_COUNT || parts.edges.iter().any(|edges| edges.len() >= MAX_BINS) {
            return Err(FormatError { what: "not one list of up to 63 edges a feature", offset: 0 });
        }
        if parts.trees.iter().any(|tree| tree.splits.len() != depth || tree.leaves.len() != 1 << depth.min(MAX_DEPTH)) {
            return Err(FormatError { what: "trees are not of one depth of up to 8", offset: 0 });
        }
        let splits = || parts.trees.iter().flat_map(|tree| &tree.splits);
        let mut counts = [0; FEATURE_COUNT];
        counts.iter_mut().zip(&parts.edges).for_each(|(count, edges)| *count = edges.len() as u8);
        Model {
            base: parts.base,
            depth,
            counts,
            edges: parts.edges.iter().flatten().copied().collect(),
            features: splits().map(|split| split.feature).collect(),
            bins: splits().map(|split| split.bin).collect(),
            leaves: parts.trees.iter().flat_map(|tree| &tree.leaves).copied().collect(),
            scales: parts.trees.iter().map(|tree| tree.scale).collect(),
            calibration: parts.calibration,
            head: parts.head,
            presets: parts.presets,
        }
        .validated()
    }

    /// What the model is made of.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let mut rest = self.edges.as_slice();
        let edges = self.counts.iter().map(|&count| {
            let (these, later) = rest.split_at(count.into());
            rest = later;
            these.to_vec()
        });
        let edges = edges.collect();
        let splits = self.features.chunks_exact(self.depth).zip(self.bins.chunks_exact(self.depth));
        let trees = splits.zip(self.leaves.chunks_exact(1 << self.depth)).zip(&self.scales);
        let trees = trees.map(|(((features, bins), leaves), &scale)| Tree {
            splits: features.iter().zip(bins).map(|(&feature, &bin)| Split { feature, bin }).collect(),
            leaves: leaves.to_vec(),
            scale,
        });
        Parts {
            base: self.base,
            edges,
            trees: trees.collect(),
            calibration: self.calibration.clone(),
            head: self.head.clone(),
            presets: self.presets.clone(),
        }
    }

    /// Levels of each tree.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Number of trees.
    #[must_use]
    pub fn trees(&self) -> usize {
        self.scales.len()
    }

    /// CRC-32 of the model's file, as eight hex digits: which model it is.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn checksum(&self) -> String {
        format!("{:08x}", crc32([&self.to_bytes(), &[]]))
    }

    /// The reason head.
    #[must_use]
    pub fn head(&self) -> &ReasonHead {
        &self.head
    }

    /// The sum of the trees for a row: a log-odds before calibration.
    #[must_use]
    pub fn margin(&self, row: &FeatureRow) -> f32 {
        let bins = self.bins(row);
        let mut margin = self.base;
        for (tree, &scale) in self.scales.iter().enumerate() {
            let mut leaf = 0;
            for level in 0..self.depth {
                let split = tree * self.depth + level;
                let is_over = bins[usize::from(self.features[split])] > self.bins[split];
                leaf |= usize::from(is_over) << level;
            }
            margin += f32::from(self.leaves[(tree << self.depth) + leaf]) * scale;
        }
        margin
    }

    /// The bin of each feature: how many of its edges the value is over. 0 where it is not known.
    #[must_use]
    pub fn bins(&self, row: &FeatureRow) -> [u8; FEATURE_COUNT] {
        let mut bins = [0u8; FEATURE_COUNT];
        let mut start = 0;
        for place in 0..FEATURE_COUNT {
            let (end, value) = (start + usize::from(self.counts[place]), row[place]);
            bins[place] = self.edges[start..end].partition_point(|&edge| value > edge) as u8;
            start = end;
        }
        bins
    }

    /// Calibrated probability, 0..1, that the shopper leaves within the next 4 s.
    #[must_use]
    pub fn risk(&self, row: &FeatureRow) -> f32 {
        1.0 / (1.0 + libm::expf(-self.logit(self.margin(row))))
    }

    /// The calibrated log-odds of a margin.
    #[must_use]
    pub fn logit(&self, margin: f32) -> f32 {
        interpolate(&self.calibration, margin)
    }

    /// The risk threshold at which this share of the visits without a leave sees a card. Shares beyond the model's table
    /// get its nearest row.
    #[must_use]
    pub fn threshold_for_share(&self, share: f32) -> f32 {
        let presets = &self.presets;
        match (presets.first(), presets.last()) {
            (Some(first), Some(last)) => interpolate(presets, share.max(first.0).min(last.0)),
            _ => 1.0,
        }
    }
}

/// The number of the leaf a row falls in.
#[must_use]
pub fn leaf(tree: &Tree, bins: &[u8; FEATURE_COUNT]) -> usize {
    tree.splits.iter().enumerate().fold(0, |leaf, (level, split)| {
        leaf | usize::from(bins.get(usize::from(split.feature)).is_some_and(|&bin| bin > split.bin)) << level
    })
}

/// The value at `x` of the piecewise linear map through the knots, continued straight beyond its ends.
fn interpolate(knots: &[(f32, f32)], x: f32) -> f32 {
    let right = knots.partition_point(|&(knot, _)| knot < x).clamp(1, knots.len().max(2) - 1);
    match (knots.get(right - 1), knots.get(right)) {
        (Some(&(x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
        (Some(&(_, y0)), None) => y0,
        _ => x,
    }
}
