//! Models that CatBoost trained, as models of falter.
//!
//! Symmetric trees are oblivious trees, so nothing is retrained: every row falls in the same leaf of every tree. The only thing
//! that changes is the leaves' values, which become i8 steps of one scale a tree; by how much the margin can move at most is
//! stated by [`Imported::bound`] and checked on rows by [`Parity`]. What falter can't represent is refused by name
//! ([`Refusal`]), never bent to fit.
//!
//! ```
//! use falter::train::import::{Export, Imported};
//!
//! let export: Export = serde_json::from_str(r#"{
//!     "features_info": {"float_features": [
//!         {"feature_id": "pause_s", "feature_index": 0, "borders": [1.5], "nan_value_treatment": "AsFalse"}]},
//!     "oblivious_trees": [{
//!         "splits": [{"split_type": "FloatFeature", "float_feature_index": 0, "border": 1.5}],
//!         "leaf_values": [-0.25, 0.5], "leaf_weights": [30, 10]}],
//!     "scale_and_bias": [1, [-2.0]]
//! }"#)?;
//! let imported = Imported::of(&export)?;
//! assert_eq!(imported.trees[0].leaves, [-64, 127]);
//! assert!(imported.bound() < 0.002);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod complete;
mod export;
mod parity;
mod refusal;

pub use complete::{Completed, Completion, complete};
pub use export::{Export, Provenance};
pub use parity::{Mismatch, Parity, Twin};
pub use refusal::Refusal;

use crate::features::{FEATURE_COUNT, FEATURES};
use crate::model::{MAX_BINS, MAX_DEPTH, MAX_TREES, Split, Tree, from_bf16, to_bf16};
use export::{FloatFeature, ObliviousTree};

/// The least and the greatest bf16 number. No value of a feature is beyond them, so "over the least" asks whether a value is
/// known at all, as CatBoost asks with the least f32, and nothing is over the greatest.
const LEAST: f32 = from_bf16(0xff7f);
const GREATEST: f32 = from_bf16(0x7f7f);
/// Steps a leaf is rounded to on each side of 0.
const STEPS: f64 = 127.0;
/// Bound of base and leaf values, as in the model format.
const LARGEST: f64 = 1e6;
/// Bound of leaf weights: more rows than a f64 counts one by one.
const MOST_WEIGHT: f64 = 9e15;

/// The trees of an export in falter's form.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Margin before any tree.
    pub base: f32,
    /// Edges of each feature's bins: the borders that some split asks for, strictly rising bf16 numbers.
    pub edges: Vec<Vec<f32>>,
    /// The trees. A tree of fewer levels than the deepest got levels that no value answers with yes.
    pub trees: Vec<Tree>,
    /// For each tree, the share of the training weight in each leaf; empty where the export has no weights.
    pub shares: Vec<Vec<f32>>,
    /// How much each feature changes the margin: CatBoost's PredictionValuesChange, 0 where the export has no weights.
    pub gains: Vec<f64>,
    bound: f64,
}

impl Imported {
    /// The trees of this export.
    ///
    /// # Errors
    /// When it holds something that falter can't represent; see [`Refusal`].
    pub fn of(export: &Export) -> Result<Imported, Refusal> {
        let trees = export.trees()?;
        let places = places(export)?;
        let scale = export.scale_and_bias.0;
        let bias = export.bias()?;
        if trees.len() > MAX_TREES {
            return Err(Refusal::TooManyTrees(trees.len()));
        }
        let depth = trees.iter().map(|tree| tree.splits().len()).max().unwrap_or(0).max(1);
        if depth > MAX_DEPTH {
            return Err(Refusal::TooDeep(depth));
        }
        if !bias.is_finite() || bias.abs() > LARGEST || !scale.is_finite() {
            return Err(Refusal::Number("scale_and_bias"));
        }
        let questions = questions(trees, &places)?;
        let (edges, filler) = edges(&questions, depth)?;
        let mut imported = Imported {
            base: bias as f32,
            edges,
            trees: vec![],
            shares: vec![],
            gains: vec![0.0; FEATURE_COUNT],
            bound: (bias - f64::from(bias as f32)).abs(),
        };
        for (number, (tree, questions)) in trees.iter().zip(&questions).enumerate() {
            imported.add(number, tree, questions, scale, filler, depth)?;
        }
        // each addition in f32 rounds by at most half a step at the largest sum there can be
        let most: f64 = imported.trees.iter().map(|tree| STEPS * f64::from(tree.scale)).sum();
        imported.bound += imported.trees.len() as f64 * f64::from(f32::EPSILON) / 2.0 * (most + bias.abs());
        Ok(imported)
    }

    /// By how much a margin can differ from CatBoost's raw prediction at most: the sum over the trees of the most that one of
    /// their leaves was rounded by, and the rounding of f32 sums.
    #[must_use]
    pub fn bound(&self) -> f64 {
        self.bound
    }

    /// Adds a tree whose splits ask `questions`, with more levels of `filler` up to `depth`.
    fn add(
        &mut self,
        number: usize,
        tree: &ObliviousTree,
        questions: &[Question],
        scale: f64,
        filler: usize,
        depth: usize,
    ) -> Result<(), Refusal> {
        let leaves = 1 << questions.len();
        if tree.leaf_values.len() != leaves {
            return Err(Refusal::Leaves { tree: number, found: tree.leaf_values.len(), wanted: leaves });
        }
        let values: Vec<f64> = tree.leaf_values.iter().map(|value| value * scale).collect();
        if !values.iter().all(|value| value.abs() <= LARGEST) {
            return Err(Refusal::Number("leaf_values"));
        }
        let most = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
        let step = from_bf16(to_bf16((most / STEPS) as f32));
        let quantise = |value: f64| match step {
            0.0 => 0.0,
            step => libm::round(value / f64::from(step)).clamp(-STEPS, STEPS),
        };
        let off = |value: &f64| (value - quantise(*value) * f64::from(step)).abs();
        self.bound += values.iter().map(off).fold(0.0, f64::max);
        let mut splits: Vec<Split> = questions
            .iter()
            .map(|question| Split { feature: question.place as u8, bin: self.bin(question.place, question.edge) })
            .collect();
        splits.resize(depth, Split { feature: filler as u8, bin: self.bin(filler, GREATEST) });
        let mut stored: Vec<i8> = values.iter().map(|&value| quantise(value) as i8).collect();
        stored.resize(1 << depth, 0);
        self.trees.push(Tree { splits, leaves: stored, scale: step });
        if !tree.leaf_weights.iter().all(|weight| (0.0..=MOST_WEIGHT).contains(weight)) {
            return Err(Refusal::Weights(number));
        }
        if tree.leaf_weights.len() == leaves {
            self.weigh(questions, &values, &tree.leaf_weights, depth);
        }
        Ok(())
    }

    fn bin(&self, place: usize, edge: f32) -> u8 {
        self.edges.get(place).map_or(0, |edges| edges.partition_point(|&other| other < edge) as u8)
    }

    /// Shares of the training weight, and what each question changes: for every two leaves that differ in its answer, how far
    /// they are from their mean, squared, by weight.
    fn weigh(&mut self, questions: &[Question], values: &[f64], weights: &[f64], depth: usize) {
        let whole = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mut shares: Vec<f32> = weights.iter().map(|weight| (weight / whole) as f32).collect();
        shares.resize(1 << depth, 0.0);
        self.shares.push(shares);
        for (level, question) in questions.iter().enumerate() {
            for no in (0..values.len()).filter(|leaf| leaf >> level & 1 == 0) {
                let yes = no | 1 << level;
                let both = weights[no] + weights[yes];
                if both > 0.0 {
                    let apart = values[no] - values[yes];
                    self.gains[question.place] += weights[no] * weights[yes] / both * apart * apart / whole;
                }
            }
        }
    }
}

/// What a split asks: is this feature over this edge?
#[derive(Debug, Clone, Copy)]
struct Question {
    place: usize,
    edge: f32,
}

/// The place in falter's table of each float feature of the export; `None` for one that falter does not know.
fn places(export: &Export) -> Result<Vec<(&FloatFeature, Option<usize>)>, Refusal> {
    for (kind, found) in export.other_features() {
        if let Some(name) = found {
            return Err(Refusal::FeatureKind { kind, name });
        }
    }
    let place = |name: &str| FEATURES.iter().position(|feature| feature.name == name);
    Ok(export.features_info.float_features.iter().map(|feature| (feature, place(&feature.feature_id))).collect())
}

/// What the splits of each tree ask.
fn questions(
    trees: &[ObliviousTree],
    places: &[(&FloatFeature, Option<usize>)],
) -> Result<Vec<Vec<Question>>, Refusal> {
    let mut questions = vec![];
    for (number, tree) in trees.iter().enumerate() {
        let mut asked = vec![];
        for split in tree.splits() {
            if split.split_type != "FloatFeature" {
                return Err(Refusal::Split { tree: number, kind: split.split_type.clone() });
            }
            let found = places.iter().find(|(feature, _)| Some(feature.feature_index) == split.float_feature_index);
            let (Some((feature, place)), Some(border)) = (found, split.border) else {
                return Err(Refusal::Split {
                    tree: number,
                    kind: "FloatFeature without a feature or border".to_owned(),
                });
            };
            let Some(place) = *place else {
                return Err(match feature.feature_id.as_str() {
                    "" => Refusal::Unnamed(feature.feature_index),
                    name => Refusal::UnknownFeature(name.to_owned()),
                });
            };
            if feature.nan_value_treatment == "AsTrue" {
                return Err(Refusal::MissingValues(feature.feature_id.clone()));
            }
            let edge = edge(border).ok_or_else(|| Refusal::Border { feature: feature.feature_id.clone(), border })?;
            asked.push(Question { place, edge });
        }
        questions.push(asked);
    }
    Ok(questions)
}

/// The bf16 number that divides values as this border does.
fn edge(border: f64) -> Option<f32> {
    let border = border as f32;
    if border < LEAST {
        return Some(LEAST);
    }
    // 0 has two forms, and they are one border
    let border = if border == 0.0 { 0.0 } else { border };
    (border <= GREATEST && border.to_bits() & 0xffff == 0).then_some(border)
}

/// The edges asked for, rising, and the feature that fills up trees of fewer levels.
fn edges(questions: &[Vec<Question>], depth: usize) -> Result<(Vec<Vec<f32>>, usize), Refusal> {
    let mut edges: Vec<Vec<f32>> = vec![vec![]; FEATURE_COUNT];
    for question in questions.iter().flatten() {
        edges[question.place].push(question.edge);
    }
    for (edges, feature) in edges.iter_mut().zip(&FEATURES) {
        edges.sort_unstable_by(f32::total_cmp);
        edges.dedup();
        if edges.len() >= MAX_BINS {
            return Err(Refusal::TooManyBorders { feature: feature.name, found: edges.len() });
        }
    }
    let filler = (0..FEATURE_COUNT).min_by_key(|&place| edges[place].len()).unwrap_or(0);
    if questions.iter().any(|asked| asked.len() < depth) && edges[filler].last() != Some(&GREATEST) {
        edges[filler].push(GREATEST);
    }
    Ok((edges, filler))
}
