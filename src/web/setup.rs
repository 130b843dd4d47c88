//! What JavaScript sets, as one line of JSON.

use crate::detector::Detector;
use crate::recording::LineError;
use crate::recording::json::{Keys, Object};
use crate::signal::Consent;

/// Takes over every setting the line gives: `threshold` or `share` (0..1), `arming_ms`, `consent`, and of the shopper's
/// earlier visits `held_out`, `shown_ago_ms`, `purchased_ago_ms`, `dismissals`, `left_and_returned`. The rest is kept.
///
/// # Errors
/// When the line is not one JSON object, or a value is not what it must be; nothing is changed then.
pub(super) fn apply(detector: &mut Detector, line: &str) -> Result<(), LineError> {
    let object = Object::read(line)?;
    let mut keys = Keys::of(&object);
    let mut settings = *detector.settings();
    let given = |keys: &mut Keys, key: &'static str, least: f64, most: f64| {
        let value = keys.number_or_nan(key);
        if value < least || value > most {
            keys.fault("out of range", key);
        }
        (!value.is_nan()).then_some(value)
    };
    if let Some(share) = given(&mut keys, "share", 0.0, 1.0) {
        settings.threshold = detector.model().threshold_for_share(share as f32);
    }
    if let Some(threshold) = given(&mut keys, "threshold", 0.0, 1.0) {
        settings.threshold = threshold as f32;
    }
    if let Some(ms) = given(&mut keys, "arming_ms", 0.0, 3.6e6) {
        settings.arming_ms = ms as u32;
    }
    settings.consent = Consent::read_or(&mut keys, "consent", settings.consent);
    let history = &mut settings.history;
    history.held_out = keys.truth("held_out").unwrap_or(history.held_out);
    history.shown_ago_ms = given(&mut keys, "shown_ago_ms", 0.0, f64::MAX).unwrap_or(history.shown_ago_ms);
    history.purchased_ago_ms = given(&mut keys, "purchased_ago_ms", 0.0, f64::MAX).unwrap_or(history.purchased_ago_ms);
    for (key, slot) in [("dismissals", &mut history.dismissals), ("left_and_returned", &mut history.left_and_returned)] {
        if let Some(count) = given(&mut keys, key, 0.0, 1e6) {
            *slot = count as u32;
        }
    }
    keys.finish()?;
    *detector.settings_mut() = settings;
    Ok(())
}
