//! Whether an imported model is the one that CatBoost trained: leaf by leaf and margin by margin.

use super::export::ObliviousTree;
use super::{Export, Refusal};
use crate::features::{FEATURES, FeatureRow};
use crate::model::{Model, Tree, leaf};

/// The export itself, evaluated as CatBoost does: borders in f32, sums in f64. Shares nothing with the conversion.
#[derive(Debug, Clone)]
pub struct Twin<'a> {
    trees: &'a [ObliviousTree],
    /// What splits call a feature by, and its place in a row.
    places: Vec<(usize, Option<usize>)>,
    scale: f64,
    bias: f64,
}

impl<'a> Twin<'a> {
    /// The twin of an export.
    ///
    /// # Errors
    /// When it has no symmetric trees for two classes.
    pub fn of(export: &'a Export) -> Result<Twin<'a>, Refusal> {
        let place = |name: &str| FEATURES.iter().position(|known| known.name == name);
        let features = export.features_info.float_features.iter();
        let places = features.map(|feature| (feature.feature_index, place(&feature.feature_id))).collect();
        Ok(Twin { trees: export.trees()?, places, scale: export.scale_and_bias.0, bias: export.bias()? })
    }

    /// The leaf of each tree.
    #[must_use]
    pub fn leaves(&self, row: &FeatureRow) -> Vec<usize> {
        let value = |index: Option<usize>| {
            let place = index.and_then(|index| self.places.iter().find(|(known, _)| *known == index)?.1);
            place.and_then(|place| row.get(place).copied()).unwrap_or(f32::NAN)
        };
        let leaf = |tree: &ObliviousTree| {
            tree.splits().iter().enumerate().fold(0, |leaf, (level, split)| {
                // a border may be written with fewer digits than it takes to be an f32 to the last bit
                let is_over = split.border.is_some_and(|border| value(split.float_feature_index) > border as f32);
                leaf | usize::from(is_over) << level
            })
        };
        self.trees.iter().map(leaf).collect()
    }

    /// The raw prediction (CatBoost's RawFormulaVal).
    #[must_use]
    pub fn margin(&self, leaves: &[usize]) -> f64 {
        let values = self.trees.iter().zip(leaves).filter_map(|(tree, &leaf)| tree.leaf_values.get(leaf));
        values.sum::<f64>() * self.scale + self.bias
    }
}

/// A leaf that is not the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch {
    /// The row, from 0.
    pub row: u64,
    /// The tree, from 0.
    pub tree: usize,
    /// CatBoost's leaf.
    pub wanted: usize,
    /// The imported model's.
    pub found: usize,
}

/// The check of a model against an export, row by row.
#[derive(Debug, Clone)]
pub struct Parity<'a> {
    model: &'a Model,
    trees: Vec<Tree>,
    twin: Twin<'a>,
    /// Rows checked.
    pub rows: u64,
    /// The first leaf that differs.
    pub mismatch: Option<Mismatch>,
    /// The largest difference between the model's margin and the export's.
    pub largest: f64,
    /// Sum of those differences.
    sum: f64,
    /// The largest difference between the model's margin and the raw predictions that came with the rows.
    pub largest_of_given: Option<f64>,
}

impl<'a> Parity<'a> {
    /// Nothing checked yet.
    #[must_use]
    pub fn new(model: &'a Model, twin: Twin<'a>) -> Parity<'a> {
        let trees = model.parts().trees;
        Parity { model, trees, twin, rows: 0, mismatch: None, largest: 0.0, sum: 0.0, largest_of_given: None }
    }

    /// The mean difference between the model's margin and the export's.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum / self.rows.max(1) as f64
    }

    /// Checks a row; `raw` is CatBoost's own raw prediction of it, where it is known.
    pub fn add(&mut self, row: &FeatureRow, raw: Option<f64>) {
        let wanted = self.twin.leaves(row);
        let bins = self.model.bins(row);
        for (tree, (ours, &wanted)) in self.trees.iter().zip(&wanted).enumerate() {
            let found = leaf(ours, &bins);
            if found != wanted && self.mismatch.is_none() {
                self.mismatch = Some(Mismatch { row: self.rows, tree, wanted, found });
            }
        }
        let margin = f64::from(self.model.margin(row));
        let off = (margin - self.twin.margin(&wanted)).abs();
        self.largest = self.largest.max(off);
        self.sum += off;
        if let Some(raw) = raw {
            let off = (margin - raw).abs();
            self.largest_of_given = Some(self.largest_of_given.map_or(off, |most| most.max(off)));
        }
        self.rows += 1;
    }
}
