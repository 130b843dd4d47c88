//! CatBoost's JSON export, as far as it matters here (`model.save_model(path, format="json")`; format of CatBoost 1.x).

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Refusal;

/// A whole export. Keys that are not named here are passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct Export {
    pub(super) features_info: FeaturesInfo,
    oblivious_trees: Option<Vec<ObliviousTree>>,
    /// Trees that are not symmetric.
    trees: Option<IgnoredAny>,
    /// The raw prediction is the sum of the leaves times the first, plus the second.
    #[serde(default = "one_and_zero")]
    pub(super) scale_and_bias: (f64, Bias),
    #[serde(default)]
    model_info: ModelInfo,
}

fn one_and_zero() -> (f64, Bias) {
    (1.0, Bias::One(0.0))
}

/// One number in exports of old versions, a list with one a class in those of new ones.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Bias {
    One(f64),
    Many(Vec<f64>),
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct FeaturesInfo {
    #[serde(default)]
    pub(super) float_features: Vec<FloatFeature>,
    #[serde(default)]
    categorical_features: Vec<Named>,
    #[serde(default)]
    text_features: Vec<Named>,
    #[serde(default)]
    embedding_features: Vec<Named>,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    #[serde(default)]
    feature_id: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct FloatFeature {
    /// Its name; "" where none was given.
    #[serde(default)]
    pub(super) feature_id: String,
    /// What splits call it by.
    pub(super) feature_index: usize,
    /// What a missing value answers: AsIs and AsFalse no, AsTrue yes.
    #[serde(default)]
    pub(super) nan_value_treatment: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ObliviousTree {
    /// One a level; the answer of level i is bit i of the leaf's number. Null for a tree of one leaf.
    splits: Option<Vec<Split>>,
    pub(super) leaf_values: Vec<f64>,
    #[serde(default)]
    pub(super) leaf_weights: Vec<f64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Split {
    pub(super) split_type: String,
    pub(super) float_feature_index: Option<usize>,
    pub(super) border: Option<f64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ModelInfo {
    catboost_version_info: String,
    params: Params,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Params {
    loss_function: Loss,
    random_seed: u64,
    boosting_options: BoostingOptions,
    tree_learner_options: TreeOptions,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Loss {
    r#type: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct BoostingOptions {
    learning_rate: f64,
    iterations: usize,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct TreeOptions {
    l2_leaf_reg: f64,
}

/// How CatBoost trained, as far as it says; 0 or empty where it doesn't.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// Version, as "1.2.10".
    pub version: String,
    /// Seed.
    pub seed: u64,
    /// Trees at most.
    pub trees: usize,
    /// Part of its step that a leaf takes.
    pub learning_rate: f64,
    /// Penalty on the square of leaf values.
    pub l2: f64,
}

impl Export {
    /// How the model was trained.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        let Params { random_seed, boosting_options, tree_learner_options, .. } = &self.model_info.params;
        let info = &self.model_info.catboost_version_info;
        let version = info.split_once("tags/v").and_then(|(_, rest)| rest.split_whitespace().next());
        Provenance {
            version: version.unwrap_or("of unknown version").to_owned(),
            seed: *random_seed,
            trees: boosting_options.iterations,
            // a f32, written with the digits of a f64
            learning_rate: libm::round(boosting_options.learning_rate * 1e6) / 1e6,
            l2: tree_learner_options.l2_leaf_reg,
        }
    }

    /// The symmetric trees of a model for two classes.
    pub(super) fn trees(&self) -> Result<&[ObliviousTree], Refusal> {
        let loss = self.model_info.params.loss_function.r#type.as_str();
        if !matches!(loss, "" | "Logloss" | "CrossEntropy") {
            return Err(Refusal::Loss(loss.to_owned()));
        }
        match &self.oblivious_trees {
            Some(trees) => Ok(trees),
            None if self.trees.is_some() => Err(Refusal::NotSymmetric),
            None => Err(Refusal::NoTrees),
        }
    }

    pub(super) fn bias(&self) -> Result<f64, Refusal> {
        match &self.scale_and_bias.1 {
            Bias::One(bias) => Ok(*bias),
            Bias::Many(biases) => match biases[..] {
                [] => Ok(0.0),
                [bias] => Ok(bias),
                _ => Err(Refusal::Classes(biases.len())),
            },
        }
    }

    /// The kinds of features that are no numbers, each with the name of one of them.
    pub(super) fn other_features(&self) -> [(&'static str, Option<String>); 3] {
        let info = &self.features_info;
        [
            ("categorical", &info.categorical_features),
            ("text", &info.text_features),
            ("embedding", &info.embedding_features),
        ]
        .map(|(kind, features)| (kind, features.first().map(|feature| feature.feature_id.clone())))
    }
}

impl ObliviousTree {
    pub(super) fn splits(&self) -> &[Split] {
        self.splits.as_deref().unwrap_or_default()
    }
}
