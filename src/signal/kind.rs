//! One signal, and every kind of it.

use super::{
    BlurTo, CartOp, Cause, Copied, Edge, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind, PageState, Section,
    Target, Trouble,
};

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
