//! Scrolling of the page, and the sizes of viewport and document.

use super::super::dom::Event;
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{SignalKind, half_px};
use crate::window::NEVER;

const SCROLL: u8 = kind::SCROLL;
const RESIZE: u8 = kind::SCROLL + 1;

#[derive(Debug)]
pub(super) struct Scroll {
    at: u32,
    size: (f32, f32, f32),
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "scroll", SCROLL);
    door.listen(&page.window, "resize", RESIZE);
}

impl Scroll {
    pub(super) fn new(page: &Page) -> Scroll {
        Scroll { at: NEVER, size: page.sizes() }
    }

    /// Time of the last scroll.
    pub(super) fn last(&self) -> u32 {
        self.at
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        if kind == RESIZE {
            self.measure(page, t, session);
        } else if event.element().is_none() {
            // a box inside the page that scrolls is an element; the page itself is the document
            self.at = t;
            session.tell(t, SignalKind::Scroll { y: half_px(page.window.scroll_y()) });
        }
    }

    /// Tells the sizes where they changed. Reading the document's height may cost a layout, so it is not done at every
    /// scroll.
    pub(super) fn measure(&mut self, page: &Page, t: u32, session: &mut Session) {
        let size = page.sizes();
        if size != self.size {
            self.size = size;
            self.tell(t, session);
        }
    }

    /// Tells the sizes as they are known.
    pub(super) fn tell(&self, t: u32, session: &mut Session) {
        let (w, h, doc_h) = self.size;
        session.tell(t, SignalKind::Resize { w, h, doc_h });
    }
}
