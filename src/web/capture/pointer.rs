//! Pointer: movement, presses, clicks, and the edges of the viewport.

use wasm_bindgen::prelude::*;
use web_sys::{Event, MouseEvent, PointerEvent};

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, closest, element, kind};
use crate::signal::{Edge, SignalKind, Target, half_px};

const MOVE: u8 = kind::POINTER;
const DOWN: u8 = kind::POINTER + 1;
const UP: u8 = kind::POINTER + 2;
const LEAVE: u8 = kind::POINTER + 3;
const ENTER: u8 = kind::POINTER + 4;
/// A click; other collectors look at it too.
pub(super) const CLICK: u8 = kind::POINTER + 5;

#[derive(Debug)]
pub(super) struct Pointer {
    is_out: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen(&page.window, "pointermove", MOVE);
    door.listen(&page.window, "pointerdown", DOWN);
    door.listen(&page.window, "pointerup", UP);
    door.listen(&page.window, "pointercancel", UP);
    door.listen(&page.window, "click", CLICK);
    // the root element's own: they tell the pointer crossing the viewport's edge, and nothing else
    door.listen_own(&page.root, "pointerleave", LEAVE);
    door.listen_own(&page.root, "pointerenter", ENTER);
}

impl Pointer {
    pub(super) fn new() -> Pointer {
        Pointer { is_out: false }
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        let mouse: &MouseEvent = event.unchecked_ref();
        let (x, y) = (half_px(mouse.client_x().into()), half_px(mouse.client_y().into()));
        match kind {
            // a press may come before the first movement, and a finger has no way in
            MOVE => session.tell(t, SignalKind::Move { x, y }),
            DOWN => session.tell(t, SignalKind::Down { x, y }),
            UP => session.tell(t, SignalKind::Up { x, y }),
            CLICK => {
                let target = element(event);
                // what is clicked on the card or a tool of the shop's own is not shopping
                let is_ours = target.as_ref().is_some_and(|target| closest(target, "falter-card,[data-falter-ignore]").is_some());
                if !is_ours {
                    let on = target.as_ref().map_or(Target::Other, kind_of);
                    session.tell(t, SignalKind::Click { x, y, on });
                }
            }
            LEAVE | ENTER => {
                // a finger that lifts leaves the page by the letter, but nobody went anywhere
                let pointer: &PointerEvent = event.unchecked_ref();
                let is_out = kind == LEAVE;
                if pointer.pointer_type() == "touch" || is_out == self.is_out {
                    return;
                }
                self.is_out = is_out;
                let edge = nearest(x, y, page.size());
                session.tell(t, if is_out { SignalKind::Out { edge } } else { SignalKind::In { edge } });
            }
            _ => {}
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

fn kind_of(target: &web_sys::Element) -> Target {
    for (selector, on) in [
        ("a[href]", Target::Link),
        ("button,[role=button],summary,input[type=submit],input[type=button]", Target::Button),
        ("input,select,textarea,label,[contenteditable]", Target::Field),
        ("img,picture,video,svg,canvas", Target::Media),
        ("p,h1,h2,h3,h4,li,td,dd,dt,span", Target::Text),
    ] {
        if closest(target, selector).is_some() {
            return on;
        }
    }
    Target::Other
}
