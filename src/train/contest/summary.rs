//! From sums to figures.

use super::Contest;
use super::parts::Found;
use crate::train::baselines::BASELINES;
use crate::train::bootstrap::{Interval, PerMinute, Sum, ratio, rounded};
use crate::train::digest::{Control, PRESETS};
use crate::train::evaluate::RATES;
use crate::train::figures::{
    AlertFigures, Figures, GroupFigures, LeadTimes, MeanFigures, PolicyFigures, RateFigures, ReasonFigures, Rival,
    RuleFigures,
};

impl Contest {
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

    fn lead(&self, ours: Sum, theirs: Sum) -> Interval {
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
