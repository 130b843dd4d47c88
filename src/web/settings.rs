//! What JavaScript sets.

use crate::boundary::Setting;
use crate::detector::Detector;
use crate::signal::Consent;

/// Takes over every setting that is given, in the order of [`Setting`]; one that is NaN is kept.
pub(super) fn apply(detector: &mut Detector, given: [f64; Setting::ALL.len()]) {
    let [
        share,
        threshold,
        arming,
        shown,
        purchased,
        dismissals,
        returned,
        held_out,
        consent,
        played,
        visits,
        orders,
        left,
    ] = given;
    let threshold = if share.is_nan() { threshold as f32 } else { detector.model().threshold_for_share(share as f32) };
    let settings = detector.settings_mut();
    let history = &mut settings.history;
    if !threshold.is_nan() {
        settings.threshold = threshold;
    }
    if !held_out.is_nan() {
        history.held_out = held_out != 0.0;
    }
    if !consent.is_nan() {
        settings.consent = Consent::from_index(consent as usize).unwrap_or(Consent::Required);
    }
    set(&mut history.shown_ago_ms, shown);
    set(&mut history.purchased_ago_ms, purchased);
    set(&mut history.play_shown_ago_ms, played);
    set(&mut history.left_cart, left);
    take_over(&mut settings.arming_ms, arming);
    take_over(&mut history.dismissals, dismissals);
    take_over(&mut history.left_and_returned, returned);
    take_over(&mut history.visits, visits);
    take_over(&mut history.orders, orders);
}

fn set(slot: &mut f64, value: f64) {
    if !value.is_nan() {
        *slot = value;
    }
}

// not inlined: it is as much as three calls of it
#[inline(never)]
fn take_over(slot: &mut u32, value: f64) {
    if !value.is_nan() {
        *slot = value as u32;
    }
}
