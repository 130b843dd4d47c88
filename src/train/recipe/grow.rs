//! From what was gathered to a model: trees, calibration, reason head.

use core::ops::ControlFlow;

use super::{Gathered, Made, Recipe, RecipeError};
use crate::model::{Model, Parts, Split, Tree};
use crate::train::boost::{self, Borders, Forest, Progress, Table};
use crate::train::calibrate::{self, Calibration};
use crate::train::dataset::Rows;
use crate::train::manifest::Manifest;
use crate::train::presets;
use crate::train::reasons::{self, Confusion};

/// A model whose presets are still to be filled in.
#[derive(Debug)]
pub(in crate::train) struct Grown {
    pub(in crate::train) model: Model,
    forest: Forest,
    measured: Calibration,
    confusion: Confusion,
}

/// Grows the trees, calibrates them, and trains the reason head. `progress` hears of each tree and may end it.
pub(in crate::train) fn grow(
    recipe: &Recipe,
    gathered: &Gathered,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Grown, RecipeError> {
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
    let mut ended = ControlFlow::Continue(());
    let forest = boost::fit_until(&train, Some(&stop), &recipe.boost, &mut |tree| {
        ended = progress(tree);
        ended
    });
    if ended.is_break() {
        return Err(RecipeError::Ended);
    }
    let (labels, ticks) = (gathered.calibrate.labels(), gathered.calibrate.ticks());
    let margins = forest.margins(&calibrate);
    let calibration = calibrate::calibrate(&margins, &labels, &ticks);
    let head = reasons::train(&gathered.examples).map_err(RecipeError::Reasons)?;
    let confusion = Confusion::of(&head, &gathered.others);
    let (edges, trees) = without_unused_edges(&borders, &forest.trees);
    let parts = Parts { base: forest.base, edges, trees, calibration, head, presets: vec![] };
    let model = Model::new(parts).map_err(RecipeError::Model)?;
    let risks: Vec<f32> = margins.iter().map(|&margin| risk(&model, margin)).collect();
    let measured = calibrate::measure(&risks, &labels, &ticks);
    Ok(Grown { model, forest, measured, confusion })
}

fn risk(model: &Model, margin: f32) -> f32 {
    1.0 / (1.0 + crate::exp::exp(-model.logit(margin)))
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

/// The model with its presets, from the greatest threshold of each visit without a leave, and its manifest.
pub(in crate::train) fn finish(
    recipe: &Recipe,
    gathered: &Gathered,
    grown: Grown,
    thresholds: Vec<f32>,
) -> Result<Made, RecipeError> {
    let Grown { model, forest, measured, confusion } = grown;
    let visits_without_leave = thresholds.len() as u64;
    let model =
        Model::new(Parts { presets: presets::table(thresholds), ..model.parts() }).map_err(RecipeError::Model)?;
    let mut manifest = Manifest::of(recipe, &model, &forest);
    manifest.data.people = gathered.people;
    manifest.data.rows = gathered.train.len() as u64;
    manifest.data.keep = gathered.train.keep();
    manifest.data.base_rate = gathered.calibrate.base_rate();
    manifest.data.reason_examples = gathered.examples.len() as u64;
    manifest.data.visits_without_leave = visits_without_leave;
    manifest.calibration = measured.into();
    Ok(Made { model, manifest, confusion, history: forest.history })
}
