//! `falter features`: the rows a model is trained on, as CSV.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use falter::features::FEATURES;
use falter::train::dataset::HORIZON_MS;
use falter::train::presence::presence;

use crate::input::{Misuse, Visits};
use crate::output;
use crate::progress::Progress;

/// Write one row a tick: session, time, features, and last whether the shopper left within 4 s
#[derive(Debug, Args)]
pub(crate) struct Features {
    /// Recordings; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where to write, a .csv; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

impl Features {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        if self.output.extension().is_some_and(|extension| extension != "csv") {
            bail!(Misuse("only .csv can be written; name the output so, or write to standard output"));
        }
        let mut out = output::create(Some(&self.output))?;
        let mut line = String::from("session,t");
        for feature in &FEATURES {
            line.push(',');
            line.push_str(feature.name);
        }
        line.push_str(",leaves\n");
        out.write_all(line.as_bytes()).context("cannot write the rows")?;
        let mut progress = Progress::new("visits", None, json);
        for (done, visit) in (1..).zip(Visits::new(&self.files)) {
            let visit = visit?;
            let presence = presence(&visit);
            let session = quoted(&visit.header.session);
            line.clear();
            visit.observe(|t, observer| {
                if !presence.iter().any(|stretch| stretch.holds(t)) {
                    return;
                }
                let left = presence.iter().find_map(|stretch| stretch.until_leave(t));
                line.push_str(&session);
                line.push_str(&format!(",{t}"));
                for value in observer.row() {
                    line.push(',');
                    if !value.is_nan() {
                        line.push_str(&value.to_string());
                    }
                }
                line.push_str(if left.is_some_and(|left| left <= HORIZON_MS) { ",1\n" } else { ",0\n" });
            });
            out.write_all(line.as_bytes()).context("cannot write the rows")?;
            progress.at(done, String::new);
        }
        out.flush().context("cannot write the rows")?;
        progress.finish();
        Ok(())
    }
}

/// A CSV field (RFC 4180), in quotes where it has to be.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
