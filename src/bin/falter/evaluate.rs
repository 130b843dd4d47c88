//! `falter evaluate`: what a model's alerts would have been worth on recordings, leave by leave.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use falter::train::figures::{Figures, RateFigures, Tally, judge};

use crate::input::{self, Reading, Visits};
use crate::progress::Progress;

/// Judge a model on recordings: what the whole policy did, and alerts at 0.2 to 2 false ones a minute
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
}

impl Evaluate {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let model = input::model(self.model.as_deref())?;
        let mut tally = Tally::new(&model);
        let mut progress = Progress::new("visits", None, json);
        for (done, visit) in (1..).zip(Visits::new(&self.files, self.reading)) {
            tally.add(&judge(&model, &visit?));
            progress.at(done, String::new);
        }
        progress.finish();
        let names: Vec<String> = self.files.iter().map(|path| path.display().to_string()).collect();
        let figures = tally.figures(&names.join(", "));
        if figures.visits == 0 {
            bail!("{}: no session in it", figures.people);
        }
        if json {
            println!("{}", serde_json::to_string_pretty(&figures)?);
        } else {
            print(&figures);
        }
        Ok(())
    }
}

/// Prints figures as a table.
pub(crate) fn print(figures: &Figures) {
    let Figures { people, visits, visits_without_leave, leaves, minutes, .. } = figures;
    println!(
        "{people}: {visits} visits ({visits_without_leave} without a leave), {leaves} leaves, {minutes:.1} minutes"
    );
    println!(
        "\nthe whole policy       threshold   visits without a leave that saw a card   leaves answered 2-10 s ahead"
    );
    for row in &figures.policy {
        println!(
            "  {:20} {:9.3} {:>22}/{:<6} {:5.1} % {:>18}/{:<6} {:5.1} %",
            row.preset,
            row.threshold,
            row.saw_card,
            visits_without_leave,
            100.0 * row.share,
            row.answered,
            leaves,
            100.0 * row.answered_share
        );
    }
    print_rates("alerts, all leaves", &figures.all);
    print_rates("leaves with a sign", &figures.with_sign);
}

fn print_rates(what: &str, rates: &[RateFigures]) {
    println!("\n{what:22} threshold   false/min   on time (2-4 s ahead)   ahead (2-10 s)");
    for row in rates {
        println!(
            "  at <= {:3}/min {:>17.4} {:11.2} {:>10}/{:<5} {:5.1} %  {:>9} {:5.1} %",
            row.rate,
            row.threshold,
            row.false_per_minute,
            row.on_time,
            row.leaves,
            100.0 * row.on_time_share,
            row.ahead,
            100.0 * row.ahead_share
        );
    }
}
