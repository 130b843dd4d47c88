//! Training and judging against naive twins.
#![cfg(feature = "train")]

use falter::features::FEATURE_COUNT;
use falter::model::{Model, Parts, Split, Tree};
use falter::reason::{INPUTS, REASONS, ReasonHead};
use falter::train::boost::{Borders, Settings, Table, fit};

/// Uniform draws in 0..1 (xorshift64; Marsaglia 2003).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Rows in which two columns matter only together, one matters alone, one is noise, and one is mostly missing.
fn data(rows: usize, seed: u64) -> (Vec<Vec<f32>>, Vec<bool>, Vec<f32>) {
    let mut draws = Draws(seed);
    let mut columns = vec![vec![]; 5];
    let (mut labels, mut weights) = (vec![], vec![]);
    for _ in 0..rows {
        let row: Vec<f64> = (0..5).map(|_| draws.next()).collect();
        let together = (row[0] > 0.5) != (row[1] > 0.3);
        let p = 0.1 + 0.6 * f64::from(u8::from(together)) + 0.25 * row[2];
        labels.push(draws.next() < p);
        weights.push(if draws.next() < 0.3 { 4.0 } else { 1.0 });
        for (column, &value) in columns.iter_mut().zip(&row) {
            column.push(value as f32);
        }
        if draws.next() < 0.7 {
            *columns[4].last_mut().unwrap() = f32::NAN;
        }
    }
    (columns, labels, weights)
}

fn table(rows: usize, seed: u64, bins: usize) -> (Borders, Table) {
    let (columns, labels, weights) = data(rows, seed);
    let borders = Borders::of(&columns, bins);
    let table = Table::new(&borders, &columns, labels, weights).unwrap();
    (borders, table)
}

#[test]
fn what_only_two_columns_together_tell_is_learnt() {
    let columns = vec![vec![0.0, 0.0, 1.0, 1.0], vec![0.0, 1.0, 0.0, 1.0]];
    let borders = Borders::of(&columns, 64);
    let labels = vec![false, true, true, false];
    let table = Table::new(&borders, &columns, labels.clone(), vec![1.0, 1.0, 1.0, 1.5]).unwrap();
    let settings = Settings { trees: 40, depth: 2, l2: 0.5, ..Settings::default() };
    let margins = fit(&table, None, &settings, &mut |_| {}).margins(&table);
    for (margin, label) in margins.iter().zip(labels) {
        assert_eq!(*margin > 0.5, label, "{margins:?}");
        assert_eq!(*margin < -0.5, !label, "{margins:?}");
    }
}

/// Sum of gradient and hessian over rows, the slow way.
fn sums(rows: impl Iterator<Item = usize>, gradients: &[(f64, f64)]) -> (f64, f64) {
    rows.fold((0.0, 0.0), |sum, row| (sum.0 + gradients[row].0, sum.1 + gradients[row].1))
}

fn leaf_of(splits: &[Split], table: &Table, row: usize) -> usize {
    let answer = |split: &Split| table.column(split.feature.into())[row] > split.bin;
    splits.iter().enumerate().map(|(level, split)| usize::from(answer(split)) << level).sum()
}

/// What the split is worth: G²/(H + λ) summed over all leaves after it.
fn worth(splits: &[Split], table: &Table, gradients: &[(f64, f64)], l2: f64) -> f64 {
    (0..1 << splits.len())
        .map(|leaf| {
            let (g, h) = sums((0..table.rows()).filter(|&row| leaf_of(splits, table, row) == leaf), gradients);
            g * g / (h + l2)
        })
        .sum()
}

#[test]
fn every_split_is_the_best_and_every_leaf_the_newton_step_of_a_naive_twin() {
    let (_, table) = table(400, 11, 12);
    let settings = Settings { trees: 6, depth: 3, learning_rate: 0.3, l2: 2.0, leaf_steps: 31, ..Settings::default() };
    let forest = fit(&table, None, &settings, &mut |_| {});
    assert_eq!(forest.trees.len(), 6);
    let mut margins = vec![forest.base; table.rows()];
    for tree in &forest.trees {
        let gradients: Vec<(f64, f64)> = (0..table.rows())
            .map(|row| {
                let p = 1.0 / (1.0 + libm::exp(-f64::from(margins[row])));
                let (w, y) = (f64::from(table.weights()[row]), f64::from(u8::from(table.labels()[row])));
                (w * (p - y), w * p * (1.0 - p))
            })
            .collect();
        for level in 0..3 {
            let chosen = worth(&tree.splits[..=level], &table, &gradients, 2.0);
            for feature in 0..table.columns() {
                for bin in 0..table.bins_of(feature) - 1 {
                    let mut other = tree.splits[..level].to_vec();
                    other.push(Split { feature: feature as u8, bin: bin as u8 });
                    let other = worth(&other, &table, &gradients, 2.0);
                    assert!(other <= chosen + 1e-9 * chosen, "level {level}: {other} over {chosen}");
                }
            }
        }
        let newton: Vec<f64> = (0..8)
            .map(|leaf| {
                let of_leaf = (0..table.rows()).filter(|&row| leaf_of(&tree.splits, &table, row) == leaf);
                let (g, h) = sums(of_leaf, &gradients);
                -0.3 * g / (h + 2.0)
            })
            .collect();
        let greatest = newton.iter().fold(0.0f64, |most, step| most.max(step.abs()));
        // a scale of one binary digit behind the first is a fifth smaller at most, or a quarter greater
        let most = 31.0 * f64::from(tree.scale);
        assert_eq!(tree.scale.to_bits() & 0x003f_ffff, 0);
        assert!((0.79..1.26).contains(&(most / greatest)), "{most} for {greatest}");
        for (leaf, step) in newton.iter().enumerate() {
            let stored = f64::from(tree.leaves[leaf]) * f64::from(tree.scale);
            let wanted = step.clamp(-most, most);
            assert!((stored - wanted).abs() <= f64::from(tree.scale) * 0.501, "leaf {leaf}: {stored} for {step}");
            assert!(tree.leaves[leaf].unsigned_abs() <= 31);
        }
        for (row, margin) in margins.iter_mut().enumerate() {
            *margin += f32::from(tree.leaves[leaf_of(&tree.splits, &table, row)]) * tree.scale;
        }
    }
    assert_eq!(margins, forest.margins(&table));
}

#[test]
fn threads_and_runs_do_not_change_a_bit_and_the_seed_does() {
    let (_, table) = table(3_000, 3, 64);
    let settings = Settings { trees: 12, depth: 4, row_share: 0.6, column_share: 0.7, seed: 5, ..Settings::default() };
    let one = fit(&table, None, &settings, &mut |_| {});
    for threads in [1, 2, 5] {
        assert_eq!(fit(&table, None, &Settings { threads, ..settings.clone() }, &mut |_| {}), one);
    }
    assert_ne!(fit(&table, None, &Settings { seed: 6, ..settings }, &mut |_| {}).trees, one.trees);
}

#[test]
fn training_stops_where_held_out_people_say_so() {
    let ((_, train), (_, held)) = (table(500, 21, 64), table(500, 22, 64));
    let settings = Settings { trees: 400, depth: 5, learning_rate: 0.3, l2: 0.1, patience: 10, ..Settings::default() };
    let forest = fit(&train, Some(&held), &settings, &mut |_| {});
    let losses: Vec<f64> = forest.history.iter().filter_map(|progress| progress.held_out_loss).collect();
    let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(forest.history.len() < 400, "never stopped");
    assert_eq!(losses[forest.trees.len() - 1], least);
    assert_eq!(forest.history.len(), forest.trees.len() + 10);
    assert_eq!(forest.shares.len(), forest.trees.len());
}

#[test]
fn leaf_shares_and_gains_add_up() {
    let (_, table) = table(2_000, 9, 32);
    let forest = fit(&table, None, &Settings { trees: 20, depth: 3, ..Settings::default() }, &mut |_| {});
    for shares in &forest.shares {
        assert_eq!(shares.len(), 8);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    // noise brings less than either of the columns that matter
    assert!(forest.gains[3] < forest.gains[0].min(forest.gains[1]).min(forest.gains[2]));
}

#[test]
fn a_shipped_model_gives_the_margins_it_was_validated_with() {
    let (columns, labels, weights) = data(1_000, 4);
    // the model has a fixed feature table: the rest of it is unknown
    let mut wide = vec![vec![f32::NAN; 1_000]; FEATURE_COUNT];
    wide[..5].clone_from_slice(&columns);
    let borders = Borders::of(&wide, 64);
    let table = Table::new(&borders, &wide, labels, weights).unwrap();
    let forest = fit(&table, None, &Settings { trees: 25, ..Settings::default() }, &mut |_| {});
    let trees: Vec<Tree> = forest.trees.clone();
    let head = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
    let calibration = vec![(0.0, 0.0), (1.0, 1.0)];
    let parts = Parts { base: forest.base, edges: borders.edges, trees, calibration, head, presets: vec![] };
    let model = Model::from_bytes(&Model::new(parts).unwrap().to_bytes()).unwrap();
    for (row, margin) in forest.margins(&table).into_iter().enumerate() {
        let mut features = [f32::NAN; FEATURE_COUNT];
        features.iter_mut().zip(&wide).for_each(|(value, column)| *value = column[row]);
        assert_eq!(model.margin(&features).to_bits(), margin.to_bits());
    }
}

#[test]
fn tables_of_wrong_shape_are_refused_by_name() {
    let columns = vec![vec![0.0, 1.0], vec![1.0, 2.0]];
    let borders = Borders::of(&columns, 8);
    let refused = |labels: Vec<bool>, weights: Vec<f32>| Table::new(&borders, &columns, labels, weights).unwrap_err();
    assert!(refused(vec![true], vec![1.0]).to_string().contains("one length"));
    assert!(refused(vec![true, false], vec![1.0, -1.0]).to_string().contains("weight"));
    assert!(refused(vec![true, false], vec![1.0, f32::NAN]).to_string().contains("weight"));
}
