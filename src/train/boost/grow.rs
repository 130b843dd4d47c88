//! Grows one oblivious tree, level by level.

use core::ops::Range;

use super::histogram::{EMPTY, Histogram, Sum, best_split, fill, score, subtract};
use super::{Settings, Table};
use crate::model::Split;

/// Grows trees on one table; keeps its buffers from tree to tree.
pub(super) struct Grower<'a> {
    table: &'a Table,
    depth: usize,
    l2: f64,
    threads: usize,
    /// For each column 2^(depth-1) histograms, one a leaf of the level being split.
    histograms: Vec<Histogram>,
}

/// The sampled rows, those of a leaf next to each other and in rising order.
struct Partition {
    rows: Vec<u32>,
    gradients: Vec<Sum>,
    leaves: Vec<Range<usize>>,
}

impl<'a> Grower<'a> {
    pub(super) fn new(table: &'a Table, settings: &Settings) -> Grower<'a> {
        let histograms = vec![EMPTY; table.columns() << (settings.depth.max(1) - 1)];
        Grower { table, depth: settings.depth.max(1), l2: settings.l2, threads: settings.threads.max(1), histograms }
    }

    /// The splits of a tree over these rows and columns, and the loss reduction of each with its column.
    pub(super) fn grow(
        &mut self,
        gradients: &[Sum],
        rows: Vec<u32>,
        columns: &[usize],
    ) -> (Vec<Split>, Vec<(usize, f64)>) {
        let (mut splits, mut gains) = (Vec::with_capacity(self.depth), Vec::with_capacity(self.depth));
        let picked: Vec<Sum> = rows.iter().map(|&row| gradients[row as usize]).collect();
        let whole = picked.iter().fold([0.0; 2], |sum, g| [sum[0] + g[0], sum[1] + g[1]]);
        let mut before = score(whole, self.l2);
        let whole_range = 0..rows.len();
        let mut partition = Partition { rows, gradients: picked, leaves: vec![whole_range] };
        for _ in 0..self.depth {
            let (worth, split) = self.best(&partition, columns);
            splits.push(split);
            gains.push((usize::from(split.feature), (worth - before).max(0.0) / 2.0));
            before = worth;
            if splits.len() < self.depth {
                partition.split(self.table.column(usize::from(split.feature)), split.bin);
            }
        }
        (splits, gains)
    }

    /// The best split of the level; the first column and bin among equals.
    fn best(&mut self, partition: &Partition, columns: &[usize]) -> (f64, Split) {
        let (table, l2, stride) = (self.table, self.l2, 1 << (self.depth - 1));
        // this tree's columns take the first places of the buffer, in their order
        let mut work: Vec<(usize, &mut [Histogram])> =
            columns.iter().copied().zip(self.histograms.chunks_exact_mut(stride)).collect();
        let scan = |work: &mut [(usize, &mut [Histogram])]| {
            let mut best: Option<(f64, Split)> = None;
            for (column, histograms) in work {
                update(partition, table.column(*column), histograms);
                let leaves = &histograms[..partition.leaves.len()];
                if let Some((worth, bin)) = best_split(leaves, table.bins_of(*column), l2)
                    && best.is_none_or(|(most, _)| worth > most)
                {
                    best = Some((worth, Split { feature: *column as u8, bin }));
                }
            }
            best
        };
        let share = work.len().div_ceil(self.threads).max(1);
        let found: Vec<Option<(f64, Split)>> = if self.threads == 1 {
            vec![scan(&mut work)]
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = work.chunks_mut(share).map(|part| scope.spawn(|| scan(part))).collect();
                running
                    .into_iter()
                    .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                    .collect()
            })
        };
        let mut best = (0.0, Split { feature: 0, bin: 0 });
        for (worth, split) in found.into_iter().flatten() {
            if worth > best.0 {
                best = (worth, split);
            }
        }
        best
    }
}

/// Brings one column's histograms from the level before to this one: of every two leaves that came of one, the smaller is
/// counted and the larger is what remains.
fn update(partition: &Partition, bins: &[u8], histograms: &mut [Histogram]) {
    let leaves = &partition.leaves;
    let count = |leaf: usize, out: &mut Histogram| {
        let range = leaves[leaf].clone();
        fill(bins, &partition.rows[range.clone()], &partition.gradients[range], out);
    };
    let half = leaves.len() / 2;
    if half == 0 {
        count(0, &mut histograms[0]);
        return;
    }
    let (no, yes) = histograms.split_at_mut(half);
    for leaf in 0..half {
        let (no, yes) = (&mut no[leaf], &mut yes[leaf]);
        if leaves[leaf].len() < leaves[leaf + half].len() {
            *yes = *no;
            count(leaf, no);
            subtract(yes, no);
        } else {
            count(leaf + half, yes);
            subtract(no, yes);
        }
    }
}

impl Partition {
    /// Splits every leaf: rows up to the bin keep their leaf's number, rows over it get the number with the next bit set.
    fn split(&mut self, bins: &[u8], bin: u8) {
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut gradients = Vec::with_capacity(self.rows.len());
        let (mut no, mut yes) = (Vec::with_capacity(2 * self.leaves.len()), Vec::with_capacity(self.leaves.len()));
        for range in &self.leaves {
            for (side, leaves) in [(false, &mut no), (true, &mut yes)] {
                let start = rows.len();
                for place in range.clone() {
                    let row = self.rows[place];
                    if (bins[row as usize] > bin) == side {
                        rows.push(row);
                        gradients.push(self.gradients[place]);
                    }
                }
                leaves.push(start..rows.len());
            }
        }
        no.append(&mut yes);
        *self = Partition { rows, gradients, leaves: no };
    }
}
