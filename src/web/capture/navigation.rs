//! Which page of the shop is shown, why a document goes, and what went wrong in it.

use super::super::page;
use super::super::session::Session;
use super::{Event, NONE, place};
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::{Cause, PageKind, Trouble, place_of_number};
use crate::window::NEVER;

/// What was clicked explains a `pagehide` for so long, ms: slow shops take seconds to answer.
const EXPLAINS_MS: u32 = 10_000;
/// A page that took longer to load, ms, is slow.
const SLOW_MS: f64 = 4_000.0;
/// An exception this soon after a press, ms, is what the shopper gets for it.
const ANSWERS_MS: u32 = 1_000;
/// A form or link that is not marked and stays in the shop ([`Heard::Follow`]).
const INSIDE: f64 = -1.0;

#[derive(Debug)]
pub(super) struct Navigation {
    cause: Cause,
    caused_at: u32,
    path: Option<u32>,
    pressed_at: u32,
    is_broken: bool,
}

impl Navigation {
    pub(super) fn new() -> Navigation {
        Navigation { cause: Cause::Unknown, caused_at: NEVER, path: None, pressed_at: NEVER, is_broken: false }
    }

    /// The pointer was pressed.
    pub(super) fn pressed(&mut self, t: u32) {
        self.pressed_at = t;
    }

    pub(super) fn forget_told(&mut self) {
        self.path = None;
    }

    /// Tells the page that is shown, when it is another. Shops that turn pages without loading a document do so unseen by
    /// any event that all browsers have, so this is asked every second.
    pub(super) fn look(&mut self, t: u32, session: &mut Session) {
        let path = page::path();
        if self.path == Some(path) {
            return;
        }
        // what was clicked turned a page, and explains nothing any more
        self.caused_at = NEVER;
        self.path = Some(path);
        let kind = PageKind::from_place(place_of_number(page::kind())).unwrap_or(PageKind::Home);
        let marked = page::item();
        // a product the shop did not name is known by where it is
        let item = if marked.is_nan() && kind == PageKind::Product { path.into() } else { marked };
        let window = session.detector.observer().window();
        let from = if window.has_page() { place(window.page() as u8) } else { NONE };
        session.tell(t, Kind::Page, place(kind as u8), item, from);
    }

    fn explain(&mut self, event: &Event) {
        let unmarked = if event.what == INSIDE { Cause::Shop } else { Cause::Unknown };
        self.cause = Cause::from_place(place_of_number(event.what)).unwrap_or(unmarked);
        self.caused_at = event.t;
    }

    fn is_answer(&self, t: u32) -> bool {
        self.pressed_at != NEVER && t.saturating_sub(self.pressed_at) <= ANSWERS_MS
    }

    fn is_explained(&self, t: u32) -> bool {
        self.caused_at != NEVER && t.saturating_sub(self.caused_at) <= EXPLAINS_MS
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        let (kind, what) = match heard {
            Heard::Follow => return self.explain(event),
            Heard::Navigate => {
                // what a marked link has said already is better than what its address tells
                if event.what == INSIDE || !self.is_explained(event.t) {
                    self.explain(event);
                }
                return;
            }
            // in a tab that nobody looks at everything is slow
            Heard::Load if event.time > SLOW_MS && !event.is_so() => (Kind::Problem, Trouble::Slow as u8),
            Heard::Broken if !self.is_broken && (!event.is_so() || self.is_answer(event.t)) => {
                self.is_broken = true;
                (Kind::Problem, Trouble::PageError as u8)
            }
            Heard::Hide => {
                let cause = if self.is_explained(event.t) { self.cause } else { Cause::Unknown };
                (Kind::Pagehide, cause as u8)
            }
            _ => return,
        };
        event.tell(session, kind, place(what), NONE);
    }
}
