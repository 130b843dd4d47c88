//! [`Sheet`]: what is kept of a visit to recompute it at any settings.

use crate::model::Model;
use crate::reason::Reason;
use crate::train::Visit;
use crate::train::dataset::{AHEAD_MS, LATE_MS};
use crate::train::evaluate::{Graded, is_eligible};
use crate::train::presence::{Ending, Presence, presence};
use crate::train::presets::walk;

/// What is kept of one visit under one model: about 8 kB for two minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its stretches of presence.
    pub(super) presence: Vec<Presence>,
    /// Its ticks, with their risk on the protocol's grid.
    pub(super) ticks: Vec<Graded>,
    openings: Vec<Opening>,
    /// Time, ms, and size of the greatest risk; the first among equals.
    pub(super) peak: (u32, f32),
}

/// A tick at which nothing but risk, arming and a reason's floor would hold a card back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Opening {
    /// The tick, ms.
    pub(super) t: u32,
    /// The greatest threshold that would let the card through.
    pub(super) threshold: f32,
    /// Posterior of the reason.
    pub(super) confidence: f32,
    /// The reason given.
    pub(super) reason: Reason,
    /// Whether there is something true to say in general.
    pub(super) can_help: bool,
}

impl Sheet {
    /// Runs the visit through the model once.
    #[must_use]
    pub fn of(model: &Model, visit: &Visit) -> Sheet {
        let mut sheet = Sheet { presence: presence(visit), ticks: vec![], openings: vec![], peak: (0, 0.0) };
        // without arming, so that any can be asked for
        walk(model, visit, 0, |moment| {
            let decision = &moment.decision;
            sheet.ticks.push(Graded::new(decision.t, decision.risk));
            if decision.risk > sheet.peak.1 {
                sheet.peak = (decision.t, decision.risk);
            }
            if moment.is_clear && moment.has_words {
                sheet.openings.push(Opening {
                    t: decision.t,
                    threshold: moment.passed,
                    confidence: decision.explanation.confidence,
                    reason: decision.explanation.reason,
                    can_help: moment.can_say(Reason::Unsure),
                });
            }
        });
        sheet
    }

    /// Whether nobody left in the visit.
    pub(super) fn is_quiet(&self) -> bool {
        self.presence.iter().all(|stretch| stretch.ending != Ending::Leave)
    }

    /// The openings that beat all earlier ones after this arming, ms: a card at a threshold comes at the first of at least it.
    pub(super) fn records(&self, arming_ms: u32) -> impl Iterator<Item = &Opening> {
        let from = self.openings.partition_point(|opening| opening.t < arming_ms);
        let mut most = 0.0;
        self.openings.get(from..).unwrap_or(&[]).iter().filter(move |opening| {
            let is_record = opening.threshold > most;
            most = if is_record { opening.threshold } else { most };
            is_record
        })
    }

    /// The opening at which the card comes at these settings.
    pub(super) fn opening(&self, arming_ms: u32, threshold: f32) -> Option<&Opening> {
        self.records(arming_ms).find(|opening| opening.threshold >= threshold)
    }

    /// Whether a card at `t`, ms, comes 2–10 s before a leave that counts.
    pub(super) fn is_answered_at(&self, t: u32) -> bool {
        self.presence.iter().any(|stretch| {
            is_eligible(stretch) && stretch.until_leave(t).is_some_and(|left| (LATE_MS..=AHEAD_MS).contains(&left))
        })
    }
}
