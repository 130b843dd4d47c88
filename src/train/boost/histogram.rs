//! Sums of gradient and hessian a bin, and the split they speak for.

use crate::model::MAX_BINS;

/// Gradient and hessian of a row, or a sum of them.
pub(super) type Sum = [f64; 2];

/// The sums of one column's bins in one leaf.
pub(super) type Histogram = [Sum; MAX_BINS];

pub(super) const EMPTY: Histogram = [[0.0; 2]; MAX_BINS];

/// Fills the histogram of the rows listed. Two interleaved halves, because most rows of a rare feature fall in one bin, and
/// an addition that waits for the one before takes four times as long.
pub(super) fn fill(bins: &[u8], rows: &[u32], gradients: &[Sum], out: &mut Histogram) {
    *out = EMPTY;
    let mut odd = EMPTY;
    let add = |out: &mut Histogram, row: u32, sum: &Sum| {
        // bins are under 64 by construction; the mask tells the compiler
        let cell = &mut out[usize::from(bins[row as usize]) % MAX_BINS];
        cell[0] += sum[0];
        cell[1] += sum[1];
    };
    let (row_pairs, sum_pairs) = (rows.chunks_exact(2), gradients.chunks_exact(2));
    if let ([row], [.., sum]) = (row_pairs.remainder(), gradients) {
        add(out, *row, sum);
    }
    for (row, sum) in row_pairs.zip(sum_pairs) {
        add(out, row[0], &sum[0]);
        add(&mut odd, row[1], &sum[1]);
    }
    for (cell, odd) in out.iter_mut().zip(&odd) {
        cell[0] += odd[0];
        cell[1] += odd[1];
    }
}

/// `out -= part`: a leaf's histogram is its parent's less its sibling's.
pub(super) fn subtract(out: &mut Histogram, part: &Histogram) {
    for (cell, part) in out.iter_mut().zip(part) {
        cell[0] -= part[0];
        cell[1] -= part[1];
    }
}

/// How good the best split of a column is, and after which bin it lies. The same split is asked of every leaf, so its worth
/// is the sum over the leaves of G²/(H + λ) on both sides. `None` for a column of one bin.
pub(super) fn best_split(leaves: &[Histogram], bins: usize, l2: f64) -> Option<(f64, u8)> {
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
