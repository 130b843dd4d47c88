//! [`Signal`]: all that a page can tell the detector.
//!
//! One signal is one thing that happened, at `t` milliseconds since the session began. Capture in the browser, the
//! recorder, the simulator and the tests produce the same type; its text form is one line of a session recording
//! ([`recording`](crate::recording)). Coordinates are viewport CSS px, rounded to half a pixel before they get here.

/// An enum whose variants have a settled text form, the same in recordings, events and docs.
macro_rules! named {
    ($(#[$doc:meta])* $Name:ident { $($(#[$vdoc:meta])* $Variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
                $Name::ALL.get(index).copied()
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

/// What the shop has said about itself. A fact that was not given is NaN; money is in the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    pub fn values(&self) -> [f64; 8] {
        [
            self.free_shipping_from,
            self.shipping_price,
            self.delivery_days,
            self.returns_days,
            self.instalments,
            self.price_promise,
            self.guest_checkout,
            self.usual_order,
        ]
    }

    /// The same facts, for changing one by its place in [`Facts::NAMES`].
    pub fn values_mut(&mut self) -> [&mut f64; 8] {
        [
            &mut self.free_shipping_from,
            &mut self.shipping_price,
            &mut self.delivery_days,
            &mut self.returns_days,
            &mut self.instalments,
            &mut self.price_promise,
            &mut self.guest_checkout,
            &mut self.usual_order,
        ]
    }

    /// Takes over every fact that `newer` gives.
    pub fn update(&mut self, newer: &Facts) {
        for (mine, theirs) in self.values_mut().into_iter().zip(newer.values()) {
            if !theirs.is_nan() {
                *mine = theirs;
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

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// Milliseconds since the session began, on a clock that counts sleep.
    pub t: u32,
    /// What happened.
    pub kind: SignalKind,
}

/// What happened (the recording format's `s` and its keys).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum SignalKind {
    /// The pointer or finger is now here (viewport CSS px).
    Move {
        /// Px from the left of the viewport.
        x: f32,
        /// Px from the top of the viewport.
        y: f32,
    },
    /// The pointer was pressed.
    Down {
        /// Px from the left of the viewport.
        x: f32,
        /// Px from the top of the viewport.
        y: f32,
    },
    /// The pointer was released.
    Up {
        /// Px from the left of the viewport.
        x: f32,
        /// Px from the top of the viewport.
        y: f32,
    },
    /// A click.
    Click {
        /// Px from the left of the viewport.
        x: f32,
        /// Px from the top of the viewport.
        y: f32,
        /// What it landed on.
        on: Target,
    },
    /// The pointer left the viewport.
    Out {
        /// Through this side.
        edge: Edge,
    },
    /// The pointer entered the viewport.
    In {
        /// Through this side.
        edge: Edge,
    },
    /// The page is now scrolled to here.
    Scroll {
        /// Px from the top of the document.
        y: f32,
    },
    /// The viewport or the document changed size.
    Resize {
        /// Viewport width, px.
        w: f32,
        /// Viewport height, px.
        h: f32,
        /// Document height, px.
        doc_h: f32,
    },
    /// A key was pressed.
    Key {
        /// Its class.
        class: KeyClass,
    },
    /// The window lost the focus.
    Blur {
        /// To this.
        to: BlurTo,
    },
    /// The window got the focus.
    Focus,
    /// The tab was hidden.
    Hidden,
    /// The tab is seen again.
    Visible,
    /// A marked section came into view.
    See {
        /// Which.
        section: Section,
    },
    /// A marked section left the view.
    Unsee {
        /// Which.
        section: Section,
    },
    /// The pointer rests in a marked section (touch: it is centred).
    Hover {
        /// Which.
        section: Section,
    },
    /// The pointer left a marked section.
    Unhover {
        /// Which.
        section: Section,
    },
    /// A page of the shop is shown.
    Page {
        /// Its kind.
        page: PageKind,
        /// The product it shows.
        item: Option<ItemId>,
        /// The page before it, where known.
        from: Option<PageKind>,
    },
    /// The cart changed.
    Cart {
        /// How.
        op: CartOp,
        /// Which product.
        item: Option<ItemId>,
        /// How many of it now.
        qty: f32,
        /// The cart's total after the change; NaN where the shop did not say.
        value: f64,
    },
    /// Something happened to a checkout field.
    Field {
        /// What.
        what: FieldAction,
        /// To which kind of field.
        field: FieldType,
    },
    /// Text was copied.
    Copy {
        /// What it was.
        what: Copied,
    },
    /// A picture was zoomed.
    Zoom,
    /// Text was selected.
    Select,
    /// Something went wrong on the shop's side.
    Problem {
        /// What.
        what: Trouble,
    },
    /// Facts the shop gave or changed.
    Facts(Facts),
    /// Page state the policy reads changed.
    State(PageState),
    /// The shopper's own answer to "what's missing?".
    Answer {
        /// The doubt it names.
        reason: crate::reason::Reason,
    },
    /// This document goes.
    Pagehide {
        /// Why.
        cause: Cause,
    },
    /// This document is here, or came back.
    Pageshow {
        /// Why.
        cause: Cause,
    },
    /// The last `pagehide` proved final.
    Unload,
    /// The order was placed.
    Purchase {
        /// Its value.
        value: f64,
    },
}

impl SignalKind {
    /// Whether every number in it that must be finite is; amounts and facts that are not known are NaN.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        match *self {
            SignalKind::Move { x, y }
            | SignalKind::Down { x, y }
            | SignalKind::Up { x, y }
            | SignalKind::Click { x, y, .. } => x.is_finite() && y.is_finite(),
            SignalKind::Scroll { y } => y.is_finite(),
            SignalKind::Resize { w, h, doc_h } => w.is_finite() && h.is_finite() && doc_h.is_finite(),
            SignalKind::Cart { qty, value, .. } => qty.is_finite() && !value.is_infinite(),
            SignalKind::Facts(ref facts) => !facts.values().iter().any(|fact| fact.is_infinite()),
            _ => true,
        }
    }
}

/// A coordinate rounded to half a pixel, as recordings and the detector take it.
#[must_use]
pub fn half_px(v: f64) -> f32 {
    // floor(2v + ½) by a clamped cast: `f64::floor` is a library call on some targets, and this one is the same on all.
    let twice = (v * 2.0 + 0.5).clamp(-4e6, 4e6);
    let cut = twice as i32;
    let floor = if f64::from(cut) > twice { cut - 1 } else { cut };
    if v.is_finite() { floor as f32 / 2.0 } else { f32::NAN }
}
