//! Rust's view of the door (js/guard.js): every listener goes through it, so that a trap in the engine ends there and not
//! in the page.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

#[wasm_bindgen]
extern "C" {
    /// The door that JavaScript opened for this engine.
    pub type Door;

    /// Listens to the event on the target and all inside it, before the page does, passively. Each event comes back as
    /// `Engine::handle(kind, event)`.
    #[wasm_bindgen(method)]
    pub fn listen(this: &Door, target: &EventTarget, name: &str, kind: u8);

    /// The same for events of the target alone.
    #[wasm_bindgen(method, js_name = listenOwn)]
    pub fn listen_own(this: &Door, target: &EventTarget, name: &str, kind: u8);

    /// Watches elements that match, now and later, come into view and leave it. Each change comes back as
    /// `Engine::handle(kind, IntersectionObserverEntry)`.
    #[wasm_bindgen(method)]
    pub fn watch(this: &Door, selector: &str, kind: u8);
}
