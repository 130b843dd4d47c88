//! What JavaScript heard becomes signals, one file a kind.

mod attention;
mod dwell;
mod form;
mod keyboard;
mod navigation;
mod pointer;
mod scroll;
mod visibility;

use super::page;
use super::session::Session;
use crate::boundary::Heard;
use crate::recording::Kind;
use crate::signal::Device;
use crate::window::NEVER;

/// What has no event of its own is looked for this often, ms: it costs a query.
const LOOK_MS: u32 = 1_000;
/// A number that a signal does not have, or that is not known.
const NONE: f64 = f64::NAN;

/// What was heard, with what was read of it ([`Heard`] says which).
#[derive(Debug)]
pub(super) struct Event {
    /// Session time, ms.
    pub(super) t: u32,
    /// Page time, ms.
    pub(super) time: f64,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) what: f64,
}

impl Event {
    /// Tells a signal of up to two numbers.
    fn tell(&self, session: &mut Session, kind: Kind, a: f64, b: f64) {
        session.tell(self.t, kind, a, b, NONE);
    }

    /// Whether `what` says yes.
    fn is_so(&self) -> bool {
        self.what > 0.0
    }

    /// The place that `what` is; the other where it is none.
    fn place_or(&self, other: u8) -> f64 {
        if self.what >= 0.0 { self.what } else { place(other) }
    }
}

fn place(variant: u8) -> f64 {
    variant.into()
}

/// All that is heard on one page.
#[derive(Debug)]
pub(super) struct Capture {
    /// When what has no event was looked for; never before it listens.
    looked: u32,
    pointer: pointer::Pointer,
    scroll: scroll::Scroll,
    dwell: dwell::Dwell,
    visibility: visibility::Visibility,
    navigation: navigation::Navigation,
    form: form::Form,
    attention: attention::Attention,
}

impl Capture {
    pub(super) fn new(device: Device) -> Capture {
        Capture {
            looked: NEVER,
            pointer: pointer::Pointer::new(),
            scroll: scroll::Scroll::new(),
            dwell: dwell::Dwell::new(device),
            visibility: visibility::Visibility::new(),
            navigation: navigation::Navigation::new(),
            form: form::Form::new(),
            attention: attention::Attention::new(),
        }
    }

    /// Viewport width and height, document height.
    pub(super) fn sizes(&self) -> (f32, f32, f32) {
        self.scroll.sizes()
    }

    /// Tells which page is shown.
    pub(super) fn listen(&mut self, t: u32, session: &mut Session) {
        self.looked = t;
        // a session that goes on knows the last page's sizes
        self.scroll.tell(t, session);
        self.navigation.look(t, session);
    }

    /// The session goes on from another page's state, which has not heard what was told here.
    pub(super) fn forget_told(&mut self) {
        self.navigation.forget_told();
        self.dwell.forget_told();
    }

    pub(super) fn hear(&mut self, heard: Heard, event: &Event, session: &mut Session) {
        match heard {
            Heard::Move
            | Heard::Down
            | Heard::Up
            | Heard::Leave
            | Heard::Enter
            | Heard::Click
            | Heard::Drag
            | Heard::Lift => {
                self.pointer.hear(heard, event, session);
                if heard == Heard::Leave {
                    self.dwell.rest_in(None, event.t, session);
                }
                if heard == Heard::Down {
                    self.navigation.pressed(event.t);
                }
            }
            Heard::Scroll => self.scroll.scrolled(event, session),
            Heard::Resize => self.scroll.measure(event.t, session),
            Heard::Over => self.dwell.over(event, session),
            Heard::See | Heard::Unsee => self.dwell.see(heard == Heard::See, event, session),
            Heard::Hide | Heard::Load | Heard::Broken | Heard::Follow | Heard::Navigate => {
                self.navigation.hear(heard, event, session);
                if heard == Heard::Hide {
                    self.visibility.gone();
                }
            }
            Heard::Blur | Heard::Focus | Heard::Visibility | Heard::Dialog => {
                self.visibility.hear(heard, event, session);
            }
            Heard::Key => keyboard::hear(event, session),
            Heard::Typing | Heard::FieldFocus | Heard::FieldLeave | Heard::FieldError => {
                form::hear(heard, event, session);
            }
            Heard::Copy | Heard::Select | Heard::Zoom | Heard::Pinch => self.attention.hear(heard, event, session),
        }
    }

    /// What has no event of its own is looked at on ticks.
    pub(super) fn tick(&mut self, t: u32, session: &mut Session) {
        if self.looked == NEVER {
            return;
        }
        self.dwell.settle(self.scroll.last(), t, session);
        if t.saturating_sub(self.looked) >= LOOK_MS {
            self.looked = t;
            self.navigation.look(t, session);
            self.form.look_for_dialog(t, session);
            self.scroll.measure(t, session);
        }
    }
}

/// Viewport width and height.
fn viewport() -> (f32, f32) {
    (page::width().max(1.0), page::height().max(1.0))
}
