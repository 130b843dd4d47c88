//! Sums of gradient and hessian a bin, and the split they speak for.

use crate::model::MAX_BINS;

/// Gradient and hessian of a row, or a sum of them.
pub(super) type Sum = [f64; 2];

/// The sums of one column's bins in one leaf.
pub(super) type Histogram = [Sum; MAX_BINS];

/// Columns that are counted at once: their bins of a row lie next to each other, and the row's number and gradient are loaded
/// once for all of them.
pub(super) const PACK: usize = 8;

/// A row's bins in the columns of a pack.
pub(super) type PackedBins = [u8; PACK];

/// The histograms of a pack's columns in one leaf.
pub(super) type PackedHistogram = [Histogram; PACK];

pub(super) const EMPTY: PackedHistogram = [[[0.0; 2]; MAX_BINS]; PACK];

/// Adds rows to the histograms: those at even places to the first, those at odd ones to the second. Most rows of a rare feature
/// fall in one bin, and an addition that waits for the one before takes four times as long. `bins` are the rows' packed bins,
/// and this pack is the one at `place` of `packs` a row.
pub(super) fn add(
    bins: &[PackedBins],
    (place, packs): (usize, usize),
    rows: &[u32],
    gradients: &[Sum],
    [even, odd]: [&mut PackedHistogram; 2],
) {
    let add = |out: &mut PackedHistogram, row: u32, sum: &Sum| {
        let bins = bins[row as usize * packs + place];
        for (histogram, bin) in out.iter_mut().zip(bins) {
            // bins are under 64 by construction; the mask tells the compiler
            let cell = &mut histogram[usize::from(bin) % MAX_BINS];
            cell[0] += sum[0];
            cell[1] += sum[1];
        }
    };
    let (row_pairs, sum_pairs) = (rows.chunks_exact(2), gradients.chunks_exact(2));
    let last = row_pairs.remainder();
    for (row, sum) in row_pairs.zip(sum_pairs) {
        add(even, row[0], &sum[0]);
        add(odd, row[1], &sum[1]);
    }
    if let ([row], [.., sum]) = (last, gradients) {
        add(even, *row, sum);
    }
}

/// `out += part`.
pub(super) fn join(out: &mut PackedHistogram, part: &PackedHistogram) {
    combine(out, part, |sum, part| sum + part);
}

/// `out -= part`: a leaf's histogram is its parent's less its sibling's.
pub(super) fn subtract(out: &mut PackedHistogram, part: &PackedHistogram) {
    combine(out, part, |whole, part| whole - part);
}

fn combine(out: &mut PackedHistogram, other: &PackedHistogram, with: impl Fn(f64, f64) -> f64) {
    for (cell, other) in out.as_flattened_mut().iter_mut().zip(other.as_flattened()) {
        *cell = [with(cell[0], other[0]), with(cell[1], other[1])];
    }
}

/// How good the best split of a column is, and after which bin it lies. The same split is asked of every leaf, so its worth
/// is the sum over the leaves of G²/(H + λ) on both sides. `None` for a column of one bin.
pub(super) fn best_split<'a>(leaves: impl Iterator<Item = &'a Histogram>, bins: usize, l2: f64) -> Option<(f64, u8)> {
    let mut worth = [0.0f64; MAX_BINS];
    for leaf in leaves {
        let whole = leaf[..bins].iter().fold([0.0; 2], |sum, cell| [sum[0] + cell[0], sum[1] + cell[1]]);
        let mut left = [0.0; 2];
        for (worth, cell) in worth.iter_mut().zip(&leaf[..bins - 1]) {
            left = [left[0] + cell[0], left[1] + cell[1]];
            *worth += score(left, l2) + score([whole[0] - left[0], whole[1] - left[1]], l2);
        }
    }
    let mut best = None;
    for (bin, &worth) in worth[..bins - 1].iter().enumerate() {
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, bin as u8));
        }
    }
    best
}

/// Twice the loss that a leaf of these sums takes away.
pub(super) fn score(sum: Sum, l2: f64) -> f64 {
    sum[0] * sum[0] / (sum[1].max(0.0) + l2)
}
