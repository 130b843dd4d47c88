//! Files as they are read, part by part.

use js_sys::{Array, Error};
use wasm_bindgen::prelude::*;

use super::columns::object;
use super::{error, plain};
use crate::train::divide::{self, Part};

/// Divides a file into sessions.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Divider(divide::Divider);

#[wasm_bindgen]
impl Divider {
    /// For a file that begins.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Divider {
        Divider::default()
    }

    /// Takes in what comes next; returns the sessions that ended in it, `{ texts, sessions }`.
    pub fn push(&mut self, bytes: &[u8]) -> Result<JsValue, Error> {
        handed(self.0.push(bytes).map_err(error)?)
    }

    /// The file is over: returns what was left, as `push` does.
    pub fn finish(&mut self) -> Result<JsValue, Error> {
        handed(self.0.finish().map_err(error)?)
    }

    /// What was set aside, a sentence each.
    pub fn aside(&self) -> Vec<String> {
        self.0.aside()
    }
}

fn handed(parts: Vec<Part>) -> Result<JsValue, Error> {
    let (texts, sessions) = (Array::new(), Array::new());
    for Part { text, sketch } in parts {
        texts.push(&text.into());
        sessions.push(&plain(&sketch)?);
    }
    Ok(object(&[("texts", texts.into()), ("sessions", sessions.into())]))
}
