//! The model's kernel against a walk over the raw edges, and the calibration.

mod support;

use falter::features::{FEATURE_COUNT, FeatureRow};
use falter::model::{Model, Parts, Split, Tree, leaf};
use support::{Rng, bits, constant, model, parts, row};

/// The leaf of a row, by asking one question after the other of the values themselves.
fn walk(parts: &Parts, tree: &Tree, row: &FeatureRow, level: usize) -> usize {
    let Some(Split { feature, bin }) = tree.splits.get(level) else { return 0 };
    let edge = parts.edges[usize::from(*feature)][usize::from(*bin)];
    let answer = if row[usize::from(*feature)] > edge { 1 << level } else { 0 };
    answer + walk(parts, tree, row, level + 1)
}

/// The sum in the order of the trees, as the documentation says: base + leaf × scale.
fn slow_margin(parts: &Parts, row: &FeatureRow) -> f32 {
    let values = parts.trees.iter().map(|tree| f32::from(tree.leaves[walk(parts, tree, row, 0)]) * tree.scale);
    values.fold(parts.base, |sum, value| sum + value)
}

/// The piecewise linear map of the knots, exactly enough.
fn slow_logit(parts: &Parts, margin: f32) -> f64 {
    let knots = &parts.calibration;
    let right = knots[1..knots.len() - 1].iter().position(|knot| margin <= knot.0).unwrap_or(knots.len() - 2);
    let [(x0, y0), (x1, y1)] = [knots[right], knots[right + 1]].map(|(x, y)| (f64::from(x), f64::from(y)));
    y0 + (y1 - y0) * (f64::from(margin) - x0) / (x1 - x0)
}

#[test]
fn margins_and_risks_are_those_of_a_walk_over_the_raw_edges() {
    for seed in 0..200 {
        let (model, parts, mut rng) = (model(seed), parts(seed), Rng(seed ^ 0xabcd));
        for _ in 0..25 {
            let row = row(&mut rng, &model);
            let (fast, slow) = (model.margin(&row), slow_margin(&parts, &row));
            assert_eq!(fast.to_bits(), slow.to_bits(), "seed {seed}: bit for bit {fast} {slow}");
            let bins = model.bins(&row);
            for (number, tree) in parts.trees.iter().enumerate() {
                assert_eq!(leaf(tree, &bins), walk(&parts, tree, &row, 0), "seed {seed}: tree {number}");
            }
            let logit = slow_logit(&parts, slow);
            assert!((f64::from(model.logit(fast)) - logit).abs() < 1e-4, "seed {seed}: {} {logit}", model.logit(fast));
            let risk = 1.0 / (1.0 + libm::exp(-logit));
            assert!((f64::from(model.risk(&row)) - risk).abs() < 1e-5, "seed {seed}: {risk}");
        }
    }
}

#[test]
fn a_bin_is_the_number_of_edges_a_value_is_over() {
    let mut rng = Rng(1);
    for seed in 0..50 {
        let model = model(seed);
        let row = row(&mut rng, &model);
        for ((bin, edges), value) in model.bins(&row).iter().zip(model.parts().edges).zip(row) {
            let over = edges.iter().filter(|&&edge| value > edge).count();
            assert_eq!(usize::from(*bin), over, "{value} among {edges:?}");
            if value.is_nan() {
                assert_eq!(*bin, 0, "what is not known is in bin 0");
            }
        }
    }
}

#[test]
fn extreme_rows_have_a_risk() {
    for seed in 0..50 {
        let model = model(seed);
        for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -0.0, f32::MIN_POSITIVE] {
            let risk = model.risk(&[value; FEATURE_COUNT]);
            assert!((0.0..=1.0).contains(&risk), "{value}: {risk}");
        }
        let over = model.bins(&[f32::INFINITY; FEATURE_COUNT]);
        assert!(over.iter().zip(model.parts().edges).all(|(bin, edges)| usize::from(*bin) == edges.len()));
    }
}

#[test]
fn calibration_rises_strictly_also_beyond_its_ends() {
    for seed in 0..100 {
        let model = model(seed);
        let knots = model.parts().calibration;
        let (from, to) = (knots[0].0 - 3.0, knots[knots.len() - 1].0 + 3.0);
        let margins: Vec<f32> = (0..=2_000).map(|n| from + (to - from) * n as f32 / 2_000.0).collect();
        for pair in margins.windows(2) {
            assert!(model.logit(pair[0]) < model.logit(pair[1]), "seed {seed}: not rising at {}", pair[0]);
        }
        for (x, y) in knots {
            assert!((model.logit(x) - y).abs() < 1e-5, "seed {seed}: through its knots");
        }
        // no step where one piece ends and the next begins
        for (x, _) in model.parts().calibration {
            let (below, above) =
                (model.logit(f32::from_bits(x.to_bits() - 1)), model.logit(f32::from_bits(x.to_bits() + 1)));
            assert!((below - above).abs() < 1e-4, "seed {seed}: {below} {above}");
        }
    }
}

#[test]
fn a_model_without_trees_says_its_base() {
    for logit in [-3.0, 0.0, 2.5] {
        let risk = constant(logit).risk(&[f32::NAN; FEATURE_COUNT]);
        assert!((f64::from(risk) - 1.0 / (1.0 + libm::exp(-f64::from(logit)))).abs() < 1e-6, "{risk}");
    }
}

#[test]
fn presets_give_thresholds_between_and_at_their_rows() {
    let mut parts = parts(2);
    parts.presets = vec![(0.02, 0.75), (0.05, 0.5), (0.1, 0.25)];
    let model = Model::new(parts).expect("valid");
    let cases = [(0.02, 0.75), (0.05, 0.5), (0.1, 0.25), (0.035, 0.625), (0.0, 0.75), (1.0, 0.25), (f32::NAN, 0.75)];
    for (share, threshold) in cases {
        assert!((model.threshold_for_share(share) - threshold).abs() < 1e-6, "{share}");
    }
    assert_eq!(constant(0.0).threshold_for_share(0.05), 1.0, "without a table no card is shown");
    let mut parts = support::parts(2);
    parts.presets = vec![(0.05, 0.5)];
    let model = Model::new(parts).expect("valid");
    assert_eq!(model.threshold_for_share(0.3), 0.5, "a table of one row");
}

#[test]
fn the_same_row_gives_the_same_bits_after_a_trip_through_the_file() {
    let mut rng = Rng(3);
    for seed in 0..50 {
        let model = model(seed);
        let again = Model::from_bytes(&model.to_bytes()).expect("a model");
        let rows: Vec<FeatureRow> = (0..20).map(|_| row(&mut rng, &model)).collect();
        let risks = |model: &Model| rows.iter().map(|row| model.risk(row)).collect::<Vec<f32>>();
        assert_eq!(bits(&risks(&model)), bits(&risks(&again)));
    }
}
