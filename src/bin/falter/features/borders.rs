//! The borders of the model's bins, in the form that CatBoost reads: a line `place<TAB>border<TAB>Min` each.

use std::fmt::Write;

use falter::features::{FEATURE_COUNT, FeatureRow};
use falter::model::from_bf16;
use falter::train::boost::Borders;

/// Rows kept to find quantiles in, at most; half of it at least, once there were so many.
const SAMPLE: usize = 1 << 18;
/// The greatest bf16 number: a border that no value is over.
const OVER_ALL: f32 = from_bf16(0x7f7f);

/// Every row, every second, every fourth, … of a stream, so that there are never more than [`SAMPLE`].
pub(super) struct Sample {
    columns: Vec<Vec<f32>>,
    step: u64,
    seen: u64,
}

impl Sample {
    pub(super) fn new() -> Sample {
        Sample { columns: vec![vec![]; FEATURE_COUNT], step: 1, seen: 0 }
    }

    pub(super) fn add(&mut self, row: &FeatureRow) {
        if self.seen.is_multiple_of(self.step) {
            self.columns.iter_mut().zip(row).for_each(|(column, &value)| column.push(value));
        }
        self.seen += 1;
        if self.columns.first().is_some_and(|column| column.len() >= SAMPLE) {
            self.step *= 2;
            for column in &mut self.columns {
                let mut stays = false;
                column.retain(|_| {
                    stays = !stays;
                    stays
                });
            }
        }
    }

    /// The edges of at most `bins` bins a feature, as the trainer sets them.
    pub(super) fn edges(&self, bins: usize) -> Vec<Vec<f32>> {
        Borders::of(&self.columns, bins).edges
    }
}

/// The lines. Missing values are under all borders (`Min`), as they are in bin 0 here. A feature without an edge gets one that
/// no value is over: to a feature that is not named CatBoost would give borders of its own.
pub(super) fn text(edges: &[Vec<f32>]) -> String {
    let mut text = String::new();
    for (place, edges) in edges.iter().enumerate() {
        let edges = if edges.is_empty() { &[OVER_ALL] } else { edges.as_slice() };
        for &edge in edges {
            // as a f64 the number is exact, whatever reads it
            let _ = writeln!(text, "{place}\t{}\tMin", f64::from(edge));
        }
    }
    text
}
