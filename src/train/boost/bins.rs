//! Binning: a feature's values become the numbers of at most 64 bins, before anything is trained on them.

use core::fmt;

use crate::model::{MAX_BINS, from_bf16, to_bf16};

/// Values looked at for the quantiles of a column; more add nothing to 64 bins.
const QUANTILE_SAMPLE: usize = 200_000;
/// An edge may lie so large a part of a bin beside its quantile, 1/4, if it has fewer digits there: they are half of what a
/// model's edges weigh.
const LEEWAY: usize = 4;

/// The edges of each column's bins: rising bf16 numbers, at most 63 a column. A value's bin is the number of edges it is
/// over; a value that is not known (NaN) is in bin 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Borders {
    /// Edges a column.
    pub edges: Vec<Vec<f32>>,
}

impl Borders {
    /// Edges near the quantiles of each column, bf16 numbers of few digits; at most `bins` bins. A column with fewer
    /// distinct values than bins gets an edge between every two of them.
    #[must_use]
    pub fn of(columns: &[Vec<f32>], bins: usize) -> Borders {
        Borders { edges: columns.iter().map(|column| column_edges(column, bins.clamp(2, MAX_BINS))).collect() }
    }

    /// The bin of a value of this column.
    #[must_use]
    pub fn bin(&self, column: usize, value: f32) -> u8 {
        self.edges.get(column).map_or(0, |edges| edges.partition_point(|&edge| value > edge) as u8)
    }
}

fn column_edges(column: &[f32], bins: usize) -> Vec<f32> {
    let step = column.len().div_ceil(QUANTILE_SAMPLE).max(1);
    let mut values: Vec<f32> = column.iter().copied().step_by(step).filter(|value| value.is_finite()).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut edges = distinct_edges(&values, bins).unwrap_or_else(|| quantile_edges(&values, bins));
    edges.dedup();
    edges.retain(|edge| edge.is_finite());
    edges
}

/// An edge between every two neighbouring values, if there are few enough of them.
fn distinct_edges(values: &[f32], bins: usize) -> Option<Vec<f32>> {
    let mut distinct = values.to_vec();
    distinct.dedup();
    (distinct.len() <= bins).then(|| distinct.windows(2).map(|pair| edge_between(pair[0], pair[1])).collect())
}

/// Edges near the quantiles. A value that alone fills several bins takes one, and what it leaves over goes to the rest.
fn quantile_edges(values: &[f32], bins: usize) -> Vec<f32> {
    let mut edges = Vec::with_capacity(bins - 1);
    let (mut start, most) = (0, values.len().saturating_sub(1));
    while start < values.len() && edges.len() < bins - 1 {
        let share = (values.len() - start).div_ceil(bins - edges.len());
        let (quantile, around) = (start + share - 1, share / LEEWAY);
        let value = |place: usize| values[place.min(most)];
        let edge = shortest_between(value(quantile - around), value(quantile + around)).unwrap_or_else(|| {
            let last = value(quantile);
            edge_between(last, value(start + values[start..].partition_point(|&value| value <= last)))
        });
        start += values[start..].partition_point(|&value| value <= edge);
        if start >= values.len() {
            break;
        }
        edges.push(edge);
    }
    edges
}

/// The number of fewest binary digits from `low` on and under `high`; `None` where no bf16 number is there.
fn shortest_between(low: f32, high: f32) -> Option<f32> {
    let middle = low + (high - low) / 2.0;
    (0..=7).map(|digits| rounded(middle, digits)).find(|&edge| low <= edge && edge < high)
}

/// The bf16 number nearest to the middle of two values; the lower value itself where rounding would lift it over the upper.
fn edge_between(low: f32, high: f32) -> f32 {
    let edge = from_bf16(to_bf16(low + (high - low) / 2.0));
    if edge < high { edge } else { from_bf16(bf16_down(low)) }
}

/// The bf16 number next to `value` with so many binary digits, at most 7, behind its first.
pub(super) fn rounded(value: f32, digits: u32) -> f32 {
    // half of the last digit that stays, added to the size of it, whatever the sign
    let cut = 23 - digits.min(7);
    f32::from_bits(value.to_bits().wrapping_add(1 << (cut - 1)) >> cut << cut)
}

/// The greatest bf16 number not over `value`.
fn bf16_down(value: f32) -> u16 {
    let cut = (value.to_bits() >> 16) as u16;
    // cutting bits goes towards 0, which for a negative number is up
    if value < 0.0 && value.to_bits() & 0xffff != 0 { cut + 1 } else { cut }
}

/// Binned rows with their labels, column by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    bins: Vec<Vec<u8>>,
    counts: Vec<usize>,
    labels: Vec<bool>,
    weights: Vec<f32>,
}

/// Why columns, labels and weights don't make a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableError {
    /// A column, the labels or the weights are of another length than the first column.
    Length,
    /// More than 256 columns, which a split's byte can't name, or more than 2^32 rows.
    Size,
    /// A weight is negative or not a number.
    Weight,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TableError::Length => "columns, labels and weights are not of one length",
            TableError::Size => "more than 256 columns or 2^32 rows",
            TableError::Weight => "a weight is negative or not a number",
        })
    }
}

impl core::error::Error for TableError {}

impl Table {
    /// Bins the columns.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn new(
        borders: &Borders,
        columns: &[Vec<f32>],
        labels: Vec<bool>,
        weights: Vec<f32>,
    ) -> Result<Table, TableError> {
        let rows = labels.len();
        if weights.len() != rows
            || columns.iter().any(|column| column.len() != rows)
            || borders.edges.len() != columns.len()
        {
            return Err(TableError::Length);
        }
        if columns.len() > 256 || u32::try_from(rows).is_err() {
            return Err(TableError::Size);
        }
        if weights.iter().any(|&weight| !(weight >= 0.0 && weight.is_finite())) {
            return Err(TableError::Weight);
        }
        let bins = columns
            .iter()
            .enumerate()
            .map(|(column, values)| values.iter().map(|&value| borders.bin(column, value)).collect())
            .collect();
        let counts = borders.edges.iter().map(|edges| edges.len() + 1).collect();
        Ok(Table { bins, counts, labels, weights })
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.bins.len()
    }

    /// Whether each row is of the kind to be foreseen.
    #[must_use]
    pub fn labels(&self) -> &[bool] {
        &self.labels
    }

    /// How much each row counts.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The bins of a column, a row each.
    #[must_use]
    pub fn column(&self, column: usize) -> &[u8] {
        self.bins.get(column).map_or(&[], Vec::as_slice)
    }

    /// How many bins a column has.
    #[must_use]
    pub fn bins_of(&self, column: usize) -> usize {
        self.counts.get(column).copied().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_get_an_edge_between_every_two() {
        let borders = Borders::of(&[vec![2.0, 0.0, f32::NAN, 1.0, 1.0, 0.0]], 64);
        assert_eq!(borders.edges, [[0.5, 1.5]]);
        assert_eq!([f32::NAN, -1.0, 0.5, 0.6, 9.0].map(|v| borders.bin(0, v)), [0, 0, 0, 1, 2]);
    }

    #[test]
    fn quantiles_fill_bins_evenly_and_a_heavy_value_takes_one() {
        let mut column = vec![0.0; 5_000];
        column.extend((1..=5_000).map(|n| n as f32));
        let borders = Borders::of(&[column.clone()], 32);
        let edges = &borders.edges[0];
        assert!(edges.len() >= 28 && edges.len() <= 31, "{}", edges.len());
        assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
        let mut counts = [0usize; 32];
        column.iter().for_each(|&value| counts[usize::from(borders.bin(0, value))] += 1);
        assert_eq!(counts[0], 5_000);
        assert!(counts[1..].iter().all(|&count| count < 320), "{counts:?}");
    }

    #[test]
    fn edges_are_short_numbers_near_the_quantiles() {
        let column: Vec<f32> = (0..100_000).map(|n| n as f32 * 0.013).collect();
        let borders = Borders::of(std::slice::from_ref(&column), 32);
        let edges = &borders.edges[0];
        let digits: u32 = edges.iter().map(|edge| 23 - (edge.to_bits() & 0x7f_ffff).trailing_zeros().min(23)).sum();
        assert!(digits <= 4 * edges.len() as u32, "{digits} digits in {edges:?}");
        let mut counts = [0usize; 32];
        column.iter().for_each(|&value| counts[usize::from(borders.bin(0, value))] += 1);
        assert!(counts.iter().all(|count| (100_000 / 32 / 2..100_000 / 32 * 3 / 2 + 1).contains(count)), "{counts:?}");
        assert_eq!([0.3, -0.3, 1.9].map(|value| rounded(value, 1)), [0.25, -0.25, 2.0]);
        assert_eq!(rounded(0.3, 7), from_bf16(to_bf16(0.3)));
    }

    #[test]
    fn edges_are_bf16_and_separate_what_bf16_can_separate() {
        let column: Vec<f32> = (0..1_000).map(|n| -3.0 + n as f32 * 0.001_234).collect();
        for edge in &Borders::of(&[column], 64).edges[0] {
            assert_eq!(edge.to_bits() & 0xffff, 0);
        }
        // the middle of these rounds up to the upper value, which the edge must stay under
        let close = Borders::of(&[vec![1.0, 1.0078]], 64);
        assert_eq!(close.bin(0, 1.0) + 1, close.bin(0, 1.0078));
        // no bf16 number lies between these: they share a bin, and the edges still rise
        let closer = Borders::of(&[vec![-1.0, -1.001, -1.002, 1.001]], 64);
        assert_eq!(closer.bin(0, -1.001), closer.bin(0, -1.002));
        assert!(closer.edges[0].windows(2).all(|pair| pair[0] < pair[1]));
    }
}
