//! Figures: everything `falter evaluate` and the manifest state about a model on a set of people.

use serde::Serialize;

use super::Visit;
use super::dataset::{AHEAD_MS, HORIZON_MS, LATE_MS};
use super::evaluate::{Judged, Operating, RATES};
use super::presence::{Ending, Presence, presence};
use super::presets::{Course, course};
use crate::model::Model;

/// The presets of the script tag and the share of visits without a leave that each lets see a card.
pub const PRESETS: [(&str, f32); 3] = [("calm", 0.02), ("balanced", 0.05), ("eager", 0.1)];

/// What the whole policy did at one preset.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyFigures {
    /// Name of the preset.
    pub preset: &'static str,
    /// The risk threshold it stands for.
    pub threshold: f32,
    /// Visits without a leave that saw a card.
    pub saw_card: u64,
    /// Share of the visits without a leave that saw a card.
    pub share: f64,
    /// Leaves 2–10 s before which the visit's only card came.
    pub answered: u64,
    /// Share of the leaves that were answered.
    pub answered_share: f64,
}

/// What alerts at one rate of false ones came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateFigures {
    /// False alerts a minute that were allowed.
    pub rate: f64,
    /// The risk threshold that gives the best result within it.
    pub threshold: f64,
    /// False alerts a minute that came.
    pub false_per_minute: f64,
    /// Leaves with an alert 2–4 s before.
    pub on_time: u64,
    /// Leaves with an alert 2–10 s before.
    pub ahead: u64,
    /// Leaves that count.
    pub leaves: u64,
    /// Share of them with an alert 2–4 s before.
    pub on_time_share: f64,
    /// Share of them with an alert 2–10 s before.
    pub ahead_share: f64,
}

impl RateFigures {
    fn of(rate: f64, operating: &Operating) -> RateFigures {
        let Operating { threshold, on_time, ahead, leaves, false_per_minute } = *operating;
        let share = |part: u64| part as f64 / leaves.max(1) as f64;
        let (on_time_share, ahead_share) = (share(on_time), share(ahead));
        RateFigures { rate, threshold, false_per_minute, on_time, ahead, leaves, on_time_share, ahead_share }
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Who was judged on.
    pub people: String,
    /// Visits.
    pub visits: u64,
    /// Visits in which nobody left.
    pub visits_without_leave: u64,
    /// Leaves after at least 4 s of presence.
    pub leaves: u64,
    /// Minutes of presence.
    pub minutes: f64,
    /// The whole policy: arming, two ticks, one card a visit, something to say.
    pub policy: Vec<PolicyFigures>,
    /// Alerts at each rate, all leaves.
    pub all: Vec<RateFigures>,
    /// The same, counting only leaves with a sign: some signal in their last 4 s.
    pub with_sign: Vec<RateFigures>,
}

/// What one visit adds: computed on any thread, added in order.
#[derive(Debug, Clone)]
pub struct Judgement {
    presence: Vec<Presence>,
    has_sign: Vec<bool>,
    course: Course,
}

/// Runs one visit.
#[must_use]
pub fn judge(model: &Model, visit: &Visit) -> Judgement {
    let presence = presence(visit);
    let has_sign = presence.iter().map(|stretch| has_sign(visit, stretch)).collect();
    Judgement { presence, has_sign, course: course(model, visit) }
}

/// Whether some signal came in the last 4 s of the stretch, the leave itself not counted.
fn has_sign(visit: &Visit, stretch: &Presence) -> bool {
    let from = stretch.end.saturating_sub(HORIZON_MS).max(stretch.start);
    let first = visit.signals.partition_point(|(at, _)| *at < from);
    visit.signals.get(first).is_some_and(|(at, _)| *at < stretch.end)
}

/// Adds up visits.
#[derive(Debug, Clone)]
pub struct Tally {
    thresholds: [f32; PRESETS.len()],
    saw_card: [u64; PRESETS.len()],
    answered: [u64; PRESETS.len()],
    visits_without_leave: u64,
    all: Judged,
    with_sign: Judged,
}

impl Tally {
    /// Nothing yet; the presets' thresholds are looked up in the model's table.
    #[must_use]
    pub fn new(model: &Model) -> Tally {
        Tally {
            thresholds: PRESETS.map(|(_, share)| model.threshold_for_share(share)),
            saw_card: [0; PRESETS.len()],
            answered: [0; PRESETS.len()],
            visits_without_leave: 0,
            all: Judged::default(),
            with_sign: Judged::default(),
        }
    }

    /// Adds a visit.
    pub fn add(&mut self, visit: &Judgement) {
        let Judgement { presence, has_sign, course } = visit;
        self.all.add(presence, &course.ticks, |_| true);
        self.with_sign.add(presence, &course.ticks, |stretch| has_sign.get(stretch).copied().unwrap_or(false));
        let is_without_leave = presence.iter().all(|stretch| stretch.ending != Ending::Leave);
        self.visits_without_leave += u64::from(is_without_leave);
        for (place, &threshold) in self.thresholds.iter().enumerate() {
            let Some(card) = course.card_at(threshold) else { continue };
            self.saw_card[place] += u64::from(is_without_leave);
            let is_answer = |stretch: &Presence| {
                let is_long = stretch.end - stretch.start >= HORIZON_MS;
                is_long && stretch.until_leave(card).is_some_and(|left| (LATE_MS..=AHEAD_MS).contains(&left))
            };
            self.answered[place] += u64::from(presence.iter().any(is_answer));
        }
    }

    /// The figures so far.
    #[must_use]
    pub fn figures(&self, people: &str) -> Figures {
        let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
        let policy = PRESETS.iter().enumerate().map(|(place, &(preset, _))| PolicyFigures {
            preset,
            threshold: self.thresholds[place],
            saw_card: self.saw_card[place],
            share: share(self.saw_card[place], self.visits_without_leave),
            answered: self.answered[place],
            answered_share: share(self.answered[place], self.all.leaves()),
        });
        let rates = |judged: &Judged| {
            RATES.iter().filter_map(|&rate| Some(RateFigures::of(rate, &judged.at_rate(rate)?))).collect()
        };
        Figures {
            people: people.to_owned(),
            visits: self.all.visits(),
            visits_without_leave: self.visits_without_leave,
            leaves: self.all.leaves(),
            minutes: self.all.minutes(),
            policy: policy.collect(),
            all: rates(&self.all),
            with_sign: rates(&self.with_sign),
        }
    }
}
