//! The table of presets: which threshold lets a given share of the visits without a leave see a card.
//!
//! Counted on visits with the whole policy on: arming, two ticks in a row with hysteresis, busy, one card a session,
//! something true to say.

use super::Visit;
use super::presence::{Ending, presence};
use crate::detector::{Decision, Detector, Settings};
use crate::model::Model;
use crate::policy::{ARMING_MS, Ground, HYSTERESIS, History, HoldReason, Verdict, speak};
use crate::reason::Reason;
use crate::window::SessionStart;

/// The shares the table has rows for. The presets calm (2 %), balanced (5 %) and eager (10 %) are among them.
pub const SHARES: [f32; 12] = [0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

/// A moment at which nothing but the risk held a card back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The tick, ms since the session began.
    pub t: u32,
    /// The greatest threshold that would have let the card through.
    pub threshold: f32,
}

/// What a whole visit comes to, tick by tick.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// Time, ms, and risk of every tick.
    pub ticks: Vec<(u32, f32)>,
    /// The reason given at every tick.
    pub reasons: Vec<Reason>,
    /// The moments that beat all earlier ones: a card at a threshold comes at the first of at least it.
    pub chances: Vec<Chance>,
    /// The same, had there always been something true to say: recordings from elsewhere than a shop tell no facts.
    pub chances_with_facts: Vec<Chance>,
}

impl Course {
    /// When the visit's card comes at this threshold, ms.
    #[must_use]
    pub fn card_at(&self, threshold: f32) -> Option<u32> {
        card_at(&self.chances, threshold)
    }

    /// The same, had there always been something true to say.
    #[must_use]
    pub fn card_with_facts_at(&self, threshold: f32) -> Option<u32> {
        card_at(&self.chances_with_facts, threshold)
    }

    /// The greatest threshold at which the visit sees a card; 0 where it sees none.
    #[must_use]
    pub fn most(&self) -> f32 {
        most(&self.chances)
    }
}

fn card_at(chances: &[Chance], threshold: f32) -> Option<u32> {
    chances.iter().find(|chance| chance.threshold >= threshold).map(|chance| chance.t)
}

fn most(chances: &[Chance]) -> f32 {
    chances.last().map_or(0.0, |chance| chance.threshold)
}

/// A tick of a visit that runs with a threshold of 0: what holds a card back there holds it back at every threshold.
pub(super) struct Moment<'a> {
    pub(super) decision: Decision,
    /// The greatest threshold that risk has passed: two ticks in a row, hysteresis.
    pub(super) passed: f32,
    /// Neither arming nor anything else about the shopper and the page would hold a card back.
    pub(super) is_clear: bool,
    /// There is something true to say to the reason given.
    pub(super) has_words: bool,
    pub(super) detector: &'a Detector,
}

impl Moment<'_> {
    /// Whether there is something true to say to this reason now.
    pub(super) fn can_say(&self, reason: Reason) -> bool {
        let window = self.detector.observer().window();
        let cart = window.cart_value().unwrap_or(f64::NAN);
        speak(reason, None, &Ground { facts: window.facts(), history: &History::NONE, cart }).is_some()
    }
}

/// Runs a visit through the detector once, for all thresholds.
///
/// With a threshold of 0 risk never holds a card back, so what the detector still holds is held at every threshold. The
/// greatest threshold that two ticks in a row pass is the lesser of their risks; once passed, it stays passed while risk is
/// over its part for hysteresis.
pub(super) fn walk(model: &Model, visit: &Visit, arming_ms: u32, mut see: impl FnMut(&Moment)) {
    let (mut before, mut passed) = (0.0f32, 0.0f32);
    let settings = Settings { arming_ms, ..Settings::new(0.0) };
    let mut detector = Detector::new(model.clone(), &SessionStart::from(&visit.header), settings);
    let mut run = |detector: &mut Detector, until: u32| {
        while let Some(decision) = detector.tick(until) {
            let risk = decision.risk;
            passed = before.min(risk).max(passed.min(risk / HYSTERESIS));
            before = risk;
            let mut moment = Moment { decision, passed, is_clear: false, has_words: false, detector };
            (moment.is_clear, moment.has_words) = match decision.verdict {
                Verdict::Show(_) => (true, true),
                Verdict::Hold(HoldReason::NothingToSay) => (true, false),
                Verdict::Hold(HoldReason::Shown) => {
                    (!detector.observer().window().has_purchased(), moment.can_say(decision.explanation.reason))
                }
                Verdict::Hold(_) => (false, false),
            };
            see(&moment);
        }
    };
    for (at, signal) in &visit.signals {
        run(&mut detector, *at);
        detector.push(signal);
    }
    run(&mut detector, visit.header.end);
}

/// What a visit comes to with the arming that is the default.
#[must_use]
pub fn course(model: &Model, visit: &Visit) -> Course {
    let mut course = Course::default();
    walk(model, visit, ARMING_MS, |moment| {
        let decision = &moment.decision;
        course.ticks.push((decision.t, decision.risk));
        course.reasons.push(decision.explanation.reason);
        let chance = Chance { t: decision.t, threshold: moment.passed };
        if moment.is_clear && moment.has_words && chance.threshold > most(&course.chances) {
            course.chances.push(chance);
        }
        if moment.is_clear && chance.threshold > most(&course.chances_with_facts) {
            course.chances_with_facts.push(chance);
        }
    });
    course
}

/// Whether nobody left in the visit.
#[must_use]
pub fn is_without_leave(visit: &Visit) -> bool {
    presence(visit).iter().all(|stretch| stretch.ending != Ending::Leave)
}

/// The table from the greatest threshold of each visit without a leave: rising shares, strictly falling thresholds within
/// 0..1. A share that no threshold reaches is left out.
#[must_use]
pub fn table(mut thresholds: Vec<f32>) -> Vec<(f32, f32)> {
    thresholds.sort_by(|a, b| b.total_cmp(a));
    let mut rows: Vec<(f32, f32)> = vec![];
    for share in SHARES {
        // a share is a little under its decimal in binary: 0.01 of 100 is one
        let rank = (f64::from(share) * thresholds.len() as f64 + 0.001) as usize;
        let Some(&threshold) = rank.checked_sub(1).and_then(|rank| thresholds.get(rank)) else { continue };
        // 12 bits of it: the table stays as good, and compresses
        let threshold = (f64::from(threshold) * 4096.0) as u32 as f32 / 4096.0;
        if threshold > 0.0 && rows.last().is_none_or(|last| threshold < last.1) {
            rows.push((share, threshold));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_gives_each_share_its_threshold() {
        let thresholds: Vec<f32> = (0..1_000).map(|n| n as f32 / 1_000.0).collect();
        let rows = table(thresholds.clone());
        assert_eq!(rows.len(), SHARES.len());
        for (share, threshold) in rows {
            let seen = thresholds.iter().filter(|&&most| most >= threshold).count() as f32 / 1_000.0;
            assert!((seen - share).abs() <= 0.002, "{share} {seen}");
        }
    }

    #[test]
    fn table_of_few_or_quiet_visits_has_only_rows_it_can_vouch_for() {
        assert!(table(vec![]).is_empty());
        assert!(table(vec![0.0; 100]).is_empty());
        assert_eq!(table(vec![0.5; 100]), [(0.01, 0.5)]);
    }
}
