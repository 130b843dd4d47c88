//! Decisions and leaves as JSON, so that names stand once, in Rust.

use crate::detector::{Decision, Leave};
use crate::policy::{Show, Verdict};
use crate::recording::json::{write_integer, write_number, write_text};

fn key(name: &str, out: &mut String) {
    out.push_str(if out.ends_with(['{', '[']) { "\"" } else { ",\"" });
    out.push_str(name);
    out.push_str("\":");
}

fn text(name: &str, value: &str, out: &mut String) {
    key(name, out);
    write_text(value, out);
}

fn number(name: &str, value: f64, out: &mut String) {
    key(name, out);
    write_number(value, out);
}

/// The detail of `falter:decision`.
pub(super) fn decision(decision: &Decision) -> String {
    let mut out = String::from("{");
    key("t", &mut out);
    write_integer(decision.t.into(), &mut out);
    number("risk", decision.risk.into(), &mut out);
    let why = &decision.explanation;
    text("reason", why.reason.name(), &mut out);
    number("confidence", why.confidence.into(), &mut out);
    out.push_str(",\"evidence\":[");
    for item in why.evidence.iter().filter(|item| item.weight > 0.0) {
        out.push_str(if out.ends_with('[') { "{" } else { ",{" });
        text("name", item.name(), &mut out);
        number("value", item.value.into(), &mut out);
        text("unit", item.unit(), &mut out);
        number("weight", item.weight.into(), &mut out);
        out.push('}');
    }
    out.push(']');
    key("show", &mut out);
    match &decision.verdict {
        Verdict::Show(this) => {
            show(this, &mut out);
            out.push_str(",\"hold\":null");
        }
        Verdict::Hold(hold) => {
            out.push_str("null");
            text("hold", hold.name(), &mut out);
        }
    }
    out.push_str(",\"play\":null}");
    out
}

fn show(show: &Show, out: &mut String) {
    out.push('{');
    text("reason", show.reason.name(), out);
    text("message", show.message.name(), out);
    text("offer", show.offer.name(), out);
    out.push_str(",\"values\":{");
    for (name, value) in show.values.given() {
        number(name, value, out);
    }
    out.push_str("}}");
}

/// The detail of `falter:leave`.
pub(super) fn leave(leave: &Leave) -> String {
    let mut out = String::from("{");
    key("t", &mut out);
    write_integer(leave.t.into(), &mut out);
    text("reason", leave.reason.name(), &mut out);
    number("risk", leave.risk.into(), &mut out);
    number("cart", leave.cart, &mut out);
    out.push('}');
    out
}
