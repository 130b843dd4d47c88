//! Which page of the shop is shown, why a document goes, and what went wrong in it.

use wasm_bindgen::JsCast;

use super::super::dom::{Address, Event, Node, place};
use super::super::guard::Door;
use super::super::session::Session;
use super::{Page, kind};
use crate::signal::{Cause, ItemId, PageKind, SignalKind, Trouble};
use crate::window::NEVER;

/// The document goes.
pub(super) const HIDE: u8 = kind::NAVIGATION;
const SUBMIT: u8 = kind::NAVIGATION + 1;
const NAVIGATE: u8 = kind::NAVIGATION + 2;
const LOADED: u8 = kind::NAVIGATION + 3;
const BROKEN: u8 = kind::NAVIGATION + 4;
/// What was clicked explains a `pagehide` for so long, ms: slow shops take seconds to answer.
const EXPLAINS_MS: u32 = 10_000;
/// A page that took longer to load, ms, is slow.
const SLOW_MS: f64 = 4_000.0;
/// Longest path of which the kind of a page is guessed, bytes.
const PATH_MAX: usize = 512;
const CAUSE: &str = "data-falter-cause";
/// What the shop itself serves, told by an address without a host. That a script of another's fails is what blockers are
/// for, and nothing a shopper sees.
const OWN_PART: &str = "img[src]:not([src*=':'],[src^='//']),script[src]:not([src*=':'],[src^='//'])";

#[derive(Debug)]
pub(super) struct Navigation {
    cause: Cause,
    caused_at: u32,
    path: String,
    is_broken: bool,
}

pub(super) fn listen(page: &Page, door: &Door) {
    door.listen_own(&page.window, "pagehide", HIDE);
    door.listen_own(&page.window, "load", LOADED);
    door.listen(&page.window, "submit", SUBMIT);
    door.listen(&page.window, "error", BROKEN);
    if let Some(navigation) = page.window.navigation() {
        door.listen_own(&navigation, "navigate", NAVIGATE);
    }
}

impl Navigation {
    pub(super) fn new() -> Navigation {
        Navigation { cause: Cause::Unknown, caused_at: NEVER, path: String::new(), is_broken: false }
    }

    pub(super) fn forget_told(&mut self) {
        self.path.clear();
    }

    /// Tells the page that is shown, when it is another. Shops that turn pages without loading a document do so unseen by
    /// any event that all browsers have, so this is asked every second.
    pub(super) fn look(&mut self, page: &Page, t: u32, session: &mut Session) {
        let path = page.window.location().pathname();
        if path == self.path {
            return;
        }
        self.path = path;
        let marked = page.document.find("[data-falter-page]");
        let mark = |name: &str| marked.as_ref().and_then(|marked| marked.get_attribute(name));
        let kind = mark("data-falter-page").and_then(|name| PageKind::from_name(&name));
        let kind = kind.unwrap_or_else(|| guess(page, &self.path));
        let mut item = mark("data-falter-item");
        if kind == PageKind::Product {
            // a product the shop did not name is known by where it is
            item = item.or_else(|| Some(self.path.clone()));
        }
        let window = session.detector.observer().window();
        let from = window.has_page().then(|| window.page());
        session.tell(t, SignalKind::Page { page: kind, item: item.map(|item| ItemId::from_text(&item)), from });
    }

    /// A link that was followed explains why the document goes.
    pub(super) fn clicked(&mut self, event: &Event, page: &Page, t: u32) {
        if let Some(link) = event.closest("a[href]") {
            let is_inside = link.unchecked_ref::<Address>().origin() == page.window.location().origin();
            self.explain(is_inside, Some(&link), t);
        }
    }

    fn explain(&mut self, is_inside: bool, from: Option<&Node>, t: u32) {
        let said = || Cause::from_name(&from?.closest("[data-falter-cause]")?.get_attribute(CAUSE)?);
        self.cause = said().unwrap_or(if is_inside { Cause::Shop } else { Cause::Unknown });
        self.caused_at = t;
    }

    fn is_explained(&self, t: u32) -> bool {
        self.caused_at != NEVER && t.saturating_sub(self.caused_at) <= EXPLAINS_MS
    }

    pub(super) fn handle(&mut self, kind: u8, event: &Event, page: &Page, t: u32, session: &mut Session) {
        let signal = match kind {
            SUBMIT => return self.explain(true, event.element().as_ref(), t),
            NAVIGATE => {
                let url = event.destination().url();
                let is_inside = place(&url, &page.window.location().origin()) == Some(0);
                // what a marked link has said already is better than what its address tells
                if is_inside || !self.is_explained(t) {
                    self.explain(is_inside, None, t);
                }
                return;
            }
            // in a tab that nobody looks at everything is slow
            LOADED if event.time_stamp() > SLOW_MS && !page.document.hidden() => {
                SignalKind::Problem { what: Trouble::Slow }
            }
            BROKEN if !self.is_broken && event.is_in(OWN_PART) => {
                self.is_broken = true;
                SignalKind::Problem { what: Trouble::PageError }
            }
            HIDE => {
                let cause = if self.is_explained(t) { self.cause } else { Cause::Unknown };
                SignalKind::Pagehide { cause }
            }
            _ => return,
        };
        session.tell(t, signal);
    }
}

/// What the address, and then the page itself, say of a page that is not marked. The order matters: a thank-you page is
/// often under checkout.
fn guess(page: &Page, path: &str) -> PageKind {
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
    if let Some(&(_, kind)) = PARTS.iter().find(|(part, _)| place(&path, part).is_some()) {
        return kind;
    }
    // The Open Graph protocol and schema.org's microdata
    match page.document.find("meta[property='og:type'][content*=product],[itemscope][itemtype$='schema.org/Product']") {
        Some(_) => PageKind::Product,
        None => PageKind::Home,
    }
}
