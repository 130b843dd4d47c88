//! The manifest: what stands beside a model, for people and for the studio. The page never loads it.

mod lined;

pub use lined::lined;

use serde::{Deserialize, Serialize};

use super::boost::Forest;
use super::calibrate::Calibration;
use super::figures::Figures;
use super::recipe::Recipe;
use crate::features::{FEATURES, table_hash};
use crate::model::{Model, VERSION};

/// What a model is, how it was made, and how good it was on whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the model file's format.
    pub format: u8,
    /// Hash of the feature table it was trained on.
    pub feature_table: String,
    /// Trees.
    pub trees: usize,
    /// Levels a tree.
    pub depth: usize,
    /// Bytes of the model file.
    pub bytes: usize,
    /// Checksum of the model file, CRC-32.
    pub checksum: String,
    /// Edges that splits ask for, over all features.
    pub edges: usize,
    /// How it was trained.
    pub training: Training,
    /// On what.
    pub data: Data,
    /// How true its risks are, on people held out for calibration.
    pub calibration: CalibrationFigures,
    /// How good it is on people it has never seen.
    pub figures: Vec<Figures>,
    /// Each feature and how much of the trees' gain it brought; sums to 1.
    pub features: Vec<Importance>,
    /// Share of visits without a leave that see a card, and the threshold for it.
    pub presets: Vec<(f32, f32)>,
    /// For each tree, the share of the training rows, by weight, in each leaf: what contributions are figured from.
    pub leaf_shares: Vec<Vec<f32>>,
}

/// The settings of the training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named as in boost::Settings, dataset::Shape and Recipe, and documented there")]
pub struct Training {
    pub seed: u64,
    pub max_trees: usize,
    pub learning_rate: f64,
    pub l2: f64,
    pub row_share: f64,
    pub column_share: f64,
    pub leaf_steps: u8,
    pub patience: usize,
    pub bins: usize,
    pub without: Vec<String>,
    pub late_weight: f32,
    pub early_weight: f32,
}

/// What it was trained on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Data {
    /// Where the people come from.
    pub sources: Vec<String>,
    /// People in all; 70 % for the trees, 10 % to stop by, 20 % to calibrate on.
    pub people: u64,
    /// Rows the trees were trained on.
    pub rows: u64,
    /// Share of the quiet ticks among the rows.
    pub keep: f32,
    /// Share of the ticks with a leave within 4 s.
    pub base_rate: f64,
    /// Moments with a known reason.
    pub reason_examples: u64,
    /// Visits the presets' table is made from.
    pub visits_without_leave: u64,
}

/// As [`Calibration`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "documented at Calibration")]
pub struct CalibrationFigures {
    pub error: f64,
    pub brier: f64,
    pub skill: f64,
    pub top: f64,
}

impl From<Calibration> for CalibrationFigures {
    fn from(Calibration { error, brier, skill, top }: Calibration) -> CalibrationFigures {
        CalibrationFigures { error, brier, skill, top }
    }
}

/// A feature of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "documented at features::Feature")]
pub struct Importance {
    pub name: String,
    pub unit: String,
    pub importance: f64,
}

impl Manifest {
    /// What can be read from the recipe and its result.
    pub(super) fn of(recipe: &Recipe, model: &Model, forest: &Forest) -> Manifest {
        let boost = &recipe.boost;
        let gain: f64 = forest.gains.iter().sum();
        let parts = model.parts();
        Manifest {
            format: VERSION,
            feature_table: format!("{:08x}", table_hash()),
            trees: parts.trees.len(),
            depth: model.depth(),
            bytes: model.to_bytes().len(),
            checksum: model.checksum(),
            edges: parts.edges.iter().map(Vec::len).sum(),
            training: Training {
                seed: recipe.seed,
                max_trees: boost.trees,
                learning_rate: boost.learning_rate,
                l2: boost.l2,
                row_share: boost.row_share,
                column_share: boost.column_share,
                leaf_steps: boost.leaf_steps,
                patience: boost.patience,
                bins: recipe.bins,
                without: recipe
                    .without
                    .iter()
                    .filter_map(|&place| Some(FEATURES.get(place)?.name.to_owned()))
                    .collect(),
                late_weight: recipe.shape.late,
                early_weight: recipe.shape.early,
            },
            data: Data::default(),
            calibration: CalibrationFigures { error: 0.0, brier: 0.0, skill: 0.0, top: 0.0 },
            figures: vec![],
            features: FEATURES
                .iter()
                .zip(&forest.gains)
                .map(|(feature, &part)| Importance {
                    name: feature.name.to_owned(),
                    unit: feature.unit.to_owned(),
                    importance: libm::round(part / gain.max(f64::MIN_POSITIVE) * 1e5) / 1e5,
                })
                .collect(),
            presets: parts.presets.clone(),
            leaf_shares: forest
                .shares
                .iter()
                .map(|tree| tree.iter().map(|&share| libm::roundf(share * 1e5) / 1e5).collect())
                .collect(),
        }
    }
}
