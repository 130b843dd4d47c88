//! How long the pointer has rested in each marked section.

use crate::archive::archived;
use crate::signal::Section;

const SECTIONS: usize = 10;
/// Coming back to a section sooner than this is the same look at it.
const SAME_LOOK_MS: u32 = 2_000;

/// Time spent on each section over the session, and how often it was gone back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dwell {
    ms: [u32; SECTIONS],
    left_at: [u32; SECTIONS],
    looks: [u8; SECTIONS],
    /// The section the pointer is in: number + 1, or 0.
    current: u8,
    since: u32,
    running: bool,
}

archived!(Dwell { ms, left_at, looks, current, since, running });

impl Dwell {
    pub(crate) fn new() -> Dwell {
        Dwell { ms: [0; SECTIONS], left_at: [0; SECTIONS], looks: [0; SECTIONS], current: 0, since: 0, running: true }
    }

    fn open(&self) -> Option<usize> {
        (self.current as usize).checked_sub(1)
    }

    /// The pointer rests in the section now, and no longer in another.
    pub(crate) fn enter(&mut self, section: Section, t: u32) {
        let index = section as usize;
        if self.open() == Some(index) {
            return;
        }
        self.pause(t);
        self.forget_current();
        if let (Some(looks), Some(left)) = (self.looks.get_mut(index), self.left_at.get(index))
            && (*looks == 0 || t.saturating_sub(*left) >= SAME_LOOK_MS)
        {
            *looks = looks.saturating_add(1);
        }
        self.current = section as u8 + 1;
        self.resume(t);
    }

    /// The pointer left the section. False when it was not there.
    pub(crate) fn leave(&mut self, section: Section, t: u32) -> bool {
        let was_there = self.open() == Some(section as usize);
        if was_there {
            self.pause(t);
            self.forget_current();
        }
        was_there
    }

    /// Stops counting: the shopper is away.
    pub(crate) fn pause(&mut self, t: u32) {
        if self.running
            && let Some(index) = self.open()
            && let (Some(ms), Some(left)) = (self.ms.get_mut(index), self.left_at.get_mut(index))
        {
            *ms = ms.saturating_add(t.saturating_sub(self.since));
            *left = t;
        }
        self.running = false;
    }

    /// Counts again.
    pub(crate) fn resume(&mut self, t: u32) {
        self.since = t;
        self.running = true;
    }

    /// The pointer is in no section.
    pub(crate) fn forget_current(&mut self) {
        self.current = 0;
    }

    /// Milliseconds spent on the section up to `now`.
    pub(crate) fn ms(&self, section: Section, now: u32) -> u32 {
        let index = section as usize;
        let open = if self.running && self.open() == Some(index) { now.saturating_sub(self.since) } else { 0 };
        self.ms.get(index).map_or(0, |ms| ms.saturating_add(open))
    }

    /// How often sections were gone back to after the first look, in all.
    pub(crate) fn revisits(&self) -> u32 {
        self.looks.iter().map(|&looks| u32::from(looks).saturating_sub(1)).sum()
    }
}
