//! Grows one oblivious tree, level by level.

use core::ops::Range;

use super::histogram::{EMPTY, PACK, PackedBins, PackedHistogram, Sum, best_split, fill, score, subtract};
use super::{Settings, Table};
use crate::model::Split;

/// Grows trees on one table; keeps its buffers from tree to tree.
pub(super) struct Grower<'a> {
    table: &'a Table,
    depth: usize,
    l2: f64,
    threads: usize,
    packs: Vec<Pack>,
}

/// Columns that are counted together.
struct Pack {
    /// Their places in the table, rising; at most [`PACK`].
    columns: Vec<usize>,
    /// Their bins, row by row.
    bins: Vec<PackedBins>,
    /// 2^(depth-1) histograms, one a leaf of the level being split.
    histograms: Vec<PackedHistogram>,
}

/// The sampled rows, those of a leaf next to each other and in rising order.
struct Partition {
    rows: Vec<u32>,
    gradients: Vec<Sum>,
    leaves: Vec<Range<usize>>,
}

impl<'a> Grower<'a> {
    pub(super) fn new(table: &'a Table, settings: &Settings) -> Grower<'a> {
        let depth = settings.depth.max(1);
        // a column of one bin has nothing to split on
        let columns: Vec<usize> = (0..table.columns()).filter(|&column| table.bins_of(column) > 1).collect();
        let packs = columns.chunks(PACK).map(|columns| Pack::new(table, columns, 1 << (depth - 1))).collect();
        Grower { table, depth, l2: settings.l2, threads: settings.threads.max(1), packs }
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
        let (table, l2) = (self.table, self.l2);
        let is_wanted = |column: &usize| columns.binary_search(column).is_ok();
        let scan = |packs: &mut [&mut Pack]| {
            let mut best: Option<(f64, Split)> = None;
            for pack in packs {
                pack.update(partition);
                for (place, &column) in pack.columns.iter().enumerate().filter(|(_, column)| is_wanted(column)) {
                    let leaves = pack.histograms.iter().take(partition.leaves.len()).map(|leaf| &leaf[place]);
                    if let Some((worth, bin)) = best_split(leaves, table.bins_of(column), l2)
                        && best.is_none_or(|(most, _)| worth > most)
                    {
                        best = Some((worth, Split { feature: column as u8, bin }));
                    }
                }
            }
            best
        };
        let mut work: Vec<&mut Pack> =
            self.packs.iter_mut().filter(|pack| pack.columns.iter().any(is_wanted)).collect();
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

impl Pack {
    fn new(table: &Table, columns: &[usize], leaves: usize) -> Pack {
        let mut bins = vec![[0; PACK]; table.rows()];
        for (place, &column) in columns.iter().enumerate() {
            bins.iter_mut().zip(table.column(column)).for_each(|(packed, &bin)| packed[place] = bin);
        }
        Pack { columns: columns.to_vec(), bins, histograms: vec![EMPTY; leaves] }
    }

    /// Brings the histograms from the level before to this one: of every two leaves that came of one, the smaller is counted
    /// and the larger is what remains.
    fn update(&mut self, partition: &Partition) {
        let leaves = &partition.leaves;
        let count = |leaf: usize, out: &mut PackedHistogram| {
            let range = leaves[leaf].clone();
            fill(&self.bins, &partition.rows[range.clone()], &partition.gradients[range], out);
        };
        let half = leaves.len() / 2;
        if half == 0 {
            count(0, &mut self.histograms[0]);
            return;
        }
        let (no, yes) = self.histograms.split_at_mut(half);
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
}

impl Partition {
    /// Splits every leaf: rows up to the bin keep their leaf's number, rows over it get the number with the next bit set.
    fn split(&mut self, bins: &[u8], bin: u8) {
        let (mut rows, mut gradients) = (vec![0; self.rows.len()], vec![[0.0; 2]; self.rows.len()]);
        let most = self.leaves.iter().map(Range::len).max().unwrap_or(0);
        let (mut over_rows, mut over_gradients) = (vec![0; most], vec![[0.0; 2]; most]);
        let (mut no, mut yes) = (Vec::with_capacity(2 * self.leaves.len()), Vec::with_capacity(self.leaves.len()));
        for range in &self.leaves {
            // every row is written to both sides, and only the side it belongs to moves on: a branch would be guessed wrong
            // about as often as not
            let (mut under, mut over) = (range.start, 0);
            for place in range.clone() {
                let (row, gradient) = (self.rows[place], self.gradients[place]);
                (rows[under], gradients[under]) = (row, gradient);
                (over_rows[over], over_gradients[over]) = (row, gradient);
                let is_over = usize::from(bins[row as usize] > bin);
                over += is_over;
                under += 1 - is_over;
            }
            rows[under..range.end].copy_from_slice(&over_rows[..over]);
            gradients[under..range.end].copy_from_slice(&over_gradients[..over]);
            no.push(range.start..under);
            yes.push(under..range.end);
        }
        no.append(&mut yes);
        *self = Partition { rows, gradients, leaves: no };
    }
}
