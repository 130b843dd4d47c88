//! One session's detector, and what is recorded of it.

use super::{page, shared};
use crate::detector::{Decision, Detector, Leave};
use crate::policy::{HoldReason, Verdict};
use crate::recording::Kind;
use crate::signal::{Signal, SignalKind};

/// A tick ran.
const TICKED: u32 = 1;
/// A card is to be shown.
const SHOW: u32 = 2;
/// A card would have been shown to somebody who is not held out.
const HELD_OUT: u32 = 4;
/// A leave happened.
const LEFT: u32 = 8;
/// Half an hour without a signal: the session is over.
const OVER: u32 = 16;

/// What runs between two calls from JavaScript.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) detector: Detector,
    pub(super) decision: Option<Decision>,
    pub(super) leave: Option<Leave>,
    pub(super) is_recorded: bool,
    flags: u32,
}

impl Session {
    pub(super) fn new(detector: Detector) -> Session {
        Session { detector, decision: None, leave: None, is_recorded: false, flags: 0 }
    }

    /// Runs the ticks due at or before `now`.
    pub(super) fn run(&mut self, now: u32) {
        while let Some(decision) = self.detector.tick(now) {
            self.flags |= TICKED;
            match decision.verdict {
                Verdict::Show(_) => self.flags |= SHOW,
                Verdict::Hold(HoldReason::Holdout) => self.flags |= HELD_OUT,
                // a show is not overwritten by the ticks made up for after it
                Verdict::Hold(_) if self.flags & (SHOW | HELD_OUT) != 0 => continue,
                Verdict::Hold(_) => {}
            }
            self.decision = Some(decision);
        }
        if let Some(leave) = self.detector.take_leave(now) {
            self.leave = Some(leave);
            self.flags |= LEFT;
        }
        if self.detector.observer().is_over(now) {
            self.flags |= OVER;
        }
    }

    /// Tells the detector what happened, after the ticks that come before it, in numbers; NaN where a kind has fewer.
    #[inline(never)]
    pub(super) fn tell(&mut self, t: u32, kind: Kind, a: f64, b: f64, c: f64) {
        shared::put(0, a);
        shared::put(1, b);
        shared::put(2, c);
        self.tell_shared(t, kind);
    }

    /// The same, the numbers being shared already.
    #[inline(never)]
    pub(super) fn tell_shared(&mut self, t: u32, kind: Kind) {
        self.run(t);
        let numbers = kind.rounded(&shared::take());
        if let Some(what) = SignalKind::from_numbers(kind, &numbers)
            && let Some(at) = self.detector.push(&Signal { t, kind: what })
            && self.is_recorded
        {
            for (place, &number) in numbers.iter().enumerate() {
                shared::put(place, number);
            }
            page::record(kind as u32, at.max(t), t);
        }
    }

    /// Session time now, as far as signals and ticks tell.
    pub(super) fn now(&self) -> u32 {
        self.detector.observer().now()
    }

    /// What happened since the last call, as bits.
    pub(super) fn take_flags(&mut self) -> u32 {
        core::mem::take(&mut self.flags)
    }
}
