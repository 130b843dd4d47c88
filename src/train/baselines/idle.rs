//! Rules on time alone: nothing heard for a while, or so much of the visit is over.

use super::Watch;
use crate::signal::SignalKind;

/// Nothing is moved, scrolled, pressed or typed for `ms`; once a silence.
pub(super) fn after(ms: u32) -> Box<dyn Watch> {
    Box::new(Idle { ms, last: 0 })
}

struct Idle {
    ms: u32,
    last: u32,
}

impl Watch for Idle {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        let is_active = matches!(
            kind,
            SignalKind::Move { .. } | SignalKind::Scroll { .. } | SignalKind::Down { .. } | SignalKind::Key { .. }
        );
        if is_active {
            self.end(t, alerts);
            self.last = t;
        }
    }

    fn end(&mut self, end: u32, alerts: &mut Vec<u32>) {
        if end.saturating_sub(self.last) >= self.ms {
            alerts.push(self.last + self.ms);
        }
    }
}

/// At `at` ms of the visit, once.
pub(super) fn once(at: u32) -> Box<dyn Watch> {
    Box::new(Once { at })
}

struct Once {
    at: u32,
}

impl Watch for Once {
    fn hear(&mut self, _: u32, _: &SignalKind, _: &mut Vec<u32>) {}

    fn end(&mut self, end: u32, alerts: &mut Vec<u32>) {
        if end >= self.at {
            alerts.push(self.at);
        }
    }
}
