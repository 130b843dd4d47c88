//! Rules on the pointer leaving the page.

use super::Watch;
use super::idle;
use super::pointer::Trail;
use crate::recording::Header;
use crate::signal::{Device, Edge, SignalKind};

/// How many moves bounceback looks back on.
const RISING_MOVES: usize = 9;

/// Where the pointer is as it leaves: scripts read `clientY` of the event, which a recording tells by the edge and the last
/// movement.
fn height_at(edge: Edge, trail: &Trail, viewport: f64) -> Option<f64> {
    match edge {
        Edge::Top => Some(0.0),
        Edge::Bottom => Some(viewport),
        Edge::Left | Edge::Right => trail.back(0).map(|(_, y)| y),
    }
}

/// The pointer leaves above `y` px (`inclusive`: or at it), once `arming` ms of the visit are over.
pub(super) fn out_below(header: &Header, y: f64, inclusive: bool, arming: u32) -> Box<dyn Watch> {
    let is_high = move |at: f64, _: &Trail| if inclusive { at <= y } else { at < y };
    Box::new(OnOut { trail: Trail::default(), viewport: header.h.into(), arming, is_exit: is_high })
}

/// The pointer leaves at `y` px or above, and rose by over `rise` px in its last 10 places.
pub(super) fn rising_out(header: &Header, y: f64, rise: f64) -> Box<dyn Watch> {
    let is_rising = move |at: f64, trail: &Trail| {
        let first = (0..=RISING_MOVES).rev().find_map(|moves| trail.back(moves));
        at <= y && first.zip(trail.back(0)).is_some_and(|((_, y0), (_, y1))| y0 - y1 > rise)
    };
    Box::new(OnOut { trail: Trail::default(), viewport: header.h.into(), arming: 0, is_exit: is_rising })
}

/// A rule that looks at where the pointer leaves.
struct OnOut<F> {
    trail: Trail,
    viewport: f64,
    arming: u32,
    is_exit: F,
}

impl<F: Fn(f64, &Trail) -> bool> Watch for OnOut<F> {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        self.trail.hear(t, kind);
        if let SignalKind::Resize { h, .. } = *kind {
            self.viewport = h.into();
        }
        if let SignalKind::Out { edge } = *kind
            && t >= self.arming
            && height_at(edge, &self.trail, self.viewport).is_some_and(|y| (self.is_exit)(y, &self.trail))
        {
            alerts.push(t);
        }
    }
}

/// The pointer left through any edge and did not come back for `ms`.
pub(super) fn stayed_out(ms: u32) -> Box<dyn Watch> {
    Box::new(StayedOut { ms, left: None })
}

struct StayedOut {
    ms: u32,
    left: Option<u32>,
}

impl Watch for StayedOut {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        self.end(t, alerts);
        match *kind {
            SignalKind::Out { .. } => self.left = Some(t),
            SignalKind::In { .. } | SignalKind::Move { .. } | SignalKind::Pagehide { .. } => self.left = None,
            _ => {}
        }
    }

    fn end(&mut self, end: u32, alerts: &mut Vec<u32>) {
        if let Some(left) = self.left
            && end - left >= self.ms
        {
            alerts.push(left + self.ms);
            self.left = None;
        }
    }
}

/// The pointer leaves through any edge after 5 s; on a touch screen, 10 s without a signal.
pub(super) fn any_edge_or_idle(header: &Header) -> Box<dyn Watch> {
    if header.device == Device::Touch { idle::after(10_000) } else { Box::new(AnyEdge { arming: 5_000 }) }
}

struct AnyEdge {
    arming: u32,
}

impl Watch for AnyEdge {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        if matches!(kind, SignalKind::Out { .. }) && t >= self.arming {
            alerts.push(t);
        }
    }
}
