//! `falter features`: the rows a model is trained on, as CSV or Parquet, and the borders of its bins.

#[path = "features/borders.rs"]
mod borders;
#[path = "features/csv.rs"]
mod csv;
#[path = "features/parquet.rs"]
mod parquet;
#[path = "features/sheet.rs"]
mod sheet;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use falter::model::MAX_BINS;
use falter::train::dataset::HORIZON_MS;
use falter::train::presence::presence;
use serde::Serialize;

use crate::aside::AsideFile;
use crate::input::{self, Misuse, PassedOver, Reading, Visits};
use crate::output;
use crate::progress::Progress;
use borders::Sample;

use sheet::{Row, Sheet};

/// Write one row a tick: session, time, features, and last whether the shopper left within 4 s
///
/// A value that is not known is an empty field in CSV and a null in Parquet; both hold the same numbers. With --keep-going, an
/// input without sessions gives a table without rows. With --json, the counts are printed: visits, rows, bad_lines and
/// unknown_signals; where the rows go to standard output, to standard error.
#[derive(Debug, Args)]
pub(crate) struct Features {
    /// Recordings; - is standard input
    #[arg(value_name = "FILE", required_unless_present = "model")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Write the bad lines to this file, a JSON object each: file, line, reason, and text, which is cut at 65,536 bytes
    #[arg(long, value_name = "FILE", requires = "keep_going")]
    set_aside: Option<PathBuf>,
    /// Where to write, a .csv or .parquet; - is standard output [default: -, and nowhere with --borders]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the borders of the bins, as CatBoost reads them
    ///
    /// A line is the feature's place among the features, a border and how missing values count, divided by tabs. Trained with
    /// these (input_borders="FILE" in Python, --input-borders-file on its command line), CatBoost splits where falter can,
    /// and `falter import catboost` keeps every leaf. The borders are numbers of 16 bits (bf16), set at quantiles of the rows.
    #[arg(long, value_name = "FILE")]
    borders: Option<PathBuf>,
    /// Bins a feature that the borders make, 2 to 64
    #[arg(long, value_name = "N", default_value_t = MAX_BINS, value_parser = bins, requires = "borders")]
    bins: usize,
    /// Take the borders of this model rather than the recordings' own
    #[arg(long, value_name = "MODEL", requires = "borders")]
    model: Option<PathBuf>,
}

/// What was read and written.
#[derive(Debug, Default, Serialize)]
struct Counts {
    visits: u64,
    rows: u64,
    #[serde(flatten)]
    passed_over: PassedOver,
}

fn bins(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(bins) if (2..=MAX_BINS).contains(&bins) => Ok(bins),
        _ => Err(format!("2 to {MAX_BINS} bins")),
    }
}

impl Features {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let mut sheet = self.sheet_path()?.map(Sheet::create).transpose()?;
        let mut sample = (self.borders.is_some() && self.model.is_none()).then(Sample::new);
        let mut progress = Progress::new("visits", None, json);
        let aside = self.set_aside.as_deref().map(AsideFile::create).transpose()?;
        let mut visits = Visits::new(&self.files, self.reading).set_aside(aside.clone());
        let mut counts = Counts::default();
        for visit in visits.by_ref() {
            let visit = visit?;
            let presence = presence(&visit);
            let mut result = Ok(());
            visit.observe(|t, observer| {
                if result.is_err() || !presence.iter().any(|stretch| stretch.holds(t)) {
                    return;
                }
                let left = presence.iter().find_map(|stretch| stretch.until_leave(t));
                let leaves = left.is_some_and(|left| left <= HORIZON_MS);
                counts.rows += 1;
                let row = Row { session: &visit.header.session, t, features: observer.row(), leaves };
                sample.iter_mut().for_each(|sample| sample.add(row.features));
                if let Some(sheet) = &mut sheet {
                    result = sheet.add(&row);
                }
            });
            result?;
            counts.visits += 1;
            progress.at(counts.visits, String::new);
        }
        counts.passed_over = visits.passed_over();
        drop(visits);
        if counts.visits == 0 && !self.files.is_empty() && !self.reading.keeps_going() {
            bail!(
                "{}: no session in it",
                self.files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
            );
        }
        sheet.map_or(Ok(()), Sheet::finish)?;
        aside.map_or(Ok(()), AsideFile::finish)?;
        if let Some(path) = &self.borders {
            let edges = match sample {
                Some(sample) => sample.edges(self.bins),
                None => input::model(self.model.as_deref())?.parts().edges,
            };
            output::write_whole(path, borders::text(&edges).as_bytes())?;
        }
        progress.finish();
        if json {
            self.print(&counts)?;
        }
        Ok(())
    }

    /// The counts, where the rows don't go.
    fn print(&self, counts: &Counts) -> Result<()> {
        let counts = serde_json::to_string(counts)?;
        if self.sheet_path()? == Some(Path::new("-")) {
            eprintln!("{counts}");
        } else {
            say!("{counts}");
        }
        Ok(())
    }

    /// Where the rows go, if they are wanted.
    fn sheet_path(&self) -> Result<Option<&Path>> {
        let path = match &self.output {
            Some(path) => path.as_path(),
            None if self.borders.is_some() => return Ok(None),
            None => Path::new("-"),
        };
        if path.extension().is_some_and(|extension| extension != "csv" && extension != "parquet") {
            bail!(Misuse("only .csv and .parquet can be written; name the output so, or write to standard output"));
        }
        if self.files.is_empty() && self.output.is_some() {
            bail!(Misuse("rows of what? name recordings"));
        }
        Ok(Some(path))
    }
}
