//! What is summed: of a contender's alerts, and for each part of the people or leaves.

use crate::signal::Device;
use crate::train::bootstrap::{Bootstrap, Sum};
use crate::train::digest::Digest;
use crate::train::evaluate::{Counts, RATES};
use crate::train::figures::AlertFigures;
use crate::train::leave::LeaveKind;

/// Sums of what one contender's alerts came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) false_alerts: Sum,
    pub(super) on_time: Sum,
    pub(super) ahead: Sum,
}

impl Found {
    pub(super) fn new(sums: &mut Bootstrap) -> Found {
        Found { false_alerts: sums.sum(), on_time: sums.sum(), ahead: sums.sum() }
    }

    pub(super) fn bring(&self, counts: Counts) -> [(Sum, f64); 3] {
        [
            (self.false_alerts, counts.false_alerts as f64),
            (self.on_time, counts.on_time as f64),
            (self.ahead, counts.ahead as f64),
        ]
    }

    pub(super) fn figures(&self, sums: &Bootstrap, whole: &Whole) -> AlertFigures {
        AlertFigures {
            false_alerts: sums.per_minute(self.false_alerts, whole.minutes),
            on_time: sums.share(self.on_time, whole.leaves),
            ahead: sums.share(self.ahead, whole.leaves),
        }
    }
}

/// What shares and rates are of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    pub(super) leaves: Sum,
    pub(super) minutes: Sum,
}

/// How a part of the people or leaves is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Source(String),
    Device(u8),
    Kind(u8),
    Sign(bool),
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) part: Part,
    pub(super) whole: Whole,
    pub(super) rates: [Found; RATES.len()],
}

impl Group {
    pub(super) fn new(part: Part, sums: &mut Bootstrap) -> Group {
        let whole = Whole { leaves: sums.sum(), minutes: sums.sum() };
        Group { part, whole, rates: RATES.map(|_| Found::new(sums)) }
    }

    /// Whether a leave of this visit belongs here.
    pub(super) fn holds(&self, digest: &Digest, (kind, has_sign): (Option<u8>, bool)) -> bool {
        match &self.part {
            Part::Source(source) => *source == digest.source,
            Part::Device(device) => *device == digest.device,
            Part::Kind(wanted) => kind == Some(*wanted),
            Part::Sign(wanted) => has_sign == *wanted,
        }
    }

    pub(super) fn is_of_people(&self) -> bool {
        matches!(self.part, Part::Source(_) | Part::Device(_))
    }

    pub(super) fn names(&self) -> (&'static str, String) {
        let of = |name: Option<&str>| name.unwrap_or_default().to_owned();
        match &self.part {
            Part::Source(source) => ("source", source.clone()),
            Part::Device(device) => ("device", of(Device::from_index((*device).into()).map(Device::name))),
            Part::Kind(kind) => ("leave", of(LeaveKind::from_index((*kind).into()).map(LeaveKind::name))),
            Part::Sign(true) => ("sign", "with a sign".to_owned()),
            Part::Sign(false) => ("sign", "without a sign".to_owned()),
        }
    }
}
