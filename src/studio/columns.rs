//! Columns as objects of typed arrays, each copied out of the module's memory at once.

use js_sys::{Array, Float32Array, Float64Array, Int32Array, Object, Uint8Array, Uint16Array, Uint32Array};
use wasm_bindgen::JsValue;

use crate::train::kept::Kept;
use crate::train::replay::Ticks;
use crate::train::tuning::{Curve, Moments, Outcomes, Settings};

/// An object with these keys.
pub(super) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let pairs = entries.iter().map(|(key, value)| Array::of2(&JsValue::from_str(key), value));
    // fails only for what is no list of pairs
    Object::from_entries(&pairs.collect::<Array>()).map_or(JsValue::UNDEFINED, JsValue::from)
}

fn bytes(column: &[u8]) -> JsValue {
    Uint8Array::from(column).into()
}

fn shorts(column: &[u16]) -> JsValue {
    Uint16Array::from(column).into()
}

fn words(column: &[u32]) -> JsValue {
    Uint32Array::from(column).into()
}

fn floats(column: &[f32]) -> JsValue {
    Float32Array::from(column).into()
}

fn doubles(column: &[f64]) -> JsValue {
    Float64Array::from(column).into()
}

pub(super) fn ticks(ticks: &Ticks) -> JsValue {
    object(&[
        ("t", words(&ticks.t)),
        ("risk", floats(&ticks.risk)),
        ("margin", floats(&ticks.margin)),
        ("reason", bytes(&ticks.reason)),
        ("confidence", floats(&ticks.confidence)),
        ("hold", bytes(&ticks.hold)),
        ("message", bytes(&ticks.message)),
        ("answers", bytes(&ticks.answers)),
        ("play", bytes(&ticks.play)),
        ("features", floats(&ticks.features)),
        ("contributions", floats(&ticks.contributions)),
        ("posterior", floats(&ticks.posterior)),
        ("evidence", floats(&ticks.evidence)),
        ("bias", ticks.bias.into()),
    ])
}

pub(super) fn tuned(kept: &Kept, settings: &Settings) -> JsValue {
    let tuned = kept.tune(settings);
    let count = |count: u64| JsValue::from_f64(count as f64);
    object(&[
        ("visits", count(tuned.visits)),
        ("visitsWithoutLeave", count(tuned.visits_without_leave)),
        ("leaves", count(tuned.leaves)),
        ("minutes", tuned.minutes.into()),
        ("onTime", count(tuned.on_time)),
        ("ahead", count(tuned.ahead)),
        ("late", count(tuned.late)),
        ("missed", count(tuned.missed)),
        ("falseAlerts", count(tuned.false_alerts)),
        ("sawCard", count(tuned.saw_card)),
        ("answered", count(tuned.answered)),
        ("policyLeaves", count(tuned.policy_leaves)),
        ("cards", words(&tuned.cards)),
        ("ids", kept.ids().map(JsValue::from_str).collect::<Array>().into()),
        ("outcomes", outcomes(&tuned.outcomes)),
        ("moments", moments(&tuned.moments)),
        ("curve", curve(&tuned.curve)),
    ])
}

fn outcomes(outcomes: &Outcomes) -> JsValue {
    let card: Vec<i32> = outcomes.card.iter().map(|card| card.map_or(-1, |t| t as i32)).collect();
    let answered: Vec<u8> = outcomes.answered.iter().map(|&is_answered| is_answered.into()).collect();
    object(&[
        ("leaves", shorts(&outcomes.leaves)),
        ("onTime", shorts(&outcomes.on_time)),
        ("ahead", shorts(&outcomes.ahead)),
        ("late", shorts(&outcomes.late)),
        ("missed", shorts(&outcomes.missed)),
        ("falseAlerts", shorts(&outcomes.false_alerts)),
        ("card", Int32Array::from(card.as_slice()).into()),
        ("cardReason", bytes(&outcomes.card_reason)),
        ("answered", bytes(&answered)),
        ("peakT", words(&outcomes.peak_t)),
        ("peak", floats(&outcomes.peak)),
    ])
}

fn moments(moments: &Moments) -> JsValue {
    let kinds: Vec<u8> = moments.kind.iter().map(|&kind| kind as u8).collect();
    object(&[("visit", words(&moments.visit)), ("t", words(&moments.t)), ("kind", bytes(&kinds))])
}

fn curve(curve: &Curve) -> JsValue {
    let counts = |counts: &[u32]| doubles(&counts.iter().copied().map(f64::from).collect::<Vec<f64>>());
    object(&[
        ("threshold", doubles(&curve.threshold)),
        ("onTime", counts(&curve.on_time)),
        ("ahead", counts(&curve.ahead)),
        ("falseAlerts", counts(&curve.false_alerts)),
        ("sawCard", counts(&curve.saw_card)),
        ("answered", counts(&curve.answered)),
    ])
}
