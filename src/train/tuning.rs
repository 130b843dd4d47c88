//! Tuning: what alerts and cards would have come to on recordings, at any settings, in the time between two frames.
//!
//! A visit runs through the detector once; what is kept of it, its [`Sheet`], answers for every threshold, arming, cool-down and
//! confidence. Alerts are counted as [`evaluate`](super::evaluate) counts them, cards come as the policy shows them
//! ([`presets`](super::presets)), so that at a preset and the default settings the numbers are those of
//! [`Figures`](super::figures::Figures).
//!
//! ```
//! use falter::model::{Model, Parts};
//! use falter::features::FEATURE_COUNT;
//! use falter::reason::{INPUTS, REASONS, ReasonHead};
//! use falter::train::simulate::{SimulateOptions, simulate};
//! use falter::train::tuning::{Settings, Sheet, tune};
//!
//! # let head = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
//! # let calibration = vec![(0.0, 0.0), (1.0, 1.0)];
//! # let parts = Parts { base: -3.0, edges: vec![vec![]; FEATURE_COUNT], trees: vec![], calibration, head, presets: vec![] };
//! # let model = Model::new(parts)?;
//! let options = SimulateOptions { sessions: 5, ..SimulateOptions::default() };
//! let sheets: Vec<Sheet> = simulate(&options).map(|visit| Sheet::of(&model, &visit.into())).collect();
//! let tuned = tune(sheets.iter(), &Settings::new(0.9));
//! // this model never thinks a leave likely
//! assert_eq!((tuned.visits, tuned.false_alerts, tuned.missed), (5, 0, tuned.leaves));
//! # Ok::<(), falter::model::FormatError>(())
//! ```

mod curve;
mod sheet;

pub use curve::Curve;
pub use sheet::Sheet;

use super::dataset::{AHEAD_MS, LATE_MS};
use super::evaluate::{COOL_MS, GRID, alerts, count, is_eligible, on_grid, within};
use super::presence::Ending;
use crate::policy::ARMING_MS;
use crate::reason::{CONFIDENCE_FLOOR, REASONS, Reason};
use sheet::Opening;

/// Milliseconds of a minute.
const MINUTE_MS: f64 = 60_000.0;
/// In [`Outcomes::card_reason`]: no card.
pub const NO_REASON: u8 = 255;

/// What is tuned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Risk from which a leave counts as likely, 0..1. Alerts are counted on the protocol's grid: at the next 1/10,000 not under
    /// it.
    pub threshold: f64,
    /// No card before this much of the visit, ms.
    pub arming_ms: u32,
    /// No second alert of a stretch of presence sooner than this after one, ms.
    pub cooldown_ms: u32,
    /// For each reason the posterior, 0..1, under which a card answers it only in general.
    pub floors: [f32; REASONS],
}

impl Settings {
    /// The settings of the policy and the protocol at this threshold.
    #[must_use]
    pub fn new(threshold: f64) -> Settings {
        Settings { threshold, arming_ms: ARMING_MS, cooldown_ms: COOL_MS, floors: [CONFIDENCE_FLOOR; REASONS] }
    }

    /// Whether a card names this reason at this posterior.
    pub(super) fn is_sure(&self, reason: Reason, confidence: f32) -> bool {
        self.floors.get(reason as usize).is_none_or(|&floor| confidence >= floor)
    }

    /// What the card at this moment answers. A reason under its floor is not named; where nothing general is true either, there
    /// is no card, and since it was due there is none later in the visit.
    fn answer(&self, opening: &Opening) -> Option<Reason> {
        let is_sure = self.is_sure(opening.reason, opening.confidence);
        if is_sure { Some(opening.reason) } else { opening.can_help.then_some(Reason::Unsure) }
    }
}

/// What the settings come to over all visits. Counts only: rates and shares are left to the reader.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tuned {
    /// Visits.
    pub visits: u64,
    /// Visits in which nobody left.
    pub visits_without_leave: u64,
    /// Leaves after at least 4 s of presence, as the protocol counts them.
    pub leaves: u64,
    /// Minutes of presence.
    pub minutes: f64,
    /// Leaves with an alert 2–4 s before.
    pub on_time: u64,
    /// Leaves with an alert 2–10 s before.
    pub ahead: u64,
    /// Leaves whose alerts in the last 10 s all came less than 2 s before.
    pub late: u64,
    /// Leaves without an alert in their last 10 s.
    pub missed: u64,
    /// Alerts without a leave within 10 s.
    pub false_alerts: u64,
    /// Visits without a leave that saw a card, the whole policy on.
    pub saw_card: u64,
    /// Leaves 2–10 s before which the visit's card came, of `policy_leaves`.
    pub answered: u64,
    /// Leaves as the recording format has them: after an order, or into a dialog of the page, is none.
    pub policy_leaves: u64,
    /// Cards by the place in [`Reason::ALL`] of what they answered.
    pub cards: [u32; REASONS + 1],
    /// Visit by visit.
    pub outcomes: Outcomes,
    /// Leave by leave, and false alert by false alert.
    pub moments: Moments,
    /// The same counts at other thresholds.
    pub curve: Curve,
}

/// What it comes to visit by visit, column by column, in the order the visits were given.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs, reason = "named as in Tuned, and documented there")]
pub struct Outcomes {
    pub leaves: Vec<u16>,
    pub on_time: Vec<u16>,
    pub ahead: Vec<u16>,
    pub late: Vec<u16>,
    pub missed: Vec<u16>,
    pub false_alerts: Vec<u16>,
    /// When the visit's card comes, ms.
    pub card: Vec<Option<u32>>,
    /// Place in [`Reason::ALL`] of what it answers; [`NO_REASON`] without a card.
    pub card_reason: Vec<u8>,
    /// Whether it came 2–10 s before a leave.
    pub answered: Vec<bool>,
    /// When the visit's risk was greatest, ms, the first time.
    pub peak_t: Vec<u32>,
    /// That risk; 0 for a visit without a tick.
    pub peak: Vec<f32>,
}

impl Outcomes {
    fn add(&mut self, sheet: &Sheet, counted: &Counted, card: Option<(u32, Reason)>, is_answer: bool) {
        let short = |count: u64| u16::try_from(count).unwrap_or(u16::MAX);
        self.leaves.push(short(counted.leaves));
        self.on_time.push(short(counted.on_time));
        self.ahead.push(short(counted.ahead));
        self.late.push(short(counted.late));
        self.missed.push(short(counted.missed()));
        self.false_alerts.push(short(counted.false_alerts));
        self.card.push(card.map(|(t, _)| t));
        self.card_reason.push(card.map_or(NO_REASON, |(_, reason)| reason as u8));
        self.answered.push(is_answer);
        self.peak_t.push(sheet.peak.0);
        self.peak.push(sheet.peak.1);
    }
}

/// What became of a leave, or of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A leave without an alert in its last 10 s.
    Missed,
    /// A leave whose alerts in the last 10 s all came less than 2 s before.
    Late,
    /// A leave with an alert 4–10 s before, and none 2–4 s before.
    Ahead,
    /// A leave with an alert 2–4 s before.
    OnTime,
    /// An alert without a leave within 10 s.
    False,
}

/// Moments to look at, column by column: visit by visit, within one in the order of its stretches of presence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moments {
    /// The visit's place among those given.
    pub visit: Vec<u32>,
    /// When the shopper left, or the alert came, ms.
    pub t: Vec<u32>,
    /// What it is.
    pub kind: Vec<Kind>,
}

/// Counts of one visit.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    leaves: u64,
    on_time: u64,
    ahead: u64,
    late: u64,
    false_alerts: u64,
}

impl Counted {
    /// The alerts of a visit at a threshold of this grid step; `see` is told of each leave and false alert.
    fn of(sheet: &Sheet, step: u16, cool_ms: u32, mut see: impl FnMut(u32, Kind)) -> Counted {
        let mut counted = Counted::default();
        for stretch in &sheet.presence {
            let alerts = || alerts(within(&sheet.ticks, stretch), step, cool_ms);
            let counts = count(stretch, alerts());
            counted.on_time += counts.on_time as u64;
            counted.ahead += counts.ahead as u64;
            counted.false_alerts += counts.false_alerts as u64;
            let is_false = |t: &u32| stretch.ending == Ending::Open || stretch.end - t > AHEAD_MS;
            alerts().filter(is_false).for_each(|t| see(t, Kind::False));
            if is_eligible(stretch) {
                let is_late = counts.ahead == 0 && alerts().any(|t| stretch.end - t < LATE_MS);
                counted.leaves += 1;
                counted.late += u64::from(is_late);
                see(
                    stretch.end,
                    match (counts.on_time, counts.ahead) {
                        (0, 0) if is_late => Kind::Late,
                        (0, 0) => Kind::Missed,
                        (0, _) => Kind::Ahead,
                        _ => Kind::OnTime,
                    },
                );
            }
        }
        counted
    }

    fn missed(&self) -> u64 {
        self.leaves - self.ahead - self.late
    }
}

/// Recomputes everything. The order of the sheets is that of [`Tuned::outcomes`].
#[must_use]
pub fn tune<'a>(sheets: impl Iterator<Item = &'a Sheet> + Clone, settings: &Settings) -> Tuned {
    let mut tuned = Tuned { curve: curve::curve(sheets.clone(), settings), ..Tuned::default() };
    let step = step_over(settings.threshold);
    for sheet in sheets {
        let is_quiet = sheet.is_quiet();
        tuned.visits_without_leave += u64::from(is_quiet);
        for stretch in &sheet.presence {
            tuned.minutes += f64::from(stretch.end - stretch.start);
            tuned.policy_leaves += u64::from(stretch.ending == Ending::Leave && is_eligible(stretch));
        }
        let visit = tuned.visits as u32;
        let moments = &mut tuned.moments;
        let counted = Counted::of(sheet, step, settings.cooldown_ms, |t, kind| {
            moments.visit.push(visit);
            moments.t.push(t);
            moments.kind.push(kind);
        });
        let card = sheet.opening(settings.arming_ms, settings.threshold as f32);
        let card = card.and_then(|opening| Some((opening.t, settings.answer(opening)?)));
        let is_answer = card.is_some_and(|(t, _)| sheet.is_answered_at(t));
        tuned.leaves += counted.leaves;
        tuned.on_time += counted.on_time;
        tuned.ahead += counted.ahead;
        tuned.late += counted.late;
        tuned.missed += counted.missed();
        tuned.false_alerts += counted.false_alerts;
        tuned.saw_card += u64::from(is_quiet && card.is_some());
        tuned.answered += u64::from(is_answer);
        if let Some((_, reason)) = card {
            tuned.cards.get_mut(reason as usize).into_iter().for_each(|cards| *cards += 1);
        }
        tuned.outcomes.add(sheet, &counted, card, is_answer);
        tuned.visits += 1;
    }
    tuned.minutes /= MINUTE_MS;
    tuned
}

/// The least step of the protocol's grid not under this threshold.
fn step_over(threshold: f64) -> u16 {
    let step = (threshold * GRID as f64).clamp(0.0, GRID as f64) as usize;
    // the product may have been rounded over the step or, at a step itself, under it
    let steps = step.saturating_sub(1)..=GRID;
    steps.into_iter().find(|&step| on_grid(step) >= threshold).map_or(u16::MAX, |step| step as u16)
}
