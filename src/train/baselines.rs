//! Rules: what pages use today to see a leave coming, each as its project states it, as streams of alerts.
//!
//! A rule hears a visit's signals one by one, as its script would hear the events, and says when it would speak. The limits
//! that scripts put on top (one popup a page, a cookie for days) are left out: every alert counts, with the same cool-down as
//! the model's. Projects and defaults are those of their READMEs and sources; no code was taken.
//!
//! Rules that wait for the pointer to leave the page need `out` signals. Recordings without them, thinned from other
//! studies, leave such a rule deaf; [`Baseline::needs_out`] says which those are, and the bands beside them, which only need
//! movement, say about as much.

mod idle;
mod outward;
mod pointer;

use super::Visit;
use super::evaluate::COOL_MS;
use super::presence::Presence;
use crate::recording::Header;
use crate::signal::SignalKind;

/// A rule at work on one visit.
trait Watch {
    /// Hears a signal at the stream's time `t`, ms; appends the times of alerts it now knows of, which may lie before `t`.
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>);

    /// The recording is over at `end`, ms: timers that would have gone off by then do.
    fn end(&mut self, _end: u32, _alerts: &mut Vec<u32>) {}
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Baseline {
    /// Its name in tables.
    pub name: &'static str,
    /// The project it is from and what it says.
    pub says: &'static str,
    /// Whether it waits for the pointer to leave the page.
    pub needs_out: bool,
    start: fn(&Header) -> Box<dyn Watch>,
}

/// Alerts of a rule on a whole visit, ms, in order; cool-down not yet applied.
#[must_use]
pub fn alerts(rule: &Baseline, visit: &Visit) -> Vec<u32> {
    let mut watch = (rule.start)(&visit.header);
    let mut alerts = vec![];
    for (at, signal) in &visit.signals {
        watch.hear(*at, &signal.kind, &mut alerts);
    }
    watch.end(visit.header.end, &mut alerts);
    alerts.sort_unstable();
    alerts
}

/// The alerts of a stretch of presence that are left after each one's cool-down.
#[must_use]
pub fn fired(alerts: &[u32], stretch: &Presence) -> Vec<u32> {
    let mut fired: Vec<u32> = vec![];
    let first = alerts.partition_point(|&t| t < stretch.start);
    for &t in alerts.get(first..).unwrap_or(&[]).iter().take_while(|&&t| t <= stretch.end) {
        if fired.last().is_none_or(|last| t - last >= COOL_MS) {
            fired.push(t);
        }
    }
    fired
}

/// Every rule.
pub const BASELINES: [Baseline; 22] = [
    Baseline {
        name: "ouibounce",
        says: "ouibounce: the pointer leaves the page at y <= 20 px (sensitivity), after 1 s (timer)",
        needs_out: true,
        start: |header| outward::out_below(header, 20.0, true, 1_000),
    },
    Baseline {
        name: "exit-intent",
        says: "exit-intent: the pointer is at y <= 20 px inside the page (threshold), looked at every 200 ms (eventThrottle)",
        needs_out: false,
        start: |_| pointer::throttled_band(20.0, 200),
    },
    Baseline {
        name: "bioEp",
        says: "bioEp: the pointer leaves the page at y < 50 px, after 5 s (delay)",
        needs_out: true,
        start: |header| outward::out_below(header, 50.0, false, 5_000),
    },
    Baseline {
        name: "bounceback",
        says: "bounceback: the pointer leaves the page at y <= 100 px (distance) and rose by over 10 px (sensitivity) in its \
               last 10 moves",
        needs_out: true,
        start: |header| outward::rising_out(header, 100.0, 10.0),
    },
    Baseline {
        name: "ForesightJS 120 ms",
        says: "ForesightJS: the last 8 points, carried on for 120 ms (trajectoryPredictionTime), are over the top edge",
        needs_out: false,
        start: |_| pointer::foresight(120.0),
    },
    Baseline {
        name: "ForesightJS 200 ms",
        says: "the same for 200 ms, the longest it allows",
        needs_out: false,
        start: |_| pointer::foresight(200.0),
    },
    Baseline {
        name: "ForesightJS 500 ms",
        says: "the same for 500 ms",
        needs_out: false,
        start: |_| pointer::foresight(500.0),
    },
    Baseline {
        name: "ForesightJS 1000 ms",
        says: "the same for 1 s",
        needs_out: false,
        start: |_| pointer::foresight(1_000.0),
    },
    Baseline {
        name: "ForesightJS 2000 ms",
        says: "the same for 2 s",
        needs_out: false,
        start: |_| pointer::foresight(2_000.0),
    },
    Baseline {
        name: "Psyche",
        says: "Psyche: y < 60 px and rising by over 0.5 px/ms over the last 20 points",
        needs_out: false,
        start: |_| pointer::psyche(60.0, 0.5),
    },
    Baseline {
        name: "exit-intent-js idle",
        says: "exit-intent-js: 8 s without a signal",
        needs_out: false,
        start: |_| idle::after(8_000),
    },
    Baseline {
        name: "exit-intent-js leave",
        says: "exit-intent-js: the pointer left the page and is not back after 1 s",
        needs_out: true,
        start: |_| outward::stayed_out(1_000),
    },
    Baseline {
        name: "exit-intent-js scroll",
        says: "exit-intent-js: the page is scrolled up by 400 px within 100 ms",
        needs_out: false,
        start: |_| pointer::scroll_up(400.0, 100),
    },
    Baseline {
        name: "exit-intent-js",
        says: "exit-intent-js: any of its three",
        needs_out: false,
        start: |_| {
            Box::new(AnyOf(vec![idle::after(8_000), outward::stayed_out(1_000), pointer::scroll_up(400.0, 100)]))
        },
    },
    Baseline {
        name: "use-exit-intent",
        says: "use-exit-intent: the pointer leaves the page through any edge, after 5 s; on touch 10 s without a signal",
        needs_out: true,
        start: outward::any_edge_or_idle,
    },
    Baseline {
        name: "top band",
        says: "the pointer is at y <= 20 px: what the rules that wait for it to leave could know at the earliest",
        needs_out: false,
        start: |_| pointer::band(20.0),
    },
    Baseline {
        name: "top band rising",
        says: "the pointer is at y <= 50 px and rises",
        needs_out: false,
        start: |_| pointer::rising_band(50.0),
    },
    Baseline {
        name: "top quarter rising",
        says: "the pointer is in the top quarter and rose by over 20 px in two moves",
        needs_out: false,
        start: pointer::rising_quarter,
    },
    Baseline { name: "idle 5 s", says: "5 s without a signal", needs_out: false, start: |_| idle::after(5_000) },
    Baseline { name: "idle 10 s", says: "10 s without a signal", needs_out: false, start: |_| idle::after(10_000) },
    Baseline { name: "idle 15 s", says: "15 s without a signal", needs_out: false, start: |_| idle::after(15_000) },
    Baseline {
        name: "after 30 s",
        says: "a popup 30 s after the visit began, as popup plugins have it",
        needs_out: false,
        start: |_| idle::once(30_000),
    },
];

/// Several rules as one.
struct AnyOf(Vec<Box<dyn Watch>>);

impl Watch for AnyOf {
    fn hear(&mut self, t: u32, kind: &SignalKind, alerts: &mut Vec<u32>) {
        self.0.iter_mut().for_each(|rule| rule.hear(t, kind, alerts));
    }

    fn end(&mut self, end: u32, alerts: &mut Vec<u32>) {
        self.0.iter_mut().for_each(|rule| rule.end(end, alerts));
    }
}
