//! Random draws that are the same on every platform: xoshiro256++ seeded by splitmix64, and `libm` for the rest.
//!
//! xoshiro256++: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).

/// A stream of draws. Streams of different numbers under one seed are independent for all that is done here.
#[derive(Debug, Clone)]
pub(super) struct Rng {
    state: [u64; 4],
}

fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Rng {
    /// The stream of this number under this seed.
    pub(super) fn new(seed: u64, stream: u64) -> Rng {
        let mut mix = seed;
        // the seed is mixed before the stream joins it, so that (1, 2) and (2, 1) have nothing in common
        let mut mix = splitmix(&mut mix) ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        Rng { state: [splitmix(&mut mix), splitmix(&mut mix), splitmix(&mut mix), splitmix(&mut mix)] }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// Uniform in 0..1, 1 excluded.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform between `low` and `high`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        let span = f64::from(high.saturating_sub(low)) + 1.0;
        low + (self.unit() * span) as u32
    }

    /// True with probability `p`.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Normal by Box and Muller (1958).
    pub(super) fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        mean + sd * radius * libm::cos(core::f64::consts::TAU * self.unit())
    }

    /// Log-normal with this median; `sigma` is the standard deviation of its logarithm.
    pub(super) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(self.normal(0.0, sigma))
    }

    /// Exponential with this mean.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }

    /// An index, each with its weight's share. 0 where there is nothing to choose from.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }

    /// One of these by weight.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, choices: [(T, f64); N]) -> T {
        let mut weights = [0.0; N];
        for (slot, choice) in weights.iter_mut().zip(&choices) {
            *slot = choice.1;
        }
        choices[self.weighted(&weights)].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_draws_are_those_of_the_textbook_form() {
        // computed from the published C code's form of xoshiro256++ and splitmix64
        let mut rng = Rng::new(7, 3);
        assert_eq!(
            [rng.next(), rng.next(), rng.next()],
            [0xc0b5_602a_fe6f_e35e, 0xc107_def9_f010_3146, 0x0672_14dc_d2d9_4e81]
        );
        assert_ne!(Rng::new(1, 2).next(), Rng::new(2, 1).next());
    }

    #[test]
    fn moments_are_those_asked_for() {
        let mut rng = Rng::new(1, 1);
        let n = 20_000;
        let (mut sum, mut squares, mut waits, mut hits) = (0.0, 0.0, 0.0, 0);
        for _ in 0..n {
            let x = rng.normal(3.0, 2.0);
            sum += x;
            squares += x * x;
            waits += rng.exponential(5.0);
            hits += usize::from(rng.weighted(&[1.0, 3.0]) == 1);
        }
        let mean = sum / f64::from(n);
        assert!((mean - 3.0).abs() < 0.05);
        assert!(((squares / f64::from(n) - mean * mean).sqrt() - 2.0).abs() < 0.05);
        assert!((waits / f64::from(n) - 5.0).abs() < 0.15);
        assert!((hits as f64 / f64::from(n) - 0.75).abs() < 0.015);
    }
}
