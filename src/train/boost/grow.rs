//! Grows one oblivious tree, level by level.

use core::ops::Range;

use super::histogram::{EMPTY, PACK, PackedBins, PackedHistogram, Sum, add, best_split, join, score, subtract};
use super::{Settings, Table};
use crate::model::Split;

/// Rows that all packs count before any goes on: their numbers and gradients stay in the first cache. Even, so that rows keep
/// their side.
const BLOCK: usize = 1_024;

/// Grows trees on one table; keeps its buffers from tree to tree.
pub(super) struct Grower<'a> {
    table: &'a Table,
    depth: usize,
    l2: f64,
    threads: usize,
    /// The bins of every row, pack by pack: one or two cache lines a row.
    bins: Vec<PackedBins>,
    packs: Vec<Pack>,
    partition: Partition,
}

/// Columns that are counted together.
struct Pack {
    /// Their places in the table, rising; at most [`PACK`].
    columns: Vec<usize>,
    /// Its place among the packs.
    place: usize,
    /// 2^(depth-1) histograms, one a leaf of the level being split.
    histograms: Vec<PackedHistogram>,
    /// The rows at odd places of the leaf that is being counted.
    odd: PackedHistogram,
}

/// The sampled rows, those of a leaf next to each other and in rising order.
#[derive(Default)]
struct Partition {
    now: Side,
    leaves: Vec<Range<usize>>,
    /// What `now` becomes when leaves are split, and the rows over the bin of the leaf that is being split.
    next: Side,
    over: Side,
}

/// Rows and their gradients.
#[derive(Default)]
struct Side {
    rows: Vec<u32>,
    gradients: Vec<Sum>,
}

impl<'a> Grower<'a> {
    pub(super) fn new(table: &'a Table, settings: &Settings) -> Grower<'a> {
        let depth = settings.depth.max(1);
        // a column of one bin has nothing to split on
        let columns: Vec<usize> = (0..table.columns()).filter(|&column| table.bins_of(column) > 1).collect();
        let histograms = 1 << (depth - 1);
        let pack = |(place, columns): (usize, &[usize])| Pack {
            columns: columns.to_vec(),
            place,
            histograms: vec![EMPTY; histograms],
            odd: EMPTY,
        };
        let packs: Vec<Pack> = columns.chunks(PACK).enumerate().map(pack).collect();
        let mut bins = vec![[0; PACK]; table.rows() * packs.len()];
        for (number, &column) in columns.iter().enumerate() {
            let rows = bins.iter_mut().skip(number / PACK).step_by(packs.len());
            rows.zip(table.column(column)).for_each(|(packed, &bin)| packed[number % PACK] = bin);
        }
        Grower {
            table,
            depth,
            l2: settings.l2,
            threads: settings.threads.max(1),
            bins,
            packs,
            partition: Partition::default(),
        }
    }

    /// The splits of a tree over these rows and columns, and the loss reduction of each with its column.
    pub(super) fn grow(
        &mut self,
        gradients: &[Sum],
        rows: &[u32],
        columns: &[usize],
    ) -> (Vec<Split>, Vec<(usize, f64)>) {
        let (mut splits, mut gains) = (Vec::with_capacity(self.depth), Vec::with_capacity(self.depth));
        self.partition.begin(rows, gradients);
        let whole = self.partition.now.gradients.iter().fold([0.0; 2], |sum, g| [sum[0] + g[0], sum[1] + g[1]]);
        let mut before = score(whole, self.l2);
        for _ in 0..self.depth {
            let (worth, split) = self.best(columns);
            splits.push(split);
            gains.push((usize::from(split.feature), (worth - before).max(0.0) / 2.0));
            before = worth;
            if splits.len() < self.depth {
                self.partition.split(self.table.column(usize::from(split.feature)), split.bin);
            }
        }
        (splits, gains)
    }

    /// The best split of the level; the first column and bin among equals.
    fn best(&mut self, columns: &[usize]) -> (f64, Split) {
        let (table, l2, bins, stride) = (self.table, self.l2, self.bins.as_slice(), self.packs.len());
        let partition = &self.partition;
        let is_wanted = |column: &usize| columns.binary_search(column).is_ok();
        let scan = |packs: &mut [&mut Pack]| {
            let mut best: Option<(f64, Split)> = None;
            update(packs, partition, bins, stride);
            for pack in packs {
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

/// Brings the histograms from the level before to this one: of every two leaves that came of one, the smaller is counted and
/// the larger is what remains.
fn update(packs: &mut [&mut Pack], partition: &Partition, bins: &[PackedBins], stride: usize) {
    let leaves = &partition.leaves;
    let half = leaves.len() / 2;
    for leaf in 0..half.max(1) {
        let is_no_smaller = half > 0 && leaves[leaf].len() < leaves[leaf + half].len();
        let smaller = if half == 0 || is_no_smaller { leaf } else { leaf + half };
        for pack in packs.iter_mut() {
            if is_no_smaller {
                pack.histograms[leaf + half] = pack.histograms[leaf];
            }
            pack.histograms[smaller] = EMPTY;
            pack.odd = EMPTY;
        }
        let range = leaves[smaller].clone();
        // the row that is left over of an odd number comes first
        let rest = range.end - range.len() % 2..range.end;
        let blocks = (range.start..rest.start).step_by(BLOCK).map(|start| start..(start + BLOCK).min(rest.start));
        for block in core::iter::once(rest.clone()).chain(blocks) {
            let (rows, gradients) = (&partition.now.rows[block.clone()], &partition.now.gradients[block]);
            for pack in packs.iter_mut() {
                add(bins, (pack.place, stride), rows, gradients, [&mut pack.histograms[smaller], &mut pack.odd]);
            }
        }
        for pack in packs.iter_mut() {
            join(&mut pack.histograms[smaller], &pack.odd);
            if half > 0 {
                let (no, yes) = pack.histograms.split_at_mut(half);
                let (no, yes) = (&mut no[leaf], &mut yes[leaf]);
                if is_no_smaller { subtract(yes, no) } else { subtract(no, yes) }
            }
        }
    }
}

impl Partition {
    /// All rows in one leaf.
    fn begin(&mut self, rows: &[u32], gradients: &[Sum]) {
        self.now.rows.clear();
        self.now.rows.extend_from_slice(rows);
        self.now.gradients.clear();
        self.now.gradients.extend(rows.iter().map(|&row| gradients[row as usize]));
        self.leaves = core::iter::once(0..rows.len()).collect();
        self.next.resize(rows.len());
        self.over.resize(rows.len());
    }

    /// Splits every leaf: rows up to the bin keep their leaf's number, rows over it get the number with the next bit set.
    fn split(&mut self, bins: &[u8], bin: u8) {
        let Partition { now, leaves, next, over } = self;
        let (mut no, mut yes) = (Vec::with_capacity(2 * leaves.len()), Vec::with_capacity(leaves.len()));
        for range in leaves.iter() {
            // every row is written to both sides, and only the side it belongs to moves on: a branch would be guessed wrong
            // about as often as not
            let (mut under, mut overs) = (range.start, 0);
            for (&row, &gradient) in now.rows[range.clone()].iter().zip(&now.gradients[range.clone()]) {
                next.set(under, row, gradient);
                over.set(overs, row, gradient);
                let is_over = usize::from(bins[row as usize] > bin);
                overs += is_over;
                under += 1 - is_over;
            }
            next.rows[under..range.end].copy_from_slice(&over.rows[..overs]);
            next.gradients[under..range.end].copy_from_slice(&over.gradients[..overs]);
            no.push(range.start..under);
            yes.push(under..range.end);
        }
        no.append(&mut yes);
        self.leaves = no;
        core::mem::swap(&mut self.now, &mut self.next);
    }
}

impl Side {
    fn resize(&mut self, rows: usize) {
        self.rows.resize(rows, 0);
        self.gradients.resize(rows, [0.0; 2]);
    }

    fn set(&mut self, place: usize, row: u32, gradient: Sum) {
        self.rows[place] = row;
        self.gradients[place] = gradient;
    }
}
