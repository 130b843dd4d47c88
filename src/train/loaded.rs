//! [`Loaded`]: a model as the studio holds it, with what its manifest says of its leaves.

use core::fmt;

use serde::Serialize;

use super::contributions::Contributions;
use super::manifest::Manifest;
use crate::model::{FormatError, Model};

/// The model that ships, and its manifest.
static SHIPPED: (&[u8], &str) = (include_bytes!("../../models/exit.falter"), include_str!("../../models/exit.json"));

/// A model, and, where its manifest came with it, what features contribute to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    model: Model,
    bytes: usize,
    contributions: Option<Contributions>,
}

/// What a model is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelInfo {
    /// CRC-32 of its file, eight hex digits.
    pub checksum: String,
    /// Trees.
    pub trees: usize,
    /// Levels of each.
    pub depth: usize,
    /// Bytes of its file.
    pub bytes: usize,
    /// Share of visits without a leave that see a card, and the threshold for it.
    pub presets: Vec<(f64, f64)>,
    /// Whether contributions can be had.
    pub has_shares: bool,
}

/// Why a model or its manifest was not taken.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The model file.
    Model(FormatError),
    /// The manifest is no JSON of this version.
    Manifest(serde_json::Error),
    /// The manifest is that of another model: its checksum, and the model's.
    Other(String, String),
    /// The manifest's leaf shares are not one a leaf.
    Shares,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Model(error) => write!(f, "not a model of this version: {error}"),
            LoadError::Manifest(error) => write!(f, "not a manifest of this version: {error}"),
            LoadError::Other(manifest, model) => {
                write!(
                    f,
                    "the manifest is that of model {manifest}, and the model is {model}: load the two of one training"
                )
            }
            LoadError::Shares => f.write_str("the manifest's leaf_shares do not fit the model's trees"),
        }
    }
}

impl core::error::Error for LoadError {}

impl Loaded {
    /// The model that ships with this build.
    ///
    /// # Errors
    /// When what was built in is damaged.
    pub fn shipped() -> Result<Loaded, LoadError> {
        Loaded::new(SHIPPED.0, Some(SHIPPED.1))
    }

    /// A model from the bytes of its file, and the text of its manifest where there is one.
    ///
    /// # Errors
    /// When either is not of this version, or the two are not of one training.
    pub fn new(bytes: &[u8], manifest: Option<&str>) -> Result<Loaded, LoadError> {
        let model = Model::from_bytes(bytes).map_err(LoadError::Model)?;
        let shares = manifest.map(|text| shares(&model, text)).transpose()?;
        let contributions = shares.map(|shares| Contributions::new(&model, &shares));
        Ok(Loaded { model, bytes: bytes.len(), contributions })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What features contribute to its margins; `None` without its manifest.
    #[must_use]
    pub fn contributions(&self) -> Option<&Contributions> {
        self.contributions.as_ref()
    }

    /// What the model is.
    #[must_use]
    pub fn info(&self) -> ModelInfo {
        let presets = self.model.parts().presets;
        ModelInfo {
            checksum: self.model.checksum(),
            trees: self.model.trees(),
            depth: self.model.depth(),
            bytes: self.bytes,
            presets: presets.into_iter().map(|(share, threshold)| (shortest(share), shortest(threshold))).collect(),
            has_shares: self.contributions.is_some(),
        }
    }
}

/// The number that people wrote for this one: 0.05 rather than the nearest f32, 0.0500000007.
fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| number.into())
}

/// For each tree the share of the training rows in each leaf.
fn shares(model: &Model, text: &str) -> Result<Vec<Vec<f32>>, LoadError> {
    let manifest: Manifest = serde_json::from_str(text).map_err(LoadError::Manifest)?;
    if manifest.checksum != model.checksum() {
        return Err(LoadError::Other(manifest.checksum, model.checksum()));
    }
    let shares = manifest.leaf_shares;
    let fits =
        |tree: &Vec<f32>| tree.len() == 1 << model.depth() && tree.iter().all(|share| (0.0..=1.0).contains(share));
    if shares.len() != model.trees() || !shares.iter().all(fits) {
        return Err(LoadError::Shares);
    }
    Ok(shares)
}
