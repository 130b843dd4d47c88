//! Listeners: one file a kind of signal. Which event is which is a number, so that one export takes them all and no closure
//! is kept.

mod attention;
mod dwell;
mod form;
mod keyboard;
mod navigation;
mod pointer;
mod scroll;
mod visibility;

use super::clock::Clock;
use super::dom::{Document, Event, Node, Window, page_now};
use super::guard::Door;
use super::session::Session;
use crate::recording::Header;
use crate::signal::Device;
use crate::window::NEVER;

/// What has no event of its own is looked for this often, ms: it costs a query.
const LOOK_MS: u32 = 1_000;

/// Numbers of the events; a module's first and the next module's first bound its own.
mod kind {
    pub(super) const POINTER: u8 = 0;
    pub(super) const SCROLL: u8 = 10;
    pub(super) const DWELL: u8 = 20;
    pub(super) const VISIBILITY: u8 = 30;
    pub(super) const NAVIGATION: u8 = 40;
    pub(super) const KEYBOARD: u8 = 50;
    pub(super) const FORM: u8 = 60;
    pub(super) const ATTENTION: u8 = 70;
}

/// The page, with its handles looked up once.
#[derive(Debug)]
struct Page {
    window: Window,
    document: Document,
    root: Node,
}

/// All listeners of one page.
#[derive(Debug)]
pub(super) struct Capture {
    page: Page,
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

impl Page {
    fn size(&self) -> (f32, f32) {
        // the layout viewport without scroll bars: what clientX and clientY are measured in
        (self.root.client_width().max(1) as f32, self.root.client_height().max(1) as f32)
    }

    /// Viewport width and height, document height.
    fn sizes(&self) -> (f32, f32, f32) {
        let (w, h) = self.size();
        (w, h, self.root.scroll_height().max(1) as f32)
    }
}

impl Capture {
    pub(super) fn new(window: Window) -> Capture {
        let document = window.document();
        let page = Page { root: document.root(), document, window };
        Capture {
            looked: NEVER,
            pointer: pointer::Pointer::new(),
            scroll: scroll::Scroll::new(&page),
            dwell: dwell::Dwell::new(),
            visibility: visibility::Visibility::new(),
            navigation: navigation::Navigation::new(),
            form: form::Form::new(),
            attention: attention::Attention::new(),
            page,
        }
    }

    /// What opens a recording on this page.
    pub(super) fn header(&self, session: String) -> Header {
        let (w, h, doc_h) = self.page.sizes();
        let is_touch = self.page.window.match_media("(hover:none) and (pointer:coarse)").matches();
        Header {
            session,
            source: String::from("page"),
            device: if is_touch { Device::Touch } else { Device::Mouse },
            w,
            h,
            doc_h,
            end: 0,
            visits: 0,
            orders: 0,
            reason: None,
        }
    }

    /// Asks the door for every listener, and tells which page is shown.
    pub(super) fn listen(&mut self, door: &Door, session: &mut Session, clock: &Clock) {
        let page = &self.page;
        pointer::listen(page, door);
        scroll::listen(page, door);
        dwell::listen(page, door);
        visibility::listen(page, door);
        navigation::listen(page, door);
        keyboard::listen(page, door);
        form::listen(page, door);
        attention::listen(page, door);
        let t = clock.at(page_now());
        self.looked = t;
        // a session that goes on knows the last page's sizes
        self.scroll.tell(t, session);
        self.navigation.look(page, t, session);
    }

    /// The session goes on from another page's state, which has not heard what was told here.
    pub(super) fn forget_told(&mut self) {
        self.navigation.forget_told();
        self.dwell.forget_told();
    }

    /// Takes an event.
    pub(super) fn handle(&mut self, kind: u8, event: &Event, session: &mut Session, clock: &Clock) {
        let page = &self.page;
        // the entry of an observer has no time stamp
        let t = clock.at(if kind == dwell::SEEN { page_now() } else { event.time_stamp() });
        match kind {
            kind::POINTER..kind::SCROLL => {
                self.pointer.handle(kind, event, page, t, session);
                if kind == pointer::CLICK {
                    self.navigation.clicked(event, page, t);
                    self.visibility.clicked(event, t);
                    self.attention.clicked(event, t, session);
                }
                if kind == pointer::LEAVE {
                    self.dwell.rest_in(None, t, session);
                }
            }
            kind::SCROLL..kind::DWELL => self.scroll.handle(kind, event, page, t, session),
            kind::DWELL..kind::VISIBILITY => self.dwell.handle(kind, event, t, session),
            kind::VISIBILITY..kind::NAVIGATION => self.visibility.handle(kind, page, t, session),
            kind::NAVIGATION..kind::KEYBOARD => {
                self.navigation.handle(kind, event, page, t, session);
                if kind == navigation::HIDE {
                    self.visibility.gone();
                }
            }
            kind::KEYBOARD..kind::FORM => keyboard::handle(event, t, session),
            kind::FORM..kind::ATTENTION => form::handle(kind, event, t, session),
            _ => self.attention.handle(kind, event, page, t, session),
        }
    }

    /// What has no event of its own is looked at on ticks.
    pub(super) fn tick(&mut self, t: u32, session: &mut Session) {
        if self.looked == NEVER {
            return;
        }
        self.dwell.settle(&self.page, self.scroll.last(), t, session);
        if t.saturating_sub(self.looked) >= LOOK_MS {
            self.looked = t;
            self.navigation.look(&self.page, t, session);
            self.form.look_for_dialog(&self.page, t, session);
            self.scroll.measure(&self.page, t, session);
        }
    }
}
