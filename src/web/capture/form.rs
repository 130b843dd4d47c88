//! Checkout fields, and whether the shopper is typing or another dialog is open. Never what is typed.

use super::super::dom::{Event, Node, place};
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{FieldAction, FieldType, PageKind, PageState, SignalKind};

const FOCUS: u8 = kind::FORM;
const LEAVE: u8 = kind::FORM + 1;
const INVALID: u8 = kind::FORM + 2;
const EDITABLE: &str = "input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range]),textarea,\
                        [contenteditable]:not([contenteditable=false])";
const FIELD: &str = "input,select,textarea";
/// A dialog of the shop's; ours is not found, it stands in a shadow.
const DIALOG: &str = "dialog[open],[aria-modal=true]:not([hidden])";

#[derive(Debug)]
pub(super) struct Form {
    is_open: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    for (name, kind) in [("focusin", FOCUS), ("focusout", LEAVE), ("invalid", INVALID)] {
        door.listen(&page.window, name, kind);
    }
}

impl Form {
    pub(super) fn new() -> Form {
        Form { is_open: false }
    }

    /// Tells when another dialog opened or closed.
    pub(super) fn look_for_dialog(&mut self, page: &Page, t: u32, session: &mut Session) {
        // shops keep their dialogs in the page, out of sight
        let is_open = page.document.find(DIALOG).is_some_and(|found| found.offset_width() > 0.0);
        if is_open != self.is_open {
            self.is_open = is_open;
            session.tell(t, SignalKind::State(PageState { dialog: Some(is_open), ..PageState::default() }));
        }
    }
}

/// What happened to a field.
pub(super) fn handle(kind: u8, event: &Event, t: u32, session: &mut Session) {
    let Some(target) = event.element() else { return };
    let what = match kind {
        FOCUS => FieldAction::Focus,
        LEAVE => FieldAction::Leave,
        _ => FieldAction::Error,
    };
    if what != FieldAction::Error && target.closest(EDITABLE).is_some() {
        let typing = Some(what == FieldAction::Focus);
        session.tell(t, SignalKind::State(PageState { typing, ..PageState::default() }));
    }
    // a search box or a newsletter field is not part of ordering
    let page = session.detector.observer().window().page();
    let is_checkout = matches!(page, PageKind::Checkout | PageKind::Payment | PageKind::Account);
    if is_checkout && target.closest(FIELD).is_some() {
        session.tell(t, SignalKind::Field { what, field: field_type(&target) });
    }
}

fn field_type(field: &Node) -> FieldType {
    const HINTS: [(&str, FieldType); 11] = [
        ("cc-", FieldType::Card),
        ("card", FieldType::Card),
        ("iban", FieldType::Card),
        ("password", FieldType::Account),
        ("username", FieldType::Account),
        ("email", FieldType::Email),
        ("address", FieldType::Address),
        ("street", FieldType::Address),
        ("postal", FieldType::Address),
        ("city", FieldType::Address),
        ("country", FieldType::Address),
    ];
    let mut hints = String::new();
    for name in ["autocomplete", "type", "name"] {
        hints.push_str(&field.get_attribute(name).unwrap_or_default());
        hints.push(' ');
    }
    hints.make_ascii_lowercase();
    HINTS.iter().find(|(hint, _)| place(&hints, hint).is_some()).map_or(FieldType::Other, |&(_, kind)| kind)
}
