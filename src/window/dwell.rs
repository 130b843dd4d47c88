//! How long the pointer has rested in each marked section.

use bytemuck::{Pod, Zeroable};

use crate::archive::Flag;
use crate::signal::Section;

const SECTIONS: usize = Section::ALL.len();
/// Coming back to a section sooner than this is the same look at it.
const SAME_LOOK_MS: u32 = 2_000;

/// Time spent on each section over the session, and how often it was gone back to.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Dwell {
    ms: [u32; SECTIONS],
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
        self.pause(t);
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
            self.pause(t);
            self.forget_current();
        }
        was_there
    }

    fn is_in(&self, section: Section) -> bool {
        self.current == section as u8 + 1
    }

    /// Stops counting: the shopper is away.
    #[inline(never)]
    pub(crate) fn pause(&mut self, t: u32) {
        let place = usize::from(self.current).wrapping_sub(1);
        if self.running.is_set() && place < SECTIONS {
            self.ms[place] = self.ms[place].saturating_add(t.saturating_sub(self.since));
            self.left_at[place] = t;
        }
        self.running = Flag::NO;
    }

    /// Counts again.
    pub(crate) fn resume(&mut self, t: u32) {
        self.since = t;
        self.running = Flag::YES;
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
