//! The browser: DOM events become signals, and the detector's answers cross to JavaScript.
//!
//! | file | what it holds |
//! |---|---|
//! | `bindings` | every export; no logic |
//! | `guard` | the door that every listener passes |
//! | `dom` | what is read of the page |
//! | `clock` | page time → session time |
//! | `session` | one session's detector with its recorder |
//! | `report` | decisions and leaves as JSON |
//! | `setup` | what JavaScript sets |
//! | `capture` | listeners, one file a kind of signal |

// wasm-bindgen exports what it marks, wherever it stands
#[allow(unreachable_pub, reason = "exports are public to JavaScript")]
mod bindings;
mod capture;
mod clock;
#[allow(unreachable_pub, reason = "imports are public to the macro")]
mod dom;
#[allow(unreachable_pub, reason = "imports are public to the macro")]
mod guard;
mod report;
mod session;
mod setup;
