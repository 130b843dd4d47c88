//! The reason head: a multinomial logistic regression (smartcore's) on the evidence before leaves.
//!
//! No public data has reasons, so it learns from simulated shoppers, and from shops' own answers to "what's missing?" where
//! recordings hold them.

use core::fmt;

use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{LogisticRegression, LogisticRegressionParameters};

use super::Visit;
use super::presence::{Ending, Presence, presence};
use crate::features::FeatureRow;
use crate::model::{from_bf16, to_bf16};
use crate::observer::TICK_MS;
use crate::reason::{INPUTS, REASONS, Reason, ReasonHead, explain, inputs};
use crate::signal::SignalKind;

/// How long before a leave, ms, the evidence is taken: when a card would be shown.
const BEFORE_LEAVE_MS: u32 = 3_000;
/// L2 penalty on the weights; on some thousand examples it only keeps those of rare evidence in bounds.
const ALPHA: f64 = 1.0;

/// Features at a moment whose reason is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Example {
    /// The features.
    pub row: FeatureRow,
    /// The true reason; never unsure.
    pub reason: Reason,
}

/// Adds the example of a visit: the tick 3 s before its last leave, with the shopper's own answer where there is one, else with
/// the simulated reason, which is the doubt that the visit ended with; earlier leaves may have had another.
pub fn collect(visit: &Visit, out: &mut Vec<Example>) {
    let Some((reason, moment)) = known(visit, &presence(visit)) else { return };
    visit.observe(|t, observer| {
        if t == moment {
            out.push(Example { row: *observer.row(), reason });
        }
    });
}

/// The true reason of a visit, never unsure, and the tick, ms, at which it has to be given: see [`collect`]. `None` where nobody
/// knows the reason, or nobody left.
#[must_use]
pub fn known(visit: &Visit, presence: &[Presence]) -> Option<(Reason, u32)> {
    let answer = visit.signals.iter().rev().find_map(|(_, signal)| match signal.kind {
        SignalKind::Answer { reason } => Some(reason),
        _ => None,
    });
    let reason = answer.or(visit.header.reason).filter(|&reason| reason != Reason::Unsure)?;
    let last = presence.iter().rfind(|stretch| stretch.ending == Ending::Leave)?;
    let moment = last.end.checked_sub(BEFORE_LEAVE_MS)? / TICK_MS * TICK_MS;
    last.holds(moment).then_some((reason, moment))
}

/// The head of a model that knows no reasons: always unsure.
const NO_REASONS: ReasonHead = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
/// How far, in logits, a reason without an example stays under the least likely of the others.
const NEVER_SEEN: f64 = 3.0;

/// The logistic regression failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadError(String);

impl fmt::Display for HeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the logistic regression of the reasons failed: {}", self.0)
    }
}

impl core::error::Error for HeadError {}

/// Trains the head. A reason without an example is never given; with fewer than three reasons there is nothing to tell
/// apart, and the answer is always unsure.
///
/// # Errors
/// When the regression fails.
pub fn train(examples: &[Example]) -> Result<ReasonHead, HeadError> {
    let mut seen: Vec<Reason> = examples.iter().map(|example| example.reason).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() < 3 {
        return Ok(NO_REASONS);
    }
    let failed = |error: &dyn fmt::Display| HeadError(error.to_string());
    let rows: Vec<Vec<f64>> =
        examples.iter().map(|example| inputs(&example.row).into_iter().map(f64::from).collect()).collect();
    let x = DenseMatrix::from_2d_vec(&rows).map_err(|error| failed(&error))?;
    let y: Vec<u32> = examples.iter().map(|example| example.reason as u32).collect();
    let settings = LogisticRegressionParameters::default().with_alpha(ALPHA);
    let fitted = LogisticRegression::fit(&x, &y, settings).map_err(|error| failed(&error))?;
    let (slopes, biases) = (fitted.coefficients(), fitted.intercept());
    let least = (0..seen.len()).fold(f64::INFINITY, |least, place| least.min(*biases.get((place, 0))));
    let mut exact = [[0.0f64; INPUTS + 1]; REASONS];
    exact.iter_mut().for_each(|weights| weights[INPUTS] = least - NEVER_SEEN);
    for (place, &class) in fitted.classes().iter().enumerate() {
        let Some(weights) = exact.get_mut(class as usize) else { continue };
        for (input, weight) in weights.iter_mut().enumerate() {
            *weight = if input < INPUTS { *slopes.get((place, input)) } else { *biases.get((place, 0)) };
        }
    }
    Ok(quantise(&exact))
}

/// Steps of a weight on each side of 0: finer ones weigh more and answer no better.
const STEPS: f64 = 31.0;

/// Weights in i8 steps of one scale. The scale is cut to bf16: the regression is not ours, and what its maths does to the last
/// bits on another machine must not reach the model.
fn quantise(exact: &[[f64; INPUTS + 1]; REASONS]) -> ReasonHead {
    let most = exact.iter().flatten().fold(0.0f64, |most, weight| most.max(weight.abs()));
    let scale = if most > 0.0 { from_bf16(to_bf16((most / STEPS) as f32)) } else { 1.0 };
    let weights = exact.map(|row| row.map(|weight| libm::round(weight / f64::from(scale)).clamp(-STEPS, STEPS) as i8));
    ReasonHead { scale, weights }
}

/// How often each true reason (row) was taken for each reason or unsure (column).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// Counts; the last column is unsure.
    pub counts: [[u32; REASONS + 1]; REASONS],
}

impl Confusion {
    /// Judges a head.
    #[must_use]
    pub fn of(head: &ReasonHead, examples: &[Example]) -> Confusion {
        let mut counts = [[0; REASONS + 1]; REASONS];
        for example in examples {
            let said = explain(head, &example.row).reason as usize;
            if let Some(count) = counts.get_mut(example.reason as usize).and_then(|row| row.get_mut(said)) {
                *count += 1;
            }
        }
        Confusion { counts }
    }

    /// Share of the answers that are right, among those that are not unsure.
    #[must_use]
    pub fn precision(&self) -> f64 {
        let right: u32 = (0..REASONS).map(|reason| self.counts[reason][reason]).sum();
        f64::from(right) / f64::from(self.answered().max(1))
    }

    /// Share of the examples that got an answer other than unsure.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        let all: u32 = self.counts.iter().flatten().sum();
        f64::from(self.answered()) / f64::from(all.max(1))
    }

    fn answered(&self) -> u32 {
        self.counts.iter().flat_map(|row| &row[..REASONS]).sum()
    }
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:18}", "true \\ said")?;
        for reason in Reason::ALL {
            write!(f, " {:>5.5}", reason.name())?;
        }
        for (reason, row) in Reason::ALL.iter().zip(&self.counts) {
            write!(f, "\n{:18}", reason.name())?;
            for count in row {
                write!(f, " {count:>5}")?;
            }
        }
        Ok(())
    }
}
