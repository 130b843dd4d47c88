//! What has to hold whatever bytes come: one function for each door of the library, over bytes.
//!
//! cargo-fuzz calls them with what it finds (tests/fuzz/targets/), proptest with what it draws and with all that was found
//! before (tests/properties.rs). A property that does not hold panics.
//!
//! | function | bytes are | what holds |
//! |---|---|---|
//! | [`model`] | a model file, or the parts of one | refused by name, or it gives risks in 0..1 for any row and comes back the same |
//! | [`recording`] | a file of recordings | read alike however it is cut, written and read again the same, errors name their line |
//! | [`facts`] | numbers of a facts signal, and who looks at them | kept or refused; nothing is said that they don't bear out |
//! | [`plays`] | a shop's list of plays, or the pieces of one | faults name their place; a condition holds where a naive reading says so |
//! | [`catboost`] | an export in JSON, or the pieces of one | refused by name, or the same as a naive walk over the JSON |
//! | [`signals`] | a visit, see [`visit`] | features within their ranges, at most one card, the same bits after any cut |

mod bytes;
mod catboost;
mod facts;
mod memory;
mod model;
mod plays;
mod recording;
mod signals;
pub(crate) mod visit;

pub(crate) use catboost::catboost;
pub(crate) use facts::facts;
pub(crate) use model::model;
pub(crate) use plays::plays;
pub(crate) use recording::recording;
pub(crate) use signals::{recorded, signals};
