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
    PageState, Section, Signal, SignalKind, Target, Trouble, half_px, named,
};
use json::{Keys, Object, Value, rounded, unescape};

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
    if object.get("t").is_none() {
        return Err(LineError::key("missing", "t"));
    }
    let read = read_signal(line, 0)?;
    Ok(read.map_or(Line::Unknown, |(at, signal)| Line::Signal { at, signal }))
}

/// Reads a signal whose time may be left out: it happens `now`, ms, then. Returns the stream's time and the signal; `None`
/// for a kind this version does not know.
///
/// # Errors
/// As [`read_line`].
pub fn read_signal(line: &str, now: u32) -> Result<Option<(u32, Signal)>, LineError> {
    let object = Object::read(line)?;
    let mut keys = Keys::of(&object);
    let at = if object.get("t").is_some() { time(&mut keys, "t") } else { now };
    let late = if object.get("late").is_some() { time(&mut keys, "late") } else { 0 };
    let kind = read_kind(&object, &mut keys);
    keys.finish()?;
    Ok(kind.map(|kind| (at, Signal { t: at.saturating_sub(late), kind })))
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
        device: Device::read_or(&mut keys, "device", Device::Mouse),
        w: length(&mut keys, "w"),
        h: length(&mut keys, "h"),
        doc_h: length(&mut keys, "docH"),
        end: time(&mut keys, "end"),
        visits: count(&mut keys, "visits"),
        orders: count(&mut keys, "orders"),
        reason: Reason::read(&mut keys, "reason"),
    };
    keys.finish()?;
    Ok(header)
}

named! {
    /// The kinds of signals, by the text of their `s`.
    Kind {
        Move = "move", Down = "down", Up = "up", Click = "click", Out = "out", In = "in", Scroll = "scroll",
        Resize = "resize", Key = "key", Blur = "blur", Focus = "focus", Hidden = "hidden", Visible = "visible",
        See = "see", Unsee = "unsee", Hover = "hover", Unhover = "unhover", Page = "page", Cart = "cart",
        Field = "field", Copy = "copy", Zoom = "zoom", Select = "select", Problem = "problem", Facts = "facts",
        State = "state", Answer = "answer", Pagehide = "pagehide", Pageshow = "pageshow", Unload = "unload",
        Purchase = "purchase",
    }
}

/// The kind of a signal with its keys; `None` for a kind this version does not know.
fn read_kind(object: &Object, keys: &mut Keys) -> Option<SignalKind> {
    let kind = Kind::from_name(keys.text("s"))?;
    let (mut x, mut y) = (0.0, 0.0);
    if let Kind::Move | Kind::Down | Kind::Up | Kind::Click = kind {
        x = px(keys, "x");
    }
    if let Kind::Move | Kind::Down | Kind::Up | Kind::Click | Kind::Scroll = kind {
        y = px(keys, "y");
    }
    Some(match kind {
        Kind::Move => SignalKind::Move { x, y },
        Kind::Down => SignalKind::Down { x, y },
        Kind::Up => SignalKind::Up { x, y },
        Kind::Click => SignalKind::Click { x, y, on: Target::read_or(keys, "on", Target::Other) },
        Kind::Out => SignalKind::Out { edge: Edge::need(keys, "edge", Edge::Top) },
        Kind::In => SignalKind::In { edge: Edge::need(keys, "edge", Edge::Top) },
        Kind::Scroll => SignalKind::Scroll { y },
        Kind::Resize => SignalKind::Resize { w: px(keys, "w"), h: px(keys, "h"), doc_h: px(keys, "docH") },
        Kind::Key => SignalKind::Key { class: KeyClass::read_or(keys, "k", KeyClass::Char) },
        Kind::Blur => SignalKind::Blur { to: BlurTo::read_or(keys, "to", BlurTo::Outside) },
        Kind::Focus => SignalKind::Focus,
        Kind::Hidden => SignalKind::Hidden,
        Kind::Visible => SignalKind::Visible,
        Kind::See => SignalKind::See { section: section(keys) },
        Kind::Unsee => SignalKind::Unsee { section: section(keys) },
        Kind::Hover => SignalKind::Hover { section: section(keys) },
        Kind::Unhover => SignalKind::Unhover { section: section(keys) },
        Kind::Page => SignalKind::Page {
            page: PageKind::need(keys, "page", PageKind::Home),
            item: item(object, keys),
            from: PageKind::read(keys, "from"),
        },
        Kind::Cart => SignalKind::Cart {
            op: CartOp::need(keys, "op", CartOp::Add),
            item: item(object, keys),
            qty: match amount(keys, "qty") {
                qty if qty.is_nan() => 1.0,
                qty => qty as f32,
            },
            value: amount(keys, "value"),
        },
        Kind::Field => SignalKind::Field {
            what: FieldAction::need(keys, "what", FieldAction::Focus),
            field: FieldType::read_or(keys, "type", FieldType::Other),
        },
        Kind::Copy => SignalKind::Copy { what: Copied::read_or(keys, "what", Copied::Other) },
        Kind::Zoom => SignalKind::Zoom,
        Kind::Select => SignalKind::Select,
        Kind::Problem => SignalKind::Problem { what: Trouble::read_or(keys, "what", Trouble::PageError) },
        Kind::Facts => SignalKind::Facts(read_facts(object)),
        Kind::State => SignalKind::State(PageState {
            typing: keys.truth("typing"),
            dialog: keys.truth("dialog"),
            consent: Consent::read(keys, "consent"),
        }),
        Kind::Answer => SignalKind::Answer { reason: Reason::need(keys, "reason", Reason::Unsure) },
        Kind::Pagehide => SignalKind::Pagehide { cause: Cause::read_or(keys, "cause", Cause::Unknown) },
        Kind::Pageshow => SignalKind::Pageshow { cause: Cause::read_or(keys, "cause", Cause::Unknown) },
        Kind::Unload => SignalKind::Unload,
        Kind::Purchase => SignalKind::Purchase { value: amount(keys, "value") },
    })
}

fn px(keys: &mut Keys, key: &'static str) -> f32 {
    half_px(keys.number(key))
}

fn amount(keys: &mut Keys, key: &'static str) -> f64 {
    rounded(keys.number_or_nan(key))
}

fn section(keys: &mut Keys) -> Section {
    Section::need(keys, "section", Section::Price)
}

fn item(object: &Object, keys: &mut Keys) -> Option<ItemId> {
    match object.get("item")? {
        Value::Other => None,
        Value::Text(name) => Some(ItemId::from_text(name)),
        // ids are often numbers in shops' own data
        Value::Number(n) => {
            let mut name = String::new();
            json::write_number(n, &mut name);
            Some(ItemId::from_text(&name))
        }
        Value::Truth(_) => {
            keys.fault("not a text", "item");
            None
        }
    }
}

/// A facts signal may hold facts of later versions and texts: what is not a number or truth value we know is passed over.
fn read_facts(object: &Object) -> Facts {
    let mut facts = Facts::NONE;
    for (name, slot) in Facts::NAMES.into_iter().zip(facts.values_mut()) {
        match object.get(name) {
            Some(Value::Number(value)) => *slot = rounded(value),
            // "yes" is a fact only where one can be given without a number
            Some(Value::Truth(value)) if name == "guest_checkout" => *slot = f64::from(u8::from(value)),
            Some(Value::Truth(true)) if name == "price_promise" => *slot = 0.0,
            _ => {}
        }
    }
    facts
}
