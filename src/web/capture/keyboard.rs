//! Keys: only their class, never which.

use super::super::session::Session;
use super::{Event, NONE, place};
use crate::recording::Kind;
use crate::signal::KeyClass;

/// Phones and input methods don't say which key it was.
const UNTOLD: u8 = 0;
/// A key that writes an ASCII sign.
const ASCII: u8 = 1;
/// A key that writes another sign; option and a letter do on a Mac.
const SIGN: u8 = 2;
const FUNCTION: u8 = 3;
/// Set where the keys of a shortcut are held with it.
const HELD: u8 = 8;

pub(super) fn hear(event: &Event, session: &mut Session) {
    let what = event.what as u8;
    let is_held = what & HELD != 0;
    let class = match what & !HELD {
        UNTOLD | SIGN => KeyClass::Char,
        _ if is_held => KeyClass::Shortcut,
        ASCII => KeyClass::Char,
        FUNCTION => KeyClass::Shortcut,
        _ => KeyClass::Nav,
    };
    event.tell(session, Kind::Key, place(class as u8), NONE);
}
