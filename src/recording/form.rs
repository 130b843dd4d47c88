//! The form of every kind of signal: its fields, and what each may be.
//!
//! One table for all who read or write signals: this library in JSON lines, and JavaScript in `js/names.js`, which is
//! made from it.

use super::named;
use crate::reason::Reason;
use crate::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Edge, FieldAction, FieldType, KeyClass, PageKind, Section, Target, Trouble,
};

named! {
    /// The kinds of signals, by the text of their `s`.
    Kind {
        Move = "move", Down = "down", Up = "up", Click = "click", Out = "out", In = "in", Scroll = "scroll",
        Resize = "resize", Key = "key", Blur = "blur", Focus = "focus", Hidden = "hidden", Visible = "visible",
        See = "see", Unsee = "unsee", Hover = "hover", Unhover = "unhover", Page = "page", Cart = "cart",
        Field = "field", Copy = "copy", Zoom = "zoom", Select = "select", Problem = "problem", Facts = "facts",
        State = "state", Answer = "answer", Pagehide = "pagehide", Pageshow = "pageshow", Unload = "unload",
        Purchase = "purchase",
    }
}

/// One key of a kind of signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Its key in a recording.
    pub key: &'static str,
    /// What it may be.
    pub content: Content,
    /// What stands in for it where it was left out, NaN for "not known"; `None` where it must be there.
    pub otherwise: Option<f64>,
}

/// What a field may be.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// A place or length, CSS px.
    Px,
    /// A price or a count. Written even where it is not known: `null`.
    Amount,
    /// One of these names.
    Name(&'static [&'static str]),
    /// true or false.
    Truth,
    /// An id, or the shop's own name or number for it.
    Item,
    /// A fact in numbers; what is no number is passed over, as later versions may have facts that are texts.
    Fact,
    /// The same, and true says 0: a promise without an end has 0 days.
    Promise,
    /// The same, and a truth value says 0 or 1.
    Flag,
}

const fn needed(key: &'static str, content: Content) -> Field {
    Field { key, content, otherwise: None }
}

const fn known(key: &'static str, content: Content) -> Field {
    Field { key, content, otherwise: Some(f64::NAN) }
}

const fn or(key: &'static str, content: Content, otherwise: u8) -> Field {
    Field { key, content, otherwise: Some(otherwise as f64) }
}

impl Kind {
    /// The fields of this kind, in the order of a recording; at most [`PLACES`](super::PLACES).
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        use Content::{Amount, Fact, Flag, Item, Name, Promise, Px, Truth};
        match self {
            Kind::Move | Kind::Down | Kind::Up => const { &[needed("x", Px), needed("y", Px)] },
            Kind::Click => {
                const { &[needed("x", Px), needed("y", Px), or("on", Name(Target::NAMES), Target::Other as u8)] }
            }
            Kind::Out | Kind::In => const { &[needed("edge", Name(Edge::NAMES))] },
            Kind::Scroll => const { &[needed("y", Px)] },
            Kind::Resize => const { &[needed("w", Px), needed("h", Px), needed("docH", Px)] },
            Kind::Key => const { &[or("k", Name(KeyClass::NAMES), KeyClass::Char as u8)] },
            Kind::Blur => const { &[or("to", Name(BlurTo::NAMES), BlurTo::Outside as u8)] },
            Kind::Focus | Kind::Hidden | Kind::Visible | Kind::Zoom | Kind::Select | Kind::Unload => &[],
            Kind::See | Kind::Unsee | Kind::Hover | Kind::Unhover => {
                const { &[needed("section", Name(Section::NAMES))] }
            }
            Kind::Page => {
                const { &[needed("page", Name(PageKind::NAMES)), known("item", Item), known("from", Name(PageKind::NAMES))] }
            }
            Kind::Cart => {
                const {
                    &[
                        needed("op", Name(CartOp::NAMES)),
                        known("item", Item),
                        or("qty", Amount, 1),
                        known("value", Amount),
                    ]
                }
            }
            Kind::Field => {
                const {
                    &[
                        needed("what", Name(FieldAction::NAMES)),
                        or("type", Name(FieldType::NAMES), FieldType::Other as u8),
                    ]
                }
            }
            Kind::Copy => const { &[or("what", Name(Copied::NAMES), Copied::Other as u8)] },
            Kind::Problem => const { &[or("what", Name(Trouble::NAMES), Trouble::PageError as u8)] },
            Kind::Facts => {
                const {
                    &[
                        known("free_shipping_from", Fact),
                        known("shipping_price", Fact),
                        known("delivery_days", Fact),
                        known("returns_days", Fact),
                        known("instalments", Fact),
                        known("price_promise", Promise),
                        known("guest_checkout", Flag),
                        known("usual_order", Fact),
                        known("order_count", Fact),
                        known("last_order_days", Fact),
                        known("margin", Fact),
                        known("segment", Item),
                        known("discount", Fact),
                        known("margin_floor", Fact),
                        known("payment_methods", Fact),
                        known("stock", Fact),
                        known("sold", Fact),
                        known("loyalty_points", Fact),
                        known("alternatives", Fact),
                        known("chat", Flag),
                        known("save_cart", Flag),
                    ]
                }
            }
            Kind::State => {
                const { &[known("typing", Truth), known("dialog", Truth), known("consent", Name(Consent::NAMES))] }
            }
            Kind::Answer => const { &[needed("reason", Name(Reason::NAMES))] },
            Kind::Pagehide | Kind::Pageshow => const { &[or("cause", Name(Cause::NAMES), Cause::Unknown as u8)] },
            Kind::Purchase => const { &[known("value", Amount)] },
        }
    }
}
