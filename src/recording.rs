//! Session recordings, format 1: what a page told the detector, in order, as one JSON object a line (NDJSON).
//!
//! A line with a `session` key opens a session; the lines after it are its signals. Cold signals from JavaScript cross into
//! the engine in the same text form, so the names exist once.
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

mod write;

pub(crate) mod json;
pub use write::{write_header, write_signal};

use core::fmt;

use crate::reason::Reason;
use crate::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Device, Edge, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind,
    PageState, Section, Signal, SignalKind, Target, Trouble, half_px,
};
use json::{Object, Value, rounded, unescape};

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
    let at = time(&object, "t")?;
    Ok(match read_kind(&object)? {
        Some(kind) => {
            let late = if object.get("late").is_some() { time(&object, "late")? } else { 0 };
            Line::Signal { at, signal: Signal { t: at.saturating_sub(late), kind } }
        }
        None => Line::Unknown,
    })
}

fn time(object: &Object, key: &'static str) -> Result<u32, LineError> {
    let t = object.number(key)?;
    if (0.0..MAX_T).contains(&t) { Ok((t + 0.5) as u32) } else { Err(LineError::key("not a time in ms", key)) }
}

fn count(object: &Object, key: &'static str) -> Result<u32, LineError> {
    let n = object.number_or_nan(key)?;
    Ok(if n.is_nan() { 0 } else { n.clamp(0.0, 1e9) as u32 })
}

fn read_header(object: &Object) -> Result<Header, LineError> {
    if object.number("format")? != f64::from(FORMAT) {
        return Err(LineError::key("only format 1 is known", "format"));
    }
    let length = |key| match object.number(key)? {
        px if (1.0..1e7).contains(&px) => Ok(half_px(px)),
        _ => Err(LineError::key("not a length in px", key)),
    };
    Ok(Header {
        session: unescape(object.text("session")?),
        source: if object.get("source").is_some() { unescape(object.text("source")?) } else { String::new() },
        device: object.named_or("device", Device::from_name, Device::Mouse)?,
        w: length("w")?,
        h: length("h")?,
        doc_h: length("docH")?,
        end: time(object, "end")?,
        visits: count(object, "visits")?,
        orders: count(object, "orders")?,
        reason: object.named_or("reason", |name| Reason::from_name(name).map(Some), None)?,
    })
}

/// The kind of a signal with its keys; `None` for a kind this version does not know.
pub(crate) fn read_kind(object: &Object) -> Result<Option<SignalKind>, LineError> {
    let px = |key| object.number(key).map(half_px);
    let amount = |key| object.number_or_nan(key).map(rounded);
    Ok(Some(match object.text("s")? {
        "move" => SignalKind::Move { x: px("x")?, y: px("y")? },
        "down" => SignalKind::Down { x: px("x")?, y: px("y")? },
        "up" => SignalKind::Up { x: px("x")?, y: px("y")? },
        "click" => {
            let on = object.named_or("on", Target::from_name, Target::Other)?;
            SignalKind::Click { x: px("x")?, y: px("y")?, on }
        }
        "out" => SignalKind::Out { edge: object.named("edge", Edge::from_name)? },
        "in" => SignalKind::In { edge: object.named("edge", Edge::from_name)? },
        "scroll" => SignalKind::Scroll { y: px("y")? },
        "resize" => SignalKind::Resize { w: px("w")?, h: px("h")?, doc_h: px("docH")? },
        "key" => SignalKind::Key { class: object.named("k", KeyClass::from_name)? },
        "blur" => SignalKind::Blur { to: object.named_or("to", BlurTo::from_name, BlurTo::Outside)? },
        "focus" => SignalKind::Focus,
        "hidden" => SignalKind::Hidden,
        "visible" => SignalKind::Visible,
        "see" => SignalKind::See { section: object.named("section", Section::from_name)? },
        "unsee" => SignalKind::Unsee { section: object.named("section", Section::from_name)? },
        "hover" => SignalKind::Hover { section: object.named("section", Section::from_name)? },
        "unhover" => SignalKind::Unhover { section: object.named("section", Section::from_name)? },
        "page" => SignalKind::Page {
            page: object.named("page", PageKind::from_name)?,
            item: item(object)?,
            from: object.named_or("from", |name| PageKind::from_name(name).map(Some), None)?,
        },
        "cart" => SignalKind::Cart {
            op: object.named("op", CartOp::from_name)?,
            item: item(object)?,
            qty: match amount("qty")? {
                qty if qty.is_nan() => 1.0,
                qty => qty as f32,
            },
            value: amount("value")?,
        },
        "field" => SignalKind::Field {
            what: object.named("what", FieldAction::from_name)?,
            field: object.named_or("type", FieldType::from_name, FieldType::Other)?,
        },
        "copy" => SignalKind::Copy { what: object.named_or("what", Copied::from_name, Copied::Other)? },
        "zoom" => SignalKind::Zoom,
        "select" => SignalKind::Select,
        "problem" => SignalKind::Problem { what: object.named_or("what", Trouble::from_name, Trouble::PageError)? },
        "facts" => SignalKind::Facts(read_facts(object)),
        "state" => SignalKind::State(PageState {
            typing: object.truth("typing")?,
            dialog: object.truth("dialog")?,
            consent: object.named_or("consent", |name| Consent::from_name(name).map(Some), None)?,
        }),
        "answer" => SignalKind::Answer { reason: object.named("reason", Reason::from_name)? },
        "pagehide" => SignalKind::Pagehide { cause: object.named_or("cause", Cause::from_name, Cause::Unknown)? },
        "pageshow" => SignalKind::Pageshow { cause: object.named_or("cause", Cause::from_name, Cause::Unknown)? },
        "unload" => SignalKind::Unload,
        "purchase" => SignalKind::Purchase { value: amount("value")? },
        _ => return Ok(None),
    }))
}

fn item(object: &Object) -> Result<Option<ItemId>, LineError> {
    match object.get("item") {
        None | Some(Value::Other) => Ok(None),
        Some(Value::Text(name)) => Ok(Some(ItemId::from_text(name))),
        // ids are often numbers in shops' own data
        Some(Value::Number(n)) => {
            let mut name = String::new();
            json::write_number(n, &mut name);
            Ok(Some(ItemId::from_text(&name)))
        }
        Some(Value::Truth(_)) => Err(LineError::key("not a text", "item")),
    }
}

/// A facts signal may hold facts of later versions and texts: what is not a number or truth value we know is passed over.
fn read_facts(object: &Object) -> Facts {
    let mut facts = Facts::NONE;
    for (name, slot) in Facts::NAMES.into_iter().zip(facts.values_mut()) {
        match object.get(name) {
            Some(Value::Number(value)) => *slot = rounded(value),
            Some(Value::Truth(value)) => *slot = f64::from(u8::from(value)),
            _ => {}
        }
    }
    facts
}
