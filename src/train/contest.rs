//! The second pass of judging: the model, the rules and the controls, alert by alert, at thresholds that stay.
//!
//! Model at a threshold, control at a threshold and rule are the same thing here: a stream of alerts. All of them are counted by
//! the same lines, on the same people, as [`evaluate`](super::evaluate) counts. A threshold is chosen on all the people
//! together and then kept: for every part of them, and for every replicate of the [`bootstrap`](super::bootstrap), so an
//! interval says how far the figure depends on who came, not on what was chosen.

mod parts;
mod summary;

use self::parts::{Found, Group, Part, Whole};
use super::baselines::{BASELINES, fired};
use super::bootstrap::{Bootstrap, Sum};
use super::dataset::{AHEAD_MS, LATE_MS};
use super::digest::{Control, Digest, PRESETS};
use super::evaluate::{RATES, alerts_in, count, is_eligible};
use super::leave::LeaveKind;
use super::presence::{Ending, Presence};
use super::reasons::Confusion;
use super::survey::Settled;
use crate::reason::REASONS;
use crate::signal::Device;

/// Bins of the lead times: half seconds up to 10 s.
const LEAD_BINS: usize = 20;
/// Sources that are told apart, at most; further ones are one.
const MOST_SOURCES: usize = 12;
/// What further sources are called.
const OTHER_SOURCES: &str = "other sources";
/// Milliseconds of a minute.
const MINUTE_MS: f64 = 60_000.0;

/// Adds up visits once the thresholds are fixed; about 5 MB, however many visits.
#[derive(Debug, Clone)]
pub struct Contest {
    settled: Settled,
    sums: Bootstrap,
    visits: u64,
    outs: u64,
    whole: Whole,
    quiet_visits: Sum,
    true_leaves: Sum,
    model: [Found; RATES.len()],
    controls: [[Found; RATES.len()]; Control::ALL.len()],
    rules: Vec<Found>,
    /// For each preset: visits without a leave that saw a card, and leaves that were answered.
    policy: [(Sum, Sum); PRESETS.len()],
    /// The same, had there always been something true to say.
    policy_with_facts: [(Sum, Sum); PRESETS.len()],
    without_facts: u64,
    groups: Vec<Group>,
    lead_times: [[u64; LEAD_BINS]; RATES.len()],
    confusion: Confusion,
}

impl Contest {
    pub(super) fn new(settled: Settled) -> Contest {
        let mut sums = Bootstrap::default();
        let s = &mut sums;
        let devices = (0..Device::ALL.len()).map(|place| Part::Device(place as u8));
        let kinds = (0..LeaveKind::ALL.len()).map(|place| Part::Kind(place as u8));
        let parts = devices.chain(kinds).chain([true, false].map(Part::Sign));
        Contest {
            whole: Whole { leaves: s.sum(), minutes: s.sum() },
            quiet_visits: s.sum(),
            true_leaves: s.sum(),
            model: RATES.map(|_| Found::new(s)),
            controls: Control::ALL.map(|_| RATES.map(|_| Found::new(s))),
            rules: BASELINES.iter().map(|_| Found::new(s)).collect(),
            policy: PRESETS.map(|_| (s.sum(), s.sum())),
            policy_with_facts: PRESETS.map(|_| (s.sum(), s.sum())),
            without_facts: 0,
            groups: parts.map(|part| Group::new(part, s)).collect(),
            settled,
            sums,
            visits: 0,
            outs: 0,
            lead_times: [[0; LEAD_BINS]; RATES.len()],
            confusion: Confusion { counts: [[0; REASONS + 1]; REASONS] },
        }
    }

    /// Adds a visit of the first pass.
    pub fn add(&mut self, digest: &Digest) {
        self.visits += 1;
        self.outs += u64::from(digest.outs);
        self.without_facts += u64::from(!digest.has_facts);
        self.open_source(&digest.source);
        let mut brings = vec![];
        self.bring_whole(digest, &mut brings);
        self.bring_policy(digest, &mut brings);
        self.bring_model(digest, &mut brings);
        for (place, control) in Control::ALL.into_iter().enumerate() {
            let ticks = control.ticks(digest);
            for (found, operating) in self.controls[place].iter().zip(&self.settled.controls[place]) {
                let Some(operating) = operating else { continue };
                for stretch in &digest.presence {
                    brings.extend(found.bring(count(stretch, alerts_in(&ticks, stretch, operating.step))));
                }
            }
        }
        for (found, alerts) in self.rules.iter().zip(&digest.rules) {
            for stretch in &digest.presence {
                brings.extend(found.bring(count(stretch, fired(alerts, stretch).into_iter())));
            }
        }
        if let Some((truth, said)) = digest.reasons {
            let row = self.confusion.counts.get_mut(usize::from(truth));
            row.and_then(|row| row.get_mut(usize::from(said))).into_iter().for_each(|count| *count += 1);
        }
        brings.sort_unstable_by_key(|&(sum, _)| sum);
        brings.dedup_by(|later, first| {
            let is_same = later.0 == first.0;
            first.1 += if is_same { later.1 } else { 0.0 };
            is_same
        });
        self.sums.add(digest.number, &brings);
    }

    /// A group for the source, if there is none yet.
    fn open_source(&mut self, source: &str) {
        let known = self.groups.iter().filter_map(|group| match &group.part {
            Part::Source(source) => Some(source.as_str()),
            _ => None,
        });
        let known: Vec<&str> = known.collect();
        if known.contains(&source) || known.contains(&OTHER_SOURCES) {
            return;
        }
        let name = if known.len() < MOST_SOURCES { source } else { OTHER_SOURCES };
        let group = Group::new(Part::Source(name.to_owned()), &mut self.sums);
        self.groups.push(group);
    }

    fn bring_whole(&self, digest: &Digest, brings: &mut Vec<(Sum, f64)>) {
        let is_quiet = digest.presence.iter().all(|stretch| stretch.ending != Ending::Leave);
        brings.push((self.quiet_visits, f64::from(u8::from(is_quiet))));
        for (stretch, &note) in digest.presence.iter().zip(&digest.leaves) {
            let minutes = f64::from(stretch.end - stretch.start) / MINUTE_MS;
            let leaves = f64::from(u8::from(is_eligible(stretch)));
            brings.extend([(self.whole.minutes, minutes), (self.whole.leaves, leaves)]);
            if stretch.ending == Ending::Leave {
                brings.push((self.true_leaves, leaves));
            }
            for group in self.groups.iter().filter(|group| group.holds(digest, note)) {
                brings.extend([(group.whole.minutes, minutes), (group.whole.leaves, leaves)]);
            }
        }
    }

    fn bring_policy(&self, digest: &Digest, brings: &mut Vec<(Sum, f64)>) {
        let is_quiet = digest.presence.iter().all(|stretch| stretch.ending != Ending::Leave);
        let policies = self.policy.iter().zip(&digest.cards);
        for ((saw_card, answered), card) in policies.chain(self.policy_with_facts.iter().zip(&digest.cards_with_facts))
        {
            let Some(card) = *card else { continue };
            let is_answer = |stretch: &Presence| {
                is_eligible(stretch)
                    && stretch.until_leave(card).is_some_and(|left| (LATE_MS..=AHEAD_MS).contains(&left))
            };
            brings.push((*saw_card, f64::from(u8::from(is_quiet))));
            brings.push((*answered, f64::from(u8::from(digest.presence.iter().any(is_answer)))));
        }
    }

    fn bring_model(&mut self, digest: &Digest, brings: &mut Vec<(Sum, f64)>) {
        for (rate, operating) in self.settled.model.iter().enumerate() {
            let Some(operating) = operating else { continue };
            for (stretch, &note) in digest.presence.iter().zip(&digest.leaves) {
                let alerts: Vec<u32> = alerts_in(&digest.ticks, stretch, operating.step).collect();
                let counts = count(stretch, alerts.iter().copied());
                brings.extend(self.model[rate].bring(counts));
                for group in self.groups.iter().filter(|group| group.holds(digest, note)) {
                    brings.extend(group.rates[rate].bring(counts));
                }
                if is_eligible(stretch) {
                    let lead = alerts.iter().map(|t| stretch.end - t).find(|&lead| lead <= AHEAD_MS);
                    let bin = lead.map(|lead| (lead as usize * LEAD_BINS / AHEAD_MS as usize).min(LEAD_BINS - 1));
                    bin.into_iter().for_each(|bin| self.lead_times[rate][bin] += 1);
                }
            }
        }
    }
}
