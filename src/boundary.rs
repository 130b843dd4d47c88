//! What crosses between the engine and the page's JavaScript: numbers, and nothing else. Here they get their places.
//!
//! Signals cross as [`Numbers`](crate::recording::Numbers). What JavaScript has to know of this library's tables travels
//! with the module (`src/web/names.txt`, a custom section of it); the places below are in `js/names.js`. A test makes both.

mod marks;

pub use marks::{COPIES, FIELDS, PATHS, SELECTORS, TARGETS};

use crate::signal::named;

named! {
    /// What JavaScript heard, each with at most three numbers read of the event: where it was (`x`, `y`, viewport CSS px)
    /// and `what`.
    Heard {
        /// The pointer moved.
        Move = "move",
        /// It was pressed.
        Down = "down",
        /// It was released.
        Up = "up",
        /// The mouse left the viewport.
        Leave = "leave",
        /// The mouse entered the viewport.
        Enter = "enter",
        /// A click; what: the place of what it landed on in [`Target`](crate::signal::Target).
        Click = "click",
        /// A finger drags the page.
        Drag = "drag",
        /// It was lifted.
        Lift = "lift",
        /// The page scrolled; what: px from its top.
        Scroll = "scroll",
        /// The viewport changed its size.
        Resize = "resize",
        /// The pointer is over another element; what: its section, as a place in [`Section`](crate::signal::Section), or -1.
        Over = "over",
        /// An element of section `what` came into view.
        See = "see",
        /// It left the view.
        Unsee = "unsee",
        /// The window lost the focus; what: 1, to a frame inside it.
        Blur = "blur",
        /// It got the focus.
        Focus = "focus",
        /// The tab's visibility changed; what: 1, to hidden.
        Visibility = "visibility",
        /// A dialog of the browser was asked for: print, or a file.
        Dialog = "dialog",
        /// The document goes.
        Hide = "hide",
        /// It is loaded; what: 1 while nobody looks at it.
        Load = "load",
        /// A part of it that the shop serves did not load (what: 0), or a script of the shop's own made an exception (1).
        Broken = "broken",
        /// A link was followed or a form sent; what: [`cause`](crate::signal::Cause) as marked, -1: to the shop itself,
        /// -2: elsewhere.
        Follow = "follow",
        /// The browser goes to another address; what: as above.
        Navigate = "navigate",
        /// A key; what: 8 with the keys of a shortcut held, and its sort: 0 not told, 1 an ASCII sign, 2 another,
        /// 3 a function key, 4 any other.
        Key = "key",
        /// A field that is typed in got the focus (what: 1) or lost it (0).
        Typing = "typing",
        /// A field got the focus; what: its place in [`FieldType`](crate::signal::FieldType).
        FieldFocus = "field_focus",
        /// It lost the focus.
        FieldLeave = "field_leave",
        /// What is in it was refused.
        FieldError = "field_error",
        /// Text was copied; what: its place in [`Copied`](crate::signal::Copied).
        Copy = "copy",
        /// Text is selected.
        Select = "select",
        /// A picture was asked for larger.
        Zoom = "zoom",
        /// Two fingers zoomed; what: how far, 1 is not at all.
        Pinch = "pinch",
    }
}

named! {
    /// What JavaScript sets. Of the first three NaN keeps what was set; of the history NaN is never, or none.
    Setting {
        /// Share of the visits without a leave that may see a card, 0..1; goes before the threshold.
        Share = "share",
        /// Risk from which a leave counts as likely, 0..1.
        Threshold = "threshold",
        /// No card before this much of the visit, ms.
        Arming = "arming_ms",
        /// Place in [`Consent`](crate::signal::Consent); NaN: not given.
        Consent = "consent",
        /// Since a card was shown, ms.
        ShownAgo = "shown_ago_ms",
        /// Since an order, ms.
        PurchasedAgo = "purchased_ago_ms",
        /// Since a play's card was shown, ms.
        PlayShownAgo = "play_shown_ago_ms",
        /// Cards dismissed.
        Dismissals = "dismissals",
        /// Visits that left a cart behind and came back.
        LeftAndReturned = "left_and_returned",
        /// Visits, this one among them.
        Visits = "visits",
        /// Orders before this visit.
        Orders = "orders",
        /// Total of the cart that the visit before left behind; 0: none.
        LeftCart = "left_cart",
        /// 1: the shopper is in the holdout.
        HeldOut = "held_out",
    }
}

named! {
    /// What the engine tells when it is asked. NaN: nothing yet, or not part of it.
    Told {
        /// Session time now, ms.
        Now = "now",
        /// Risk from which a leave counts as likely.
        Threshold = "threshold",
        /// Time of the last leave, ms.
        LeaveT = "leave_t",
        /// Its place in [`Reason`](crate::reason::Reason).
        LeaveReason = "leave_reason",
        /// The risk at the tick before.
        LeaveRisk = "leave_risk",
        /// The cart's total.
        LeaveCart = "leave_cart",
        /// Time of the last decision, ms.
        T = "t",
        /// Its risk, 0..1.
        Risk = "risk",
        /// Place in [`Reason`](crate::reason::Reason).
        Reason = "reason",
        /// Its posterior, 0..1.
        Confidence = "confidence",
        /// Three times: place in [`EVIDENCE`](crate::reason::EVIDENCE), value, weight.
        Evidence = "evidence",
        /// Why there is no card: place in [`HoldReason`](crate::policy::HoldReason); NaN: there is one.
        Hold = "hold",
        /// The doubt that the card answers: place in [`Reason`](crate::reason::Reason).
        Doubt = "doubt",
        /// Place in [`Message`](crate::policy::Message).
        Message = "message",
        /// Place in [`Offer`](crate::policy::Offer).
        Offer = "offer",
        /// The cart's total that it is true of.
        Cart = "cart",
        /// The play on whose cue: its place in the list in force.
        Play = "play",
    }
}

/// Numbers that evidence takes.
const EVIDENCE: usize = 9;

impl Told {
    /// Where it stands among the numbers told.
    #[must_use]
    pub const fn place(self) -> usize {
        let place = self as usize;
        if place > Told::Evidence as usize { place + EVIDENCE - 1 } else { place }
    }
}
