//! Both passes of judging together.
#![cfg(feature = "train")]

use falter::model::Model;
use falter::train::Visit;
use falter::train::digest::{Judgement, judge};
use falter::train::evaluate::RATES;
use falter::train::figures::{Figures, GroupFigures};
use falter::train::people::simulated;
use falter::train::presence::{Ending, presence};
use falter::train::presets::course;
use falter::train::recipe::{Recipe, make};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::survey::Survey;

fn model() -> Model {
    let mut recipe = Recipe::default();
    recipe.boost.trees = 12;
    recipe.boost.threads = 1;
    recipe.rows = 8_000;
    let options = SimulateOptions { sessions: 80, seed: 1, ..SimulateOptions::default() };
    make(&recipe, || simulated(&options), &mut |_| {}).unwrap().model
}

fn visits(sessions: u32) -> Vec<Visit> {
    let options = SimulateOptions { sessions, seed: 8, ..SimulateOptions::default() };
    simulate(&options)
        .map(Visit::from)
        .enumerate()
        .map(|(place, mut visit)| {
            visit.header.source = format!("source {}", place % 3);
            visit
        })
        .collect()
}

fn figures(model: &Model, judgements: &[Judgement]) -> Figures {
    let mut survey = Survey::default();
    judgements.iter().for_each(|judgement| survey.add(judgement));
    let mut contest = survey.settle(model);
    judgements.iter().for_each(|judgement| contest.add(&judgement.digest));
    contest.figures("people")
}

#[test]
fn the_second_pass_finds_what_the_first_promised_and_parts_make_the_whole() {
    let (model, visits) = (model(), visits(60));
    let judgements: Vec<Judgement> = visits.iter().zip(0..).map(|(visit, n)| judge(&model, n, visit)).collect();
    let mut survey = Survey::default();
    judgements.iter().for_each(|judgement| survey.add(judgement));
    let found = figures(&model, &judgements);
    assert_eq!((found.visits, found.leaves), (60, survey.judged().leaves()));
    assert!((found.minutes - survey.judged().minutes()).abs() < 1e-4);
    assert_eq!(found.alerts.len(), RATES.len());
    for (place, (row, rate)) in found.alerts.iter().zip(RATES).enumerate() {
        let promised = survey.judged().at_rate(rate).unwrap();
        assert_eq!(row.threshold, promised.threshold);
        let counted = (row.found.on_time.count, row.found.ahead.count, row.found.on_time.of);
        assert_eq!(counted, (promised.on_time, promised.ahead, promised.leaves));
        assert!((row.found.false_alerts.rate - promised.false_per_minute).abs() < 1e-5);
        for by in ["source", "device"] {
            let parts: Vec<&GroupFigures> = found.groups.iter().filter(|group| group.by == by).collect();
            assert_eq!(parts.len(), if by == "source" { 3 } else { 2 });
            let sum = |of: fn(&GroupFigures, usize) -> u64| parts.iter().map(|part| of(part, place)).sum::<u64>();
            assert_eq!(sum(|part, place| part.alerts[place].on_time.count), promised.on_time);
            assert_eq!(sum(|part, place| part.alerts[place].ahead.count), promised.ahead);
            assert_eq!(sum(|part, place| part.alerts[place].false_alerts.count), row.found.false_alerts.count);
            assert_eq!(sum(|part, _| part.leaves), promised.leaves);
        }
        let signs = found.groups.iter().filter(|group| group.by == "sign");
        assert_eq!(signs.map(|group| group.alerts[place].ahead.count).sum::<u64>(), promised.ahead);
        let lead = &found.lead_times[place];
        assert_eq!(lead.counts.iter().sum::<u64>() + lead.unseen, promised.leaves);
        for share in [row.found.on_time, row.found.ahead] {
            assert!(share.low <= share.share && share.share <= share.high, "{share:?}");
        }
        for rival in &row.rivals {
            let lead = row.found.on_time.share - rival.found.on_time.share;
            assert!((rival.on_time_lead.value - lead).abs() < 2e-5, "{rival:?}");
            assert!(rival.found.false_alerts.rate <= rate);
        }
    }
    assert!(found.alerts.iter().any(|row| row.rivals.iter().any(|rival| rival.is_rule)), "no rule within any rate");
    let kinds = found.groups.iter().filter(|group| group.by == "leave").map(|group| group.leaves).sum::<u64>();
    let done =
        visits.iter().flat_map(presence).filter(|s| s.ending == Ending::Done && s.end - s.start >= 4_000).count();
    assert_eq!(kinds + done as u64, found.leaves);
}

#[test]
fn the_headline_is_what_the_policy_does() {
    let (model, visits) = (model(), visits(40));
    let judgements: Vec<Judgement> = visits.iter().zip(0..).map(|(visit, n)| judge(&model, n, visit)).collect();
    let found = figures(&model, &judgements);
    for row in &found.policy {
        let (mut saw, mut answered) = (0, 0);
        for visit in &visits {
            let stretches = presence(visit);
            let Some(card) = course(&model, visit).card_at(row.threshold) else { continue };
            saw += u64::from(stretches.iter().all(|stretch| stretch.ending != Ending::Leave));
            answered += u64::from(stretches.iter().any(|stretch| {
                stretch.end - stretch.start >= 4_000
                    && stretch.until_leave(card).is_some_and(|left| (2_000..=10_000).contains(&left))
            }));
        }
        assert_eq!((row.saw_card.count, row.answered.count), (saw, answered), "{}", row.preset);
    }
    assert!(found.policy[2].answered.count + found.policy[2].saw_card.count > 0, "no card at all");
    for (with, without) in found.policy_with_facts.iter().zip(&found.policy) {
        assert!(with.saw_card.count >= without.saw_card.count);
    }
}

#[test]
fn the_order_of_the_people_changes_nothing() {
    let (model, visits) = (model(), visits(30));
    let mut judgements: Vec<Judgement> = visits.iter().zip(0..).map(|(visit, n)| judge(&model, n, visit)).collect();
    let mut one = figures(&model, &judgements);
    judgements.reverse();
    let mut other = figures(&model, &judgements);
    // sources stand in the order they are met in
    for figures in [&mut one, &mut other] {
        figures.groups.sort_by(|a, b| (&a.by, &a.name).cmp(&(&b.by, &b.name)));
    }
    assert_eq!(one, other);
}
