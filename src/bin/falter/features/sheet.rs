//! Rows on their way to a file.

use std::path::Path;

use anyhow::Result;
use falter::features::{FEATURES, FeatureRow};

use super::csv::Csv;
use super::parquet::Parquet;
use crate::output::Whole;

/// The columns before the features.
pub(super) const KEYS: [&str; 2] = ["session", "t"];
/// The last column: whether a leave followed within 4 s.
pub(crate) const LABEL: &str = "leaves";

/// One tick.
pub(super) struct Row<'a> {
    pub(super) session: &'a str,
    pub(super) t: u32,
    pub(super) features: &'a FeatureRow,
    pub(super) leaves: bool,
}

/// A table that rows are added to, one after the other; memory does not grow with their number.
pub(super) enum Sheet {
    Csv(Box<Csv>),
    Parquet(Box<Parquet>),
}

impl Sheet {
    /// A new table; the kind is the extension's, and where there is none it is CSV.
    pub(super) fn create(path: &Path) -> Result<Sheet> {
        let out = Whole::create(path)?;
        Ok(match path.extension() {
            Some(extension) if extension == "parquet" => Sheet::Parquet(Box::new(Parquet::new(out)?)),
            _ => Sheet::Csv(Box::new(Csv::new(out)?)),
        })
    }

    pub(super) fn add(&mut self, row: &Row) -> Result<()> {
        match self {
            Sheet::Csv(csv) => csv.add(row),
            Sheet::Parquet(parquet) => parquet.add(row),
        }
    }

    /// Writes what is still to be written. Without this call no file is left behind.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Sheet::Csv(csv) => csv.finish(),
            Sheet::Parquet(parquet) => parquet.finish(),
        }
    }
}

/// The names of all columns, in order.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().chain(FEATURES.iter().map(|feature| feature.name)).chain([LABEL])
}
