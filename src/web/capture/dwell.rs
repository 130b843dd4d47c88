//! Marked sections, `data-falter="shipping"`: in view, and under the pointer.

use super::super::dom::{Event, Node};
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{Device, Section, SignalKind};
use crate::window::NEVER;

const OVER: u8 = kind::DWELL;
/// A section came into view or left it.
pub(super) const SEEN: u8 = kind::DWELL + 1;
const MARK: &str = "data-falter";
const MARKED: &str = "[data-falter]";
/// On touch, the page rests after this much time without scrolling, ms.
const SETTLED_MS: u32 = 300;
/// On touch, where a section is looked for, as parts of the viewport's height: nearest to the middle first.
const MIDDLE: [f32; 5] = [0.5, 0.4, 0.6, 0.3, 0.7];

#[derive(Debug)]
pub(super) struct Dwell {
    hovered: Option<Section>,
    /// How many elements of a section are in view.
    seen: [u8; Section::ALL.len()],
    settled: u32,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "pointerover", OVER);
    door.watch(MARKED, SEEN);
}

#[inline(never)]
fn section(element: Option<Node>) -> Option<Section> {
    Section::from_name(&element?.closest(MARKED)?.get_attribute(MARK)?)
}

impl Dwell {
    pub(super) fn new() -> Dwell {
        Dwell { hovered: None, seen: [0; Section::ALL.len()], settled: NEVER }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, t: u32, session: &mut Session) {
        let section = section(event.element());
        if kind == SEEN {
            self.see(section, event.is_intersecting(), t, session);
        } else if session.device != Device::Touch {
            self.rest_in(section, t, session);
        }
    }

    pub(super) fn forget_told(&mut self) {
        self.hovered = None;
    }

    /// The pointer rests in a section, or in none any more.
    pub(super) fn rest_in(&mut self, now: Option<Section>, t: u32, session: &mut Session) {
        if now == self.hovered {
            return;
        }
        if let Some(section) = self.hovered {
            session.tell(t, SignalKind::Unhover { section });
        }
        if let Some(section) = now {
            session.tell(t, SignalKind::Hover { section });
        }
        self.hovered = now;
    }

    /// An element of a section came into view or left it; the door tells each change once.
    fn see(&mut self, section: Option<Section>, is_seen: bool, t: u32, session: &mut Session) {
        let Some(section) = section else { return };
        let Some(count) = self.seen.get_mut(section as usize) else { return };
        let before = *count;
        *count = if is_seen { before.saturating_add(1) } else { before.saturating_sub(1) };
        match (before, *count) {
            (0, 1..) => session.tell(t, SignalKind::See { section }),
            (1.., 0) => session.tell(t, SignalKind::Unsee { section }),
            _ => {}
        }
    }

    /// On touch: once the page rests, the section nearest the middle is the one that is read.
    pub(super) fn settle(&mut self, page: &Page, scrolled: u32, t: u32, session: &mut Session) {
        let is_at_rest = scrolled == NEVER || t.saturating_sub(scrolled) >= SETTLED_MS;
        if session.device != Device::Touch || !is_at_rest || self.settled == scrolled && self.hovered.is_some() {
            return;
        }
        self.settled = scrolled;
        let (w, h) = page.size();
        let read = MIDDLE.iter().find_map(|part| section(page.document.at(w / 2.0, h * part)));
        self.rest_in(read, t, session);
    }
}
