//! How long the shopper has been on this kind of page.

use bytemuck::{Pod, Zeroable};

use super::tally::NEVER;

/// Presence on one kind of page since it was turned to, over however many pages of it.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Stay {
    ms: u32,
    /// Since when the shopper is there, ms; [`NEVER`]: away, or between two documents.
    since: u32,
}

impl Stay {
    /// Nobody is there yet.
    pub(crate) fn begin(&mut self) {
        self.since = NEVER;
    }

    /// Another kind of page is shown.
    pub(crate) fn turn(&mut self) {
        *self = Stay { ms: 0, since: NEVER };
    }

    /// The shopper is there.
    pub(crate) fn resume(&mut self, t: u32) {
        if self.since == NEVER {
            self.since = t;
        }
    }

    /// No longer.
    pub(crate) fn pause(&mut self, t: u32) {
        *self = Stay { ms: self.ms(t), since: NEVER };
    }

    /// Milliseconds so far.
    pub(crate) fn ms(&self, now: u32) -> u32 {
        let open = if self.since == NEVER { 0 } else { now.saturating_sub(self.since) };
        self.ms.saturating_add(open)
    }
}
