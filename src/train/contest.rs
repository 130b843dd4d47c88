//! The second pass of judging: the model, the rules and the controls, alert by alert, at thresholds that stay.
//!
//! Model at a threshold, control at a threshold and rule are the same thing here: a stream of alerts. All of them are counted by
//! the same lines, on the same people, as [`evaluate`](super::evaluate) counts. A threshold is chosen on all the people
//! together and then kept: for every part of them, and for every replicate of the [`bootstrap`](super::bootstrap), so an
//! interval says how far the figure depends on who came, not on what was chosen.

use super::baselines::{BASELINES, fired};
use super::bootstrap::{Bootstrap, PerMinute, Sum, ratio, rounded};
use super::dataset::{AHEAD_MS, LATE_MS};
use super::digest::{Control, Digest, PRESETS};
use super::evaluate::{Counts, RATES, alerts_in, count, is_eligible};
use super::figures::{
    AlertFigures, Figures, GroupFigures, LeadTimes, MeanFigures, PolicyFigures, RateFigures, ReasonFigures, Rival,
    RuleFigures,
};
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

/// Sums of what one contender's alerts came to.
#[derive(Debug, Clone, Copy)]
struct Found {
    false_alerts: Sum,
    on_time: Sum,
    ahead: Sum,
}

impl Found {
    fn new(sums: &mut Bootstrap) -> Found {
        Found { false_alerts: sums.sum(), on_time: sums.sum(), ahead: sums.sum() }
    }

    fn bring(&self, counts: Counts) -> [(Sum, f64); 3] {
        [
            (self.false_alerts, counts.false_alerts as f64),
            (self.on_time, counts.on_time as f64),
            (self.ahead, counts.ahead as f64),
        ]
    }

    fn figures(&self, sums: &Bootstrap, whole: &Whole) -> AlertFigures {
        AlertFigures {
            false_alerts: sums.per_minute(self.false_alerts, whole.minutes),
            on_time: sums.share(self.on_time, whole.leaves),
            ahead: sums.share(self.ahead, whole.leaves),
        }
    }
}

/// What shares and rates are of.
#[derive(Debug, Clone, Copy)]
struct Whole {
    leaves: Sum,
    minutes: Sum,
}

/// How a part of the people or leaves is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Source(String),
    Device(u8),
    Kind(u8),
    Sign(bool),
}

#[derive(Debug, Clone)]
struct Group {
    part: Part,
    whole: Whole,
    rates: [Found; RATES.len()],
}

impl Group {
    fn new(part: Part, sums: &mut Bootstrap) -> Group {
        let whole = Whole { leaves: sums.sum(), minutes: sums.sum() };
        Group { part, whole, rates: RATES.map(|_| Found::new(sums)) }
    }

    /// Whether a leave of this visit belongs here.
    fn holds(&self, digest: &Digest, (kind, has_sign): (Option<u8>, bool)) -> bool {
        match &self.part {
            Part::Source(source) => *source == digest.source,
            Part::Device(device) => *device == digest.device,
            Part::Kind(wanted) => kind == Some(*wanted),
            Part::Sign(wanted) => has_sign == *wanted,
        }
    }

    fn is_of_people(&self) -> bool {
        matches!(self.part, Part::Source(_) | Part::Device(_))
    }

    fn names(&self) -> (&'static str, String) {
        let of = |name: Option<&str>| name.unwrap_or_default().to_owned();
        match &self.part {
            Part::Source(source) => ("source", source.clone()),
            Part::Device(device) => ("device", of(Device::from_index((*device).into()).map(Device::name))),
            Part::Kind(kind) => ("leave", of(LeaveKind::from_index((*kind).into()).map(LeaveKind::name))),
            Part::Sign(true) => ("sign", "with a sign".to_owned()),
            Part::Sign(false) => ("sign", "without a sign".to_owned()),
        }
    }
}

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

    /// The figures so far, about these people.
    #[must_use]
    pub fn figures(&self, people: &str) -> Figures {
        let sums = &self.sums;
        let (alerts, best) = self.alerts();
        let leaves = sums.total(self.whole.leaves) as u64;
        Figures {
            people: people.to_owned(),
            date: None,
            model: self.settled.checksum.clone(),
            visits: self.visits,
            visits_without_leave: sums.total(self.quiet_visits) as u64,
            leaves,
            minutes: rounded(sums.total(self.whole.minutes)),
            policy: self.policy(&self.policy),
            visits_without_facts: self.without_facts,
            policy_with_facts: self.policy(&self.policy_with_facts),
            alerts,
            mean: self.mean(&best),
            rules: self.rules(),
            groups: self.groups(),
            risks: self.settled.risks.clone(),
            lead_times: RATES
                .iter()
                .zip(&self.lead_times)
                .map(|(&rate, counts)| LeadTimes {
                    rate,
                    counts: counts.to_vec(),
                    unseen: leaves - counts.iter().sum::<u64>(),
                })
                .collect(),
            curves: self.settled.curves.clone(),
            reasons: ReasonFigures::of(&self.confusion),
        }
    }

    fn policy(&self, sums: &[(Sum, Sum); PRESETS.len()]) -> Vec<PolicyFigures> {
        let rows = PRESETS.iter().zip(sums).zip(&self.settled.presets);
        rows.map(|((&(preset, meant), &(saw_card, answered)), &threshold)| PolicyFigures {
            preset: preset.to_owned(),
            meant: rounded(meant.into()),
            threshold,
            saw_card: self.sums.share(saw_card, self.quiet_visits),
            answered: self.sums.share(answered, self.true_leaves),
        })
        .collect()
    }

    /// The model at each rate it can keep within, with its rivals; and the best rule at each rate.
    fn alerts(&self) -> (Vec<RateFigures>, [Option<Found>; RATES.len()]) {
        let best = RATES.map(|rate| self.best_rule(rate));
        let mut rows = vec![];
        for (place, &rate) in RATES.iter().enumerate() {
            let Some(operating) = self.settled.model[place] else { continue };
            let model = self.model[place];
            let rule = best[place].and_then(|rule| Some((BASELINES.get(rule)?.name, true, *self.rules.get(rule)?)));
            let controls = Control::ALL.iter().zip(&self.controls).zip(&self.settled.controls);
            let controls = controls
                .filter(|(_, settled)| settled[place].is_some())
                .map(|((control, found), _)| (control.name(), false, found[place]));
            let rivals = rule.into_iter().chain(controls).map(|(name, is_rule, found)| Rival {
                name: name.to_owned(),
                is_rule,
                found: found.figures(&self.sums, &self.whole),
                on_time_lead: self.lead(model.on_time, found.on_time),
                ahead_lead: self.lead(model.ahead, found.ahead),
            });
            rows.push(RateFigures {
                rate,
                threshold: operating.threshold,
                found: model.figures(&self.sums, &self.whole),
                rivals: rivals.collect(),
            });
        }
        (rows, best.map(|rule| rule.and_then(|rule| self.rules.get(rule).copied())))
    }

    fn lead(&self, ours: Sum, theirs: Sum) -> super::bootstrap::Interval {
        self.sums.interval(|at| Some(ratio(at(ours) - at(theirs), at(self.whole.leaves))))
    }

    /// The rule with the most leaves on time among those within the rate, then with the most ahead.
    fn best_rule(&self, rate: f64) -> Option<usize> {
        let minutes = self.sums.total(self.whole.minutes);
        let within = |found: &Found| ratio(self.sums.total(found.false_alerts), minutes) <= rate;
        let worth = |found: &Found| (self.sums.total(found.on_time), self.sums.total(found.ahead));
        let rules = self.rules.iter().enumerate().filter(|(_, found)| within(found));
        let best = rules.fold(None, |best: Option<(usize, &Found)>, (place, found)| match best {
            Some((_, other)) if worth(other) >= worth(found) => best,
            _ => Some((place, found)),
        });
        best.filter(|(_, found)| worth(found) > (0.0, 0.0)).map(|(place, _)| place)
    }

    fn mean(&self, best: &[Option<Found>; RATES.len()]) -> MeanFigures {
        let mean = |ours: fn(&Found) -> Sum, is_lead: bool| {
            self.sums.interval(|at| {
                let rows = self.model.iter().zip(best);
                let sum: f64 = rows
                    .map(|(model, rule)| at(ours(model)) - rule.filter(|_| is_lead).map_or(0.0, |rule| at(ours(&rule))))
                    .sum();
                Some(ratio(sum, RATES.len() as f64 * at(self.whole.leaves)))
            })
        };
        MeanFigures {
            on_time: mean(|found| found.on_time, false),
            ahead: mean(|found| found.ahead, false),
            on_time_lead: mean(|found| found.on_time, true),
            ahead_lead: mean(|found| found.ahead, true),
        }
    }

    fn rules(&self) -> Vec<RuleFigures> {
        let rows = BASELINES.iter().zip(&self.rules);
        rows.map(|(rule, found)| RuleFigures {
            name: rule.name.to_owned(),
            says: rule.says.to_owned(),
            is_deaf: rule.needs_out && self.outs == 0,
            found: found.figures(&self.sums, &self.whole),
        })
        .collect()
    }

    fn groups(&self) -> Vec<GroupFigures> {
        let mut rows = vec![];
        for group in &self.groups {
            let (leaves, minutes) = (self.sums.total(group.whole.leaves), self.sums.total(group.whole.minutes));
            let is_of_people = group.is_of_people();
            if leaves == 0.0 && (minutes == 0.0 || !is_of_people) {
                continue;
            }
            let (by, name) = group.names();
            let at = |found: &Found| {
                let figures = found.figures(&self.sums, &group.whole);
                let false_alerts = if is_of_people { figures.false_alerts } else { PerMinute::default() };
                AlertFigures { false_alerts, ..figures }
            };
            rows.push(GroupFigures {
                by: by.to_owned(),
                name,
                leaves: leaves as u64,
                minutes: is_of_people.then(|| rounded(minutes)),
                alerts: group.rates.iter().map(at).collect(),
            });
        }
        // sources are met in the recordings' order, after the others
        rows.sort_by_key(|row| ["source", "device", "leave", "sign"].iter().position(|&by| row.by == by));
        rows
    }
}
