//! What the studio's page calls, in a Web Worker: thin bindings, no logic. What they compute is in [`train`](crate::train),
//! native and tested there; demo/studio/engine/worker.js calls them, and types.d.ts beside it says what comes of it.
//!
//! Small answers go out as plain objects, columns as typed arrays that are copied once. What is wrong with what was given
//! comes back as an `Error` with a sentence for people; a panic is a trap, after which the worker is started anew.
#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public, wherever it stands")]

use js_sys::Error;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::train::glossary::Glossary;
use crate::train::loaded::Loaded;
use crate::train::simulate::SimulateOptions;
use crate::train::{Visit, simulate};

/// Visits simulated at once, at most: they are handed over as one array of texts, 60 kB each.
const MOST_SIMULATED: u32 = 2_000;

/// Says on the console what a panic was about, before it traps.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// The studio's engine: a model, the recordings put to it, and a session that goes on.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Studio {
    loaded: Loaded,
}

#[wasm_bindgen]
impl Studio {
    /// With the model that ships.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Studio, Error> {
        Ok(Studio { loaded: Loaded::shipped().map_err(error)? })
    }

    /// The tables of the engine.
    pub fn names(&self) -> Result<JsValue, Error> {
        plain(&Glossary::new())
    }

    /// What the model is.
    pub fn model(&self) -> Result<JsValue, Error> {
        plain(&self.loaded.info())
    }

    /// Another model, with or without its manifest.
    #[wasm_bindgen(js_name = setModel)]
    pub fn set_model(&mut self, bytes: Option<Vec<u8>>, manifest: Option<String>) -> Result<JsValue, Error> {
        self.loaded = match bytes {
            Some(bytes) => Loaded::new(&bytes, manifest.as_deref()).map_err(error)?,
            None => Loaded::shipped().map_err(error)?,
        };
        self.model()
    }

    /// Simulated visits, each a text.
    pub fn simulate(&self, sessions: u32, seed: u32) -> Vec<String> {
        let sessions = sessions.min(MOST_SIMULATED);
        let options = SimulateOptions { sessions, seed: seed.into(), ..SimulateOptions::default() };
        simulate::simulate(&options)
            .map(|visit| {
                let mut text = String::new();
                Visit::from(visit).write(&mut text);
                text
            })
            .collect()
    }
}

fn error(error: impl core::fmt::Display) -> Error {
    Error::new(&error.to_string())
}

fn plain(value: &impl Serialize) -> Result<JsValue, Error> {
    value.serialize(&Serializer::json_compatible()).map_err(error)
}
