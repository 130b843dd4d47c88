//! The first pass of judging: which threshold keeps within which rate, and how good the risks are tick by tick.

use super::contest::Contest;
use super::digest::{Control, Judgement};
use super::evaluate::{Judged, Operating, RATES};
use super::figures::{Curve, Point};
use super::risks::{RiskFigures, Risks};
use crate::model::Model;

/// Points of a curve that are a whole false alert a minute apart; the stated rates are among them.
const CURVE_POINTS_A_UNIT: u32 = 20;
/// Points of a curve: up to 3 false alerts a minute.
const CURVE_POINTS: u32 = 3 * CURVE_POINTS_A_UNIT;

/// Adds up visits, in constant memory.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    model: Judged,
    controls: [Judged; Control::ALL.len()],
    risks: Risks,
}

impl Survey {
    /// Adds a visit. In the order of their numbers or not: the result is the same.
    pub fn add(&mut self, judgement: &Judgement) {
        let digest = &judgement.digest;
        self.model.add(&digest.presence, &digest.ticks);
        for (judged, control) in self.controls.iter_mut().zip(Control::ALL) {
            judged.add(&digest.presence, &control.ticks(digest));
        }
        judgement.risks.iter().for_each(|&(risk, leaves)| self.risks.add(risk, leaves));
    }

    /// Visits added.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.model.visits()
    }

    /// What alerts of the model came to, at every threshold.
    #[must_use]
    pub fn judged(&self) -> &Judged {
        &self.model
    }

    /// Fixes the thresholds; what follows is the second pass.
    #[must_use]
    pub fn settle(self, model: &Model) -> Contest {
        let at = |judged: &Judged| RATES.map(|rate| judged.at_rate(rate));
        let named = Control::ALL.iter().map(|control| control.name()).zip(&self.controls);
        let curves = [("falter", &self.model)].into_iter().chain(named);
        Contest::new(Settled {
            model: at(&self.model),
            controls: [0, 1, 2].map(|place: usize| self.controls.get(place).map(at).unwrap_or_default()),
            curves: curves.map(|(name, judged)| curve(name, judged)).collect(),
            risks: self.risks.figures(),
            checksum: model.checksum(),
            presets: super::digest::PRESETS.map(|(_, share)| model.threshold_for_share(share)),
        })
    }
}

/// What the first pass hands to the second.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) model: [Option<Operating>; RATES.len()],
    pub(super) controls: [[Option<Operating>; RATES.len()]; Control::ALL.len()],
    pub(super) curves: Vec<Curve>,
    pub(super) risks: RiskFigures,
    pub(super) checksum: String,
    pub(super) presets: [f32; super::digest::PRESETS.len()],
}

/// What each rate gets, as the table has it: the points of the table lie on the curve.
fn curve(name: &str, judged: &Judged) -> Curve {
    let mut points: Vec<Point> = vec![];
    let mut last = None;
    for step in 1..=CURVE_POINTS {
        let operating = judged.at_rate(f64::from(step) / f64::from(CURVE_POINTS_A_UNIT));
        if let Some(operating) = operating.filter(|operating| last.replace(operating.step) != Some(operating.step)) {
            points.push(Point::of(&operating));
        }
    }
    Curve { name: name.to_owned(), points }
}
