//! Intervals and tests for two groups of visitors, one of them held out.

use libm::{erfc, exp, sqrt};
use serde::{Deserialize, Serialize};

/// Quantiles of the standard normal distribution for a two-sided interval of 90 %,
const Z90: f64 = 1.644_853_626_951_472_7;
/// and of 95 %.
const Z95: f64 = 1.959_963_984_540_054;
/// Of the normal distribution below which 80 % lie: the power of a plan.
const Z_POWER: f64 = 0.841_621_233_572_914_2;

/// A number with its intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Ends of its interval of 90 %.
    pub interval90: [f64; 2],
    /// Ends of its interval of 95 %.
    pub interval95: [f64; 2],
}

impl Estimate {
    fn of(value: f64, interval: impl Fn(f64) -> [f64; 2]) -> Estimate {
        Estimate { value, interval90: interval(Z90), interval95: interval(Z95) }
    }
}

/// A part of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
}

impl Share {
    /// The ratio, 0..1; 0 of 0 is 0.
    #[must_use]
    pub fn ratio(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }

    /// Wilson's score interval (E. B. Wilson, "Probable inference", Journal of the American Statistical Association 22, 1927).
    fn wilson(self, z: f64) -> [f64; 2] {
        let (p, n) = (self.ratio(), self.of.max(1) as f64);
        let middle = p + z * z / (2.0 * n);
        let half = z * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
        let whole = 1.0 + z * z / n;
        [(middle - half) / whole, (middle + half) / whole]
    }
}

/// The first share less the second: Newcombe's hybrid score interval, method 10 of his eleven (R. G. Newcombe, "Interval estimation
/// for the difference between independent proportions", Statistics in Medicine 17, 1998).
#[must_use]
pub fn difference(one: Share, other: Share) -> Estimate {
    let (p, q) = (one.ratio(), other.ratio());
    Estimate::of(p - q, |z| {
        let ([l1, u1], [l2, u2]) = (one.wilson(z), other.wilson(z));
        let root = |a: f64, b: f64| sqrt(a * a + b * b);
        [p - q - root(p - l1, u2 - q), p - q + root(u1 - p, q - l2)]
    })
}

/// The first share over the second, less 1: the interval of the logarithm by the delta method (D. Katz and others, "Obtaining
/// confidence intervals for the risk ratio in cohort studies", Biometrics 34, 1978). `None` where either share is 0.
#[must_use]
pub fn relative(one: Share, other: Share) -> Option<Estimate> {
    if one.count == 0 || other.count == 0 {
        return None;
    }
    let part = |share: Share| 1.0 / share.count as f64 - 1.0 / share.of as f64;
    Some(ratio_less_one(one.ratio() / other.ratio(), sqrt(part(one) + part(other))))
}

/// Amounts of a group, one a visitor; most are 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amounts {
    /// How many visitors.
    pub of: u64,
    /// Sum of what they paid.
    pub sum: f64,
    /// Sum of its squares.
    pub squares: f64,
}

impl Amounts {
    /// Adds one visitor.
    pub fn add(&mut self, amount: f64) {
        self.of += 1;
        self.sum += amount;
        self.squares += amount * amount;
    }

    /// Amount a visitor; 0 for nobody.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum / self.of.max(1) as f64
    }

    /// Variance of the mean.
    fn variance(&self) -> f64 {
        let n = self.of as f64;
        if n < 2.0 {
            return 0.0;
        }
        let spread = (self.squares - self.sum * self.sum / n) / (n - 1.0);
        spread.max(0.0) / n
    }
}

/// The first mean less the second, by the normal interval with variances of their own (B. L. Welch, "The generalization of
/// Student's problem when several different population variances are involved", Biometrika 34, 1947; from a hundred visitors
/// on his t is normal to within a fiftieth).
#[must_use]
pub fn mean_difference(one: &Amounts, other: &Amounts) -> Estimate {
    let value = one.mean() - other.mean();
    let error = sqrt(one.variance() + other.variance());
    Estimate::of(value, |z| [value - z * error, value + z * error])
}

/// The first mean over the second, less 1: the interval of the logarithm by the delta method (A. Deng, U. Knoblich, J. Lu, "Applying
/// the delta method in metric analytics", KDD 2018). `None` where either mean is 0.
#[must_use]
pub fn mean_relative(one: &Amounts, other: &Amounts) -> Option<Estimate> {
    let (a, b) = (one.mean(), other.mean());
    if a <= 0.0 || b <= 0.0 {
        return None;
    }
    Some(ratio_less_one(a / b, sqrt(one.variance() / (a * a) + other.variance() / (b * b))))
}

fn ratio_less_one(ratio: f64, error: f64) -> Estimate {
    Estimate::of(ratio - 1.0, |z| [ratio * exp(-z * error) - 1.0, ratio * exp(z * error) - 1.0])
}

/// How likely sides as uneven as these are, or more so, where each visitor is held out with this chance: Pearson's χ² with one
/// degree of freedom. Under 0.001 something sorts visitors before they are counted (A. Fabijan and others, "Diagnosing sample
/// ratio mismatch in online controlled experiments", KDD 2019). `None` where nobody, or everybody, is meant to be held out.
#[must_use]
pub fn mismatch(shown: u64, held_out: u64, holdout: f64) -> Option<f64> {
    let all = (shown + held_out) as f64;
    if !(holdout > 0.0 && holdout < 1.0) || all == 0.0 {
        return None;
    }
    let off = held_out as f64 - all * holdout;
    let chi = off * off / (all * holdout * (1.0 - holdout));
    Some(erfc(sqrt(chi / 2.0)))
}

/// Visitors, of both sides together, with whom a relative lift this large would be seen four times in five, at two-sided 5 %, where a share
/// `base` of those held out buy (the usual normal formula, for unequal sides). `None` where it can't be said.
#[must_use]
pub fn needed(base: f64, lift: f64, holdout: f64) -> Option<u64> {
    if !(base > 0.0 && base < 1.0 && lift > 0.0 && holdout > 0.0 && holdout < 1.0) {
        return None;
    }
    let z = Z95 + Z_POWER;
    let other = (base * (1.0 + lift)).min(1.0);
    let spread = base * (1.0 - base) / holdout + other * (1.0 - other) / (1.0 - holdout);
    let gap = other - base;
    Some(libm::ceil(z * z * spread / (gap * gap)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 5e-5
    }

    /// Three of the published examples of Newcombe's table II, method 10.
    #[test]
    fn differences_are_newcombes() {
        for (one, other, expected) in [
            ((56, 70), (48, 80), [0.0524, 0.3339]),
            ((9, 10), (3, 10), [0.1705, 0.8090]),
            ((10, 10), (0, 20), [0.6791, 1.0]),
        ] {
            let share = |(count, of)| Share { count, of };
            let [low, high] = difference(share(one), share(other)).interval95;
            assert!(near(low, expected[0]) && near(high, expected[1]), "{one:?} {other:?}: {low} {high}");
        }
    }

    /// By hand: 30 of 100 against 20 of 100, ratio 1.5, error √(1/30 − 1/100 + 1/20 − 1/100) = 0.251661.
    #[test]
    fn ratios_are_katzs() {
        let found = relative(Share { count: 30, of: 100 }, Share { count: 20, of: 100 }).unwrap();
        assert!(near(found.value, 0.5));
        let [low, high] = found.interval95.map(|end| libm::log(1.0 + end));
        assert!(near(high - 0.405_465, 1.959_964 * 0.251_661) && near(0.405_465 - low, 1.959_964 * 0.251_661));
        assert_eq!(relative(Share { count: 0, of: 9 }, Share { count: 1, of: 9 }), None);
    }

    /// By hand: 0, 0, 6 and 0, 2, 4: means 2, variances of the mean 12/3 and 4/3.
    #[test]
    fn means_differ_by_welch() {
        let group = |amounts: [f64; 3]| {
            let mut group = Amounts::default();
            amounts.into_iter().for_each(|amount| group.add(amount));
            group
        };
        let found = mean_difference(&group([0.0, 0.0, 6.0]), &group([0.0, 2.0, 4.0]));
        let half = 1.959_964 * sqrt(12.0 / 3.0 + 4.0 / 3.0);
        assert!(near(found.value, 0.0) && near(found.interval95[1], half) && near(found.interval95[0], -half));
        assert_eq!(mean_relative(&group([0.0; 3]), &group([1.0; 3])), None);
    }

    /// By hand: 130 of 1,000 held out where 100 were meant: χ² = 900 / 90 = 10, p = 0.001565.
    #[test]
    fn mismatch_is_pearsons() {
        assert!(near(mismatch(870, 130, 0.1).unwrap(), 0.001_565));
        assert!(near(mismatch(900, 100, 0.1).unwrap(), 1.0));
        assert_eq!(mismatch(9, 1, 0.0), None);
        assert_eq!(mismatch(0, 0, 0.1), None);
    }

    /// By hand: 5 % against 5.5 % in equal sides: 7.8489 (0.0475 / ½ + 0.051975 / ½) / 0.005² = 62,463.
    #[test]
    fn needs_are_as_planned() {
        let found = needed(0.05, 0.1, 0.5).unwrap();
        assert!((62_400..62_520).contains(&found), "{found}");
        assert!(needed(0.05, 0.1, 0.1).unwrap() > found, "uneven sides need more");
        assert_eq!(needed(0.0, 0.1, 0.1), None);
    }
}
