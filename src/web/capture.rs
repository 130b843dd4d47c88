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

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, Window};

use super::clock::Clock;
use super::guard::Door;
use super::session::Session;
use crate::recording::Header;
use crate::signal::{Device, half_px};

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
    root: Element,
}

/// All listeners of one page.
#[derive(Debug)]
pub(super) struct Capture {
    page: Page,
    pointer: pointer::Pointer,
    scroll: scroll::Scroll,
    dwell: dwell::Dwell,
    visibility: visibility::Visibility,
    navigation: navigation::Navigation,
    form: form::Form,
    attention: attention::Attention,
}

#[wasm_bindgen]
extern "C" {
    // web_sys::window() asks four globals in turn, as a worker or Node might be the host; here only a page is
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
}

impl Page {
    fn new() -> Page {
        // in a page these three are always there; elsewhere the module is of no use and may stop
        let window = WINDOW.with(Window::clone);
        let document = window.document().unwrap_throw();
        let root = document.document_element().unwrap_throw();
        Page { window, document, root }
    }

    fn size(&self) -> (f32, f32) {
        // the layout viewport without scroll bars: what clientX and clientY are measured in
        (self.root.client_width().max(1) as f32, self.root.client_height().max(1) as f32)
    }

    fn document_height(&self) -> f32 {
        self.root.scroll_height().max(1) as f32
    }
}

/// The element an event is of; none for those of the window or document.
fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The nearest element, this one or one around it, that matches.
fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

impl Capture {
    pub(super) fn new() -> Capture {
        let page = Page::new();
        Capture {
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

    /// Wall time of the page's time 0, ms.
    pub(super) fn page_origin() -> f64 {
        Page::new().window.performance().map_or(0.0, |clock| clock.time_origin())
    }

    /// Page time now, ms.
    pub(super) fn page_now() -> f64 {
        Page::new().window.performance().map_or(0.0, |clock| clock.now())
    }

    /// What opens a recording on this page.
    pub(super) fn header(session: String) -> Header {
        let page = Page::new();
        let (w, h) = page.size();
        let is_touch = page.window.match_media("(hover:none) and (pointer:coarse)").ok().flatten().is_some_and(|q| q.matches());
        Header {
            session,
            source: String::from("page"),
            device: if is_touch { Device::Touch } else { Device::Mouse },
            w,
            h,
            doc_h: half_px(page.document_height().into()),
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
        let t = clock.at(Capture::page_now());
        // a session that goes on knows the last page's sizes
        self.scroll.tell_size(t, session);
        self.navigation.arrive(page, t, session);
    }

    /// Takes an event.
    pub(super) fn handle(&mut self, kind: u8, event: &JsValue, session: &mut Session, clock: &Clock) {
        let page = &self.page;
        if kind == dwell::SEEN {
            let t = clock.at(Capture::page_now());
            return self.dwell.seen(event.unchecked_ref(), t, session);
        }
        let event: &Event = event.unchecked_ref();
        let t = clock.at(event.time_stamp());
        match kind {
            kind::POINTER..kind::SCROLL => {
                self.pointer.handle(kind, event, page, t, session);
                if kind == pointer::CLICK {
                    self.navigation.clicked(event, page, t);
                    self.visibility.clicked(event, t);
                    self.attention.clicked(event, t, session);
                }
            }
            kind::SCROLL..kind::DWELL => self.scroll.handle(kind, event, page, t, session),
            kind::DWELL..kind::VISIBILITY => self.dwell.over(event, t, session),
            kind::VISIBILITY..kind::NAVIGATION => self.visibility.handle(kind, page, t, session),
            kind::NAVIGATION..kind::KEYBOARD => {
                self.navigation.handle(kind, event, page, t, session);
                if kind == navigation::HIDE {
                    self.visibility.gone();
                }
            }
            kind::KEYBOARD..kind::FORM => keyboard::handle(event, t, session),
            kind::FORM..kind::ATTENTION => self.form.handle(kind, event, t, session),
            _ => self.attention.handle(kind, event, page, t, session),
        }
    }

    /// What has no event of its own is looked at on ticks.
    pub(super) fn tick(&mut self, t: u32, session: &mut Session) {
        self.dwell.settle(&self.page, self.scroll.last(), t, session);
        self.form.look_for_dialog(&self.page, t, session);
    }
}
