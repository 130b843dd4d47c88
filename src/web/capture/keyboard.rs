//! Keys: only their class, never which.

use wasm_bindgen::prelude::*;
use web_sys::{Event, KeyboardEvent};

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{KeyClass, SignalKind};

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "keydown", kind::KEYBOARD);
}

pub(super) fn handle(event: &Event, t: u32, session: &mut Session) {
    let event: &KeyboardEvent = event.unchecked_ref();
    let key = event.key();
    let class = match key.as_str() {
        // a modifier alone is the beginning of a shortcut at most; autofill sends keydown events without a key
        "Control" | "Meta" | "Alt" | "Shift" | "" => return,
        _ if event.ctrl_key() || event.meta_key() || event.alt_key() => KeyClass::Shortcut,
        _ if key.chars().count() == 1 => KeyClass::Char,
        _ if key.starts_with('F') && key.len() <= 3 => KeyClass::Shortcut,
        _ => KeyClass::Nav,
    };
    session.tell(t, SignalKind::Key { class });
}
