//! What JavaScript sets.

use crate::boundary::Setting;
use crate::detector::Detector;
use crate::policy::History;
use crate::signal::Consent;

/// Takes over what is set, in the order of [`Setting`].
pub(super) fn apply(detector: &mut Detector, given: [f64; Setting::ALL.len()]) {
    let [
        share,
        threshold,
        arming,
        consent,
        shown_ago_ms,
        purchased_ago_ms,
        play_shown_ago_ms,
        dismissals,
        returned,
        visits,
        orders,
        left_cart,
        held_out,
    ] = given;
    let threshold = if share.is_nan() { threshold as f32 } else { detector.model().threshold_for_share(share as f32) };
    let settings = detector.settings_mut();
    if !threshold.is_nan() {
        settings.threshold = threshold;
    }
    if !arming.is_nan() {
        settings.arming_ms = count(arming);
    }
    settings.consent = Consent::from_index(count(consent) as usize).unwrap_or(Consent::Required);
    settings.history = History {
        shown_ago_ms,
        purchased_ago_ms,
        play_shown_ago_ms,
        left_cart,
        dismissals: count(dismissals),
        left_and_returned: count(returned),
        visits: count(visits),
        orders: count(orders),
        held_out: held_out > 0.0,
    };
}

/// A whole number; 0 where it is none.
// not inlined: it is as much as three calls of it
#[inline(never)]
fn count(value: f64) -> u32 {
    value as u32
}
