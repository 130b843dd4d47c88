//! Writing recordings.

use super::json::{write_integer, write_number, write_text};
use super::{Content, FORMAT, Field, Header};
use crate::signal::Signal;

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
    if header.left_cart > 0.0 {
        line.number("left_cart", header.left_cart);
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
    let (kind, numbers) = (signal.kind.kind(), signal.kind.to_numbers());
    line.text("s", kind.name());
    for (field, number) in kind.fields().iter().zip(numbers) {
        line.field(field, number);
    }
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

    fn field(&mut self, field: &Field, number: f64) {
        match field.content {
            Content::Amount => self.number(field.key, number),
            _ if !number.is_finite() => {}
            Content::Name(names) => self.text(field.key, names.get(number as usize).copied().unwrap_or_default()),
            Content::Truth => {
                self.name(field.key);
                self.out.push_str(if number == 0.0 { "false" } else { "true" });
            }
            Content::Item => self.id(field.key, number as u32),
            Content::Px | Content::Fact | Content::Promise | Content::Flag => self.number(field.key, number),
        }
    }

    /// Eight hex digits.
    fn id(&mut self, key: &str, id: u32) {
        self.name(key);
        self.out.push('"');
        for shift in (0..8).rev() {
            self.out.push(char::from_digit(id >> (shift * 4) & 15, 16).unwrap_or('0'));
        }
        self.out.push('"');
    }
}
