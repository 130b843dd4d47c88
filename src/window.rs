//! [`SignalWindow`]: the last 32 s in buckets, and sums over the session.
//!
//! Every signal costs O(1) and no allocation, whatever the rate of the input: an 8 kHz mouse fills the same buckets as a
//! 60 Hz one. Pointer positions are kept on the buckets' grid, linearly interpolated between samples, so that kinematics
//! come out alike at 60 Hz and at 150 ms sampling.
//!
//! Buckets are 125 ms rather than 100 so that two of them are one tick: every tick ends on a bucket's edge and every span
//! is a whole number of buckets.

mod bucket;
mod cart;
mod clicks;
mod dwell;
mod hand;
mod start;
mod tally;

pub use bucket::{BUCKET_MS, BUCKETS, Bucket};
pub(crate) use bucket::{JUMP, OUT, Ring, TERMS};
pub(crate) use cart::CartState;
pub(crate) use dwell::Dwell;
pub use start::SessionStart;
pub(crate) use tally::{Count, Last, NEVER};

use bytemuck::{Pod, Zeroable};

use crate::archive::Flag;
use crate::signal::{
    BlurTo, CartOp, Device, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind, Section, Signal, SignalKind,
};
use bucket::{ACTIVE, PRESENT};
use clicks::Clicks;
use hand::Hand;
use tally::Tally;

/// What is known of the session at its last signal or tick.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct SignalWindow {
    // presence, ms
    pub(crate) present_since: u32,
    away_since: u32,
    pub(crate) last_away_ms: u32,
    present: Flag,
    purchased: Flag,
    pub(crate) touch: Flag,
    /// Number of the page's kind; home before any was told.
    page: u8,
    // sizes and scroll, px
    pub(crate) w: f32,
    pub(crate) h: f32,
    pub(crate) doc_h: f32,
    scroll_y: f32,
    /// Deepest point of the page that was in view, as a share of its height.
    pub(crate) deepest: f32,
    pub(crate) hand: Hand,
    pub(crate) tally: Tally,
    /// How often the focus came to a field of each type; one place more fills the last eight bytes.
    field_focus: [u16; FieldType::ALL.len() + 1],
    pub(crate) cart: CartState,
    facts: Facts,
    pub(crate) dwell: Dwell,
    clicks: Clicks,
    // the largest is last: what lies behind it would be farther away, and its address longer
    pub(crate) ring: Ring,
}

impl SignalWindow {
    /// An empty window.
    #[must_use]
    pub fn new(start: &SessionStart) -> SignalWindow {
        // all but these begins at 0
        let mut window = SignalWindow::zero();
        window.away_since = NEVER;
        window.touch = Flag::from(start.device == Device::Touch);
        window.hand.begin();
        window.clicks.begin();
        window.tally.begin();
        window.cart.value = f64::NAN;
        window.facts = Facts::NONE;
        window.dwell.resume(0);
        window.resize(start.w, start.h, start.doc_h);
        window
    }

    // not inlined: one fill, rather than many around what is set after it
    #[inline(never)]
    fn zero() -> SignalWindow {
        Zeroable::zeroed()
    }

    /// Whether the shopper is here: since the first signal, and not since the tab was hidden or the window lost the focus.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.present.is_set()
    }

    /// When the last signal came, ms; `None` before the first.
    #[must_use]
    pub fn last_signal(&self) -> Option<u32> {
        let last = self.tally.last(Last::Signal);
        (last != NEVER).then_some(last)
    }

    /// Signals taken in, the shop's facts and page state not counted.
    #[must_use]
    pub fn signals(&self) -> u32 {
        self.tally.counted(Count::Signals)
    }

    /// The facts the shop gave.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The cart's total, where the shop has told it.
    #[must_use]
    pub fn cart_value(&self) -> Option<f64> {
        (!self.cart.value.is_nan()).then_some(self.cart.value)
    }

    /// How often a product was taken out of the cart.
    #[must_use]
    pub fn cart_removes(&self) -> u32 {
        self.cart.removes
    }

    /// How often each section was looked at, in the order of [`Section::ALL`]; at most 255.
    #[must_use]
    pub fn looks(&self) -> &[u8; Section::ALL.len()] {
        self.dwell.looks()
    }

    /// Milliseconds of presence on this kind of page since it was turned to, up to `now`.
    #[must_use]
    pub fn stay_ms(&self, now: u32) -> u32 {
        self.dwell.stay_ms(now)
    }

    /// The kind of the page that is shown.
    #[must_use]
    pub fn page(&self) -> PageKind {
        PageKind::from_index(self.page.into()).unwrap_or(PageKind::Home)
    }

    /// Whether a page of the shop was told yet.
    #[must_use]
    pub fn has_page(&self) -> bool {
        self.tally.counted(Count::Pages) > 0
    }

    /// Whether the order was placed in this session.
    #[must_use]
    pub fn has_purchased(&self) -> bool {
        self.purchased.is_set()
    }

    /// Lets time pass up to `now` (exclusive), with nothing happening.
    pub fn advance(&mut self, now: u32) {
        self.ring.advance(now.saturating_sub(1) / BUCKET_MS);
    }

    /// Takes in a signal. Signals may come up to 250 ms out of order; they count at their own time.
    pub fn push(&mut self, signal: &Signal) {
        let Signal { t, ref kind } = *signal;
        self.ring.advance(t / BUCKET_MS);
        if !self.is_present() && self.away_since == NEVER {
            self.present = Flag::YES;
            self.present_since = t;
        }
        if !matches!(kind, SignalKind::Facts(_) | SignalKind::State(_)) {
            self.tally.came(Last::Signal, t);
            self.tally.count(Count::Signals);
        }
        self.clicks.told(kind);
        self.apply(t, kind);
        if self.is_present() {
            self.ring.mark(t, if is_act(kind) { PRESENT | ACTIVE } else { PRESENT });
        }
    }

    fn apply(&mut self, t: u32, kind: &SignalKind) {
        match *kind {
            SignalKind::Move { x, y } => {
                self.arrive(t);
                self.hand.out_at = NEVER;
                if self.hand.is_dragging(x, y) {
                    self.tally.came(Last::Select, t);
                }
                self.hand.sample(&mut self.ring, t, x, y);
            }
            SignalKind::Down { x, y } => {
                self.arrive(t);
                if self.touch.is_set() {
                    // a finger comes down anywhere: no movement led there
                    self.hand.lift();
                } else {
                    self.hand.hold(x, y);
                }
                self.hand.sample(&mut self.ring, t, x, y);
            }
            SignalKind::Up { x, y } => {
                self.hand.release();
                self.hand.sample(&mut self.ring, t, x, y);
            }
            SignalKind::Click { x, y, on } => {
                self.tally.came(Last::Click, t);
                if self.clicks.click(t, x, y, on) {
                    self.problem(t);
                }
            }
            SignalKind::Out { .. } => self.hand.leave(&mut self.ring, t),
            SignalKind::In { .. } => {
                self.hand.out_at = NEVER;
                self.ring.pointer_out(false);
            }
            SignalKind::Scroll { y } => {
                self.arrive(t);
                self.scroll(t, y);
            }
            SignalKind::Resize { w, h, doc_h } => self.resize(w, h, doc_h),
            SignalKind::Key { class } => {
                if class == KeyClass::Shortcut {
                    self.tally.came(Last::Shortcut, t);
                }
            }
            SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden => self.depart(t),
            SignalKind::Focus | SignalKind::Visible => self.arrive(t),
            SignalKind::Hover { section } => {
                self.dwell.enter(section, t);
                if !self.is_present() {
                    // an observer of the page may still tell what is in view: nobody looks at it
                    self.dwell.pause(t);
                }
                self.ring.on_terms(section.tells_terms());
            }
            SignalKind::Unhover { section } => {
                if self.dwell.leave(section, t) {
                    self.ring.on_terms(false);
                }
            }
            SignalKind::Page { page, item, .. } => self.turn_page(t, page, item),
            SignalKind::Cart { op, item, value, .. } => {
                self.cart.change(op, item, value);
                let step = match op {
                    CartOp::Add | CartOp::Coupon => 1,
                    CartOp::Remove | CartOp::CouponFailed => -1,
                    CartOp::Quantity => 0,
                };
                self.ring.step(t, step);
            }
            SignalKind::Field { what: FieldAction::Focus, field } => {
                let focus = &mut self.field_focus[field as usize];
                // the first focus is progress, a later one is a return to a field that did not go well
                if *focus == 0 {
                    self.ring.step(t, 1);
                } else {
                    self.tally.count(Count::FieldTrouble);
                }
                *focus = focus.saturating_add(1);
            }
            SignalKind::Field { what: FieldAction::Error, .. } => {
                self.tally.count(Count::FieldTrouble);
                self.ring.step(t, -1);
            }
            SignalKind::Copy { .. } => {
                self.tally.count(Count::Copies);
                self.tally.came(Last::Copy, t);
            }
            SignalKind::Select => self.tally.came(Last::Select, t),
            SignalKind::Problem { .. } => self.problem(t),
            SignalKind::Facts(ref newer) => self.facts.update(newer),
            SignalKind::Pagehide { .. } => {
                self.dwell.pause(t);
                self.dwell.forget_current();
                self.ring.on_terms(false);
                self.hand.release();
                self.hand.lift();
            }
            SignalKind::Pageshow { .. } => {
                self.arrive(t);
                self.dwell.resume(t);
                self.hand.lift();
            }
            SignalKind::Purchase { .. } => self.purchased = Flag::YES,
            // acts and times are all that counts of these
            SignalKind::Field { what: FieldAction::Leave, .. }
            | SignalKind::Blur { .. }
            | SignalKind::See { .. }
            | SignalKind::Unsee { .. }
            | SignalKind::Zoom
            | SignalKind::State(_)
            | SignalKind::Answer { .. }
            | SignalKind::Unload => {}
        }
    }

    fn resize(&mut self, w: f32, h: f32, doc_h: f32) {
        (self.w, self.h, self.doc_h) = (size(w), size(h), size(doc_h));
    }

    #[inline(never)]
    fn arrive(&mut self, t: u32) {
        if self.is_present() {
            return;
        }
        self.present = Flag::YES;
        self.present_since = t;
        if self.away_since != NEVER {
            self.last_away_ms = t.saturating_sub(self.away_since);
            self.tally.count(Count::Aways);
        }
        self.hand.lift();
        self.dwell.resume(t);
    }

    fn depart(&mut self, t: u32) {
        if !self.is_present() {
            return;
        }
        self.present = Flag::NO;
        // a release out there goes unheard
        self.hand.release();
        self.away_since = t;
        self.ring.absent();
        self.dwell.pause(t);
    }

    /// Something went wrong: a step back.
    fn problem(&mut self, t: u32) {
        self.tally.count(Count::Problems);
        self.ring.step(t, -1);
    }

    fn scroll(&mut self, t: u32, y: f32) {
        let last = self.tally.last(Last::Scroll);
        if last != NEVER && t < last {
            // a late offset adds nothing: a newer one already counts
            return;
        }
        let delta = y - self.scroll_y;
        self.scroll_y = y;
        let depth = (y + self.h) / self.doc_h;
        if depth > self.deepest {
            self.deepest = depth;
        }
        // a jump of several screens is a link, a restored position or a "to the top" button, not a hand that scrolls
        if delta.abs() <= 3.0 * self.h {
            self.tally.came(Last::Scroll, t);
            self.ring.scroll(t, delta);
        }
    }

    fn turn_page(&mut self, t: u32, page: PageKind, item: Option<ItemId>) {
        let before = self.page();
        // reading a policy is a step neither there nor back
        if page != PageKind::Policy && before != PageKind::Policy && self.has_page() {
            self.ring.step(t, (funnel_step(page) - funnel_step(before)).signum());
        }
        if page != before || !self.has_page() {
            self.dwell.turn(t);
        }
        if self.is_present() {
            self.dwell.resume(t);
        }
        self.page = page as u8;
        self.tally.count(Count::Pages);
        self.clicks.begin();
        self.scroll_y = 0.0;
        self.deepest = 0.0;
        if page == PageKind::Policy {
            self.tally.count(Count::Policies);
        }
        if page == PageKind::Product {
            self.cart.view(item);
        }
    }
}

/// A length in px that can be divided by.
fn size(px: f32) -> f32 {
    if px > 1.0 { px } else { 1.0 }
}

/// Whether the signal is something a person did just now, rather than something the page or browser tells.
fn is_act(kind: &SignalKind) -> bool {
    matches!(
        kind,
        SignalKind::Move { .. }
            | SignalKind::Down { .. }
            | SignalKind::Up { .. }
            | SignalKind::Click { .. }
            | SignalKind::Scroll { .. }
            | SignalKind::Key { .. }
            | SignalKind::Cart { .. }
            | SignalKind::Field { .. }
            | SignalKind::Copy { .. }
            | SignalKind::Zoom
            | SignalKind::Select
    )
}

/// How far a page is on the way to an order: 0 home to 5 payment, 6 done. Pages beside the way count as home.
#[must_use]
pub fn funnel_step(page: PageKind) -> i8 {
    match page {
        PageKind::Home | PageKind::Policy | PageKind::Account => 0,
        PageKind::Category | PageKind::Search => 1,
        PageKind::Product => 2,
        PageKind::Cart => 3,
        PageKind::Checkout => 4,
        PageKind::Payment => 5,
        PageKind::Thanks => 6,
    }
}
