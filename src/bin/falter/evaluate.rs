//! `falter evaluate`: what a model's alerts would have been worth on recordings, leave by leave.

#[path = "evaluate/chart.rs"]
mod chart;
#[path = "evaluate/date.rs"]
mod date;
#[path = "evaluate/plots.rs"]
mod plots;
#[path = "evaluate/presets.rs"]
mod presets;
#[path = "evaluate/report.rs"]
mod report;
#[path = "evaluate/sections.rs"]
mod sections;
#[path = "evaluate/table.rs"]
mod table;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::{Result, bail};
use clap::Args;
use falter::train::manifest::lined;
use falter::train::people::Person;

use crate::input::{self, Misuse, Reading, Visits};
use crate::judging::judge_all;
use crate::output;
pub(crate) use table::print;

/// Judge a model on recordings: what the whole policy did, and alerts at 0.2 to 2 false ones a minute, beside the rules that
/// pages use today
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// Recordings; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// The model [default: the one that ships]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Write a report with plots, one file with everything in it
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Only set the presets calm, balanced and eager by these recordings, and print them
    #[arg(long, conflicts_with = "html")]
    presets: bool,
    /// With --presets: write the model with the new table
    #[arg(short, long, value_name = "MODEL", requires = "presets")]
    output: Option<PathBuf>,
}

impl Evaluate {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let model = input::model(self.model.as_deref())?;
        if self.output.as_deref() == Some(Path::new("-")) {
            bail!(Misuse("the model is a binary file: name one to write it to"));
        }
        let threads = available_parallelism().map_or(1, |cores| cores.get());
        let people = Visits::new(&self.files, self.reading).map(|visit| visit.map(Person::Recorded));
        if self.presets {
            return presets::run(&model, people, self.output.as_deref(), threads, json);
        }
        // names without their folders: where somebody keeps their files is nobody's business
        let names: Vec<String> = self
            .files
            .iter()
            .map(|path| path.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned()))
            .collect();
        let mut figures = judge_all(&model, people, &names.join(", "), None, threads, json)?;
        if figures.visits == 0 {
            bail!("{}: no session in it", figures.people);
        }
        figures.date = Some(date::today());
        if let Some(path) = &self.html {
            let importances = input::importances(self.model.as_deref(), &model)?;
            output::write_whole(path, report::html(&figures, &importances).as_bytes())?;
        }
        if json {
            std::io::stdout().write_all(&lined(&figures)?)?;
        } else {
            print(&figures);
            if let Some(path) = &self.html {
                say!("\nwritten: {}", path.display());
            }
        }
        Ok(())
    }
}
