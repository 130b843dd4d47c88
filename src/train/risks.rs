//! How good risks are tick by tick: whether they rank (ROC-AUC, PR-AUC) and whether they are true (Brier score, calibration).
//!
//! Counted in buckets of a thousandth of the risk's size, so memory is constant and the areas are exact but for ties within a
//! bucket. Average precision stands for the area under precision and recall (Davis, Goadrich, "The relationship between
//! precision-recall and ROC curves", ICML 2006: straight lines between points would flatter it).

use serde::{Deserialize, Serialize};

use super::bootstrap::{ratio, rounded};

/// Bits of a risk's fraction that tell buckets apart: 2^-10, a thousandth.
const BITS_LEFT_OUT: u32 = 23 - 10;
/// Risks under this are one bucket; odds of one in a billion don't differ to anybody.
const LEAST: f32 = 1e-9;
/// Bins of the calibration, of equal numbers of ticks; the last is the riskiest tenth.
const BINS: usize = 10;

/// Ticks with about one risk.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    ticks: f64,
    /// Those followed by a leave within 4 s.
    yes: f64,
    risk: f64,
    risk_square: f64,
    risk_yes: f64,
}

impl Bucket {
    fn plus(self, other: Bucket, part: f64) -> Bucket {
        Bucket {
            ticks: self.ticks + part * other.ticks,
            yes: self.yes + part * other.yes,
            risk: self.risk + part * other.risk,
            risk_square: self.risk_square + part * other.risk_square,
            risk_yes: self.risk_yes + part * other.risk_yes,
        }
    }
}

/// One bin of the calibration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Mean risk stated.
    pub stated: f64,
    /// Share of the ticks that a leave followed within 4 s.
    pub happened: f64,
}

/// What is said about risks tick by tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct RiskFigures {
    /// Ticks while the shopper was there.
    pub ticks: u64,
    /// Share of them that a leave followed within 4 s.
    pub base_rate: f64,
    /// Chance that a tick before a leave has a higher risk than one that is not.
    pub roc_auc: f64,
    /// Average precision; the base rate is what chance has.
    pub pr_auc: f64,
    /// Mean square of risk less outcome (Brier 1950).
    pub brier: f64,
    /// Part of the base rate's Brier score that is gone; 0 is no better than always saying the base rate.
    pub brier_skill: f64,
    /// Mean distance between stated and true rate over ten bins of equal numbers of ticks.
    pub calibration_error: f64,
    /// True over stated rate in the riskiest tenth of the ticks.
    pub riskiest_ratio: f64,
    /// Slope of the true on the stated rate within the riskiest tenth (least squares).
    pub riskiest_slope: f64,
    /// The ten bins, least risky first.
    pub bins: Vec<Bin>,
}

/// Counts of ticks by their risk.
#[derive(Debug, Clone)]
pub struct Risks {
    buckets: Vec<Bucket>,
}

impl Default for Risks {
    fn default() -> Risks {
        Risks { buckets: vec![Bucket::default(); place(1.0) + 1] }
    }
}

fn place(risk: f32) -> usize {
    ((risk.clamp(LEAST, 1.0).to_bits() - LEAST.to_bits()) >> BITS_LEFT_OUT) as usize
}

impl Risks {
    /// Adds a tick: its risk, 0..1, and whether a leave followed within 4 s.
    pub fn add(&mut self, risk: f32, leaves: bool) {
        let (exact, yes) = (f64::from(risk), f64::from(u8::from(leaves)));
        let here = Bucket { ticks: 1.0, yes, risk: exact, risk_square: exact * exact, risk_yes: exact * yes };
        if let Some(bucket) = self.buckets.get_mut(place(risk)) {
            *bucket = bucket.plus(here, 1.0);
        }
    }

    /// What is to be said about them.
    #[must_use]
    pub fn figures(&self) -> RiskFigures {
        let all = self.buckets.iter().fold(Bucket::default(), |all, &bucket| all.plus(bucket, 1.0));
        let no = all.ticks - all.yes;
        // from the riskiest down
        let (mut seen, mut above, mut precision) = (Bucket::default(), 0.0, 0.0);
        for &bucket in self.buckets.iter().rev().filter(|bucket| bucket.ticks > 0.0) {
            above += (bucket.ticks - bucket.yes) * (seen.yes + bucket.yes / 2.0);
            seen = seen.plus(bucket, 1.0);
            precision += bucket.yes * seen.yes / seen.ticks;
        }
        let bins = self.bins(all.ticks);
        let brier = ratio(all.risk_square - 2.0 * all.risk_yes + all.yes, all.ticks);
        let base = ratio(all.yes, all.ticks);
        let apart: f64 = bins.iter().map(|bin| (bin.risk - bin.yes).abs()).sum();
        let top = bins.last().copied().unwrap_or_default();
        let spread = top.risk_square - ratio(top.risk * top.risk, top.ticks);
        RiskFigures {
            ticks: all.ticks as u64,
            base_rate: rounded(base),
            roc_auc: rounded(ratio(above, all.yes * no)),
            pr_auc: rounded(ratio(precision, all.yes)),
            brier: rounded(brier),
            brier_skill: rounded(if base > 0.0 { 1.0 - ratio(brier, base * (1.0 - base)) } else { 0.0 }),
            calibration_error: rounded(ratio(apart, all.ticks)),
            riskiest_ratio: rounded(ratio(top.yes, top.risk)),
            riskiest_slope: rounded(ratio(top.risk_yes - ratio(top.risk * top.yes, top.ticks), spread)),
            bins: bins
                .iter()
                .filter(|bin| bin.ticks > 0.0)
                .map(|bin| Bin { stated: rounded(bin.risk / bin.ticks), happened: rounded(bin.yes / bin.ticks) })
                .collect(),
        }
    }

    /// Bins of equal numbers of ticks; a bucket over the border is cut, each side getting its share of everything.
    fn bins(&self, ticks: f64) -> [Bucket; BINS] {
        let mut bins = [Bucket::default(); BINS];
        let room = ticks / BINS as f64;
        let mut place = 0;
        for &bucket in self.buckets.iter().filter(|bucket| bucket.ticks > 0.0) {
            let mut left = bucket.ticks;
            while left > 0.0 {
                let is_last = place + 1 == BINS;
                let Some(bin) = bins.get_mut(place) else { break };
                let taken = if is_last { left } else { left.min(room - bin.ticks) };
                *bin = bin.plus(bucket, taken / bucket.ticks);
                left -= taken;
                // sums of cut buckets are a rounding error away from full
                place += usize::from(!is_last && bin.ticks >= room * (1.0 - 1e-9));
            }
        }
        bins
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::calibrate::measure;
    use crate::train::draw;

    /// Risks and outcomes that follow them.
    fn ticks(bias: f64) -> (Vec<f32>, Vec<bool>) {
        let risks: Vec<f32> = (0..20_000).map(|n| libm::pow(draw::unit(1, n), 3.0) as f32).collect();
        let labels =
            risks.iter().zip(0..).map(|(&risk, n)| draw::unit(2, n) < f64::from(risk) * bias).collect::<Vec<_>>();
        (risks, labels)
    }

    fn figures(risks: &[f32], labels: &[bool]) -> RiskFigures {
        let mut all = Risks::default();
        risks.iter().zip(labels).for_each(|(&risk, &label)| all.add(risk, label));
        all.figures()
    }

    #[test]
    fn figures_agree_with_those_of_all_ticks_at_once() {
        let (risks, labels) = ticks(0.8);
        let found = figures(&risks, &labels);
        let whole = measure(&risks, &labels, &vec![1.0; risks.len()]);
        assert!((found.brier - whole.brier).abs() < 2e-5, "{found:?} {whole:?}");
        assert!((found.brier_skill - whole.skill).abs() < 2e-5);
        assert!((found.calibration_error - whole.error).abs() < 2e-4);
        assert!((found.riskiest_ratio - whole.top).abs() < 2e-3);
        assert!((found.riskiest_ratio - 0.8).abs() < 0.03 && (found.riskiest_slope - 0.8).abs() < 0.15, "{found:?}");
        assert_eq!((found.ticks, found.bins.len()), (20_000, 10));
    }

    #[test]
    fn areas_agree_with_a_naive_twin() {
        let (risks, labels) = ticks(0.7);
        let (risks, labels) = (&risks[..1_500], &labels[..1_500]);
        let found = figures(risks, labels);
        let (mut wins, mut pairs) = (0.0, 0.0);
        for (a, _) in risks.iter().zip(labels).filter(|(_, label)| **label) {
            for (b, _) in risks.iter().zip(labels).filter(|(_, label)| !**label) {
                pairs += 1.0;
                wins += if a > b { 1.0 } else { f64::from(u8::from(a == b)) / 2.0 };
            }
        }
        assert!((found.roc_auc - wins / pairs).abs() < 2e-4, "{} {}", found.roc_auc, wins / pairs);
        let mut order: Vec<usize> = (0..risks.len()).collect();
        order.sort_by(|&a, &b| risks[b].total_cmp(&risks[a]));
        let (mut yes, mut precision) = (0.0, 0.0);
        for (rank, &row) in order.iter().enumerate() {
            if labels[row] {
                yes += 1.0;
                precision += yes / (rank as f64 + 1.0);
            }
        }
        assert!((found.pr_auc - precision / yes).abs() < 2e-3, "{} {}", found.pr_auc, precision / yes);
    }

    #[test]
    fn one_risk_for_all_ranks_nothing_and_no_tick_is_no_error() {
        let flat = figures(&[0.25; 1_000], &(0..1_000).map(|n| n % 4 == 0).collect::<Vec<_>>());
        assert_eq!((flat.roc_auc, flat.pr_auc, flat.calibration_error, flat.brier_skill), (0.5, 0.25, 0.0, 0.0));
        assert_eq!(Risks::default().figures(), RiskFigures::default());
    }
}
