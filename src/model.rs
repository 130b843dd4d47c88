//! [`Model`]: the probability that the shopper leaves within the next 4 s.
//!
//! Gradient-boosted oblivious trees (Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS
//! 2018): all nodes of a level share one split, so a leaf's number is made of the level's answers, one bit each.
//! Features are binned once a row; a split is one byte comparison.

// Loops go over places: at the size level of the page's build an adaptor over two slices is several times the code.
#![allow(clippy::needless_range_loop)]

mod format;
mod parts;

pub(crate) use format::crc32;
pub use format::{Fault, FormatError, MAGIC, VERSION, from_bf16, to_bf16};
pub use parts::{Parts, Split, Tree, leaf};

use crate::exp::exp;
use crate::features::{FEATURE_COUNT, FeatureRow};
use crate::reason::ReasonHead;
use format::Layout;

/// Bins a feature may have at most; one more than its edges.
pub const MAX_BINS: usize = 64;
/// Levels a tree may have at most.
pub const MAX_DEPTH: usize = 8;
/// Trees a model may have at most.
pub const MAX_TREES: usize = 2_000;

/// A validated model. It is read where it lies: the bytes of its file, and the places of what is in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    bytes: Vec<u8>,
    layout: Layout,
    head: ReasonHead,
}

impl Model {
    /// Levels of each tree.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.layout.depth
    }

    /// Number of trees.
    #[must_use]
    pub fn trees(&self) -> usize {
        self.layout.trees
    }

    /// CRC-32 of the model's file, as eight hex digits: which model it is.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn checksum(&self) -> String {
        format!("{:08x}", crc32([&self.bytes, &[]]))
    }

    /// The reason head.
    #[must_use]
    pub fn head(&self) -> &ReasonHead {
        &self.head
    }

    /// The sum of the trees for a row: a log-odds before calibration.
    #[must_use]
    pub fn margin(&self, row: &FeatureRow) -> f32 {
        let Layout { depth, trees, features, bins, leaves, scales, .. } = self.layout;
        let row_bins = self.bins(row);
        let (features, bins) = (&self.bytes[features..bins], &self.bytes[bins..leaves]);
        let leaves = &self.bytes[leaves..scales];
        let mut margin = self.base();
        for tree in 0..trees {
            let mut leaf = tree;
            for split in (tree * depth..(tree + 1) * depth).rev() {
                let is_over = row_bins[usize::from(features[split])] > bins[split];
                leaf = 2 * leaf + usize::from(is_over);
            }
            margin += f32::from(leaves[leaf] as i8) * self.scale(tree);
        }
        margin
    }

    /// The bin of each feature: how many of its edges the value is over. 0 where it is not known.
    #[must_use]
    pub fn bins(&self, row: &FeatureRow) -> [u8; FEATURE_COUNT] {
        let (mut bins, counts, mut start) = ([0u8; FEATURE_COUNT], self.counts(), 0);
        for feature in 0..FEATURE_COUNT {
            let (value, count, mut bin) = (row[feature], counts[feature], 0);
            // most values are low, and so found within the first edges
            while bin < count && value > self.edge(start + usize::from(bin)) {
                bin += 1;
            }
            bins[feature] = bin;
            start += usize::from(count);
        }
        bins
    }

    /// Calibrated probability, 0..1, that the shopper leaves within the next 4 s.
    #[must_use]
    pub fn risk(&self, row: &FeatureRow) -> f32 {
        1.0 / (1.0 + exp(-self.logit(self.margin(row))))
    }

    /// The calibrated log-odds of a margin.
    #[must_use]
    pub fn logit(&self, margin: f32) -> f32 {
        let Layout { calibration, knots, .. } = self.layout;
        self.interpolate(calibration, knots, margin)
    }

    /// The risk threshold at which this share of the visits without a leave sees a card. Shares beyond the model's table
    /// get its nearest row.
    #[must_use]
    pub fn threshold_for_share(&self, share: f32) -> f32 {
        let Layout { presets, rows, .. } = self.layout;
        if rows == 0 {
            return 1.0;
        }
        let (first, last) = (self.pair(presets, 0).0, self.pair(presets, rows - 1).0);
        // NaN is the least share too
        let share = if share > first { share } else { first };
        self.interpolate(presets, rows, if share > last { last } else { share })
    }

    /// The value at `x` of the piecewise linear map through `count` knots, one at least, that begin at byte `at`; continued
    /// straight beyond its ends.
    fn interpolate(&self, at: usize, count: usize, x: f32) -> f32 {
        let mut right = 1;
        while right + 1 < count && self.pair(at, right).0 < x {
            right += 1;
        }
        let (x0, y0) = self.pair(at, right - 1);
        if right == count {
            return y0;
        }
        let (x1, y1) = self.pair(at, right);
        y0 + (y1 - y0) * ((x - x0) / (x1 - x0))
    }
}
