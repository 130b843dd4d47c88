//! The text form of manifests and figures: JSON with one line an entry, and one a row of the long tables.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Error, Serializer};

/// Levels that get lines of their own.
const LINED: usize = 2;

/// A manifest, or figures, as text.
///
/// # Errors
/// When a part of it cannot be written as JSON; none of ours is such.
pub fn lined(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut out = vec![];
    value.serialize(&mut Serializer::with_formatter(&mut out, Lined { depth: 0 }))?;
    out.push(b'\n');
    Ok(out)
}

/// Breaks lines down to [`LINED`] levels, and no further.
struct Lined {
    depth: usize,
}

impl Lined {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        out.write_all(bracket)
    }

    fn item<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        if self.depth <= LINED {
            out.write_all(b"\n")?;
            out.write_all(&b"    "[..2 * self.depth])
        } else if first {
            Ok(())
        } else {
            out.write_all(b" ")
        }
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < LINED {
            out.write_all(b"\n")?;
            out.write_all(&b"    "[..2 * self.depth])?;
        }
        out.write_all(bracket)
    }
}

impl Formatter for Lined {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}
