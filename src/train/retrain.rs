//! Retraining: a model of one's own recordings, and whether it is better than the one in use.
//!
//! People are dealt into folds. For each fold a model is made of all the others, and both it and the model in use are judged on
//! the fold: nobody is judged by a model that saw them. The model that comes of it is then made of everybody, so it has learnt
//! from more people than any that was judged. The recipe is [`make`](super::recipe::make)'s.
//!
//! **A person is a session**, by the id in its header: recordings don't say who came twice. Recordings with one id, a session in
//! pieces or a file that was added twice, are one person.
//!
//! Simulated visits beside grow trees and teach reasons, no more: when to stop, what a risk means, the presets and all that is
//! said about the model come from recordings alone.
//!
//! Every visit's rows are extracted once, and shared between the folds.

mod deal;
mod standing;

pub use deal::{LEAVES_A_FOLD, QUIET_VISITS, TooFew};
pub use standing::{Lead, RateStanding, Standing};

use core::fmt;
use core::ops::{ControlFlow, Range};

use serde::Serialize;

use super::boost::Progress;
use super::people::Role;
use super::presets::{course, is_without_leave};
use super::recipe::{Gathered, Grown, Made, Recipe, RecipeError, Share, finish, grow};
use super::simulate::{SimulateOptions, visit as simulated};
use super::{Visit, draw};
use crate::model::Model;
use deal::{Seat, deal};
use standing::{Both, Twice};

/// Folds, at most: every further one is another model to grow.
pub const MOST_FOLDS: usize = 10;
/// What the seed of the simulated visits is moved by, so that nobody is among them who may be among the recordings.
const SIMULATED_SEED: u64 = 0x6265_7369_6465;
/// Numbers of simulated people begin here: their draws are none of the recorded ones'.
const SIMULATED_FROM: u64 = 1 << 32;

/// How to retrain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Folds, 2 to [`MOST_FOLDS`].
    pub folds: usize,
    /// Seed of every draw: the same recordings and seed give the same bytes.
    pub seed: u64,
    /// Simulated visits to learn from beside the recordings.
    pub simulated: u32,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Rows are extracted.
    Reading,
    /// Trees are grown.
    Growing,
    /// The presets of the last model are filled in.
    Calibrating,
    /// Held-out people are judged.
    Judging,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What is being done.
    pub stage: Stage,
    /// Of everything, 0..1.
    pub part: f64,
    /// For which fold; as many as there are folds: for the model of all.
    pub fold: usize,
    /// The tree that was grown.
    pub tree: Option<Progress>,
}

/// One fold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fold {
    /// Recordings that were held out.
    pub recordings: usize,
    /// The fold's new model on them.
    pub now: Standing,
    /// The model in use on them.
    pub before: Standing,
}

/// A model, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrained {
    /// The model of everybody, with its manifest.
    pub made: Made,
    /// The folds' models on all held-out recordings together.
    pub now: Standing,
    /// The model in use on the same.
    pub before: Standing,
    /// The new ones' lead, with its interval by bootstrap over people.
    pub lead: Lead,
    /// Fold by fold.
    pub folds: Vec<Fold>,
}

/// Why no model came of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum RetrainError {
    /// Not enough to learn from, or to judge by.
    TooFew(TooFew),
    /// The recipe failed.
    Recipe(RecipeError),
    /// Whoever heard of the steps wanted no more of them.
    Ended,
}

impl fmt::Display for RetrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RetrainError::TooFew(error) => error.fmt(f),
            RetrainError::Recipe(error) => error.fmt(f),
            RetrainError::Ended => RecipeError::Ended.fmt(f),
        }
    }
}

impl core::error::Error for RetrainError {}

impl From<RecipeError> for RetrainError {
    fn from(error: RecipeError) -> RetrainError {
        match error {
            RecipeError::Ended => RetrainError::Ended,
            error => RetrainError::Recipe(error),
        }
    }
}

/// Retrains on recordings, on one thread. `step` hears how far it is, and may end it.
///
/// # Errors
/// See [`RetrainError`].
pub fn retrain(
    visits: &[Visit],
    before: &Model,
    options: &Options,
    step: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<Retrained, RetrainError> {
    let options = Options { folds: options.folds.clamp(2, MOST_FOLDS), ..*options };
    let seats = deal(visits, &options).map_err(RetrainError::TooFew)?;
    let mut run = Run { visits, seats, options, recipe: recipe(options.seed), shares: vec![], beside: vec![], step };
    run.read()?;
    let mut models = vec![];
    for fold in 0..options.folds {
        models.push(run.grow(fold)?.1.model);
    }
    let judged = run.judge(before, &models)?;
    let made = run.make_of_all()?;
    let folds = (0..options.folds).map(|fold| {
        let both = Both::of(judged.iter().filter(|twice| twice.fold == fold));
        Fold { recordings: both.recordings(), now: both.now.standing(), before: both.before.standing() }
    });
    let all = Both::of(judged.iter());
    let (now, before) = (all.now.standing(), all.before.standing());
    Ok(Retrained { made, now, before, lead: all.lead(&judged), folds: folds.collect() })
}

fn recipe(seed: u64) -> Recipe {
    let mut recipe = Recipe { seed, ..Recipe::default() };
    recipe.boost.seed = seed;
    recipe.boost.threads = 1;
    recipe
}

/// A retraining on its way.
struct Run<'a> {
    visits: &'a [Visit],
    seats: Vec<Seat>,
    options: Options,
    recipe: Recipe,
    /// What each recording brings.
    shares: Vec<Share>,
    /// What each simulated visit brings.
    beside: Vec<Share>,
    step: &'a mut dyn FnMut(Step) -> ControlFlow<()>,
}

impl Run<'_> {
    /// Tells of a step that is `done` of `of` through its stage; how long stages take was measured (500 recordings, 3 folds).
    fn tell(&mut self, stage: Stage, fold: usize, done: f64, tree: Option<Progress>) -> Result<(), RetrainError> {
        let folds = self.options.folds;
        let Range { start, end } = match stage {
            Stage::Reading => 0.0..0.16,
            Stage::Growing if fold == folds => 0.8..0.94,
            Stage::Growing => {
                let share = (0.52 - 0.16) / folds as f64;
                0.16 + share * fold as f64..0.16 + share * (fold as f64 + 1.0)
            }
            Stage::Judging => 0.52..0.8,
            Stage::Calibrating => 0.94..1.0,
        };
        let part = start + (end - start) * done.min(1.0);
        match (self.step)(Step { stage, part, fold, tree }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(RetrainError::Ended),
        }
    }
}

impl Run<'_> {
    /// Extracts everybody's rows, once.
    fn read(&mut self) -> Result<(), RetrainError> {
        let options = SimulateOptions {
            sessions: self.options.simulated,
            seed: self.options.seed ^ SIMULATED_SEED,
            ..SimulateOptions::default()
        };
        let all = self.visits.len() as f64 + f64::from(options.sessions);
        for (visit, number) in self.visits.iter().zip(0u64..) {
            self.shares.push(Share::of(&self.recipe, number, visit));
            self.tell(Stage::Reading, 0, self.shares.len() as f64 / all, None)?;
        }
        for number in 0..options.sessions {
            let visit = simulated(&options, number).into();
            self.beside.push(Share::of(&self.recipe, SIMULATED_FROM + u64::from(number), &visit));
            self.tell(Stage::Reading, 0, (self.shares.len() + self.beside.len()) as f64 / all, None)?;
        }
        Ok(())
    }

    /// What everybody outside of a fold brings, and the model that is grown of it; without presets. The model of all knows
    /// reasons too, the folds' are asked for risks alone.
    fn grow(&mut self, fold: usize) -> Result<(Gathered, Grown), RetrainError> {
        let is_last = fold == self.options.folds;
        let share = |share: &Share| if is_last { share.clone() } else { share.without_reasons() };
        let mut gathered = Gathered::new(&self.recipe);
        for (seat, brought) in self.seats.iter().zip(&self.shares).filter(|(seat, _)| seat.fold != fold) {
            gathered.add(&self.recipe, seat.role, share(brought));
        }
        for brought in &self.beside {
            gathered.add(&self.recipe, Role::Train, share(brought));
        }
        let recipe = self.recipe.clone();
        let most = recipe.boost.trees as f64;
        let grown = grow(&recipe, &gathered, &mut |tree| {
            let told = self.tell(Stage::Growing, fold, tree.trees as f64 / most, Some(tree));
            told.map_or(ControlFlow::Break(()), |()| ControlFlow::Continue(()))
        })?;
        Ok((gathered, grown))
    }

    /// Runs every recording once, through the model of the fold that it was held out of and through the one in use.
    fn judge(&mut self, before: &Model, models: &[Model]) -> Result<Vec<Twice>, RetrainError> {
        let mut judged = Vec::with_capacity(self.visits.len());
        for (place, visit) in self.visits.iter().enumerate() {
            let Some((seat, now)) = self.seats.get(place).and_then(|seat| Some((seat, models.get(seat.fold)?))) else {
                continue;
            };
            judged.push(Twice::of(visit, seat, now, before));
            let fold = seat.fold;
            self.tell(Stage::Judging, fold, judged.len() as f64 / self.visits.len() as f64, None)?;
        }
        Ok(judged)
    }

    /// The model of everybody.
    fn make_of_all(&mut self) -> Result<Made, RetrainError> {
        let folds = self.options.folds;
        let (gathered, grown) = self.grow(folds)?;
        let mut thresholds = vec![];
        for (place, visit) in self.visits.iter().enumerate() {
            let is_for_it = self.seats.get(place).is_some_and(|seat| seat.role == Role::Calibrate);
            if is_for_it && is_without_leave(visit) {
                thresholds.push(course(&grown.model, visit).most());
                self.tell(Stage::Calibrating, folds, place as f64 / self.visits.len() as f64, None)?;
            }
        }
        let mut made = finish(&self.recipe, &gathered, grown, thresholds)?;
        made.manifest.data.sources.push(format!("{} recordings", self.visits.len()));
        if self.options.simulated > 0 {
            let seed = self.options.seed ^ SIMULATED_SEED;
            made.manifest.data.sources.push(format!("{} simulated visits, seed {seed}", self.options.simulated));
        }
        Ok(made)
    }
}
