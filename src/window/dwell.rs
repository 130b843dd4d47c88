//! How long the pointer has rested in each marked section, and the shopper been on this kind of page.

use bytemuck::{Pod, Zeroable};

use crate::archive::Flag;
use crate::signal::Section;

const SECTIONS: usize = Section::ALL.len();
/// Coming back to a section sooner than this is the same look at it.
const SAME_LOOK_MS: u32 = 2_000;

/// Time spent on each section over the session, how often it was gone back to, and the stay on this kind of page.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Dwell {
    ms: [u32; SECTIONS],
    /// Presence on this kind of page since it was turned to, ms.
    stay: u32,
    left_at: [u32; SECTIONS],
    since: u32,
    looks: [u8; SECTIONS],
    /// The section the pointer is in: number + 1, or 0.
    current: u8,
    running: Flag,
}

impl Dwell {
    /// The pointer rests in the section now, and no longer in another.
    pub(crate) fn enter(&mut self, section: Section, t: u32) {
        let place = section as usize;
        if self.is_in(section) {
            return;
        }
        self.settle(t);
        if self.looks[place] == 0 || t.saturating_sub(self.left_at[place]) >= SAME_LOOK_MS {
            self.looks[place] = self.looks[place].saturating_add(1);
        }
        self.current = section as u8 + 1;
        self.resume(t);
    }

    /// The pointer left the section. False when it was not there.
    pub(crate) fn leave(&mut self, section: Section, t: u32) -> bool {
        let was_there = self.is_in(section);
        if was_there {
            self.settle(t);
            self.forget_current();
        }
        was_there
    }

    fn is_in(&self, section: Section) -> bool {
        self.current == section as u8 + 1
    }

    /// Counts what has passed up to `t`.
    #[inline(never)]
    fn settle(&mut self, t: u32) {
        if !self.running.is_set() {
            return;
        }
        let passed = t.saturating_sub(self.since);
        self.stay = self.stay.saturating_add(passed);
        let place = usize::from(self.current).wrapping_sub(1);
        if place < SECTIONS {
            self.ms[place] = self.ms[place].saturating_add(passed);
            self.left_at[place] = t;
        }
        self.since = t;
    }

    /// Stops counting: the shopper is away.
    pub(crate) fn pause(&mut self, t: u32) {
        self.settle(t);
        self.running = Flag::NO;
    }

    /// Counts again.
    pub(crate) fn resume(&mut self, t: u32) {
        if !self.running.is_set() {
            self.since = t;
            self.running = Flag::YES;
        }
    }

    /// A page of another kind is shown: the stay begins anew.
    pub(crate) fn turn(&mut self, t: u32) {
        self.settle(t);
        self.stay = 0;
    }

    /// Milliseconds of presence on this kind of page up to `now`.
    pub(crate) fn stay_ms(&self, now: u32) -> u32 {
        let open = if self.running.is_set() { now.saturating_sub(self.since) } else { 0 };
        self.stay.saturating_add(open)
    }

    /// The pointer is in no section.
    pub(crate) fn forget_current(&mut self) {
        self.current = 0;
    }

    /// Milliseconds spent on the section up to `now`.
    pub(crate) fn ms(&self, section: Section, now: u32) -> u32 {
        let open = if self.running.is_set() && self.is_in(section) { now.saturating_sub(self.since) } else { 0 };
        self.ms[section as usize].saturating_add(open)
    }

    /// How often each was looked at.
    pub(crate) fn looks(&self) -> &[u8; SECTIONS] {
        &self.looks
    }

    /// How often sections were gone back to after the first look, in all.
    pub(crate) fn revisits(&self) -> u32 {
        let mut again = 0;
        for &looks in &self.looks {
            again += u32::from(looks.saturating_sub(1));
        }
        again
    }
}
