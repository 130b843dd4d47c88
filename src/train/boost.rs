//! Gradient boosting on oblivious trees, with logistic loss.
//!
//! One tree after the other (Friedman, "Greedy function approximation", Annals of Statistics 29, 2001), each with
//! second-order leaf values under an L2 penalty (Chen, Guestrin, "XGBoost", KDD 2016) and one split a level (Prokhorenkova et
//! al., "CatBoost", NeurIPS 2018). What is validated is what ships: features are binned before training, edges are bf16, and
//! every tree's leaves are rounded to their i8 steps before the next tree is grown, which then mends what the rounding did.
//!
//! The same table and settings give the same bits whatever the number of threads: threads share out features, never
//! sums. Nothing but `libm` and the four operations is used.
//!
//! ```
//! use falter::train::boost::{Borders, Settings, Table, fit};
//!
//! // leaves only when both hold: no single split can tell
//! let columns = vec![vec![0.0, 0.0, 1.0, 1.0], vec![0.0, 1.0, 0.0, 1.0]];
//! let borders = Borders::of(&columns, 64);
//! let table = Table::new(&borders, &columns, vec![false, false, false, true], vec![1.0; 4])?;
//! let settings = Settings { trees: 30, depth: 2, l2: 0.1, ..Settings::default() };
//! let forest = fit(&table, None, &settings, &mut |_| {});
//! let margins = forest.margins(&table);
//! assert!(margins[3] > 0.0 && margins[0].max(margins[1]).max(margins[2]) < 0.0);
//! # Ok::<(), falter::train::boost::TableError>(())
//! ```

mod bins;
mod grow;
mod histogram;
mod leaves;

pub use bins::{Borders, Table, TableError};

use core::ops::ControlFlow;

use crate::model::Tree;
use crate::train::draw;

/// How a forest is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Trees at most.
    pub trees: usize,
    /// Levels a tree, 1 to 8.
    pub depth: usize,
    /// Part of its Newton step that a leaf takes, 0..1.
    pub learning_rate: f64,
    /// Penalty on the square of leaf values, in units of hessian.
    pub l2: f64,
    /// Share of the rows that a tree's splits are chosen on, 0..1. Its leaves are set on all of them.
    pub row_share: f64,
    /// Share of the columns a tree may split on, 0..1.
    pub column_share: f64,
    /// Steps a leaf value is rounded to on each side of 0, 1 to 127. Fewer steps compress better.
    pub leaf_steps: u8,
    /// Trees without a better held-out loss after which training stops.
    pub patience: usize,
    /// Seed of the sampling.
    pub seed: u64,
    /// Threads; does not change the result.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            trees: 150,
            depth: 5,
            learning_rate: 0.1,
            l2: 3.0,
            row_share: 1.0,
            column_share: 1.0,
            leaf_steps: 127,
            patience: 30,
            seed: 0,
            threads: 1,
        }
    }
}

/// How far training is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Trees grown.
    pub trees: usize,
    /// Log loss a row on the training rows.
    pub train_loss: f64,
    /// Log loss a row on the held-out rows, where there are any.
    pub held_out_loss: Option<f64>,
}

/// Trained trees, in the bins of the table they were trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// Margin before any tree: the log-odds of the training labels.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
    /// Loss reduction each column's splits brought, summed over the trees; an importance.
    pub gains: Vec<f64>,
    /// For each tree, the share of the training weight that fell in each leaf.
    pub shares: Vec<Vec<f32>>,
    /// Progress after each tree that was grown, those dropped by early stopping too.
    pub history: Vec<Progress>,
}

/// Trains a forest. With held-out rows it is cut where their loss was least.
#[must_use]
pub fn fit(table: &Table, held_out: Option<&Table>, settings: &Settings, progress: &mut dyn FnMut(Progress)) -> Forest {
    fit_until(table, held_out, settings, &mut |now| {
        progress(now);
        ControlFlow::Continue(())
    })
}

/// The same; `progress` may end it, and what was grown by then is the forest.
pub(super) fn fit_until(
    table: &Table,
    held_out: Option<&Table>,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Forest {
    let base = base(table);
    let mut forest = Forest { base, trees: vec![], gains: vec![0.0; table.columns()], shares: vec![], history: vec![] };
    let mut tree_gains: Vec<Vec<(usize, f64)>> = vec![];
    let mut margins = vec![base; table.rows()];
    let mut held_margins = vec![base; held_out.map_or(0, Table::rows)];
    let mut grower = grow::Grower::new(table, settings);
    let mut gradients = vec![];
    let (mut best, mut best_trees) = (f64::INFINITY, 0);
    for number in 0..settings.trees {
        let train_loss = leaves::gradients(table, &margins, &mut gradients);
        let columns = sample_columns(table.columns(), settings, number);
        let rows = sample_rows(table.rows(), settings, number);
        let (splits, gains) = grower.grow(&gradients, &rows, &columns);
        let (tree, share) = leaves::set(table, splits, &gradients, settings);
        leaves::add(&tree, table, &mut margins);
        let held_out_loss = held_out.map(|held_out| {
            leaves::add(&tree, held_out, &mut held_margins);
            leaves::loss(held_out, &held_margins)
        });
        forest.trees.push(tree);
        forest.shares.push(share);
        tree_gains.push(gains);
        let now = Progress { trees: number + 1, train_loss, held_out_loss };
        forest.history.push(now);
        let ended = progress(now).is_break();
        if held_out_loss.is_none_or(|loss| loss < best) {
            (best, best_trees) = (held_out_loss.unwrap_or(best), number + 1);
        } else if number + 1 - best_trees >= settings.patience.max(1) {
            break;
        }
        if ended {
            break;
        }
    }
    forest.trees.truncate(best_trees);
    forest.shares.truncate(best_trees);
    for (column, gain) in tree_gains.into_iter().take(best_trees).flatten() {
        forest.gains[column] += gain;
    }
    forest
}

impl Forest {
    /// The margin of every row, as [`Model::margin`](crate::model::Model::margin) adds it up.
    #[must_use]
    pub fn margins(&self, table: &Table) -> Vec<f32> {
        let mut margins = vec![self.base; table.rows()];
        for tree in &self.trees {
            leaves::add(tree, table, &mut margins);
        }
        margins
    }
}

/// Log-odds of the labels, by weight; a half row of each kind is added so that it stays finite.
fn base(table: &Table) -> f32 {
    let (mut yes, mut no) = (0.5, 0.5);
    for (&label, &weight) in table.labels().iter().zip(table.weights()) {
        *(if label { &mut yes } else { &mut no }) += f64::from(weight);
    }
    libm::log(yes / no) as f32
}

/// The columns a tree may split on, rising.
fn sample_columns(columns: usize, settings: &Settings, tree: usize) -> Vec<usize> {
    let seed = draw::bits(settings.seed, 2 * tree as u64);
    let wanted = ((columns as f64 * settings.column_share + 0.5) as usize).clamp(1, columns.max(1));
    let mut drawn: Vec<(u64, usize)> = (0..columns).map(|column| (draw::bits(seed, column as u64), column)).collect();
    drawn.sort_unstable();
    let mut chosen: Vec<usize> = drawn.into_iter().take(wanted).map(|(_, column)| column).collect();
    chosen.sort_unstable();
    chosen
}

/// The rows a tree's splits are chosen on, rising.
fn sample_rows(rows: usize, settings: &Settings, tree: usize) -> Vec<u32> {
    if settings.row_share >= 1.0 {
        return (0..rows as u32).collect();
    }
    let seed = draw::bits(settings.seed, 2 * tree as u64 + 1);
    (0..rows as u32).filter(|&row| draw::unit(seed, row.into()) < settings.row_share).collect()
}
