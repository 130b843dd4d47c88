#![no_main]

#[path = "../../support/properties/mod.rs"]
#[allow(dead_code, unused_imports, reason = "each target takes one of them")]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::model(bytes));
