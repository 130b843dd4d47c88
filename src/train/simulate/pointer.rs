//! One aimed movement of the hand: a sum of minimum-jerk submovements whose time follows Fitts's law.
//!
//! - Each submovement is a minimum-jerk movement (Flash and Hogan, J. Neurosci. 5, 1985), possibly bowed.
//! - The time in all is a + b · log2(D/W + 1) (Fitts 1954; MacKenzie, Human-Computer Interaction 7, 1992), the
//!   coefficients being the person's ([`Motor`]), with a spread of its own.
//! - The first submovement falls short or goes over by an error that grows with its mean speed (Meyer et al.,
//!   Psychological Review 95, 1988), one or two more correct it. They overlap: a correction begins before the
//!   movement it corrects has ended and the two add up (Flash and Henis 1991; Novak, Miller and Houk 2002).

use super::person::Motor;
use super::rng::Rng;

/// Submovements in one reach, at most.
const MOST: usize = 4;
/// No submovement is shorter, ms.
const SHORTEST_MS: f64 = 90.0;
/// Movement times of one person to one target vary by about this (standard deviation of the logarithm).
const TIME_SIGMA: f64 = 0.16;
/// Corrections that would be smaller are not made, px.
const GOOD_ENOUGH_PX: f64 = 2.0;

/// Share of the way done after a share `s` of the time of a minimum-jerk movement.
pub(super) fn minimum_jerk(s: f64) -> f64 {
    let s = s.clamp(0.0, 1.0);
    s * s * s * (10.0 + s * (6.0 * s - 15.0))
}

/// A point of the viewport, px.
pub(super) type Point = (f64, f64);

pub(super) fn distance(from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (dx * dx + dy * dy).sqrt()
}

#[derive(Debug, Clone, Copy, Default)]
struct Submovement {
    start: f64,
    length_ms: f64,
    dx: f64,
    dy: f64,
    /// Bow across the way, px at its middle; positive to the left of the way.
    bow: f64,
}

impl Submovement {
    fn at(&self, t: f64) -> Point {
        if t <= self.start || self.length_ms <= 0.0 {
            return (0.0, 0.0);
        }
        let s = minimum_jerk((t - self.start) / self.length_ms);
        let far = distance((0.0, 0.0), (self.dx, self.dy)).max(1e-6);
        let side = 16.0 * s * s * (1.0 - s) * (1.0 - s) * self.bow / far;
        (self.dx * s + self.dy * side, self.dy * s - self.dx * side)
    }
}

/// One movement from where the pointer is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    from: Point,
    parts: [Submovement; MOST],
    /// Its length in time, ms.
    pub(super) length_ms: f64,
}

impl Reach {
    /// A movement from `from` to a target of `width` px around `to`. `haste` divides the time: 1 with usual care.
    pub(super) fn draw(rng: &mut Rng, motor: &Motor, from: Point, to: Point, width: f64, haste: f64) -> Reach {
        let mut reach = Reach { from, parts: [Submovement::default(); MOST], length_ms: 0.0 };
        let far = distance(from, to);
        if far < 0.5 {
            return reach;
        }
        let width = width.max(4.0);
        let difficulty = libm::log2(far / width + 1.0);
        let time = (motor.a + motor.b * difficulty).max(SHORTEST_MS) * rng.lognormal(1.0, TIME_SIGMA) / haste;
        let single = difficulty < 1.2 || rng.chance(0.25);
        let first_ms = (if single { time } else { time * rng.between(0.55, 0.8) }).max(SHORTEST_MS);
        let (mut x, mut y) = from;
        let mut start = 0.0;
        let mut length = first_ms;
        for part in 0..MOST {
            let (dx, dy) = (to.0 - x, to.1 - y);
            let left = distance((x, y), to);
            let sd = (motor.spread_s * 1000.0 * left / length).min(left * 0.3);
            let along = (if part == 0 && !single { motor.gain } else { 1.0 }) + rng.normal(0.0, sd) / left.max(1.0);
            let across = rng.normal(0.0, sd * motor.across) / left.max(1.0);
            let bow = left * (motor.bow + rng.normal(0.0, 0.025));
            let step = Submovement {
                start,
                length_ms: length,
                dx: dx * along - dy * across,
                dy: dy * along + dx * across,
                bow: bow.clamp(-60.0, 60.0),
            };
            reach.parts[part] = step;
            reach.length_ms = reach.length_ms.max(start + length);
            (x, y) = (x + step.dx, y + step.dy);
            let miss = distance((x, y), to);
            // most stop once the target is under the pointer, some still settle towards its middle
            if miss < GOOD_ENOUGH_PX || (miss < width * 0.5 && rng.chance(0.7)) {
                break;
            }
            // the next one starts while this one still slows down
            start += length * rng.between(0.75, 1.05);
            length = (time - start).max(SHORTEST_MS * 1.2) * rng.between(0.8, 1.2);
        }
        reach
    }

    /// Where the pointer is `t` ms after the movement began.
    pub(super) fn at(&self, t: f64) -> Point {
        self.parts.iter().fold(self.from, |(x, y), part| {
            let (dx, dy) = part.at(t);
            (x + dx, y + dy)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOTOR: Motor =
        Motor { a: 50.0, b: 200.0, gain: 0.95, spread_s: 0.04, across: 0.5, bow: 0.0, tremor_px: 0.0, tremor_hz: 10.0 };

    #[test]
    fn one_submovement_has_the_profile_of_minimum_jerk() {
        // peak speed is 1.875 times the mean, at half time; speed and acceleration are 0 at both ends
        let speed = |s: f64| (minimum_jerk(s + 1e-5) - minimum_jerk(s - 1e-5)) / 2e-5;
        assert!((speed(0.5) - 1.875).abs() < 1e-4);
        assert!(speed(0.001) < 1e-4 && speed(0.999) < 1e-4);
        assert!((minimum_jerk(0.3) + minimum_jerk(0.7) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn fitts_slope_is_recovered() {
        let mut rng = Rng::new(3, 0);
        let (mut n, mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for trial in 0..4_000 {
            let far = 60.0 + f64::from(trial % 40) * 30.0;
            let width = 12.0 * f64::from(1 + trial % 7);
            let reach = Reach::draw(&mut rng, &MOTOR, (100.0, 100.0), (100.0 + far, 160.0), width, 1.0);
            let x = libm::log2(distance((100.0, 100.0), (100.0 + far, 160.0)) / width + 1.0);
            let y = reach.length_ms;
            (n, sx, sy, sxx, sxy) = (n + 1.0, sx + x, sy + y, sxx + x * x, sxy + x * y);
        }
        let slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
        assert!((slope - MOTOR.b).abs() < 0.15 * MOTOR.b, "slope {slope} ms a bit");
    }

    #[test]
    fn endpoints_lie_in_the_target_mostly_and_spread_with_speed() {
        let mut rng = Rng::new(4, 0);
        let (mut inside, mut first_near, mut first_far) = (0, 0.0, 0.0);
        for _ in 0..1_000 {
            for (far, spread) in [(150.0, &mut first_near), (1_200.0, &mut first_far)] {
                let reach = Reach::draw(&mut rng, &MOTOR, (0.0, 0.0), (far, 0.0), 40.0, 1.0);
                let (x, y) = reach.at(reach.length_ms);
                inside += usize::from(distance((x, y), (far, 0.0)) <= 20.0);
                *spread += (reach.parts[0].dx - far).abs();
            }
        }
        assert!(inside > 1_700, "{inside} of 2,000 in the target");
        assert!(first_far > 2.0 * first_near);
    }
}
