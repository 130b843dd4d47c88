//! What is counted over the session, and when a kind of signal last came.

use bytemuck::{Pod, Zeroable};

/// A time that has not come: no such signal yet.
pub(crate) const NEVER: u32 = u32::MAX;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Count {
    Signals,
    Aways,
    Pages,
    Policies,
    FieldTrouble,
    Copies,
    Problems,
}
const COUNTS: usize = Count::Problems as usize + 1;

/// Whose last time is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Last {
    Signal,
    Click,
    Select,
    Copy,
    Shortcut,
    Scroll,
}
const LASTS: usize = Last::Scroll as usize + 1;

/// Counts and last times of a session.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Tally {
    counts: [u32; COUNTS],
    times: [u32; LASTS],
}

impl Tally {
    /// Nothing came yet.
    pub(crate) fn begin(&mut self) {
        self.times = [NEVER; LASTS];
    }

    /// One more.
    #[inline(never)]
    pub(crate) fn count(&mut self, what: Count) {
        let count = &mut self.counts[what as usize];
        *count = count.saturating_add(1);
    }

    /// How many so far.
    pub(crate) fn counted(&self, what: Count) -> u32 {
        self.counts[what as usize]
    }

    /// It came at `t`, ms. Signals may come out of order: the later time stays.
    #[inline(never)]
    pub(crate) fn came(&mut self, what: Last, t: u32) {
        let time = &mut self.times[what as usize];
        *time = if *time == NEVER { t } else { t.max(*time) };
    }

    /// When it last came, ms; [`NEVER`] when it has not.
    pub(crate) fn last(&self, what: Last) -> u32 {
        self.times[what as usize]
    }
}
