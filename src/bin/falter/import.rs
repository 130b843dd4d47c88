//! `falter import`: a model that another trainer made, as one of falter's.

#[path = "import/rows.rs"]
mod rows;

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use falter::train::import::{Completed, Completion, Export, Imported, Parity, Twin, complete};
use falter::train::manifest::lined;
use falter::train::people::{Person, simulated};
use falter::train::recipe::RecipeError;
use falter::train::simulate::SimulateOptions;
use falter::train::visit::ReadError;
use serde_json::json;

use crate::input::{self, Misuse, Reading, Visits};
use crate::output;
use crate::progress::Progress;
use rows::Columns;

/// Import a model that another trainer made
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    Catboost(Catboost),
}

impl Import {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        match self.from {
            From::Catboost(command) => command.run(json),
        }
    }
}

/// Import CatBoost's symmetric trees: the same leaf of every tree for every row
///
/// In Python: write rows and borders with `falter features FILE… -o rows.parquet --borders borders.tsv`, train
/// CatBoostClassifier(input_borders="borders.tsv", depth=5) on the features by name and the column "leaves", and export it
/// with save_model("model.json", format="json").
///
/// Leaves become whole steps of one scale a tree, which moves margins by no more than the bound that is printed. What falter
/// can't represent is refused by name. Beside trees a model needs calibration, a reason head and presets: they are made on
/// visits that CatBoost was not trained on (--visits, --simulate), or else taken from --base.
#[derive(Debug, Args)]
pub(crate) struct Catboost {
    /// CatBoost's JSON export
    #[arg(value_name = "MODEL.json")]
    export: PathBuf,
    /// Where to write the model; its manifest goes beside it (.json)
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Rows, .csv or .parquet, to check every leaf and margin on; nothing is written when a leaf differs
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// The column of the rows with CatBoost's own raw prediction, checked too where it is there
    #[arg(long, value_name = "COLUMN", default_value = "RawFormulaVal", requires = "rows")]
    raw: String,
    /// Recordings to calibrate and make the presets on
    #[arg(long, value_name = "FILE", num_args = 1..)]
    visits: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Visits to simulate for the same
    #[arg(long, value_name = "N", default_value_t = 0)]
    simulate: u32,
    /// Seed of the simulated visits; not that of the visits CatBoost was trained on
    #[arg(long, value_name = "S", default_value_t = 2)]
    seed: u64,
    /// The model that gives what the visits don't [default: the one that ships]
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
}

impl Catboost {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        if self.output.extension().is_some_and(|extension| extension == "json") {
            bail!(Misuse("the model can't be named .json: its manifest is written there"));
        }
        let is_same = |a: &Path, b: &Path| a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
        if is_same(&self.output.with_extension("json"), &self.export) {
            bail!(Misuse(
                "the manifest (OUT with .json) would be written over CatBoost's export; give OUT another name"
            ));
        }
        if self.visits.iter().any(|path| path == Path::new("-")) {
            bail!(Misuse("visits are read twice: name a file instead of standard input"));
        }
        let export = self.export()?;
        let refused = |refusal| anyhow!("{}: {refusal}", self.export.display());
        let imported = Imported::of(&export).map_err(refused)?;
        let base = input::model(self.base.as_deref())?;
        let provenance = export.provenance();
        let threads = available_parallelism().map_or(1, |cores| cores.get());
        let completion = Completion { base: &base, provenance: &provenance, seed: self.seed, threads };
        let mut completed = if self.has_visits() {
            self.complete(&imported, &completion, json)?
        } else {
            completion.from_base(&imported).map_err(|error| anyhow!("{}: {error}", self.export.display()))?
        };
        completed.manifest.data.sources = self.sources(&provenance.version);
        let twin = Twin::of(&export).map_err(refused)?;
        let mut parity = Parity::new(&completed.model, twin);
        if let Some(path) = &self.rows {
            self.check(path, &imported, &mut parity)?;
        }
        output::write_whole(&self.output, &completed.model.to_bytes())?;
        let manifest_path = self.output.with_extension("json");
        output::write_whole(&manifest_path, &lined(&completed.manifest)?)?;
        if json {
            let parity = json!({
                "rows": parity.rows,
                "largest_margin_difference": (parity.rows > 0).then_some(parity.largest),
                "mean_margin_difference": (parity.rows > 0).then_some(parity.mean()),
                "largest_difference_from_given": parity.largest_of_given,
                "bound": imported.bound(),
            });
            writeln!(std::io::stdout(), "{:#}", json!({ "parity": parity, "manifest": completed.manifest }))?;
        } else {
            self.report(&completed, &imported, &parity);
            say!("written: {}, {}", self.output.display(), manifest_path.display());
        }
        Ok(())
    }

    fn export(&self) -> Result<Export> {
        let path = self.export.display();
        let file = File::open(&self.export).with_context(|| format!("cannot read {path}"))?;
        serde_json::from_reader(BufReader::new(file)).with_context(|| {
            format!("{path} is not a CatBoost model as JSON; export it with save_model(PATH, format=\"json\")")
        })
    }

    fn has_visits(&self) -> bool {
        self.simulate > 0 || !self.visits.is_empty()
    }

    fn complete(&self, imported: &Imported, completion: &Completion, json: bool) -> Result<Completed> {
        // the library's reader knows lines, not files; the file's own error is kept aside
        let failed = RefCell::new(None);
        let options = SimulateOptions { sessions: self.simulate, seed: self.seed, ..SimulateOptions::default() };
        let people = || {
            let recorded = Visits::new(&self.visits, self.reading).map(|visit| match visit {
                Ok(visit) => Ok(Person::Recorded(visit)),
                Err(error) => {
                    let text = format!("{error:#}");
                    *failed.borrow_mut() = Some(error);
                    Err(ReadError::Io(std::io::Error::other(text)))
                }
            });
            recorded.chain(simulated(&options))
        };
        let mut calibrating = Some(Progress::new("calibrating", None, json));
        let mut running = None;
        let completed = complete(imported, completion, people, &mut |gathered, run| {
            if run == 0 {
                calibrating.iter_mut().for_each(|progress| progress.at(gathered, String::new));
            } else {
                calibrating.take().into_iter().for_each(Progress::finish);
                running
                    .get_or_insert_with(|| Progress::new("filling presets", Some(gathered), json))
                    .at(run, String::new);
            }
        });
        running.into_iter().for_each(Progress::finish);
        completed.map_err(|error| match (error, failed.into_inner()) {
            (RecipeError::Read(_), Some(error)) => error,
            (error, _) => anyhow!(error),
        })
    }

    /// Checks the rows; a leaf that differs or a margin out of bounds is an error.
    fn check(&self, path: &Path, imported: &Imported, parity: &mut Parity) -> Result<()> {
        let mut needed: Vec<usize> =
            imported.trees.iter().flat_map(|tree| &tree.splits).map(|split| usize::from(split.feature)).collect();
        needed.sort_unstable();
        needed.dedup();
        rows::read(path, &Columns { needed: &needed, raw: &self.raw }, &mut |row, raw| parity.add(row, raw))?;
        if let Some(found) = parity.mismatch {
            bail!(
                "{}: row {} falls in leaf {} of tree {}, and in leaf {} by the export; nothing was written",
                path.display(),
                found.row + 1,
                found.found,
                found.tree,
                found.wanted
            );
        }
        let bound = imported.bound();
        if parity.largest > bound {
            bail!("{}: a margin is off by {}, over the bound of {bound}", path.display(), parity.largest);
        }
        // CatBoost adds up in an order of its own
        if let Some(off) = parity.largest_of_given.filter(|&off| off > bound + SUM_SLACK) {
            bail!(
                "{}: a margin differs from its {:?} by {off}, over the bound of {bound}; were these rows predicted by this \
                 very model, as prediction_type=\"RawFormulaVal\"?",
                path.display(),
                self.raw
            );
        }
        Ok(())
    }

    /// Names without their folders: where somebody keeps their files is nobody's business.
    fn sources(&self, version: &str) -> Vec<String> {
        let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        let mut sources =
            vec![format!("trees imported from CatBoost {version}, {}", name(&self.export).unwrap_or_default())];
        if self.simulate > 0 {
            sources.push(format!("calibrated on {} simulated visits, seed {}", self.simulate, self.seed));
        }
        sources.extend(self.visits.iter().filter_map(name).map(|name| format!("calibrated on {name}")));
        if !self.has_visits() {
            sources.push("calibration, reason head and presets of another model".to_owned());
        }
        sources
    }

    fn report(&self, completed: &Completed, imported: &Imported, parity: &Parity) {
        let m = &completed.manifest;
        say!("{} trees of depth {}, {} edges, {} bytes", m.trees, m.depth, m.edges, m.bytes);
        let bound = imported.bound();
        match &self.rows {
            Some(path) => say!(
                "{}: the same leaf of every tree on all {} rows; margins differ by {:.6} at most, {:.6} on average (bound \
                 {bound:.6})",
                path.display(),
                parity.rows,
                parity.largest,
                parity.mean()
            ),
            None => say!("margins differ from CatBoost's by {bound:.6} at most; check it on rows with --rows FILE"),
        }
        if let Some(off) = parity.largest_of_given {
            say!("from CatBoost's own raw predictions ({:?}) they differ by {off:.6} at most", self.raw);
        }
        if !self.has_visits() {
            say!(
                "calibration, reason head and presets are those of {}: its risks are another model's; make them on visits \
                 with --visits FILE or --simulate N",
                self.base.as_ref().map_or_else(|| "the model that ships".to_owned(), |path| path.display().to_string())
            );
            return;
        }
        let c = &m.calibration;
        say!(
            "calibrated on {} visits: error {:.4}, Brier {:.5}, skill {:.4}; presets from {} visits without a leave",
            m.data.people,
            c.error,
            c.brier,
            c.skill,
            m.data.visits_without_leave
        );
        match &completed.confusion {
            Some(confusion) => say!(
                "reasons on people held out: {:.1} % answered, {:.1} % of the answers right",
                100.0 * confusion.coverage(),
                100.0 * confusion.precision()
            ),
            None => say!("the visits know too few reasons: the reason head is the base model's"),
        }
    }
}

/// How far a sum of f64 may be from the same in another order.
const SUM_SLACK: f64 = 1e-9;
