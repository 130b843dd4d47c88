//! When a shopper was there, and when they left: the labels of everything that is trained or judged.
//!
//! These look at a whole visit, past and future. Features never do.

use serde::{Deserialize, Serialize};

use super::Visit;
use crate::signal::{BlurTo, SignalKind};

/// A blur regained within this, ms, was none.
const REGAINED_MS: u32 = 500;

/// How a stretch of presence ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// With a leave: a hidden tab, a closed page without an order, or the focus lost to something outside.
    Leave,
    /// With what looks like a leave and is none by the recording format: the page was closed after an order was placed, or the
    /// focus went to a dialog or frame of the page itself.
    Done,
    /// It was still going on when the recording ended.
    Open,
}

/// A stretch of time in which the shopper was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Its start, ms since the session began.
    pub start: u32,
    /// Its end, ms; the time of the leave where there is one.
    pub end: u32,
    /// How it ended.
    pub ending: Ending,
}

impl Presence {
    /// Whether time `t`, ms, is in it.
    #[must_use]
    pub fn holds(&self, t: u32) -> bool {
        (self.start..=self.end).contains(&t)
    }

    /// Time from `t` to the leave, ms, if this ends with one and `t` is in it.
    #[must_use]
    pub fn until_leave(&self, t: u32) -> Option<u32> {
        (self.ending == Ending::Leave && self.holds(t)).then(|| self.end - t)
    }
}

/// The stretches of presence of a visit, in order. The first begins with the visit, the others with each return.
#[must_use]
pub fn presence(visit: &Visit) -> Vec<Presence> {
    let signals = &visit.signals;
    let mut found = vec![];
    let (mut since, mut purchased) = (Some(0), false);
    for (index, &(at, ref signal)) in signals.iter().enumerate() {
        match (since, signal.kind) {
            (Some(start), SignalKind::Blur { .. } | SignalKind::Hidden) => {
                if is_regained(visit, index) {
                    continue;
                }
                let is_own = matches!(signal.kind, SignalKind::Blur { to: BlurTo::Iframe | BlurTo::Dialog });
                found.push(Presence { start, end: at, ending: if is_own { Ending::Done } else { Ending::Leave } });
                since = None;
            }
            (_, SignalKind::Unload) => {
                if let Some(start) = since {
                    let ending = if purchased { Ending::Done } else { Ending::Leave };
                    found.push(Presence { start, end: at, ending });
                }
                return found;
            }
            (
                None,
                SignalKind::Focus
                | SignalKind::Visible
                | SignalKind::Move { .. }
                | SignalKind::Scroll { .. }
                | SignalKind::Down { .. },
            ) => since = Some(at),
            (_, SignalKind::Purchase { .. }) => purchased = true,
            _ => {}
        }
    }
    if let Some(start) = since {
        found.push(Presence { start, end: visit.header.end.max(start), ending: Ending::Open });
    }
    found
}

/// Whether the blur or hiding at `index` was over at once.
fn is_regained(visit: &Visit, index: usize) -> bool {
    let (gone, _) = visit.signals[index];
    visit.signals[index + 1..]
        .iter()
        .take_while(|(at, _)| at - gone <= REGAINED_MS)
        .any(|(_, later)| matches!(later.kind, SignalKind::Focus | SignalKind::Visible | SignalKind::Move { .. }))
}
