//! Retraining: nobody is judged by a model that saw them, and what is said is what the protocol says.
#![cfg(feature = "train")]

use core::ops::ControlFlow;
use std::sync::OnceLock;

use falter::model::Model;
use falter::train::Visit;
use falter::train::digest::judge;
use falter::train::evaluate::RATES;
use falter::train::retrain::{Options, RetrainError, Retrained, Stage, Step, retrain};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::survey::Survey;

const OPTIONS: Options = Options { folds: 2, seed: 4, simulated: 0 };

fn shipped() -> Model {
    Model::from_bytes(include_bytes!("../models/exit.falter")).unwrap()
}

/// Visits with and without a leave; the latter are beginnings, so that they are short.
fn visits() -> Vec<Visit> {
    let options = SimulateOptions { sessions: 80, seed: 21, ..SimulateOptions::default() };
    let mut visits: Vec<Visit> =
        simulate(&options).map(Visit::from).filter(|visit| visit.header.end < 150_000).collect();
    let mut quiet: Vec<Visit> = visits.iter().cycle().take(75).cloned().collect();
    for (place, visit) in quiet.iter_mut().enumerate() {
        visit.signals.retain(|(at, _)| *at < 6_000);
        visit.header.end = 6_000;
        visit.header.session = format!("begun {place}");
    }
    visits.truncate(36);
    visits.extend(quiet);
    visits
}

/// The visits retrained on, which most of the tests compare with.
fn alone() -> &'static (Retrained, Vec<Step>) {
    static ALONE: OnceLock<(Retrained, Vec<Step>)> = OnceLock::new();
    ALONE.get_or_init(|| run(&visits(), &OPTIONS))
}

fn run(visits: &[Visit], options: &Options) -> (Retrained, Vec<Step>) {
    let mut steps = vec![];
    let made = retrain(visits, &shipped(), options, &mut |step| {
        steps.push(step);
        ControlFlow::Continue(())
    });
    (made.unwrap(), steps)
}

#[test]
fn a_model_comes_of_it_and_both_stand_on_the_same_people() {
    let visits = visits();
    let (found, steps) = alone();
    // the model in use, judged as evaluate judges it
    let mut survey = Survey::default();
    visits.iter().zip(0..).for_each(|(visit, number)| survey.add(&judge(&shipped(), number, visit)));
    let figures = survey.clone().settle(&shipped()).figures("");
    assert_eq!(found.before.leaves, survey.judged().leaves());
    assert!((found.before.minutes - survey.judged().minutes()).abs() < 1e-9);
    for (row, rate) in found.before.rates.iter().zip(RATES) {
        let operating = survey.judged().at_rate(rate).unwrap();
        assert_eq!((row.rate, row.on_time, row.ahead), (rate, operating.on_time, operating.ahead));
    }
    assert_eq!((found.before.skill, found.before.roc_auc), (figures.risks.brier_skill, figures.risks.roc_auc));
    // folds are parts of the whole
    assert_eq!(found.folds.iter().map(|fold| fold.recordings).sum::<usize>(), visits.len());
    assert_eq!(found.folds.iter().map(|fold| fold.now.leaves).sum::<u64>(), found.now.leaves);
    assert_eq!(found.folds.iter().map(|fold| fold.before.leaves).sum::<u64>(), found.now.leaves);
    let lead = &found.lead.ahead;
    assert!((lead.value - (found.now.ahead - found.before.ahead)).abs() < 2e-5, "{lead:?}");
    assert!(lead.low <= lead.value && lead.value <= lead.high && lead.low < lead.high);
    // a model that learnt from people tells something of others
    assert!(found.now.roc_auc > 0.6, "{:?}", found.now);
    let model = &found.made.model;
    assert_eq!(Model::from_bytes(&model.to_bytes()).unwrap(), *model);
    assert_eq!(found.made.manifest.checksum, model.checksum());
    assert_eq!(found.made.manifest.data.people, visits.len() as u64);
    assert_eq!(found.made.manifest.data.sources, [format!("{} recordings", visits.len())]);
    assert!(!model.parts().presets.is_empty());
    // steps go on, through every stage and fold
    assert!(steps.windows(2).all(|pair| pair[0].part <= pair[1].part) && steps.iter().all(|step| step.part <= 1.0));
    for fold in 0..=2 {
        assert!(steps.iter().any(|step| step.stage == Stage::Growing && step.fold == fold && step.tree.is_some()));
    }
    for stage in [Stage::Reading, Stage::Judging, Stage::Calibrating] {
        assert!(steps.iter().any(|step| step.stage == stage && step.tree.is_none()));
    }
    assert_eq!(run(&visits, &OPTIONS).0, *found, "the same people and seed give the same");
}

#[test]
fn a_session_in_pieces_is_one_person() {
    let visits = visits();
    let (alone, _) = alone();
    let pieces: Vec<Visit> = visits.iter().chain(&visits).cloned().collect();
    let (found, _) = run(&pieces, &OPTIONS);
    // who is dealt where depends on people, not on how many recordings they have
    for (whole, twice) in alone.folds.iter().zip(&found.folds) {
        assert_eq!(twice.recordings, 2 * whole.recordings);
        assert_eq!(twice.before.leaves, 2 * whole.before.leaves);
        assert_eq!((twice.before.skill, twice.before.roc_auc), (whole.before.skill, whole.before.roc_auc));
    }
}

#[test]
fn simulated_visits_beside_are_learnt_from_and_not_judged_on() {
    let visits = visits();
    let (alone, _) = alone();
    let (beside, _) = run(&visits, &Options { simulated: 40, ..OPTIONS });
    assert_eq!((beside.before.clone(), beside.now.leaves), (alone.before.clone(), alone.now.leaves));
    let (more, less) = (&beside.made.manifest.data, &alone.made.manifest.data);
    assert!(more.rows > less.rows && more.people == less.people + 40);
    assert_eq!(more.visits_without_leave, less.visits_without_leave);
    assert_eq!(more.base_rate, less.base_rate);
    assert_eq!(more.sources.len(), 2);
}

#[test]
fn it_ends_where_it_is_told_to_and_refuses_too_few() {
    let visits = visits();
    for stage in [Stage::Reading, Stage::Growing, Stage::Judging, Stage::Calibrating] {
        let mut after = 0;
        let ended = retrain(&visits, &shipped(), &OPTIONS, &mut |step| {
            after += usize::from(step.stage == stage);
            if step.stage == stage { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(ended, Err(RetrainError::Ended)), "{ended:?}");
        assert_eq!(after, 1, "{stage:?}");
    }
    let few = retrain(&visits[..20], &shipped(), &OPTIONS, &mut |_| ControlFlow::Break(()));
    let Err(RetrainError::TooFew(few)) = few else { panic!("{few:?}") };
    assert_eq!(few.recordings, 20);
}
