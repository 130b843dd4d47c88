//! Marked sections, `data-falter="shipping"`: in view, and under the pointer.

use web_sys::{Element, Event, IntersectionObserverEntry};

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, closest, element, kind};
use crate::signal::{Device, Section, SignalKind};
use crate::window::NEVER;

const OVER: u8 = kind::DWELL;
/// A section came into view or left it.
pub(super) const SEEN: u8 = kind::DWELL + 1;
const MARK: &str = "data-falter";
const MARKED: &str = "[data-falter]";
/// On touch, the page rests after this much time without scrolling, ms.
const SETTLED_MS: u32 = 300;
/// On touch, a section is looked at when its middle is within this part of the viewport from the viewport's middle.
const CENTRE_PART: f32 = 0.2;
/// Sections watched at once; a page has a few.
const SECTIONS_MAX: usize = 32;

#[derive(Debug)]
pub(super) struct Dwell {
    hovered: Option<Section>,
    visible: Vec<(Section, Element)>,
    settled: u32,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "pointerover", OVER);
    door.watch(MARKED, SEEN);
}

fn section(element: &Element) -> Option<Section> {
    Section::from_name(&element.get_attribute(MARK)?)
}

impl Dwell {
    pub(super) fn new() -> Dwell {
        Dwell { hovered: None, visible: Vec::new(), settled: NEVER }
    }

    /// The pointer crossed into an element.
    pub(super) fn over(&mut self, event: &Event, t: u32, session: &mut Session) {
        if self.is_touch(session) {
            return;
        }
        let marked = element(event).and_then(|element| closest(&element, MARKED));
        self.rest_in(marked.as_ref().and_then(section), t, session);
    }

    fn is_touch(&self, session: &Session) -> bool {
        session.device == Device::Touch
    }

    fn rest_in(&mut self, now: Option<Section>, t: u32, session: &mut Session) {
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

    /// An element came into view or left it.
    pub(super) fn seen(&mut self, entry: &IntersectionObserverEntry, t: u32, session: &mut Session) {
        let element = entry.target();
        let Some(section) = section(&element) else { return };
        let known = self.visible.iter().position(|(_, other)| *other == element);
        if entry.is_intersecting() {
            if known.is_none() && self.visible.len() < SECTIONS_MAX {
                self.visible.push((section, element));
                session.tell(t, SignalKind::See { section });
            }
        } else if let Some(place) = known {
            self.visible.swap_remove(place);
            session.tell(t, SignalKind::Unsee { section });
        }
    }

    /// On touch: once the page rests, the section nearest the middle is the one that is read.
    pub(super) fn settle(&mut self, page: &Page, scrolled: u32, t: u32, session: &mut Session) {
        let is_at_rest = scrolled == NEVER || t.saturating_sub(scrolled) >= SETTLED_MS;
        if !self.is_touch(session) || self.settled == scrolled && self.hovered.is_some() || !is_at_rest {
            return;
        }
        self.settled = scrolled;
        let (_, h) = page.size();
        let mut best = (h * CENTRE_PART, None);
        for (section, element) in &self.visible {
            let place = element.get_bounding_client_rect();
            let middle = (place.top() + place.height() / 2.0) as f32;
            let off = (middle - h / 2.0).abs();
            if off < best.0 {
                best = (off, Some(*section));
            }
        }
        self.rest_in(best.1, t, session);
    }
}
