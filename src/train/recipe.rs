//! The recipe: from people to a model and the manifest that says how it was made.
//!
//! Two passes over the people. In the first every person gives rows for the one part they are for (trees, stopping, or
//! calibration) and examples of their reason. In the second, those for calibration run through the finished model with the
//! whole policy on, which gives the table of presets.

mod gather;
mod grow;

pub(super) use gather::{Gathered, Share};
pub(super) use grow::{Grown, finish, grow};

use core::fmt;
use core::ops::ControlFlow;

use super::boost::{self, Progress, TableError};
use super::dataset::Shape;
use super::manifest::Manifest;
use super::people::{Person, Role, role, work_through};
use super::presets::{course, is_without_leave};
use super::reasons::{Confusion, HeadError};
use super::visit::ReadError;
use crate::features::Index;
use crate::model::{FormatError, Model};
use gather::gather;

/// What tells the shop and the way it was recorded rather than the person: how often visitors there go away and come back,
/// how long for, and how long visits are. On two sources of real recordings these told the source, and without them the
/// model carried over better (models/training/LOG.md). The reasons may still use them.
const SITE_INPUTS: [Index; 3] = [Index::AwayCount, Index::LastAway, Index::Session];

/// How a model is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// The trees.
    pub boost: boost::Settings,
    /// Bins a feature, 2 to 64.
    pub bins: usize,
    /// Features that no tree may split on, by their place in the table.
    pub without: Vec<usize>,
    /// What ticks count.
    pub shape: Shape,
    /// Rows to train on, at most; the other parts get their share of it.
    pub rows: usize,
    /// Seed of every draw.
    pub seed: u64,
}

impl Default for Recipe {
    /// What the shipped model is made with; models/training/LOG.md says why. Shallow trees lose nothing on
    /// simulated people and carry over better to real ones than fewer deep ones of the same weight.
    fn default() -> Recipe {
        let boost = boost::Settings {
            trees: 100,
            depth: 3,
            learning_rate: 0.24,
            l2: 30.0,
            row_share: 0.5,
            leaf_steps: 9,
            ..boost::Settings::default()
        };
        Recipe {
            boost,
            bins: 32,
            without: SITE_INPUTS.map(|index| index as usize).to_vec(),
            shape: Shape::default(),
            rows: 600_000,
            seed: 1,
        }
    }
}

/// A step of the recipe, for whoever wants to show how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// A person was worked through; so many by now.
    Person(u64),
    /// A tree was grown.
    Tree(Progress),
    /// A person ran through the finished model; so many by now.
    Course(u64),
}

/// Why no model came of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecipeError {
    /// A recording could not be read.
    Read(ReadError),
    /// Nobody for one of the parts, or nobody in it left or stayed.
    TooFew(&'static str),
    /// The rows don't make a table.
    Table(TableError),
    /// The reason head could not be trained.
    Reasons(HeadError),
    /// The model broke a bound of the format.
    Model(FormatError),
    /// Whoever heard of the trees wanted no more of them.
    Ended,
}

impl fmt::Display for RecipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecipeError::Read(error) => error.fmt(f),
            RecipeError::TooFew(part) => {
                write!(f, "too few visits to {part}: add recordings, or simulated visits with --simulate N")
            }
            RecipeError::Table(error) => error.fmt(f),
            RecipeError::Reasons(error) => error.fmt(f),
            RecipeError::Model(error) => error.fmt(f),
            RecipeError::Ended => f.write_str("the training was ended"),
        }
    }
}

impl core::error::Error for RecipeError {}

/// A model and what is to be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The model.
    pub model: Model,
    /// How it was made; its figures are still to be filled in.
    pub manifest: Manifest,
    /// True reasons against those given, on people the head was not trained on.
    pub confusion: Confusion,
    /// How the trees' loss fell.
    pub history: Vec<Progress>,
}

/// Makes a model. `people` is called twice and has to give the same people in the same order.
///
/// # Errors
/// See [`RecipeError`].
pub fn make<I: Iterator<Item = Result<Person, ReadError>>>(
    recipe: &Recipe,
    people: impl Fn() -> I,
    step: &mut dyn FnMut(Step),
) -> Result<Made, RecipeError> {
    let gathered = gather(recipe, people(), step).map_err(RecipeError::Read)?;
    let grown = grow(recipe, &gathered, &mut |progress| {
        step(Step::Tree(progress));
        ControlFlow::Continue(())
    })?;
    let thresholds = thresholds(recipe, &grown.model, people(), step)?;
    finish(recipe, &gathered, grown, thresholds)
}

/// The greatest threshold of each visit without a leave, among the people for calibration.
fn thresholds(
    recipe: &Recipe,
    model: &Model,
    people: impl Iterator<Item = Result<Person, ReadError>>,
    step: &mut dyn FnMut(Step),
) -> Result<Vec<f32>, RecipeError> {
    let (mut found, mut count) = (vec![], 0);
    let work = |number: u64, visit: super::Visit| {
        (role(recipe.seed, number) == Role::Calibrate && is_without_leave(&visit)).then(|| course(model, &visit).most())
    };
    work_through(people, recipe.boost.threads, work, |most| {
        count += 1;
        step(Step::Course(count));
        found.extend(most);
    })
    .map_err(RecipeError::Read)?;
    Ok(found)
}
