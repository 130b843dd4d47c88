//! Rows to train on: for ticks of visits the features there, and whether the shopper left within the next 4 s.
//!
//! The features come from the same observer as live ([`Visit::observe`]); labels come from the whole visit
//! ([`presence`](super::presence)).

use super::presence::{Presence, presence};
use super::{Visit, draw};
use crate::features::FEATURE_COUNT;
use crate::observer::TICK_MS;

/// A leave this far ahead, ms, or nearer is what risk foresees.
pub const HORIZON_MS: u32 = 4_000;
/// An alert this far ahead of a leave, ms, or nearer is not a false one.
pub const AHEAD_MS: u32 = 10_000;
/// Nearer to a leave than this, ms, an alert comes too late to be answered.
pub const LATE_MS: u32 = 2_000;

/// Ticks near a leave are kept this many times as often as quiet ones: there are few, and they are what is to be learnt.
const NEAR: f32 = 4.0;

/// What the rows of a visit count in training. Calibration is not moved by it: it counts every tick alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Weight of a tick less than 2 s before a leave.
    pub late: f32,
    /// Weight of a tick 4 to 10 s before a leave: labelled "no", though an alert there is not a false one.
    pub early: f32,
    /// Share of the ticks without a leave within 10 s that are kept at most, each then counting for those left out.
    pub keep: f32,
}

impl Default for Shape {
    fn default() -> Shape {
        Shape { late: 0.3, early: 0.2, keep: 0.25 }
    }
}

/// Rows, column by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// A column a feature, in the order of [`FEATURES`](crate::features::FEATURES).
    pub columns: Vec<Vec<f32>>,
    /// What was ahead of each row's tick.
    futures: Vec<Future>,
    /// Uniform draws; rows with a draw over their share are left out.
    draws: Vec<f32>,
    /// Share of the quiet ticks that is kept.
    keep: f32,
}

/// What is ahead of a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Future {
    /// A leave within 2 s.
    Late,
    /// A leave in 2 to 4 s.
    OnTime,
    /// A leave in 4 to 10 s.
    Early,
    /// No leave within 10 s.
    Quiet,
}

impl Future {
    /// Share of such ticks that is kept where `keep` of the quiet ones is.
    fn share(self, keep: f32) -> f32 {
        if self == Future::Quiet { keep } else { (keep * NEAR).min(1.0) }
    }
}

impl Rows {
    /// No rows yet; at most `keep` of the quiet ticks will be kept.
    #[must_use]
    pub fn new(keep: f32) -> Rows {
        Rows { columns: vec![vec![]; FEATURE_COUNT], futures: vec![], draws: vec![], keep }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.futures.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.futures.is_empty()
    }

    /// Share of the quiet ticks that is kept.
    #[must_use]
    pub fn keep(&self) -> f32 {
        self.keep
    }

    /// Adds the rows of a visit. `person` seeds which ticks are kept.
    pub fn add(&mut self, visit: &Visit, person: u64) {
        let presence = presence(visit);
        let mut at = 0;
        visit.observe(|t, observer| {
            let draw = draw::unit(person, (t / TICK_MS).into()) as f32;
            if let Some(future) = future(&presence, &mut at, t).filter(|future| draw < future.share(self.keep)) {
                for (column, &value) in self.columns.iter_mut().zip(observer.row()) {
                    column.push(value);
                }
                self.futures.push(future);
                self.draws.push(draw);
            }
        });
    }

    /// Adds all rows of `other`, in their order, and halves what is kept until at most `most` rows are left. Which rows
    /// stay does not depend on how they were cut into parts.
    pub fn append(&mut self, mut other: Rows, most: usize) {
        other.thin(self.keep.min(other.keep));
        self.thin(other.keep);
        for (column, more) in self.columns.iter_mut().zip(&mut other.columns) {
            column.append(more);
        }
        self.futures.append(&mut other.futures);
        self.draws.append(&mut other.draws);
        while self.len() > most.max(1) {
            self.thin(self.keep / 2.0);
        }
    }

    /// Keeps only this share of the quiet ticks, and the others as it follows from that.
    fn thin(&mut self, keep: f32) {
        if keep >= self.keep {
            return;
        }
        self.keep = keep;
        let stays: Vec<bool> =
            self.draws.iter().zip(&self.futures).map(|(&draw, future)| draw < future.share(keep)).collect();
        let mut left = stays.iter();
        self.draws.retain(|_| left.next().copied().unwrap_or(false));
        let mut left = stays.iter();
        self.futures.retain(|_| left.next().copied().unwrap_or(false));
        for column in &mut self.columns {
            let mut left = stays.iter();
            column.retain(|_| left.next().copied().unwrap_or(false));
        }
    }

    /// Whether the shopper left within 4 s of each row's tick.
    #[must_use]
    pub fn labels(&self) -> Vec<bool> {
        self.futures.iter().map(|future| matches!(future, Future::Late | Future::OnTime)).collect()
    }

    /// How many ticks each row stands for.
    #[must_use]
    pub fn ticks(&self) -> Vec<f32> {
        self.futures.iter().map(|future| 1.0 / future.share(self.keep)).collect()
    }

    /// How much each row counts in training.
    #[must_use]
    pub fn weights(&self, shape: &Shape) -> Vec<f32> {
        let weight = |future| match future {
            Future::Late => shape.late,
            Future::Early => shape.early,
            Future::OnTime | Future::Quiet => 1.0,
        };
        self.futures.iter().zip(self.ticks()).map(|(&future, ticks)| weight(future) * ticks).collect()
    }

    /// Share of the ticks with a leave within 4 s: what a clock alone would foretell.
    #[must_use]
    pub fn base_rate(&self) -> f64 {
        let (mut yes, mut all) = (0.0, 0.0);
        for (label, ticks) in self.labels().into_iter().zip(self.ticks()) {
            yes += if label { f64::from(ticks) } else { 0.0 };
            all += f64::from(ticks);
        }
        yes / f64::max(all, 1.0)
    }
}

/// What is ahead of the tick at `t`; `None` for one outside of every stretch of presence. `at` moves on with `t`.
fn future(presence: &[Presence], at: &mut usize, t: u32) -> Option<Future> {
    while presence.get(*at).is_some_and(|stretch| stretch.end < t) {
        *at += 1;
    }
    let stretch = presence.get(*at).filter(|stretch| stretch.holds(t))?;
    Some(match stretch.until_leave(t) {
        Some(left) if left < LATE_MS => Future::Late,
        Some(left) if left <= HORIZON_MS => Future::OnTime,
        Some(left) if left <= AHEAD_MS => Future::Early,
        _ => Future::Quiet,
    })
}
