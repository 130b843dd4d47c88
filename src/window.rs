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
mod dwell;

pub use bucket::{BUCKET_MS, BUCKETS, Bucket};
pub(crate) use bucket::{JUMP, OUT, TERMS};
pub(crate) use cart::CartState;
pub(crate) use dwell::Dwell;

use crate::archive::archived;
use crate::recording::Header;
use crate::signal::{BlurTo, CartOp, Device, Facts, FieldAction, KeyClass, PageKind, Signal, SignalKind};
use bucket::{ACTIVE, NO_POSITION, PRESENT, Ring};

/// A time that has not come: no such signal yet.
pub(crate) const NEVER: u32 = u32::MAX;
/// Two samples further apart than this are a rest and then a movement, not one movement. Above the 161 ms median
/// (442 ms p90) of recorders that sample slowly, so that their movements stay whole.
const MOVEMENT_GAP_MS: u32 = 200;
/// A pointer within this of where it rested has not moved: hands tremble by a pixel or two.
const REST_PX: f32 = 3.0;
/// A mouse that has moved further than this with its button held is selecting text or dragging something, not clicking.
const DRAG_PX: f32 = 12.0;

/// How a session begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SessionStart {
    /// The pointer it began with.
    pub device: Device,
    /// Viewport width, CSS px.
    pub w: f32,
    /// Viewport height, CSS px.
    pub h: f32,
    /// Document height, CSS px.
    pub doc_h: f32,
    /// The shopper's visits before this one.
    pub visits: u32,
    /// The shopper's orders before this visit.
    pub orders: u32,
}

impl From<&Header> for SessionStart {
    fn from(header: &Header) -> SessionStart {
        let Header { device, w, h, doc_h, visits, orders, .. } = *header;
        SessionStart { device, w, h, doc_h, visits, orders }
    }
}

/// What is known of the session at its last signal or tick.
#[derive(Debug, Clone, Copy)]
pub struct SignalWindow {
    pub(crate) ring: Ring,
    pub(crate) touch: bool,
    pub(crate) w: f32,
    pub(crate) h: f32,
    pub(crate) doc_h: f32,
    // pointer
    sample_t: u32,
    sample_x: f32,
    sample_y: f32,
    rest_x: f32,
    rest_y: f32,
    held_x: f32,
    held_y: f32,
    pub(crate) moved_at: u32,
    pub(crate) out_at: u32,
    // scroll
    scroll_y: f32,
    pub(crate) deepest: f32,
    pub(crate) scrolled_at: u32,
    // times of the last signal of a kind
    pub(crate) signal_at: u32,
    signals: u32,
    pub(crate) click_at: u32,
    pub(crate) selected_at: u32,
    pub(crate) copied_at: u32,
    pub(crate) shortcut_at: u32,
    // presence
    pub(crate) present: bool,
    pub(crate) present_since: u32,
    pub(crate) away_since: u32,
    pub(crate) away_count: u32,
    pub(crate) last_away_ms: u32,
    // what the shopper did
    pub(crate) dwell: Dwell,
    pub(crate) cart: CartState,
    pub(crate) page: u8,
    pub(crate) page_views: u32,
    pub(crate) policy_views: u32,
    field_focus: [u8; 5],
    pub(crate) field_trouble: u32,
    pub(crate) copies: u32,
    pub(crate) zooms: u32,
    pub(crate) problems: u32,
    pub(crate) purchased: bool,
    facts: Facts,
}

archived!(Facts {
    free_shipping_from,
    shipping_price,
    delivery_days,
    returns_days,
    instalments,
    price_promise,
    guest_checkout,
    usual_order,
});

archived!(SignalWindow {
    ring,
    touch,
    w,
    h,
    doc_h,
    sample_t,
    sample_x,
    sample_y,
    rest_x,
    rest_y,
    held_x,
    held_y,
    moved_at,
    out_at,
    scroll_y,
    deepest,
    scrolled_at,
    signal_at,
    signals,
    click_at,
    selected_at,
    copied_at,
    shortcut_at,
    present,
    present_since,
    away_since,
    away_count,
    last_away_ms,
    dwell,
    cart,
    page,
    page_views,
    policy_views,
    field_focus,
    field_trouble,
    copies,
    zooms,
    problems,
    purchased,
    facts,
});

impl SignalWindow {
    /// An empty window.
    #[must_use]
    pub fn new(start: &SessionStart) -> SignalWindow {
        SignalWindow {
            ring: Ring::new(),
            touch: start.device == Device::Touch,
            w: start.w.max(1.0),
            h: start.h.max(1.0),
            doc_h: start.doc_h.max(1.0),
            sample_t: NEVER,
            sample_x: 0.0,
            sample_y: 0.0,
            rest_x: 0.0,
            rest_y: 0.0,
            held_x: f32::NAN,
            held_y: f32::NAN,
            moved_at: NEVER,
            out_at: NEVER,
            scroll_y: 0.0,
            deepest: 0.0,
            scrolled_at: NEVER,
            signal_at: NEVER,
            signals: 0,
            click_at: NEVER,
            selected_at: NEVER,
            copied_at: NEVER,
            shortcut_at: NEVER,
            present: false,
            present_since: 0,
            away_since: NEVER,
            away_count: 0,
            last_away_ms: 0,
            dwell: Dwell::new(),
            cart: CartState::new(),
            page: PageKind::Home as u8,
            page_views: 0,
            policy_views: 0,
            field_focus: [0; 5],
            field_trouble: 0,
            copies: 0,
            zooms: 0,
            problems: 0,
            purchased: false,
            facts: Facts::NONE,
        }
    }

    /// Whether the shopper is here: since the first signal, and not since the tab was hidden or the window lost the focus.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.present
    }

    /// When the last signal came, ms; `None` before the first.
    #[must_use]
    pub fn last_signal(&self) -> Option<u32> {
        (self.signal_at != NEVER).then_some(self.signal_at)
    }

    /// Signals taken in, the shop's facts and page state not counted.
    #[must_use]
    pub fn signals(&self) -> u32 {
        self.signals
    }

    /// The facts the shop gave.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.facts
    }

    /// The cart's total, where the shop has told it.
    #[must_use]
    pub fn cart_value(&self) -> Option<f64> {
        (!self.cart.value.is_nan()).then_some(self.cart.value)
    }

    /// The kind of the page that is shown.
    #[must_use]
    pub fn page(&self) -> PageKind {
        PageKind::from_index(self.page.into()).unwrap_or(PageKind::Home)
    }

    /// Whether the order was placed in this session.
    #[must_use]
    pub fn has_purchased(&self) -> bool {
        self.purchased
    }

    /// Lets time pass up to `now` (exclusive), with nothing happening.
    pub fn advance(&mut self, now: u32) {
        self.ring.advance(now.saturating_sub(1) / BUCKET_MS);
    }

    /// Takes in a signal. Signals may come up to 250 ms out of order; they count at their own time.
    pub fn push(&mut self, signal: &Signal) {
        let Signal { t, ref kind } = *signal;
        self.ring.advance(t / BUCKET_MS);
        if !self.present && self.away_since == NEVER {
            self.present = true;
            self.present_since = t;
        }
        if !matches!(kind, SignalKind::Facts(_) | SignalKind::State(_)) {
            self.signal_at = later(self.signal_at, t);
            self.signals = self.signals.saturating_add(1);
        }
        self.apply(t, kind);
        if self.present {
            let flags = if is_act(kind) { PRESENT | ACTIVE } else { PRESENT };
            self.ring.at(t, |bucket| bucket.flags |= flags);
        }
    }

    fn apply(&mut self, t: u32, kind: &SignalKind) {
        match *kind {
            SignalKind::Move { x, y } => {
                self.arrive(t);
                self.out_at = NEVER;
                if self.is_dragging(x, y) {
                    self.selected_at = later(self.selected_at, t);
                }
                self.pointer(t, x, y);
            }
            SignalKind::Down { x, y } => {
                self.arrive(t);
                if self.touch {
                    // a finger comes down anywhere: no movement led there
                    self.sample_t = NEVER;
                } else {
                    (self.held_x, self.held_y) = (x, y);
                }
                self.pointer(t, x, y);
            }
            SignalKind::Up { x, y } => {
                self.held_x = f32::NAN;
                self.pointer(t, x, y);
            }
            SignalKind::Click { .. } => self.click_at = later(self.click_at, t),
            SignalKind::Out { .. } => {
                self.out_at = t;
                self.sample_t = NEVER;
                self.ring.at(t, |bucket| bucket.flags |= OUT);
                self.ring.pointer_out(true);
            }
            SignalKind::In { .. } => {
                self.out_at = NEVER;
                self.ring.pointer_out(false);
            }
            SignalKind::Scroll { y } => {
                self.arrive(t);
                self.scroll(t, y);
            }
            SignalKind::Resize { w, h, doc_h } => {
                (self.w, self.h, self.doc_h) = (w.max(1.0), h.max(1.0), doc_h.max(1.0));
            }
            SignalKind::Key { class } => {
                if class == KeyClass::Shortcut {
                    self.shortcut_at = later(self.shortcut_at, t);
                }
            }
            SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden => self.depart(t),
            SignalKind::Blur { .. } => {}
            SignalKind::Focus | SignalKind::Visible => self.arrive(t),
            SignalKind::See { .. } | SignalKind::Unsee { .. } => {}
            SignalKind::Hover { section } => {
                self.dwell.enter(section, t);
                if !self.present {
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
            SignalKind::Field { what, field } => self.field(t, what, field as usize),
            SignalKind::Copy { .. } => {
                self.copies = self.copies.saturating_add(1);
                self.copied_at = later(self.copied_at, t);
            }
            SignalKind::Zoom => self.zooms = self.zooms.saturating_add(1),
            SignalKind::Select => self.selected_at = later(self.selected_at, t),
            SignalKind::Problem { .. } => {
                self.problems = self.problems.saturating_add(1);
                self.ring.step(t, -1);
            }
            SignalKind::Facts(ref newer) => self.facts.update(newer),
            SignalKind::State(_) | SignalKind::Answer { .. } | SignalKind::Unload => {}
            SignalKind::Pagehide { .. } => {
                self.dwell.pause(t);
                self.held_x = f32::NAN;
                self.dwell.forget_current();
                self.ring.on_terms(false);
                self.sample_t = NEVER;
            }
            SignalKind::Pageshow { .. } => {
                self.arrive(t);
                self.sample_t = NEVER;
            }
            SignalKind::Purchase { .. } => self.purchased = true,
        }
    }

    /// Whether the button is held and the pointer far from where it went down. NaN, where none is held, is not far.
    fn is_dragging(&self, x: f32, y: f32) -> bool {
        let (dx, dy) = (x - self.held_x, y - self.held_y);
        dx * dx + dy * dy > DRAG_PX * DRAG_PX
    }

    fn arrive(&mut self, t: u32) {
        if self.present {
            return;
        }
        self.present = true;
        self.present_since = t;
        if self.away_since != NEVER {
            self.last_away_ms = t.saturating_sub(self.away_since);
            self.away_count = self.away_count.saturating_add(1);
        }
        self.sample_t = NEVER;
        self.dwell.resume(t);
    }

    fn depart(&mut self, t: u32) {
        if !self.present {
            return;
        }
        self.present = false;
        // a release out there goes unheard
        self.held_x = f32::NAN;
        self.away_since = t;
        self.ring.absent();
        self.dwell.pause(t);
    }

    fn pointer(&mut self, t: u32, x: f32, y: f32) {
        self.ring.pointer_out(false);
        if self.sample_t == NEVER {
            self.ring.at(t, |bucket| bucket.flags |= JUMP);
        } else if t <= self.sample_t {
            // a late sample adds nothing: a newer position already stands on the grid
            return;
        } else {
            let from = self.sample_t.max(t.saturating_sub(MOVEMENT_GAP_MS));
            let (dx, dy, span) = (x - self.sample_x, y - self.sample_y, (t - from) as f32);
            let mut index = from / BUCKET_MS;
            while index < t / BUCKET_MS {
                let part = ((index + 1) * BUCKET_MS - from) as f32 / span;
                self.ring.place(index, self.sample_x + dx * part, self.sample_y + dy * part);
                // between two samples of one movement the hand moved, however slowly it was sampled
                self.ring.at(index * BUCKET_MS, |bucket| bucket.flags |= ACTIVE);
                index += 1;
            }
        }
        self.ring.place(t / BUCKET_MS, x, y);
        let (dx, dy) = (x - self.rest_x, y - self.rest_y);
        if self.moved_at == NEVER || dx * dx + dy * dy > REST_PX * REST_PX {
            (self.rest_x, self.rest_y, self.moved_at) = (x, y, t);
        }
        (self.sample_t, self.sample_x, self.sample_y) = (t, x, y);
    }

    fn scroll(&mut self, t: u32, y: f32) {
        if self.scrolled_at != NEVER && t < self.scrolled_at {
            // a late offset adds nothing: a newer one already counts
            return;
        }
        let delta = y - self.scroll_y;
        self.scroll_y = y;
        self.deepest = self.deepest.max((y + self.h) / self.doc_h);
        // a jump of several screens is a link, a restored position or a "to the top" button, not a hand that scrolls
        if delta.abs() <= 3.0 * self.h {
            self.scrolled_at = t;
            self.ring.at(t, |bucket| bucket.scroll(delta));
        }
    }

    fn turn_page(&mut self, t: u32, page: PageKind, item: Option<crate::signal::ItemId>) {
        let (before, after) = (funnel_step(self.page()), funnel_step(page));
        // reading a policy is a step neither there nor back
        if page != PageKind::Policy && self.page() != PageKind::Policy && self.page_views > 0 {
            self.ring.step(t, (after - before).signum());
        }
        self.page = page as u8;
        self.page_views = self.page_views.saturating_add(1);
        self.scroll_y = 0.0;
        self.deepest = 0.0;
        if page == PageKind::Policy {
            self.policy_views = self.policy_views.saturating_add(1);
        }
        if page == PageKind::Product {
            self.cart.view(item);
        }
    }

    fn field(&mut self, t: u32, what: FieldAction, field: usize) {
        match what {
            FieldAction::Focus => {
                if let Some(count) = self.field_focus.get_mut(field) {
                    // the first focus is progress, a later one is a return to a field that did not go well
                    if *count == 0 {
                        self.ring.step(t, 1);
                    } else {
                        self.field_trouble = self.field_trouble.saturating_add(1);
                    }
                    *count = count.saturating_add(1);
                }
            }
            FieldAction::Leave => {}
            FieldAction::Error => {
                self.field_trouble = self.field_trouble.saturating_add(1);
                self.ring.step(t, -1);
            }
        }
    }
}

/// The later of a time, which may not have come yet, and `t`: signals may come out of order.
fn later(time: u32, t: u32) -> u32 {
    if time == NEVER { t } else { time.max(t) }
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

/// Whether a bucket knows where the pointer was.
pub(crate) fn has_position(bucket: &Bucket) -> bool {
    bucket.x != NO_POSITION
}
