//! [`Contributions`]: what each feature of a row adds to the margin.
//!
//! Shapley values of each tree: a set of features is worth what the tree gives where those go the row's way, and all others both
//! ways, in the shares of the training rows that went either ("tree SHAP, path dependent": Lundberg et al., "From local
//! explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2, 2020). With the
//! [`bias`](Contributions::bias) they sum to the margin.
//!
//! An oblivious tree of depth d asks at most d features, so all their sets are gone through, which is exact. The answer depends
//! on the row's leaf alone: it is figured when a row first falls there, in 2^d × 2^d sums (64 at depth 3, 65,536 at 8), and
//! kept, in d numbers. After that a row costs one addition a level of each tree.

use crate::features::FEATURE_COUNT;
use crate::model::{MAX_DEPTH, Model, Tree, leaf};

/// The trees of a model, with the shares of their leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributions {
    bias: f64,
    trees: Vec<Asked>,
}

/// One tree, and what was figured of it so far.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    tree: Tree,
    /// Each feature it asks, once.
    features: Vec<u8>,
    /// For each level the place of its feature in them.
    asks: Vec<usize>,
    /// The value of each leaf, and its share of the rows.
    leaves: Vec<Node>,
    /// For each leaf what each of the features adds there; empty where no row fell yet.
    parts: Vec<Vec<f64>>,
}

/// What a node is worth, and the share of the rows that come through it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    value: f64,
    share: f64,
}

impl Contributions {
    /// For a model whose leaves have these shares of the training rows, tree by tree. A leaf without one has none.
    #[must_use]
    pub fn new(model: &Model, shares: &[Vec<f32>]) -> Contributions {
        let parts = model.parts();
        let none = vec![];
        let shares = shares.iter().chain(core::iter::repeat(&none));
        let trees: Vec<Asked> =
            parts.trees.into_iter().zip(shares).map(|(tree, shares)| Asked::new(tree, shares)).collect();
        let means: f64 = trees.iter().map(|tree| tree.worth(0, 0)).sum();
        Contributions { bias: f64::from(parts.base) + means, trees }
    }

    /// The margin where nothing is known of the shopper: base, and mean of the trees over the training rows.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.bias
    }

    /// What each feature adds to the margin of the row with these bins ([`Model::bins`]).
    pub fn of(&mut self, bins: &[u8; FEATURE_COUNT]) -> [f64; FEATURE_COUNT] {
        let mut sums = [0.0; FEATURE_COUNT];
        for tree in &mut self.trees {
            let leaf = leaf(&tree.tree, bins);
            tree.figure(leaf);
            let parts = tree.parts.get(leaf).into_iter().flatten();
            for (&feature, part) in tree.features.iter().zip(parts) {
                if let Some(sum) = sums.get_mut(usize::from(feature)) {
                    *sum += part;
                }
            }
        }
        sums
    }
}

impl Asked {
    fn new(tree: Tree, shares: &[f32]) -> Asked {
        let mut features = vec![];
        let mut asks = vec![];
        for split in &tree.splits {
            let place = features.iter().position(|&feature| feature == split.feature);
            asks.push(place.unwrap_or(features.len()));
            if place.is_none() {
                features.push(split.feature);
            }
        }
        let shares = shares.iter().copied().chain(core::iter::repeat(0.0));
        let node = |(&steps, share)| Node { value: f64::from(steps) * f64::from(tree.scale), share: f64::from(share) };
        let leaves: Vec<Node> = tree.leaves.iter().zip(shares).map(node).collect();
        Asked { features, asks, parts: vec![vec![]; leaves.len()], leaves, tree }
    }

    /// What the tree gives where the features of this set, a bit each, go the way of this leaf, and the others both ways.
    fn worth(&self, set: usize, leaf: usize) -> f64 {
        let mut nodes = [Node { value: 0.0, share: 0.0 }; 1 << MAX_DEPTH];
        nodes.iter_mut().zip(&self.leaves).for_each(|(node, leaf)| *node = *leaf);
        // level by level up to the root: two children that differ in the level's answer become their parent
        for (level, &feature) in self.asks.iter().enumerate().rev() {
            let (no, yes) = nodes.split_at_mut(1 << level);
            for (no, yes) in no.iter_mut().zip(yes) {
                let share = no.share + yes.share;
                no.value = if set >> feature & 1 == 1 {
                    if leaf >> level & 1 == 1 { yes.value } else { no.value }
                } else if share > 0.0 {
                    (no.value * no.share + yes.value * yes.share) / share
                } else {
                    // no row of the training came here: neither way is likelier
                    (no.value + yes.value) / 2.0
                };
                no.share = share;
            }
        }
        nodes[0].value
    }

    /// Figures what each feature adds where a row falls in this leaf.
    fn figure(&mut self, leaf: usize) {
        let count = self.features.len();
        if self.parts.get(leaf).is_none_or(|parts| !parts.is_empty()) {
            return;
        }
        let worths: Vec<f64> = (0..1 << count).map(|set| self.worth(set, leaf)).collect();
        let part = |feature: usize| -> f64 {
            let gains = worths.iter().enumerate().filter(|(set, _)| set >> feature & 1 == 0);
            gains.map(|(set, before)| weight(set.count_ones(), count) * (worths[set | 1 << feature] - before)).sum()
        };
        self.parts[leaf] = (0..count).map(part).collect();
    }
}

/// The share of the orders of `count` features in which just these `before` come before one that is not among them:
/// before! (count − before − 1)! / count!, which is one over count × (count − 1 over before).
fn weight(before: u32, count: usize) -> f64 {
    let others = count - 1;
    let ways = (0..before as usize).fold(1, |ways, taken| ways * (others - taken) / (taken + 1));
    1.0 / (count * ways) as f64
}
