//! What features contribute, against a twin that follows the definition: every order in which they may become known.
#![cfg(feature = "train")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use falter::features::FEATURE_COUNT;
use falter::model::{Model, Parts, Split, Tree};
use falter::observer::Observer;
use falter::train::Visit;
use falter::train::contributions::Contributions;
use falter::train::loaded::Loaded;
use falter::train::simulate::{SimulateOptions, simulate};
use support::{Rng, parts, row};

type Bins = [u8; FEATURE_COUNT];

/// Shares of random training rows: some leaves got none, and in some trees whole branches.
fn shares(rng: &mut Rng, tree: &Tree) -> Vec<f32> {
    let barren = rng.below(tree.leaves.len() as u32) as usize;
    let weights: Vec<f32> =
        (0..tree.leaves.len())
            .map(|leaf| {
                if leaf & barren == barren && barren > 0 || rng.one_in(5) { 0.0 } else { rng.between(0.1, 1.0) as f32 }
            })
            .collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|weight| if sum > 0.0 { weight / sum } else { 0.0 }).collect()
}

/// What a tree gives, from this node on, where only these features are known: top down, as rows fall.
fn expected(tree: &Tree, shares: &[f32], bins: &Bins, known: &BTreeSet<u8>, level: usize, node: usize) -> f64 {
    let Some(split) = tree.splits.get(level) else {
        return f64::from(tree.leaves[node]) * f64::from(tree.scale);
    };
    let children = [node, node | 1 << level];
    let below = |child: usize| expected(tree, shares, bins, known, level + 1, child);
    if known.contains(&split.feature) {
        return below(children[usize::from(bins[usize::from(split.feature)] > split.bin)]);
    }
    let share = |child: usize| -> f64 {
        let mask = (2 << level) - 1;
        (0..shares.len()).filter(|leaf| leaf & mask == child).map(|leaf| f64::from(shares[leaf])).sum()
    };
    let [no, yes] = children.map(share);
    if no + yes > 0.0 {
        (no * below(children[0]) + yes * below(children[1])) / (no + yes)
    } else {
        (below(children[0]) + below(children[1])) / 2.0
    }
}

/// Every order of a list.
fn orders(list: &[u8]) -> Vec<Vec<u8>> {
    if list.is_empty() {
        return vec![vec![]];
    }
    let mut all = vec![];
    for (place, &first) in list.iter().enumerate() {
        let rest: Vec<u8> =
            list.iter().enumerate().filter(|&(other, _)| other != place).map(|(_, &item)| item).collect();
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first);
            order
        }));
    }
    all
}

/// Bias and contributions by the definition: the mean gain as a feature becomes known, over all orders.
fn naive(parts: &Parts, shares: &[Vec<f32>], bins: &Bins) -> (f64, [f64; FEATURE_COUNT]) {
    let (mut bias, mut sums) = (f64::from(parts.base), [0.0; FEATURE_COUNT]);
    for (tree, shares) in parts.trees.iter().zip(shares) {
        let mut worths = BTreeMap::new();
        let mut worth = |known: &BTreeSet<u8>| {
            *worths.entry(known.clone()).or_insert_with(|| expected(tree, shares, bins, known, 0, 0))
        };
        bias += worth(&BTreeSet::new());
        let asked: BTreeSet<u8> = tree.splits.iter().map(|split| split.feature).collect();
        let orders = orders(&asked.into_iter().collect::<Vec<u8>>());
        for order in &orders {
            let mut known = BTreeSet::new();
            for &feature in order {
                let before = worth(&known);
                known.insert(feature);
                sums[usize::from(feature)] += (worth(&known) - before) / orders.len() as f64;
            }
        }
    }
    (bias, sums)
}

#[test]
fn contributions_are_those_of_the_definition_and_sum_to_the_margin() {
    let mut rng = Rng(41);
    let mut told = 0;
    for seed in 0..60 {
        let parts = parts(seed);
        let model = Model::new(parts.clone()).unwrap();
        let shares: Vec<Vec<f32>> = parts.trees.iter().map(|tree| shares(&mut rng, tree)).collect();
        let mut contributions = Contributions::new(&model, &shares);
        for _ in 0..4 {
            let row = row(&mut rng, &model);
            let bins = model.bins(&row);
            let (bias, sums) = naive(&parts, &shares, &bins);
            assert!((contributions.bias() - bias).abs() < 1e-12, "{} {bias}", contributions.bias());
            let found = contributions.of(&bins);
            for (place, (&ours, theirs)) in found.iter().zip(sums).enumerate() {
                assert!((ours - theirs).abs() < 1e-12, "seed {seed}, feature {place}: {ours} {theirs}");
                told += usize::from(ours != 0.0);
            }
            let sum = contributions.bias() + found.iter().sum::<f64>();
            assert!((sum - f64::from(model.margin(&row))).abs() < 1e-5, "{sum} {}", model.margin(&row));
        }
    }
    assert!(told > 800, "only {told} contributions were other than 0");
}

#[test]
fn contributions_of_the_shipped_model_sum_to_its_margins() {
    let loaded = Loaded::shipped().unwrap();
    let mut contributions = loaded.contributions().unwrap().clone();
    let options = SimulateOptions { sessions: 4, seed: 3, ..SimulateOptions::default() };
    let mut ticks = 0;
    for visit in simulate(&options) {
        Visit::from(visit).observe(|t, observer: &Observer| {
            let row = observer.row();
            let found = contributions.of(&loaded.model().bins(row));
            let sum = contributions.bias() + found.iter().sum::<f64>();
            assert!((sum - f64::from(loaded.model().margin(row))).abs() < 1e-5, "at {t}");
            ticks += 1;
        });
    }
    assert!(ticks > 500);
}

/// A model of one tree over features 0 to 7; every feature has the edges 0 and 1.
fn one(splits: &[(u8, u8)], leaves: &[i8]) -> Model {
    let splits = splits.iter().map(|&(feature, bin)| Split { feature, bin }).collect();
    let tree = Tree { splits, leaves: leaves.to_vec(), scale: 0.5 };
    let edges = (0..FEATURE_COUNT).map(|place| if place < 8 { vec![0.0, 1.0] } else { vec![] }).collect();
    Model::new(Parts { edges, trees: vec![tree], ..parts(1) }).unwrap()
}

#[test]
fn features_that_do_the_same_contribute_the_same_and_those_not_asked_nothing() {
    // both, either, or none: whichever of the two it is makes no difference; and in the rows, neither tells of the other (else
    // the one asked first would tell more)
    let model = one(&[(3, 0), (5, 0)], &[0, 10, 10, 40]);
    let mut contributions = Contributions::new(&model, &[vec![0.5625, 0.1875, 0.1875, 0.0625]]);
    for bin in [0, 1, 2] {
        let mut bins = [0; FEATURE_COUNT];
        (bins[3], bins[5]) = (bin, bin);
        let found = contributions.of(&bins);
        assert_eq!(found[3].to_bits(), found[5].to_bits());
        assert!(found[3] != 0.0);
        assert!(found.iter().enumerate().all(|(place, &part)| part == 0.0 || place == 3 || place == 5));
    }
}

#[test]
fn a_feature_asked_twice_is_one_and_one_that_changes_nothing_adds_nothing() {
    // the last level is asked of a feature that never matters
    let model = one(&[(2, 0), (2, 1), (6, 0)], &[1, 5, 9, 20, 1, 5, 9, 20]);
    let mut contributions = Contributions::new(&model, &[vec![0.25, 0.125, 0.0, 0.125, 0.25, 0.125, 0.0, 0.125]]);
    let mut bins = [0; FEATURE_COUNT];
    bins[2] = 2;
    let found = contributions.of(&bins);
    // all of the distance between the mean, 0.5 (0.5 × 1 + 0.25 × 5 + 0.25 × 20), and the leaf's 0.5 × 20
    assert!((found[2] - (10.0 - 0.5 * (0.5 + 1.25 + 5.0))).abs() < 1e-12, "{}", found[2]);
    assert_eq!(found[6], 0.0);
}

#[test]
fn a_tree_as_deep_as_trees_get_is_told_exactly() {
    let mut rng = Rng(8);
    let splits: Vec<(u8, u8)> = (0..8).map(|feature| (feature, (rng.below(2)) as u8)).collect();
    let leaves: Vec<i8> = (0..256).map(|_| rng.below(256) as u8 as i8).collect();
    let model = one(&splits, &leaves);
    let shares = vec![shares(&mut rng, &model.parts().trees[0])];
    let mut contributions = Contributions::new(&model, &shares);
    let mut bins = [0; FEATURE_COUNT];
    bins.iter_mut().take(8).for_each(|bin| *bin = rng.below(3) as u8);
    let (bias, sums) = naive(&model.parts(), &shares, &bins);
    assert!((contributions.bias() - bias).abs() < 1e-9);
    for (ours, theirs) in contributions.of(&bins).iter().zip(sums) {
        assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
    }
}
