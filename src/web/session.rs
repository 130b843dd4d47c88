//! One session's detector with its recorder.

use crate::detector::{Decision, Detector, Leave};
use crate::policy::{HoldReason, Verdict};
use crate::recording::{Header, write_header, write_signal};
use crate::signal::{Device, Signal, SignalKind};

/// A tick ran.
const TICKED: u8 = 1;
/// A card is to be shown.
const SHOW: u8 = 2;
/// A card would have been shown to somebody who is not held out.
const HELD_OUT: u8 = 4;
/// A leave happened.
const LEFT: u8 = 8;
/// Half an hour without a signal: the session is over.
const OVER: u8 = 16;
/// Longest recording, bytes: an hour of 60 Hz movement, more than any storage of a page would take.
const RECORDING_MAX: usize = 8 << 20;

/// What runs between two calls from JavaScript.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) detector: Detector,
    pub(super) device: Device,
    pub(super) decision: Option<Decision>,
    pub(super) leave: Option<Leave>,
    recording: Option<String>,
    flags: u8,
}

impl Session {
    pub(super) fn new(detector: Detector, device: Device) -> Session {
        Session { detector, device, decision: None, leave: None, recording: None, flags: 0 }
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

    /// Tells the detector what happened, after the ticks that come before it.
    #[inline(never)]
    pub(super) fn tell(&mut self, t: u32, kind: SignalKind) {
        self.run(t);
        let signal = Signal { t, kind };
        let at = self.detector.push(&signal);
        if let (Some(at), Some(recording)) = (at, &mut self.recording)
            && recording.len() < RECORDING_MAX
        {
            write_signal(at, &signal, recording);
            recording.push('\n');
        }
    }

    /// Session time now, as far as signals and ticks tell.
    pub(super) fn now(&self) -> u32 {
        self.detector.observer().now()
    }

    /// What happened since the last call, as bits.
    pub(super) fn take_flags(&mut self) -> u8 {
        core::mem::take(&mut self.flags)
    }

    /// Records from now on; what was recorded before is let go.
    pub(super) fn record(&mut self) {
        self.recording = Some(String::new());
    }

    /// The recording so far, its header first; "" when nothing is recorded.
    pub(super) fn recording(&self, header: &Header) -> String {
        let mut out = String::new();
        if let Some(signals) = &self.recording {
            write_header(header, &mut out);
            out.push('\n');
            out.push_str(signals);
        }
        out
    }
}
