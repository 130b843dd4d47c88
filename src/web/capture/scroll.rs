//! Scrolling of the page, and the sizes of viewport and document.

use super::super::page;
use super::super::session::Session;
use super::{Event, NONE, viewport};
use crate::recording::Kind;
use crate::window::NEVER;

#[derive(Debug)]
pub(super) struct Scroll {
    at: u32,
    sizes: (f32, f32, f32),
}

impl Scroll {
    pub(super) fn new() -> Scroll {
        Scroll { at: NEVER, sizes: sizes() }
    }

    /// Time of the last scroll.
    pub(super) fn last(&self) -> u32 {
        self.at
    }

    /// Viewport width and height, document height, as last read.
    pub(super) fn sizes(&self) -> (f32, f32, f32) {
        self.sizes
    }

    pub(super) fn scrolled(&mut self, event: &Event, session: &mut Session) {
        self.at = event.t;
        event.tell(session, Kind::Scroll, event.what, NONE);
    }

    /// Tells the sizes where they changed. Reading the document's height may cost a layout, so it is not done at every
    /// scroll.
    pub(super) fn measure(&mut self, t: u32, session: &mut Session) {
        let sizes = sizes();
        if sizes != self.sizes {
            self.sizes = sizes;
            self.tell(t, session);
        }
    }

    /// Tells the sizes as they are known.
    pub(super) fn tell(&self, t: u32, session: &mut Session) {
        let (w, h, doc_h) = self.sizes;
        session.tell(t, Kind::Resize, w.into(), h.into(), doc_h.into());
    }
}

fn sizes() -> (f32, f32, f32) {
    let (w, h) = viewport();
    (w, h, page::depth().max(1.0))
}
