//! Keys: only their class, never which.

use super::super::dom::Event;
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{KeyClass, SignalKind};

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "keydown", kind::KEYBOARD);
}

pub(super) fn handle(event: &Event, t: u32, session: &mut Session) {
    // autofill sends keydown events that have no key
    let key = event.key().unwrap_or_default();
    let mut letters = key.chars();
    let (first, second) = (letters.next().unwrap_or_default(), letters.next());
    // together they are AltGr, which writes what the plain key does not
    let is_held = event.is_meta() || event.is_ctrl() != event.is_alt();
    let class = match key.as_str() {
        // a modifier alone is the beginning of a shortcut at most
        "Control" | "Meta" | "Alt" | "AltGraph" | "Shift" | "" => return,
        // phones and input methods don't say which
        "Unidentified" | "Process" => KeyClass::Char,
        // option and a letter write a sign on a Mac
        _ if is_held && (second.is_some() || first.is_ascii()) => KeyClass::Shortcut,
        _ if second.is_none() => KeyClass::Char,
        _ if first == 'F' && key.len() <= 3 => KeyClass::Shortcut,
        _ => KeyClass::Nav,
    };
    session.tell(t, SignalKind::Key { class });
}
