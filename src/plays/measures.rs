//! What plays can compare: features, facts, looks at sections, time on a kind of page, and a few numbers more.

use crate::features::{FEATURE_COUNT, FEATURES, FeatureRow};
use crate::policy::History;
use crate::signal::{Facts, PageKind, Section};
use crate::window::SignalWindow;

/// Where each sort of measures begins; they are numbered through.
const FACTS: usize = FEATURE_COUNT;
const LOOKS: usize = FACTS + Facts::NAMES.len();
const STAYS: usize = LOOKS + Section::ALL.len();
const OTHERS: usize = STAYS + PageKind::ALL.len();

/// Names of those that are neither features nor facts, nor of a section or page.
const OTHER_NAMES: [&str; 7] =
    ["risk", "cart_value", "cart_removes", "visits", "orders", "left_and_returned", "left_cart"];

/// How many measures there are.
pub const MEASURES: usize = OTHERS + OTHER_NAMES.len();

/// The one measure that is compared with a word: its id ([`ItemId`](crate::signal::ItemId)).
pub const SEGMENT: u8 = FACTS as u8 + Facts::place("segment");

/// What plays see at a tick.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The tick, ms since the session began.
    pub t: u32,
    /// Its features.
    pub row: &'a FeatureRow,
    /// Its risk.
    pub risk: f32,
    /// What is known of the session.
    pub window: &'a SignalWindow,
    /// Earlier visits.
    pub history: &'a History,
}

impl Sight<'_> {
    /// Every measure; NaN: not known.
    #[must_use]
    pub fn measures(&self) -> [f64; MEASURES] {
        let Sight { t, row, risk, window, history } = *self;
        let mut all = [0.0; MEASURES];
        for (slot, &feature) in all.iter_mut().zip(row) {
            *slot = feature.into();
        }
        for (slot, &fact) in all[FACTS..LOOKS].iter_mut().zip(window.facts().values()) {
            *slot = fact;
        }
        for (slot, &looks) in all[LOOKS..STAYS].iter_mut().zip(window.looks()) {
            *slot = looks.into();
        }
        all[STAYS + window.page() as usize] = f64::from(window.stay_ms(t)) / 1000.0;
        let others = [
            risk.into(),
            window.cart_value().unwrap_or(f64::NAN),
            window.cart_removes().into(),
            history.visits.into(),
            history.orders.into(),
            history.left_and_returned.into(),
            history.left_cart,
        ];
        all[OTHERS..].copy_from_slice(&others);
        all
    }
}

/// Names of the measures, in the order of their numbers. A kind of page whose name a section has too has `page` in it.
#[must_use]
pub fn measure_names() -> Vec<String> {
    let mut names: Vec<String> = FEATURES.iter().map(|feature| feature.name.to_owned()).collect();
    names.extend(Facts::NAMES.map(str::to_owned));
    names.extend(Section::NAMES.iter().map(|section| format!("{section}_looks")));
    for page in PageKind::NAMES {
        let name = format!("{page}_dwell_s");
        names.push(if names.contains(&name) { format!("{page}_page_dwell_s") } else { name });
    }
    names.extend(OTHER_NAMES.map(str::to_owned));
    names
}

/// The number of the time on a kind of page.
pub(super) const fn stay(page: PageKind) -> u8 {
    STAYS as u8 + page as u8
}

/// Numbers of some of the others.
pub(super) const CART_REMOVES: u8 = OTHERS as u8 + 2;
pub(super) const LEFT_CART: u8 = OTHERS as u8 + 6;
