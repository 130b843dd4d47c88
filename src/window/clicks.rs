//! Rage clicks and dead clicks: what went wrong on a page without a word of it.
//!
//! Both count once, until the shopper clicks somewhere else.

use bytemuck::{Pod, Zeroable};

use super::tally::NEVER;
use crate::archive::Flag;
use crate::signal::{SignalKind, Target};

/// Clicks no farther apart than this are at one spot, px.
const SPOT_PX: f32 = 24.0;
/// Three clicks within this are rage, ms; and a page that tells nothing for so long after a click has not answered it.
const SECOND_MS: u32 = 1_000;
/// Whoever clicks the same spot again within this, ms, has waited for an answer.
const AGAIN_MS: u32 = 4_000;

/// The last clicks, all at one spot.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Clicks {
    x: f32,
    y: f32,
    /// When the last two came, ms; [`NEVER`]: none.
    last: u32,
    before: u32,
    /// The last was on a link or button, and the page has told nothing since.
    is_open: Flag,
    is_counted: Flag,
    /// Fills the last four bytes: saved state has no gaps.
    rest: [u8; 2],
}

impl Clicks {
    /// No click yet.
    pub(crate) fn begin(&mut self) {
        (self.last, self.before) = (NEVER, NEVER);
    }

    /// A click; whether it shows that something is wrong.
    // not inlined: it compresses better so
    #[inline(never)]
    pub(crate) fn click(&mut self, t: u32, x: f32, y: f32, on: Target) -> bool {
        let (dx, dy) = (x - self.x, y - self.y);
        if self.last == NEVER || dx * dx + dy * dy > SPOT_PX * SPOT_PX {
            *self = Clicks { x, y, last: NEVER, before: NEVER, ..Zeroable::zeroed() };
        }
        // three quick clicks on a text or in a field select a paragraph of it
        let is_rage = since(self.before, t) <= SECOND_MS && !matches!(on, Target::Text | Target::Field);
        let waited = since(self.last, t);
        let is_dead = self.is_open.is_set() && (SECOND_MS..=AGAIN_MS).contains(&waited);
        let is_wrong = (is_rage || is_dead) && !self.is_counted.is_set();
        (self.before, self.last) = (self.last, t);
        self.is_open = Flag::from(matches!(on, Target::Link | Target::Button));
        self.is_counted = Flag::from(is_wrong || self.is_counted.is_set());
        is_wrong
    }

    /// Something else was told: whatever does not come of the hand alone is the page's answer to a click.
    pub(crate) fn told(&mut self, t: u32, kind: &SignalKind) {
        let is_of_hand = matches!(
            kind,
            SignalKind::Move { .. }
                | SignalKind::Down { .. }
                | SignalKind::Up { .. }
                | SignalKind::Click { .. }
                | SignalKind::Out { .. }
                | SignalKind::In { .. }
                | SignalKind::Key { .. }
                | SignalKind::Focus
                | SignalKind::Hover { .. }
                | SignalKind::Unhover { .. }
        );
        if !is_of_hand && since(self.last, t) <= SECOND_MS {
            self.is_open = Flag::NO;
        }
    }
}

/// The time since `at`, ms; the longest there is where it never was.
fn since(at: u32, now: u32) -> u32 {
    if at == NEVER { NEVER } else { now.saturating_sub(at) }
}
