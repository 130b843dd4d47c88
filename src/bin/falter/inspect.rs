//! `falter inspect`: what is in a model file.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use falter::features::{FEATURES, table_hash};
use falter::model::{Model, VERSION};
use falter::train::card::card;
use falter::train::manifest::Manifest;
use serde_json::json;

use crate::input::{self, Misuse};

/// Print a model's header, sizes and what its trees look at
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The model [default: the one that ships]
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    /// Print the model card (Markdown), made from the manifest beside the model
    #[arg(long)]
    card: bool,
    /// With --card: figures on real people, as `falter evaluate --json` writes them
    #[arg(long, value_name = "FILE", requires = "card")]
    real: Option<PathBuf>,
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
        let manifest = input::manifest(self.model.as_deref())?;
        if self.card {
            return self.print_card(&model, manifest, json);
        }
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
            say!("{}", serde_json::to_string_pretty(&value)?);
            return Ok(());
        }
        say!("format {VERSION}, feature table {:08x} ({} features)", table_hash(), FEATURES.len());
        say!(
            "{} trees of depth {}, {edges} edges, {bytes} bytes, base {:.4}",
            parts.trees.len(),
            model.depth(),
            parts.base
        );
        say!(
            "calibration: {} knots from {:?} to {:?}",
            parts.calibration.len(),
            first(&parts.calibration),
            last(&parts.calibration)
        );
        say!("share of visits without a leave that see a card -> threshold:");
        for (share, threshold) in &parts.presets {
            say!("  {:5.1} %  {threshold:.4}", 100.0 * share);
        }
        say!("feature                 splits  edges  importance");
        for row in uses.iter().filter(|row| row.splits > 0) {
            let importance = row.importance.map_or_else(|| "-".to_owned(), |part| format!("{:.2} %", 100.0 * part));
            say!("{:22} {:>7} {:>6} {importance:>11}", row.name, row.splits, row.edges);
        }
        Ok(())
    }

    fn print_card(&self, model: &Model, manifest: Option<Manifest>, json: bool) -> Result<()> {
        if json {
            bail!(Misuse("a card is Markdown; the manifest beside the model is its JSON"));
        }
        let manifest = manifest.ok_or_else(|| anyhow!("no manifest beside the model; `falter train` writes both"))?;
        if manifest.checksum != model.checksum() {
            bail!(
                "the manifest is of another model ({}, this one is {}); `falter train` writes both",
                manifest.checksum,
                model.checksum()
            );
        }
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let what = || format!("{}: no figures; `falter evaluate FILES --json` writes them", path.display());
            serde_json::from_str(&text).with_context(what)
        };
        let real = self.real.as_ref().map(read).transpose()?;
        std::io::stdout().write_all(card(&manifest, real.as_ref()).as_bytes())?;
        Ok(())
    }
}

fn first(knots: &[(f32, f32)]) -> (f32, f32) {
    knots.first().copied().unwrap_or_default()
}

fn last(knots: &[(f32, f32)]) -> (f32, f32) {
    knots.last().copied().unwrap_or_default()
}

fn uses(model: &Model, manifest: Option<&Manifest>) -> Vec<Use> {
    let parts = model.parts();
    let splits = || parts.trees.iter().flat_map(|tree| &tree.splits);
    let importance = |name: &str| Some(manifest?.features.iter().find(|feature| feature.name == name)?.importance);
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
