//! Checkout fields, and whether the shopper is typing or another dialog is open. Never what is typed.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement};

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, closest, element, kind};
use crate::signal::{FieldAction, FieldType, PageKind, PageState, SignalKind};

const FOCUS: u8 = kind::FORM;
const LEAVE: u8 = kind::FORM + 1;
const INVALID: u8 = kind::FORM + 2;
const EDITABLE: &str = "input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range]),textarea,\
                        [contenteditable]:not([contenteditable=false])";
const FIELD: &str = "input,select,textarea";
/// Looking for another dialog costs a query: once a second.
const LOOK_MS: u32 = 1_000;

#[derive(Debug)]
pub(super) struct Form {
    looked: u32,
    is_open: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "focusin", FOCUS);
    door.listen(&page.window, "focusout", LEAVE);
    door.listen(&page.window, "invalid", INVALID);
}

impl Form {
    pub(super) fn new() -> Form {
        Form { looked: 0, is_open: false }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, t: u32, session: &mut Session) {
        let Some(target) = element(event) else { return };
        let what = match kind {
            FOCUS => FieldAction::Focus,
            LEAVE => FieldAction::Leave,
            INVALID => FieldAction::Error,
            _ => return,
        };
        if what != FieldAction::Error && closest(&target, EDITABLE).is_some() {
            let typing = Some(what == FieldAction::Focus);
            session.tell(t, SignalKind::State(PageState { typing, ..PageState::default() }));
        }
        // a search box or a newsletter field is not part of ordering
        let page = session.detector.observer().window().page();
        let is_checkout = matches!(page, PageKind::Checkout | PageKind::Payment | PageKind::Account);
        if is_checkout && closest(&target, FIELD).is_some() {
            session.tell(t, SignalKind::Field { what, field: field_type(&target) });
        }
    }

    /// Tells when another dialog opened or closed.
    pub(super) fn look_for_dialog(&mut self, page: &Page, t: u32, session: &mut Session) {
        if t.saturating_sub(self.looked) < LOOK_MS {
            return;
        }
        self.looked = t;
        let found = page.document.query_selector("dialog[open],[aria-modal=true]").ok().flatten();
        // shops keep their dialogs in the page, hidden
        let is_shown = |found: Element| found.unchecked_into::<HtmlElement>().offset_width() > 0;
        let is_open = found.is_some_and(is_shown);
        if is_open != self.is_open {
            self.is_open = is_open;
            session.tell(t, SignalKind::State(PageState { dialog: Some(is_open), ..PageState::default() }));
        }
    }
}

fn field_type(field: &Element) -> FieldType {
    let mut hints = String::new();
    for name in ["autocomplete", "type", "name"] {
        hints.push_str(&field.get_attribute(name).unwrap_or_default());
        hints.push(' ');
    }
    hints.make_ascii_lowercase();
    for (hint, kind) in [
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
    ] {
        if hints.as_bytes().windows(hint.len()).any(|here| here == hint.as_bytes()) {
            return kind;
        }
    }
    FieldType::Other
}
