//! The cart and the way through the checkout.

use super::page::{Area, Icon, Part};
use super::visitor::Visitor;
use crate::signal::{CartOp, FieldAction, FieldType, PageKind, Section, SignalKind, Target};

impl Visitor {
    fn write_cart(&mut self, op: CartOp, product: Option<u32>, qty: u32) {
        let item = product.map(|product| self.shop.item(product));
        let value = self.cart_value();
        self.now += self.rng.lognormal(180.0, 0.4);
        self.rec.push_marked(self.now, SignalKind::Cart { op, item, qty: qty as f32, value });
    }

    /// Puts the product of this page into the cart.
    pub(super) fn add(&mut self) {
        let Some(product) = self.page.product else { return };
        if let Some(area) = self.page.find(Part::Button) {
            self.press(area, Target::Button);
        }
        let qty = match self.cart.iter_mut().find(|line| line.0 == product) {
            Some(line) => {
                line.1 = (line.1 + 1).min(9);
                line.1
            }
            None => {
                self.cart.push((product, 1));
                1
            }
        };
        self.write_cart(CartOp::Add, Some(product), qty);
        let look = self.pause(1_200.0, 0.5);
        self.rest(look);
    }

    /// A place on the cart's lines, where the remove and quantity buttons are.
    fn line(&mut self) -> Option<Area> {
        let lines = self.page.find(Part::Lines)?;
        let y = lines.y + lines.h * self.rng.between(0.1, 0.9);
        Some(Area { x: lines.x + lines.w * 0.85, y, w: 28.0, h: 24.0 })
    }

    /// Takes the last product out again.
    pub(super) fn remove(&mut self) {
        if let Some(area) = self.line() {
            self.press(area, Target::Button);
        }
        if let Some((product, _)) = self.cart.pop() {
            self.write_cart(CartOp::Remove, Some(product), 0);
        }
        let look = self.pause(900.0, 0.5);
        self.rest(look);
    }

    /// Puts a product back that was removed, by the undo link every cart has.
    pub(super) fn put_back(&mut self, product: u32) {
        if let Some(area) = self.line() {
            self.press(area, Target::Link);
        }
        self.cart.push((product, 1));
        self.write_cart(CartOp::Add, Some(product), 1);
    }

    /// One more or one fewer of a product.
    pub(super) fn change_quantity(&mut self) {
        if let Some(area) = self.line() {
            self.press(area, Target::Button);
        }
        let more = self.rng.chance(0.5);
        if let Some(line) = self.cart.last_mut() {
            line.1 = if more { (line.1 + 1).min(9) } else { (line.1 - 1).max(1) };
            let (product, qty) = *line;
            self.write_cart(CartOp::Quantity, Some(product), qty);
        }
    }

    /// Tries a coupon.
    pub(super) fn try_coupon(&mut self, works: bool) {
        let Some(area) = self.page.find(Part::Marked(Section::Coupon)) else { return };
        self.press(area, Target::Field);
        self.state_typing(true);
        let letters = self.rng.whole(5, 10);
        self.type_keys(letters);
        self.state_typing(false);
        self.write_cart(if works { CartOp::Coupon } else { CartOp::CouponFailed }, None, 1);
        let look = self.pause(1_500.0, 0.5);
        self.rest(look);
    }

    /// To the cart, through the icon at the top.
    pub(super) fn open_cart(&mut self) {
        self.press_icon(Icon::Cart);
        let policy = self.any_policy();
        self.turn(PageKind::Cart, None, policy);
    }

    /// Presses the page's main button and goes on to the next step.
    pub(super) fn go_on(&mut self, to: PageKind) {
        if let Some(area) = self.page.find(Part::Button) {
            self.press(area, Target::Button);
        }
        let policy = self.any_policy();
        self.turn(to, None, policy);
    }

    /// Fills in one field; `trouble` is the chance that it is refused.
    pub(super) fn fill(&mut self, field: FieldType, area: Area, trouble: f64) {
        self.press(area, Target::Field);
        self.rec.push_marked(self.now, SignalKind::Field { what: FieldAction::Focus, field });
        self.state_typing(true);
        let letters = match field {
            FieldType::Email => self.rng.whole(12, 24),
            FieldType::Card => self.rng.whole(4, 16),
            _ => self.rng.whole(5, 18),
        };
        // many fields are filled in by the browser
        if self.rng.chance(0.35) {
            let wait = self.pause(700.0, 0.4);
            self.now += wait;
        } else {
            self.type_keys(letters);
        }
        self.state_typing(false);
        self.rec.push_marked(self.now, SignalKind::Field { what: FieldAction::Leave, field });
        if self.rng.chance(trouble) {
            self.now += self.rng.lognormal(300.0, 0.5);
            self.rec.push_marked(self.now, SignalKind::Field { what: FieldAction::Error, field });
            let look = self.pause(1_800.0, 0.4);
            self.attend(area, look, 0.5);
        }
    }

    /// Fills in the fields of this page, `share` of them.
    pub(super) fn fill_in(&mut self, share: f64, trouble: f64) {
        let fields: Vec<(FieldType, Area)> = self
            .page
            .parts
            .iter()
            .filter_map(|(part, area)| if let Part::Field(field) = part { Some((*field, *area)) } else { None })
            .collect();
        let count = (fields.len() as f64 * share + 0.5) as usize;
        for (field, area) in fields.into_iter().take(count) {
            self.fill(field, area, trouble);
        }
    }

    /// Pays: the order is placed.
    pub(super) fn pay(&mut self) {
        if let Some(area) = self.page.find(Part::Button) {
            self.press(area, Target::Button);
        }
        self.now += self.rng.lognormal(1_800.0, 0.4);
        let value = self.cart_value();
        self.rec.push(self.now, SignalKind::Purchase { value });
        let policy = self.any_policy();
        self.turn(PageKind::Thanks, None, policy);
    }
}
