//! falter sees, in the page, that a shopper is about to leave, and says why.
#![cfg_attr(not(feature = "web"), forbid(unsafe_code))]
#![cfg_attr(feature = "web", deny(unsafe_code))]

mod archive;
pub mod detector;
pub mod features;
pub mod model;
pub mod observer;
pub mod policy;
pub mod reason;
pub mod recording;
pub mod signal;
pub mod window;

#[cfg(feature = "train")]
pub mod train;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
#[allow(unsafe_code)]
mod web;
