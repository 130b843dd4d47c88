//! Pointer: movement, presses, clicks, and the edges of the viewport.

use super::super::session::Session;
use super::{Event, place, viewport};
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::{Edge, Target};

#[derive(Debug)]
pub(super) struct Pointer {
    is_out: bool,
    /// Where the finger is that drags the page. One that only taps is told by its pointer events.
    finger: Option<(f64, f64)>,
}

impl Pointer {
    pub(super) fn new() -> Pointer {
        Pointer { is_out: false, finger: None }
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        let (mut x, mut y) = (event.x, event.y);
        let kind = match heard {
            Heard::Move => Kind::Move,
            Heard::Down => Kind::Down,
            Heard::Up => {
                self.finger = None;
                Kind::Up
            }
            Heard::Click => Kind::Click,
            Heard::Drag => {
                self.finger = Some((x, y));
                Kind::Move
            }
            Heard::Lift => {
                let Some(finger) = self.finger.take() else { return };
                (x, y) = finger;
                Kind::Up
            }
            _ => {
                let is_out = heard == Heard::Leave;
                if is_out == self.is_out {
                    return;
                }
                self.is_out = is_out;
                x = place(nearest(x as f32, y as f32) as u8);
                if is_out { Kind::Out } else { Kind::In }
            }
        };
        session.tell(event.t, kind, x, y, event.place_or(Target::Other as u8));
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
