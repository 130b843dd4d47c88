//! The shop that is visited: its facts, its products, and the style its pages are laid out in. Drawn once a visit.

use super::Layout;
use super::rng::Rng;
use crate::reason::Reason;
use crate::signal::{Facts, ItemId};

/// Products a shop has in the simulation: more than one visit can see.
const PRODUCTS: usize = 24;

/// A shop.
#[derive(Debug, Clone)]
pub(super) struct Shop {
    pub(super) facts: Facts,
    prices: [f64; PRODUCTS],
    salt: u32,
    /// Viewport of this visitor's window, px.
    pub(super) w: f64,
    pub(super) h: f64,
    /// Header height, px, and whether it stays in view.
    pub(super) header: f64,
    pub(super) sticky: bool,
    pub(super) layout: Layout,
    /// Width of the content column, px.
    pub(super) column: f64,
    /// Product cards in a row, and the height of one.
    pub(super) cards: u32,
    pub(super) card_h: f64,
    /// Pages change without loading a document.
    pub(super) single_page: bool,
    /// Median time a page takes to load, ms.
    pub(super) load_ms: f64,
}

/// Common desktop viewports, with the window's own bars taken off (chosen after public screen statistics).
const WINDOWS: [((f64, f64), f64); 9] = [
    ((1920.0, 947.0), 0.24),
    ((1536.0, 730.0), 0.18),
    ((1366.0, 643.0), 0.14),
    ((1440.0, 789.0), 0.1),
    ((1280.0, 632.0), 0.1),
    ((2560.0, 1297.0), 0.08),
    ((1680.0, 915.0), 0.07),
    ((1600.0, 789.0), 0.05),
    ((1100.0, 700.0), 0.04),
];

impl Shop {
    /// Draws a shop and the window it is seen in.
    pub(super) fn draw(rng: &mut Rng, touch: bool, layout: Layout) -> Shop {
        let (w, h) = if touch {
            (rng.between(360.0, 430.0), rng.between(600.0, 800.0))
        } else {
            let (w, h) = rng.pick(WINDOWS);
            // not every window is maximised, and bars differ
            let part = if rng.chance(0.3) { rng.between(0.7, 1.0) } else { 1.0 };
            (w * part, (h + rng.normal(0.0, 25.0)) * if part < 1.0 { rng.between(0.8, 1.0) } else { 1.0 })
        };
        let (w, h) = (whole(w), whole(h));
        let level = rng.lognormal(45.0, 0.8);
        let mut prices = [0.0; PRODUCTS];
        for price in &mut prices {
            *price = cents(rng.lognormal(level, 0.45).clamp(3.0, 5_000.0));
        }
        let mut shop = Shop {
            facts: facts(rng, level),
            prices,
            salt: (rng.unit() * 4e9) as u32,
            w,
            h,
            header: whole(if touch { rng.between(48.0, 72.0) } else { rng.between(60.0, 150.0) }),
            // small screens mostly keep the header, or bring it back at the first scroll up
            sticky: rng.chance(if touch { 0.85 } else { 0.6 }),
            column: if touch {
                w - 24.0
            } else {
                whole((w * rng.between(0.75, 0.95)).min(rng.between(1100.0, 1440.0)))
            },
            cards: if touch { rng.whole(1, 2) } else { rng.whole(3, 5) },
            card_h: whole(rng.between(260.0, 460.0)),
            layout,
            single_page: rng.chance(0.25),
            load_ms: rng.lognormal(500.0, 0.5).clamp(80.0, 3_000.0),
        };
        if layout == Layout::HeldOut {
            (shop.header, shop.cards, shop.card_h) = (whole(shop.header * 1.5), 1, whole(shop.card_h * 0.5));
        }
        shop
    }

    /// Makes the shop give cause for a doubt more often than shops do on average.
    pub(super) fn provoke(&mut self, rng: &mut Rng, reason: Reason) {
        if rng.chance(0.35) {
            return;
        }
        let usual = self.prices.iter().sum::<f64>() / PRODUCTS as f64;
        match reason {
            Reason::ShippingCost => {
                self.facts.free_shipping_from = whole(usual * rng.between(1.3, 2.6) / 5.0) * 5.0;
                self.facts.shipping_price = cents(rng.between(4.0, 12.0));
            }
            Reason::DeliveryTime => self.facts.delivery_days = f64::from(rng.whole(5, 21)),
            Reason::Returns => self.facts.returns_days = f64::from(rng.whole(7, 14)),
            Reason::AccountRequired => self.facts.guest_checkout = 0.0,
            Reason::Affordability | Reason::TotalCost => {
                let dear = rng.between(1.3, 3.0);
                for price in &mut self.prices {
                    *price = cents(*price * dear);
                }
            }
            Reason::Fit
            | Reason::Comparison
            | Reason::PaymentTrust
            | Reason::CheckoutFriction
            | Reason::Technical
            | Reason::Indecision
            | Reason::Distraction
            | Reason::Unsure => {}
        }
    }

    /// How many products there are.
    pub(super) fn products(&self) -> u32 {
        PRODUCTS as u32
    }

    /// What a product costs.
    pub(super) fn price(&self, product: u32) -> f64 {
        self.prices[product as usize % PRODUCTS]
    }

    /// The id under which the page knows a product.
    pub(super) fn item(&self, product: u32) -> ItemId {
        ItemId(self.salt.wrapping_add(product.wrapping_mul(0x9e37_79b9)))
    }
}

fn facts(rng: &mut Rng, level: f64) -> Facts {
    let mut facts = Facts::NONE;
    if rng.chance(0.7) {
        // thresholds lie somewhat above a usual order, to raise it
        facts.free_shipping_from = whole((level * rng.between(1.0, 2.4)) / 5.0) * 5.0;
    }
    if rng.chance(0.8) {
        facts.shipping_price = rng.pick([(2.95, 0.2), (3.95, 0.25), (4.95, 0.3), (5.95, 0.15), (7.9, 0.1)]);
    }
    if rng.chance(0.7) {
        facts.delivery_days = f64::from(rng.whole(1, 9));
    }
    if rng.chance(0.75) {
        facts.returns_days = rng.pick([(14.0, 0.3), (30.0, 0.5), (60.0, 0.1), (100.0, 0.1)]);
    }
    if rng.chance(0.5) {
        facts.instalments = f64::from(rng.whole(2, 6));
    }
    if rng.chance(0.2) {
        facts.price_promise = rng.pick([(0.0, 0.3), (14.0, 0.4), (30.0, 0.3)]);
    }
    if rng.chance(0.7) {
        facts.guest_checkout = f64::from(u8::from(rng.chance(0.65)));
    }
    if rng.chance(0.4) {
        facts.usual_order = cents(level * rng.lognormal(1.3, 0.4));
    }
    facts
}

/// Rounded to whole units, half up; for values that are not negative.
pub(super) fn whole(v: f64) -> f64 {
    f64::from((v + 0.5).clamp(0.0, 4e9) as u32)
}

/// Rounded to hundredths.
pub(super) fn cents(v: f64) -> f64 {
    whole(v * 100.0) / 100.0
}
