//! Training and judging: simulated shoppers, rows, trees, calibration, reasons, presets, evaluation.
//!
//! | module | what it is |
//! |---|---|
//! | [`simulate`] | shoppers that never were, as recordings |
//! | [`visit`] | one session as a whole; reads recordings from a stream |
//! | [`presence`] | when a shopper was there and when they left: the labels |
//! | [`dataset`] | rows: features at a tick, and whether a leave followed within 4 s |
//! | [`boost`] | gradient boosting on oblivious trees |
//! | [`calibrate`] | margins to probabilities |
//! | [`reasons`] | the reason head |
//! | [`presets`] | shares of visits to thresholds, with the whole policy on |
//! | [`people`] | who is trained and judged on, and for which part |
//! | [`recipe`] | all of these in order: from visits to a model and its manifest |
//! | [`retrain`] | a model of one's own recordings, judged by folds beside the one in use |
//! | [`manifest`] | what stands beside a model |
//! | [`evaluate`] | what alerts would have been worth, leave by leave: the protocol, and thresholds for rates |
//! | [`leave`] | the kind of a leave, and whether there was a sign of it |
//! | [`baselines`] | the rules that pages use today |
//! | [`digest`] | what judging has to know of one visit |
//! | [`survey`], [`contest`] | the two passes of judging: thresholds, then all that is counted at them |
//! | [`bootstrap`], [`risks`] | intervals over people; how good risks are tick by tick |
//! | [`figures`] | all that is stated about a model on a set of people |
//! | [`tuning`] | alerts and cards at any settings, recomputed while a slider moves |
//! | [`import`] | models that CatBoost trained |
//! | [`report`] | what cards brought: the events of a webhook, to lift with its interval |
//! | [`card`] | the model card, made from manifest and figures |
//! | [`loaded`], [`glossary`] | the model as the studio holds it, and the names of what it shows |
//! | [`divide`], [`sketch`] | a file into its sessions, and what they are |
//! | [`replay`], [`contributions`] | a session tick by tick, and what each feature adds there |
//! | [`kept`] | the recordings that the studio tunes and judges by |
//!
//! Training is reproducible: the same visits and seed give the same bytes, whatever the number of threads.

pub mod baselines;
pub mod boost;
pub mod bootstrap;
pub mod calibrate;
pub mod card;
pub mod contest;
pub mod contributions;
pub mod dataset;
pub mod digest;
pub mod divide;
mod draw;
pub mod evaluate;
pub mod figures;
pub mod glossary;
pub mod import;
pub mod kept;
pub mod leave;
pub mod loaded;
pub mod manifest;
pub mod people;
pub mod presence;
pub mod presets;
pub mod reasons;
pub mod recipe;
pub mod replay;
pub mod report;
pub mod retrain;
pub mod risks;
pub mod simulate;
pub mod sketch;
pub mod survey;
pub mod tuning;
pub mod visit;

pub use visit::Visit;
