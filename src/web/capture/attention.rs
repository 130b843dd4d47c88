//! Copying, zooming and selecting: what a shopper does to look closer or to compare.

use super::super::dom::{Event, sort_of};
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{Copied, SignalKind};
use crate::window::NEVER;

const COPY: u8 = kind::ATTENTION;
const SELECT: u8 = kind::ATTENTION + 1;
const DOUBLE_CLICK: u8 = kind::ATTENTION + 2;
const PINCH: u8 = kind::ATTENTION + 3;
/// A selection changes with every pixel of the drag: told once in this time, ms.
const SELECT_MS: u32 = 1_000;
/// Two fingers zoomed when the page is this much larger than at first.
const PINCHED: f64 = 1.2;

#[derive(Debug)]
pub(super) struct Attention {
    selected: u32,
    is_pinched: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "copy", COPY);
    door.listen_own(&page.document, "selectionchange", SELECT);
    door.listen(&page.window, "dblclick", DOUBLE_CLICK);
    if let Some(view) = page.window.visual_viewport() {
        door.listen_own(&view, "resize", PINCH);
    }
}

impl Attention {
    pub(super) fn new() -> Attention {
        Attention { selected: NEVER, is_pinched: false }
    }

    /// A click may zoom a picture.
    pub(super) fn clicked(&mut self, event: &Event, t: u32, session: &mut Session) {
        if event.is_in("[data-falter-zoom]") {
            session.tell(t, SignalKind::Zoom);
        }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        let signal = match kind {
            COPY => {
                const KINDS: [(&str, Copied); 3] = [
                    ("[data-falter=price],[data-falter=total],[itemprop=price]", Copied::Price),
                    ("[data-falter=coupon]", Copied::Coupon),
                    ("h1,h2,[itemprop=name]", Copied::Product),
                ];
                let what = event.element().and_then(|target| sort_of(&target, &KINDS));
                SignalKind::Copy { what: what.unwrap_or(Copied::Other) }
            }
            SELECT => {
                let is_soon = self.selected != NEVER && t.saturating_sub(self.selected) < SELECT_MS;
                if is_soon || page.document.selection().is_none_or(|selection| selection.is_collapsed()) {
                    return;
                }
                self.selected = t;
                SignalKind::Select
            }
            PINCH => {
                let was_pinched = self.is_pinched;
                self.is_pinched = event.target().is_some_and(|view| view.scale() >= PINCHED);
                if was_pinched || !self.is_pinched {
                    return;
                }
                SignalKind::Zoom
            }
            _ if event.is_in("img,picture,svg") => SignalKind::Zoom,
            _ => return,
        };
        session.tell(t, signal);
    }
}
