//! `falter report`: what cards brought, from the events that a webhook collected.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use falter::train::report::{self, Estimate, Event, Figures, Settings, Tally};

use crate::input::{self, Reading};

/// Longest line of an event, bytes; one takes about three hundred.
const MAX_LINE: u64 = 1 << 16;

/// Print what cards brought: both sides of the holdout by visitor from their first exposure, the lift with its interval,
/// and whether it is too early to tell
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Events, one JSON object a line, as the webhook sink sends them; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Orders count for so many days after a visitor's first exposure
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
    days: u32,
    /// The share of visitors held out [default: as the exposures say]
    #[arg(long, value_name = "0..1", value_parser = share)]
    holdout: Option<f64>,
    /// The relative lift in conversion that is worth seeing; fewer visitors than it takes are too early
    #[arg(long, value_name = "0..1", default_value_t = 0.1, value_parser = lift)]
    lift: f64,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "not within 0..1".to_owned())
}

fn lift(text: &str) -> Result<f64, String> {
    share(text).ok().filter(|&lift| lift > 0.0).ok_or_else(|| "not over 0 and up to 1".to_owned())
}

impl Report {
    pub(crate) fn run(self, json: bool) -> Result<()> {
        let mut tally = Tally::default();
        for path in &self.files {
            self.read(path, &mut tally)?;
        }
        let report = tally.report(Settings { days: self.days, holdout: self.holdout, lift: self.lift });
        if json {
            say!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(())
    }

    fn read(&self, path: &Path, tally: &mut Tally) -> Result<()> {
        let shown = path.display();
        let mut input = input::open(path).with_context(|| format!("cannot read {shown}"))?;
        let (mut line, mut number, mut bad, mut first) = (vec![], 0_u64, 0_u64, None);
        loop {
            line.clear();
            let length = input
                .by_ref()
                .take(MAX_LINE)
                .read_until(b'\n', &mut line)
                .with_context(|| format!("cannot read {shown}"))?;
            if length == 0 {
                break;
            }
            number += 1;
            let whole = line.ends_with(b"\n") || (length as u64) < MAX_LINE;
            match read_line(&line, whole) {
                Ok(event) => event.into_iter().for_each(|event| tally.add(event)),
                Err(error) if self.reading.keeps_going() => {
                    bad += 1;
                    first.get_or_insert_with(|| format!("line {number}: {error}"));
                    if !whole {
                        input.skip_until(b'\n').with_context(|| format!("cannot read {shown}"))?;
                    }
                }
                Err(error) => bail!("{shown}: line {number}: {error}; --keep-going sets bad lines aside"),
            }
        }
        if let Some(first) = first {
            eprintln!("falter: {shown}: {bad} bad lines set aside; the first: {first}");
        }
        Ok(())
    }
}

/// Nothing in an empty line.
fn read_line(line: &[u8], whole: bool) -> Result<Option<Event>> {
    if !whole {
        bail!("longer than {MAX_LINE} bytes");
    }
    let text = std::str::from_utf8(line).map_err(|_| anyhow!("not UTF-8"))?.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(Event::read(text)?))
}

fn print(report: &report::Report) {
    let report::Report { shown, held_out, .. } = report;
    say!(
        "{} events, {} visitors exposed; each counts on the side of their first exposure, with what they bought within {} days of it",
        report.events,
        shown.visitors + held_out.visitors,
        report.days
    );
    say!("\n{:24}{:>14}{:>14}", "", "shown", "held out");
    row("visitors", shown, held_out, |side| side.visitors.to_string());
    row("exposures", shown, held_out, |side| side.exposures.to_string());
    row("  with a card drawn", shown, held_out, |side| side.rendered.to_string());
    row("  kept back by the shop", shown, held_out, |side| side.vetoed.to_string());
    row("cards taken up", shown, held_out, |side| side.acts.to_string());
    row("cards waved away", shown, held_out, |side| side.dismissals.to_string());
    row("orders", shown, held_out, |side| side.purchases.to_string());
    row("visitors who bought", shown, held_out, |side| side.buyers.to_string());
    row("  of all", shown, held_out, |side| percent(side.conversion));
    row("money", shown, held_out, |side| format!("{:.2}", side.value));
    row("  a visitor", shown, held_out, |side| format!("{:.4}", side.value_per_visitor));
    row("left a cart", shown, held_out, |side| side.left.to_string());
    row("  and came back", shown, held_out, |side| percent(side.return_rate));
    if report.discounts.shows > 0 {
        say!(
            "\na discount in {} of the cards, {:.1} % on average",
            percent(report.discounts.share),
            report.discounts.mean_percent
        );
    }
    if let Some(lift) = &report.lift {
        say!("\n{:24}{:>14}{:>24}{:>24}", "shown over held out", "", "90 % interval", "95 % interval");
        estimate("conversion, points", Some(&lift.conversion), |value| format!("{:+.3}", 100.0 * value));
        estimate("  relative", lift.conversion_relative.as_ref(), signed);
        estimate("money a visitor", Some(&lift.value), |value| format!("{value:+.4}"));
        estimate("  relative", lift.value_relative.as_ref(), signed);
        say!("intervals: Newcombe 1998 (conversion), Welch 1947 (money), delta method on logarithms (relative)");
    }
    say!();
    notes(report);
    match &report.too_early {
        Some(why) => say!("too early to conclude anything: {why}"),
        None => say!("enough visitors to see a relative lift of {}", percent(report.lift_worth_seeing)),
    }
}

/// What would make the figures other than they seem.
fn notes(report: &report::Report) {
    if report.is_mismatched() {
        say!(
            "WARNING: sides of {} and {} visitors where {} are held out are no chance (p = {:.1e}): something loses visitors of one side, and the lift is not to be trusted",
            report.shown.visitors,
            report.held_out.visitors,
            percent(report.holdout.unwrap_or(0.0)),
            report.mismatch_p.unwrap_or(0.0)
        );
    }
    if report.holdout.is_none() && report.holdouts_told.len() > 1 {
        say!(
            "the holdout's share changed ({:?}), so the sides are not held to it; --holdout says which",
            report.holdouts_told
        );
    }
    for (count, what) in [
        (report.visitors_on_both_sides, "visitors were exposed on both sides, and count on their first"),
        (report.windows_open, "visitors whose days are not over yet"),
        (
            report.shown.purchases_without_value + report.held_out.purchases_without_value,
            "orders without a value, which count as 0",
        ),
        (report.dropped, "events were lost in pages that had no room for them"),
        (report.repeated, "events came again, and count once"),
        (report.unknown, "events of types this version does not know"),
    ] {
        if count > 0 {
            say!("{count} {what}");
        }
    }
}

fn row(name: &str, shown: &Figures, held_out: &Figures, cell: impl Fn(&Figures) -> String) {
    say!("{name:24}{:>14}{:>14}", cell(shown), cell(held_out));
}

fn estimate(name: &str, estimate: Option<&Estimate>, cell: impl Fn(f64) -> String) {
    let Some(Estimate { value, interval90, interval95 }) = estimate else {
        say!("{name:24}{:>14}", "-");
        return;
    };
    let ends = |[low, high]: [f64; 2]| format!("{} .. {}", cell(low), cell(high));
    say!("{name:24}{:>14}{:>24}{:>24}", cell(*value), ends(*interval90), ends(*interval95));
}

fn percent(share: f64) -> String {
    format!("{:.2} %", 100.0 * share)
}

fn signed(share: f64) -> String {
    format!("{:+.1} %", 100.0 * share)
}
