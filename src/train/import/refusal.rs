//! What an export may hold that falter can't represent, and how to train without it.

use core::fmt;

use crate::model::{MAX_BINS, MAX_DEPTH, MAX_TREES};

/// Why an export is not imported.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// Trees with a split of their own at every node.
    NotSymmetric,
    /// No trees at all.
    NoTrees,
    /// Trained for something other than two classes.
    Loss(String),
    /// So many classes.
    Classes(usize),
    /// A feature that is no number.
    FeatureKind {
        /// categorical, text or embedding.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A split that is no comparison of a number, in the tree of this number, from 0.
    Split {
        /// The tree.
        tree: usize,
        /// The type of the split.
        kind: String,
    },
    /// A split on the feature of this index, which has no name.
    Unnamed(usize),
    /// A split on a feature that falter does not have.
    UnknownFeature(String),
    /// A split on a feature whose missing values count as the greatest.
    MissingValues(String),
    /// A border that is no bf16 number.
    Border {
        /// The feature.
        feature: String,
        /// The border.
        border: f64,
    },
    /// More borders in use than a feature has edges.
    TooManyBorders {
        /// The feature.
        feature: &'static str,
        /// So many.
        found: usize,
    },
    /// More levels than a tree has.
    TooDeep(usize),
    /// More trees than a model has.
    TooManyTrees(usize),
    /// A tree, from 0, with another number of leaves than its levels make.
    Leaves {
        /// The tree.
        tree: usize,
        /// Leaves it has.
        found: usize,
        /// Leaves it should have.
        wanted: usize,
    },
    /// Weights of the leaves of this tree, from 0, that no rows have.
    Weights(usize),
    /// A number under this key that is not finite, or over a million.
    Number(&'static str),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotSymmetric => {
                f.write_str("its trees are not symmetric; train with grow_policy=\"SymmetricTree\", CatBoost's default")
            }
            Refusal::NoTrees => {
                f.write_str("it has no \"oblivious_trees\"; export the model with save_model(PATH, format=\"json\")")
            }
            Refusal::Loss(loss) => write!(
                f,
                "it was trained for {loss}, and falter's margin is a log-odds; train with loss_function=\"Logloss\""
            ),
            Refusal::Classes(classes) => {
                write!(f, "it tells {classes} classes apart; train on the column \"leaves\", which has two")
            }
            Refusal::FeatureKind { kind, name } => write!(
                f,
                "feature {name:?} is {kind}; falter's features are numbers: train on the columns of `falter features` alone"
            ),
            Refusal::Split { tree, kind } => write!(
                f,
                "tree {tree} has a split of type {kind}; only FloatFeature can be imported: train without categorical, text \
                 and embedding features"
            ),
            Refusal::Unnamed(index) => write!(
                f,
                "feature {index} has no name, and places alone may be mixed up; train on a DataFrame, or give the pool \
                 feature_names from the header of `falter features`"
            ),
            Refusal::UnknownFeature(name) => write!(
                f,
                "it splits on {name:?}, which is no feature of falter; leave the column out, or write the rows again with \
                 this version's `falter features`"
            ),
            Refusal::MissingValues(name) => write!(
                f,
                "missing values of {name:?} count as greater than all others; in falter they are less: train with \
                 nan_mode=\"Min\", CatBoost's default"
            ),
            Refusal::Border { feature, border } => write!(
                f,
                "the border {border} of {feature:?} is no bf16 number, so falter can't split there; train with \
                 input_borders=\"FILE\", FILE made by `falter features … --borders FILE`"
            ),
            Refusal::TooManyBorders { feature, found } => write!(
                f,
                "{feature:?} is split at {found} borders, and {} is the most; make the borders with `falter features … \
                 --borders FILE --bins {MAX_BINS}`, or grow fewer trees",
                MAX_BINS - 1
            ),
            Refusal::TooDeep(depth) => {
                write!(f, "its trees have {depth} levels, and {MAX_DEPTH} is the most; train with a smaller depth")
            }
            Refusal::TooManyTrees(trees) => {
                write!(f, "it has {trees} trees, and {MAX_TREES} is the most; train with fewer iterations")
            }
            Refusal::Leaves { tree, found, wanted } => {
                write!(f, "tree {tree} has {found} leaf values where its splits make {wanted} leaves")
            }
            Refusal::Weights(tree) => {
                write!(f, "tree {tree} has a leaf weight under 0 or over 9e15; export the model as CatBoost made it")
            }
            Refusal::Number(key) => {
                write!(f, "a number in \"{key}\" is not finite or over a million; scale weights and labels down")
            }
        }
    }
}

impl core::error::Error for Refusal {}
