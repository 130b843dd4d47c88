//! What each of the thirteen doubts makes a shopper do at the page where it bites. Buyers have doubts too: with
//! less of it, and they go on.

use super::page::Part;
use super::visitor::Visitor;
use crate::reason::Reason;
use crate::signal::{Copied, FieldAction, FieldType, PageKind, Section, SignalKind, Target, Trouble};

/// Why shoppers abandon carts, as they say when asked, roughly after Baymard Institute's surveys (extra costs 39–48 %,
/// account 19–26 %, delivery 21–23 %, trust 19–25 %, long checkout 18–22 %, returns 15–18 %, errors 15–17 %), brought
/// closer together so that rare doubts are learnt too; comparison, fit, indecision and distraction are chosen.
pub(super) const MIX: [(Reason, f64); 13] = [
    (Reason::ShippingCost, 1.5),
    (Reason::TotalCost, 0.9),
    (Reason::DeliveryTime, 1.0),
    (Reason::Returns, 1.0),
    (Reason::Fit, 0.9),
    (Reason::Affordability, 1.1),
    (Reason::Comparison, 1.6),
    (Reason::PaymentTrust, 0.8),
    (Reason::AccountRequired, 0.8),
    (Reason::CheckoutFriction, 0.8),
    (Reason::Technical, 0.7),
    (Reason::Indecision, 1.0),
    (Reason::Distraction, 1.2),
];

/// Where a doubt bites: the page, by weight.
pub(super) fn stage(reason: Reason) -> [(PageKind, f64); 4] {
    use PageKind::{Cart, Category, Checkout, Payment, Product};
    match reason {
        Reason::ShippingCost => [(Product, 0.3), (Cart, 0.45), (Checkout, 0.25), (Payment, 0.0)],
        Reason::TotalCost => [(Product, 0.0), (Cart, 0.5), (Checkout, 0.35), (Payment, 0.15)],
        Reason::DeliveryTime => [(Product, 0.45), (Cart, 0.2), (Checkout, 0.35), (Payment, 0.0)],
        Reason::Returns => [(Product, 0.75), (Cart, 0.25), (Checkout, 0.0), (Payment, 0.0)],
        Reason::Fit => [(Product, 0.95), (Cart, 0.05), (Checkout, 0.0), (Payment, 0.0)],
        Reason::Affordability => [(Product, 0.5), (Cart, 0.3), (Checkout, 0.1), (Payment, 0.1)],
        Reason::Comparison => [(Product, 0.85), (Cart, 0.15), (Checkout, 0.0), (Payment, 0.0)],
        Reason::PaymentTrust => [(Cart, 0.15), (Checkout, 0.25), (Payment, 0.6), (Product, 0.0)],
        Reason::AccountRequired => [(Checkout, 1.0), (Cart, 0.0), (Payment, 0.0), (Product, 0.0)],
        Reason::CheckoutFriction => [(Checkout, 0.6), (Payment, 0.4), (Cart, 0.0), (Product, 0.0)],
        Reason::Technical => [(Product, 0.3), (Cart, 0.2), (Checkout, 0.2), (Payment, 0.3)],
        Reason::Indecision => [(Product, 0.35), (Cart, 0.55), (Category, 0.1), (Payment, 0.0)],
        Reason::Distraction | Reason::Unsure => [(Product, 0.4), (Category, 0.35), (Cart, 0.15), (Checkout, 0.1)],
    }
}

/// The sections a doubt draws the eye to, and how much more than usual.
pub(super) fn drawn_to(reason: Reason) -> &'static [(Section, f64)] {
    match reason {
        Reason::ShippingCost => &[(Section::Shipping, 6.0), (Section::Total, 1.6)],
        Reason::TotalCost => &[(Section::Total, 4.0), (Section::Coupon, 4.0), (Section::Shipping, 1.5)],
        Reason::DeliveryTime => &[(Section::Delivery, 7.0), (Section::Shipping, 1.5)],
        Reason::Returns => &[(Section::Returns, 9.0), (Section::Reviews, 1.5)],
        Reason::Fit => &[(Section::Size, 6.0), (Section::Reviews, 2.5), (Section::Returns, 1.5)],
        Reason::Affordability => &[(Section::Price, 3.0), (Section::Payment, 6.0), (Section::Total, 2.0)],
        Reason::Comparison => &[(Section::Price, 3.0), (Section::Reviews, 2.0)],
        Reason::PaymentTrust => &[(Section::Payment, 6.0)],
        Reason::AccountRequired => &[(Section::Account, 6.0)],
        Reason::Indecision => &[(Section::Reviews, 2.0), (Section::Price, 1.5)],
        Reason::CheckoutFriction | Reason::Technical | Reason::Distraction | Reason::Unsure => &[],
    }
}

impl Visitor {
    /// Reads a marked section if this page has it, for about `ms`. People who worry about a line point at it more
    /// often than not.
    fn study(&mut self, section: Section, ms: f64) -> bool {
        let Some(area) = self.page.find(Part::Marked(section)) else { return false };
        let look = self.pause(ms, 0.45);
        self.attend(area, look, 0.75);
        self.try_out(Part::Marked(section), area);
        true
    }

    fn problem(&mut self, what: Trouble) {
        self.rec.push_marked(self.now, SignalKind::Problem { what });
        let look = self.pause(1_500.0, 0.5);
        self.rest(look);
    }

    /// Lives through a doubt on this page; `strength` 1 for one that makes the shopper leave, less for one that passes.
    pub(super) fn worry(&mut self, reason: Reason, strength: f64) {
        let rounds = 1 + u32::from(self.rng.chance(0.75 * strength)) + u32::from(self.rng.chance(0.35 * strength));
        let long = 0.5 + 0.5 * strength;
        for round in 0..rounds {
            match reason {
                Reason::ShippingCost => {
                    let total = self.rng.chance(0.5);
                    self.study(Section::Shipping, 4_500.0 * long);
                    if total {
                        self.study(Section::Total, 2_000.0);
                    }
                    if round == 0 && self.page.kind == PageKind::Product && self.rng.chance(0.2) {
                        self.open_policy(Section::Shipping);
                        self.study(Section::Shipping, 5_000.0 * long);
                    }
                }
                Reason::TotalCost => {
                    self.study(Section::Total, 4_000.0 * long);
                    if self.rng.chance(0.6) {
                        let works = strength < 1.0 && self.rng.chance(0.5);
                        self.try_coupon(works);
                    }
                    if self.page.kind == PageKind::Cart && self.cart.len() > 1 && self.rng.chance(0.4) {
                        self.remove();
                    }
                }
                Reason::DeliveryTime => {
                    self.study(Section::Delivery, 4_500.0 * long);
                    if self.rng.chance(0.3) {
                        self.study(Section::Shipping, 1_500.0);
                    }
                }
                Reason::Returns => {
                    let found = self.study(Section::Returns, 4_500.0 * long);
                    if round == 0 && (!found || self.rng.chance(0.3)) && self.page.kind != PageKind::Policy {
                        self.open_policy(Section::Returns);
                    }
                }
                Reason::Fit => {
                    self.study(Section::Size, 4_500.0 * long);
                    if self.rng.chance(0.5) {
                        self.study(Section::Reviews, 5_000.0);
                    }
                }
                Reason::Affordability => {
                    self.study(Section::Price, 2_500.0 * long);
                    self.study(Section::Payment, 3_500.0 * long);
                    self.study(Section::Total, 2_500.0 * long);
                }
                Reason::Comparison => self.compare(round, strength),
                Reason::PaymentTrust => {
                    self.study(Section::Payment, 4_500.0 * long);
                    if round == 0 && self.rng.chance(0.25) {
                        self.open_policy(Section::Payment);
                        self.study(Section::Payment, 4_000.0 * long);
                    }
                }
                Reason::AccountRequired => {
                    self.study(Section::Account, 3_500.0 * long);
                    self.hesitate_at(FieldType::Email);
                }
                Reason::CheckoutFriction => self.stumble(strength),
                Reason::Technical => self.meet_trouble(),
                Reason::Indecision => self.dither(),
                Reason::Distraction | Reason::Unsure => {
                    // eyes elsewhere: long rests between short looks
                    let ms = self.pause(5_000.0, 0.5);
                    self.rest(ms);
                    let ms = self.pause(2_500.0, 0.4);
                    self.view(ms, &[]);
                }
            }
            let ms = self.pause(1_800.0, 0.6);
            self.view(ms, drawn_to(reason));
        }
    }

    /// Copies the product's name, reads the price again, looks at the same product once more; switches tabs meanwhile
    /// (only with full strength: a doubt that passes doesn't lead away).
    fn compare(&mut self, round: u32, strength: f64) {
        self.study(Section::Price, 2_500.0);
        if !self.touch() && self.rng.chance(0.55) {
            let title = self.page.parts.iter().find(|(part, _)| *part == Part::Text).map(|(_, area)| *area);
            if let Some(area) = title {
                self.attend(area, 300.0, 1.0);
                self.select(true);
            }
        } else if self.rng.chance(0.3) {
            self.rec.push(self.now, SignalKind::Copy { what: Copied::Product });
        }
        if strength >= 1.0 && round == 0 && self.rng.chance(0.6) {
            self.step_away();
            self.study(Section::Price, 2_000.0);
        }
        if self.rng.chance(0.4) && self.page.kind == PageKind::Product {
            // away to another product, and back to this one
            let here = self.page.product;
            self.open_product(None);
            let ms = self.pause(6_000.0, 0.5);
            self.view(ms, drawn_to(Reason::Comparison));
            self.open_product(here);
        }
    }

    /// Goes to a field and leaves it empty.
    fn hesitate_at(&mut self, field: FieldType) {
        let Some(area) = self.page.find(Part::Field(field)) else { return };
        self.press(area, Target::Field);
        self.rec.push_marked(self.now, SignalKind::Field { what: FieldAction::Focus, field });
        let look = self.pause(2_000.0, 0.5);
        self.rest(look);
        self.rec.push_marked(self.now, SignalKind::Field { what: FieldAction::Leave, field });
    }

    /// Fields that are refused, and gone back to.
    fn stumble(&mut self, strength: f64) {
        let field = if self.page.kind == PageKind::Payment { FieldType::Card } else { FieldType::Address };
        if let Some(area) = self.page.find(Part::Field(field)) {
            self.fill(field, area, 0.5 + 0.4 * strength);
            if self.rng.chance(0.6) {
                self.fill(field, area, 0.5 * strength);
            }
        }
    }

    fn meet_trouble(&mut self) {
        let what = match self.page.kind {
            PageKind::Payment => Trouble::PaymentFailed,
            PageKind::Product => {
                self.rng.pick([(Trouble::OutOfStock, 0.5), (Trouble::Slow, 0.3), (Trouble::PageError, 0.2)])
            }
            _ => self.rng.pick([(Trouble::Slow, 0.5), (Trouble::PageError, 0.5), (Trouble::OutOfStock, 0.0)]),
        };
        if what == Trouble::Slow {
            let wait = self.rng.between(4_000.0, 9_000.0);
            self.rest(wait);
        } else if let Some(area) = self.page.find(Part::Button) {
            self.press(area, Target::Button);
        }
        self.problem(what);
        if self.rng.chance(0.5)
            && let Some(area) = self.page.find(Part::Button)
        {
            // and once more, harder
            self.press(area, Target::Button);
            for _ in 0..self.rng.whole(0, 3) {
                self.click(Target::Button);
            }
        }
    }

    /// In and out of the cart with the same thing; looking again at what was looked at.
    fn dither(&mut self) {
        match self.page.kind {
            PageKind::Cart => {
                if let Some(&(product, _)) = self.cart.last() {
                    self.remove();
                    let ms = self.pause(2_500.0, 0.5);
                    self.view(ms, &[]);
                    self.put_back(product);
                    if self.rng.chance(0.4) {
                        self.change_quantity();
                    }
                }
            }
            PageKind::Product => {
                self.study(Section::Price, 1_500.0);
                self.study(Section::Reviews, 3_000.0);
                if self.rng.chance(0.4) {
                    self.add();
                }
            }
            _ => {
                let ms = self.pause(4_000.0, 0.5);
                self.view(ms, &[]);
            }
        }
    }
}
