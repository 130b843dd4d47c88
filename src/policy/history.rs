//! What is known of a shopper from earlier visits.

use crate::recording::Header;

/// What the shop remembers of the shopper from earlier visits. Ages are at the session's start, ms; infinite or NaN: never.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Since a card was last shown, or held back for the holdout.
    pub shown_ago_ms: f64,
    /// Since the last order.
    pub purchased_ago_ms: f64,
    /// Cards dismissed, in all.
    pub dismissals: u32,
    /// Visits that left a cart behind and came back without an order.
    pub left_and_returned: u32,
    /// The shopper is in the holdout.
    pub held_out: bool,
    /// Since a play's card was last shown, or held back for the holdout.
    pub play_shown_ago_ms: f64,
    /// Visits, this one among them.
    pub visits: u32,
    /// Orders, before this visit.
    pub orders: u32,
    /// Total of the cart that the visit before left behind; 0: none.
    pub left_cart: f64,
}

impl History {
    /// A shopper never seen before.
    pub const NONE: History = History {
        shown_ago_ms: f64::INFINITY,
        purchased_ago_ms: f64::INFINITY,
        dismissals: 0,
        left_and_returned: 0,
        held_out: false,
        play_shown_ago_ms: f64::INFINITY,
        visits: 1,
        orders: 0,
        left_cart: 0.0,
    };
}

impl From<&Header> for History {
    /// What a recording tells of them; the rest is as of a shopper never seen before.
    fn from(header: &Header) -> History {
        let Header { visits, orders, left_cart, .. } = *header;
        History { visits: visits.saturating_add(1), orders, left_cart, ..History::NONE }
    }
}
