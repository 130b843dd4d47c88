//! The first pass: what each person brings, and what comes together of it.

use super::{Recipe, Step};
use crate::train::dataset::Rows;
use crate::train::people::{Person, Role, role, work_through};
use crate::train::reasons::{self, Example};
use crate::train::visit::ReadError;
use crate::train::{Visit, draw};

/// What one person brings to a model.
#[derive(Debug, Clone)]
pub(in crate::train) struct Share {
    rows: Rows,
    examples: Vec<Example>,
}

impl Share {
    /// What the person of this number brings.
    pub(in crate::train) fn of(recipe: &Recipe, number: u64, visit: &Visit) -> Share {
        let mut share = Share { rows: Rows::new(recipe.shape.keep), examples: vec![] };
        share.rows.add(visit, draw::bits(recipe.seed, number));
        reasons::collect(visit, &mut share.examples);
        share
    }

    /// The same without the examples of reasons: for a model that is only asked for risks.
    pub(in crate::train) fn without_reasons(&self) -> Share {
        Share { rows: self.rows.clone(), examples: vec![] }
    }
}

/// What the first pass gathers.
#[derive(Debug)]
pub(in crate::train) struct Gathered {
    pub(super) train: Rows,
    pub(super) stop: Rows,
    pub(super) calibrate: Rows,
    pub(super) examples: Vec<Example>,
    pub(super) others: Vec<Example>,
    pub(super) people: u64,
}

impl Gathered {
    /// Nothing yet.
    pub(in crate::train) fn new(recipe: &Recipe) -> Gathered {
        let rows = || Rows::new(recipe.shape.keep);
        Gathered { train: rows(), stop: rows(), calibrate: rows(), examples: vec![], others: vec![], people: 0 }
    }

    /// Adds what a person brings to the part they are for.
    pub(in crate::train) fn add(&mut self, recipe: &Recipe, role: Role, share: Share) {
        let Share { rows, mut examples } = share;
        self.people += 1;
        match role {
            Role::Train => {
                self.train.append(rows, recipe.rows);
                self.examples.append(&mut examples);
            }
            Role::Stop => self.stop.append(rows, recipe.rows / 7),
            Role::Calibrate => {
                self.calibrate.append(rows, recipe.rows / 7 * 2);
                self.others.append(&mut examples);
            }
        }
    }
}

/// Gathers from everybody, each in the role their number has.
pub(super) fn gather(
    recipe: &Recipe,
    people: impl Iterator<Item = Result<Person, ReadError>>,
    step: &mut dyn FnMut(Step),
) -> Result<Gathered, ReadError> {
    let mut all = Gathered::new(recipe);
    let work = |number: u64, visit: Visit| (role(recipe.seed, number), Share::of(recipe, number, &visit));
    work_through(people, recipe.boost.threads, work, |(role, share)| {
        all.add(recipe, role, share);
        step(Step::Person(all.people));
    })?;
    Ok(all)
}
