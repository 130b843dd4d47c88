//! Pointer: movement, presses, clicks, and the edges of the viewport.

use super::super::dom::{Event, Node, sort_of};
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{Edge, SignalKind, Target, half_px};

const MOVE: u8 = kind::POINTER;
const DOWN: u8 = kind::POINTER + 1;
const UP: u8 = kind::POINTER + 2;
/// The pointer left the viewport.
pub(super) const LEAVE: u8 = kind::POINTER + 3;
const ENTER: u8 = kind::POINTER + 4;
/// A click; other collectors look at it too.
pub(super) const CLICK: u8 = kind::POINTER + 5;
const TOUCH_MOVE: u8 = kind::POINTER + 6;
const TOUCH_END: u8 = kind::POINTER + 7;
/// What is clicked on the card or a tool of the shop's own is not shopping.
const OURS: &str = "falter-card,[data-falter-ignore]";

#[derive(Debug)]
pub(super) struct Pointer {
    is_out: bool,
    /// Where the finger is that drags the page.
    finger: Option<(f32, f32)>,
}

pub(super) fn listen(page: &Page, door: &Door) {
    // Once the browser scrolls under a finger, its pointer events end with a pointercancel that has no place; the touch
    // events go on (Pointer Events, 10.3).
    for (name, kind) in [
        ("pointermove", MOVE),
        ("pointerdown", DOWN),
        ("pointerup", UP),
        ("touchmove", TOUCH_MOVE),
        ("touchend", TOUCH_END),
        ("touchcancel", TOUCH_END),
        ("click", CLICK),
    ] {
        door.listen(&page.window, name, kind);
    }
    // The root element's own: they tell the pointer crossing the viewport's edge, and nothing else. The mouse's rather
    // than any pointer's: a finger that lifts leaves the page by the letter, but nobody went anywhere.
    door.listen_own(&page.root, "mouseleave", LEAVE);
    door.listen_own(&page.root, "mouseenter", ENTER);
}

impl Pointer {
    pub(super) fn new() -> Pointer {
        Pointer { is_out: false, finger: None }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        if let TOUCH_MOVE | TOUCH_END = kind {
            return self.drag(kind, event, t, session);
        }
        let (x, y) = (half_px(event.x()), half_px(event.y()));
        let signal = match kind {
            MOVE => SignalKind::Move { x, y },
            DOWN => SignalKind::Down { x, y },
            UP => {
                self.finger = None;
                SignalKind::Up { x, y }
            }
            CLICK => {
                let target = event.element();
                if target.as_ref().is_some_and(|target| target.closest(OURS).is_some()) {
                    return;
                }
                SignalKind::Click { x, y, on: target.as_ref().map_or(Target::Other, kind_of) }
            }
            _ => {
                let is_out = kind == LEAVE;
                if is_out == self.is_out {
                    return;
                }
                self.is_out = is_out;
                let edge = nearest(x, y, page.size());
                if is_out { SignalKind::Out { edge } } else { SignalKind::In { edge } }
            }
        };
        session.tell(t, signal);
    }
}

impl Pointer {
    /// A finger that drags the page. One that only taps is told by its pointer events.
    fn drag(&mut self, kind: u8, event: &Event, t: u32, session: &mut Session) {
        if kind == TOUCH_END {
            if let Some((x, y)) = self.finger.take() {
                session.tell(t, SignalKind::Up { x, y });
            }
        } else if let Some(touch) = event.touches().and_then(|touches| touches.item(0)) {
            let (x, y) = (half_px(touch.x()), half_px(touch.y()));
            self.finger = Some((x, y));
            session.tell(t, SignalKind::Move { x, y });
        }
    }
}

fn nearest(x: f32, y: f32, (w, h): (f32, f32)) -> Edge {
    let mut best = (y, Edge::Top);
    for way in [(w - x, Edge::Right), (h - y, Edge::Bottom), (x, Edge::Left)] {
        if way.0 < best.0 {
            best = way;
        }
    }
    best.1
}

fn kind_of(target: &Node) -> Target {
    const KINDS: [(&str, Target); 5] = [
        ("a[href]", Target::Link),
        ("button,[role=button],summary,input[type=submit],input[type=button]", Target::Button),
        ("input,select,textarea,label,[contenteditable]", Target::Field),
        ("img,picture,video,svg,canvas", Target::Media),
        ("p,h1,h2,h3,h4,li,td,dd,dt,span", Target::Text),
    ];
    sort_of(target, &KINDS).unwrap_or(Target::Other)
}
