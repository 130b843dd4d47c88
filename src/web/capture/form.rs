//! Checkout fields, and whether the shopper is typing or another dialog is open. Never what is typed.

use super::super::page;
use super::super::session::Session;
use super::Event;
use crate::boundary::Heard;
use crate::signal::{FieldAction, FieldType, PageKind, PageState, Signal, SignalKind};

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
            let kind = SignalKind::State(PageState { dialog: Some(is_open), ..PageState::default() });
            session.tell(Signal { t, kind });
        }
    }
}

/// What happened to a field.
pub(super) fn hear(heard: Heard, event: &Event, session: &mut Session) {
    let what = match heard {
        Heard::FieldFocus => FieldAction::Focus,
        Heard::FieldLeave => FieldAction::Leave,
        Heard::FieldError => FieldAction::Error,
        _ => {
            let typing = Some(event.is_so());
            return event.tell(session, SignalKind::State(PageState { typing, ..PageState::default() }));
        }
    };
    // a search box or a newsletter field is not part of ordering
    let page = session.detector.observer().window().page();
    if matches!(page, PageKind::Checkout | PageKind::Payment | PageKind::Account) {
        let field = event.one_of(FieldType::ALL).unwrap_or(FieldType::Other);
        event.tell(session, SignalKind::Field { what, field });
    }
}
