//! Marked sections: in view, and under the pointer.

use super::super::page;
use super::super::session::Session;
use super::{Event, NONE, place, viewport};
use crate::recording::Kind;
use crate::signal::{Device, Section};
use crate::window::NEVER;

/// On touch, the page rests after this much time without scrolling, ms.
const SETTLED_MS: u32 = 300;
/// On touch, where a section is looked for, as parts of the viewport's height: nearest to the middle first.
const MIDDLE: [f32; 5] = [0.5, 0.4, 0.6, 0.3, 0.7];

#[derive(Debug)]
pub(super) struct Dwell {
    device: Device,
    hovered: Option<Section>,
    /// How many elements of a section are in view.
    seen: [u8; Section::ALL.len()],
    settled: u32,
}

impl Dwell {
    pub(super) fn new(device: Device) -> Dwell {
        Dwell { device, hovered: None, seen: [0; Section::ALL.len()], settled: NEVER }
    }

    pub(super) fn forget_told(&mut self) {
        self.hovered = None;
    }

    pub(super) fn over(&mut self, event: &Event, session: &mut Session) {
        if self.device != Device::Touch {
            self.rest_in(Section::from_number(event.what), event.t, session);
        }
    }

    /// The pointer rests in a section, or in none any more.
    pub(super) fn rest_in(&mut self, now: Option<Section>, t: u32, session: &mut Session) {
        if now == self.hovered {
            return;
        }
        let mut tell = |kind, section| session.tell(t, kind, place(section as u8), NONE, NONE);
        if let Some(section) = self.hovered {
            tell(Kind::Unhover, section);
        }
        if let Some(section) = now {
            tell(Kind::Hover, section);
        }
        self.hovered = now;
    }

    /// An element of a section came into view or left it; each change is heard once.
    pub(super) fn see(&mut self, is_seen: bool, event: &Event, session: &mut Session) {
        let Some(section) = Section::from_number(event.what) else { return };
        let Some(count) = self.seen.get_mut(section as usize) else { return };
        let before = *count;
        *count = if is_seen { before.saturating_add(1) } else { before.saturating_sub(1) };
        match (before, *count) {
            (0, 1..) => event.tell(session, Kind::See, event.what, NONE),
            (1.., 0) => event.tell(session, Kind::Unsee, event.what, NONE),
            _ => {}
        }
    }

    /// On touch: once the page rests, the section nearest the middle is the one that is read.
    pub(super) fn settle(&mut self, scrolled: u32, t: u32, session: &mut Session) {
        let is_at_rest = scrolled == NEVER || t.saturating_sub(scrolled) >= SETTLED_MS;
        if self.device != Device::Touch || !is_at_rest || self.settled == scrolled && self.hovered.is_some() {
            return;
        }
        self.settled = scrolled;
        let (w, h) = viewport();
        let read = MIDDLE.iter().find_map(|part| Section::from_number(page::section(w / 2.0, h * part)));
        self.rest_in(read, t, session);
    }
}
