//! What the shop and the page tell of themselves.

use bytemuck::{Pod, Zeroable};

use super::Consent;

/// How many facts there are.
const FACTS: usize = 21;

/// What the shop has said about itself, its offers and the shopper. A fact that was not given is NaN; money is in the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Facts {
    /// Cart total from which shipping is free.
    pub free_shipping_from: f64,
    /// Price of shipping below that.
    pub shipping_price: f64,
    /// Days until delivery, at most.
    pub delivery_days: f64,
    /// Days within which goods can be returned.
    pub returns_days: f64,
    /// Number of instalments the cart can be paid in.
    pub instalments: f64,
    /// Days for which a lower price elsewhere is refunded; 0 when promised without an end.
    pub price_promise: f64,
    /// 1 when no account is needed to order, 0 when one is.
    pub guest_checkout: f64,
    /// The shopper's usual order value.
    pub usual_order: f64,
    /// The shopper's orders so far, as the shop knows.
    pub order_count: f64,
    /// Days since the last of them.
    pub last_order_days: f64,
    /// The cart's margin as a share of its total, 0..1.
    pub margin: f64,
    /// The shopper's segment: [`ItemId`](super::ItemId) of the shop's own word for it.
    pub segment: f64,
    /// The discount a card may give, as a share of the cart, 0..1.
    pub discount: f64,
    /// The margin that has to be left after it, as a share of the cart's total, 0..1.
    pub margin_floor: f64,
    /// How many ways to pay there are.
    pub payment_methods: f64,
    /// Pieces left of what is shown.
    pub stock: f64,
    /// Pieces of it that were sold lately.
    pub sold: f64,
    /// The shopper's loyalty points.
    pub loyalty_points: f64,
    /// How many alternatives to what is shown the shop names.
    pub alternatives: f64,
    /// 1 when somebody can be talked to here.
    pub chat: f64,
    /// 1 when the shop can keep the cart for later.
    pub save_cart: f64,
}

impl Facts {
    /// No fact given.
    pub const NONE: Facts = Facts {
        free_shipping_from: f64::NAN,
        shipping_price: f64::NAN,
        delivery_days: f64::NAN,
        returns_days: f64::NAN,
        instalments: f64::NAN,
        price_promise: f64::NAN,
        guest_checkout: f64::NAN,
        usual_order: f64::NAN,
        order_count: f64::NAN,
        last_order_days: f64::NAN,
        margin: f64::NAN,
        segment: f64::NAN,
        discount: f64::NAN,
        margin_floor: f64::NAN,
        payment_methods: f64::NAN,
        stock: f64::NAN,
        sold: f64::NAN,
        loyalty_points: f64::NAN,
        alternatives: f64::NAN,
        chat: f64::NAN,
        save_cart: f64::NAN,
    };

    /// Names of the facts as recordings write them, in the order of [`Facts::values`].
    pub const NAMES: [&'static str; FACTS] = [
        "free_shipping_from",
        "shipping_price",
        "delivery_days",
        "returns_days",
        "instalments",
        "price_promise",
        "guest_checkout",
        "usual_order",
        "order_count",
        "last_order_days",
        "margin",
        "segment",
        "discount",
        "margin_floor",
        "payment_methods",
        "stock",
        "sold",
        "loyalty_points",
        "alternatives",
        "chat",
        "save_cart",
    ];

    /// The facts in the order of [`Facts::NAMES`].
    #[must_use]
    pub fn values(&self) -> &[f64; FACTS] {
        bytemuck::cast_ref(self)
    }

    /// The same facts, for changing one by its place in [`Facts::NAMES`].
    pub fn values_mut(&mut self) -> &mut [f64; FACTS] {
        bytemuck::cast_mut(self)
    }

    /// The place of a fact among [`Facts::NAMES`]; 255 where there is none of that name.
    pub(crate) const fn place(name: &str) -> u8 {
        let mut place = 0;
        while place < FACTS {
            if super::fnv1a(Facts::NAMES[place].as_bytes()) == super::fnv1a(name.as_bytes()) {
                return place as u8;
            }
            place += 1;
        }
        u8::MAX
    }

    /// Takes over every fact that `newer` gives.
    pub fn update(&mut self, newer: &Facts) {
        let (mine, theirs) = (self.values_mut(), newer.values());
        for (fact, theirs) in theirs.iter().enumerate() {
            if !theirs.is_nan() {
                mine[fact] = *theirs;
            }
        }
    }
}

/// Page state the policy reads. `None` where a signal does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageState {
    /// The shopper is typing in a field.
    pub typing: Option<bool>,
    /// Another dialog is open.
    pub dialog: Option<bool>,
    /// What the shopper has allowed.
    pub consent: Option<Consent>,
}
