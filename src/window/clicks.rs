//! Rage clicks and dead clicks: what went wrong on a page without a word of it.
//!
//! Both count once, until the shopper clicks somewhere else.

use bytemuck::{Pod, Zeroable};

use crate::archive::Flag;
use crate::signal::{SignalKind, Target};

/// Clicks no farther apart than this are at one spot, px.
const SPOT_PX: f32 = 24.0;
/// Three clicks within this are rage, ms; and whoever waited so long for an answer to one before the next got none at once.
const SECOND_MS: u32 = 1_000;
/// Whoever clicks the same spot again within this, ms, has waited for an answer.
const AGAIN_MS: u32 = 4_000;
/// No click: half the circle of times away from every one there is, so that time since it, which wraps, is long.
const NONE: u32 = 1 << 31;
/// Far from every spot, px.
const NOWHERE: f32 = -1e9;

/// The last clicks, all at one spot.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Clicks {
    x: f32,
    y: f32,
    /// When the last two came, ms, or [`NONE`].
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
    #[inline(never)]
    pub(crate) fn begin(&mut self) {
        *self = Clicks { x: NOWHERE, last: NONE, before: NONE, ..Zeroable::zeroed() };
    }

    /// A click; whether it shows that something is wrong. One that comes late, after a later one, shows nothing.
    pub(crate) fn click(&mut self, t: u32, x: f32, y: f32, on: Target) -> bool {
        let (dx, dy) = (x - self.x, y - self.y);
        if dx * dx + dy * dy > SPOT_PX * SPOT_PX {
            self.begin();
            (self.x, self.y) = (x, y);
        }
        // three quick clicks on a text or in a field select a paragraph of it; much text is in what is called other
        let selects = matches!(on, Target::Text | Target::Field | Target::Other);
        let is_rage = t.wrapping_sub(self.before) <= SECOND_MS && !selects;
        let is_dead =
            self.is_open.is_set() && t.wrapping_sub(self.last).wrapping_sub(SECOND_MS) <= AGAIN_MS - SECOND_MS;
        let is_wrong = (is_rage || is_dead) && !self.is_counted.is_set();
        if is_wrong {
            self.is_counted = Flag::YES;
        }
        (self.before, self.last) = (self.last, t);
        self.is_open = Flag::from(matches!(on, Target::Link | Target::Button));
        is_wrong
    }

    /// Something else was told: whatever does not come of the hand alone is the page's answer to the last click.
    pub(crate) fn told(&mut self, kind: &SignalKind) {
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
        if !is_of_hand {
            self.is_open = Flag::NO;
        }
    }
}
