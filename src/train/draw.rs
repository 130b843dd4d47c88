//! Draws by counter: which rows and columns a tree sees, which people are held out, which ticks are kept.
//!
//! A draw depends on its seed and number alone, never on what was drawn before, so work can be cut between threads, and rows
//! left out, without changing any other draw. The mixing is splitmix64's (Steele, Lea, Flood, "Fast splittable
//! pseudorandom number generators", OOPSLA 2014).

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// 64 mixed bits of a number under a seed.
#[must_use]
pub(crate) fn bits(seed: u64, number: u64) -> u64 {
    mix(mix(seed.wrapping_add(GOLDEN)).wrapping_add(number.wrapping_mul(GOLDEN)))
}

/// Uniform in 0..1, 1 excluded.
#[must_use]
pub(crate) fn unit(seed: u64, number: u64) -> f64 {
    (bits(seed, number) >> 11) as f64 / (1u64 << 53) as f64
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_uniform_and_differ_between_seeds() {
        let mean = (0..10_000).map(|n| unit(3, n)).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01);
        let below = (0..10_000).filter(|&n| unit(3, n) < 0.1 && unit(4, n) < 0.1).count();
        assert!((50..150).contains(&below), "{below}");
    }
}
