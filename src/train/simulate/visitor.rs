//! A visitor at work: the person, the shop, the page that is open and the clock. Acts are in the files beside this one:
//! `hand` (pointer), `scroll`, `read`, `browse` (pages and cart), `doubt`, `leave`.

use super::Layout;
use super::page::Page;
use super::person::Person;
use super::pointer::Point;
use super::record::Recorder;
use super::rng::Rng;
use super::shop::{Shop, cents};
use crate::signal::{Device, PageKind, Section};

/// Everything an act needs. Acts advance `now`.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) rng: Rng,
    pub(super) person: Person,
    pub(super) shop: Shop,
    pub(super) rec: Recorder,
    /// The visit's clock, ms.
    pub(super) now: f64,
    /// Where the pointer is, viewport px; outside the viewport too.
    pub(super) at: Point,
    /// The hand is on the mouse.
    pub(super) on_mouse: bool,
    pub(super) page: Page,
    pub(super) scroll: f64,
    /// Product and how many of it.
    pub(super) cart: Vec<(u32, u32)>,
    /// Products looked at, the last at the end.
    pub(super) viewed: Vec<u32>,
    /// The visit is over, or the recording is.
    pub(super) over: bool,
}

impl Visitor {
    /// A visitor before the first page.
    pub(super) fn draw(mut rng: Rng, device: Device, layout: Layout) -> Visitor {
        let person = Person::draw(&mut rng, device);
        let shop = Shop::draw(&mut rng, device == Device::Touch, layout);
        let rec = Recorder::new(&person, &shop);
        let page = Page { kind: PageKind::Home, product: None, doc_h: shop.h, parts: Vec::new() };
        // the link that led here was somewhere in the upper middle of the page before, or in the browser's bar over it
        let y = if rng.chance(0.25) { rng.between(0.01, 0.15) } else { rng.normal(0.35, 0.22).clamp(0.02, 0.98) };
        let at = (shop.w * rng.normal(0.45, 0.15).clamp(0.02, 0.98), shop.h * y);
        Visitor {
            rng,
            person,
            shop,
            rec,
            now: 0.0,
            at,
            on_mouse: true,
            page,
            scroll: 0.0,
            cart: Vec::new(),
            viewed: Vec::new(),
            over: false,
        }
    }

    pub(super) fn touch(&self) -> bool {
        self.person.device == Device::Touch
    }

    /// A pause of this median, ms, in this person's tempo.
    pub(super) fn pause(&mut self, median: f64, sigma: f64) -> f64 {
        self.rng.lognormal(median, sigma) * self.person.tempo
    }

    /// The cart's total.
    pub(super) fn cart_value(&self) -> f64 {
        cents(self.cart.iter().map(|(product, qty)| self.shop.price(*product) * f64::from(*qty)).sum())
    }

    /// What the policy page of this visit is about when it is opened without a doubt in mind.
    pub(super) fn any_policy(&mut self) -> Section {
        self.rng.pick([(Section::Returns, 0.5), (Section::Shipping, 0.4), (Section::Payment, 0.1)])
    }
}
