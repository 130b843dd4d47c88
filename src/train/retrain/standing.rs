//! How two models stand on the same held-out people.

use serde::Serialize;

use super::{Visit, deal::Seat};
use crate::model::Model;
use crate::train::bootstrap::{Bootstrap, Interval, ratio};
use crate::train::dataset::HORIZON_MS;
use crate::train::evaluate::{Graded, Judged, Operating, RATES, alerts_in, count, is_eligible};
use crate::train::presence::{Presence, presence};
use crate::train::risks::Risks;

/// A model's alerts and risks on people it was not trained on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Leaves that count.
    pub leaves: u64,
    /// Minutes of presence.
    pub minutes: f64,
    /// Mean over the rates of the share of leaves on time.
    pub on_time: f64,
    /// The same of leaves ahead.
    pub ahead: f64,
    /// Brier skill over the base rate, tick by tick.
    pub skill: f64,
    /// Area under the ROC curve, tick by tick.
    pub roc_auc: f64,
    /// What the threshold that is best within each of [`RATES`] false alerts a minute finds; 0 where none keeps within it.
    pub rates: Vec<RateStanding>,
}

/// Leaves found within one rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RateStanding {
    /// False alerts a minute that were allowed.
    pub rate: f64,
    /// Leaves with an alert 2–4 s before.
    pub on_time: u64,
    /// Leaves with an alert 2–10 s before.
    pub ahead: u64,
}

/// The new model's share of leaves less the old one's, mean over the rates, on the same people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lead {
    /// Of leaves on time.
    pub on_time: Interval,
    /// Of leaves ahead.
    pub ahead: Interval,
}

/// A visit judged by both models.
#[derive(Debug)]
pub(super) struct Twice {
    pub(super) fold: usize,
    person: u64,
    presence: Vec<Presence>,
    now: Vec<Graded>,
    before: Vec<Graded>,
    /// Risk by both and whether a leave followed within 4 s, while the shopper was there.
    risks: Vec<(f32, f32, bool)>,
}

impl Twice {
    /// One run of the observer for both.
    pub(super) fn of(visit: &Visit, seat: &Seat, now: &Model, before: &Model) -> Twice {
        let presence = presence(visit);
        let mut twice =
            Twice { fold: seat.fold, person: seat.person, now: vec![], before: vec![], risks: vec![], presence };
        visit.observe(|t, observer| {
            let risks = [now, before].map(|model| model.risk(observer.row()));
            twice.now.push(Graded::new(t, risks[0]));
            twice.before.push(Graded::new(t, risks[1]));
            if twice.presence.iter().any(|stretch| stretch.holds(t)) {
                let left = twice.presence.iter().find_map(|stretch| stretch.until_leave(t));
                twice.risks.push((risks[0], risks[1], left.is_some_and(|left| left <= HORIZON_MS)));
            }
        });
        twice
    }
}

/// What one model came to.
#[derive(Debug, Default)]
pub(super) struct Score {
    judged: Judged,
    risks: Risks,
}

impl Score {
    pub(super) fn standing(&self) -> Standing {
        let leaves = self.judged.leaves();
        let rates: Vec<RateStanding> = RATES
            .iter()
            .map(|&rate| {
                let found = self.judged.at_rate(rate);
                let (on_time, ahead) = found.map_or((0, 0), |found| (found.on_time, found.ahead));
                RateStanding { rate, on_time, ahead }
            })
            .collect();
        let mean = |part: fn(&RateStanding) -> u64| {
            ratio(rates.iter().map(part).sum::<u64>() as f64, (leaves * RATES.len() as u64) as f64)
        };
        let risks = self.risks.figures();
        Standing {
            leaves,
            minutes: self.judged.minutes(),
            on_time: mean(|rate| rate.on_time),
            ahead: mean(|rate| rate.ahead),
            skill: risks.brier_skill,
            roc_auc: risks.roc_auc,
            rates,
        }
    }

    fn at_rates(&self) -> [Option<Operating>; RATES.len()] {
        RATES.map(|rate| self.judged.at_rate(rate))
    }
}

/// What both came to on the same visits.
#[derive(Debug, Default)]
pub(super) struct Both {
    pub(super) now: Score,
    pub(super) before: Score,
}

impl Both {
    pub(super) fn of<'a>(visits: impl Iterator<Item = &'a Twice>) -> Both {
        let mut both = Both::default();
        for visit in visits {
            both.now.judged.add(&visit.presence, &visit.now);
            both.before.judged.add(&visit.presence, &visit.before);
            for &(now, before, leaves) in &visit.risks {
                both.now.risks.add(now, leaves);
                both.before.risks.add(before, leaves);
            }
        }
        both
    }

    pub(super) fn recordings(&self) -> usize {
        self.now.judged.visits() as usize
    }

    /// The lead, at the thresholds that are best for each; these visits are those that both were judged on.
    pub(super) fn lead(&self, visits: &[Twice]) -> Lead {
        let mut sums = Bootstrap::default();
        let (leaves, on_time, ahead) = (sums.sum(), sums.sum(), sums.sum());
        let (now, before) = (self.now.at_rates(), self.before.at_rates());
        for visit in visits {
            let mut brings = [(leaves, 0.0), (on_time, 0.0), (ahead, 0.0)];
            for stretch in &visit.presence {
                brings[0].1 += f64::from(u8::from(is_eligible(stretch)));
                for (ticks, operating, sign) in [(&visit.now, &now, 1.0), (&visit.before, &before, -1.0)] {
                    for operating in operating.iter().flatten() {
                        let counts = count(stretch, alerts_in(ticks, stretch, operating.step));
                        brings[1].1 += sign * counts.on_time as f64;
                        brings[2].1 += sign * counts.ahead as f64;
                    }
                }
            }
            sums.add(visit.person, &brings);
        }
        let of = |part| sums.interval(|at| Some(ratio(at(part), at(leaves) * RATES.len() as f64)));
        Lead { on_time: of(on_time), ahead: of(ahead) }
    }
}
