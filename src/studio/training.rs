//! Retraining, in a worker of its own.

use core::ops::ControlFlow;

use js_sys::{Error, Function};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::columns::object;
use super::{error, plain};
use crate::train::Visit;
use crate::train::kept;
use crate::train::loaded::Loaded;
use crate::train::manifest::lined;
use crate::train::retrain::{Options, RetrainError, Stage, Step, retrain};

/// Recordings to retrain on.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Training {
    visits: Vec<Visit>,
}

/// A step as the page hears of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    what: Stage,
    part: f64,
    fold: usize,
    folds: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    trees: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_out_loss: Option<f64>,
}

#[wasm_bindgen]
impl Training {
    /// With no recording yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Training {
        Training::default()
    }

    /// Adds a recording.
    pub fn add(&mut self, text: &str) -> Result<(), Error> {
        self.visits.push(kept::visit(text).map_err(error)?);
        Ok(())
    }

    /// Trains, beside a model of these bytes or the one that ships. `step` hears how far it is, and ends it by saying `false`.
    pub fn run(
        &self,
        folds: u32,
        seed: u32,
        simulated: u32,
        before: Option<Vec<u8>>,
        step: &Function,
    ) -> Result<JsValue, Error> {
        let before = before.map_or_else(Loaded::shipped, |bytes| Loaded::new(&bytes, None)).map_err(error)?;
        let options = Options { folds: folds as usize, seed: seed.into(), simulated };
        let found = retrain(&self.visits, before.model(), &options, &mut |Step { stage, part, fold, tree }| {
            let told = Told {
                what: stage,
                part,
                fold,
                folds: options.folds,
                trees: tree.map(|tree| tree.trees),
                loss: tree.map(|tree| tree.train_loss),
                held_out_loss: tree.and_then(|tree| tree.held_out_loss),
            };
            let answer = plain(&told).ok().and_then(|told| step.call1(&JsValue::NULL, &told).ok());
            if answer.is_some_and(|answer| answer == JsValue::FALSE) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let found = found.map_err(|fault| {
            let named = error(&fault);
            if matches!(fault, RetrainError::TooFew(_)) {
                named.set_name("TooFew");
            }
            named
        })?;
        let bytes = found.made.model.to_bytes();
        let manifest = lined(&found.made.manifest).map_err(error)?;
        let manifest = String::from_utf8(manifest).map_err(error)?;
        let info = Loaded::new(&bytes, Some(&manifest)).map_err(error)?.info();
        Ok(object(&[
            ("model", js_sys::Uint8Array::from(bytes.as_slice()).into()),
            ("manifest", manifest.into()),
            ("info", plain(&info)?),
            ("now", plain(&found.now)?),
            ("before", plain(&found.before)?),
            ("lead", plain(&found.lead)?),
            ("folds", plain(&found.folds)?),
        ]))
    }
}
