//! What is in the cart, and what the shopper did to it.

use bytemuck::{Pod, Zeroable};

use crate::signal::{CartOp, ItemId};

/// Products remembered; the oldest makes room.
const ITEMS: usize = 8;

/// What the shopper did with one product of this session.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Item {
    id: u32,
    views: u16,
    adds: u8,
    removes: u8,
}

impl Item {
    fn is_used(&self) -> bool {
        self.views > 0 || (self.adds | self.removes) > 0
    }
}

/// The cart as the shop's signals tell it.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct CartState {
    /// Total in the shop's currency; NaN before the shop told one.
    pub(crate) value: f64,
    items: [Item; ITEMS],
    /// The place of the next new product.
    next: u32,
    pub(crate) adds: u32,
    pub(crate) removes: u32,
    pub(crate) coupons_failed: u32,
}

impl CartState {
    fn item(&mut self, id: ItemId) -> &mut Item {
        let known = self.items.iter().position(|item| item.is_used() && item.id == id.0);
        let place = known.unwrap_or_else(|| {
            let place = self.next as usize % ITEMS;
            self.next = place as u32 + 1;
            self.items[place] = Item { id: id.0, views: 0, adds: 0, removes: 0 };
            place
        });
        &mut self.items[place]
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
            && let Some(id) = item
        {
            let item = self.item(id);
            let count = if op == CartOp::Add { &mut item.adds } else { &mut item.removes };
            *count = count.saturating_add(1);
        }
        if !value.is_nan() {
            self.value = value;
        }
    }

    /// A product was looked at.
    pub(crate) fn view(&mut self, item: Option<ItemId>) {
        if let Some(id) = item {
            let item = self.item(id);
            item.views = item.views.saturating_add(1);
        }
    }

    /// The most views of one product that is not in the cart, and how often one was put in and taken out again, at most.
    pub(crate) fn repeats(&self) -> (u32, u32) {
        let (mut views, mut flips) = (0, 0);
        for item in &self.items {
            if item.adds <= item.removes {
                views = views.max(u32::from(item.views));
            }
            flips = flips.max(u32::from(item.adds.min(item.removes)));
        }
        (views, flips)
    }
}
