//! [`Kept`]: the recordings that the studio tunes and judges by.

use core::fmt;
use std::collections::{HashMap, HashSet};

use super::Visit;
use super::digest::{Judgement, judge};
use super::figures::Figures;
use super::survey::Survey;
use super::tuning::{Settings, Sheet, Tuned, tune};
use super::visit::{ReadError, VisitReader};
use crate::model::Model;

/// Longest session that the studio takes, ms: twelve hours. A few lines, each just before half an hour of silence is over, would else make
/// millions of ticks, which nothing could cut in on and no memory hold.
pub const MOST_MS: u32 = 12 * 60 * 60_000;

/// Recordings in the order in which they were first put.
#[derive(Debug, Default)]
pub struct Kept {
    recordings: Vec<Recording>,
    /// Where each id is among them.
    places: HashMap<String, usize>,
}

#[derive(Debug)]
struct Recording {
    id: String,
    text: String,
    sheet: Sheet,
    /// Made when it is first asked for: tuning has no need of it.
    judgement: Option<Judgement>,
}

/// Why a text is not one session.
#[derive(Debug)]
#[non_exhaustive]
pub enum TextError {
    /// It cannot be read.
    Read(ReadError),
    /// There is none in it.
    None,
    /// There is more than one in it.
    More,
    /// It goes on for longer than [`MOST_MS`].
    Long,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextError::Read(error) => error.fmt(f),
            TextError::None => f.write_str("no session in it"),
            TextError::More => f.write_str("more than one session in it: divide it"),
            TextError::Long => f.write_str("it goes on for over 12 hours; a session ends after 30 minutes of silence"),
        }
    }
}

impl core::error::Error for TextError {}

/// The one session of a text.
///
/// # Errors
/// When it is not one, or too long.
pub fn visit(text: &str) -> Result<Visit, TextError> {
    let mut visits = VisitReader::new(text.as_bytes());
    let visit = visits.next().ok_or(TextError::None)?.map_err(TextError::Read)?;
    let last = visit.signals.last().map_or(0, |&(at, _)| at);
    match visits.next() {
        None if last.max(visit.header.end) > MOST_MS => Err(TextError::Long),
        None => Ok(visit),
        Some(Ok(_)) => Err(TextError::More),
        Some(Err(error)) => Err(TextError::Read(error)),
    }
}

impl Kept {
    /// Judges a recording by the model and keeps it. Under an id that is known it takes the place of the one before.
    ///
    /// # Errors
    /// When the text is not one session, or too long a one; then nothing changes.
    pub fn put(&mut self, model: &Model, id: String, text: String) -> Result<(), TextError> {
        let sheet = Sheet::of(model, &visit(&text)?);
        let next = self.recordings.len();
        let place = *self.places.entry(id.clone()).or_insert(next);
        let recording = Recording { id, text, sheet, judgement: None };
        match self.recordings.get_mut(place) {
            Some(known) => *known = recording,
            None => self.recordings.push(recording),
        }
        Ok(())
    }

    /// Drops those with these ids; ids that are not known are passed over.
    pub fn drop_those(&mut self, ids: &[String]) {
        let ids: HashSet<&String> = ids.iter().collect();
        self.recordings.retain(|recording| !ids.contains(&recording.id));
        self.places = self.recordings.iter().map(|recording| recording.id.clone()).zip(0..).collect();
    }

    /// Judges all of them by another model.
    pub fn judge_anew(&mut self, model: &Model) {
        for recording in &mut self.recordings {
            // it was read when it was put
            if let Ok(visit) = visit(&recording.text) {
                recording.sheet = Sheet::of(model, &visit);
                recording.judgement = None;
            }
        }
    }

    /// Their ids, in their order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.recordings.iter().map(|recording| recording.id.as_str())
    }

    /// What settings come to on them.
    #[must_use]
    pub fn tune(&self, settings: &Settings) -> Tuned {
        tune(self.recordings.iter().map(|recording| &recording.sheet), settings)
    }

    /// Judges some of those that were not judged yet, as far as the protocol needs it, and returns how many are left: it takes as
    /// long again as putting them, and whoever waits for something else may be let in between.
    pub fn judge_some(&mut self, model: &Model, some: usize) -> usize {
        let mut left = self.recordings.iter_mut().zip(0..).filter(|(recording, _)| recording.judgement.is_none());
        for (recording, number) in left.by_ref().take(some) {
            // it was read when it was put
            recording.judgement = visit(&recording.text).ok().map(|visit| judge(model, number, &visit));
        }
        left.count()
    }

    /// What `falter evaluate` says of them, as of this date; `None` where there are none.
    #[must_use]
    pub fn figures(&mut self, model: &Model, people: &str, date: String) -> Option<Figures> {
        self.judge_some(model, usize::MAX);
        let mut survey = Survey::default();
        for (number, recording) in (0..).zip(&mut self.recordings) {
            if let Some(judgement) = &mut recording.judgement {
                // others may have been dropped since
                judgement.digest.number = number;
                survey.add(judgement);
            }
        }
        let mut contest = survey.settle(model);
        for recording in &self.recordings {
            recording.judgement.iter().for_each(|judgement| contest.add(&judgement.digest));
        }
        let figures = contest.figures(people);
        (figures.visits > 0).then_some(Figures { date: Some(date), ..figures })
    }
}
