//! Settings as the views give them.

use js_sys::{Array, Error, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::error;
use crate::reason::Reason;
use crate::train::tuning::Settings;

/// Reads them; a reason that is left out keeps the floor of the policy.
pub(super) fn read(given: &JsValue) -> Result<Settings, Error> {
    let threshold = number(given, "threshold")?;
    if !(0.0..=1.0).contains(&threshold) {
        return Err(error("settings: the threshold is a risk, from 0 to 1"));
    }
    let mut settings = Settings::new(threshold);
    settings.arming_ms = number(given, "armingMs")? as u32;
    settings.cooldown_ms = number(given, "cooldownMs")? as u32;
    let floors = Reflect::get(given, &"confidence".into()).unwrap_or_default();
    for entry in floors.dyn_ref::<Object>().map(Object::entries).unwrap_or_default() {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        let floor = Reason::from_name(&name).and_then(|reason| settings.floors.get_mut(reason as usize));
        let floor = floor.ok_or_else(|| error(format!("settings: confidence: no reason is called {name:?}")))?;
        let posterior = entry.get(1).as_f64().filter(|posterior| !posterior.is_nan());
        *floor = posterior.ok_or_else(|| error(format!("settings: confidence: {name} is not a number")))? as f32;
    }
    Ok(settings)
}

fn number(given: &JsValue, key: &str) -> Result<f64, Error> {
    let value = Reflect::get(given, &key.into()).ok().and_then(|value| value.as_f64());
    value.filter(|value| !value.is_nan()).ok_or_else(|| error(format!("settings: {key} is not a number")))
}
