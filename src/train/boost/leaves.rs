//! Leaf values and what they do to the margins.

use super::bins::rounded;
use super::histogram::Sum;
use super::{Settings, Table};
use crate::model::{Split, Tree};

/// Binary digits of a tree's scale behind the first. Fewer compress better; and where that makes the scale smaller, the greatest
/// leaves are cut by up to a fifth, which does the next people good (models/training/LOG.md).
const SCALE_DIGITS: u32 = 1;

/// First and second derivative of the logistic loss a row at these margins; returns the mean loss, by weight.
pub(super) fn gradients(table: &Table, margins: &[f32], out: &mut Vec<Sum>) -> f64 {
    let (mut loss, mut weight_sum) = (0.0, 0.0);
    out.clear();
    out.extend(margins.iter().zip(table.labels()).zip(table.weights()).map(|((&margin, &label), &weight)| {
        let (weight, p) = (f64::from(weight), 1.0 / (1.0 + libm::exp(-f64::from(margin))));
        // of the probability at hand: row_loss would be a third of the whole training
        loss -= weight * libm::log((if label { p } else { 1.0 - p }).max(f64::MIN_POSITIVE));
        weight_sum += weight;
        [weight * (p - f64::from(u8::from(label))), weight * p * (1.0 - p)]
    }));
    loss / f64::max(weight_sum, f64::MIN_POSITIVE)
}

/// Mean log loss at these margins, by weight.
pub(super) fn loss(table: &Table, margins: &[f32]) -> f64 {
    let (mut loss, mut weight_sum) = (0.0, 0.0);
    for ((&margin, &label), &weight) in margins.iter().zip(table.labels()).zip(table.weights()) {
        loss += f64::from(weight) * row_loss(margin, label);
        weight_sum += f64::from(weight);
    }
    loss / f64::max(weight_sum, f64::MIN_POSITIVE)
}

/// ln(1 + e^m) - y·m, in the form that neither overflows nor loses small values.
fn row_loss(margin: f32, label: bool) -> f64 {
    let away = if label { -f64::from(margin) } else { f64::from(margin) };
    away.max(0.0) + libm::log1p(libm::exp(-away.abs()))
}

/// The leaf of every row.
fn places(splits: &[Split], table: &Table) -> Vec<u8> {
    let mut places = vec![0u8; table.rows()];
    for (level, split) in splits.iter().enumerate() {
        for (place, &bin) in places.iter_mut().zip(table.column(usize::from(split.feature))) {
            *place |= u8::from(bin > split.bin) << level;
        }
    }
    places
}

/// The tree of these splits with its leaves set to their Newton steps over all rows, in i8 steps; and the share of the weight
/// that fell in each leaf.
pub(super) fn set(table: &Table, splits: Vec<Split>, gradients: &[Sum], settings: &Settings) -> (Tree, Vec<f32>) {
    let places = places(&splits, table);
    let mut sums = vec![([0.0f64; 2], 0.0f64); 1 << splits.len()];
    for ((&place, gradient), &weight) in places.iter().zip(gradients).zip(table.weights()) {
        let (sum, share) = &mut sums[usize::from(place)];
        *sum = [sum[0] + gradient[0], sum[1] + gradient[1]];
        *share += f64::from(weight);
    }
    let values: Vec<f64> =
        sums.iter().map(|([g, h], _)| -settings.learning_rate * g / (h + settings.l2).max(f64::MIN_POSITIVE)).collect();
    let steps = f64::from(settings.leaf_steps.clamp(1, 127));
    let most = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    let scale = rounded((most / steps) as f32, SCALE_DIGITS);
    let leaves = values.iter().map(|&value| quantise(value, scale, steps)).collect();
    let all: f64 = sums.iter().map(|(_, share)| share).sum();
    let shares = sums.iter().map(|(_, share)| (share / all.max(f64::MIN_POSITIVE)) as f32).collect();
    (Tree { splits, leaves, scale }, shares)
}

/// The step nearest to a value.
fn quantise(value: f64, scale: f32, steps: f64) -> i8 {
    if scale <= 0.0 {
        return 0;
    }
    let exact = (value / f64::from(scale)).clamp(-steps, steps);
    (if exact < 0.0 { exact - 0.5 } else { exact + 0.5 }) as i8
}

/// Adds a tree to the margins, as the shipped model adds it.
pub(super) fn add(tree: &Tree, table: &Table, margins: &mut [f32]) {
    for (margin, place) in margins.iter_mut().zip(places(&tree.splits, table)) {
        *margin += f32::from(tree.leaves[usize::from(place)]) * tree.scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_the_nearest_and_never_overflow() {
        assert_eq!([0.24, 0.26, -0.26, 99.0, -99.0].map(|v| quantise(v, 0.5, 127.0)), [0, 1, -1, 127, -127]);
        assert_eq!(quantise(1.0, 0.0, 127.0), 0);
        assert_eq!(quantise(9.0, 0.5, 7.0), 7);
    }

    #[test]
    fn loss_is_finite_far_out() {
        assert!((row_loss(200.0, false) - 200.0).abs() < 1e-9);
        assert!(row_loss(200.0, true) < 1e-80);
        assert!((row_loss(0.0, true) - core::f64::consts::LN_2).abs() < 1e-12);
    }
}
