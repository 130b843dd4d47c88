//! [`Observer`]: when ticks are due and what they see.
//!
//! A tick at T has seen the signals with t < T, and no other, whether the session runs live, is replayed or is cut into
//! page loads. The trainer and the detector share it, so a model is trained on the very rows it will see.

use bytemuck::{Pod, Zeroable};

use crate::features::{FeatureRow, UNKNOWN, extract};
use crate::signal::Signal;
use crate::window::{SessionStart, SignalWindow};

/// Time between ticks, ms.
pub const TICK_MS: u32 = 250;
/// A signal later than this, ms, is dropped: ticks have already judged without it.
pub const LATEST_MS: u32 = 250;
/// Times from here on are none, ms: 2^31, about 25 days, as in recordings. A clock that is set wrong tells such.
const NO_TIME: u32 = 1 << 31;
/// A session ends after this much silence, ms.
pub const SESSION_GAP_MS: u32 = 30 * 60_000;

/// A window with its ticks.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct Observer {
    window: SignalWindow,
    row: FeatureRow,
    now: u32,
    next_tick: u32,
    dropped: u32,
    /// Fills the last eight bytes: saved state has no gaps.
    rest: u32,
}

impl Observer {
    /// An observer of a session that begins.
    #[must_use]
    pub fn new(start: &SessionStart) -> Observer {
        Observer { window: SignalWindow::new(start), row: UNKNOWN, now: 0, next_tick: TICK_MS, dropped: 0, rest: 0 }
    }

    /// What is known of the session.
    #[must_use]
    pub fn window(&self) -> &SignalWindow {
        &self.window
    }

    /// The features of the last tick.
    #[must_use]
    pub fn row(&self) -> &FeatureRow {
        &self.row
    }

    /// The stream's time, ms: that of the last tick or signal, whichever is later.
    #[must_use]
    pub fn now(&self) -> u32 {
        self.now
    }

    /// Signals dropped so far: not finite, too late, or of no possible time.
    #[must_use]
    pub fn dropped(&self) -> u32 {
        self.dropped
    }

    /// Runs the next tick due at or before `now` and returns its time; `None` when no more is due. While the shopper is
    /// away, and after half an hour of silence, none is. Call until `None`.
    pub fn tick(&mut self, now: u32) -> Option<u32> {
        let t = self.next_tick;
        let last_signal = self.window.last_signal()?;
        if t > now || now >= NO_TIME || !self.window.is_present() || t - last_signal.min(t) > SESSION_GAP_MS {
            return None;
        }
        self.next_tick = t.saturating_add(TICK_MS);
        self.now = self.now.max(t);
        self.window.advance(t);
        extract(&self.window, t, &mut self.row);
        Some(t)
    }

    /// Takes in a signal. Ticks that are due at or before it must have run. Returns the stream's time it counts at in a
    /// recording, or `None` when it was dropped.
    pub fn push(&mut self, signal: &Signal) -> Option<u32> {
        let late = self.now.saturating_sub(signal.t);
        if late >= LATEST_MS || signal.t >= NO_TIME || !signal.kind.is_finite() {
            self.dropped = self.dropped.saturating_add(1);
            return None;
        }
        self.now = self.now.max(signal.t);
        // ticks that passed while nobody was here are not made up for
        if self.next_tick <= signal.t {
            self.next_tick = (signal.t / TICK_MS).saturating_add(1).saturating_mul(TICK_MS);
        }
        self.window.push(signal);
        Some(self.now)
    }

    /// Whether the session is over at `now`: half an hour without a signal.
    #[must_use]
    pub fn is_over(&self, now: u32) -> bool {
        self.window.last_signal().is_some_and(|last| now.saturating_sub(last) > SESSION_GAP_MS)
    }
}
