//! Rules on where the pointer is and where it is heading, and on how fast the page is scrolled.

use std::collections::VecDeque;

use super::Watch;
use crate::recording::Header;
use crate::signal::SignalKind;

/// Points a rule may look back on.
const TRAIL: usize = 20;
/// Points ForesightJS looks back on (`positionHistorySize`).
const FORESIGHT_TRAIL: usize = 8;
/// Scroll offsets a rule may look back on: 100 ms of them at 640 a second.
const SCROLLS: usize = 64;

/// The last places of the pointer, oldest first; empty after the shopper left.
#[derive(Debug, Default)]
pub(super) struct Trail(VecDeque<(u32, f64)>);

impl Trail {
    /// Hears a signal; true when the pointer moved.
    pub(super) fn hear(&mut self, t: u32, kind: &SignalKind) -> bool {
        match *kind {
            SignalKind::Move { y, .. } => {
                if self.0.len() == TRAIL {
                    self.0.pop_front();
                }
                self.0.push_back((t, y.into()));
                true
            }
            SignalKind::Blur { .. } | SignalKind::Hidden => {
                self.0.clear();
                false
            }
            _ => false,
        }
    }

    /// Time, ms, and height, px from the top, of the place so many moves before the last.
    pub(super) fn back(&self, moves: usize) -> Option<(u32, f64)> {
        let place = self.0.len().checked_sub(moves + 1)?;
        self.0.get(place).copied()
    }

    /// How many places are remembered, at most `most`.
    fn len(&self, most: usize) -> usize {
        self.0.len().min(most)
    }
}

/// A rule that looks at the trail after each movement.
struct OnMove<F> {
    trail: Trail,
    speaks: F,
}

impl<F: FnMut(&Trail) -> bool> Watch for OnMove<F> {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        if self.trail.hear(t, kind) && (self.speaks)(&self.trail) {
            alerts.push(t);
        }
    }
}

fn on_move(mut speaks: impl FnMut(&Trail) -> Option<bool> + 'static) -> Box<dyn Watch> {
    Box::new(OnMove { trail: Trail::default(), speaks: move |trail: &Trail| speaks(trail).unwrap_or(false) })
}

/// The pointer is at `y` px or higher up.
pub(super) fn band(y: f64) -> Box<dyn Watch> {
    on_move(move |trail| Some(trail.back(0)?.1 <= y))
}

/// The same, looked at no more often than every `every` ms.
pub(super) fn throttled_band(y: f64, every: u32) -> Box<dyn Watch> {
    let mut looked: Option<u32> = None;
    on_move(move |trail| {
        let (t, last) = trail.back(0)?;
        if looked.is_some_and(|looked| t - looked < every) {
            return None;
        }
        looked = Some(t);
        Some(last <= y)
    })
}

/// The pointer is at `y` px or higher up, and rises.
pub(super) fn rising_band(y: f64) -> Box<dyn Watch> {
    on_move(move |trail| Some(trail.back(0)?.1 <= y && trail.back(0)?.1 < trail.back(1)?.1))
}

/// The pointer is in the top quarter of the viewport and rose by over 20 px in two moves.
pub(super) fn rising_quarter(header: &Header) -> Box<dyn Watch> {
    let quarter = f64::from(header.h) / 4.0;
    on_move(move |trail| Some(trail.back(0)?.1 < quarter && trail.back(0)?.1 < trail.back(2)?.1 - 20.0))
}

/// The last points carried on in a straight line for `ms` are at or over the top edge.
pub(super) fn foresight(ms: f64) -> Box<dyn Watch> {
    on_move(move |trail| {
        let (t, y) = trail.back(0)?;
        let (t0, y0) = trail.back(trail.len(FORESIGHT_TRAIL) - 1)?;
        // two points of one instant have no speed
        Some(t > t0 && y + (y - y0) / f64::from(t - t0) * ms <= 0.0)
    })
}

/// The pointer is above `y` px and rises faster than `speed` px/ms over its trail.
pub(super) fn psyche(y: f64, speed: f64) -> Box<dyn Watch> {
    on_move(move |trail| {
        let (t1, y1) = trail.back(0)?;
        let (t0, y0) = trail.back(trail.len(TRAIL) - 1)?;
        Some(y1 < y && (y1 - y0) / f64::from((t1 - t0).max(1)) < -speed)
    })
}

/// The page is scrolled up by `px` within `ms`.
pub(super) fn scroll_up(px: f64, ms: u32) -> Box<dyn Watch> {
    Box::new(ScrollUp { px, ms, offsets: VecDeque::new() })
}

struct ScrollUp {
    px: f64,
    ms: u32,
    offsets: VecDeque<(u32, f64)>,
}

impl Watch for ScrollUp {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        match *kind {
            SignalKind::Scroll { y } => {
                let y = f64::from(y);
                while self.offsets.len() == SCROLLS || self.offsets.front().is_some_and(|&(t0, _)| t - t0 > self.ms) {
                    self.offsets.pop_front();
                }
                if self.offsets.iter().any(|&(_, y0)| y0 - y >= self.px) {
                    alerts.push(t);
                }
                self.offsets.push_back((t, y));
            }
            // another document begins at its own top; that is no scrolling
            SignalKind::Page { .. } | SignalKind::Pagehide { .. } => self.offsets.clear(),
            _ => {}
        }
    }
}
