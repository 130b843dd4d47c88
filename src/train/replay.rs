//! [`Player`]: a session run through the detector as its page would, and all that can be said of each tick.
//!
//! Fed as it goes on or read as a whole, the same lines give the same ticks, and these are those of the page and of
//! `falter replay`. Only a card is settled once more: a reason under its floor is not named, as the page does where a shop
//! tuned it so.

mod ticks;

use core::fmt;

pub use ticks::{NONE, Ticks};

use super::Visit;
use super::contributions::Contributions;
use super::loaded::Loaded;
use super::tuning::Settings;
use crate::detector::{self, Decision, Detector};
use crate::policy::{Ground, History, HoldReason, Verdict, speak};
use crate::reason::Reason;
use crate::recording::{Header, Line, LineError, read_line};
use crate::signal::Signal;
use crate::window::SessionStart;

/// A session at play. Settings, model and plays stay those it began with.
#[derive(Debug, Clone)]
pub struct Player {
    detector: Detector,
    settings: Settings,
    contributions: Option<Contributions>,
}

/// Why a line was not taken in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FeedError {
    /// It is not a line of a recording; its number among those fed, from 1.
    Line(usize, LineError),
    /// It opens a session, and one is going on.
    Header(usize),
}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FeedError::Line(number, error) => write!(f, "line {number}: {error}"),
            FeedError::Header(number) => write!(f, "line {number}: opens a session while another goes on"),
        }
    }
}

impl core::error::Error for FeedError {}

impl Player {
    /// A session that begins, of a shopper of whom no more is known than its header says.
    #[must_use]
    pub fn new(loaded: &Loaded, header: &Header, settings: &Settings) -> Player {
        let set = detector::Settings {
            arming_ms: settings.arming_ms,
            history: History::from(header),
            ..detector::Settings::new(settings.threshold as f32)
        };
        Player {
            detector: Detector::new(loaded.model().clone(), &SessionStart::from(header), set),
            settings: *settings,
            contributions: loaded.contributions().cloned(),
        }
    }

    /// A whole visit.
    #[must_use]
    pub fn replay(loaded: &Loaded, visit: &Visit, settings: &Settings) -> Ticks {
        let mut player = Player::new(loaded, &visit.header, settings);
        let mut ticks = player.no_ticks();
        for (at, signal) in &visit.signals {
            player.push(*at, signal, &mut ticks);
        }
        player.run(visit.header.end, &mut ticks);
        ticks
    }

    /// Columns for ticks of this session.
    #[must_use]
    pub fn no_ticks(&self) -> Ticks {
        Ticks::new(self.contributions.as_ref())
    }

    /// Takes in lines of a recording, each after the ticks due at it, then runs those due until `now`, ms. What was run before a
    /// bad line stays run; the lines after it are not read.
    ///
    /// # Errors
    /// When a line is none of a session that goes on.
    pub fn feed(&mut self, lines: &str, now: u32, ticks: &mut Ticks) -> Result<(), FeedError> {
        for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match read_line(line.trim()).map_err(|error| FeedError::Line(number, error))? {
                Line::Signal { at, signal } => self.push(at, &signal, ticks),
                Line::Header(_) => return Err(FeedError::Header(number)),
                Line::Unknown => {}
            }
        }
        self.run(now, ticks);
        Ok(())
    }

    fn push(&mut self, at: u32, signal: &Signal, ticks: &mut Ticks) {
        self.run(at, ticks);
        // a recording may hold what a live page would have dropped; it is dropped here too
        let _ = self.detector.push(signal);
    }

    /// Runs the ticks due until `now`, ms.
    fn run(&mut self, now: u32, ticks: &mut Ticks) {
        while let Some(mut decision) = self.detector.tick(now) {
            decision.verdict = self.settle(&decision);
            let (model, row) = (self.detector.model(), self.detector.features());
            ticks.add(&decision, model.margin(row), row);
            if let Some(contributions) = &mut self.contributions {
                ticks.explain(&contributions.of(&model.bins(row)));
            }
        }
    }

    /// The verdict, with a reason of the model's under its floor taken back. Where nothing general is true either there is no
    /// card; the visit's one chance is gone, as it is in the page, where the engine has decided by then.
    fn settle(&self, decision: &Decision) -> Verdict {
        let Verdict::Show(show) = decision.verdict else { return decision.verdict };
        // a play says what it knows, and guesses nothing
        if decision.play.is_some() || self.settings.is_sure(show.reason, decision.explanation.confidence) {
            return decision.verdict;
        }
        let (window, history) = (self.detector.observer().window(), &self.detector.settings().history);
        let ground = Ground { facts: window.facts(), history, cart: show.cart };
        speak(Reason::Unsure, None, &ground).map_or(Verdict::Hold(HoldReason::NothingToSay), Verdict::Show)
    }
}
