//! Files that are read: recordings and models.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use falter::model::Model;
use falter::train::Visit;
use falter::train::visit::{Aside, EventReader, ReadError, VisitReader};

/// The model that ships with this build.
static SHIPPED: &[u8] = include_bytes!("../../../models/exit.falter");
/// A model file longer than this, bytes, is none: the greatest that the format can hold is under 1 MiB.
const MAX_MODEL: u64 = 1 << 20;

/// The command was called with arguments that make no sense together.
#[derive(Debug)]
pub(crate) struct Misuse(pub(crate) &'static str);

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Misuse {}

/// How recordings are read.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Reading {
    /// Set bad lines aside and count them, rather than stop at the first
    #[arg(long)]
    keep_going: bool,
}

impl Reading {
    /// Reads a recording event by event.
    pub(crate) fn events(self, path: &Path) -> Result<EventReader<Box<dyn BufRead>>> {
        let input = open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(if self.keep_going { EventReader::keep_going(input) } else { EventReader::new(input) })
    }
}

/// Opens a recording; `-` is standard input.
fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

/// An error in a recording, with its file.
pub(crate) fn in_file(path: &Path, error: ReadError) -> anyhow::Error {
    anyhow!("{}: {error}", path.display())
}

/// Says once a file what was passed over in it: signals of kinds this version does not know, and bad lines.
pub(crate) fn warn(path: &Path, events: &EventReader<impl BufRead>) {
    let (path, unknown) = (path.display(), events.unknown());
    if unknown > 0 {
        eprintln!("falter: {path}: {unknown} signals of unknown kinds passed over");
    }
    if let Some(Aside { lines, first: Some(first) }) = events.aside() {
        eprintln!("falter: {path}: {lines} bad lines set aside; the first: {first}");
    }
}

/// The visits of many recordings, one file after the other. Ends after the first error.
pub(crate) struct Visits<'a> {
    paths: std::slice::Iter<'a, PathBuf>,
    reading: Reading,
    open: Option<(&'a Path, VisitReader<Box<dyn BufRead>>)>,
    failed: bool,
}

impl<'a> Visits<'a> {
    pub(crate) fn new(paths: &'a [PathBuf], reading: Reading) -> Visits<'a> {
        Visits { paths: paths.iter(), reading, open: None, failed: false }
    }

    fn read(&mut self) -> Result<Option<Visit>> {
        loop {
            if let Some((path, reader)) = &mut self.open {
                match reader.next().transpose().map_err(|error| in_file(path, error))? {
                    Some(visit) => return Ok(Some(visit)),
                    None => warn(path, reader.events()),
                }
            }
            let Some(path) = self.paths.next() else { return Ok(None) };
            self.open = Some((path, VisitReader::of(self.reading.events(path)?)));
        }
    }
}

impl Iterator for Visits<'_> {
    type Item = Result<Visit>;

    fn next(&mut self) -> Option<Result<Visit>> {
        if self.failed {
            return None;
        }
        let visit = self.read().transpose();
        self.failed = matches!(visit, Some(Err(_)));
        visit
    }
}

/// The model in this file, or the one that ships.
pub(crate) fn model(path: Option<&Path>) -> Result<Model> {
    let Some(path) = path else {
        return Model::from_bytes(SHIPPED)
            .map_err(|error| anyhow!("the model built into this command: {error}; pass another with --model FILE"));
    };
    let context = || format!("cannot read {}", path.display());
    let length = fs::metadata(path).with_context(context)?.len();
    if length > MAX_MODEL {
        return Err(anyhow!("{}: {length} bytes; a model has at most {MAX_MODEL}", path.display()));
    }
    let bytes = fs::read(path).with_context(context)?;
    Model::from_bytes(&bytes)
        .map_err(|error| anyhow!("{}: {error}; train one with `falter train --simulate 1000 -o FILE`", path.display()))
}
