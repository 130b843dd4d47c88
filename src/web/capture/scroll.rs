//! Scrolling of the page, and the sizes of viewport and document.

use web_sys::Event;

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, element, kind};
use crate::signal::{SignalKind, half_px};
use crate::window::NEVER;

const SCROLL: u8 = kind::SCROLL;
const RESIZE: u8 = kind::SCROLL + 1;
/// Reading the document's height may cost a layout: once a second is enough for what loads late.
const MEASURE_MS: u32 = 1_000;

#[derive(Debug)]
pub(super) struct Scroll {
    at: u32,
    measured: u32,
    size: (f32, f32, f32),
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "scroll", SCROLL);
    door.listen(&page.window, "resize", RESIZE);
}

impl Scroll {
    pub(super) fn new(page: &Page) -> Scroll {
        let (w, h) = page.size();
        Scroll { at: NEVER, measured: 0, size: (w, h, page.document_height()) }
    }

    /// Time of the last scroll.
    pub(super) fn last(&self) -> u32 {
        self.at
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        // a box inside the page that scrolls is an element; the page itself is the document
        let is_page = element(event).is_none();
        if kind == SCROLL && is_page {
            self.at = t;
            self.measure(page, t, session);
            let y = page.window.scroll_y().unwrap_or_default();
            session.tell(t, SignalKind::Scroll { y: half_px(y) });
        } else if kind == RESIZE {
            self.measured = 0;
            self.measure(page, t, session);
        }
    }

    fn measure(&mut self, page: &Page, t: u32, session: &mut Session) {
        if self.measured != 0 && t.saturating_sub(self.measured) < MEASURE_MS {
            return;
        }
        self.measured = t;
        let (w, h) = page.size();
        let size = (w, h, page.document_height());
        if size != self.size {
            self.size = size;
            self.tell_size(t, session);
        }
    }

    /// Tells the sizes as they are known.
    pub(super) fn tell_size(&self, t: u32, session: &mut Session) {
        let (w, h, doc_h) = self.size;
        session.tell(t, SignalKind::Resize { w, h, doc_h });
    }
}
