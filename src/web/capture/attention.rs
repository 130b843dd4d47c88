//! Copying, zooming and selecting: what a shopper does to look closer or to compare.

use super::super::session::Session;
use super::{Event, NONE};
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::Copied;
use crate::window::NEVER;

/// A selection changes with every pixel of the drag: told once in this time, ms.
const SELECT_MS: u32 = 1_000;
/// Two fingers zoomed when the page is this much larger than at first.
const PINCHED: f64 = 1.2;

#[derive(Debug)]
pub(super) struct Attention {
    selected: u32,
    is_pinched: bool,
}

impl Attention {
    pub(super) fn new() -> Attention {
        Attention { selected: NEVER, is_pinched: false }
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        let kind = match heard {
            Heard::Copy => Kind::Copy,
            Heard::Select => {
                if self.selected != NEVER && event.t.saturating_sub(self.selected) < SELECT_MS {
                    return;
                }
                self.selected = event.t;
                Kind::Select
            }
            Heard::Pinch => {
                let was_pinched = self.is_pinched;
                self.is_pinched = event.what >= PINCHED;
                if was_pinched || !self.is_pinched {
                    return;
                }
                Kind::Zoom
            }
            _ => Kind::Zoom,
        };
        // of the three, a copy alone has a number
        event.tell(session, kind, event.place_or(Copied::Other as u8), NONE);
    }
}
