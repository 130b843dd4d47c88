//! Checkout fields, and whether the shopper is typing or another dialog is open. Never what is typed.

use super::super::page;
use super::super::session::Session;
use super::{Event, NONE, place};
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::{FieldAction, FieldType, PageKind};

#[derive(Debug)]
pub(super) struct Form {
    is_open: bool,
}

impl Form {
    pub(super) fn new() -> Form {
        Form { is_open: false }
    }

    /// Tells when another dialog opened or closed.
    pub(super) fn look_for_dialog(&mut self, t: u32, session: &mut Session) {
        let is_open = page::dialog() > 0;
        if is_open != self.is_open {
            self.is_open = is_open;
            session.tell(t, Kind::State, NONE, is_open.into(), NONE);
        }
    }
}

/// What happened to a field.
pub(super) fn hear(heard: Heard, event: &Event, session: &mut Session) {
    let what = match heard {
        Heard::FieldFocus => FieldAction::Focus,
        Heard::FieldLeave => FieldAction::Leave,
        Heard::FieldError => FieldAction::Error,
        _ => return event.tell(session, Kind::State, event.what, NONE),
    };
    // a search box or a newsletter field is not part of ordering
    let page = session.detector.observer().window().page();
    if matches!(page, PageKind::Checkout | PageKind::Payment | PageKind::Account) {
        event.tell(session, Kind::Field, place(what as u8), event.place_or(FieldType::Other as u8));
    }
}
