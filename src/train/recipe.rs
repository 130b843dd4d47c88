//! The recipe: from people to a model and the manifest that says how it was made.
//!
//! Two passes over the people. In the first every person gives rows for the one part they are for (trees, stopping, or
//! calibration) and examples of their reason. In the second, those for calibration run through the finished model with the
//! whole policy on, which gives the table of presets.

use core::fmt;

use super::boost::{self, Borders, Forest, Progress, Table, TableError};
use super::calibrate::{self, Calibration};
use super::dataset::{Rows, Shape};
use super::people::{Person, Role, role, work_through};
use super::presets::{self, course, is_without_leave};
use super::reasons::{self, Confusion, Example, HeadError};
use super::visit::ReadError;
use super::{draw, manifest::Manifest};
use crate::features::Index;
use crate::model::{FormatError, Model, Parts, Split, Tree};

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

/// What the first pass gathers.
struct Gathered {
    train: Rows,
    stop: Rows,
    calibrate: Rows,
    examples: Vec<Example>,
    others: Vec<Example>,
    people: u64,
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
    let gathered = gather(recipe, people(), step)?;
    let mut borders = Borders::of(&gathered.train.columns, recipe.bins);
    for &feature in &recipe.without {
        // a column without an edge has nothing to split on
        borders.edges.get_mut(feature).into_iter().for_each(Vec::clear);
    }
    let table = |rows: &Rows| {
        Table::new(&borders, &rows.columns, rows.labels(), rows.weights(&recipe.shape)).map_err(RecipeError::Table)
    };
    let (train, stop, calibrate) = (table(&gathered.train)?, table(&gathered.stop)?, table(&gathered.calibrate)?);
    for (part, rows) in [("train on", &train), ("stop by", &stop), ("calibrate on", &calibrate)] {
        if !rows.labels().contains(&true) || !rows.labels().contains(&false) {
            return Err(RecipeError::TooFew(part));
        }
    }
    let forest = boost::fit(&train, Some(&stop), &recipe.boost, &mut |progress| step(Step::Tree(progress)));
    let (labels, ticks) = (gathered.calibrate.labels(), gathered.calibrate.ticks());
    let margins = forest.margins(&calibrate);
    let calibration = calibrate::calibrate(&margins, &labels, &ticks);
    let head = reasons::train(&gathered.examples).map_err(RecipeError::Reasons)?;
    let confusion = Confusion::of(&head, &gathered.others);
    let (edges, trees) = without_unused_edges(&borders, &forest.trees);
    let parts = Parts { base: forest.base, edges, trees, calibration, head, presets: vec![] };
    let mut model = Model::new(parts).map_err(RecipeError::Model)?;
    let risks: Vec<f32> = margins.iter().map(|&margin| risk(&model, margin)).collect();
    let measured = calibrate::measure(&risks, &labels, &ticks);
    let thresholds = thresholds(recipe, &model, people(), step)?;
    let visits_without_leave = thresholds.len();
    model = Model::new(Parts { presets: presets::table(thresholds), ..model.parts().clone() })
        .map_err(RecipeError::Model)?;
    let manifest = manifest(recipe, &gathered, &forest, &model, measured, visits_without_leave);
    Ok(Made { model, manifest, confusion, history: forest.history })
}

fn risk(model: &Model, margin: f32) -> f32 {
    1.0 / (1.0 + crate::exp::exp(-model.logit(margin)))
}

fn gather(
    recipe: &Recipe,
    people: impl Iterator<Item = Result<Person, ReadError>>,
    step: &mut dyn FnMut(Step),
) -> Result<Gathered, RecipeError> {
    let rows = || Rows::new(recipe.shape.keep);
    let mut all =
        Gathered { train: rows(), stop: rows(), calibrate: rows(), examples: vec![], others: vec![], people: 0 };
    let work = |number: u64, visit: super::Visit| {
        let mut found = (role(recipe.seed, number), rows(), vec![]);
        found.1.add(&visit, draw::bits(recipe.seed, number));
        reasons::collect(&visit, &mut found.2);
        found
    };
    work_through(people, recipe.boost.threads, work, |(role, rows, mut examples)| {
        all.people += 1;
        step(Step::Person(all.people));
        match role {
            Role::Train => {
                all.train.append(rows, recipe.rows);
                all.examples.append(&mut examples);
            }
            Role::Stop => all.stop.append(rows, recipe.rows / 7),
            Role::Calibrate => {
                all.calibrate.append(rows, recipe.rows / 7 * 2);
                all.others.append(&mut examples);
            }
        }
    })
    .map_err(RecipeError::Read)?;
    Ok(all)
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

/// Edges that some split asks for, and the trees in the numbers of those: the others would only weigh in the file.
fn without_unused_edges(borders: &Borders, trees: &[Tree]) -> (Vec<Vec<f32>>, Vec<Tree>) {
    let mut used: Vec<Vec<bool>> = borders.edges.iter().map(|edges| vec![false; edges.len()]).collect();
    for split in trees.iter().flat_map(|tree| &tree.splits) {
        if let Some(used) =
            used.get_mut(usize::from(split.feature)).and_then(|used| used.get_mut(usize::from(split.bin)))
        {
            *used = true;
        }
    }
    let kept = |used: &[bool]| used.iter().filter(|&&used| used).count();
    let edges = borders
        .edges
        .iter()
        .zip(&used)
        .map(|(edges, used)| edges.iter().zip(used).filter(|(_, used)| **used).map(|(&edge, _)| edge).collect())
        .collect();
    let renumber = |split: &Split| {
        let before = used.get(usize::from(split.feature)).and_then(|used| used.get(..usize::from(split.bin)));
        Split { feature: split.feature, bin: before.map_or(0, kept) as u8 }
    };
    let trees =
        trees.iter().map(|tree| Tree { splits: tree.splits.iter().map(renumber).collect(), ..tree.clone() }).collect();
    (edges, trees)
}

fn manifest(
    recipe: &Recipe,
    gathered: &Gathered,
    forest: &Forest,
    model: &Model,
    calibration: Calibration,
    visits_without_leave: usize,
) -> Manifest {
    let mut manifest = Manifest::of(recipe, model, forest);
    manifest.data.people = gathered.people;
    manifest.data.rows = gathered.train.len() as u64;
    manifest.data.keep = gathered.train.keep();
    manifest.data.base_rate = gathered.calibrate.base_rate();
    manifest.data.reason_examples = gathered.examples.len() as u64;
    manifest.data.visits_without_leave = visits_without_leave as u64;
    manifest.calibration = calibration.into();
    manifest
}
