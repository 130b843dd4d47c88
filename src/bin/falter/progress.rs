//! How far a command is: a bar on a terminal, a plain line now and then elsewhere, nothing with `--json`.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// Plain lines a command prints on its way, at most.
const PLAIN_LINES: u64 = 4;

/// Progress of one thing that has a known or unknown number of steps.
pub(crate) struct Progress {
    how: How,
}

enum How {
    Silent,
    Bar(ProgressBar),
    Plain { what: &'static str, total: Option<u64>, next: u64, done: u64 },
}

impl Progress {
    /// Of `total` steps; `None` where nobody knows how many there will be.
    pub(crate) fn new(what: &'static str, total: Option<u64>, silent: bool) -> Progress {
        let how = if silent {
            How::Silent
        } else if stderr().is_terminal() {
            let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
            let template = match total {
                Some(_) => "{prefix:22} {wide_bar} {pos}/{len} {eta:>4} {msg}",
                None => "{prefix:22} {spinner} {pos} {msg}",
            };
            // a template that does not parse would only cost the bar its looks
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_prefix(what);
            How::Bar(bar)
        } else {
            How::Plain { what, total, next: 0, done: 0 }
        };
        Progress { how }
    }

    /// So many steps are done.
    pub(crate) fn at(&mut self, done_now: u64, message: impl FnOnce() -> String) {
        match &mut self.how {
            How::Silent => {}
            How::Bar(bar) => {
                bar.set_position(done_now);
                bar.set_message(message());
            }
            How::Plain { what, total, next, done } => {
                *done = done_now;
                let Some(total) = *total else { return };
                if done_now >= *next && done_now < total {
                    *next = done_now + total.div_ceil(PLAIN_LINES);
                    eprintln!("{what}: {done_now} of {total} {}", message());
                }
            }
        }
    }

    /// It is over.
    pub(crate) fn finish(self) {
        match self.how {
            How::Silent => {}
            How::Bar(bar) => bar.finish(),
            How::Plain { what, done, .. } => eprintln!("{what}: {done} done"),
        }
    }
}
