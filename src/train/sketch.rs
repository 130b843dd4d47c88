//! [`Sketch`]: what a recording is, whatever the model.

use serde::Serialize;

use super::Visit;
use super::evaluate::is_eligible;
use super::presence::{Ending, presence};

/// One recorded session at a glance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sketch {
    /// The recorder's own id.
    pub session: String,
    /// Who recorded it.
    pub source: String,
    /// The pointer it began with.
    pub device: &'static str,
    /// Viewport width at the start, CSS px.
    pub w: f32,
    /// Viewport height at the start, CSS px.
    pub h: f32,
    /// Document height at the start, CSS px.
    pub doc_h: f32,
    /// The last instant observed, ms.
    pub end: u32,
    /// Signals.
    pub signals: usize,
    /// Of simulated sessions: the doubt that was simulated.
    pub reason: Option<&'static str>,
    /// When the shopper was there.
    pub presence: Vec<Stay>,
}

/// A stretch of presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// Its start, ms.
    pub start: u32,
    /// Its end, ms.
    pub end: u32,
    /// `leave`, `done` or `open`: see [`Ending`].
    pub ending: &'static str,
    /// Whether its end is a leave that counts, by the protocol.
    pub eligible: bool,
}

impl Sketch {
    /// Of this visit.
    #[must_use]
    pub fn of(visit: &Visit) -> Sketch {
        let header = &visit.header;
        let stays = presence(visit).into_iter().map(|stretch| Stay {
            start: stretch.start,
            end: stretch.end,
            ending: match stretch.ending {
                Ending::Leave => "leave",
                Ending::Done => "done",
                Ending::Open => "open",
            },
            eligible: is_eligible(&stretch),
        });
        Sketch {
            session: header.session.clone(),
            source: header.source.clone(),
            device: header.device.name(),
            w: header.w,
            h: header.h,
            doc_h: header.doc_h,
            end: header.end,
            signals: visit.signals.len(),
            reason: header.reason.map(|reason| reason.name()),
            presence: stays.collect(),
        }
    }
}
