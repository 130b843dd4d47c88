//! `falter`: simulate shoppers, train a model, replay and judge recordings.
//!
//! Exit status: 0 done, 1 it failed, 2 it was called wrongly.

// `say!` is of those that follow
#[macro_use]
#[path = "falter/output.rs"]
mod output;

#[path = "falter/aside.rs"]
mod aside;
#[path = "falter/evaluate.rs"]
mod evaluate;
#[path = "falter/features.rs"]
mod features;
#[path = "falter/import.rs"]
mod import;
#[path = "falter/input.rs"]
mod input;
#[path = "falter/inspect.rs"]
mod inspect;
#[path = "falter/judging.rs"]
mod judging;
#[macro_use]
#[path = "falter/progress.rs"]
mod progress;
#[path = "falter/replay.rs"]
mod replay;
#[path = "falter/report.rs"]
mod report;
#[path = "falter/simulate.rs"]
mod simulate;
#[path = "falter/spool.rs"]
mod spool;
#[path = "falter/train.rs"]
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Sees that a shopper is about to leave, 2-4 seconds before, and says why
#[derive(Debug, Parser)]
#[command(name = "falter", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print results as JSON, and progress not at all
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Simulate(simulate::Simulate),
    Features(features::Features),
    Train(train::Train),
    Import(import::Import),
    Evaluate(evaluate::Evaluate),
    Replay(replay::Replay),
    Report(report::Report),
    Inspect(inspect::Inspect),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Simulate(command) => command.run(cli.json),
        Command::Features(command) => command.run(cli.json),
        Command::Train(command) => command.run(cli.json),
        Command::Import(command) => command.run(cli.json),
        Command::Evaluate(command) => command.run(cli.json),
        Command::Replay(command) => command.run(),
        Command::Report(command) => command.run(cli.json),
        Command::Inspect(command) => command.run(cli.json),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // whoever read our output has had enough: no failure of ours
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("falter: {error:#}");
            ExitCode::from(if error.is::<input::Misuse>() { 2 } else { 1 })
        }
    }
}
