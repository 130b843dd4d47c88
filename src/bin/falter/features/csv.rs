//! Rows as CSV (RFC 4180): numbers in their shortest form that reads back as the same f32, nothing where a value is not known.

use std::fmt::Display;
use std::io::Write;

use anyhow::{Context, Result};
use csv::Writer;

use super::sheet::{Row, columns};
use crate::output::Whole;

pub(super) struct Csv {
    out: Writer<Whole>,
    field: Vec<u8>,
}

impl Csv {
    pub(super) fn new(out: Whole) -> Result<Csv> {
        let mut out = Writer::from_writer(out);
        out.write_record(columns()).map_err(unwrapped)?;
        Ok(Csv { out, field: vec![] })
    }

    pub(super) fn add(&mut self, row: &Row) -> Result<()> {
        self.write(row).map_err(unwrapped)
    }

    fn write(&mut self, row: &Row) -> csv::Result<()> {
        self.session(row.session)?;
        self.number(row.t)?;
        for &value in row.features {
            if value.is_nan() { self.out.write_field(b"")? } else { self.number(value)? }
        }
        self.number(u8::from(row.leaves))?;
        self.out.write_record(None::<&[u8]>)
    }

    /// An id that a spreadsheet would take for a formula is written as it writes a text that looks like one: after an apostrophe.
    /// Whoever makes recordings chooses their ids; falter's own are letters and digits.
    fn session(&mut self, id: &str) -> csv::Result<()> {
        self.field.clear();
        if id.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.field.push(b'\'');
        }
        self.field.extend_from_slice(id.as_bytes());
        self.out.write_field(&self.field)
    }

    fn number(&mut self, number: impl Display) -> csv::Result<()> {
        self.field.clear();
        write!(self.field, "{number}")?;
        self.out.write_field(&self.field)
    }

    pub(super) fn finish(self) -> Result<()> {
        let out = self.out.into_inner().map_err(|error| error.into_error()).context("cannot write the rows")?;
        out.finish()
    }
}

/// The stream's own error, so that a reader of ours who has gone is known as such.
fn unwrapped(error: csv::Error) -> anyhow::Error {
    let error = match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    };
    anyhow::Error::new(error).context("cannot write the rows")
}
