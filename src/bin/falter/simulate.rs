//! `falter simulate`: writes recordings of shoppers that never were.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use falter::signal::Device;
use falter::train::Visit;
use falter::train::simulate::{Layout, SimulateOptions, simulate};

use crate::output;
use crate::progress::Progress;

/// Write recordings of simulated visits
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// How many visits
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    sessions: u32,
    /// The same seed gives the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Devices to draw from; naming one twice makes it twice as frequent [default: mouse and touch, 65 : 35]
    #[arg(long, value_delimiter = ',', value_parser = device)]
    device: Vec<Device>,
    /// How the pages are laid out: usual, or held-out, which models are not trained on
    #[arg(long, value_name = "LAYOUT", default_value = "usual", value_parser = layout)]
    layout: Layout,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// A device by its name.
pub(crate) fn device(name: &str) -> Result<Device, String> {
    Device::from_name(name).ok_or_else(|| format!("{name:?} is none of mouse, touch, pen"))
}

/// A layout by its name.
fn layout(name: &str) -> Result<Layout, String> {
    match name {
        "usual" => Ok(Layout::Usual),
        "held-out" => Ok(Layout::HeldOut),
        _ => Err(format!("{name:?} is neither usual nor held-out")),
    }
}

impl Simulate {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let mut out = output::create(Some(&self.output))?;
        let options =
            SimulateOptions { sessions: self.sessions, seed: self.seed, devices: self.device, layout: self.layout };
        let mut progress = Progress::new("simulating", Some(self.sessions.into()), json);
        let mut text = String::new();
        for (done, visit) in (1..).zip(simulate(&options)) {
            text.clear();
            Visit::from(visit).write(&mut text);
            out.write_all(text.as_bytes()).context("cannot write the recording")?;
            progress.at(done, String::new);
        }
        out.flush().context("cannot write the recording")?;
        progress.finish();
        Ok(())
    }
}
