//! Calibration: margin → log-odds of the probability that it stands for.
//!
//! Isotonic regression by pooling adjacent violators (Zadrozny, Elkan, "Transforming classifier scores into accurate multiclass
//! probability estimates", KDD 2002) on bins of equal numbers of leaves, made strict by linear pieces between the bins'
//! middles: a higher margin is always a higher risk, so thresholds stay meaningful to the last bit.

/// Bins at first; pooling leaves fewer.
const BINS: usize = 12;
/// Leaves a bin has at least, in rows; fewer say too little about a rate.
const LEAST_LEAVES: usize = 40;
/// Knots closer than this, in margin or log-odds, are one.
const LEAST_STEP: f64 = 1.0 / 64.0;

/// A bin, or several pooled.
#[derive(Debug, Clone, Copy)]
struct Pool {
    margin: f64,
    yes: f64,
    all: f64,
}

impl Pool {
    /// Log-odds of the rate; half a row of each kind keeps it finite.
    fn logit(&self) -> f64 {
        libm::log((self.yes + 0.5) / (self.all - self.yes + 0.5))
    }

    fn middle(&self) -> f64 {
        self.margin / self.all
    }

    fn pooled(self, other: Pool) -> Pool {
        Pool { margin: self.margin + other.margin, yes: self.yes + other.yes, all: self.all + other.all }
    }
}

/// The knots of the map from margin to log-odds: two at least, strictly rising in both, at most 12. `ticks` is how many
/// ticks a row stands for. Where the rows say nothing (no leaf, or no rise) the margin stands for itself.
#[must_use]
pub fn calibrate(margins: &[f32], labels: &[bool], ticks: &[f32]) -> Vec<(f32, f32)> {
    let mut order: Vec<usize> = (0..margins.len().min(labels.len()).min(ticks.len())).collect();
    order.sort_by(|&a, &b| margins[a].total_cmp(&margins[b]));
    let leaves = labels.iter().filter(|&&label| label).count();
    let share = (leaves / BINS).max(LEAST_LEAVES);
    let mut pools: Vec<Pool> = vec![];
    let (mut open, mut found) = (Pool { margin: 0.0, yes: 0.0, all: 0.0 }, 0);
    for &row in &order {
        let count = f64::from(ticks[row]);
        open.margin += f64::from(margins[row]) * count;
        open.all += count;
        open.yes += if labels[row] { count } else { 0.0 };
        found += usize::from(labels[row]);
        if found >= share {
            pools.push(open);
            (open, found) = (Pool { margin: 0.0, yes: 0.0, all: 0.0 }, 0);
        }
    }
    match pools.last_mut() {
        Some(last) if open.all > 0.0 => *last = last.pooled(open),
        _ => {}
    }
    knots(&pool_violators(pools))
}

/// Pools neighbours until the rates rise.
fn pool_violators(pools: Vec<Pool>) -> Vec<Pool> {
    let mut risen: Vec<Pool> = vec![];
    for mut pool in pools {
        while let Some(last) = risen.last()
            && last.logit() + LEAST_STEP > pool.logit()
        {
            pool = last.pooled(pool);
            risen.pop();
        }
        risen.push(pool);
    }
    risen
}

/// Knots at the pools' middles, on a grid of 1/64: finer says nothing, and whole numbers of it compress.
fn knots(pools: &[Pool]) -> Vec<(f32, f32)> {
    let grid = |value: f64| libm::round(value / LEAST_STEP) * LEAST_STEP;
    let mut knots: Vec<(f64, f64)> = vec![];
    for pool in pools {
        let knot = (grid(pool.middle()), grid(pool.logit()));
        if knots.last().is_none_or(|last| knot.0 > last.0 && knot.1 > last.1) {
            knots.push(knot);
        }
    }
    if let [only] = knots[..] {
        knots.push((only.0 + 1.0, only.1 + 1.0));
    }
    if knots.is_empty() {
        knots = vec![(0.0, 0.0), (1.0, 1.0)];
    }
    knots.into_iter().map(|(margin, logit)| (margin as f32, logit as f32)).collect()
}

/// How far stated risks are from what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Mean distance between stated and true rate over ten bins of equal numbers of ticks, weighted by ticks.
    pub error: f64,
    /// Mean square of risk less outcome (Brier 1950).
    pub brier: f64,
    /// Part of the base rate's Brier score that is gone: 1 is perfect, 0 no better than always saying the base rate.
    pub skill: f64,
    /// True over stated rate in the riskiest tenth of the ticks.
    pub top: f64,
}

/// Measures risks against what happened.
#[must_use]
pub fn measure(risks: &[f32], labels: &[bool], ticks: &[f32]) -> Calibration {
    let mut order: Vec<usize> = (0..risks.len().min(labels.len()).min(ticks.len())).collect();
    order.sort_by(|&a, &b| risks[a].total_cmp(&risks[b]));
    let all: f64 = order.iter().map(|&row| f64::from(ticks[row])).sum();
    let mut bins = [[0.0f64; 3]; 10];
    let (mut seen, mut square, mut yes_sum) = (0.0, 0.0, 0.0);
    for &row in &order {
        let (risk, count) = (f64::from(risks[row]), f64::from(ticks[row]));
        let yes = f64::from(u8::from(labels[row]));
        let bin = &mut bins[((seen / all * 10.0) as usize).min(9)];
        *bin = [bin[0] + count, bin[1] + count * risk, bin[2] + count * yes];
        square += count * (risk - yes) * (risk - yes);
        yes_sum += count * yes;
        seen += count;
    }
    let whole = all.max(f64::MIN_POSITIVE);
    let base = yes_sum / whole;
    Calibration {
        error: bins.iter().map(|[_, stated, yes]| (stated - yes).abs()).sum::<f64>() / whole,
        brier: square / whole,
        skill: 1.0 - square / whole / (base * (1.0 - base)).max(f64::MIN_POSITIVE),
        top: bins[9][2] / bins[9][1].max(f64::MIN_POSITIVE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::draw;

    /// Rows whose true log-odds is half their margin less one.
    fn rows() -> (Vec<f32>, Vec<bool>, Vec<f32>) {
        let margins: Vec<f32> = (0..40_000).map(|n| (draw::unit(1, n) * 8.0 - 4.0) as f32).collect();
        let labels = margins
            .iter()
            .zip(0..)
            .map(|(&margin, n)| draw::unit(2, n) < 1.0 / (1.0 + libm::exp(1.0 - 0.5 * f64::from(margin))))
            .collect();
        (margins, labels, vec![1.0; 40_000])
    }

    #[test]
    fn knots_rise_strictly_and_follow_the_truth() {
        let (margins, labels, ticks) = rows();
        let knots = calibrate(&margins, &labels, &ticks);
        assert!(knots.len() >= 8);
        for pair in knots.windows(2) {
            assert!(pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
        }
        for (margin, logit) in knots {
            assert!((logit - (0.5 * margin - 1.0)).abs() < 0.2, "{margin} {logit}");
        }
    }

    #[test]
    fn noise_and_nothing_still_give_a_rising_map() {
        let falling = calibrate(&[0.0, 1.0, 2.0, 3.0], &[true, true, false, false], &[1.0; 4]);
        let nothing = calibrate(&[], &[], &[]);
        for knots in [falling, nothing] {
            assert!(knots.len() >= 2 && knots[0].0 < knots[1].0 && knots[0].1 < knots[1].1);
        }
    }

    #[test]
    fn measures_tell_good_from_bad() {
        let (margins, labels, ticks) = rows();
        let risk = |a: f64, b: f64| -> Vec<f32> {
            margins.iter().map(|&m| (1.0 / (1.0 + libm::exp(-(a * f64::from(m) + b)))) as f32).collect()
        };
        let true_risks = measure(&risk(0.5, -1.0), &labels, &ticks);
        assert!(true_risks.error < 0.02 && true_risks.skill > 0.1, "{true_risks:?}");
        assert!((true_risks.top - 1.0).abs() < 0.05);
        let bold = measure(&risk(0.5, 0.5), &labels, &ticks);
        assert!(bold.error > 0.2 && bold.brier > true_risks.brier);
    }
}
