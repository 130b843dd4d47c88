//! Which page of the shop is shown, and why a document goes.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget};

use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, closest, element, kind};
use crate::signal::{Cause, ItemId, PageKind, SignalKind};

/// The document goes.
pub(super) const HIDE: u8 = kind::NAVIGATION;
const SUBMIT: u8 = kind::NAVIGATION + 1;
const NAVIGATE: u8 = kind::NAVIGATION + 2;
const CHANGED: u8 = kind::NAVIGATION + 3;
const LOADED: u8 = kind::NAVIGATION + 4;
/// What was clicked explains a `pagehide` for so long, ms: slow shops take seconds to answer.
const EXPLAINS_MS: u32 = 10_000;
/// A page that took longer to load, ms, is slow.
const SLOW_MS: f64 = 4_000.0;
/// Longest path of which the kind of a page is guessed, bytes.
const PATH_MAX: usize = 512;

#[wasm_bindgen]
extern "C" {
    /// The Navigation API's event (HTML standard, 7.2.6): not in web-sys without its unstable flag.
    type NavigateEvent;
    #[wasm_bindgen(method, getter)]
    fn destination(this: &NavigateEvent) -> Destination;
    type Destination;
    #[wasm_bindgen(method, getter)]
    fn url(this: &Destination) -> String;

    type NavigationWindow;
    #[wasm_bindgen(method, getter)]
    fn navigation(this: &NavigationWindow) -> Option<EventTarget>;
}

#[derive(Debug)]
pub(super) struct Navigation {
    cause: Cause,
    caused_at: u32,
    path: String,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen_own(&page.window, "pagehide", HIDE);
    door.listen_own(&page.window, "popstate", CHANGED);
    door.listen_own(&page.window, "load", LOADED);
    door.listen(&page.window, "submit", SUBMIT);
    let window: &NavigationWindow = page.window.unchecked_ref();
    if let Some(navigation) = window.navigation() {
        door.listen_own(&navigation, "navigate", NAVIGATE);
        door.listen_own(&navigation, "navigatesuccess", CHANGED);
    }
}

impl Navigation {
    pub(super) fn new() -> Navigation {
        Navigation { cause: Cause::Unknown, caused_at: 0, path: String::new() }
    }

    /// Tells the page that is shown.
    pub(super) fn arrive(&mut self, page: &Page, t: u32, session: &mut Session) {
        self.path = page.window.location().pathname().unwrap_or_default();
        let marked = page.document.query_selector("[data-falter-page]").ok().flatten();
        let kind = marked.as_ref().and_then(|marked| PageKind::from_name(&marked.get_attribute("data-falter-page")?));
        let item = marked.as_ref().and_then(|marked| marked.get_attribute("data-falter-item"));
        let window = session.detector.observer().window();
        let from = window.last_signal().map(|_| window.page());
        let kind = kind.unwrap_or_else(|| guess(&self.path));
        session.tell(t, SignalKind::Page { page: kind, item: item.map(|item| ItemId::from_text(&item)), from });
    }

    /// A link that was followed explains why the document goes.
    pub(super) fn clicked(&mut self, event: &Event, page: &Page, t: u32) {
        if let Some(link) = element(event).and_then(|target| closest(&target, "a[href]")) {
            let host = js_sys::Reflect::get(&link, &"host".into()).ok().and_then(|host| host.as_string());
            self.explain(host == page.window.location().host().ok(), Some(&link), t);
        }
    }

    fn explain(&mut self, is_inside: bool, marked: Option<&Element>, t: u32) {
        let said = marked.and_then(|marked| closest(marked, "[data-falter-cause]")?.get_attribute("data-falter-cause"));
        let other = if is_inside { Cause::Shop } else { Cause::Unknown };
        self.cause = said.and_then(|name| Cause::from_name(&name)).unwrap_or(other);
        self.caused_at = t;
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        match kind {
            SUBMIT => self.explain(true, element(event).as_ref(), t),
            NAVIGATE => {
                let origin = page.window.location().origin().unwrap_or_default();
                let url = event.unchecked_ref::<NavigateEvent>().destination().url();
                let is_inside = url.strip_prefix(origin.as_str()).is_some_and(|rest| rest.starts_with('/'));
                // what a marked link has said already is better than what its address tells
                if is_inside || t.saturating_sub(self.caused_at) > EXPLAINS_MS {
                    self.explain(is_inside, None, t);
                }
            }
            CHANGED => {
                if page.window.location().pathname().is_ok_and(|path| path != self.path) {
                    self.arrive(page, t, session);
                }
            }
            LOADED if event.time_stamp() > SLOW_MS => {
                session.tell(t, SignalKind::Problem { what: crate::signal::Trouble::Slow });
            }
            HIDE => {
                let is_explained = t.saturating_sub(self.caused_at) <= EXPLAINS_MS;
                let cause = if is_explained { self.cause } else { Cause::Unknown };
                session.tell(t, SignalKind::Pagehide { cause });
            }
            _ => {}
        }
    }
}

/// What the path says of a page that is not marked. The order matters: a thank-you page is often under checkout.
fn guess(path: &str) -> PageKind {
    const PARTS: [(&str, PageKind); 21] = [
        ("thank", PageKind::Thanks),
        ("order-received", PageKind::Thanks),
        ("payment", PageKind::Payment),
        ("checkout", PageKind::Checkout),
        ("basket", PageKind::Cart),
        ("/cart", PageKind::Cart),
        ("/bag", PageKind::Cart),
        ("search", PageKind::Search),
        ("polic", PageKind::Policy),
        ("returns", PageKind::Policy),
        ("shipping", PageKind::Policy),
        ("account", PageKind::Account),
        ("login", PageKind::Account),
        ("product/", PageKind::Product),
        ("products/", PageKind::Product),
        ("/p/", PageKind::Product),
        ("/item", PageKind::Product),
        ("collection", PageKind::Category),
        ("categor", PageKind::Category),
        ("/c/", PageKind::Category),
        ("/shop", PageKind::Category),
    ];
    let path = path.get(..path.len().min(PATH_MAX)).unwrap_or_default().to_ascii_lowercase();
    // str::contains would bring its two-way search, 2 kB of wasm for paths of a few bytes
    let has = |part: &str| path.as_bytes().windows(part.len()).any(|here| here == part.as_bytes());
    PARTS.iter().find(|(part, _)| has(part)).map_or(PageKind::Home, |&(_, kind)| kind)
}
