//! The features: what the model and the reasons see of a session.
//!
//! [`FEATURES`] is the single table: documentation, model manifest, demo labels and CSV headers are made from it. A value
//! that is not known is NaN. Nothing here names the site rather than the person: viewport and document enter only as
//! ratios of movement to them.

mod past;
mod pointer;

use crate::signal::{Section, fnv1a};
use crate::window::{Count, Last, NEVER, SignalWindow, funnel_step};

/// One feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// Name; the number in it is the span it looks at.
    pub name: &'static str,
    /// Unit, or "" for counts and ratios.
    pub unit: &'static str,
    /// Least value.
    pub min: f32,
    /// Greatest value.
    pub max: f32,
    /// What it is.
    pub meaning: &'static str,
}

macro_rules! features {
    ($($Index:ident $name:literal $unit:literal $min:literal $max:literal $meaning:literal;)+) => {
        /// Places in a [`FeatureRow`].
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Index { $(#[doc = $meaning] $Index),+ }

        /// How many features there are.
        pub const FEATURE_COUNT: usize = [$(Index::$Index),+].len();

        const TABLE: [Feature; FEATURE_COUNT] =
            [$(Feature { name: $name, unit: $unit, min: $min, max: $max, meaning: $meaning }),+];

        /// Every feature, in the order of its place in a row.
        pub static FEATURES: [Feature; FEATURE_COUNT] = TABLE;

        /// Ranges alone: what the page needs of the table, without its texts.
        static RANGES: [(f32, f32); FEATURE_COUNT] = [$(($min, $max)),+];
    };
}

features! {
    Speed05 "speed_05s" "px/s" 0.0 20000.0 "mean pointer speed";
    Speed2 "speed_2s" "px/s" 0.0 20000.0 "mean pointer speed";
    Touch "touch" "" 0.0 1.0 "1 when the session began with a finger";
    PeakSpeed2 "peak_speed_2s" "px/s" 0.0 20000.0 "greatest pointer speed";
    Acceleration1 "acceleration_1s" "px/s2" -40000.0 40000.0 "speed of the last half second less that of the one before, a second";
    Jerk2 "jerk_2s" "px/s3" 0.0 2000000.0 "mean size of the pointer's second change of speed";
    Turns2 "turns_2s" "" 0.0 16.0 "changes of direction by over 45 degrees";
    Turns8 "turns_8s" "" 0.0 64.0 "changes of direction by over 45 degrees";
    Straightness2 "straightness_2s" "" 0.0 1.0 "net way over way travelled";
    Curvature8 "curvature_8s" "" 0.0 1.0 "mean turn between steps, 0 straight on, 1 straight back";
    Rise2 "rise_2s" "viewports" -2.0 2.0 "net way up";
    Rise8 "rise_8s" "viewports" -2.0 2.0 "net way up";
    HeadingTop2 "heading_top_2s" "" -1.0 1.0 "cosine between the net way and straight up";
    TimeToTop "time_to_top_s" "s" 0.0 10.0 "until the pointer reaches the top at its speed of the last half second";
    PointerY "pointer_y" "viewports" 0.0 1.0 "how far down the pointer is";
    EdgeDistance "edge_distance" "viewports" 0.0 0.5 "from the pointer to the nearest edge";
    HeaderShare8 "header_share_8s" "" 0.0 1.0 "share of time with the pointer in the top 15 %";
    Pause "pause_s" "s" 0.0 60.0 "since the pointer last moved";
    StillShare8 "still_share_8s" "" 0.0 1.0 "share of time without pointer movement";
    Pauses8 "pauses_8s" "" 0.0 16.0 "rests of half a second or more";
    Spread8 "spread_8s" "viewports" 0.0 3.0 "diagonal of the box the pointer stayed in";
    Out "out_s" "s" 0.0 60.0 "since the pointer left the viewport, 0 inside";
    ScrollDepth "scroll_depth" "" 0.0 1.0 "deepest point of this page that was in view";
    ScrollUp2 "scroll_up_2s" "viewports" 0.0 20.0 "scrolled up";
    ScrollUp8 "scroll_up_8s" "viewports" 0.0 40.0 "scrolled up";
    ScrollDown8 "scroll_down_8s" "viewports" 0.0 40.0 "scrolled down";
    ScrollReversals8 "scroll_reversals_8s" "" 0.0 32.0 "changes of scroll direction";
    ScrollBurst2 "scroll_burst_2s" "viewports/s" 0.0 24.0 "greatest speed up within a quarter second";
    ReadingPace32 "reading_pace_32s" "viewports/s" 0.0 10.0 "scrolled down a second of presence";
    SinceScroll "since_scroll_s" "s" 0.0 60.0 "since the last scroll";
    SinceSignal "since_signal_s" "s" 0.0 60.0 "since the last signal of any kind";
    SinceClick "since_click_s" "s" 0.0 60.0 "since the last click";
    SinceSelect "since_select_s" "s" 0.0 60.0 "since text was selected, or the mouse last moved with its button held";
    SinceCopy "since_copy_s" "s" 0.0 60.0 "since text was copied";
    SinceShortcut "since_shortcut_s" "s" 0.0 60.0 "since the last keyboard shortcut";
    ActiveShare8 "active_share_8s" "" 0.0 1.0 "share of time with any act";
    ActiveShare32 "active_share_32s" "" 0.0 1.0 "share of time with any act";
    Presence "presence_s" "s" 0.0 600.0 "since the shopper came or came back";
    Session "session_s" "s" 0.0 3600.0 "since the session began";
    AwayCount "away_count" "" 0.0 50.0 "times the shopper was away and came back";
    LastAway "last_away_s" "s" 0.0 3600.0 "how long the last absence was";
    ShippingDwell "shipping_dwell_s" "s" 0.0 120.0 "time on the shipping cost";
    ReturnsDwell "returns_dwell_s" "s" 0.0 120.0 "time on the returns promise";
    PriceDwell "price_dwell_s" "s" 0.0 120.0 "time on the price";
    PaymentDwell "payment_dwell_s" "s" 0.0 120.0 "time on payment";
    SizeDwell "size_dwell_s" "s" 0.0 120.0 "time on the size choice";
    DeliveryDwell "delivery_dwell_s" "s" 0.0 120.0 "time on the delivery time";
    TotalDwell "total_dwell_s" "s" 0.0 120.0 "time on the total";
    AccountDwell "account_dwell_s" "s" 0.0 120.0 "time on the account question";
    TermsDwell32 "terms_dwell_32s" "s" 0.0 32.0 "time on sections that tell terms: all but price and reviews";
    Revisits "section_revisits" "" 0.0 50.0 "returns to sections looked at before";
    CartAdds "cart_adds" "" 0.0 50.0 "products put in the cart";
    CartFlips "cart_flips" "" 0.0 20.0 "times one product was put in and taken out again";
    CouponsFailed "coupons_failed" "" 0.0 20.0 "coupon codes refused";
    ShippingGap "shipping_gap" "" -1.0 1.0 "part of the free-shipping threshold the cart still lacks; under 0 when past it";
    UsualRatio "usual_ratio" "" 0.0 10.0 "cart over the shopper's usual order";
    FunnelStep "funnel_step" "" 0.0 6.0 "0 home, 1 category, 2 product, 3 cart, 4 checkout, 5 payment, 6 done";
    PageViews "page_views" "" 0.0 100.0 "pages seen";
    ItemViews "item_views" "" 0.0 50.0 "views of one product that is not in the cart, at most";
    PolicyViews "policy_views" "" 0.0 20.0 "policy pages seen";
    FieldTrouble "field_trouble" "" 0.0 50.0 "field errors and returns to a field";
    Copies "copies" "" 0.0 20.0 "texts copied";
    Problems "problems" "" 0.0 20.0 "things that went wrong on the page";
    Momentum32 "momentum_32s" "" -10.0 10.0 "purchase steps gained less those lost";
}

/// The features of one tick, in the order of [`FEATURES`]. NaN: not known.
pub type FeatureRow = [f32; FEATURE_COUNT];

/// A row in which nothing is known.
pub const UNKNOWN: FeatureRow = [f32::NAN; FEATURE_COUNT];

/// Names the feature table in model files: a model trained on another table is refused.
pub const TABLE_HASH: u32 = {
    let (mut hash, mut place) = (0u32, 0);
    while place < FEATURE_COUNT {
        hash = hash.rotate_left(5) ^ fnv1a(TABLE[place].name.as_bytes());
        place += 1;
    }
    hash
};

/// [`TABLE_HASH`], as a call.
#[must_use]
pub const fn table_hash() -> u32 {
    TABLE_HASH
}

/// Name and unit of a feature, for the tables of those that need few of them.
pub(crate) const fn label(index: Index) -> (&'static str, &'static str) {
    (TABLE[index as usize].name, TABLE[index as usize].unit)
}

/// Times are told up to here, s: a minute ago is long ago.
const LONG_AGO_S: f32 = 60.0;

/// The time since `at`, s, at most [`LONG_AGO_S`]; that when it never was.
#[inline(never)]
fn since(at: u32, now: u32) -> f32 {
    let since = if at == NEVER { LONG_AGO_S } else { seconds(now.saturating_sub(at)) };
    if since > LONG_AGO_S { LONG_AGO_S } else { since }
}

fn seconds(ms: u32) -> f32 {
    ms as f32 / 1000.0
}

/// Computes every feature of the session at `now`, ms. Signals at or after `now` must not have been pushed, and the window
/// advanced to `now`. No allocation; about half a microsecond.
pub fn extract(window: &SignalWindow, now: u32, row: &mut FeatureRow) {
    *row = UNKNOWN;
    let mut out = Writer { row };
    out.count(Index::Touch, window.touch.is_set().into());
    pointer::extract(window, now, &mut out);
    past::extract(window, &mut out);
    tallies(window, now, &mut out);
    times(window, now, &mut out);
    purchase(window, &mut out);
    keep_in_range(row);
}

/// Brings every value into its feature's range. NaN is neither under nor over, and stays.
#[allow(clippy::needless_range_loop, reason = "a zip is several times the code in wasm")]
fn keep_in_range(row: &mut FeatureRow) {
    let ranges = &RANGES;
    for place in 0..FEATURE_COUNT {
        let (min, max) = ranges[place];
        if row[place] < min {
            row[place] = min;
        }
        if row[place] > max {
            row[place] = max;
        }
    }
}

/// Writes features at their places.
struct Writer<'a> {
    row: &'a mut FeatureRow,
}

impl Writer<'_> {
    fn set(&mut self, index: Index, value: f32) {
        self.row[index as usize] = value;
    }

    fn count(&mut self, index: Index, value: u32) {
        self.set(index, value as f32);
    }
}

static COUNTS: [(Index, Count); 6] = [
    (Index::AwayCount, Count::Aways),
    (Index::PageViews, Count::Pages),
    (Index::PolicyViews, Count::Policies),
    (Index::FieldTrouble, Count::FieldTrouble),
    (Index::Copies, Count::Copies),
    (Index::Problems, Count::Problems),
];

static SINCE: [(Index, Last); 6] = [
    (Index::SinceSignal, Last::Signal),
    (Index::SinceClick, Last::Click),
    (Index::SinceSelect, Last::Select),
    (Index::SinceCopy, Last::Copy),
    (Index::SinceShortcut, Last::Shortcut),
    (Index::SinceScroll, Last::Scroll),
];

static DWELLS: [(Index, Section); 8] = [
    (Index::ShippingDwell, Section::Shipping),
    (Index::ReturnsDwell, Section::Returns),
    (Index::PriceDwell, Section::Price),
    (Index::PaymentDwell, Section::Payment),
    (Index::SizeDwell, Section::Size),
    (Index::DeliveryDwell, Section::Delivery),
    (Index::TotalDwell, Section::Total),
    (Index::AccountDwell, Section::Account),
];

/// What is one number of the window each.
fn tallies(window: &SignalWindow, now: u32, out: &mut Writer) {
    for &(index, what) in &COUNTS {
        out.count(index, window.tally.counted(what));
    }
    for &(index, what) in &SINCE {
        out.set(index, since(window.tally.last(what), now));
    }
    for &(index, section) in &DWELLS {
        out.set(index, seconds(window.dwell.ms(section, now)));
    }
    out.count(Index::Revisits, window.dwell.revisits());
}

fn times(window: &SignalWindow, now: u32, out: &mut Writer) {
    out.set(Index::Presence, seconds(now.saturating_sub(window.present_since)));
    out.set(Index::Session, seconds(now));
    out.set(Index::LastAway, seconds(window.last_away_ms));
}

fn purchase(window: &SignalWindow, out: &mut Writer) {
    let cart = &window.cart;
    let (views, flips) = cart.repeats();
    out.count(Index::CartAdds, cart.adds);
    out.count(Index::CartFlips, flips);
    out.count(Index::CouponsFailed, cart.coupons_failed);
    out.count(Index::ItemViews, views);
    out.set(Index::FunnelStep, f32::from(funnel_step(window.page())));
    let (facts, total) = (window.facts(), cart.value);
    if facts.free_shipping_from > 0.0 && !total.is_nan() {
        out.set(Index::ShippingGap, ((facts.free_shipping_from - total) / facts.free_shipping_from) as f32);
    }
    if facts.usual_order > 0.0 && !total.is_nan() {
        out.set(Index::UsualRatio, (total / facts.usual_order) as f32);
    }
}
