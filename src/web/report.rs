//! Decisions and leaves as numbers, in the order of [`Told`].

use super::session::Session;
use super::shared::{NUMBERS, put, put_all};
use crate::boundary::Told;
use crate::policy::Verdict;

/// Leaves all there is to tell in the shared numbers.
pub(super) fn write(session: &Session) {
    put_all(0, &[f64::NAN; NUMBERS]);
    put(Told::Now.place(), session.now().into());
    put(Told::Threshold.place(), session.detector.settings().threshold.into());
    if let Some(leave) = &session.leave {
        put_all(Told::LeaveT.place(), &[leave.t.into(), place(leave.reason as u8), leave.risk.into(), leave.cart]);
    }
    let Some(decision) = &session.decision else { return };
    let why = &decision.explanation;
    put_all(Told::Reason.place(), &[place(why.reason as u8), why.confidence.into()]);
    put(Told::T.place(), decision.t.into());
    // to the last bit: whoever replays a recording gets the same
    put(Told::Risk.place(), decision.risk.into());
    let mut at = Told::Evidence.place();
    for item in &why.evidence {
        put_all(at, &[item.input as f64, item.value.into(), item.weight.into()]);
        at += 3;
    }
    if let Some(play) = decision.play {
        put(Told::Play.place(), place(play));
    }
    match &decision.verdict {
        Verdict::Hold(hold) => put(Told::Hold.place(), place(*hold as u8)),
        Verdict::Show(show) => {
            put_all(
                Told::Doubt.place(),
                &[place(show.reason as u8), place(show.message as u8), place(show.offer as u8), show.cart],
            );
        }
    }
}

fn place(variant: u8) -> f64 {
    variant.into()
}
