//! Intervals by bootstrap over people, in one pass and constant memory.
//!
//! A replicate draws as many people as there are, with replacement. How often it draws one person is nearly Poisson(1), and
//! independent between people; so each person is counted as often as a draw by their number says, the moment they come
//! (Chamandy, Muralidharan, Najmi, Naidu, "Estimating uncertainty for massive data streams", Google 2012; Hanley, MacGibbon,
//! "Creating non-parametric bootstrap samples using Poisson frequencies", 2006). A person is a session: recordings don't say
//! who came twice. Every replicate draws the same people for every contender, so differences are paired.
//!
//! Intervals are the middle 95 % of the replicates (percentile method; Efron, Tibshirani, "An introduction to the bootstrap",
//! 1993). Where nothing was found in anybody the interval has no width: no replicate can find it either.

use serde::{Deserialize, Serialize};

use super::draw;

/// Replicates: the ends of a 95 % interval then move by about a twentieth of its width from seed to seed.
pub const REPLICATES: usize = 1_000;
/// Seed of the draws.
const SEED: u64 = 0x426f_6f74;
/// Draws of 16 bits a number of 64 gives.
const LANES: usize = 4;
/// Below these, of 65,536, a person is drawn 0, 1, 2, … times: e⁻¹ Σ 1/k!.
const POISSON: [u16; 9] = [24_109, 48_218, 60_273, 64_291, 65_296, 65_497, 65_530, 65_535, u16::MAX];

/// A part of a whole, and what it would be with other people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Their ratio, 0..1; 0 of 0 is 0.
    pub share: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Something that happens so often a minute.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct PerMinute {
    /// How often it happened.
    pub count: u64,
    /// How often a minute.
    pub rate: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct Interval {
    /// The number.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Place of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum(usize);

/// Sums over people, as they are and in every replicate: 8 kB a sum, however many people.
#[derive(Debug, Clone, Default)]
pub struct Bootstrap {
    /// The sums as they are.
    totals: Vec<f64>,
    /// Each sum in every replicate.
    replicates: Vec<Vec<f64>>,
}

impl Bootstrap {
    /// A new sum of nothing; everybody before counts 0 in it.
    pub fn sum(&mut self) -> Sum {
        self.totals.push(0.0);
        self.replicates.push(vec![0.0; REPLICATES]);
        Sum(self.totals.len() - 1)
    }

    /// Adds what the person of this number brings to each sum; sums not named get nothing.
    pub fn add(&mut self, person: u64, brings: &[(Sum, f64)]) {
        let weights = weights(person);
        for &(sum, value) in brings {
            if value == 0.0 {
                continue;
            }
            if let (Some(total), Some(replicates)) = (self.totals.get_mut(sum.0), self.replicates.get_mut(sum.0)) {
                *total += value;
                replicates.iter_mut().zip(&weights).for_each(|(replicate, weight)| *replicate += value * weight);
            }
        }
    }

    /// The sum as it is.
    #[must_use]
    pub fn total(&self, sum: Sum) -> f64 {
        self.totals.get(sum.0).copied().unwrap_or(0.0)
    }

    /// Two sums of whole numbers as a share.
    #[must_use]
    pub fn share(&self, part: Sum, whole: Sum) -> Share {
        let Interval { value, low, high } = self.interval(|at| Some(ratio(at(part), at(whole))));
        Share { count: self.total(part) as u64, of: self.total(whole) as u64, share: value, low, high }
    }

    /// A sum of whole numbers and one of minutes as a rate.
    #[must_use]
    pub fn per_minute(&self, part: Sum, minutes: Sum) -> PerMinute {
        let Interval { value, low, high } = self.interval(|at| Some(ratio(at(part), at(minutes))));
        PerMinute { count: self.total(part) as u64, rate: value, low, high }
    }

    /// Whatever can be figured from sums. Replicates in which it can't, `figure` giving `None`, are left out.
    #[must_use]
    pub fn interval(&self, figure: impl Fn(&dyn Fn(Sum) -> f64) -> Option<f64>) -> Interval {
        let value = rounded(figure(&|sum| self.total(sum)).unwrap_or(0.0));
        let of = |replicate: usize| {
            figure(&|Sum(place)| {
                self.replicates.get(place).and_then(|sums| sums.get(replicate)).copied().unwrap_or(0.0)
            })
        };
        let mut found: Vec<f64> = (0..REPLICATES).filter_map(of).collect();
        found.sort_by(f64::total_cmp);
        let at = |quantile: f64| {
            let place = libm::round(quantile * found.len().saturating_sub(1) as f64) as usize;
            found.get(place).map_or(value, |&value| rounded(value))
        };
        Interval { value, low: at(0.025), high: at(0.975) }
    }
}

/// The ratio; 0 where there is no whole.
#[must_use]
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Five decimals: more would only pretend.
pub(super) fn rounded(value: f64) -> f64 {
    libm::round(value * 1e5) / 1e5
}

/// How often each replicate draws the person of this number.
fn weights(person: u64) -> [f64; REPLICATES] {
    let mut weights = [0.0; REPLICATES];
    let seed = draw::bits(SEED, person);
    for (number, lanes) in (0..).zip(weights.chunks_mut(LANES)) {
        let mut bits = draw::bits(seed, number);
        for weight in lanes {
            let draw = bits as u16;
            bits >>= 16;
            *weight = POISSON.iter().take_while(|&&below| draw >= below).count() as f64;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_poisson() {
        let all: Vec<f64> = (0..400).flat_map(weights).collect();
        let part = |k: f64| all.iter().filter(|&&w| w == k).count() as f64 / all.len() as f64;
        let (mean, square) = all.iter().fold((0.0, 0.0), |(m, s), w| (m + w, s + w * w));
        let mean = mean / all.len() as f64;
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        assert!((square / all.len() as f64 - mean * mean - 1.0).abs() < 0.02);
        for (k, p) in [(0.0, 0.367_879), (1.0, 0.367_879), (2.0, 0.183_940), (3.0, 0.061_313)] {
            assert!((part(k) - p).abs() < 0.004, "{k}: {}", part(k));
        }
    }

    /// 200 people with one leave each, 60 of them found: the interval is that of a binomial share.
    #[test]
    fn interval_of_a_share_is_as_wide_as_theory_says() {
        let mut bootstrap = Bootstrap::default();
        let (part, whole) = (bootstrap.sum(), bootstrap.sum());
        for person in 0..200 {
            bootstrap.add(person, &[(part, f64::from(u8::from(person % 10 < 3))), (whole, 1.0)]);
        }
        let share = bootstrap.share(part, whole);
        assert_eq!((share.count, share.of, share.share), (60, 200, 0.3));
        let half = 1.96 * libm::sqrt(0.3 * 0.7 / 200.0);
        assert!((share.low - (0.3 - half)).abs() < 0.012 && (share.high - (0.3 + half)).abs() < 0.012, "{share:?}");
    }

    /// People who bring many leaves at once make the interval wider than as many lone leaves would.
    #[test]
    fn people_are_drawn_not_leaves() {
        let width = |leaves: f64, people: u64| {
            let mut bootstrap = Bootstrap::default();
            let (part, whole) = (bootstrap.sum(), bootstrap.sum());
            for person in 0..people {
                bootstrap.add(person, &[(part, leaves * f64::from(u8::from(person % 2 == 0))), (whole, leaves)]);
            }
            let share = bootstrap.share(part, whole);
            share.high - share.low
        };
        assert!(width(8.0, 50) > 2.4 * width(1.0, 400));
    }

    #[test]
    fn nothing_at_all_is_no_error() {
        let mut bootstrap = Bootstrap::default();
        let (part, whole) = (bootstrap.sum(), bootstrap.sum());
        assert_eq!(bootstrap.share(part, whole), Share::default());
    }
}
