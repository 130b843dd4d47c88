//! Page time → session time.

/// The wall clock further ahead than this, ms, means that the machine slept: `performance.now` stands still then on some
/// platforms (w3c/hr-time issue 115). Less is the clocks' own disagreement.
const SLEEP_MS: f64 = 1_000.0;

/// Counts whole ms since the session began, sleep included. Never set back: a wall clock that is moved back by its owner is
/// not followed.
#[derive(Debug)]
pub(super) struct Clock {
    started: f64,
    /// Session time of the page's time 0.
    origin: f64,
}

impl Clock {
    /// A clock for a session that began at wall time `started`, on a page whose time 0 is wall time `page`, both ms.
    pub(super) fn new(started: f64, page: f64) -> Clock {
        Clock { started, origin: page - started }
    }

    /// Session time of a page time (`event.timeStamp`, `performance.now()`).
    // not inlined: every export asks for it
    #[inline(never)]
    pub(super) fn at(&self, page_time: f64) -> u32 {
        // clamped before the cast: 2^31 ms is the longest a recording can hold
        (page_time + self.origin + 0.5).clamp(0.0, 2_147_483_647.0) as u32
    }

    /// Looks at the wall clock and makes up for sleep.
    pub(super) fn check(&mut self, page_time: f64, wall: f64) {
        let slept = wall - self.started - page_time - self.origin;
        if slept > SLEEP_MS {
            self.origin += slept;
        }
    }

    /// Goes on from `t` at the earliest: the wall clock may have been moved back since the page before.
    pub(super) fn go_on_from(&mut self, t: u32, page_time: f64) {
        self.origin = self.origin.max(f64::from(t) - page_time);
    }
}
