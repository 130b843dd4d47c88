//! Pointer: movement, presses, clicks, and the edges of the viewport.

use super::super::session::Session;
use super::{Event, viewport};
use crate::boundary::Heard;
use crate::signal::{Edge, SignalKind, Target, half_px};

#[derive(Debug)]
pub(super) struct Pointer {
    is_out: bool,
    /// Where the finger is that drags the page. One that only taps is told by its pointer events.
    finger: Option<(f32, f32)>,
}

impl Pointer {
    pub(super) fn new() -> Pointer {
        Pointer { is_out: false, finger: None }
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        let (x, y) = (half_px(event.x), half_px(event.y));
        let signal = match heard {
            Heard::Move => SignalKind::Move { x, y },
            Heard::Down => SignalKind::Down { x, y },
            Heard::Up => {
                self.finger = None;
                SignalKind::Up { x, y }
            }
            Heard::Click => SignalKind::Click { x, y, on: event.one_of(Target::ALL).unwrap_or(Target::Other) },
            Heard::Drag => {
                self.finger = Some((x, y));
                SignalKind::Move { x, y }
            }
            Heard::Lift => match self.finger.take() {
                Some((x, y)) => SignalKind::Up { x, y },
                None => return,
            },
            _ => {
                let is_out = heard == Heard::Leave;
                if is_out == self.is_out {
                    return;
                }
                self.is_out = is_out;
                let edge = nearest(x, y);
                if is_out { SignalKind::Out { edge } } else { SignalKind::In { edge } }
            }
        };
        event.tell(session, signal);
    }
}

fn nearest(x: f32, y: f32) -> Edge {
    let (w, h) = viewport();
    let mut best = (y, Edge::Top);
    for way in [(w - x, Edge::Right), (h - y, Edge::Bottom), (x, Edge::Left)] {
        if way.0 < best.0 {
            best = way;
        }
    }
    best.1
}
