//! `falter inspect`: what is in a model file.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use falter::features::{FEATURES, table_hash};
use falter::model::{Model, VERSION};
use serde_json::json;

use crate::input;

/// Print a model's header, sizes and what its trees look at
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The model [default: the one that ships]
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
}

/// How often a feature is asked for, and its importance where a manifest stands beside the model.
struct Use {
    name: &'static str,
    splits: usize,
    edges: usize,
    importance: Option<f64>,
}

impl Inspect {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let model = input::model(self.model.as_deref())?;
        let manifest = self.manifest()?;
        let uses = uses(&model, manifest.as_ref());
        let parts = model.parts();
        let bytes = model.to_bytes().len();
        let edges: usize = parts.edges.iter().map(Vec::len).sum();
        if json {
            let uses = uses
                .iter()
                .map(|u| json!({ "name": u.name, "splits": u.splits, "edges": u.edges, "importance": u.importance }));
            let value = json!({
                "format": VERSION,
                "feature_table": format!("{:08x}", table_hash()),
                "features": FEATURES.len(),
                "trees": parts.trees.len(),
                "depth": model.depth(),
                "bytes": bytes,
                "edges": edges,
                "base": parts.base,
                "calibration": parts.calibration,
                "presets": parts.presets,
                "uses": uses.collect::<Vec<_>>(),
            });
            println!("{}", serde_json::to_string_pretty(&value)?);
            return Ok(());
        }
        println!("format {VERSION}, feature table {:08x} ({} features)", table_hash(), FEATURES.len());
        println!(
            "{} trees of depth {}, {edges} edges, {bytes} bytes, base {:.4}",
            parts.trees.len(),
            model.depth(),
            parts.base
        );
        println!(
            "calibration: {} knots from {:?} to {:?}",
            parts.calibration.len(),
            first(&parts.calibration),
            last(&parts.calibration)
        );
        println!("share of visits without a leave that see a card -> threshold:");
        for (share, threshold) in &parts.presets {
            println!("  {:5.1} %  {threshold:.4}", 100.0 * share);
        }
        println!("feature                 splits  edges  importance");
        for row in uses.iter().filter(|row| row.splits > 0) {
            let importance = row.importance.map_or_else(|| "-".to_owned(), |part| format!("{:.2} %", 100.0 * part));
            println!("{:22} {:>7} {:>6} {importance:>11}", row.name, row.splits, row.edges);
        }
        Ok(())
    }

    /// The manifest beside the model, where there is one.
    fn manifest(&self) -> Result<Option<serde_json::Value>> {
        let Some(path) = self.model.as_ref().map(|path| path.with_extension("json")).filter(|path| path.exists())
        else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not a manifest", path.display())).map(Some)
    }
}

fn first(knots: &[(f32, f32)]) -> (f32, f32) {
    knots.first().copied().unwrap_or_default()
}

fn last(knots: &[(f32, f32)]) -> (f32, f32) {
    knots.last().copied().unwrap_or_default()
}

fn uses(model: &Model, manifest: Option<&serde_json::Value>) -> Vec<Use> {
    let parts = model.parts();
    let splits = || parts.trees.iter().flat_map(|tree| &tree.splits);
    let importance = |name: &str| {
        let rows = manifest?.get("features")?.as_array()?;
        rows.iter().find(|row| row.get("name").and_then(|n| n.as_str()) == Some(name))?.get("importance")?.as_f64()
    };
    let mut uses: Vec<Use> = FEATURES
        .iter()
        .zip(&parts.edges)
        .enumerate()
        .map(|(place, (feature, edges))| Use {
            name: feature.name,
            splits: splits().filter(|split| usize::from(split.feature) == place).count(),
            edges: edges.len(),
            importance: importance(feature.name),
        })
        .collect();
    uses.sort_by(|a, b| {
        (b.importance, b.splits).partial_cmp(&(a.importance, a.splits)).unwrap_or(std::cmp::Ordering::Equal)
    });
    uses
}
