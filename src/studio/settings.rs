//! Settings as the views give them.

use std::collections::HashMap;

use js_sys::Error;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::error;
use crate::reason::Reason;
use crate::train::tuning::Settings;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    threshold: f64,
    arming_ms: f64,
    cooldown_ms: f64,
    confidence: HashMap<String, f32>,
}

/// Reads them; a reason that is left out keeps the floor of the policy.
pub(super) fn read(given: JsValue) -> Result<Settings, Error> {
    let given: Given = serde_wasm_bindgen::from_value(given).map_err(|fault| error(format!("settings: {fault}")))?;
    if !(0.0..=1.0).contains(&given.threshold) {
        return Err(error("settings: the threshold is a risk, from 0 to 1"));
    }
    let mut settings = Settings::new(given.threshold);
    (settings.arming_ms, settings.cooldown_ms) = (given.arming_ms as u32, given.cooldown_ms as u32);
    for (name, posterior) in given.confidence {
        let floor = Reason::from_name(&name).and_then(|reason| settings.floors.get_mut(reason as usize));
        *floor.ok_or_else(|| error(format!("settings: confidence: no reason is called {name:?}")))? = posterior;
    }
    Ok(settings)
}
