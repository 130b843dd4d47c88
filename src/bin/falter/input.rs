//! Files that are read: recordings and models.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use falter::model::Model;
use falter::train::Visit;
use falter::train::visit::{EventReader, ReadError, VisitReader};

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

/// Opens a recording; `-` is standard input.
fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

/// Reads a recording event by event.
pub(crate) fn events(path: &Path) -> Result<EventReader<Box<dyn BufRead>>> {
    Ok(EventReader::new(open(path).with_context(|| format!("cannot read {}", path.display()))?))
}

/// An error in a recording, with its file.
pub(crate) fn in_file(path: &Path, error: ReadError) -> anyhow::Error {
    anyhow!("{}: {error}", path.display())
}

/// Says once a file that there were signals of kinds this version does not know.
pub(crate) fn warn_unknown(path: &Path, unknown: u64) {
    if unknown > 0 {
        eprintln!("falter: {}: {unknown} signals of unknown kinds passed over", path.display());
    }
}

/// The visits of many recordings, one file after the other. Ends after the first error.
pub(crate) struct Visits<'a> {
    paths: std::slice::Iter<'a, PathBuf>,
    open: Option<(&'a Path, VisitReader<Box<dyn BufRead>>)>,
    failed: bool,
}

impl<'a> Visits<'a> {
    pub(crate) fn new(paths: &'a [PathBuf]) -> Visits<'a> {
        Visits { paths: paths.iter(), open: None, failed: false }
    }

    fn read(&mut self) -> Result<Option<Visit>> {
        loop {
            if let Some((path, reader)) = &mut self.open {
                match reader.next().transpose().map_err(|error| in_file(path, error))? {
                    Some(visit) => return Ok(Some(visit)),
                    None => warn_unknown(path, reader.unknown()),
                }
            }
            let Some(path) = self.paths.next() else { return Ok(None) };
            let input = open(path).with_context(|| format!("cannot read {}", path.display()))?;
            self.open = Some((path, VisitReader::new(input)));
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
