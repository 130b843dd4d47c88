//! Pointer kinematics, on the buckets' grid of 125 ms.

use super::{Index, Writer, since};
use crate::window::{BUCKET_MS, JUMP, NEVER, OUT, SignalWindow, has_position};

/// Steps in the longest span, 8 s.
const STEPS: usize = 64;
/// Steps in 2 s.
const STEPS_2: usize = 16;
/// Steps in half a second.
const STEPS_05: usize = 4;
/// A step shorter than this, px, has no direction worth the name.
const LEAST_PX: f32 = 3.0;
/// Length of a step, s.
const STEP_S: f32 = BUCKET_MS as f32 / 1000.0;
/// The top part of the viewport where shops have their header.
const HEADER_PART: f32 = 0.15;
/// Buckets of a rest: half a second.
const REST_BUCKETS: u32 = 4;
/// Edge times are cut here, s.
const FAR_S: f32 = 10.0;

/// The steps of the last 8 s, newest first; a step with a jump in it has no length.
struct Track {
    dx: [f32; STEPS],
    dy: [f32; STEPS],
    length: [f32; STEPS],
    net: [(f32, f32); 3],
    path: [f32; 3],
}

const SPANS: [usize; 3] = [STEPS_05, STEPS_2, STEPS];

fn track(window: &SignalWindow) -> Track {
    let mut track =
        Track { dx: [0.0; STEPS], dy: [0.0; STEPS], length: [0.0; STEPS], net: [(0.0, 0.0); 3], path: [0.0; 3] };
    for step in 0..STEPS {
        let (now, before) = (window.ring.back(step as u32), window.ring.back(step as u32 + 1));
        if now.flags & JUMP != 0 || !has_position(now) || !has_position(before) {
            continue;
        }
        let dx = (f32::from(now.x) - f32::from(before.x)) / 2.0;
        let dy = (f32::from(now.y) - f32::from(before.y)) / 2.0;
        let length = (dx * dx + dy * dy).sqrt();
        (track.dx[step], track.dy[step], track.length[step]) = (dx, dy, length);
        for (span, steps) in SPANS.into_iter().enumerate() {
            if step < steps {
                track.net[span].0 += dx;
                track.net[span].1 += dy;
                track.path[span] += length;
            }
        }
    }
    track
}

pub(super) fn extract(window: &SignalWindow, now: u32, out: &mut Writer) {
    out.set(Index::Pause, since(window.moved_at, now, 60.0));
    out.set(Index::Out, if window.out_at == NEVER { 0.0 } else { since(window.out_at, now, 60.0) });
    if !has_position(window.ring.back(0)) {
        return;
    }
    let track = track(window);
    speeds(&track, out);
    turns(&track, out);
    headings(&track, window, out);
    stay(&track, window, out);
}

fn speeds(track: &Track, out: &mut Writer) {
    for (index, span) in [Index::Speed05, Index::Speed2].into_iter().zip(0..) {
        out.set(index, track.path[span] / (SPANS[span] as f32 * STEP_S));
    }
    let peak = track.length[..STEPS_2].iter().fold(0.0f32, |peak, &length| peak.max(length));
    out.set(Index::PeakSpeed2, peak / STEP_S);
    let half = |from: usize| track.length[from..from + STEPS_05].iter().sum::<f32>() / (STEPS_05 as f32 * STEP_S);
    out.set(Index::Acceleration1, (half(0) - half(STEPS_05)) / (STEPS_05 as f32 * STEP_S));
    let changes = track.length[..STEPS_2].windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).abs()).sum::<f32>();
    out.set(Index::Jerk2, changes / (STEPS_2 - 2) as f32 / (STEP_S * STEP_S * STEP_S));
}

fn turns(track: &Track, out: &mut Writer) {
    let (mut turns, mut bend, mut corners) = ([0u32; 2], 0.0f32, 0u32);
    let mut newer: Option<(f32, f32)> = None;
    for step in 0..STEPS {
        let length = track.length[step];
        if length < LEAST_PX {
            continue;
        }
        let here = (track.dx[step] / length, track.dy[step] / length);
        if let Some((x, y)) = newer {
            let cosine = x * here.0 + y * here.1;
            bend += (1.0 - cosine) / 2.0;
            corners += 1;
            // cos 45°
            if cosine < 0.707_106_77 {
                turns[0] += u32::from(step < STEPS_2);
                turns[1] += 1;
            }
        }
        newer = Some(here);
    }
    out.count(Index::Turns2, turns[0]);
    out.count(Index::Turns8, turns[1]);
    out.set(Index::Curvature8, if corners == 0 { 0.0 } else { bend / corners as f32 });
    let (dx, dy) = track.net[1];
    let path = track.path[1];
    out.set(Index::Straightness2, if path < LEAST_PX { 0.0 } else { (dx * dx + dy * dy).sqrt() / path });
}

fn headings(track: &Track, window: &SignalWindow, out: &mut Writer) {
    for (index, span) in [Index::Rise2, Index::Rise8].into_iter().zip(1usize..) {
        out.set(index, -track.net[span].1 / window.h);
    }
    let here = window.ring.back(0);
    let (x, y) = (f32::from(here.x) / 2.0, f32::from(here.y) / 2.0);
    let speed_up = -track.net[0].1 / (STEPS_05 as f32 * STEP_S);
    out.set(Index::TimeToTop, if speed_up < 1.0 { FAR_S } else { y.max(0.0) / speed_up });
    out.set(Index::PointerY, y / window.h);
    out.set(Index::EdgeDistance, x.min(window.w - x).min(y).min(window.h - y) / window.h);
    let (dx, dy) = track.net[1];
    let net = (dx * dx + dy * dy).sqrt();
    out.set(Index::HeadingTop2, if net < LEAST_PX { 0.0 } else { -dy / net });
}

fn stay(track: &Track, window: &SignalWindow, out: &mut Writer) {
    let (mut header, mut still, mut rests, mut run, mut known) = (0u32, 0u32, 0u32, 0u32, 0u32);
    let (mut left, mut right, mut top, mut bottom) = (i16::MAX, i16::MIN, i16::MAX, i16::MIN);
    let line = window.h * HEADER_PART * 2.0;
    for (back, &length) in (0..).zip(&track.length) {
        let bucket = window.ring.back(back);
        if !has_position(bucket) {
            continue;
        }
        known += 1;
        header += u32::from(f32::from(bucket.y) < line && bucket.flags & OUT == 0);
        if length < LEAST_PX {
            still += 1;
            run += 1;
            rests += u32::from(run == REST_BUCKETS);
        } else {
            run = 0;
        }
        (left, right) = (left.min(bucket.x), right.max(bucket.x));
        (top, bottom) = (top.min(bucket.y), bottom.max(bucket.y));
    }
    let share = |part: u32| part as f32 / known.max(1) as f32;
    out.set(Index::HeaderShare8, share(header));
    out.set(Index::StillShare8, share(still));
    out.count(Index::Pauses8, rests);
    let (dx, dy) = (f32::from(right) - f32::from(left), f32::from(bottom) - f32::from(top));
    out.set(Index::Spread8, (dx * dx + dy * dy).sqrt() / 2.0 / window.h);
}
