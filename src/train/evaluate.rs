//! The event-level protocol: what alerts would have been worth, leave by leave.
//!
//! An alert is a tick with a risk at or over the threshold, at least 10 s after the last one of its stretch of presence.
//! On time: 2–4 s before a leave; ahead: 2–10 s; false: no leave within 10 s. A leave counts when the shopper was there for 4 s
//! before it. Stretches and counts are those of the reference judge to the last leave, so what looks like a leave
//! ([`Ending::Done`]) counts as one here.
//!
//! Thresholds lie on a grid of 1/10,000, and counts for all of them are kept at once: one pass over any number of visits,
//! in constant memory, finds the threshold for each rate. What alerts at those thresholds are worth in detail is a second
//! pass ([`contest`](super::contest)).

use serde::{Deserialize, Serialize};

use super::dataset::{AHEAD_MS, HORIZON_MS, LATE_MS};
use super::presence::{Ending, Presence};

/// No second alert sooner than this after one, ms.
pub const COOL_MS: u32 = 10_000;
/// Steps of the threshold grid.
pub(super) const GRID: usize = 10_000;
/// Thresholds tried, at most about twice as many; the reference's number.
const TRIED: usize = 400;
/// False alerts a minute at which results are stated.
pub const RATES: [f64; 4] = [0.2, 0.5, 1.0, 2.0];

/// What alerts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) on_time: i64,
    pub(super) ahead: i64,
    pub(super) false_alerts: i64,
}

/// A threshold and what it gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Operating {
    /// The threshold.
    pub threshold: f64,
    /// The same as a step of the grid.
    pub step: u16,
    /// Leaves with an alert 2–4 s before.
    pub on_time: u64,
    /// Leaves with an alert 2–10 s before.
    pub ahead: u64,
    /// Leaves that count.
    pub leaves: u64,
    /// Alerts with no leave within 10 s, a minute of presence.
    pub false_per_minute: f64,
}

/// A tick's risk on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// The tick, ms.
    pub t: u32,
    /// The greatest grid step not over the risk: the tick alerts at thresholds up to it.
    pub under: u16,
    /// The step nearest to the risk: the threshold it proposes.
    pub nearest: u16,
}

impl Graded {
    /// The tick at `t`, ms, with this risk.
    #[must_use]
    pub fn new(t: u32, risk: f32) -> Graded {
        let risk = as_written(risk);
        Graded { t, under: step_under(risk) as u16, nearest: rounded(risk) as u16 }
    }

    /// The tick at `t`, ms, with a score in 0..1 that is of use on a coarse grid only: fewer steps, less work.
    pub(super) fn coarse(t: u32, score: f64) -> Graded {
        let coarse = GRID / TRIED;
        let step = ((score * TRIED as f64).clamp(0.0, TRIED as f64) as usize * coarse) as u16;
        Graded { t, under: step, nearest: step }
    }
}

/// Results over visits.
#[derive(Debug, Clone)]
pub struct Judged {
    /// At place k, what changes when the threshold falls from (k + 1)/10,000 to k/10,000.
    changes: Vec<Counts>,
    /// Whether some risk rounds to k/10,000.
    occurs: Vec<bool>,
    leaves: u64,
    present_ms: f64,
    visits: u64,
}

impl Default for Judged {
    fn default() -> Judged {
        let (changes, occurs) = (vec![Counts::default(); GRID + 1], vec![false; GRID + 1]);
        Judged { changes, occurs, leaves: 0, present_ms: 0.0, visits: 0 }
    }
}

impl Judged {
    /// Adds a visit: its stretches of presence, and its ticks in order.
    pub fn add(&mut self, presence: &[Presence], ticks: &[Graded]) {
        self.visits += 1;
        for tick in ticks {
            if let Some(occurs) = self.occurs.get_mut(usize::from(tick.nearest)) {
                *occurs = true;
            }
        }
        for stretch in presence {
            self.add_stretch(stretch, within(ticks, stretch));
        }
    }

    fn add_stretch(&mut self, stretch: &Presence, ticks: &[Graded]) {
        self.present_ms += f64::from(stretch.end - stretch.start);
        self.leaves += u64::from(is_eligible(stretch));
        let mut levels: Vec<u16> = ticks.iter().map(|tick| tick.under).collect();
        levels.sort_unstable_by(|a, b| b.cmp(a));
        levels.dedup();
        let mut before = Counts::default();
        for level in levels {
            let now = count(stretch, alerts(ticks, level, COOL_MS));
            if let Some(change) = self.changes.get_mut(usize::from(level)) {
                change.on_time += now.on_time - before.on_time;
                change.ahead += now.ahead - before.ahead;
                change.false_alerts += now.false_alerts - before.false_alerts;
            }
            before = now;
        }
    }

    /// Leaves that count.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// Visits added.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.visits
    }

    /// Minutes of presence.
    #[must_use]
    pub fn minutes(&self) -> f64 {
        self.present_ms / 60_000.0
    }

    /// The threshold with the best on-time recall among those whose false alerts stay within `rate` a minute, the lowest
    /// among equals; `None` where none does.
    #[must_use]
    pub fn at_rate(&self, rate: f64) -> Option<Operating> {
        let mut best: Option<Operating> = None;
        self.walk(|operating| {
            let is_within = operating.false_per_minute <= rate;
            if is_within && best.is_none_or(|best| operating.on_time >= best.on_time) {
                best = Some(operating);
            }
        });
        best
    }

    /// Every threshold tried, falling.
    fn walk(&self, mut see: impl FnMut(Operating)) {
        let occurring: Vec<usize> = (0..=GRID).rev().filter(|&step| self.occurs[step]).collect();
        let (mut sum, mut next) = (Counts::default(), GRID + 1);
        for &step in occurring.iter().step_by((occurring.len() / TRIED).max(1)) {
            while next > step {
                next -= 1;
                let change = self.changes[next];
                sum.on_time += change.on_time;
                sum.ahead += change.ahead;
                sum.false_alerts += change.false_alerts;
            }
            see(Operating {
                threshold: on_grid(step),
                step: step as u16,
                on_time: sum.on_time as u64,
                ahead: sum.ahead as u64,
                leaves: self.leaves,
                false_per_minute: sum.false_alerts as f64 / self.minutes(),
            });
        }
    }
}

/// The ticks in a stretch.
pub(super) fn within<'a>(ticks: &'a [Graded], stretch: &Presence) -> &'a [Graded] {
    let from = ticks.partition_point(|tick| tick.t < stretch.start);
    let until = ticks.partition_point(|tick| tick.t <= stretch.end);
    ticks.get(from..until).unwrap_or(&[])
}

/// Times of the alerts of a stretch at a threshold of this grid step, ms, none sooner than `cool_ms` after another; `ticks` are
/// those of the stretch, of which those under the step may be missing.
pub(super) fn alerts(ticks: &[Graded], step: u16, cool_ms: u32) -> impl Iterator<Item = u32> {
    let mut rest = ticks;
    core::iter::from_fn(move || {
        let place = rest.iter().position(|tick| tick.under >= step)?;
        let t = rest.get(place)?.t;
        rest = rest.get(place + 1..).unwrap_or(&[]);
        rest = rest.get(rest.partition_point(|tick| tick.t - t < cool_ms)..).unwrap_or(&[]);
        Some(t)
    })
}

/// Times of the alerts of a visit in this stretch at a threshold of this grid step, ms.
pub fn alerts_in(ticks: &[Graded], stretch: &Presence, step: u16) -> impl Iterator<Item = u32> {
    alerts(within(ticks, stretch), step, COOL_MS)
}

/// Whether the end of a stretch is a leave that counts.
#[must_use]
pub fn is_eligible(stretch: &Presence) -> bool {
    stretch.ending != Ending::Open && stretch.end - stretch.start >= HORIZON_MS
}

/// Counts the alerts of a stretch.
pub(super) fn count(stretch: &Presence, alerts: impl Iterator<Item = u32>) -> Counts {
    let leave = (stretch.ending != Ending::Open).then_some(stretch.end);
    let mut counts = Counts::default();
    for t in alerts {
        let left = leave.map(|leave| leave - t);
        counts.on_time |= i64::from(left.is_some_and(|left| (LATE_MS..=HORIZON_MS).contains(&left)));
        counts.ahead |= i64::from(left.is_some_and(|left| (LATE_MS..=AHEAD_MS).contains(&left)));
        counts.false_alerts += i64::from(left.is_none_or(|left| left > AHEAD_MS));
    }
    if !is_eligible(stretch) {
        (counts.on_time, counts.ahead) = (0, 0);
    }
    counts
}

/// The risk as it is read back from its shortest decimal form: what the reference judge compares.
fn as_written(risk: f32) -> f64 {
    risk.to_string().parse().unwrap_or(0.0)
}

/// The threshold of a grid step.
pub(super) fn on_grid(step: usize) -> f64 {
    step as f64 / GRID as f64
}

/// The greatest grid step not over the risk.
fn step_under(risk: f64) -> usize {
    let step = (risk * GRID as f64).clamp(0.0, GRID as f64) as usize;
    // the product may have been rounded over or under the step
    if on_grid(step) > risk {
        step.saturating_sub(1)
    } else if step < GRID && on_grid(step + 1) <= risk {
        step + 1
    } else {
        step
    }
}

/// The risk rounded to four decimals, as a grid step; ties go to the even one, decided on the exact value.
fn rounded(risk: f64) -> usize {
    let written = format!("{risk:.4}");
    let value: f64 = written.parse().unwrap_or(0.0);
    libm::round(value * GRID as f64).clamp(0.0, GRID as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risks_round_as_the_reference_rounds_them() {
        // halves that binary holds exactly go to the even step (Python's round), others to the nearest
        let cases = [(0.031_25, 312), (0.093_75, 938), (0.156_25, 1562), (0.000_05, 1), (0.999_96, 10_000), (0.0, 0)];
        for (risk, step) in cases {
            assert_eq!(rounded(as_written(risk)), step, "{risk}");
        }
    }

    #[test]
    fn a_grid_step_is_reached_by_the_risk_that_is_written_as_it() {
        for step in 0..=GRID {
            let written = format!("{:.4}", on_grid(step));
            let risk: f32 = written.parse().unwrap();
            assert_eq!(step_under(as_written(risk)), step, "{written}");
            assert_eq!(rounded(as_written(risk)), step);
        }
    }
}
