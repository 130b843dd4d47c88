//! Writing recordings.

use super::json::{write_integer, write_number, write_text};
use super::{FORMAT, Header};
use crate::signal::{Facts, Signal, SignalKind};

/// Appends the line that opens a session, without its newline.
pub fn write_header(header: &Header, out: &mut String) {
    let mut line = LineWriter { out };
    line.out.push_str("{\"session\":");
    write_text(&header.session, line.out);
    line.whole("format", FORMAT);
    line.text("source", &header.source);
    line.text("device", header.device.name());
    line.number("w", header.w.into());
    line.number("h", header.h.into());
    line.number("docH", header.doc_h.into());
    line.whole("end", header.end);
    if header.visits > 0 {
        line.whole("visits", header.visits);
    }
    if header.orders > 0 {
        line.whole("orders", header.orders);
    }
    if let Some(reason) = header.reason {
        line.text("reason", reason.name());
    }
    line.out.push('}');
}

/// Appends a signal's line, without its newline. `at` is the stream's time, never earlier than the signal's own.
pub fn write_signal(at: u32, signal: &Signal, out: &mut String) {
    let mut line = LineWriter { out };
    line.out.push_str("{\"t\":");
    write_integer(at.max(signal.t).into(), line.out);
    if at > signal.t {
        line.whole("late", at - signal.t);
    }
    line.kind(&signal.kind);
    line.out.push('}');
}

struct LineWriter<'a> {
    out: &'a mut String,
}

impl LineWriter<'_> {
    fn name(&mut self, key: &str) {
        self.out.push_str(",\"");
        self.out.push_str(key);
        self.out.push_str("\":");
    }

    fn whole(&mut self, key: &str, value: u32) {
        self.name(key);
        write_integer(value.into(), self.out);
    }

    fn number(&mut self, key: &str, value: f64) {
        self.name(key);
        write_number(value, self.out);
    }

    fn text(&mut self, key: &str, value: &str) {
        self.name(key);
        write_text(value, self.out);
    }

    fn truth(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.name(key);
            self.out.push_str(if value { "true" } else { "false" });
        }
    }

    fn position(&mut self, s: &str, x: f32, y: f32) {
        self.text("s", s);
        self.number("x", x.into());
        self.number("y", y.into());
    }

    fn with(&mut self, s: &str, key: &str, value: &str) {
        self.text("s", s);
        self.text(key, value);
    }

    fn item(&mut self, item: Option<crate::signal::ItemId>) {
        if let Some(item) = item {
            self.name("item");
            self.out.push('"');
            for shift in (0..8).rev() {
                self.out.push(char::from_digit(item.0 >> (shift * 4) & 15, 16).unwrap_or('0'));
            }
            self.out.push('"');
        }
    }

    fn facts(&mut self, facts: &Facts) {
        self.text("s", "facts");
        for (name, value) in Facts::NAMES.into_iter().zip(*facts.values()) {
            if value.is_finite() {
                self.number(name, value);
            }
        }
    }

    fn kind(&mut self, kind: &SignalKind) {
        match *kind {
            SignalKind::Move { x, y } => self.position("move", x, y),
            SignalKind::Down { x, y } => self.position("down", x, y),
            SignalKind::Up { x, y } => self.position("up", x, y),
            SignalKind::Click { x, y, on } => {
                self.position("click", x, y);
                self.text("on", on.name());
            }
            SignalKind::Out { edge } => self.with("out", "edge", edge.name()),
            SignalKind::In { edge } => self.with("in", "edge", edge.name()),
            SignalKind::Scroll { y } => {
                self.text("s", "scroll");
                self.number("y", y.into());
            }
            SignalKind::Resize { w, h, doc_h } => {
                self.text("s", "resize");
                self.number("w", w.into());
                self.number("h", h.into());
                self.number("docH", doc_h.into());
            }
            SignalKind::Key { class } => self.with("key", "k", class.name()),
            SignalKind::Blur { to } => self.with("blur", "to", to.name()),
            SignalKind::Focus => self.text("s", "focus"),
            SignalKind::Hidden => self.text("s", "hidden"),
            SignalKind::Visible => self.text("s", "visible"),
            SignalKind::See { section } => self.with("see", "section", section.name()),
            SignalKind::Unsee { section } => self.with("unsee", "section", section.name()),
            SignalKind::Hover { section } => self.with("hover", "section", section.name()),
            SignalKind::Unhover { section } => self.with("unhover", "section", section.name()),
            SignalKind::Page { page, item, from } => {
                self.with("page", "page", page.name());
                self.item(item);
                if let Some(from) = from {
                    self.text("from", from.name());
                }
            }
            SignalKind::Cart { op, item, qty, value } => {
                self.with("cart", "op", op.name());
                self.item(item);
                self.number("qty", qty.into());
                self.number("value", value);
            }
            SignalKind::Field { what, field } => {
                self.with("field", "what", what.name());
                self.text("type", field.name());
            }
            SignalKind::Copy { what } => self.with("copy", "what", what.name()),
            SignalKind::Zoom => self.text("s", "zoom"),
            SignalKind::Select => self.text("s", "select"),
            SignalKind::Problem { what } => self.with("problem", "what", what.name()),
            SignalKind::Facts(ref facts) => self.facts(facts),
            SignalKind::State(state) => {
                self.text("s", "state");
                self.truth("typing", state.typing);
                self.truth("dialog", state.dialog);
                if let Some(consent) = state.consent {
                    self.text("consent", consent.name());
                }
            }
            SignalKind::Answer { reason } => self.with("answer", "reason", reason.name()),
            SignalKind::Pagehide { cause } => self.with("pagehide", "cause", cause.name()),
            SignalKind::Pageshow { cause } => self.with("pageshow", "cause", cause.name()),
            SignalKind::Unload => self.text("s", "unload"),
            SignalKind::Purchase { value } => {
                self.text("s", "purchase");
                self.number("value", value);
            }
        }
    }
}
