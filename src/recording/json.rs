//! One line of JSON, read without allocation: a flat object of numbers, texts and truth values.
//!
//! Recordings are flat by design, so this reads the one level it needs (RFC 8259 grammar; deeper values are checked and
//! passed over). It is here rather than a library because it travels in the page, where it costs about 1 kB, and because
//! numbers must come out with the same bits on every platform.

use super::LineError;
use crate::signal::place_of;

/// Keys an object may have at most; a line of format 1 has at most 24.
const MAX_KEYS: usize = 32;
/// How deep an ignored value may be nested.
const MAX_DEPTH: u32 = 16;

/// The value of one key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Number(f64),
    /// As written, between the quotes; escapes are not resolved.
    Text(&'a str),
    Truth(bool),
    /// null, or an object or array.
    Other,
}

/// The pairs of one object, in the order written.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    pairs: [(&'a str, Value<'a>); MAX_KEYS],
    len: usize,
}

impl<'a> Object<'a> {
    /// Reads a line that is one object and nothing else.
    pub(crate) fn read(line: &'a str) -> Result<Object<'a>, LineError> {
        let mut reader = Reader { text: line, bytes: line.as_bytes(), at: 0 };
        let mut object = Object { pairs: [("", Value::Other); MAX_KEYS], len: 0 };
        reader.expect(b'{')?;
        if reader.peek() == b'}' {
            reader.at += 1;
        } else {
            loop {
                let key = reader.string()?;
                reader.expect(b':')?;
                let value = reader.value(0)?;
                let slot = object.pairs.get_mut(object.len).ok_or(LineError::at("too many keys", reader.at))?;
                *slot = (key, value);
                object.len += 1;
                match reader.peek() {
                    b',' => reader.at += 1,
                    b'}' => break reader.at += 1,
                    _ => return Err(LineError::at("expected , or }", reader.at)),
                }
            }
        }
        if reader.peek() != 0 || reader.at < line.len() {
            return Err(LineError::at("text after the object", reader.at));
        }
        Ok(object)
    }

    /// The pairs as written.
    pub(crate) fn pairs(&self) -> &[(&'a str, Value<'a>)] {
        self.pairs.get(..self.len).unwrap_or(&[])
    }

    /// The value of a key; the last one written wins, as in JavaScript.
    pub(crate) fn get(&self, key: &str) -> Option<Value<'a>> {
        self.pairs().iter().rev().find(|(name, _)| *name == key).map(|&(_, value)| value)
    }
}

/// Reads an object's keys. The first fault is kept, and what comes after it reads as nothing: one check at the end rather
/// than one a key, which in wasm is half the code.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    object: &'a Object<'a>,
    fault: Option<LineError>,
}

impl<'a> Keys<'a> {
    pub(crate) fn of(object: &'a Object<'a>) -> Keys<'a> {
        Keys { object, fault: None }
    }

    /// The first fault, if there was one.
    pub(crate) fn finish(self) -> Result<(), LineError> {
        self.fault.map_or(Ok(()), Err)
    }

    #[inline(never)]
    pub(crate) fn fault(&mut self, what: &'static str, key: &'static str) {
        self.fault = self.fault.or(Some(LineError::key(what, key)));
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, key: &'static str) -> f64 {
        let number = self.number_or_nan(key);
        if number.is_nan() {
            self.fault("missing", key);
        }
        number
    }

    /// A number that may be left out or null: NaN then.
    #[inline(never)]
    pub(crate) fn number_or_nan(&mut self, key: &'static str) -> f64 {
        match self.object.get(key) {
            Some(Value::Number(value)) => return value,
            None | Some(Value::Other) => {}
            Some(_) => self.fault("not a number", key),
        }
        f64::NAN
    }

    /// A text that may be left out or null: "" then.
    #[inline(never)]
    pub(crate) fn text_or_empty(&mut self, key: &'static str) -> &'a str {
        match self.object.get(key) {
            Some(Value::Text(text)) => return text,
            None | Some(Value::Other) => {}
            Some(_) => self.fault("not a text", key),
        }
        ""
    }

    pub(crate) fn text(&mut self, key: &'static str) -> &'a str {
        if let None | Some(Value::Other) = self.object.get(key) {
            self.fault("missing", key);
        }
        self.text_or_empty(key)
    }

    /// The place of a text in a settled list of names; `None` where it was left out.
    #[inline(never)]
    pub(crate) fn place(&mut self, key: &'static str, names: &[&str]) -> Option<usize> {
        if let None | Some(Value::Other) = self.object.get(key) {
            return None;
        }
        let place = place_of(self.text_or_empty(key), names);
        if place.is_none() {
            self.fault("not one of the names it can be", key);
        }
        place
    }

    #[inline(never)]
    pub(crate) fn truth(&mut self, key: &'static str) -> Option<bool> {
        match self.object.get(key) {
            Some(Value::Truth(value)) => return Some(value),
            None | Some(Value::Other) => {}
            Some(_) => self.fault("not true or false", key),
        }
        None
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next byte that is not white space, or 0 at the end.
    fn peek(&mut self) -> u8 {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.here()
    }

    fn here(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn expect(&mut self, byte: u8) -> Result<(), LineError> {
        if self.peek() != byte {
            return Err(LineError::at(if byte == b'{' { "expected {" } else { "expected :" }, self.at));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<&'a str, LineError> {
        if self.peek() != b'"' {
            return Err(LineError::at("expected a text in quotes", self.at));
        }
        self.at += 1;
        let start = self.at;
        loop {
            match self.here() {
                b'"' => break,
                0..=0x1f => return Err(LineError::at("text without its closing quote", self.at)),
                b'\\' => {
                    self.at += 1;
                    match self.here() {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
                        b'u' if self
                            .bytes
                            .get(self.at + 1..self.at + 5)
                            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
                        {
                            self.at += 5;
                        }
                        _ => return Err(LineError::at("bad escape", self.at)),
                    }
                }
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.text.get(start..self.at - 1).ok_or(LineError::at("bad text", start))
    }

    fn value(&mut self, depth: u32) -> Result<Value<'a>, LineError> {
        match self.peek() {
            b'"' => Ok(Value::Text(self.string()?)),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Value::Truth(true)),
            b'f' => self.word("false", Value::Truth(false)),
            b'n' => self.word("null", Value::Other),
            open @ (b'{' | b'[') => self.skip(open, depth),
            _ => Err(LineError::at("expected a value", self.at)),
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, LineError> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) {
            return Err(LineError::at("expected a value", self.at));
        }
        self.at = end;
        Ok(value)
    }

    /// Passes over an object or array, checking its form.
    fn skip(&mut self, open: u8, depth: u32) -> Result<Value<'a>, LineError> {
        if depth >= MAX_DEPTH {
            return Err(LineError::at("nested too deep", self.at));
        }
        let close = if open == b'{' { b'}' } else { b']' };
        self.at += 1;
        if self.peek() == close {
            self.at += 1;
            return Ok(Value::Other);
        }
        loop {
            if open == b'{' {
                self.string()?;
                self.expect(b':')?;
            }
            self.value(depth + 1)?;
            match self.peek() {
                b',' => self.at += 1,
                byte if byte == close => break self.at += 1,
                _ => return Err(LineError::at("expected , or a closing bracket", self.at)),
            }
        }
        Ok(Value::Other)
    }

    fn digits(&mut self, mantissa: &mut u64, dropped: &mut i32) -> Result<i32, LineError> {
        let start = self.at;
        while let digit @ b'0'..=b'9' = self.here() {
            // 18 digits fit; what follows only moves the point
            if *mantissa < 100_000_000_000_000_000 {
                *mantissa = *mantissa * 10 + u64::from(digit - b'0');
            } else {
                *dropped = dropped.saturating_add(1);
            }
            self.at += 1;
        }
        if self.at == start {
            return Err(LineError::at("expected a digit", self.at));
        }
        Ok((self.at - start).min(1_000_000) as i32)
    }

    /// Exact for up to 15 digits with an exponent within ±22 (Clinger 1990, the fast path), which is all that recordings
    /// hold; beyond that within a few ulps, and the same everywhere.
    fn number(&mut self) -> Result<Value<'a>, LineError> {
        let negative = self.here() == b'-';
        if negative {
            self.at += 1;
        }
        let (mut mantissa, mut exponent) = (0u64, 0i32);
        let first = self.here();
        if self.digits(&mut mantissa, &mut exponent)? > 1 && first == b'0' {
            return Err(LineError::at("number with a leading zero", self.at));
        }
        if self.here() == b'.' {
            self.at += 1;
            exponent -= self.digits(&mut mantissa, &mut exponent)?;
        }
        if let b'e' | b'E' = self.here() {
            self.at += 1;
            let minus = self.here() == b'-';
            if let b'+' | b'-' = self.here() {
                self.at += 1;
            }
            let (mut power, mut over) = (0u64, 0i32);
            self.digits(&mut power, &mut over)?;
            let power = power.min(10_000) as i32;
            exponent += if minus { -power } else { power };
        }
        let mut value = mantissa as f64;
        let mut left = exponent.clamp(-400, 400);
        while left != 0 {
            let step = left.clamp(-22, 22);
            let mut power = 1.0f64;
            for _ in 0..step.unsigned_abs() {
                power *= 10.0;
            }
            value = if step > 0 { value * power } else { value / power };
            left -= step;
        }
        if !value.is_finite() {
            return Err(LineError::at("number too large", self.at));
        }
        Ok(Value::Number(if negative { -value } else { value }))
    }
}

/// The text with its escapes resolved; a lone surrogate becomes U+FFFD.
pub(crate) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        let mut resolved = c;
        if c == '\\' {
            resolved = match chars.next() {
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let code = hex4(&mut chars);
                    let mut after = chars.clone();
                    let low =
                        if (after.next(), after.next()) == (Some('\\'), Some('u')) { hex4(&mut after) } else { 0 };
                    if (0xd800..0xdc00).contains(&code) && (0xdc00..0xe000).contains(&low) {
                        chars = after;
                        char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}')
                    } else {
                        char::from_u32(code).unwrap_or('\u{fffd}')
                    }
                }
                Some(other) => other,
                None => break,
            };
        }
        out.push(resolved);
    }
    out
}

/// The number that the next four hex digits write.
fn hex4(chars: &mut core::str::Chars) -> u32 {
    (0..4).filter_map(|_| chars.next()?.to_digit(16)).fold(0, |all, digit| all * 16 + digit)
}

/// Appends a text in quotes, escaped.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\u{0}'..='\u{1f}' => {
                out.push_str("\\u00");
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Appends a number rounded to 4 decimals, without trailing zeros; `null` where it is not finite.
pub(crate) fn write_number(value: f64, out: &mut String) {
    if !value.is_finite() {
        out.push_str("null");
        return;
    }
    let scaled = ten_thousandths(value);
    if scaled < 0 {
        out.push('-');
    }
    let magnitude = scaled.unsigned_abs();
    write_integer(magnitude / 10_000, out);
    let mut rest = magnitude % 10_000;
    if rest > 0 {
        out.push('.');
        let mut place = 1_000;
        while rest > 0 {
            out.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
            place /= 10;
        }
    }
}

/// Appends a whole number.
pub(crate) fn write_integer(value: u64, out: &mut String) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        if let Some(slot) = digits.get_mut(at) {
            *slot = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    digits.iter().skip(at).for_each(|&digit| out.push(char::from(digit)));
}

/// The value in ten-thousandths, rounded half away from zero.
fn ten_thousandths(value: f64) -> i64 {
    let scaled = value.clamp(-9e11, 9e11) * 10_000.0;
    (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i64
}

/// The value as [`write_number`] writes it and [`Object::read`] reads it back: amounts are rounded so before the detector
/// sees them, so that live and replay see the same numbers.
pub(crate) fn rounded(value: f64) -> f64 {
    if value.is_finite() { ten_thousandths(value) as f64 / 10_000.0 } else { value }
}
