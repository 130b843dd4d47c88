//! Figures: everything `falter evaluate` and the manifest state about a model on a set of people.

use serde::{Deserialize, Serialize};

use super::bootstrap::{Interval, PerMinute, Share, rounded};
use super::evaluate::Operating;
use super::reasons::Confusion;
use super::risks::RiskFigures;
use crate::reason::Reason;

/// All of it. Every interval is of 95 %, by bootstrap over people, at a threshold that stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Figures {
    /// Who was judged on.
    pub people: String,
    /// The day it was measured, YYYY-MM-DD; none where the same can be had again any day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Checksum of the model's file, CRC-32.
    pub model: String,
    /// Visits.
    pub visits: u64,
    /// Visits in which nobody left.
    pub visits_without_leave: u64,
    /// Leaves after at least 4 s of presence, as the reference judge counts them.
    pub leaves: u64,
    /// Minutes of presence.
    pub minutes: f64,
    /// The whole policy: arming, two ticks, one card a visit, something to say.
    pub policy: Vec<PolicyFigures>,
    /// Visits in which the shop gave no fact; most messages need one, so few of these can see a card.
    pub visits_without_facts: u64,
    /// The same, had there always been something true to say.
    pub policy_with_facts: Vec<PolicyFigures>,
    /// Alerts at each rate.
    pub alerts: Vec<RateFigures>,
    /// Mean over the rates of the share of leaves on time, and ahead.
    pub mean: MeanFigures,
    /// The rules, each at the one rate it has.
    pub rules: Vec<RuleFigures>,
    /// Parts of the people and of the leaves, at the thresholds of all.
    pub groups: Vec<GroupFigures>,
    /// Risks tick by tick.
    pub risks: RiskFigures,
    /// How far ahead of a leave the first alert of its last 10 s came.
    pub lead_times: Vec<LeadTimes>,
    /// Recall at every rate: the model's and the controls'.
    pub curves: Vec<Curve>,
    /// Reasons, on visits whose reason is known.
    pub reasons: Option<ReasonFigures>,
}

/// What the whole policy did at one preset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyFigures {
    /// Name of the preset.
    pub preset: String,
    /// The share of visits without a leave that it is meant to let see a card.
    pub meant: f64,
    /// The risk threshold it stands for.
    pub threshold: f32,
    /// Visits without a leave that saw a card.
    pub saw_card: Share,
    /// Leaves 2–10 s before which the visit's only card came. Leaves after an order, and into a dialog of the page, are none
    /// here, unlike for the reference judge.
    pub answered: Share,
}

/// What alerts at one threshold, or of one rule, came to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct AlertFigures {
    /// Alerts with no leave within 10 s, a minute of presence.
    pub false_alerts: PerMinute,
    /// Leaves with an alert 2–4 s before.
    pub on_time: Share,
    /// Leaves with an alert 2–10 s before.
    pub ahead: Share,
}

/// Alerts within one rate of false ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateFigures {
    /// False alerts a minute that were allowed.
    pub rate: f64,
    /// The risk threshold that gives the best result within it.
    pub threshold: f64,
    /// What they came to.
    #[serde(flatten)]
    pub found: AlertFigures,
    /// The best rule within the rate, where there is one, then the controls.
    pub rivals: Vec<Rival>,
}

/// Somebody else's alerts within the same rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// Who.
    pub name: String,
    /// Whether it is a rule, else a control.
    pub is_rule: bool,
    /// What they came to.
    #[serde(flatten)]
    pub found: AlertFigures,
    /// The model's share of leaves on time less theirs, on the same people.
    pub on_time_lead: Interval,
    /// The same of leaves ahead.
    pub ahead_lead: Interval,
}

/// Means over the rates; one leave more at one of them moves these less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct MeanFigures {
    /// Share of leaves on time.
    pub on_time: Interval,
    /// Share of leaves ahead.
    pub ahead: Interval,
    /// On time, less the best rule's at each rate; a rate no rule keeps within counts it as 0.
    pub on_time_lead: Interval,
    /// Ahead, alike.
    pub ahead_lead: Interval,
}

/// A rule's alerts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleFigures {
    /// Its name.
    pub name: String,
    /// What it says, and whose it is.
    pub says: String,
    /// It waits for the pointer to leave the page, and these recordings never tell of that.
    pub is_deaf: bool,
    /// What they came to.
    #[serde(flatten)]
    pub found: AlertFigures,
}

/// Part of the people, or of the leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupFigures {
    /// What divides it from the others: source, device, kind of leave, or sign.
    pub by: String,
    /// Its name.
    pub name: String,
    /// Its leaves.
    pub leaves: u64,
    /// Its minutes of presence; none for a part of the leaves, since false alerts belong to no leave.
    pub minutes: Option<f64>,
    /// At each of the rates of all, with the threshold of all.
    pub alerts: Vec<AlertFigures>,
}

/// How far ahead the first alert of a leave's last 10 s came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimes {
    /// False alerts a minute that were allowed.
    pub rate: f64,
    /// Leaves by half seconds ahead, 0–0.5 s first.
    pub counts: Vec<u64>,
    /// Leaves without an alert in their last 10 s.
    pub unseen: u64,
}

/// Recall at every rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Whose.
    pub name: String,
    /// Thresholds, falling.
    pub points: Vec<Point>,
}

/// One threshold of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// False alerts a minute.
    pub false_per_minute: f64,
    /// Share of leaves on time.
    pub on_time: f64,
    /// Share of leaves ahead.
    pub ahead: f64,
}

impl Point {
    pub(super) fn of(operating: &Operating) -> Point {
        let share = |part: u64| rounded(part as f64 / operating.leaves.max(1) as f64);
        Point {
            false_per_minute: rounded(operating.false_per_minute),
            on_time: share(operating.on_time),
            ahead: share(operating.ahead),
        }
    }
}

/// How well reasons were told, 3 s before the last leave of visits whose reason is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonFigures {
    /// Visits.
    pub visits: u64,
    /// Share of them that got an answer other than unsure.
    pub answered: f64,
    /// Share of those answers that are right.
    pub right: f64,
    /// Names of the reasons, in the order of rows and columns; the last, unsure, has no row.
    pub names: Vec<String>,
    /// How often each true reason (row) was taken for each (column).
    pub counts: Vec<Vec<u32>>,
}

impl ReasonFigures {
    pub(super) fn of(confusion: &Confusion) -> Option<ReasonFigures> {
        let visits = confusion.counts.iter().flatten().map(|&count| u64::from(count)).sum();
        (visits > 0).then(|| ReasonFigures {
            visits,
            answered: rounded(confusion.coverage()),
            right: rounded(confusion.precision()),
            names: Reason::ALL.iter().map(|reason| reason.name().to_owned()).collect(),
            counts: confusion.counts.iter().map(|row| row.to_vec()).collect(),
        })
    }
}
