//! What the studio's page calls, in a Web Worker: thin bindings, no logic. What they compute is in [`train`](crate::train),
//! native and tested there; demo/studio/engine/worker.js calls them, and types.d.ts beside it says what comes of it.
//!
//! Small answers go out as plain objects, columns as typed arrays that are copied once. What is wrong with what was given
//! comes back as an `Error` with a sentence for people; a panic is a trap, after which the worker is started anew.
#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public, wherever it stands")]

mod columns;
mod file;
mod settings;
mod training;

use js_sys::{Error, JSON};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::recording::{Line, read_line};
use crate::train::glossary::Glossary;
use crate::train::kept::{self, Kept};
use crate::train::loaded::Loaded;
use crate::train::replay::Player;
use crate::train::simulate::SimulateOptions;
use crate::train::sketch::Sketch;
use crate::train::{Visit, simulate};
use columns::object;

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
    kept: Kept,
    live: Option<Player>,
}

#[wasm_bindgen]
impl Studio {
    /// With the model that ships.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Studio, Error> {
        Ok(Studio { loaded: Loaded::shipped().map_err(error)?, kept: Kept::default(), live: None })
    }

    /// The tables of the engine.
    pub fn names(&self) -> Result<JsValue, Error> {
        plain(&Glossary::new())
    }

    /// What the model is.
    pub fn model(&self) -> Result<JsValue, Error> {
        plain(&self.loaded.info())
    }

    /// Another model, with or without its manifest. A live session stays with the one it began with.
    #[wasm_bindgen(js_name = setModel)]
    pub fn set_model(&mut self, bytes: Option<Vec<u8>>, manifest: Option<String>) -> Result<JsValue, Error> {
        self.loaded = match bytes {
            Some(bytes) => Loaded::new(&bytes, manifest.as_deref()).map_err(error)?,
            None => Loaded::shipped().map_err(error)?,
        };
        self.kept.judge_anew(self.loaded.model());
        self.model()
    }

    /// The simulated visits of a seed from this number, from 0, up to that one, each a text.
    pub fn simulate(&self, seed: u32, from: u32, to: u32) -> Vec<String> {
        let options = SimulateOptions { seed: seed.into(), ..SimulateOptions::default() };
        let text = |number| {
            let mut text = String::new();
            Visit::from(simulate::visit(&options, number)).write(&mut text);
            text
        };
        (from..to).map(text).collect()
    }

    /// Judges a recording and keeps it.
    pub fn put(&mut self, id: String, text: String) -> Result<(), Error> {
        self.kept.put(self.loaded.model(), id, text).map_err(error)
    }

    /// Drops recordings.
    pub fn drop(&mut self, ids: Vec<String>) {
        self.kept.drop_those(&ids);
    }

    /// What settings come to on the recordings.
    pub fn tune(&self, settings: JsValue) -> Result<JsValue, Error> {
        Ok(columns::tuned(&self.kept, &settings::read(&settings)?))
    }

    /// Does a part of what figures need, `some` recordings; returns how many are left.
    #[wasm_bindgen(js_name = judgeSome)]
    pub fn judge_some(&mut self, some: usize) -> usize {
        self.kept.judge_some(self.loaded.model(), some)
    }

    /// What `falter evaluate` would print of the recordings.
    pub fn figures(&mut self, people: &str, date: String) -> Result<JsValue, Error> {
        let figures = self.kept.figures(self.loaded.model(), people, date);
        let figures = figures.ok_or_else(|| error("there is no recording to judge by: put some first"))?;
        // by way of the text that is printed, in which a number is the shortest that reads back the same
        JSON::parse(&serde_json::to_string(&figures).map_err(error)?).map_err(Error::from)
    }

    /// One recording, tick by tick.
    pub fn replay(&self, text: &str, settings: JsValue) -> Result<JsValue, Error> {
        let visit = kept::visit(text).map_err(error)?;
        let ticks = Player::replay(&self.loaded, &visit, &settings::read(&settings)?);
        Ok(object(&[("session", plain(&Sketch::of(&visit))?), ("ticks", columns::ticks(&ticks))]))
    }

    /// Begins a session that goes on, or ends it.
    pub fn live(&mut self, header: Option<String>, settings: JsValue) -> Result<(), Error> {
        self.live = match header {
            None => None,
            Some(header) => match read_line(header.trim()).map_err(error)? {
                Line::Header(header) => Some(Player::new(&self.loaded, &header, &settings::read(&settings)?)),
                Line::Signal { .. } | Line::Unknown => return Err(error("a session begins with its header")),
            },
        };
        Ok(())
    }

    /// Goes on with it: its next lines, and the ticks due until `now`, ms.
    pub fn feed(&mut self, lines: &str, now: f64) -> Result<JsValue, Error> {
        let player = self.live.as_mut().ok_or_else(|| error("no session goes on: begin one with live()"))?;
        let mut ticks = player.no_ticks();
        player.feed(lines, now as u32, &mut ticks).map_err(error)?;
        Ok(columns::ticks(&ticks))
    }
}

fn error(error: impl core::fmt::Display) -> Error {
    Error::new(&error.to_string())
}

/// Small things, as JSON would have them.
fn plain(value: &impl Serialize) -> Result<JsValue, Error> {
    value.serialize(&Serializer::json_compatible()).map_err(error)
}
