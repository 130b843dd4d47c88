//! What judging has to know of one visit: computed on any thread, small, and enough for a second pass.
//!
//! Judging takes two passes, since what alerts are worth in detail can only be counted once the whole set has said which
//! threshold keeps within which rate. The recording is read once; between the passes stands a [`Digest`] a visit, 5 bytes a
//! tick when written out, about 2 kB for a visit of two minutes. Whoever judges keeps them where they fit: the command line
//! in a temporary file, so that its memory does not grow with the number of visits.

use serde::{Deserialize, Serialize};

use super::Visit;
use super::baselines::{BASELINES, alerts, fired};
use super::dataset::HORIZON_MS;
use super::draw;
use super::evaluate::Graded;
use super::leave::{LeaveKind, has_sign, kind};
use super::presence::{Presence, presence};
use super::presets::course;
use super::reasons::known;
use crate::model::Model;
use crate::signal::{Device, SignalKind};

/// The presets of the script tag and the share of visits without a leave that each lets see a card.
pub const PRESETS: [(&str, f32); 3] = [("calm", 0.02), ("balanced", 0.05), ("eager", 0.1)];
/// Seed of the random control.
const SEED: u64 = 0x5261_6e64;
/// A stay of this long, ms, has a clock's score half-way; which it is changes no order.
const CLOCK_HALF_MS: f64 = 60_000.0;

/// A control: alerts that know nothing of the shopper. What they reach is what chance and the clock give away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// A number drawn at every tick.
    Random,
    /// The longer the shopper has been there without a break, the surer.
    ClockLate,
    /// The shorter, the surer.
    ClockEarly,
}

impl Control {
    /// Every control.
    pub const ALL: [Control; 3] = [Control::Random, Control::ClockLate, Control::ClockEarly];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Control::Random => "random",
            Control::ClockLate => "clock only, later surer",
            Control::ClockEarly => "clock only, sooner surer",
        }
    }

    /// Its ticks in place of the model's.
    #[must_use]
    pub fn ticks(self, digest: &Digest) -> Vec<Graded> {
        let mut ticks = vec![];
        for stretch in &digest.presence {
            let from = digest.ticks.partition_point(|tick| tick.t < stretch.start);
            let there = digest.ticks.get(from..).unwrap_or(&[]).iter().map(|tick| tick.t);
            ticks.extend(there.take_while(|&t| t <= stretch.end).map(|t| {
                let stay = f64::from(t - stretch.start);
                let late = stay / (stay + CLOCK_HALF_MS);
                let score = match self {
                    Control::Random => draw::unit(SEED ^ digest.number, t.into()),
                    Control::ClockLate => late,
                    Control::ClockEarly => 1.0 - late,
                };
                Graded::coarse(t, score)
            }));
        }
        ticks
    }
}

/// One visit, as far as judging needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The visit's number among those judged; who a replicate draws and what the random control says depend on it.
    pub number: u64,
    /// Who recorded it.
    pub source: String,
    /// Place of the pointer's kind in [`Device::ALL`].
    pub device: u8,
    /// Its stretches of presence.
    pub presence: Vec<Presence>,
    /// For each stretch the place of its leave's kind in [`LeaveKind::ALL`], and whether there was a sign of it.
    pub leaves: Vec<(Option<u8>, bool)>,
    /// Its ticks, with the model's risk.
    pub ticks: Vec<Graded>,
    /// For each of [`BASELINES`] its alerts, ms.
    pub rules: Vec<Vec<u32>>,
    /// For each of [`PRESETS`] when the whole policy shows its card, ms.
    pub cards: Vec<Option<u32>>,
    /// The same, had there always been something true to say.
    pub cards_with_facts: Vec<Option<u32>>,
    /// Whether the shop gave a fact.
    pub has_facts: bool,
    /// How often the pointer was heard to leave the page.
    pub outs: u32,
    /// Places in [`Reason::ALL`](crate::reason::Reason::ALL) of the true reason, where it is known, and of the one given.
    pub reasons: Option<(u8, u8)>,
}

impl Digest {
    /// The pointer's kind.
    #[must_use]
    pub fn device(&self) -> Device {
        Device::from_index(self.device.into()).unwrap_or(Device::Mouse)
    }
}

/// A visit run through a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// For both passes.
    pub digest: Digest,
    /// For the first alone: risk of each tick while the shopper was there, and whether a leave followed within 4 s.
    pub risks: Vec<(f32, bool)>,
}

/// Runs the visit of this number through the model, the policy, and every rule.
#[must_use]
pub fn judge(model: &Model, number: u64, visit: &Visit) -> Judgement {
    let presence = presence(visit);
    let course = course(model, visit);
    let mut risks = vec![];
    for &(t, risk) in &course.ticks {
        if presence.iter().any(|stretch| stretch.holds(t)) {
            let left = presence.iter().find_map(|stretch| stretch.until_leave(t));
            risks.push((risk, left.is_some_and(|left| left <= HORIZON_MS)));
        }
    }
    let reasons = known(visit, &presence).and_then(|(reason, moment)| {
        let place = course.ticks.binary_search_by_key(&moment, |&(t, _)| t).ok()?;
        Some((reason as u8, *course.reasons.get(place)? as u8))
    });
    let spoken = |rule| {
        let all = alerts(rule, visit);
        let mut spoken: Vec<u32> = presence.iter().flat_map(|stretch| fired(&all, stretch)).collect();
        // two stretches may touch
        spoken.dedup();
        spoken
    };
    let note = |stretch: &Presence| (kind(visit, stretch).map(|kind: LeaveKind| kind as u8), has_sign(visit, stretch));
    let thresholds = || PRESETS.iter().map(|&(_, share)| model.threshold_for_share(share));
    let kinds = || visit.signals.iter().map(|(_, signal)| signal.kind);
    let digest = Digest {
        number,
        source: visit.header.source.clone(),
        device: visit.header.device as u8,
        leaves: presence.iter().map(note).collect(),
        ticks: course.ticks.iter().map(|&(t, risk)| Graded::new(t, risk)).collect(),
        rules: BASELINES.iter().map(spoken).collect(),
        cards: thresholds().map(|threshold| course.card_at(threshold)).collect(),
        cards_with_facts: thresholds().map(|threshold| course.card_with_facts_at(threshold)).collect(),
        has_facts: kinds().any(|kind| matches!(kind, SignalKind::Facts(_))),
        outs: kinds().filter(|kind| matches!(kind, SignalKind::Out { .. })).count() as u32,
        presence,
        reasons,
    };
    Judgement { digest, risks }
}
