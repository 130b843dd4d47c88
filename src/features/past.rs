//! What the buckets of the last 32 s add up to: presence, acts, scrolling, purchase steps.

use super::{Index, Writer, seconds};
use crate::window::{BUCKET_MS, BUCKETS, SignalWindow, TERMS};

/// Buckets in 2 and 8 s.
const TWO: u32 = 16;
const EIGHT: u32 = 64;

pub(super) fn extract(window: &SignalWindow, out: &mut Writer) {
    // half px to viewports
    let viewports = |half: u32| half as f32 / 2.0 / window.h;
    let bucket_s = BUCKET_MS as f32 / 1000.0;
    out.set(Index::ScrollDepth, greater(window.deepest, window.h / window.doc_h));

    let mut past = Past::default();
    past.add(window, TWO);
    out.set(Index::ScrollUp2, viewports(past.up));
    out.set(Index::ScrollBurst2, viewports(past.burst) / (2.0 * bucket_s));

    past.add(window, EIGHT);
    out.set(Index::ScrollUp8, viewports(past.up));
    out.set(Index::ScrollDown8, viewports(past.down));
    out.count(Index::ScrollReversals8, past.reversals);
    out.set(Index::ActiveShare8, past.active_share());

    past.add(window, BUCKETS as u32);
    if past.present > 0 {
        out.set(Index::ReadingPace32, viewports(past.down) / (past.present as f32 * bucket_s));
    }
    out.set(Index::ActiveShare32, past.active_share());
    out.set(Index::TermsDwell32, seconds(past.terms * BUCKET_MS));
    out.set(Index::Momentum32, past.steps as f32);
}

fn greater(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// Sums over the newest buckets; scrolls in half px.
#[derive(Default)]
struct Past {
    buckets: u32,
    present: u32,
    active: u32,
    terms: u32,
    up: u32,
    down: u32,
    /// The last bucket's scroll up, and the most in two neighbours.
    up_here: u32,
    burst: u32,
    /// Where the last scroll went, and how often that changed.
    direction: i32,
    reversals: u32,
    steps: i32,
}

impl Past {
    /// Goes on adding, back to bucket number `end`.
    #[inline(never)]
    fn add(&mut self, window: &SignalWindow, end: u32) {
        while self.buckets < end {
            let bucket = window.ring.back(self.buckets);
            if bucket.is_present() {
                self.present += 1;
                self.active += u32::from(bucket.is_active());
                self.terms += u32::from(bucket.flags & TERMS != 0);
            }
            self.scroll(bucket.up.into(), bucket.down.into());
            self.steps += i32::from(bucket.step);
            self.buckets += 1;
        }
    }

    fn scroll(&mut self, up: u32, down: u32) {
        self.up += up;
        self.down += down;
        self.burst = self.burst.max(up + self.up_here);
        self.up_here = up;
        let direction = i32::from(down > up) - i32::from(up > down);
        if direction != 0 {
            self.reversals += u32::from(self.direction == -direction);
            self.direction = direction;
        }
    }

    /// Share of the presence in which the shopper did something; NaN where there was none.
    fn active_share(&self) -> f32 {
        if self.present == 0 { f32::NAN } else { self.active as f32 / self.present as f32 }
    }
}
