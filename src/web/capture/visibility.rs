//! The window's focus and the tab's visibility.

use super::super::dom::Event;
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{BlurTo, SignalKind};
use crate::window::NEVER;

const BLUR: u8 = kind::VISIBILITY;
const FOCUS: u8 = kind::VISIBILITY + 1;
const VISIBILITY: u8 = kind::VISIBILITY + 2;
const PRINT: u8 = kind::VISIBILITY + 3;
/// A blur this soon after a dialog of the browser was asked for is that dialog, ms.
const DIALOG_MS: u32 = 1_000;

#[derive(Debug)]
pub(super) struct Visibility {
    dialog_at: u32,
    is_gone: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen_own(&page.window, "blur", BLUR);
    door.listen_own(&page.window, "focus", FOCUS);
    door.listen_own(&page.document, "visibilitychange", VISIBILITY);
    door.listen_own(&page.window, "beforeprint", PRINT);
}

impl Visibility {
    pub(super) fn new() -> Visibility {
        Visibility { dialog_at: NEVER, is_gone: false }
    }

    /// A click may open the file picker.
    pub(super) fn clicked(&mut self, event: &Event, t: u32) {
        if event.is_in("input[type=file]") {
            self.dialog_at = t;
        }
    }

    /// The document goes: a `hidden` from now on belongs to that.
    pub(super) fn gone(&mut self) {
        self.is_gone = true;
    }

    pub(super) fn handle(&mut self, kind: u8, page: &Page, t: u32, session: &mut Session) {
        let signal = match kind {
            BLUR => {
                let is_dialog = self.dialog_at != NEVER && t.saturating_sub(self.dialog_at) < DIALOG_MS;
                let is_frame = page.document.active().is_some_and(|active| active.closest("iframe").is_some());
                SignalKind::Blur {
                    to: match (is_dialog, is_frame) {
                        (true, _) => BlurTo::Dialog,
                        (false, true) => BlurTo::Iframe,
                        (false, false) => BlurTo::Outside,
                    },
                }
            }
            FOCUS => SignalKind::Focus,
            VISIBILITY if !page.document.hidden() => {
                self.is_gone = false;
                SignalKind::Visible
            }
            VISIBILITY if self.is_gone => return,
            VISIBILITY => SignalKind::Hidden,
            _ => return self.dialog_at = t,
        };
        session.tell(t, signal);
    }
}
