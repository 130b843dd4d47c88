//! falter sees, in the page, that a shopper is about to leave, 2–4 seconds before it happens, and says why.
//!
//! The pipeline, in order; no step knows the one after it:
//!
//! | step | module | what it is |
//! |---|---|---|
//! | capture | `web` (wasm32 only) | DOM events become signals |
//! | [`signal`] | [`signal::Signal`] | all that a page can tell |
//! | [`window`] | [`window::SignalWindow`] | the last 32 s in buckets, and sums over the session |
//! | [`features`] | [`features::FEATURES`] | 64 numbers a tick |
//! | [`model`] | [`model::Model`] | oblivious trees → calibrated risk of a leave within 4 s |
//! | [`reason`] | [`reason::explain`] | why, with evidence |
//! | [`plays`] | [`plays::Plays`] | a shop's own rules, where no leave is likely |
//! | [`policy`] | [`policy::decide`] | show a card, or hold and say why |
//!
//! [`observer`] says when ticks are due and what they see; [`detector`] is all of it for one session; [`recording`] is
//! the text form of a session; [`boundary`] is what crosses between the page's JavaScript and this. With the feature `train` come the simulator, the trainer and the evaluation.
//!
//! The core reads no clock, no storage and no randomness, and uses no maths that differs between platforms: the same
//! signals give the same bits natively and in the browser.
//!
//! ```
//! use falter::detector::{Detector, Settings};
//! use falter::model::Model;
//! use falter::recording::{Line, read_line};
//! use falter::window::SessionStart;
//!
//! let model = Model::from_bytes(include_bytes!("../models/exit.falter"))?;
//! let recording = r#"{"session":"a","format":1,"w":1280,"h":720,"docH":2400,"end":3000}
//! {"t":0,"s":"page","page":"product"}
//! {"t":400,"s":"move","x":640,"y":360}
//! {"t":1200,"s":"hover","section":"shipping"}
//! {"t":2900,"s":"move","x":640,"y":300}"#;
//!
//! let mut detector = None;
//! for line in recording.lines() {
//!     match read_line(line)? {
//!         Line::Header(header) => {
//!             let settings = Settings::new(model.threshold_for_share(0.05));
//!             detector = Some(Detector::new(model.clone(), &SessionStart::from(&header), settings));
//!         }
//!         Line::Signal { at, signal } => {
//!             let detector = detector.as_mut().ok_or("a signal before its session")?;
//!             while let Some(decision) = detector.tick(at) {
//!                 assert!((0.0..=1.0).contains(&decision.risk));
//!             }
//!             detector.push(&signal);
//!         }
//!         Line::Unknown => {}
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(not(any(feature = "web", feature = "studio")), forbid(unsafe_code))]
#![cfg_attr(any(feature = "web", feature = "studio"), deny(unsafe_code))]

mod archive;
pub mod boundary;
pub mod detector;
mod exp;
pub mod features;
pub mod model;
pub mod observer;
pub mod plays;
pub mod policy;
pub mod reason;
pub mod recording;
pub mod signal;
pub mod window;

#[cfg(all(feature = "studio", target_arch = "wasm32"))]
#[allow(unsafe_code)] // of wasm-bindgen's macros
mod studio;
#[cfg(feature = "train")]
pub mod train;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
#[allow(unsafe_code)]
mod web;
