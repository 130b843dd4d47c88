//! The window's focus and the tab's visibility.

use super::super::session::Session;
use super::Event;
use crate::boundary::Heard;
use crate::signal::{BlurTo, SignalKind};
use crate::window::NEVER;

/// A blur this soon after a dialog of the browser was asked for is that dialog, ms.
const DIALOG_MS: u32 = 1_000;

#[derive(Debug)]
pub(super) struct Visibility {
    dialog_at: u32,
    is_gone: bool,
}

impl Visibility {
    pub(super) fn new() -> Visibility {
        Visibility { dialog_at: NEVER, is_gone: false }
    }

    /// The document goes: a `hidden` from now on belongs to that.
    pub(super) fn gone(&mut self) {
        self.is_gone = true;
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        let signal = match heard {
            Heard::Blur => {
                let is_dialog = self.dialog_at != NEVER && event.t.saturating_sub(self.dialog_at) < DIALOG_MS;
                SignalKind::Blur {
                    to: match (is_dialog, event.is_so()) {
                        (true, _) => BlurTo::Dialog,
                        (false, true) => BlurTo::Iframe,
                        (false, false) => BlurTo::Outside,
                    },
                }
            }
            Heard::Focus => SignalKind::Focus,
            Heard::Visibility if !event.is_so() => {
                self.is_gone = false;
                SignalKind::Visible
            }
            Heard::Visibility if self.is_gone => return,
            Heard::Visibility => SignalKind::Hidden,
            _ => return self.dialog_at = event.t,
        };
        event.tell(session, signal);
    }
}
