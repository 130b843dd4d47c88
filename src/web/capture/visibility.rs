//! The window's focus and the tab's visibility.

use super::super::session::Session;
use super::{Event, NONE, place};
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::BlurTo;
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
        let mut to = BlurTo::Outside;
        let kind = match heard {
            Heard::Blur => {
                let is_dialog = self.dialog_at != NEVER && event.t.saturating_sub(self.dialog_at) < DIALOG_MS;
                to = match (is_dialog, event.is_so()) {
                    (true, _) => BlurTo::Dialog,
                    (false, true) => BlurTo::Iframe,
                    (false, false) => BlurTo::Outside,
                };
                Kind::Blur
            }
            Heard::Focus => Kind::Focus,
            Heard::Visibility if !event.is_so() => {
                self.is_gone = false;
                Kind::Visible
            }
            // which comes after `pagehide` (HTML, "unload a document"): the last chance to tell of the leave that was
            Heard::Visibility if self.is_gone => return session.run(event.t),
            Heard::Visibility => Kind::Hidden,
            _ => return self.dialog_at = event.t,
        };
        // of the four, a blur alone has a number
        event.tell(session, kind, place(to as u8), NONE);
    }
}
