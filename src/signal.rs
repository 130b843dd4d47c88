//! [`Signal`]: all that a page can tell the detector.
//!
//! One signal is one thing that happened, at `t` milliseconds since the session began. Capture in the browser, the
//! recorder, the simulator and the tests produce the same type; its text form is one line of a session recording
//! ([`recording`](crate::recording)). Coordinates are viewport CSS px, rounded to half a pixel before they get here.

mod facts;
mod kind;

pub use facts::{Facts, PageState};
pub use kind::{Signal, SignalKind, half_px};

/// An enum whose variants have a settled text form, the same in recordings, events and docs.
macro_rules! named {
    ($(#[$doc:meta])* $Name:ident { $($(#[$vdoc:meta])* $Variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::CheckedBitPattern)]
        #[repr(u8)]
        pub enum $Name { $($(#[$vdoc])* #[doc = concat!("`", $text, "`.")] $Variant),+ }

        impl $Name {
            /// Every variant, in the order of its number.
            pub const ALL: &'static [$Name] = &[$($Name::$Variant),+];

            /// Their text forms, in the same order.
            // tables and loops rather than matches: a match on texts is several times the code in wasm
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The text form used in recordings and events.
            #[must_use]
            pub fn name(self) -> &'static str {
                $Name::NAMES.get(self as usize).copied().unwrap_or_default()
            }

            /// The variant with this text form.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$Name> {
                $Name::from_index($crate::signal::place_of(name, $Name::NAMES)?)
            }

            /// The variant with this number.
            #[must_use]
            pub fn from_index(index: usize) -> Option<$Name> {
                bytemuck::checked::try_cast(u8::try_from(index).ok()?).ok()
            }

            /// The variant whose number this is; none where it is NaN.
            #[allow(dead_code, reason = "not every list crosses as numbers")]
            pub(crate) fn from_number(number: f64) -> Option<$Name> {
                bytemuck::checked::try_cast($crate::signal::place_of_number(number)).ok()
            }
        }
    };
}
pub(crate) use named;

/// The place of a name in a list of names.
#[inline(never)]
pub(crate) fn place_of(name: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|&other| other == name)
}

/// A place in a list; 255, which no list has, where the number is none.
#[inline(never)]
pub(crate) fn place_of_number(number: f64) -> u8 {
    if number >= 0.0 { (number as u32).min(255) as u8 } else { u8::MAX }
}

named! {
    /// What kind of pointer the session began with.
    Device { Mouse = "mouse", Touch = "touch", Pen = "pen" }
}
named! {
    /// What a click landed on.
    Target { Link = "link", Button = "button", Field = "field", Media = "media", Text = "text", Other = "other" }
}
named! {
    /// The side of the viewport a pointer crossed.
    Edge { Top = "top", Right = "right", Bottom = "bottom", Left = "left" }
}
named! {
    /// The class of a key press; which key it was is never known.
    KeyClass { Char = "char", Nav = "nav", Shortcut = "shortcut" }
}
named! {
    /// Where the focus went when the window lost it.
    BlurTo { Outside = "outside", Iframe = "iframe", Dialog = "dialog" }
}
named! {
    /// A marked part of a page, where a doubt can be read from the time spent on it.
    Section {
        Price = "price", Shipping = "shipping", Delivery = "delivery", Returns = "returns", Payment = "payment",
        Size = "size", Reviews = "reviews", Coupon = "coupon", Total = "total", Account = "account",
    }
}
impl Section {
    /// Whether it tells what the order would cost, bring or ask beyond the price: all but price and reviews.
    #[must_use]
    pub fn tells_terms(self) -> bool {
        !matches!(self, Section::Price | Section::Reviews)
    }
}

named! {
    /// The kind of a page inside the shop.
    PageKind {
        Home = "home", Category = "category", Product = "product", Cart = "cart", Checkout = "checkout",
        Payment = "payment", Policy = "policy", Search = "search", Account = "account", Thanks = "thanks",
    }
}
named! {
    /// What changed in the cart.
    CartOp { Add = "add", Remove = "remove", Quantity = "quantity", Coupon = "coupon", CouponFailed = "coupon_failed" }
}
named! {
    /// What happened to a checkout field.
    FieldAction { Focus = "focus", Leave = "leave", Error = "error" }
}
named! {
    /// What a checkout field asks for.
    FieldType { Email = "email", Address = "address", Card = "card", Account = "account", Other = "other" }
}
named! {
    /// What the copied text was.
    Copied { Product = "product", Price = "price", Coupon = "coupon", Other = "other" }
}
named! {
    /// What went wrong on the shop's side.
    Trouble { PageError = "page_error", PaymentFailed = "payment_failed", OutOfStock = "out_of_stock", Slow = "slow" }
}
named! {
    /// Why a document went or came back.
    Cause { Shop = "shop", Payment = "payment", Checkout = "checkout", Unknown = "unknown", Bfcache = "bfcache" }
}
named! {
    /// What the shopper has allowed (CONTRACT "Consent by capability").
    Consent { Required = "required", Memory = "memory", Granted = "granted" }
}

/// An opaque product id: equal ids mean the same product, nothing else can be read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The id of a shop's own product name or number. Eight lower-case hex digits are taken as they are (the form
    /// recordings write), anything else is hashed (FNV-1a, 32 bit).
    #[must_use]
    pub fn from_text(text: &str) -> ItemId {
        if text.len() == 8
            && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            && let Ok(id) = u32::from_str_radix(text, 16)
        {
            return ItemId(id);
        }
        ItemId(fnv1a(text.as_bytes()))
    }
}

/// FNV-1a, 32 bit (Fowler, Noll, Vo; RFC 9923).
#[must_use]
pub const fn fnv1a(bytes: &[u8]) -> u32 {
    let (mut hash, mut at) = (0x811c_9dc5u32, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
