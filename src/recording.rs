//! Session recordings, format 1: what a page told the detector, in order, as one JSON object a line (NDJSON).
//!
//! A line with a `session` key opens a session; the lines after it are its signals. In the page, JavaScript reads and
//! writes these lines by the same table ([`Kind::fields`]); what crosses into the engine and back are [`Numbers`].
//!
//! ```
//! use falter::recording::{Line, read_line, write_signal};
//!
//! let text = r#"{"t":1250,"s":"move","x":12.5,"y":300}"#;
//! let Line::Signal { at, signal } = read_line(text)? else { unreachable!() };
//! let mut again = String::new();
//! write_signal(at, &signal, &mut again);
//! assert_eq!(again, text);
//! # Ok::<(), falter::recording::LineError>(())
//! ```

mod form;
mod numbers;
mod write;

pub(crate) mod json;
pub use form::{Content, Field, Kind};
pub use numbers::{Numbers, PLACES};
pub use write::{write_header, write_signal};

use core::fmt;

use crate::reason::Reason;
use crate::signal::{Device, ItemId, Signal, SignalKind, half_px, named};
use json::{Keys, Object, Value, unescape};

/// The recording format this reads and writes.
pub const FORMAT: u32 = 1;
/// Longest time in a recording, ms: 2^31, about 25 days.
const MAX_T: f64 = 2_147_483_648.0;

/// What opens a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The session's id.
    pub session: String,
    /// Who recorded it.
    pub source: String,
    /// The pointer it began with.
    pub device: Device,
    /// Viewport width at the start, CSS px.
    pub w: f32,
    /// Viewport height at the start, CSS px.
    pub h: f32,
    /// Document height at the start, CSS px.
    pub doc_h: f32,
    /// The last instant observed, ms since the start.
    pub end: u32,
    /// The shopper's visits before this one.
    pub visits: u32,
    /// The shopper's orders before this visit.
    pub orders: u32,
    /// Total of the cart that the visit before left behind; 0: none.
    pub left_cart: f64,
    /// Simulated sessions: the doubt that was simulated. Features never see it.
    pub reason: Option<Reason>,
}

/// One line of a recording.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Opens a session.
    Header(Header),
    /// A signal.
    Signal {
        /// The stream's time: never falls from line to line. Ticks up to and at it come before the signal.
        at: u32,
        /// The signal; its own `t` is earlier than `at` when it came late.
        signal: Signal,
    },
    /// A kind this version does not know; to be passed over.
    Unknown,
}

/// Why a line is not a line of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineError {
    /// What is wrong.
    pub what: &'static str,
    /// The key it is wrong with, or "".
    pub key: &'static str,
    /// Byte offset in the line; 0 where the line's form is right and a key is not.
    pub offset: usize,
}

impl LineError {
    pub(crate) fn at(what: &'static str, offset: usize) -> LineError {
        LineError { what, key: "", offset }
    }

    pub(crate) fn key(what: &'static str, key: &'static str) -> LineError {
        LineError { what, key, offset: 0 }
    }

    /// The error as a sentence, built without the formatting machinery, which would cost the page some kilobytes.
    #[must_use]
    pub fn message(&self) -> String {
        let mut out = String::new();
        if self.key.is_empty() {
            out.push_str(self.what);
            out.push_str(" at byte ");
            json::write_integer(self.offset as u64, &mut out);
        } else {
            out.push('"');
            out.push_str(self.key);
            out.push_str("\": ");
            out.push_str(self.what);
        }
        out
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for LineError {}

/// Reads one line.
///
/// # Errors
/// When the line is not one JSON object, or a key that its kind needs is missing or is not what it must be.
pub fn read_line(line: &str) -> Result<Line, LineError> {
    let object = Object::read(line)?;
    if object.get("session").is_some() && object.get("s").is_none() {
        return Ok(Line::Header(read_header(&object)?));
    }
    if object.get("t").is_none() {
        return Err(LineError::key("missing", "t"));
    }
    let mut keys = Keys::of(&object);
    let at = time(&mut keys, "t");
    let late = if object.get("late").is_some() { time(&mut keys, "late") } else { 0 };
    let kind = read_kind(&object, &mut keys);
    keys.finish()?;
    Ok(kind.map_or(Line::Unknown, |kind| Line::Signal { at, signal: Signal { t: at.saturating_sub(late), kind } }))
}

fn time(keys: &mut Keys, key: &'static str) -> u32 {
    let t = keys.number(key);
    if !(0.0..MAX_T).contains(&t) {
        keys.fault("not a time in ms", key);
        return 0;
    }
    (t + 0.5) as u32
}

fn count(keys: &mut Keys, key: &'static str) -> u32 {
    let n = keys.number_or_nan(key);
    if n > 0.0 { n.min(1e9) as u32 } else { 0 }
}

/// Money, rounded as recordings hold it; 0 where it was left out.
fn amount(keys: &mut Keys, key: &'static str) -> f64 {
    let amount = keys.number_or_nan(key);
    if amount > 0.0 { json::rounded(amount) } else { 0.0 }
}

fn length(keys: &mut Keys, key: &'static str) -> f32 {
    let px = keys.number(key);
    if !(1.0..1e7).contains(&px) {
        keys.fault("not a length in px", key);
    }
    half_px(px)
}

fn read_header(object: &Object) -> Result<Header, LineError> {
    let mut keys = Keys::of(object);
    if keys.number("format") != f64::from(FORMAT) {
        keys.fault("only format 1 is known", "format");
    }
    let header = Header {
        session: unescape(keys.text("session")),
        source: unescape(keys.text_or_empty("source")),
        device: keys.place("device", Device::NAMES).and_then(Device::from_index).unwrap_or(Device::Mouse),
        w: length(&mut keys, "w"),
        h: length(&mut keys, "h"),
        doc_h: length(&mut keys, "docH"),
        end: time(&mut keys, "end"),
        visits: count(&mut keys, "visits"),
        orders: count(&mut keys, "orders"),
        left_cart: amount(&mut keys, "left_cart"),
        reason: keys.place("reason", Reason::NAMES).and_then(Reason::from_index),
    };
    keys.finish()?;
    Ok(header)
}

/// The kind of a signal with its keys; `None` for a kind this version does not know.
fn read_kind(object: &Object, keys: &mut Keys) -> Option<SignalKind> {
    let kind = Kind::from_name(keys.text("s"))?;
    let mut numbers = numbers::UNKNOWN;
    for (number, field) in numbers.iter_mut().zip(kind.fields()) {
        *number = read_field(field, object, keys);
    }
    kind.round(&mut numbers);
    SignalKind::from_numbers(kind, &numbers)
}

fn read_field(field: &Field, object: &Object, keys: &mut Keys) -> f64 {
    let key = field.key;
    let number = match field.content {
        Content::Px | Content::Amount => keys.number_or_nan(key),
        Content::Name(names) => keys.place(key, names).map_or(f64::NAN, |place| place as f64),
        Content::Truth => keys.truth(key).map_or(f64::NAN, f64::from),
        Content::Item => item(key, object, keys).map_or(f64::NAN, |id| id.0.into()),
        Content::Fact | Content::Promise | Content::Flag => match (object.get(key), field.content) {
            (Some(Value::Number(value)), _) => value,
            (Some(Value::Truth(true)), Content::Promise) => 0.0,
            (Some(Value::Truth(value)), Content::Flag) => value.into(),
            _ => f64::NAN,
        },
    };
    if !number.is_nan() {
        return number;
    }
    field.otherwise.unwrap_or_else(|| {
        keys.fault("missing", key);
        f64::NAN
    })
}

fn item(key: &'static str, object: &Object, keys: &mut Keys) -> Option<ItemId> {
    match object.get(key)? {
        Value::Other => None,
        Value::Text(name) => Some(ItemId::from_text(name)),
        // ids are often numbers in shops' own data, and longer than any amount
        Value::Number(n) => {
            let mut name = String::new();
            let whole = n.clamp(0.0, 9e15) as u64;
            if whole as f64 == n {
                json::write_integer(whole, &mut name)
            } else {
                json::write_number(n, &mut name)
            }
            Some(ItemId::from_text(&name))
        }
        Value::Truth(_) => {
            keys.fault("not a text", key);
            None
        }
    }
}
