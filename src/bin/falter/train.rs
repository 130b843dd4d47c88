//! `falter train`: makes a model and its manifest.

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use falter::features::FEATURES;
use falter::model::Model;
use falter::signal::Device;
use falter::train::boost;
use falter::train::dataset::Shape;
use falter::train::figures::Figures;
use falter::train::manifest::lined;
use falter::train::people::{Person, simulated};
use falter::train::recipe::{Made, Recipe, RecipeError, Step, make};
use falter::train::simulate::{Layout, SimulateOptions};
use falter::train::visit::ReadError;

use crate::input::{Misuse, Reading, Visits};
use crate::judging::judge_all;
use crate::progress::Progress;
use crate::simulate::device;
use crate::{evaluate, output};

/// Simulated people the figures are taken on, at most; of another seed, so that nobody among them was trained on.
const JUDGED_ON: u32 = 2_000;
/// What the seed of those is moved by.
const JUDGED_SEED: u64 = 0x6a75_6467;

/// Train a model on recordings, simulated visits or both; writes it and, beside it, its manifest (.json)
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// Recordings
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Visits to simulate
    #[arg(long, value_name = "N", default_value_t = 0)]
    simulate: u32,
    /// The same people and seed give the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Devices of the simulated visits [default: mouse and touch, 65 : 35]
    #[arg(long, value_delimiter = ',', value_parser = device)]
    device: Vec<Device>,
    /// Trees at most
    #[arg(long, default_value_t = Recipe::default().boost.trees)]
    trees: usize,
    /// Levels a tree, 1 to 8
    #[arg(long, default_value_t = Recipe::default().boost.depth)]
    depth: usize,
    /// Bins a feature, 2 to 64
    #[arg(long, default_value_t = Recipe::default().bins)]
    bins: usize,
    /// Part of its best step that a tree takes
    #[arg(long, default_value_t = Recipe::default().boost.learning_rate)]
    learning_rate: f64,
    /// Penalty on the square of leaf values
    #[arg(long, default_value_t = Recipe::default().boost.l2)]
    l2: f64,
    /// Share of the rows a tree is grown on
    #[arg(long, default_value_t = Recipe::default().boost.row_share)]
    row_share: f64,
    /// Share of the features a tree may use
    #[arg(long, default_value_t = Recipe::default().boost.column_share)]
    column_share: f64,
    /// Steps a leaf is rounded to on each side of 0, 1 to 127
    #[arg(long, default_value_t = Recipe::default().boost.leaf_steps)]
    leaf_steps: u8,
    /// Weight of ticks less than 2 s before a leave
    #[arg(long, default_value_t = Recipe::default().shape.late)]
    late_weight: f32,
    /// Weight of ticks 4 to 10 s before a leave
    #[arg(long, default_value_t = Recipe::default().shape.early)]
    early_weight: f32,
    /// Features that no tree may split on, or none [default: away_count, last_away_s and session_s: they tell the shop, not
    /// the person]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = feature)]
    without: Vec<Option<usize>>,
    /// Threads; the result does not depend on it [default: as many as there are cores]
    #[arg(long)]
    threads: Option<usize>,
    /// Where to write the model
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
}

impl Train {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let recipe = self.recipe()?;
        let options = SimulateOptions {
            sessions: self.simulate,
            seed: self.seed,
            devices: self.device.clone(),
            ..SimulateOptions::default()
        };
        let mut made = self.make(&recipe, &options, json)?;
        if self.simulate > 0 {
            made.manifest.data.sources.push(format!("{} simulated visits, seed {}", self.simulate, self.seed));
            let judged =
                SimulateOptions { sessions: self.simulate.min(JUDGED_ON), seed: self.seed ^ JUDGED_SEED, ..options };
            for layout in [Layout::Usual, Layout::HeldOut] {
                let judged = SimulateOptions { layout, ..judged.clone() };
                made.manifest.figures.push(figures(&made.model, &judged, recipe.boost.threads, json)?);
            }
        }
        made.manifest.data.sources.extend(self.files.iter().filter_map(|path| {
            // the name without its folder: where somebody keeps their files is nobody's business
            Some(path.file_name()?.to_string_lossy().into_owned())
        }));
        output::write_whole(&self.output, &made.model.to_bytes())?;
        let manifest_path = self.output.with_extension("json");
        let text = lined(&made.manifest)?;
        output::write_whole(&manifest_path, &text)?;
        if json {
            std::io::stdout().write_all(&text)?;
        } else {
            report(&made, &self.output, &manifest_path);
        }
        Ok(())
    }

    fn recipe(&self) -> Result<Recipe> {
        if self.files.is_empty() && self.simulate == 0 {
            bail!(Misuse("nothing to train on: name recordings, or simulate visits with --simulate N"));
        }
        if self.files.iter().any(|path| path == Path::new("-")) {
            bail!(Misuse("training reads its recordings twice: name a file instead of standard input"));
        }
        if self.output.extension().is_some_and(|extension| extension == "json") {
            bail!(Misuse("the model can't be named .json: its manifest is written there"));
        }
        let is_share = |share: f64| share > 0.0 && share <= 1.0;
        let is_fine = (1..=8).contains(&self.depth)
            && (2..=64).contains(&self.bins)
            && (1..=2_000).contains(&self.trees)
            && (1..=127).contains(&self.leaf_steps)
            && is_share(self.learning_rate)
            && is_share(self.row_share)
            && is_share(self.column_share)
            && self.l2 >= 0.0
            && self.late_weight >= 0.0
            && self.early_weight >= 0.0;
        if !is_fine {
            bail!(Misuse(
                "a setting is out of range: depth 1-8, bins 2-64, trees 1-2000, leaf steps 1-127, learning rate and shares \
                 over 0 and at most 1, weights and l2 0 or more"
            ));
        }
        let cores = || available_parallelism().map_or(1, |cores| cores.get());
        let standard = Recipe::default();
        Ok(Recipe {
            boost: boost::Settings {
                trees: self.trees,
                depth: self.depth,
                learning_rate: self.learning_rate,
                l2: self.l2,
                row_share: self.row_share,
                column_share: self.column_share,
                leaf_steps: self.leaf_steps,
                seed: self.seed,
                threads: self.threads.unwrap_or_else(cores).clamp(1, 64),
                ..standard.boost
            },
            bins: self.bins,
            without: if self.without.is_empty() {
                standard.without
            } else {
                self.without.iter().copied().flatten().collect()
            },
            shape: Shape { late: self.late_weight, early: self.early_weight, ..standard.shape },
            seed: self.seed,
            ..standard
        })
    }

    fn make(&self, recipe: &Recipe, options: &SimulateOptions, json: bool) -> Result<Made> {
        // the library's reader knows lines, not files; the file's own error is kept aside
        let failed = RefCell::new(None);
        let people = || {
            let recorded = Visits::new(&self.files, self.reading).map(|visit| match visit {
                Ok(visit) => Ok(Person::Recorded(visit)),
                Err(error) => {
                    let text = format!("{error:#}");
                    *failed.borrow_mut() = Some(error);
                    Err(ReadError::Io(std::io::Error::other(text)))
                }
            });
            recorded.chain(simulated(options))
        };
        let total = self.files.is_empty().then_some(u64::from(self.simulate));
        let mut gathering = Some(Progress::new("gathering rows", total, json));
        let mut growing: Option<Progress> = None;
        let mut running: Option<Progress> = None;
        let made = make(recipe, people, &mut |step| match step {
            Step::Person(done) => {
                if let Some(progress) = &mut gathering {
                    progress.at(done, String::new);
                }
            }
            Step::Tree(tree) => {
                gathering.take().into_iter().for_each(Progress::finish);
                let new = || Progress::new("growing trees", Some(recipe.boost.trees as u64), json);
                let message = || {
                    format!("log loss {:.5}, held out {:.5}", tree.train_loss, tree.held_out_loss.unwrap_or(f64::NAN))
                };
                growing.get_or_insert_with(new).at(tree.trees as u64, message);
            }
            Step::Course(done) => {
                growing.take().into_iter().for_each(Progress::finish);
                let new = || Progress::new("filling presets", total, json);
                running.get_or_insert_with(new).at(done, String::new);
            }
        });
        running.into_iter().for_each(Progress::finish);
        made.map_err(|error| match (error, failed.into_inner()) {
            (RecipeError::Read(_), Some(error)) => error,
            (error, _) => anyhow!(error),
        })
    }
}

/// The place of the feature of this name; of "none", none.
fn feature(name: &str) -> Result<Option<usize>, String> {
    if name == "none" {
        return Ok(None);
    }
    let unknown = || "no feature has that name; `falter inspect MODEL` lists them".to_owned();
    FEATURES.iter().position(|feature| feature.name == name).map(Some).ok_or_else(unknown)
}

/// Figures on simulated people the model has never seen.
fn figures(model: &Model, options: &SimulateOptions, threads: usize, json: bool) -> Result<Figures> {
    let layout = match options.layout {
        Layout::Usual => "",
        Layout::HeldOut => ", held-out layout",
    };
    let names = format!("{} simulated visits, seed {}{layout}", options.sessions, options.seed);
    judge_all(model, simulated(options), &names, Some(options.sessions.into()), threads, json)
}

fn report(made: &Made, model: &Path, manifest: &Path) {
    let m = &made.manifest;
    say!(
        "{} trees of depth {}, {} edges, {} bytes; {} rows of {} people, base rate {:.4}",
        m.trees,
        m.depth,
        m.edges,
        m.bytes,
        m.data.rows,
        m.data.people,
        m.data.base_rate
    );
    let c = &m.calibration;
    say!(
        "calibration on people held out: error {:.4}, Brier {:.5}, skill {:.4}, riskiest tenth {:.3} of what is stated",
        c.error,
        c.brier,
        c.skill,
        c.top
    );
    let mut features: Vec<_> = m.features.iter().collect();
    features.sort_by(|a, b| b.importance.total_cmp(&a.importance));
    let top: Vec<String> =
        features.iter().take(12).map(|f| format!("{} {:.1} %", f.name, 100.0 * f.importance)).collect();
    say!("importances: {}", top.join(", "));
    say!(
        "\nreasons on people held out: {:.1} % answered, {:.1} % of the answers right\n{}\n",
        100.0 * made.confusion.coverage(),
        100.0 * made.confusion.precision(),
        made.confusion
    );
    m.figures.iter().for_each(evaluate::print);
    say!("\nwritten: {}, {}", model.display(), manifest.display());
}
