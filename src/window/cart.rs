//! What is in the cart, and what the shopper did to it.

use crate::archive::archived;
use crate::signal::{CartOp, ItemId};

/// Products remembered; the oldest makes room.
const ITEMS: usize = 8;

/// One product of this session.
#[derive(Debug, Clone, Copy)]
struct Item {
    id: u32,
    views: u8,
    adds: u8,
    removes: u8,
}

archived!(Item { id, views, adds, removes });

impl Item {
    const NONE: Item = Item { id: 0, views: 0, adds: 0, removes: 0 };

    fn is_used(&self) -> bool {
        (self.views | self.adds | self.removes) > 0
    }
}

/// The cart as the shop's signals tell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CartState {
    items: [Item; ITEMS],
    next: u8,
    /// Total in the shop's currency; NaN before the shop told one.
    pub(crate) value: f64,
    pub(crate) adds: u32,
    pub(crate) removes: u32,
    pub(crate) coupons_failed: u32,
}

archived!(CartState { items, next, value, adds, removes, coupons_failed });

impl CartState {
    pub(crate) fn new() -> CartState {
        CartState { items: [Item::NONE; ITEMS], next: 0, value: f64::NAN, adds: 0, removes: 0, coupons_failed: 0 }
    }

    fn item(&mut self, id: ItemId) -> Option<&mut Item> {
        let index = match self.items.iter().position(|item| item.is_used() && item.id == id.0) {
            Some(index) => index,
            None => {
                let index = usize::from(self.next) % ITEMS;
                self.next = ((index + 1) % ITEMS) as u8;
                *self.items.get_mut(index)? = Item { id: id.0, ..Item::NONE };
                index
            }
        };
        self.items.get_mut(index)
    }

    /// The cart changed.
    pub(crate) fn change(&mut self, op: CartOp, item: Option<ItemId>, value: f64) {
        match op {
            CartOp::Add => self.adds = self.adds.saturating_add(1),
            CartOp::Remove => self.removes = self.removes.saturating_add(1),
            CartOp::CouponFailed => self.coupons_failed = self.coupons_failed.saturating_add(1),
            CartOp::Quantity | CartOp::Coupon => {}
        }
        // other changes say nothing of a product, and must not make those that are remembered give way
        if matches!(op, CartOp::Add | CartOp::Remove)
            && let Some(item) = item.and_then(|id| self.item(id))
        {
            let count = if op == CartOp::Add { &mut item.adds } else { &mut item.removes };
            *count = count.saturating_add(1);
        }
        if !value.is_nan() {
            self.value = value;
        }
    }

    /// A product was looked at.
    pub(crate) fn view(&mut self, item: Option<ItemId>) {
        if let Some(item) = item.and_then(|id| self.item(id)) {
            item.views = item.views.saturating_add(1);
        }
    }

    /// The most views of one product that is not in the cart.
    pub(crate) fn repeat_views(&self) -> u32 {
        self.items.iter().filter(|item| item.adds <= item.removes).map(|item| u32::from(item.views)).max().unwrap_or(0)
    }

    /// How often one product was put in and taken out again, at most.
    pub(crate) fn flips(&self) -> u32 {
        self.items.iter().map(|item| u32::from(item.adds.min(item.removes))).max().unwrap_or(0)
    }
}
