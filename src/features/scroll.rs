//! How the page is scrolled.

use super::{Index, Writer, since};
use crate::window::{BUCKET_MS, BUCKETS, SignalWindow};

/// Buckets in 8 s.
const BUCKETS_8: u32 = 64;
/// Buckets in 2 s.
const BUCKETS_2: u32 = 16;

pub(super) fn extract(window: &SignalWindow, now: u32, out: &mut Writer) {
    let (mut up_2, mut up_8, mut down_8, mut down_32) = (0u32, 0u32, 0u32, 0u32);
    let (mut burst, mut newer_up) = (0u32, 0u32);
    let (mut reversals, mut direction) = (0u32, 0i8);
    let mut present = 0u32;
    for back in 0..BUCKETS as u32 {
        let bucket = window.ring.back(back);
        let (up, down) = (u32::from(bucket.up), u32::from(bucket.down));
        present += u32::from(bucket.is_present());
        down_32 += down;
        if back < BUCKETS_8 {
            up_8 += up;
            down_8 += down;
            let here = i8::from(down > up) - i8::from(up > down);
            if here != 0 {
                reversals += u32::from(direction == -here);
                direction = here;
            }
        }
        if back < BUCKETS_2 {
            up_2 += up;
            burst = burst.max(up + newer_up);
            newer_up = up;
        }
    }
    // half px to viewports
    let viewports = |half: u32| half as f32 / 2.0 / window.h;
    let bucket_s = BUCKET_MS as f32 / 1000.0;
    out.set(Index::ScrollDepth, window.deepest.max(window.h / window.doc_h));
    out.set(Index::ScrollUp2, viewports(up_2));
    out.set(Index::ScrollUp8, viewports(up_8));
    out.set(Index::ScrollDown8, viewports(down_8));
    out.count(Index::ScrollReversals8, reversals);
    out.set(Index::ScrollBurst2, viewports(burst) / (2.0 * bucket_s));
    out.set(
        Index::ReadingPace32,
        if present == 0 { f32::NAN } else { viewports(down_32) / (present as f32 * bucket_s) },
    );
    out.set(Index::SinceScroll, since(window.scrolled_at, now, 60.0));
}
