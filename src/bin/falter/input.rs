//! Files that are read: recordings and models.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use falter::features::FEATURES;
use falter::model::Model;
use falter::plays::{self, Playbook};
use falter::train::Visit;
use falter::train::manifest::Manifest;
use falter::train::visit::{Aside, EventReader, ReadError, VisitReader};
use serde::Serialize;

use crate::aside::AsideFile;

/// The model that ships with this build.
static SHIPPED: &[u8] = include_bytes!("../../../models/exit.falter");
/// Its manifest.
static SHIPPED_MANIFEST: &str = include_str!("../../../models/exit.json");
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

    /// Whether bad lines are set aside.
    pub(crate) fn keeps_going(self) -> bool {
        self.keep_going
    }
}

/// Opens a file of lines; `-` is standard input.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
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
    if let Some(Aside { lines, some }) = events.aside()
        && let [first, ..] = some.as_slice()
    {
        eprintln!("falter: {path}: {lines} bad lines set aside; the first: {first}");
    }
}

/// The visits of many recordings, one file after the other. Ends after the first error.
pub(crate) struct Visits<'a> {
    paths: std::slice::Iter<'a, PathBuf>,
    reading: Reading,
    aside: Option<AsideFile>,
    open: Option<(&'a Path, VisitReader<Box<dyn BufRead>>)>,
    passed_over: PassedOver,
    failed: bool,
}

/// What was in recordings and in no visit.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct PassedOver {
    bad_lines: u64,
    unknown_signals: u64,
}

impl<'a> Visits<'a> {
    pub(crate) fn new(paths: &'a [PathBuf], reading: Reading) -> Visits<'a> {
        let passed_over = PassedOver::default();
        Visits { paths: paths.iter(), reading, aside: None, open: None, passed_over, failed: false }
    }

    /// Bad lines go to this file too.
    pub(crate) fn set_aside(mut self, aside: Option<AsideFile>) -> Visits<'a> {
        self.aside = aside;
        self
    }

    /// What was passed over in the files that were read to their end.
    pub(crate) fn passed_over(&self) -> PassedOver {
        self.passed_over
    }

    fn read(&mut self) -> Result<Option<Visit>> {
        loop {
            if let Some((path, reader)) = &mut self.open {
                match reader.next().transpose().map_err(|error| in_file(path, error))? {
                    Some(visit) => return Ok(Some(visit)),
                    None => {
                        let events = reader.events();
                        warn(path, events);
                        self.passed_over.bad_lines += events.aside().map_or(0, |aside| aside.lines);
                        self.passed_over.unknown_signals += events.unknown();
                        self.open = None;
                    }
                }
            }
            let Some(path) = self.paths.next() else { return Ok(None) };
            let mut events = self.reading.events(path)?;
            if let Some(aside) = &self.aside {
                events = events.keep_aside(aside.keeper(path));
            }
            self.open = Some((path, VisitReader::of(events)));
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

/// The plays in this file, or those that ship. All that is wrong with them is told at once.
pub(crate) fn plays(path: Option<&Path>) -> Result<Playbook> {
    let Some(path) = path else { return Ok(Playbook::shipped()) };
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let list = serde_json::from_str(&text).with_context(|| format!("{shown} is not JSON"))?;
    let (book, faults) = plays::parse(&list);
    if faults.is_empty() {
        return Ok(book);
    }
    let faults: Vec<String> = faults.iter().map(|fault| format!("{shown}: {fault}")).collect();
    Err(anyhow!(faults.join("\n")))
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

/// The manifest of a model: the one beside its file, or of the one that ships; `None` where none stands beside it.
pub(crate) fn manifest(path: Option<&Path>) -> Result<Option<Manifest>> {
    let Some(path) = path else {
        return serde_json::from_str(SHIPPED_MANIFEST).context("the manifest built into this command").map(Some);
    };
    let path = path.with_extension("json");
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let context = || format!("{} is no manifest of this version; `falter train` writes one", path.display());
    serde_json::from_str(&text).with_context(context).map(Some)
}

/// How much each feature brings to a model, most first: its part of the trees' gain by the manifest, or, where none stands
/// beside the model, of their splits.
pub(crate) fn importances(path: Option<&Path>, model: &Model) -> Result<Importances> {
    let (parts, of): (Vec<(String, f64)>, _) = match manifest(path)? {
        Some(manifest) => {
            (manifest.features.into_iter().map(|feature| (feature.name, feature.importance)).collect(), "gain")
        }
        None => {
            let parts = model.parts();
            let splits = || parts.trees.iter().flat_map(|tree| &tree.splits);
            let all = splits().count().max(1) as f64;
            let part = |place: usize| splits().filter(|split| usize::from(split.feature) == place).count() as f64 / all;
            (
                FEATURES.iter().enumerate().map(|(place, feature)| (feature.name.to_owned(), part(place))).collect(),
                "splits",
            )
        }
    };
    let mut parts = parts;
    parts.retain(|&(_, part)| part > 0.0);
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(Importances { parts, of })
}

/// Parts that sum to 1.
pub(crate) struct Importances {
    pub(crate) parts: Vec<(String, f64)>,
    /// Of what they are parts.
    pub(crate) of: &'static str,
}
