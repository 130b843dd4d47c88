//! What the shop and the page tell of themselves.

use bytemuck::{Pod, Zeroable};

use super::Consent;

/// What the shop has said about itself. A fact that was not given is NaN; money is in the shop's currency.
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
    };

    /// Names of the facts as recordings write them, in the order of [`Facts::values`].
    pub const NAMES: [&'static str; 8] = [
        "free_shipping_from",
        "shipping_price",
        "delivery_days",
        "returns_days",
        "instalments",
        "price_promise",
        "guest_checkout",
        "usual_order",
    ];

    /// The facts in the order of [`Facts::NAMES`].
    #[must_use]
    pub fn values(&self) -> &[f64; 8] {
        bytemuck::cast_ref(self)
    }

    /// The same facts, for changing one by its place in [`Facts::NAMES`].
    pub fn values_mut(&mut self) -> &mut [f64; 8] {
        bytemuck::cast_mut(self)
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
