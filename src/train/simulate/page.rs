//! The layout of a page: a header, and a list of parts with boxes, which is what people look at and point to.

use super::Layout;
use super::rng::Rng;
use super::shop::{Shop, whole};
use crate::signal::{FieldType, PageKind, Section};

/// A rectangle, px; in document coordinates unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Area {
    pub(super) fn middle(&self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// The same box with left and right changed about in a page of this width.
    fn mirrored(self, width: f64) -> Area {
        Area { x: width - self.x - self.w, ..self }
    }

    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        x >= self.x && x < self.x + self.w && y >= self.y && y < self.y + self.h
    }
}

/// What a part of a page is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// A marked section.
    Marked(Section),
    /// A product's card: leads to it.
    Card(u32),
    /// Running text.
    Text,
    /// A picture.
    Media,
    /// The page's main button: add to cart, check out, pay.
    Button,
    /// A form field.
    Field(FieldType),
    /// The product lines of a cart, with quantity and remove buttons.
    Lines,
    /// The links at the foot.
    Footer,
}

/// A page.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) kind: PageKind,
    pub(super) product: Option<u32>,
    pub(super) doc_h: f64,
    pub(super) parts: Vec<(Part, Area)>,
}

/// Things of the header, from the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Icon {
    Logo,
    Menu,
    Search,
    Account,
    Cart,
}

impl Icon {
    /// Its box, in viewport coordinates while the page is at its top or the header is sticky.
    pub(super) fn area(self, shop: &Shop) -> Area {
        let left = (shop.w - shop.column) / 2.0;
        let (at, w) = match self {
            Icon::Logo => (0.02, 0.08),
            Icon::Menu => (0.22, 0.3),
            Icon::Search => (0.6, 0.2),
            Icon::Account => (0.88, 0.03),
            Icon::Cart => (0.95, 0.03),
        };
        let h = (shop.header * 0.4).max(24.0);
        let area = Area { x: left + at * shop.column, y: (shop.header - h) * 0.6, w: (w * shop.column).max(24.0), h };
        if shop.layout == Layout::HeldOut { area.mirrored(shop.w) } else { area }
    }
}

/// Sets parts one under the other.
struct Builder<'a> {
    rng: &'a mut Rng,
    left: f64,
    width: f64,
    y: f64,
    parts: Vec<(Part, Area)>,
}

impl Builder<'_> {
    fn add(&mut self, part: Part, h: f64) {
        self.add_at(part, self.left, self.width, h);
        self.y += h + whole(self.rng.between(8.0, 28.0));
    }

    fn add_at(&mut self, part: Part, x: f64, w: f64, h: f64) {
        self.parts.push((part, Area { x: whole(x), y: self.y, w: whole(w), h: whole(h) }));
    }

    fn line(&mut self, part: Part) {
        let h = self.rng.between(26.0, 60.0);
        self.add(part, h);
    }

    fn maybe(&mut self, p: f64, section: Section) {
        // a page marks a section once
        let there = self.parts.iter().any(|(part, _)| *part == Part::Marked(section));
        if self.rng.chance(p) && !there {
            self.line(Part::Marked(section));
        }
    }

    fn text(&mut self, low: f64, high: f64) {
        let h = self.rng.between(low, high);
        self.add(Part::Text, h);
    }

    fn cards(&mut self, shop: &Shop, rows: u32) {
        let w = self.width / f64::from(shop.cards);
        for _ in 0..rows {
            for column in 0..shop.cards {
                let product = self.rng.whole(0, shop.products() - 1);
                self.add_at(Part::Card(product), self.left + w * f64::from(column) + 8.0, w - 16.0, shop.card_h);
            }
            self.y += shop.card_h + 16.0;
        }
    }

    /// Moves on to a column that takes `share` of the width, beginning at `from`; gives back what it was.
    fn column(&mut self, from: f64, share: f64) -> (f64, f64) {
        let was = (self.left, self.width);
        self.left += from * self.width;
        self.width *= share;
        was
    }

    fn uncolumn(&mut self, was: (f64, f64)) {
        (self.left, self.width) = was;
    }
}

impl Page {
    /// Lays out a page of this kind; `product` for product pages, `policy` the section a policy page is about.
    pub(super) fn draw(rng: &mut Rng, shop: &Shop, kind: PageKind, product: Option<u32>, policy: Section) -> Page {
        let wide = shop.w > 700.0;
        let top = shop.header + whole(rng.between(16.0, 60.0));
        let left = (shop.w - shop.column) / 2.0;
        let mut b = Builder { rng, left, width: shop.column, y: top, parts: Vec::with_capacity(48) };
        match kind {
            PageKind::Home => {
                let h = b.rng.between(0.4, 0.8) * shop.h;
                b.add(Part::Media, h);
                let rows = b.rng.whole(1, 3);
                b.cards(shop, rows);
                b.text(120.0, 500.0);
                b.cards(shop, 1);
            }
            PageKind::Category | PageKind::Search => {
                b.text(40.0, 110.0);
                let rows = b.rng.whole(2, 8);
                b.cards(shop, rows);
            }
            PageKind::Product => product_page(&mut b, shop, wide),
            PageKind::Cart => {
                let was = if wide { b.column(0.0, 0.62) } else { (b.left, b.width) };
                let h = b.rng.between(120.0, 420.0);
                b.add(Part::Lines, h);
                let beside = b.y;
                b.uncolumn(was);
                let was = if wide { b.column(0.67, 0.33) } else { was };
                b.y = if wide { top } else { beside };
                b.maybe(0.75, Section::Coupon);
                b.maybe(0.85, Section::Shipping);
                b.maybe(0.3, Section::Delivery);
                b.line(Part::Marked(Section::Total));
                b.line(Part::Button);
                b.maybe(0.6, Section::Payment);
                b.maybe(0.35, Section::Returns);
                b.uncolumn(was);
                b.y = b.y.max(beside) + 40.0;
                b.cards(shop, 1);
            }
            PageKind::Checkout => {
                let was = if wide { b.column(0.0, 0.58) } else { (b.left, b.width) };
                b.line(Part::Marked(Section::Account));
                b.line(Part::Field(FieldType::Email));
                for _ in 0..3 {
                    b.line(Part::Field(FieldType::Address));
                }
                b.line(Part::Field(FieldType::Other));
                b.maybe(0.8, Section::Delivery);
                b.line(Part::Button);
                let beside = b.y;
                b.uncolumn(was);
                let was = if wide { b.column(0.63, 0.37) } else { was };
                b.y = if wide { top } else { beside };
                b.add(Part::Lines, 140.0);
                b.maybe(0.5, Section::Coupon);
                b.line(Part::Marked(Section::Shipping));
                b.line(Part::Marked(Section::Total));
                b.uncolumn(was);
                b.y = b.y.max(beside);
            }
            PageKind::Payment => {
                let was = if wide { b.column(0.1, 0.6) } else { (b.left, b.width) };
                b.add(Part::Marked(Section::Payment), 120.0);
                for _ in 0..3 {
                    b.line(Part::Field(FieldType::Card));
                }
                b.line(Part::Marked(Section::Total));
                b.line(Part::Button);
                b.text(40.0, 100.0);
                b.uncolumn(was);
            }
            PageKind::Policy => {
                b.text(60.0, 300.0);
                let h = b.rng.between(300.0, 1_200.0);
                b.add(Part::Marked(policy), h);
                b.text(200.0, 1_500.0);
            }
            PageKind::Account => {
                let h = b.rng.between(80.0, 200.0);
                b.add(Part::Marked(Section::Account), h);
                b.line(Part::Field(FieldType::Email));
                b.line(Part::Field(FieldType::Account));
                b.line(Part::Button);
            }
            PageKind::Thanks => {
                b.text(150.0, 400.0);
                b.cards(shop, 1);
            }
        }
        b.left = 0.0;
        b.width = shop.w;
        let foot = b.rng.between(160.0, 480.0);
        b.add(Part::Footer, foot);
        let doc_h = whole(b.y.max(shop.h));
        let mut parts = b.parts;
        if shop.layout == Layout::HeldOut {
            for (_, area) in &mut parts {
                *area = area.mirrored(shop.w);
            }
        }
        Page { kind, product, doc_h, parts }
    }

    /// The largest scroll offset.
    pub(super) fn deepest(&self, shop: &Shop) -> f64 {
        (self.doc_h - shop.h).max(0.0)
    }

    /// The first part that is this.
    pub(super) fn find(&self, part: Part) -> Option<Area> {
        self.parts.iter().find(|(what, _)| *what == part).map(|(_, area)| *area)
    }
}

fn product_page(b: &mut Builder, shop: &Shop, wide: bool) {
    let top = b.y;
    let was = if wide { b.column(0.0, 0.52) } else { (b.left, b.width) };
    let h = if wide { b.rng.between(380.0, 640.0) } else { shop.w * 0.9 };
    b.add(Part::Media, h);
    let beside = b.y;
    b.uncolumn(was);
    let was = if wide { b.column(0.56, 0.42) } else { was };
    b.y = if wide { top } else { beside };
    b.text(40.0, 90.0);
    b.line(Part::Marked(Section::Price));
    let reviews_first = b.rng.chance(0.3);
    b.maybe(0.7, Section::Size);
    b.line(Part::Button);
    match shop.layout {
        Layout::Usual => {
            terms(b);
            b.uncolumn(was);
            b.y = b.y.max(beside);
        }
        Layout::HeldOut => {
            b.uncolumn(was);
            b.y = b.y.max(beside);
            terms(b);
        }
    }
    if reviews_first {
        let h = b.rng.between(250.0, 900.0);
        b.add(Part::Marked(Section::Reviews), h);
    }
    b.text(150.0, 900.0);
    if !reviews_first && b.rng.chance(0.7) {
        let h = b.rng.between(250.0, 900.0);
        b.add(Part::Marked(Section::Reviews), h);
    }
    b.cards(shop, 1);
}

/// The small print, in an order of the shop's own.
fn terms(b: &mut Builder) {
    for _ in 0..2 {
        match b.rng.whole(0, 3) {
            0 => b.maybe(0.9, Section::Shipping),
            1 => b.maybe(0.9, Section::Delivery),
            2 => b.maybe(0.9, Section::Returns),
            _ => b.maybe(0.9, Section::Payment),
        }
    }
    for section in [Section::Shipping, Section::Delivery, Section::Returns, Section::Payment] {
        b.maybe(0.8, section);
    }
}
