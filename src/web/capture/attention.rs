//! Copying, zooming and selecting: what a shopper does to look closer or to compare.

use super::super::session::Session;
use super::Event;
use crate::boundary::Heard;
use crate::signal::{Copied, SignalKind};
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
        let signal = match heard {
            Heard::Copy => SignalKind::Copy { what: event.one_of(Copied::ALL).unwrap_or(Copied::Other) },
            Heard::Select => {
                if self.selected != NEVER && event.t.saturating_sub(self.selected) < SELECT_MS {
                    return;
                }
                self.selected = event.t;
                SignalKind::Select
            }
            Heard::Pinch => {
                let was_pinched = self.is_pinched;
                self.is_pinched = event.what >= PINCHED;
                if was_pinched || !self.is_pinched {
                    return;
                }
                SignalKind::Zoom
            }
            _ => SignalKind::Zoom,
        };
        event.tell(session, signal);
    }
}
