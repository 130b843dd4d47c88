//! Copying, zooming and selecting: what a shopper does to look closer or to compare.

use web_sys::Event;

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, closest, element, kind};
use crate::signal::{Copied, SignalKind};

const COPY: u8 = kind::ATTENTION;
const SELECT: u8 = kind::ATTENTION + 1;
const DOUBLE_CLICK: u8 = kind::ATTENTION + 2;
/// A selection changes with every pixel of the drag: told once in this time, ms.
const SELECT_MS: u32 = 1_000;

#[derive(Debug)]
pub(super) struct Attention {
    selected: u32,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "copy", COPY);
    door.listen_own(&page.document, "selectionchange", SELECT);
    door.listen(&page.window, "dblclick", DOUBLE_CLICK);
}

impl Attention {
    pub(super) fn new() -> Attention {
        Attention { selected: 0 }
    }

    /// A click may zoom a picture.
    pub(super) fn clicked(&mut self, event: &Event, t: u32, session: &mut Session) {
        if element(event).is_some_and(|target| closest(&target, "[data-falter-zoom]").is_some()) {
            session.tell(t, SignalKind::Zoom);
        }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        match kind {
            COPY => {
                let what = element(event).map_or(Copied::Other, |target| copied(&target));
                session.tell(t, SignalKind::Copy { what });
            }
            SELECT => {
                let is_empty = page.document.get_selection().ok().flatten().is_none_or(|selection| selection.is_collapsed());
                if !is_empty && t.saturating_sub(self.selected) >= SELECT_MS {
                    self.selected = t;
                    session.tell(t, SignalKind::Select);
                }
            }
            DOUBLE_CLICK if element(event).is_some_and(|target| closest(&target, "img,picture,svg").is_some()) => {
                session.tell(t, SignalKind::Zoom);
            }
            _ => {}
        }
    }
}

fn copied(target: &web_sys::Element) -> Copied {
    for (selector, what) in [
        ("[data-falter=price],[data-falter=total],[itemprop=price]", Copied::Price),
        ("[data-falter=coupon]", Copied::Coupon),
        ("h1,h2,[itemprop=name]", Copied::Product),
    ] {
        if closest(target, selector).is_some() {
            return what;
        }
    }
    Copied::Other
}
