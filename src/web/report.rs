//! Decisions and leaves as numbers, in the order of [`Told`].

use super::session::Session;
use super::shared::{NUMBERS, put, put_all};
use crate::boundary::Told;
use crate::policy::Verdict;
use crate::recording::json::rounded;

/// Leaves all there is to tell in the shared numbers.
pub(super) fn write(session: &Session) {
    put_all(0, [f64::NAN; NUMBERS]);
    put(Told::Now.place(), session.now().into());
    put(Told::Threshold.place(), session.detector.settings().threshold.into());
    if let Some(leave) = &session.leave {
        let cart = rounded(leave.cart);
        put_all(Told::LeaveT.place(), [leave.t.into(), place(leave.reason as u8), leave.risk.into(), cart]);
    }
    let Some(decision) = &session.decision else { return };
    let why = &decision.explanation;
    let confidence = rounded(why.confidence.into());
    put_all(Told::T.place(), [decision.t.into(), decision.risk.into(), place(why.reason as u8), confidence]);
    let evidence = why.evidence.iter().filter(|item| item.weight > 0.0);
    let numbers =
        evidence.flat_map(|item| [item.input as f64, rounded(item.value.into()), rounded(item.weight.into())]);
    put_all(Told::Evidence.place(), numbers);
    match &decision.verdict {
        Verdict::Hold(hold) => put(Told::Hold.place(), place(*hold as u8)),
        Verdict::Show(show) => {
            put_all(Told::Message.place(), [place(show.message as u8), place(show.offer as u8)]);
            put_all(Told::Values.place(), show.values.numbers().map(rounded));
        }
    }
}

fn place(variant: u8) -> f64 {
    variant.into()
}
