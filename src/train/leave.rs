//! How a leave looked from the page: its kind, and whether there was any sign of it.
//!
//! These look at the last 4 s before a leave, so they are for judging alone; features never see them. Kinds exclude each
//! other; the first that fits is taken:
//!
//! | kind | pointer | what the page saw |
//! |---|---|---|
//! | [`LeaveKind::Back`] | touch | the page went for good: the back gesture, or the tab was closed |
//! | [`LeaveKind::App`] | touch | the page was hidden or lost the focus: another app or tab |
//! | [`LeaveKind::Top`] | mouse, pen | the last that was heard of the pointer is that it was in the top 20 px, or out through the top |
//! | [`LeaveKind::Keyboard`] | mouse, pen | a key was pressed, and the pointer did nothing after it |
//! | [`LeaveKind::Silent`] | mouse, pen | no pointer event |
//! | [`LeaveKind::Tab`] | mouse, pen | the pointer was elsewhere in the page or out through another side; the tab was hidden |
//! | [`LeaveKind::Window`] | mouse, pen | alike; only the focus was lost |
//! | [`LeaveKind::Closed`] | mouse, pen | alike; the page went for good |
//!
//! On real people 21 % of leaves look like "out through the top", 10 % follow a key press and 45 % have no pointer event in
//! their last 4 s (280 leaves of 106 people in the recordings of Brückner, Arapakis, Leiva, "Query abandonment prediction with
//! recurrent neural models of mouse cursor movements", CIKM 2020).

use super::Visit;
use super::dataset::HORIZON_MS;
use super::presence::{Ending, Presence};
use crate::signal::{Device, Edge, Signal, SignalKind, named};

/// The pointer is on its way out through the top when it was last seen this near to it, px: where scripts that look for it
/// put their band (ouibounce's `sensitivity`).
const TOP_PX: f32 = 20.0;
/// A tab that is hidden this soon after the focus was lost, ms, was switched; browsers tell both within some 30 ms.
const HIDDEN_WITHIN_MS: u32 = 500;

named! {
    /// How a leave looked from the page.
    LeaveKind {
        /// Touch: the page went for good.
        Back = "back (touch)",
        /// Touch: to another app or tab.
        App = "app switch (touch)",
        /// Out through the top.
        Top = "through the top",
        /// After a key press.
        Keyboard = "by keyboard",
        /// Without a pointer event in the last 4 s.
        Silent = "silent",
        /// To another tab.
        Tab = "tab switch",
        /// To another window.
        Window = "window switch",
        /// The page went for good.
        Closed = "page closed",
    }
}

/// The signals of the last 4 s of a stretch, what ended it not among them.
fn last_signals<'a>(visit: &'a Visit, stretch: &Presence) -> &'a [(u32, Signal)] {
    let from = stretch.end.saturating_sub(HORIZON_MS).max(stretch.start);
    let first = visit.signals.partition_point(|(at, _)| *at < from);
    let rest = visit.signals.get(first..).unwrap_or(&[]);
    rest.get(..rest.partition_point(|(at, _)| *at < stretch.end)).unwrap_or(&[])
}

/// Whether some signal came in the last 4 s of a stretch, the leave itself not counted.
#[must_use]
pub fn has_sign(visit: &Visit, stretch: &Presence) -> bool {
    !last_signals(visit, stretch).is_empty()
}

/// The kind of the leave that ended a stretch; `None` where it did not end with one, or with one that is none by the recording
/// format ([`Ending::Done`]).
#[must_use]
pub fn kind(visit: &Visit, stretch: &Presence) -> Option<LeaveKind> {
    if stretch.ending != Ending::Leave {
        return None;
    }
    let after = visit.signals.partition_point(|(at, _)| *at < stretch.end);
    let ended = visit.signals.get(after..).unwrap_or(&[]);
    let soon = |within: u32| ended.iter().take_while(move |(at, _)| *at - stretch.end <= within).map(|(_, s)| s.kind);
    let is_closed = soon(0).any(|kind| kind == SignalKind::Unload);
    let is_hidden = soon(HIDDEN_WITHIN_MS).any(|kind| kind == SignalKind::Hidden);
    if visit.header.device == Device::Touch {
        return Some(if is_closed { LeaveKind::Back } else { LeaveKind::App });
    }
    let mut pointer = None;
    let mut has_key = false;
    for (_, signal) in last_signals(visit, stretch).iter().rev() {
        let is_at_top = match signal.kind {
            SignalKind::Move { y, .. }
            | SignalKind::Down { y, .. }
            | SignalKind::Up { y, .. }
            | SignalKind::Click { y, .. } => y <= TOP_PX,
            SignalKind::Out { edge } | SignalKind::In { edge } => edge == Edge::Top,
            SignalKind::Key { .. } => {
                has_key = true;
                continue;
            }
            _ => continue,
        };
        pointer = Some(is_at_top);
        break;
    }
    Some(match pointer {
        _ if has_key => LeaveKind::Keyboard,
        Some(true) => LeaveKind::Top,
        None => LeaveKind::Silent,
        Some(false) if is_closed => LeaveKind::Closed,
        Some(false) if is_hidden => LeaveKind::Tab,
        Some(false) => LeaveKind::Window,
    })
}
