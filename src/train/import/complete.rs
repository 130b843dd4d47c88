//! What falter needs beside trees: calibration, reason head and presets, made on visits or taken from another model.

use super::Imported;
use super::export::Provenance;
use crate::model::{FormatError, Model, Parts};
use crate::train::boost::{self, Forest};
use crate::train::calibrate::{self, Calibration};
use crate::train::dataset::{Rows, Shape};
use crate::train::manifest::Manifest;
use crate::train::people::{Person, Role, role, work_through};
use crate::train::presets::{self, course, is_without_leave};
use crate::train::reasons::{self, Confusion};
use crate::train::recipe::{Recipe, RecipeError};
use crate::train::visit::ReadError;
use crate::train::{Visit, draw};

/// Rows to calibrate on, at most.
const ROWS: usize = 200_000;

/// An imported model, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Completed {
    /// The model.
    pub model: Model,
    /// What stands beside it; sources and figures are still to be filled in.
    pub manifest: Manifest,
    /// True reasons against those given, on people the head was not trained on; `None` when the head is the base model's,
    /// because the visits know of fewer than three reasons.
    pub confusion: Option<Confusion>,
}

/// How to complete a model.
#[derive(Debug, Clone, Copy)]
pub struct Completion<'a> {
    /// What the visits don't give is taken from here.
    pub base: &'a Model,
    /// How CatBoost trained; goes to the manifest.
    pub provenance: &'a Provenance,
    /// Seed of the draws.
    pub seed: u64,
    /// Threads; the result does not depend on it.
    pub threads: usize,
}

impl Completion<'_> {
    /// The imported trees with calibration, reason head and presets of the base model.
    ///
    /// # Errors
    /// When the trees break a bound of the format.
    pub fn from_base(&self, imported: &Imported) -> Result<Completed, FormatError> {
        let Parts { calibration, head, presets, .. } = self.base.parts();
        let Imported { base, edges, trees, .. } = imported.clone();
        let model = Model::new(Parts { base, edges, trees, calibration, head, presets })?;
        let manifest = self.manifest(imported, &model);
        Ok(Completed { model, manifest, confusion: None })
    }

    fn manifest(&self, imported: &Imported, model: &Model) -> Manifest {
        let Provenance { seed, trees, learning_rate, l2, .. } = *self.provenance;
        let boost = boost::Settings { trees, learning_rate, l2, seed, leaf_steps: 127, ..boost::Settings::default() };
        let Imported { base, trees, gains, shares, .. } = imported.clone();
        let forest = Forest { base, trees, gains, shares, history: vec![] };
        // every row counted alike
        let shape = Shape { late: 1.0, early: 1.0, ..Shape::default() };
        Manifest::of(&Recipe { boost, seed, shape, ..Recipe::default() }, model, &forest)
    }
}

/// What the first pass over the people gathers.
struct Gathered {
    rows: Rows,
    examples: Vec<reasons::Example>,
    others: Vec<reasons::Example>,
    people: u64,
}

/// Completes imported trees on people they were not trained on. `people` is called twice and has to give the same people in
/// the same order; `step` hears how many people were worked through in the first and second pass.
///
/// # Errors
/// When people can't be read, nobody among them left or stayed, or the trees break a bound of the format.
pub fn complete<I: Iterator<Item = Result<Person, ReadError>>>(
    imported: &Imported,
    completion: &Completion<'_>,
    people: impl Fn() -> I,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Completed, RecipeError> {
    let gathered = gather(completion, people(), &mut |done| step(done, 0))?;
    let (labels, ticks) = (gathered.rows.labels(), gathered.rows.ticks());
    if !labels.contains(&true) || !labels.contains(&false) {
        return Err(RecipeError::TooFew("calibrate on"));
    }
    let plain = completion.from_base(imported).map_err(RecipeError::Model)?.model;
    let margins = margins(&plain, &gathered.rows);
    let head = reasons::train(&gathered.examples).map_err(RecipeError::Reasons)?;
    // a head without weights knows no reason
    let knows_reasons = head.scale > 0.0;
    let head = if knows_reasons { head } else { completion.base.head().clone() };
    let confusion = knows_reasons.then(|| Confusion::of(&head, &gathered.others));
    let calibration = calibrate::calibrate(&margins, &labels, &ticks);
    let calibrated = Model::new(Parts { calibration, head, presets: vec![], ..plain.parts() });
    let calibrated = calibrated.map_err(RecipeError::Model)?;
    let measured = measure(&calibrated, &margins, &labels, &ticks);
    let thresholds = thresholds(completion, &calibrated, people(), &mut |done| step(gathered.people, done))?;
    let visits_without_leave = thresholds.len() as u64;
    let presets = presets::table(thresholds);
    let model = Model::new(Parts { presets, ..calibrated.parts() }).map_err(RecipeError::Model)?;
    let mut manifest = completion.manifest(imported, &model);
    manifest.data.people = gathered.people;
    manifest.data.keep = gathered.rows.keep();
    manifest.data.base_rate = gathered.rows.base_rate();
    manifest.data.reason_examples = gathered.examples.len() as u64;
    manifest.data.visits_without_leave = visits_without_leave;
    manifest.calibration = measured.into();
    Ok(Completed { model, manifest, confusion })
}

fn margins(model: &Model, rows: &Rows) -> Vec<f32> {
    let mut row = crate::features::UNKNOWN;
    let place = |number: usize| {
        row.iter_mut().zip(&rows.columns).for_each(|(value, column)| *value = column[number]);
        model.margin(&row)
    };
    (0..rows.len()).map(place).collect()
}

fn measure(model: &Model, margins: &[f32], labels: &[bool], ticks: &[f32]) -> Calibration {
    let risks: Vec<f32> = margins.iter().map(|&margin| 1.0 / (1.0 + crate::exp::exp(-model.logit(margin)))).collect();
    calibrate::measure(&risks, labels, ticks)
}

fn gather(
    completion: &Completion<'_>,
    people: impl Iterator<Item = Result<Person, ReadError>>,
    step: &mut dyn FnMut(u64),
) -> Result<Gathered, RecipeError> {
    let rows = || Rows::new(Shape::default().keep);
    let mut all = Gathered { rows: rows(), examples: vec![], others: vec![], people: 0 };
    let work = |number: u64, visit: Visit| {
        let mut found = (role(completion.seed, number) == Role::Calibrate, rows(), vec![]);
        found.1.add(&visit, draw::bits(completion.seed, number));
        reasons::collect(&visit, &mut found.2);
        found
    };
    work_through(people, completion.threads, work, |(is_other, rows, mut examples)| {
        all.people += 1;
        step(all.people);
        all.rows.append(rows, ROWS);
        (if is_other { &mut all.others } else { &mut all.examples }).append(&mut examples);
    })
    .map_err(RecipeError::Read)?;
    Ok(all)
}

/// The greatest threshold of each visit without a leave.
fn thresholds(
    completion: &Completion<'_>,
    model: &Model,
    people: impl Iterator<Item = Result<Person, ReadError>>,
    step: &mut dyn FnMut(u64),
) -> Result<Vec<f32>, RecipeError> {
    let (mut found, mut count) = (vec![], 0);
    let work = |_, visit: Visit| is_without_leave(&visit).then(|| course(model, &visit).most());
    work_through(people, completion.threads, work, |most| {
        count += 1;
        step(count);
        found.extend(most);
    })
    .map_err(RecipeError::Read)?;
    Ok(found)
}
