//! What JavaScript sets, as one line of JSON.

use crate::detector::Detector;
use crate::recording::json::{Keys, Object};
use crate::recording::{Header, LineError};
use crate::signal::Consent;

/// The numbers it may give, each from 0 up to this.
const NUMBERS: [(&str, f64); 9] = [
    ("share", 1.0),
    ("threshold", 1.0),
    ("arming_ms", 3.6e6),
    ("shown_ago_ms", f64::MAX),
    ("purchased_ago_ms", f64::MAX),
    ("dismissals", 1e6),
    ("left_and_returned", 1e6),
    ("visits", 1e6),
    ("orders", 1e6),
];

/// Takes over every setting the line gives: `threshold` or `share` (0..1), `arming_ms`, `consent`, and of the shopper's
/// earlier visits `held_out`, `shown_ago_ms`, `purchased_ago_ms`, `dismissals`, `left_and_returned`, `visits`, `orders`.
/// The rest is kept.
///
/// # Errors
/// When the line is not one JSON object, or a value is not what it must be; nothing is changed then.
pub(super) fn apply(detector: &mut Detector, header: &mut Header, line: &str) -> Result<(), LineError> {
    let object = Object::read(line)?;
    let mut keys = Keys::of(&object);
    let given = NUMBERS.map(|(key, most)| {
        let value = keys.number_or_nan(key);
        if value < 0.0 || value > most {
            keys.fault("out of range", key);
        }
        value
    });
    let settings = detector.settings();
    let consent = Consent::read_or(&mut keys, "consent", settings.consent);
    let held_out = keys.truth("held_out").unwrap_or(settings.history.held_out);
    keys.finish()?;

    let [share, threshold, arming, shown, purchased, dismissals, returned, visits, orders] = given;
    let threshold = if share.is_nan() { threshold as f32 } else { detector.model().threshold_for_share(share as f32) };
    let settings = detector.settings_mut();
    let history = &mut settings.history;
    (settings.consent, history.held_out) = (consent, held_out);
    if !threshold.is_nan() {
        settings.threshold = threshold;
    }
    for (slot, value) in [(&mut history.shown_ago_ms, shown), (&mut history.purchased_ago_ms, purchased)] {
        if !value.is_nan() {
            *slot = value;
        }
    }
    for (slot, value) in [
        (&mut settings.arming_ms, arming),
        (&mut history.dismissals, dismissals),
        (&mut history.left_and_returned, returned),
        (&mut header.visits, visits),
        (&mut header.orders, orders),
    ] {
        if !value.is_nan() {
            *slot = value as u32;
        }
    }
    Ok(())
}
