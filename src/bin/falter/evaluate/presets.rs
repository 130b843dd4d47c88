//! `falter evaluate --presets`: the thresholds of the presets on the shop's own recordings.

use std::path::Path;

use anyhow::{Result, bail};
use falter::model::{Model, Parts};
use falter::train::digest::PRESETS;
use falter::train::people::{Person, work_through};
use falter::train::presets::{course, is_without_leave, table};
use serde_json::json;

use crate::output;
use crate::progress::Progress;

/// Fewer visits without a leave than this leave the calm preset, 2 of a hundred, to a handful of them.
const FEW: usize = 250;

/// Prints the presets that these people's visits without a leave give, and writes the model with them. Remembers 4 bytes a visit.
pub(super) fn run(
    model: &Model,
    people: impl Iterator<Item = Result<Person>>,
    output: Option<&Path>,
    threads: usize,
    json: bool,
) -> Result<()> {
    let (mut most, mut done) = (vec![], 0);
    let mut progress = Progress::new("visits", None, json);
    work_through(
        people,
        threads,
        |_, visit| is_without_leave(&visit).then(|| course(model, &visit).most()),
        |threshold| {
            most.extend(threshold);
            done += 1;
            progress.at(done, String::new);
        },
    )?;
    progress.finish();
    let saw = |threshold: f32| most.iter().filter(|&&most| most >= threshold).count();
    let was: Vec<(f32, usize)> = PRESETS
        .iter()
        .map(|&(_, share)| {
            let threshold = model.threshold_for_share(share);
            (threshold, saw(threshold))
        })
        .collect();
    let rows = table(most.clone());
    if rows.is_empty() {
        bail!("no visit without a leave in which a card could be shown: record more visits, and give the shop's facts");
    }
    let new = Model::new(Parts { presets: rows, ..model.parts() })?;
    let visits = most.len();
    let presets = PRESETS.iter().zip(&was).map(|(&(name, share), &(before, shown_before))| {
        let threshold = new.threshold_for_share(share);
        (name, share, before, shown_before, threshold, saw(threshold))
    });
    if json {
        let presets = presets.map(|(name, share, before, shown_before, threshold, shown)| {
            json!({
                "preset": name, "meant": share, "threshold_before": before, "saw_card_before": shown_before,
                "threshold": threshold, "saw_card": shown,
            })
        });
        let value = json!({
            "visits": done, "visits_without_leave": visits, "presets": presets.collect::<Vec<_>>(),
            "table": new.parts().presets,
        });
        say!("{}", serde_json::to_string_pretty(&value)?);
    } else {
        say!("{done} visits, {visits} without a leave");
        say!("\npreset      meant    threshold   saw a card      threshold before   saw a card");
        for (name, share, before, shown_before, threshold, shown) in presets {
            say!(
                "{name:10} {:4.0} % {threshold:12.4} {shown:>7} {:5.1} % {before:>18.4} {shown_before:>7} {:5.1} %",
                100.0 * share,
                percent(shown, visits),
                percent(shown_before, visits),
            );
        }
        if visits < FEW {
            say!("\nfew visits without a leave: from {FEW} on the presets say more");
        }
    }
    if let Some(path) = output {
        output::write_whole(path, &new.to_bytes())?;
        if !json {
            say!("\nwritten: {}", path.display());
        }
    }
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
