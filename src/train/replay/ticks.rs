//! [`Ticks`]: what is said of ticks, column by column.

use crate::detector::Decision;
use crate::features::{FEATURE_COUNT, FeatureRow};
use crate::policy::Verdict;
use crate::train::contributions::Contributions;

/// In a column of places: none.
pub const NONE: u8 = 255;

/// Ticks of a session, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ticks {
    /// Times, ms.
    pub t: Vec<u32>,
    /// Probabilities of a leave within 4 s.
    pub risk: Vec<f32>,
    /// Their log-odds before calibration.
    pub margin: Vec<f32>,
    /// Places of the reasons the model sees.
    pub reason: Vec<u8>,
    /// Their posteriors.
    pub confidence: Vec<f32>,
    /// Places of why there is no card; [`NONE`]: there is one.
    pub hold: Vec<u8>,
    /// Places of what a card says; [`NONE`] without one.
    pub message: Vec<u8>,
    /// Places of what a card answers: unsure under a reason's floor, a play's own reason; [`NONE`] without one.
    pub answers: Vec<u8>,
    /// Places of the plays on whose cue; [`NONE`]: on none.
    pub play: Vec<u8>,
    /// A row of [`FEATURE_COUNT`] a tick; NaN: not known.
    pub features: Vec<f32>,
    /// A row of [`FEATURE_COUNT`] a tick; empty where the model has no shares.
    pub contributions: Vec<f32>,
    /// A row of thirteen a tick.
    pub posterior: Vec<f32>,
    /// Three a tick, strongest first: place in the evidence, value, weight. The place is [`NONE`] where there is no more.
    pub evidence: Vec<f32>,
    /// With a row of contributions it sums to the margin; NaN where there are none.
    pub bias: f64,
}

impl Ticks {
    pub(super) fn new(contributions: Option<&Contributions>) -> Ticks {
        Ticks { bias: contributions.map_or(f64::NAN, Contributions::bias), ..Ticks::default() }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.t.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.t.is_empty()
    }

    pub(super) fn add(&mut self, decision: &Decision, margin: f32, row: &FeatureRow) {
        let explanation = &decision.explanation;
        let (hold, message, answers) = match decision.verdict {
            Verdict::Show(show) => (NONE, show.message as u8, show.reason as u8),
            Verdict::Hold(hold) => (hold as u8, NONE, NONE),
        };
        self.t.push(decision.t);
        self.risk.push(decision.risk);
        self.margin.push(margin);
        self.reason.push(explanation.reason as u8);
        self.confidence.push(explanation.confidence);
        self.hold.push(hold);
        self.message.push(message);
        self.answers.push(answers);
        self.play.push(decision.play.unwrap_or(NONE));
        self.features.extend(row);
        self.posterior.extend(explanation.posterior);
        for evidence in &explanation.evidence {
            let place = if evidence.weight > 0.0 { evidence.input as f32 } else { f32::from(NONE) };
            self.evidence.extend([place, evidence.value, evidence.weight]);
        }
    }

    pub(super) fn explain(&mut self, contributions: &[f64; FEATURE_COUNT]) {
        self.contributions.extend(contributions.iter().map(|&part| part as f32));
    }
}
